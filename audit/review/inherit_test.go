package review

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

func heirOf(rule, subject string) claimwatch.Finding {
	f := finding(100)
	f.Rule, f.Subject = rule, subject
	f.ID = claimwatch.FindingID(rule, subject)
	return f
}

// A notice passes from a notified finding that can still vanish to one of its
// rule that nobody has told, and no other way.
func TestWhoInherits(t *testing.T) {
	heir := heirOf("FEE-001", "heir")
	cases := []struct {
		name     string
		from, to claimwatch.State
		rule     string
		want     claimwatch.Code
		state    claimwatch.State
	}{
		{"notified", claimwatch.StateNotified, claimwatch.StateOpen, "FEE-001", "", claimwatch.StateNotified},
		{"explained", claimwatch.StateExplained, claimwatch.StateOpen, "FEE-001", "", claimwatch.StateExplained},
		{"lapsed", claimwatch.StateLapsed, claimwatch.StateOpen, "FEE-001", "", claimwatch.StateLapsed},
		{"never told", claimwatch.StateOpen, claimwatch.StateOpen, "FEE-001", claimwatch.CodeIllegalTransition, ""},
		{"rejected", claimwatch.StateRejected, claimwatch.StateOpen, "FEE-001", claimwatch.CodeIllegalTransition, ""},
		{"released", claimwatch.StateReleased, claimwatch.StateOpen, "FEE-001", claimwatch.CodeIllegalTransition, ""},
		{"another rule", claimwatch.StateNotified, claimwatch.StateOpen, "FEE-002", claimwatch.CodeIllegalTransition, ""},
		{"the heir was told", claimwatch.StateNotified, claimwatch.StateNotified, "FEE-001", claimwatch.CodeIllegalTransition, ""},
		{"the heir was heard", claimwatch.StateNotified, claimwatch.StateExplained, "FEE-001", claimwatch.CodeIllegalTransition, ""},
		{"the heir was released", claimwatch.StateNotified, claimwatch.StateReleased, "FEE-001", claimwatch.CodeIllegalTransition, ""},
		{"the heir was rejected", claimwatch.StateNotified, claimwatch.StateRejected, "FEE-001", claimwatch.CodeIllegalTransition, ""},
	}
	for _, c := range cases {
		from, moment := reach(t, c.from)
		to, _ := reach(t, c.to)
		seen := heirOf(c.rule, "heir")
		to.FindingID = seen.ID
		event, err := give(to, Command{FindingID: seen.ID, Action: ActionInherit, At: moment, By: "system", Seen: See(seen), From: from}, calendarOf2026)
		if claimwatch.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if err != nil {
			continue
		}
		to.Apply(event)
		if got := to.At(moment, calendarOf2026); got != c.state || to.Revision != 1 || event.From != from.FindingID {
			t.Errorf("%s: the heir is %s at revision %d from %q, want %s at 1", c.name, got, to.Revision, event.From, c.state)
		}
		if to.Notice.From != from.FindingID || to.Notice.At != from.Notice.At || from.Notice.From != "" {
			t.Errorf("%s: notice %+v, want that of %s", c.name, to.Notice, from.FindingID)
		}
	}
	for name, c := range map[string]Command{
		"without a copy":     {From: &Review{Notice: &Notice{}, Decided: See(heir)}},
		"from nobody":        {Seen: See(heir)},
		"without its facts":  {Seen: See(heir), From: &Review{Notice: &Notice{}}},
		"without its notice": {Seen: See(heir), From: &Review{Decided: See(heir)}},
	} {
		c.FindingID, c.Action, c.By = heir.ID, ActionInherit, "system"
		if _, err := give(&Review{FindingID: heir.ID}, c, calendarOf2026); claimwatch.CodeOf(err) != claimwatch.CodeIllegalTransition {
			t.Errorf("%s: %v, want illegal_transition", name, err)
		}
	}
}

