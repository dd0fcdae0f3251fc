package e2e

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"claimwatch/province"
)

// made is what became of one decision that an officer wanted.
type made struct {
	finding, reason string
	status          int
}

// decisions is a desk of officers who decide about whatever stands, each wish with
// an Idempotency-Key and sent until it has an answer.
type decisions struct {
	mu   sync.Mutex
	all  []made
	n    int // of wishes
	lost int // requests without an answer
}

// decideOne wants one thing and asks until it knows what became of it.
func (d *decisions) decideOne(c *client, f finding, action, reason string) error {
	body, err := json.Marshal(map[string]any{
		"action": action, "reason": reason, "expected_revision": f.Revision, "facts_sha256": f.FactsSHA256,
	})
	if err != nil {
		return err
	}
	for range 4000 {
		a, err := c.try(http.MethodPost, "/v1/findings/"+f.FindingID+"/decisions", "application/json", body, "Idempotency-Key", reason)
		if err != nil || a.status >= 500 || a.status == http.StatusTooManyRequests || a.status == http.StatusUnauthorized ||
			a.status == http.StatusConflict && strings.Contains(string(a.body), `"in_progress"`) {
			d.mu.Lock()
			d.lost++
			d.mu.Unlock()
			time.Sleep(25 * time.Millisecond)
			continue
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		d.all = append(d.all, made{f.FindingID, reason, a.status})
		return nil
	}
	return fmt.Errorf("decision %s has no answer after 4,000 attempts", reason)
}

// officers decide about findings, in rounds, until stop is closed. Several want
// the same ones, so that some are too late.
func (d *decisions) officers(t *testing.T, c *client, keys []string, stop <-chan struct{}) *sync.WaitGroup {
	t.Helper()
	var group sync.WaitGroup
	for who, key := range keys {
		group.Go(func() {
			officer, random := c.as(key), rand.New(rand.NewPCG(uint64(who), 77))
			for !closed(stop) {
				list, err := officer.some(200)
				if err != nil {
					time.Sleep(25 * time.Millisecond)
				}
				for range min(8, len(list)) {
					if closed(stop) {
						break
					}
					f := list[random.IntN(len(list))]
					if err := d.decideOne(officer, f, wish(f, random), d.reason()); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	return &group
}

// reason tells every wish from every other: it is its Idempotency-Key too.
func (d *decisions) reason() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.n++
	return fmt.Sprintf("wish-%d", d.n)
}

func closed(stop <-chan struct{}) bool {
	select {
	case <-stop:
		return true
	default:
		return false
	}
}

// wish is what an officer wants to do about a finding.
func wish(f finding, random *rand.Rand) string {
	switch random.IntN(10) {
	case 0, 1:
		return "assign"
	}
	if f.State == "open" {
		return "notify"
	}
	return "extend"
}

// some reads a page of findings that a server may be too dead to give.
func (c *client) some(n int) ([]finding, error) {
	var page struct {
		Items []finding `json:"items"`
	}
	a, err := c.try(http.MethodGet, fmt.Sprintf("/v1/findings?limit=%d", n), "", nil)
	if err == nil && a.status == http.StatusOK {
		err = json.Unmarshal(a.body, &page)
	}
	decided := func(f finding) bool { return f.State != "open" && f.State != "notified" }
	return slices.DeleteFunc(page.Items, decided), err
}

// TestCrashOfDecisions kills the process with -9 at random moments while hospitals
// send and officers decide: a decision that was answered stands in the journal
// once, one that was refused nowhere, and the log alone gives the same again.
func TestCrashOfDecisions(t *testing.T) {
	records, kills := size()
	records, kills = min(records, 40_000), min(kills, 12)
	w := newWorld(records/400, 60).cut(records)
	batches := province.Mess{Seed: 6, Duplicates: 0.01, MostAtOnce: 400}.Batches(w.records)
	s := newSetup(t, "event")
	p := start(t, s)
	p.prepare(t, w)
	keys := []string{p.newKey(t, "--role", "officer"), p.newKey(t, "--role", "officer"), p.newKey(t, "--role", "reviewer")}
	p.deliverAll(t, share(batches, 0, kills+1), 0)
	p.waitIdle(t)

	d := &decisions{}
	for kill := range kills {
		stop, sent := make(chan struct{}), make(chan *sent, 1)
		go func() { sent <- p.deliverAll(t, share(batches, kill+1, kills+1), 0) }()
		deciding := d.officers(t, p.client, keys, stop)
		time.Sleep(time.Duration(500+rand.IntN(1500)) * time.Millisecond)
		p.kill()
		p = start(t, s)
		<-sent
		time.Sleep(time.Duration(rand.IntN(500)) * time.Millisecond)
		close(stop)
		deciding.Wait()
	}
	p.waitIdle(t)
	if d.lost == 0 {
		t.Error("no kill came while somebody decided")
	}
	stop := make(chan struct{})
	deciding := d.officers(t, p.client, keys, stop) // between kills a busy machine leaves time for few
	for deadline := time.Now().Add(2 * time.Minute); d.taken() < fewest && time.Now().Before(deadline); {
		time.Sleep(100 * time.Millisecond)
	}
	close(stop)
	deciding.Wait()
	d.check(t, p.client)
	wanted := p.digest(t, "")
	p.stop(t)
	out, code := s.replay(t)
	if code != 0 || !strings.Contains(out, wanted) {
		t.Errorf("replay: exit %d, %s; want %s", code, strings.TrimSpace(out), wanted)
	}
}

// fewest is how many decisions the test is about at the least.
const fewest = 20

// taken counts the decisions that were answered with yes.
func (d *decisions) taken() (n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, one := range d.all {
		if one.status == http.StatusOK {
			n++
		}
	}
	return n
}

// check holds what officers were told against the journal.
func (d *decisions) check(t *testing.T, c *client) {
	t.Helper()
	entries := map[string]int{}
	for cursor := ""; ; {
		var page struct {
			Items []struct{ Reason string } `json:"items"`
			Next  string                    `json:"next"`
		}
		c.do(t, http.MethodGet, "/v1/journal?limit=1000"+cursor, "", nil).into(t, &page)
		for _, item := range page.Items {
			entries[item.Reason]++
		}
		if page.Next == "" {
			break
		}
		cursor = "&cursor=" + page.Next
	}
	good, refused := 0, 0
	for _, one := range d.all {
		want := 0
		if one.status == http.StatusOK {
			want, good = 1, good+1
		} else {
			refused++
		}
		if got := entries[one.reason]; got != want {
			t.Errorf("decision %s about %s was answered %d and stands in the journal %d times", one.reason, one.finding, one.status, got)
		}
	}
	t.Logf("%d decisions were taken, %d refused, %d requests had no answer and were sent again", good, refused, d.lost)
	if good < fewest {
		t.Errorf("%d decisions, want more", good)
	}
}
