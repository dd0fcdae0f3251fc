package rules_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/rules"
)

// crowd is a pipe behind which the due times of many go away when a message that
// names them is answered.
type crowd struct {
	*pipe
	due   []claimwatch.Scope
	named map[int64][]claimwatch.Scope // by offset
	times map[claimwatch.Scope]int     // published
	looks int
}

func newCrowd(t *testing.T, many int) *crowd {
	c := &crowd{pipe: &pipe{t: t, faults: map[string]int{}}, named: map[int64][]claimwatch.Scope{}, times: map[claimwatch.Scope]int{}}
	c.fallDue("P", many)
	return c
}

func (c *crowd) fallDue(prefix string, many int) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for i := range many {
		c.due = append(c.due, claimwatch.Scope(fmt.Sprintf("%s%06d", prefix, i)))
	}
}

// left are those who are due: what is answered has been evaluated.
func (c *crowd) left() []claimwatch.Scope {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	done := map[claimwatch.Scope]bool{}
	for offset, scopes := range c.named {
		if offset < c.answered {
			for _, scope := range scopes {
				done[scope] = true
			}
			delete(c.named, offset)
		}
	}
	c.due = slices.DeleteFunc(c.due, func(scope claimwatch.Scope) bool { return done[scope] })
	return slices.Clone(c.due)
}

// timer runs a timer over the crowd, as one process does, and gives what ends it.
func (c *crowd) timer(each time.Duration) (t *rules.Timer, stop func()) {
	ctx, cancel := context.WithCancel(c.t.Context())
	t = rules.NewTimer(rules.Config{Portion: 200}, rules.TimerDeps{
		AsOf:     func(context.Context) (claimwatch.Instant, bool, error) { return 5, true, c.fault("as_of") },
		Presents: func(context.Context, claimwatch.Instant) (map[string]claimwatch.Instant, error) { return nil, nil },
		DueScopes: func(context.Context, claimwatch.Instant, map[string]claimwatch.Instant) ([]claimwatch.Scope, error) {
			c.looks++
			return c.left(), nil
		},
		Publish: func(_ context.Context, _ string, scopes []claimwatch.Scope) error {
			if err := c.fault("publish"); err != nil {
				return err
			}
			c.mutex.Lock()
			c.named[int64(len(c.log))] = scopes
			for _, scope := range scopes {
				c.times[scope]++
			}
			c.mutex.Unlock()
			c.put(fmt.Sprintf("B %s of %d", scopes[0], len(scopes)))
			return nil
		},
		Pace: c.pace(), Now: time.Now,
	}, nil, zap.NewNop())
	done := make(chan error, 1)
	go func() { done <- t.Run(ctx) }()
	go c.evaluate(ctx, each)
	return t, func() {
		cancel()
		if err := <-done; err != nil {
			c.t.Errorf("Run() error:\n%+v", err)
		}
		synctest.Wait()
	}
}

// Of 100,000 who are due at once a portion is on the way at a time, so that live
// touches stand behind one at most; everybody is evaluated once.
func TestManyDueStandBehindLiveTouches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, 100_000)
		_, stop := c.timer(100 * time.Millisecond)
		var waited []int64
		for i := range 20 {
			time.Sleep(770 * time.Millisecond)
			c.mutex.Lock()
			waited = append(waited, int64(len(c.log))-c.answered)
			c.mutex.Unlock()
			c.put(fmt.Sprintf("live%d", i))
		}
		if at := slices.Index(c.log, "live19"); at > 200 || len(c.left()) < 50_000 {
			t.Errorf("the last live touch was behind %d others, %d are left", at, len(c.left()))
		}
		time.Sleep(5 * time.Minute)
		stop()
		if most := slices.Max(waited); most > 1 || c.most != 1 {
			t.Errorf("live touches stood behind %d messages, %d portions at a time", most, c.most)
		}
		if len(c.left()) != 0 || len(c.log) != 520 || len(c.times) != 100_000 {
			t.Errorf("%d are left, %d messages, %d of the crowd published", len(c.left()), len(c.log), len(c.times))
		}
		if c.looks > 60 { // a list is good for some seconds
			t.Errorf("who is due was read %d times", c.looks)
		}
	})
}

// A few are published at once, whatever waits, and not again while they wait.
func TestFewDueDoNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, 200)
		for i := range 100 {
			c.put(fmt.Sprintf("live%d", i))
		}
		_, stop := c.timer(100 * time.Millisecond)
		synctest.Wait()
		if len(c.log) != 101 {
			t.Errorf("the log is %v", c.log[100:])
		}
		time.Sleep(time.Minute)
		stop()
		if len(c.left()) != 0 || len(c.log) != 101 {
			t.Errorf("%d are left, the log is %v", len(c.left()), c.log[100:])
		}
	})
}

// Who is due stays so until he is evaluated: a process that ends in the middle
// and faults lose nobody, and those who fall due meanwhile have their turn.
func TestManyDueSurviveFaults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, 5_000)
		_, stop := c.timer(100 * time.Millisecond)
		time.Sleep(1050 * time.Millisecond)
		stop() // one portion is published and not answered
		half := len(c.left())
		if half < 3_000 || half > 4_800 {
			t.Fatalf("%d are left in the middle", half)
		}
		c.faults = map[string]int{"as_of": 1, "publish": 2, "ends": 1, "answered": 1}
		next, stop := c.timer(100 * time.Millisecond)
		time.Sleep(500 * time.Millisecond)
		c.fallDue("A", 300) // before all others in the order of names
		next.Wake()
		time.Sleep(5 * time.Minute) // what fails is done at the next tick
		stop()
		if left := c.left(); len(left) != 0 || len(c.times) != 5_300 {
			t.Errorf("%d are left, %d were published", len(left), len(c.times))
		}
		twice := 0
		for _, times := range c.times {
			if times > 1 {
				twice++
			}
		}
		if twice > 600 {
			t.Errorf("%d were published more than once", twice)
		}
	})
}

// While more fall due than can be evaluated, and before the others in the order of
// names, everybody has a turn.
func TestManyDueTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, 20_000)
		_, stop := c.timer(100 * time.Millisecond)
		for i := range 30 {
			c.fallDue(fmt.Sprintf("A%d.", i), 3_000)
			time.Sleep(time.Second)
		}
		stop()
		if left := c.left(); len(left) < 10_000 || slices.ContainsFunc(left, func(scope claimwatch.Scope) bool { return scope[0] == 'P' }) {
			t.Errorf("%d are left, the first is %s", len(left), left[0])
		}
	})
}
