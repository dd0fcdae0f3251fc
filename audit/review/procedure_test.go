package review

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// shared is a finding of H1 with lines of H1 and, of 50 fen, of H2.
func shared(more ...claimwatch.Line) claimwatch.Finding {
	f := finding(90, 190)
	f.Lines = append(f.Lines, claimwatch.Line{Kind: claimwatch.Fee, InstitutionID: "H2", RecordID: "G1", Role: claimwatch.Violating, Amount: 50})
	f.Lines = append(f.Lines, more...)
	claimwatch.SortLines(f.Lines)
	f.Amount += 50
	return f
}

// story plays steps on one finding and checks what each is answered.
type story struct {
	t *testing.T
	r *Review
	f claimwatch.Finding
}

func begin(t *testing.T, f claimwatch.Finding) *story {
	return &story{t, &Review{FindingID: f.ID}, f}
}

// do gives a command at a moment; want is a code, or "" with the state afterwards.
func (s *story) do(moment string, action claimwatch.Action, change func(*Command), want string) {
	s.t.Helper()
	c := Command{FindingID: s.r.FindingID, Action: action, At: at(s.t, moment), By: "officer", Reason: "because", Seen: See(s.f)}
	if action == claimwatch.ActionExplain || action == claimwatch.ActionAppeal {
		c.By, c.Institution, c.Text, c.Seen, c.Reason = "hospital", "H1", "text", nil, ""
	}
	if change != nil {
		change(&c)
	}
	event, err := give(s.r, c, calendarOf2026)
	got := string(claimwatch.CodeOf(err))
	if err == nil {
		s.r.Apply(event)
		got = string(s.r.At(c.At, calendarOf2026))
	}
	if got != want {
		s.t.Errorf("%s by %s at %s: %s (%v), want %s", action, c.By, moment, got, err, want)
	}
}

func by(key string, roles ...claimwatch.CallerRole) func(*Command) {
	return func(c *Command) { c.By, c.Roles = key, roles }
}

func of(institution string) func(*Command) {
	return func(c *Command) { c.Institution = institution }
}

const (
	monday  = "2026-03-02T10:00:00+08:00"
	tuesday = "2026-03-03T10:00:00+08:00"
	lastDay = "2026-03-09T23:59:59.999+08:00"
	over    = "2026-03-10T00:00:00+08:00"
)

// Each institution is heard by itself: what one says neither silences another nor
// answers for it.
func TestTwoHospitalsAreHeardByThemselves(t *testing.T) {
	s := begin(t, shared())
	ofH1 := func(c *Command) { c.Lines = []Part{{0, "H1", "F1", 90}} }
	s.do(monday, claimwatch.ActionNotify, nil, "notified")
	s.do(tuesday, claimwatch.ActionExplain, nil, "explained")
	s.do(tuesday, claimwatch.ActionExplain, nil, "illegal_transition")
	s.do(tuesday, claimwatch.ActionReject, nil, "illegal_transition") // H2 may still explain
	if r := *s.r; true {
		event, err := give(&r, Command{FindingID: r.FindingID, Action: claimwatch.ActionReject, At: at(t, tuesday), By: "o", Reason: "r", Seen: See(s.f)}, calendarOf2026)
		if err == nil || !strings.Contains(err.Error(), "H2 must still be heard: it may explain until the end of 2026-03-09") {
			t.Errorf("the refusal does not say who must be heard: %v, %+v", err, event)
		}
	}
	for institution, want := range map[string]claimwatch.State{"H1": claimwatch.StateExplained, "H2": claimwatch.StateNotified} {
		own := s.r.For(institution)
		if got := own.At(at(t, tuesday), calendarOf2026); got != want {
			t.Errorf("%s sees %s, want %s", institution, got, want)
		}
	}
	h2 := s.r.For("H2")
	if got := h2.At(at(t, over), calendarOf2026); got != claimwatch.StateLapsed {
		t.Errorf("after its term H2 sees %s", got)
	}
	s.do(lastDay, claimwatch.ActionExplain, of("H2"), "explained")
	s.do(lastDay, claimwatch.ActionExplain, of("H3"), "not_found")
	s.do(lastDay, claimwatch.ActionReject, ofH1, "rejected")

	silent := begin(t, shared())
	silent.do(monday, claimwatch.ActionNotify, nil, "notified")
	silent.do(tuesday, claimwatch.ActionExplain, of("H2"), "explained")
	silent.do(over, claimwatch.ActionExplain, nil, "illegal_transition")
	silent.do(over, claimwatch.ActionReject, nil, "rejected") // H1 let its term pass

	parts := begin(t, shared())
	parts.do(monday, claimwatch.ActionNotify, nil, "notified")
	parts.do(tuesday, claimwatch.ActionExplain, nil, "explained")
	parts.do(tuesday, claimwatch.ActionReject, ofH1, "rejected")
}

