package rules_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/rules"
)

// pipe is a touched topic of one partition with an evaluator behind it that
// takes a while for each message, and the portions that are left.
type pipe struct {
	t        *testing.T
	mutex    sync.Mutex
	left     []rules.Portion
	log      []string // messages by what they name first
	answered int64
	most     int // portions on the way at a time
	faults   map[string]int
}

var errFault = errors.New("as the test wants it")

func (p *pipe) fault(where string) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.faults[where] > 0 {
		p.faults[where]--
		return errFault
	}
	return nil
}

// put appends a message, and counts the portions that are on the way with it.
func (p *pipe) put(name string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.log = append(p.log, name)
	waiting := 0
	for _, name := range p.log[p.answered:] {
		if name[0] == 'B' {
			waiting++
		}
	}
	p.most = max(p.most, waiting)
}

func (p *pipe) ends() (end, answered map[int]int64) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return map[int]int64{0: int64(len(p.log))}, map[int]int64{0: p.answered}
}

func (p *pipe) save(left []rules.Portion) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.left = left
}

// evaluate answers a message each so many milliseconds until ctx ends.
func (p *pipe) evaluate(ctx context.Context, each time.Duration) {
	ticker := time.NewTicker(each)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		p.mutex.Lock()
		p.answered = min(p.answered+1, int64(len(p.log)))
		p.mutex.Unlock()
	}
}

func (p *pipe) background(metrics *rules.Metrics) *rules.Background {
	return rules.NewBackground(rules.Config{}, rules.BackgroundDeps{
		Next: func(context.Context) (rules.Portion, bool, error) {
			err := p.fault("next")
			p.mutex.Lock()
			defer p.mutex.Unlock()
			if len(p.left) == 0 {
				return rules.Portion{}, false, err
			}
			return p.left[0], true, err
		},
		Done: func(_ context.Context, done rules.Portion) error {
			if err := p.fault("done"); err != nil {
				return err
			}
			p.mutex.Lock()
			defer p.mutex.Unlock()
			p.left = slices.DeleteFunc(p.left, func(o rules.Portion) bool { return o.Number == done.Number })
			return nil
		},
		Publish: func(_ context.Context, scopes []claimwatch.Scope) error {
			if err := p.fault("publish"); err != nil {
				return err
			}
			p.put(string(scopes[0]))
			return nil
		},
		Pace: p.pace(),
	}, metrics, zap.NewNop())
}

func (p *pipe) pace() *rules.Pace {
	return rules.NewPace(rules.Config{}, rules.PaceDeps{
		Ends: func(context.Context) (map[int]int64, error) {
			ends, _ := p.ends()
			return ends, p.fault("ends")
		},
		Answered: func(context.Context) (map[int]int64, error) {
			_, answered := p.ends()
			return answered, p.fault("answered")
		},
	})
}

func portions(number int) (left []rules.Portion) {
	for i := range number {
		left = append(left, rules.Portion{Seq: 7, Number: uint32(i), What: "items load 7", Scopes: []claimwatch.Scope{
			claimwatch.Scope(fmt.Sprintf("B%d", i)), "B",
		}})
	}
	return left
}

// start runs the background over a pipe in a bubble and gives what ends it.
func (p *pipe) start(metrics *rules.Metrics, each time.Duration) (b *rules.Background, stop func()) {
	ctx, cancel := context.WithCancel(p.t.Context())
	b = p.background(metrics)
	done := make(chan error, 1)
	go func() { done <- b.Run(ctx) }()
	go p.evaluate(ctx, each)
	return b, func() {
		cancel()
		if err := <-done; err != nil {
			p.t.Errorf("Run() error:\n%+v", err)
		}
		synctest.Wait()
	}
}

