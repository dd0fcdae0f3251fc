package audit

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/live"
)

// ear is a connection to the stream.
type ear struct {
	t      *testing.T
	blocks chan string
	cut    context.CancelFunc
	last   string // the id to resume by
}

// listen connects as a caller. The test ends what it began.
func (d *desk) listen(server *httptest.Server, caller claimwatch.Caller, query, last string) *ear {
	d.t.Helper()
	ctx, cancel := context.WithCancel(d.t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/v1/stream"+query, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	key, _ := json.Marshal(struct {
		Key, Institution, City string
		Roles                  []claimwatch.CallerRole
	}{caller.KeyID, caller.InstitutionID, caller.City, caller.Roles})
	request.Header.Set("Caller", string(key))
	if last != "" {
		request.Header.Set("Last-Event-ID", last)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		d.t.Fatalf("GET /v1/stream error:\n%+v", err)
	}
	if got := response.Header.Get("Content-Type"); response.StatusCode != 200 || got != "text/event-stream" {
		d.t.Fatalf("GET /v1/stream: %d %s", response.StatusCode, got)
	}
	e := &ear{t: d.t, blocks: make(chan string, 10_000), cut: cancel}
	go func() {
		defer close(e.blocks)
		defer response.Body.Close()
		block := ""
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			if lines.Text() != "" {
				block += lines.Text() + "\n"
				continue
			}
			e.blocks <- block
			block = ""
		}
	}()
	if first := e.block(); !strings.HasPrefix(first, "retry: 2000\nid: ") {
		d.t.Fatalf("the stream begins with %q", first)
	}
	return e
}

// block gives the next block and remembers its id.
func (e *ear) block() string {
	e.t.Helper()
	select {
	case block := <-e.blocks:
		for line := range strings.SplitSeq(block, "\n") {
			if id, ok := strings.CutPrefix(line, "id: "); ok {
				e.last = id
			}
		}
		return block
	case <-time.After(20 * time.Second):
		e.t.Fatal("the stream is silent")
		return ""
	}
}

// next gives the next event of a finding.
func (e *ear) next() StreamEvent {
	e.t.Helper()
	block := e.block()
	_, data, ok := strings.Cut(block, "\nevent: finding\ndata: ")
	var event StreamEvent
	if err := json.Unmarshal([]byte(data), &event); !ok || err != nil {
		e.t.Fatalf("block %q, error %v", block, err)
	}
	return event
}

// streamServer serves the stage to callers that say who they are.
func (d *desk) streamServer() *httptest.Server {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var is struct {
			Key, Institution, City string
			Roles                  []claimwatch.CallerRole
		}
		_ = json.Unmarshal([]byte(r.Header.Get("Caller")), &is)
		caller := claimwatch.Caller{KeyID: is.Key, InstitutionID: is.Institution, City: is.City, Roles: is.Roles}
		if is.City != "" {
			caller.Jurisdiction = func(institution string) bool { return institution == "H2" }
		}
		d.mux.ServeHTTP(w, r.WithContext(claimwatch.WithCaller(r.Context(), caller)))
	}))
	d.t.Cleanup(func() {
		d.live.close()
		server.Close()
	})
	return server
}

// changed tells as the topic of changes would.
func (d *desk) changed(offset int64, change claimwatch.Change, ids ...string) {
	for _, m := range live.Messages(map[claimwatch.Change][]string{change: ids}) {
		m.Offset = offset
		d.live.Changed([]claimwatch.Message{m})
	}
}