// What came in after the notice is told by a supplementary one, with a term of its
// own; until then it cannot be rejected.
func TestSupplementaryNotice(t *testing.T) {
	s := begin(t, finding(90))
	s.do(monday, claimwatch.ActionNotify, nil, "notified")
	s.do(monday, claimwatch.ActionNotify, nil, "illegal_transition")
	s.do(tuesday, claimwatch.ActionExplain, nil, "explained")
	s.f = shared() // F2 of H1 and G1 of H2 join
	s.do("2026-03-04T10:00:00+08:00", claimwatch.ActionReject, nil, "illegal_transition")
	s.do("2026-03-04T10:00:00+08:00", claimwatch.ActionNotify, nil, "explained")
	if diff := cmp.Diff(s.r.History[2].Told, []string{"H1", "H2"}); diff != "" {
		t.Errorf("told (-got, +want):\n%s", diff)
	}
	want := []Notice{
		{At: at(t, monday), InstitutionID: "H1", Lines: []LineID{{claimwatch.Fee, "F1"}}, Heard: true},
		{At: at(t, "2026-03-04T10:00:00+08:00"), InstitutionID: "H1", Lines: []LineID{{claimwatch.Fee, "F2"}}},
		{At: at(t, "2026-03-04T10:00:00+08:00"), InstitutionID: "H2", Lines: []LineID{{claimwatch.Fee, "G1"}}},
	}
	if diff := cmp.Diff(s.r.Notices, want); diff != "" {
		t.Errorf("notices (-got, +want):\n%s", diff)
	}
	s.do(over, claimwatch.ActionReject, nil, "illegal_transition") // due on the 11th
	s.do(over, claimwatch.ActionExplain, nil, "explained")
	s.do(over, claimwatch.ActionReject, func(c *Command) { c.Lines = []Part{{0, "H1", "F2", 1}, {0, "H2", "G1", 1}} }, "illegal_transition")
	s.do("2026-03-12T00:00:00+08:00", claimwatch.ActionReject, nil, "rejected")

	late := begin(t, finding(90))
	late.do(monday, claimwatch.ActionNotify, nil, "notified")
	late.f = shared()
	late.do(over, claimwatch.ActionNotify, nil, "notified") // lapsed, and told anew
	if own := late.r.For("H2"); own.Notice.At != at(t, over) {
		t.Errorf("H2 was told at %s", own.Notice.At)
	}
	late.do("2026-03-11T10:00:00+08:00", claimwatch.ActionExtend, nil, "notified")
	if due, _ := late.r.Notices[0].Due(calendarOf2026); due.String() != "2026-03-09" {
		t.Errorf("a term that was over was extended to %s", due)
	}
	if due, _ := late.r.Notices[1].Due(calendarOf2026); due.String() != "2026-03-24" {
		t.Errorf("the extended term ends on %s", due)
	}
}