// Of a load that touches many, one portion is on the way at a time, so that a
// live touch stands behind one at most, and before all the rest.
func TestLiveTouchesPassTheBackground(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &pipe{t: t, left: portions(20)}
		metrics := rules.NewMetrics(prometheus.NewRegistry())
		_, stop := p.start(metrics, 300*time.Millisecond)
		for i := range 5 {
			time.Sleep(700 * time.Millisecond)
			p.put(fmt.Sprintf("live%d", i))
		}
		time.Sleep(time.Minute)
		stop()
		last := 0
		for i := range 5 {
			at := slices.Index(p.log, fmt.Sprintf("live%d", i))
			between := at - last - 1
			if last = at; i > 0 && between > 3 {
				t.Errorf("%d portions before live%d: %v", between, i, p.log)
			}
		}
		if p.most != 1 || len(p.left) != 0 || len(p.log) != 25 || last > 18 {
			t.Errorf("%d portions at a time, %d left, log %v", p.most, len(p.left), p.log)
		}
		if done := testutil.ToFloat64(metrics.Background); done != 40 {
			t.Errorf("%v scopes counted", done)
		}
	})
}

// While live touches wait the background does, but not for ever.
func TestBackgroundHasPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &pipe{t: t, left: portions(2)}
		for i := range 100 {
			p.put(fmt.Sprintf("live%d", i))
		}
		_, stop := p.start(nil, 100*time.Millisecond)
		time.Sleep(1900 * time.Millisecond)
		synctest.Wait()
		if len(p.log) != 100 {
			t.Errorf("a portion was published while %d live ones waited", 100-p.answered)
		}
		time.Sleep(200 * time.Millisecond)
		synctest.Wait()
		if len(p.log) != 101 || p.log[100] != "B0" {
			t.Errorf("after two seconds the log is %v", p.log[100:])
		}
		time.Sleep(time.Minute)
		stop()
		if len(p.left) != 0 {
			t.Errorf("%d portions are left", len(p.left))
		}
	})
}

// Whatever fails is done again; a portion may be published twice, none is left
// out, also when a process ends between publishing and noting it.
func TestBackgroundGoesOnAfterFaults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &pipe{t: t, left: portions(3), faults: map[string]int{"next": 1, "publish": 1, "ends": 1, "answered": 1, "done": 1}}
		_, stop := p.start(nil, 10*time.Millisecond)
		time.Sleep(time.Minute)
		stop()
		for i := range 3 {
			if !slices.Contains(p.log, fmt.Sprintf("B%d", i)) {
				t.Errorf("B%d was never published: %v", i, p.log)
			}
		}
		if len(p.left) != 0 || len(p.log) < 4 {
			t.Errorf("%d left, log %v", len(p.left), p.log)
		}

		p = &pipe{t: t, left: portions(2)}
		_, stop = p.start(nil, time.Hour) // it ends before the answer
		time.Sleep(time.Second)
		stop()
		if len(p.left) != 2 || !slices.Equal(p.log, []string{"B0"}) {
			t.Fatalf("%d left, log %v", len(p.left), p.log)
		}
		_, stop = p.start(nil, 10*time.Millisecond)
		time.Sleep(time.Minute)
		stop()
		if len(p.left) != 0 || !slices.Equal(p.log, []string{"B0", "B0", "B1"}) {
			t.Errorf("%d left, log %v", len(p.left), p.log)
		}
	})
}

// What is saved later is found at once when it is told, and soon when another
// process saved it.
func TestBackgroundWakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &pipe{t: t}
		b, stop := p.start(nil, time.Millisecond)
		time.Sleep(time.Second)
		p.save(portions(1))
		b.Wake()
		b.Wake()
		time.Sleep(time.Second)
		synctest.Wait()
		if len(p.log) != 1 || len(p.left) != 0 {
			t.Errorf("woken, %d left, log %v", len(p.left), p.log)
		}
		p.save(portions(1))
		time.Sleep(11 * time.Second)
		stop()
		if len(p.log) != 2 {
			t.Errorf("log %v", p.log)
		}
	})
}
