package alerts

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

func as(t *testing.T, caller claimwatch.Caller) context.Context {
	t.Helper()
	if caller.KeyID == "" {
		caller.KeyID = "key"
	}
	return claimwatch.WithCaller(t.Context(), caller)
}

var (
	officer  = claimwatch.Caller{KeyID: "o", Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}
	director = claimwatch.Caller{KeyID: "d", Roles: []claimwatch.CallerRole{claimwatch.RoleDirector}}
	root     = claimwatch.Caller{KeyID: "a", Roles: []claimwatch.CallerRole{claimwatch.RoleAdministrator}}
	hospital = claimwatch.Caller{KeyID: "h", Roles: []claimwatch.CallerRole{claimwatch.RoleHospital}, InstitutionID: "H1"}
	other    = claimwatch.Caller{KeyID: "h2", Roles: []claimwatch.CallerRole{claimwatch.RoleHospital}, InstitutionID: "H2"}
	datong   = claimwatch.Caller{
		KeyID: "c", Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}, City: "Datong", Jurisdiction: func(id string) bool { return id == "H2" },
	}
)

// inboxOf gives what a caller's inbox says, the latest first: institutions of its alerts.
func inboxOf(t *testing.T, a *Alerts, caller claimwatch.Caller) (seen []string, unread int) {
	t.Helper()
	out, err := a.inbox(as(t, caller), &inboxInput{})
	if err != nil {
		t.Fatalf("inbox() error:\n%+v", err)
	}
	seen = []string{}
	for _, item := range out.Body.Items {
		for _, told := range item.Alerts {
			seen = append(seen, told.Labels["alertname"]+" "+told.Labels["institution_id"])
		}
	}
	return seen, out.Body.Unread
}

// TestInbox: each sees what its roles and its institutions are told, over a restart too.
func TestInbox(t *testing.T) {
	log, w := newMemLog(), &world{}
	routes, err := ParseRoutes([]byte(`
route:
  receiver: officers
  group_by: [alertname]
  group_wait: 20ms
  routes:
    - {receiver: hospitals, matchers: ['hospital="yes"'], continue: true}
    - {receiver: directors, matchers: ['escalation="director"']}
    - {receiver: officers}
receivers:
  - {name: officers, inbox_configs: [{roles: [officer]}]}
  - {name: directors, inbox_configs: [{roles: [director]}]}
  - {name: hospitals, inbox_configs: [{hospitals: true}]}
`))
	if err != nil {
		t.Fatal(err)
	}
	far := finding("f_2", 1)
	far.InstitutionID, far.City = "H2", "Datong"
	w.set(finding("f_1", 1))
	w.set(far)
	w.deadlines = []Deadline{
		{Kind: "statement", InstitutionID: "H1", City: "Taiyuan", Of: "f_9", Overdue: true, Told: true},
		{Kind: "clue", InstitutionID: "H1", City: "Taiyuan", Of: "m_1", Left: 1}, // a hospital is never told of it
	}
	p := begin(t, quick(), log, w, always(routes))
	eventually(t, "all are told", func() bool {
		o, _ := inboxOf(t, p.Alerts, officer)
		d, _ := inboxOf(t, p.Alerts, director)
		return len(o) >= 4 && len(d) == 1
	})
	check := func(p *process) {
		t.Helper()
		for name, test := range map[string]struct {
			caller claimwatch.Caller
			want   int
		}{"director": {director, 1}, "hospital": {hospital, 1}, "another hospital": {other, 0}, "an officer of Datong": {datong, 1}, "an administrator": {root, 0}} {
			seen, _ := inboxOf(t, p.Alerts, test.caller)
			if len(seen) != test.want {
				t.Errorf("%s sees %v, want %d", name, seen, test.want)
			}
		}
	}
	check(p)
	if seen, _ := inboxOf(t, p.Alerts, datong); cmp.Diff([]string{"Finding H2"}, seen) != "" {
		t.Errorf("an officer of Datong sees %v", seen)
	}
	list, err := p.inbox(as(t, officer), &inboxInput{PageQuery: claimwatch.PageQuery{Limit: "1"}})
	if err != nil || len(list.Body.Items) != 1 || list.Body.Next == "" {
		t.Fatalf("inbox() = %+v, %v", list, err)
	}
	id := list.Body.Items[0].ID
	if second, err := p.inbox(as(t, officer), &inboxInput{PageQuery: claimwatch.PageQuery{Cursor: list.Body.Next}}); err != nil || len(second.Body.Items) == 0 || second.Body.Items[0].ID == id {
		t.Errorf("second page %+v, %v", second, err)
	}
	read := &readInput{}
	read.Body.Items = []string{id}
	marked, err := p.markRead(as(t, officer), read)
	if err != nil || marked.Body.Unread != list.Body.Unread-1 {
		t.Errorf("markRead() = %+v, %v, want %d left", marked, err, list.Body.Unread-1)
	}
	if _, err := p.markRead(as(t, director), read); claimwatch.CodeOf(err) != claimwatch.CodeNotFound {
		t.Errorf("a director marks an officer's: %v", err)
	}
	p.stop()
	p = begin(t, quick(), log, &world{}, always(routes))
	eventually(t, "the log is read", func() bool { _, unread := inboxOf(t, p.Alerts, officer); return unread == marked.Body.Unread })
	check(p)
}