// Above the limit one person proposes and a second confirms on the same facts.
func TestSecondPerson(t *testing.T) {
	limit := func(change func(*Command)) func(*Command) {
		return func(c *Command) {
			change(c)
			c.SecondFrom = 279
		}
	}
	ready := func() *story {
		s := begin(t, finding(90, 190)) // 280 fen
		s.do(monday, claimwatch.ActionNotify, nil, "notified")
		s.do(tuesday, claimwatch.ActionExplain, nil, "explained")
		s.do(tuesday, claimwatch.ActionConfirm, nil, "illegal_transition")
		s.do(tuesday, claimwatch.ActionReject, limit(by("maker", claimwatch.RoleOfficer)), "explained")
		return s
	}
	s := ready()
	if p := s.r.ProposalFor(See(s.f).Facts); p == nil || p.Amount != 280 || p.By != "maker" || len(p.Lines) != 2 || !s.r.History[2].Proposed || s.r.Revision != 3 {
		t.Errorf("proposed %+v at revision %d", p, s.r.Revision)
	}
	s.do(tuesday, claimwatch.ActionConfirm, by("maker", claimwatch.RoleDirector), "forbidden")
	s.do(tuesday, claimwatch.ActionConfirm, by("other", claimwatch.RoleOfficer), "forbidden")
	s.do(tuesday, claimwatch.ActionReject, limit(by("other", claimwatch.RoleOfficer)), "forbidden")
	s.do(tuesday, claimwatch.ActionReject, limit(by("maker", claimwatch.RoleDirector)), "explained") // proposes once more
	s.do(tuesday, claimwatch.ActionConfirm, by("checker", claimwatch.RoleReviewer), "rejected")
	if e := s.r.History[4]; e.Action != claimwatch.ActionReject || e.ProposedBy != "maker" || e.Amount() != 280 || e.Proposed {
		t.Errorf("the rejection that took effect: %+v", e)
	}
	if diff := cmp.Diff(s.r.Rejecters, []string{"maker", "checker"}); diff != "" || s.r.Proposed != nil {
		t.Errorf("rejecters (-got, +want):\n%s", diff)
	}
	again := ready()
	again.do(tuesday, claimwatch.ActionReject, limit(by("checker", claimwatch.RoleDirector)), "rejected")
	declined := ready()
	declined.do(tuesday, claimwatch.ActionDecline, by("other", claimwatch.RoleOfficer), "forbidden")
	declined.do(tuesday, claimwatch.ActionDecline, func(c *Command) { c.Reason = "" }, "invalid")
	declined.do(tuesday, claimwatch.ActionDecline, by("checker", claimwatch.RoleReviewer), "explained")
	declined.do(tuesday, claimwatch.ActionConfirm, nil, "illegal_transition")
	void := ready()
	void.f = finding(90, 191)
	if void.r.ProposalFor(See(void.f).Facts) != nil {
		t.Error("other facts leave the proposal standing")
	}
	void.do(tuesday, claimwatch.ActionConfirm, by("checker", claimwatch.RoleReviewer), "changed")
	below := begin(t, finding(90, 189))
	below.do(monday, claimwatch.ActionNotify, nil, "notified")
	below.do(tuesday, claimwatch.ActionExplain, nil, "explained")
	below.do(tuesday, claimwatch.ActionReject, limit(by("maker", claimwatch.RoleOfficer)), "rejected")
}

// Reopening needs two persons always, and begins the procedure anew.
func TestReopen(t *testing.T) {
	for _, state := range []claimwatch.State{claimwatch.StateReleased, claimwatch.StateRejected, claimwatch.StateUpheld} {
		r, _ := reach(t, state)
		s := &story{t, r, finding(90, 190, 290)}
		s.do("2026-03-05T10:00:00+08:00", claimwatch.ActionReopen, by("a", claimwatch.RoleDirector), string(state))
		s.do("2026-03-05T10:00:00+08:00", claimwatch.ActionConfirm, by("a", claimwatch.RoleDirector), "forbidden")
		s.do("2026-03-05T10:00:00+08:00", claimwatch.ActionReopen, by("b", claimwatch.RoleReviewer), "open")
		if s.r.Notice != nil || s.r.Notices != nil || s.r.Rejecters != nil || s.r.Appeals != nil {
			t.Errorf("from %s: %+v is left", state, s.r)
		}
		s.do("2026-03-05T10:00:00+08:00", claimwatch.ActionReject, nil, "illegal_transition")
		s.do("2026-03-05T10:00:00+08:00", claimwatch.ActionNotify, nil, "notified")
	}
}

// An appeal is decided by somebody who had no part in the rejection, and each
// institution may appeal once.
func TestAppeal(t *testing.T) {
	s := begin(t, shared())
	s.do(monday, claimwatch.ActionNotify, nil, "notified")
	s.do(over, claimwatch.ActionReject, by("maker", claimwatch.RoleOfficer), "rejected")
	s.do(over, claimwatch.ActionAppeal, func(c *Command) { c.Text = " " }, "invalid")
	s.do(over, claimwatch.ActionAppeal, of("H3"), "not_found")
	s.do(over, claimwatch.ActionOverturn, nil, "illegal_transition")
	s.do(over, claimwatch.ActionAppeal, nil, "appealed")
	s.do(over, claimwatch.ActionAppeal, nil, "illegal_transition")
	s.do(over, claimwatch.ActionUphold, by("maker", claimwatch.RoleDirector), "forbidden")
	s.do(over, claimwatch.ActionUphold, by("judge", claimwatch.RoleOfficer), "upheld")
	for institution, want := range map[string]claimwatch.State{"H1": claimwatch.StateUpheld, "H2": claimwatch.StateRejected} {
		if own := s.r.For(institution); own.State != want {
			t.Errorf("%s sees %s, want %s", institution, own.State, want)
		}
	}
	s.do(over, claimwatch.ActionAppeal, of("H2"), "appealed")
	s.do(over, claimwatch.ActionOverturn, func(c *Command) { c.Reason = "" }, "invalid")
	s.do(over, claimwatch.ActionOverturn, by("judge", claimwatch.RoleOfficer), "overturned")
}