// Officers hear of everything; a hospital of its own once it was told, of its own part
// of it, and of none of the agency's inner steps; a city of its own.
func TestStreamTellsWhomItMay(t *testing.T) {
	d := newDesk(t)
	server := d.streamServer()
	desk, own, other := d.listen(server, officer, "", ""), d.listen(server, hospital, "", ""), d.listen(server, another, "", "")
	city := officer
	city.City = "Datong"
	town := d.listen(server, city, "", "")
	only := d.listen(server, officer, "?rule=FEE-007", "")

	held := d.facts.put(sample("one", false))
	d.changed(0, claimwatch.Opened, held.ID)
	if got := desk.next(); got.Change != claimwatch.Opened || got.FindingID != held.ID || got.State != claimwatch.StateOpen || len(got.Lines) != 2 {
		t.Errorf("officer hears %+v", got)
	}
	good[FindingDetail](d, d.decide(officer, held, "notify", 0))
	good[FindingDetail](d, d.call(officer, "POST", "/v1/findings/"+held.ID+"/decisions", map[string]any{
		"action": "assign", "to": "desk", "reason": "r", "expected_revision": 1, "facts_sha256": held.Facts,
	}))
	good[FindingDetail](d, d.explain(hospital, held.ID))
	d.facts.retract(held.ID)
	d.changed(1, claimwatch.RetractedNow, held.ID)

	// What nobody else may hear of comes last, so that silence is seen.
	mark := sample("mark", true)
	mark.Rule, mark.InstitutionID = "FEE-007", "H2"
	marked := d.facts.put(mark)
	good[FindingDetail](d, d.decide(officer, marked, "notify", 0))

	type heard struct {
		Change   claimwatch.Change
		State    claimwatch.State
		Revision int
	}
	for _, c := range []struct {
		name string
		ear  *ear
		want []heard
	}{
		{"officer", desk, []heard{{"decided", "notified", 1}, {"decided", "notified", 2}, {"decided", "explained", 3}, {"retracted", "retracted", 3}, {"decided", "notified", 1}}},
		{"hospital", own, []heard{{"decided", "notified", 1}, {"decided", "explained", 3}, {"retracted", "retracted", 3}, {"decided", "notified", 1}}},
		{"the other hospital", other, []heard{{"decided", "notified", 1}}},
		{"the city of the other", town, []heard{{"decided", "notified", 1}}},
		{"who asks for a rule", only, []heard{{"decided", "notified", 1}}},
	} {
		var got []heard
		for range c.want {
			e := c.ear.next()
			got = append(got, heard{e.Change, e.State, e.Revision})
			if c.ear == own && e.FindingID == marked.ID && (len(e.Lines) != 2 || e.InstitutionID != "H1") {
				t.Errorf("the hospital is shown %+v of another's finding", e)
			}
		}
		// States are those of now: between an event and its telling others may have come.
		for i := range got {
			got[i].State, c.want[i].State = "", ""
			got[i].Revision = c.want[i].Revision
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s hears (-want, +got):\n%s", c.name, diff)
		}
	}
}

// A connection that was cut at any place hears of everything once more begun, and of
// nothing that it had.
func TestStreamResumes(t *testing.T) {
	d := newDesk(t)
	server := d.streamServer()
	var ids []string
	for i := range 20 {
		ids = append(ids, d.facts.put(sample(fmt.Sprint("s", i), false)).ID)
	}
	first := d.listen(server, officer, "", "")
	for i, id := range ids {
		d.changed(int64(i), claimwatch.Opened, id)
	}
	places := []string{first.last}
	for range ids {
		first.next()
		places = append(places, first.last)
	}
	first.cut()
	for i, place := range places {
		again := d.listen(server, officer, "", place)
		for _, want := range ids[i:] {
			if got := again.next().FindingID; got != want {
				t.Fatalf("after %d events it hears %s, want %s", i, got, want)
			}
		}
		again.cut()
	}
	byQuery := d.listen(server, officer, "?last_event_id="+places[19], "")
	if got := byQuery.next().FindingID; got != ids[19] {
		t.Errorf("by the query it hears %s", got)
	}
	if stranger := d.listen(server, officer, "", "0000000000000000.1.1"); !strings.HasPrefix(stranger.block(), "event: reset\n") {
		t.Error("a place in another journal is taken for one in this")
	}
	d.refused(d.call(officer, "GET", "/v1/stream?last_event_id=nonsense", nil), 400, claimwatch.CodeBadQuery)
	d.refused(d.call(nobody, "GET", "/v1/stream", nil), 401, claimwatch.CodeUnauthenticated)
	d.refused(d.call(admin, "GET", "/v1/stream", nil), 403, claimwatch.CodeForbidden)
}

// counted counts readings of the store.
type counted struct {
	*facts
	mu    sync.Mutex
	reads int
}

func (c *counted) Findings(ctx context.Context, q FindingQuery) ([]claimwatch.Held, string, error) {
	c.mu.Lock()
	c.reads++
	c.mu.Unlock()
	return c.facts.Findings(ctx, q)
}

// A thousand listeners hear the same in the same order, and the store is read for one
// of them.
func TestManyListeners(t *testing.T) {
	d := newDesk(t)
	store := &counted{facts: d.facts}
	d.audit.deps.Findings = store
	server := d.streamServer()
	ears := make([]*ear, 1000)
	for i := range ears {
		ears[i] = d.listen(server, officer, "", "")
	}
	var want []string
	for i := range 10 {
		held := d.facts.put(sample(fmt.Sprint("m", i), false))
		want = append(want, held.ID)
		d.changed(int64(i), claimwatch.Opened, held.ID)
	}
	for i, e := range ears {
		var got []string
		for range want {
			got = append(got, e.next().FindingID)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("listener %d hears %v", i, got)
		}
	}
	if store.reads > len(want) {
		t.Errorf("the store was read %d times for %d events", store.reads, len(want))
	}
	revised := sample("m0", false)
	revised.Amount = 100
	d.changed(10, claimwatch.Revised, d.facts.put(revised).ID)
	for _, e := range ears {
		if got := e.next(); got.Amount != 100 {
			t.Fatalf("a listener is shown %s, which was before the event", got.Amount)
		}
	}
}