// TestSilences: who may, what they mute, until when; what was muted is told afterwards.
func TestSilences(t *testing.T) {
	log, w, h := newMemLog(), &world{}, newHook(t)
	p := begin(t, quick(), log, w, always(hookRoutes(t, h.url, "")))
	eventually(t, "it sends", func() bool { return p.metric(t, "claimwatch_alerts_sender") == 1 })
	wish := &silenceInput{}
	wish.Body.Matchers, wish.Body.Reason, wish.Body.For = []string{`rule="DUP-001"`, `city=~"Tai.*"`}, "known", "1h"
	if _, err := p.silence(as(t, officer), wish); claimwatch.CodeOf(err) != claimwatch.CodeForbidden {
		t.Errorf("an officer mutes: %v", err)
	}
	for name, change := range map[string]func(*silenceInput){
		"no matcher": func(s *silenceInput) { s.Body.Matchers = nil }, "nonsense": func(s *silenceInput) { s.Body.Matchers = []string{"x"} },
		"no reason": func(s *silenceInput) { s.Body.Reason = "" }, "no end": func(s *silenceInput) { s.Body.For = "" },
		"in the past": func(s *silenceInput) { s.Body.For = "-1h" }, "for ever": func(s *silenceInput) { s.Body.For = "9999h" },
	} {
		bad := *wish
		change(&bad)
		if _, err := p.silence(as(t, director), &bad); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	made, err := p.silence(as(t, director), wish)
	if err != nil {
		t.Fatalf("silence() error:\n%+v", err)
	}
	w.set(finding("f_1", 1))
	p.Changed("f_1")
	far := finding("f_2", 1)
	far.City = "Datong"
	w.set(far)
	p.Changed("f_2")
	wants(t, h.next(t), StatusFiring, 1, "firing f_2")
	h.quietFor(t, 200*time.Millisecond)
	if _, err := p.endSilence(as(t, datong), &endSilenceInput{ID: made.Body.ID}); claimwatch.CodeOf(err) != claimwatch.CodeForbidden {
		t.Errorf("an officer of a city ends it: %v", err)
	}
	if _, err := p.endSilence(as(t, director), &endSilenceInput{ID: made.Body.ID}); err != nil {
		t.Fatalf("endSilence() error:\n%+v", err)
	}
	wants(t, h.next(t), StatusFiring, 2, "firing f_1")
	list, err := p.silences(as(t, officer), nil)
	if err != nil || len(list.Body.Items) != 1 || list.Body.Items[0].ExpiredBy != "d" || list.Body.Items[0].Reason != "known" {
		t.Errorf("silences() = %+v, %v", list, err)
	}
	if _, err := p.endSilence(as(t, director), &endSilenceInput{ID: made.Body.ID}); claimwatch.CodeOf(err) != claimwatch.CodeIllegalTransition {
		t.Errorf("it is ended twice: %v", err)
	}
}

// TestTestMessage: each receiver is tried, and what it answers is told.
func TestTestMessage(t *testing.T) {
	h := newHook(t)
	p := begin(t, quick(), newMemLog(), &world{}, always(hookRoutes(t, h.url, "")))
	if _, err := p.test(as(t, officer), nil); claimwatch.CodeOf(err) != claimwatch.CodeForbidden {
		t.Errorf("an officer tests: %v", err)
	}
	out, err := p.test(as(t, root), nil)
	if err != nil || len(out.Body.Items) != 2 || out.Body.Items[1].Outcome != OutcomeDelivered || out.Body.Items[1].Answer != "200 " {
		t.Errorf("test() = %+v, %v", out, err)
	}
	if m := h.next(t); m.Alerts[0].Labels["alertname"] != NameTest {
		t.Errorf("message %+v", m)
	}
	list, err := p.list(as(t, officer), &listInput{})
	if err != nil || len(list.Body.Items) != 0 {
		t.Errorf("a test is the case: %+v, %v", list, err)
	}
}