// Who works on a finding keeps others off it for a while, and nobody for longer.
func TestClaim(t *testing.T) {
	s := begin(t, finding(90, 190))
	anna, bert, chief := by("anna", claimwatch.RoleOfficer), by("bert", claimwatch.RoleOfficer), by("chief", claimwatch.RoleDirector)
	s.do(monday, claimwatch.ActionUnclaim, anna, "illegal_transition")
	s.do(monday, claimwatch.ActionClaim, anna, "open")
	s.do(monday, claimwatch.ActionClaim, bert, "illegal_transition")
	s.do("2026-03-03T09:59:59.999+08:00", claimwatch.ActionNotify, chief, "illegal_transition")
	s.do("2026-03-03T09:59:59.999+08:00", claimwatch.ActionUnclaim, bert, "illegal_transition")
	s.do(tuesday, claimwatch.ActionClaim, bert, "open") // anna's 24 hours are over
	s.do(tuesday, claimwatch.ActionNotify, anna, "illegal_transition")
	s.do(tuesday, claimwatch.ActionClaim, chief, "open") // a director takes it over
	s.do(tuesday, claimwatch.ActionNotify, bert, "illegal_transition")
	s.do(tuesday, claimwatch.ActionNotify, chief, "notified")
	if s.r.Claim != nil {
		t.Errorf("the decision left the claim: %+v", s.r.Claim)
	}
	s.do(tuesday, claimwatch.ActionClaim, anna, "notified")
	s.do(tuesday, claimwatch.ActionExplain, nil, "explained") // hospitals are not kept off
	s.do(tuesday, claimwatch.ActionReject, func(c *Command) { anna(c); c.SecondFrom = 1 }, "explained")
	s.do(tuesday, claimwatch.ActionConfirm, chief, "rejected") // the proposal let go of it
}

// Whoever has none of the deciding roles decides nothing, whatever else they have.
func TestWhoDecides(t *testing.T) {
	for _, role := range []claimwatch.CallerRole{claimwatch.RoleAdministrator, claimwatch.RoleSupervisor, claimwatch.RoleClerk, claimwatch.RoleHospital} {
		for _, action := range claimwatch.Decisions() {
			r, moment := reach(t, claimwatch.StateExplained)
			c := commandOf(r, action, moment)
			c.Roles = []claimwatch.CallerRole{role}
			if _, err := give(r, c, calendarOf2026); err == nil {
				t.Errorf("a %s may %s", role, action)
			}
		}
	}
}

// Commands of the first release fold as they did: one person rejected any amount,
// one statement answered for all, and nothing that is new was possible.
func TestOldCommands(t *testing.T) {
	r := &Review{FindingID: finding().ID}
	old := func(moment string, action claimwatch.Action, change func(*Command), want claimwatch.Code) {
		t.Helper()
		c := commandOf(r, action, at(t, moment))
		c.Seen = See(shared())
		if change != nil {
			change(&c)
		}
		event, err := Decide(r, c, calendarOf2026)
		if claimwatch.CodeOf(err) != want {
			t.Errorf("%s: %v, want %q", action, err, want)
		}
		if err == nil {
			r.Apply(event)
		}
	}
	old(monday, claimwatch.ActionNotify, nil, "")
	old(monday, claimwatch.ActionNotify, func(c *Command) { c.Seen = See(finding(90, 190, 290)) }, claimwatch.CodeIllegalTransition)
	old(monday, claimwatch.ActionClaim, nil, claimwatch.CodeIllegalTransition)
	old(tuesday, claimwatch.ActionExplain, nil, "")
	old(tuesday, claimwatch.ActionExplain, of("H2"), claimwatch.CodeIllegalTransition)
	old(tuesday, claimwatch.ActionExtend, nil, claimwatch.CodeIllegalTransition)
	old(tuesday, claimwatch.ActionReject, nil, "")
	for _, action := range []claimwatch.Action{claimwatch.ActionAppeal, claimwatch.ActionReopen, claimwatch.ActionClaim, claimwatch.ActionDecline} {
		old(tuesday, action, nil, claimwatch.CodeIllegalTransition)
	}
}