// An heir keeps the extended term, may be inherited from in turn, and keeps
// every statement on the way; the first finding stays as it was.
func TestHeirOfAnHeir(t *testing.T) {
	first, moment := reach(t, claimwatch.StateNotified)
	extend := commandOf(first, claimwatch.ActionExtend, moment)
	event, err := give(first, extend, calendarOf2026)
	if err != nil {
		t.Fatalf("Decide(extend) error:\n%+v", err)
	}
	first.Apply(event)
	explain := commandOf(first, claimwatch.ActionExplain, moment)
	if event, err = give(first, explain, calendarOf2026); err != nil {
		t.Fatalf("Decide(explain) error:\n%+v", err)
	}
	first.Apply(event)
	before := len(first.History)
	from := first
	for _, subject := range []string{"second", "third"} {
		f := heirOf("FEE-001", subject)
		to := &Review{FindingID: f.ID}
		event, err := give(to, Command{FindingID: f.ID, Action: ActionInherit, At: moment, By: "system", Seen: See(f), From: from}, calendarOf2026)
		if err != nil {
			t.Fatalf("%s: Decide(inherit) error:\n%+v", subject, err)
		}
		to.Apply(event)
		var actions []claimwatch.Action
		for _, e := range to.History {
			actions = append(actions, e.Action)
		}
		if diff := cmp.Diff(actions, []claimwatch.Action{claimwatch.ActionExplain, ActionInherit}); diff != "" {
			t.Errorf("%s: history (-got, +want):\n%s", subject, diff)
		}
		if due, _ := to.Notice.Due(calendarOf2026); due.String() != "2026-03-16" || to.Notice.From != from.FindingID {
			t.Errorf("%s: due %s from %s, want the extended 2026-03-16 from %s", subject, due, to.Notice.From, from.FindingID)
		}
		if to.Decided.FindingID != f.ID {
			t.Errorf("%s: decided about %s", subject, to.Decided.FindingID)
		}
		from = to
	}
	if len(first.History) != before || first.Notice.From != "" {
		t.Errorf("the first finding was changed: %+v", first)
	}
}

// Who was told that a finding vanished is told again only when somebody has
// acted on it in between; nobody is told of what was decided.
func TestTelling(t *testing.T) {
	for state, want := range map[claimwatch.State]claimwatch.Code{
		claimwatch.StateOpen: claimwatch.CodeIllegalTransition, claimwatch.StateNotified: "", claimwatch.StateExplained: "", claimwatch.StateLapsed: "",
		claimwatch.StateRejected: claimwatch.CodeIllegalTransition, claimwatch.StateReleased: claimwatch.CodeIllegalTransition,
	} {
		r, moment := reach(t, state)
		tell := Command{FindingID: r.FindingID, Action: ActionTell, At: moment, By: "system"}
		revision := r.Revision
		for round := range 2 {
			event, err := give(r, tell, calendarOf2026)
			if claimwatch.CodeOf(err) != want {
				t.Errorf("%s, round %d: %v, want %q", state, round, err, want)
			}
			if err != nil {
				break
			}
			r.Apply(event)
			if got := r.At(moment, calendarOf2026); got != state || !r.Told {
				t.Errorf("%s: telling made it %s, told %t", state, got, r.Told)
			}
			if _, err := give(r, tell, calendarOf2026); claimwatch.CodeOf(err) != claimwatch.CodeIllegalTransition {
				t.Errorf("%s: told twice: %v", state, err)
			}
			if event, err = give(r, commandOf(r, claimwatch.ActionAssign, moment), calendarOf2026); err != nil {
				t.Fatalf("Decide(assign) error:\n%+v", err)
			}
			r.Apply(event)
			if r.Told || r.Revision != revision+2*(round+1) {
				t.Errorf("%s: after somebody acted: told %t at revision %d", state, r.Told, r.Revision)
			}
		}
	}
}
