package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// listener keeps a list of findings by nothing but the stream: as a console does, it
// comes back with the last id whenever it is cut off.
type listener struct {
	mu     sync.Mutex
	held   map[string]string // finding: revision, state and amount
	last   string
	cuts   int
	resets int
	gone   chan struct{}
}

func (c *client) listen(t testing.TB) *listener {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	l := &listener{held: map[string]string{}, gone: make(chan struct{})}
	go func() {
		defer close(l.gone)
		for ctx.Err() == nil {
			l.follow(ctx, c)
			time.Sleep(20 * time.Millisecond)
		}
	}()
	t.Cleanup(func() { cancel(); <-l.gone })
	return l
}

// follow is one connection.
func (l *listener) follow(ctx context.Context, c *client) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url+"/v1/stream", nil)
	if err != nil {
		return
	}
	request.Header.Set("Authorization", "Bearer "+c.bearer())
	if l.last != "" {
		request.Header.Set("Last-Event-ID", l.last)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return
	}
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	event, data, id := "", "", ""
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), ": ")
		switch name {
		case "event":
			event = value
		case "data":
			data = value
		case "id":
			id = value
		case "":
			l.take(event, data, id)
			event, data = "", ""
		}
	}
	l.mu.Lock()
	l.cuts++
	l.mu.Unlock()
}

func (l *listener) take(event, data, id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = id
	switch event {
	case "reset":
		l.resets++
	case "finding":
		var f struct {
			finding
			Change string `json:"change"`
		}
		if json.Unmarshal([]byte(data), &f) != nil || f.Change == "" {
			l.held["unreadable"] = data
			return
		}
		l.held[f.FindingID] = shown(f.finding)
	}
}

func shown(f finding) string { return fmt.Sprintf("%s %s %d", f.State, f.Amount, f.Revision) }

func (l *listener) list() map[string]string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.held)
}

// TestStreamKeepsAList: what officers and a hospital are told by the stream is what
// the lists say, over decisions, refunds and kills of the server.
func TestStreamKeepsAList(t *testing.T) {
	t.Parallel()
	s := newSetup(t, "event")
	p := start(t, s)
	loadReference(t, p.client)
	hospital := p.as(p.newKey(t, "--institution", "H1"))
	desk, portal := p.client.listen(t), hospital.listen(t)
	for round := range 3 {
		for n := range 4 {
			id := fmt.Sprintf("%d-%d", round, n)
			hospital.upload(t, admission("P"+id, "S"+id, "2026-03-02T08:00:00+08:00"),
				feeLine("F"+id, "P"+id, "S"+id, "2026-03-02T09:00:00+08:00", "LAB1", ""),
				feeLine("G"+id, "P"+id, "S"+id, "2026-03-02T09:00:00+08:00", "LAB1", ""))
		}
		p.waitIdle(t)
		if round == 1 { // while nobody can hear
			p.kill()
			p = start(t, s)
		}
		for i, f := range p.findings(t, "state=open") {
			if i%2 == 0 {
				p.decideAs(t, f, "notify")
			}
		}
		id := fmt.Sprintf("%d-0", round)
		hospital.upload(t, fmt.Sprintf(`{"kind":"fee","record_id":"G%s","revision":2,"cancelled":true,"person_id":"P%s","stay_id":"S%s","occurred_at":"2026-03-02T09:00:00+08:00","item_code":"LAB1","item_name":"n","category":"lab","quantity":"1","unit_price":"12.50","amount":"12.50"}`, id, id, id))
		p.waitIdle(t)
		if round == 0 {
			p.kill()
			p = start(t, s)
		}
	}
	for _, c := range []struct {
		name string
		of   *client
		ear  *listener
	}{{"officer", p.client, desk}, {"hospital", hospital, portal}} {
		want := map[string]string{}
		for _, query := range []string{"", "state=retracted"} {
			for _, f := range c.of.findings(t, query) {
				want[f.FindingID] = shown(f)
			}
		}
		if len(want) < 6 {
			t.Fatalf("%s: only %d findings to compare", c.name, len(want))
		}
		deadline := time.Now().Add(60 * time.Second)
		for !maps.Equal(want, c.ear.list()) && time.Now().Before(deadline) {
			time.Sleep(50 * time.Millisecond)
		}
		if diff := cmp.Diff(want, c.ear.list()); diff != "" {
			t.Errorf("%s: the stream tells another list than the list (-want, +got):\n%s", c.name, diff)
		}
		if c.ear.cuts < 2 || c.ear.resets > 0 {
			t.Errorf("%s: cut off %d times, want 2 or more; told to look anew %d times, want 0", c.name, c.ear.cuts, c.ear.resets)
		}
	}
	began := time.Now()
	p.stop(t)
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("with listeners it took %s to end", took)
	}
}

// decideAs decides about a finding as it is seen.
func (c *client) decideAs(t testing.TB, f finding, action string) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"action": action, "reason": "r", "expected_revision": f.Revision, "facts_sha256": f.FactsSHA256})
	if err != nil {
		t.Fatal(err)
	}
	if a := c.do(t, http.MethodPost, "/v1/findings/"+f.FindingID+"/decisions", "application/json", body); a.status != http.StatusOK {
		t.Fatalf("%s: answer %d: %s", action, a.status, a.body)
	}
}
