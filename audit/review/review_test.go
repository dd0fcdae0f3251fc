package review

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/term"
)

var calendarOf2026 = func() *term.Calendar {
	var c term.Calendar
	for day := mustDay("2026-01-01"); day <= mustDay("2026-12-31"); day++ {
		weekday := day.Date().Weekday()
		c.Set(day, weekday != 0 && weekday != 6)
	}
	return &c
}()

func mustDay(text string) claimwatch.Day {
	day, err := claimwatch.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return day
}

func at(t testing.TB, text string) claimwatch.Instant {
	t.Helper()
	var i claimwatch.Instant
	if err := i.UnmarshalText([]byte(text)); err != nil {
		t.Fatalf("UnmarshalText(%q) error:\n%+v", text, err)
	}
	return i
}

func finding(amounts ...claimwatch.Fen) claimwatch.Finding {
	person, stay := "P1", "S1"
	f := claimwatch.Finding{
		ID: claimwatch.FindingID("FEE-001", "H1|P1|S1"), Rule: "FEE-001", RuleVersion: 1, Severity: claimwatch.Violation,
		InstitutionID: "H1", PersonID: &person, StayID: &stay, Subject: "H1|P1|S1",
		Lines: []claimwatch.Line{{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: "F0", Role: claimwatch.Involved}},
		Basis: []claimwatch.Basis{{Law: "shanxi-2022-measures", Article: "23", InForce: true}},
	}
	for i, amount := range amounts {
		f.Amount += amount
		f.Lines = append(f.Lines, claimwatch.Line{
			Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: "F" + string(rune('1'+i)), Role: claimwatch.Violating, Amount: amount,
		})
	}
	claimwatch.SortLines(f.Lines)
	return f
}

// reach gives a review in a state and a moment at which it is in it.
func reach(t testing.TB, state claimwatch.State) (*Review, claimwatch.Instant) {
	t.Helper()
	notified, later := at(t, "2026-03-02T10:00:00+08:00"), at(t, "2026-03-03T10:00:00+08:00")
	r := &Review{FindingID: finding().ID}
	do := func(c Command) {
		t.Helper()
		c.FindingID, c.By = r.FindingID, "officer1"
		if c.Action == claimwatch.ActionUphold || c.Action == claimwatch.ActionOverturn {
			c.By = "judge"
		}
		if c.Action == claimwatch.ActionExplain || c.Action == claimwatch.ActionAppeal {
			c.Institution, c.Text = "H1", "it was needed"
		} else {
			c.Reason, c.Seen = "because", See(finding(90, 190, 290))
		}
		event, err := give(r, c, calendarOf2026)
		if err != nil {
			t.Fatalf("Decide(%s) error:\n%+v", c.Action, err)
		}
		r.Apply(event)
	}
	switch state {
	case claimwatch.StateOpen:
		return r, notified
	case claimwatch.StateReleased:
		do(Command{Action: claimwatch.ActionRelease, At: notified})
		return r, later
	}
	do(Command{Action: claimwatch.ActionNotify, At: notified})
	way := []claimwatch.Action{claimwatch.ActionExplain, claimwatch.ActionReject, claimwatch.ActionAppeal}
	switch state {
	case claimwatch.StateLapsed:
		return r, at(t, "2026-03-10T00:00:00+08:00")
	case claimwatch.StateExplained:
		way = way[:1]
	case claimwatch.StateRejected:
		way = way[:2]
	case claimwatch.StateUpheld:
		way = append(way, claimwatch.ActionUphold)
	case claimwatch.StateOverturned:
		way = append(way, claimwatch.ActionOverturn)
	case claimwatch.StateNotified:
		way = nil
	}
	for _, action := range way {
		do(Command{Action: action, At: later})
	}
	return r, later
}

// The table of the contract, section 6, written out: what is not here is refused.
func TestTransitionsExhaustively(t *testing.T) {
	type move struct {
		from   claimwatch.State
		action claimwatch.Action
	}
	legal := map[move]claimwatch.State{}
	allow := func(from claimwatch.State, to claimwatch.State, actions ...claimwatch.Action) {
		for _, action := range actions {
			legal[move{from, action}] = to
		}
	}
	allow(claimwatch.StateOpen, claimwatch.StateNotified, claimwatch.ActionNotify)
	allow(claimwatch.StateNotified, claimwatch.StateExplained, claimwatch.ActionExplain)
	allow(claimwatch.StateNotified, claimwatch.StateNotified, claimwatch.ActionExtend)
	for _, state := range []claimwatch.State{claimwatch.StateExplained, claimwatch.StateLapsed} {
		allow(state, claimwatch.StateRejected, claimwatch.ActionReject)
	}
	for _, state := range []claimwatch.State{claimwatch.StateOpen, claimwatch.StateNotified, claimwatch.StateExplained, claimwatch.StateLapsed} {
		allow(state, claimwatch.StateReleased, claimwatch.ActionRelease)
		allow(state, state, claimwatch.ActionRefer, claimwatch.ActionAssign)
	}
	allow(claimwatch.StateRejected, claimwatch.StateAppealed, claimwatch.ActionAppeal)
	allow(claimwatch.StateAppealed, claimwatch.StateUpheld, claimwatch.ActionUphold)
	allow(claimwatch.StateAppealed, claimwatch.StateOverturned, claimwatch.ActionOverturn)
	allow(claimwatch.StateAppealed, claimwatch.StateAppealed, claimwatch.ActionRefer, claimwatch.ActionAssign)
	for _, state := range []claimwatch.State{claimwatch.StateRejected, claimwatch.StateUpheld, claimwatch.StateReleased} {
		allow(state, state, claimwatch.ActionReopen) // a proposal
	}
	from := []claimwatch.State{
		claimwatch.StateOpen, claimwatch.StateNotified, claimwatch.StateExplained, claimwatch.StateLapsed,
		claimwatch.StateRejected, claimwatch.StateReleased, claimwatch.StateAppealed, claimwatch.StateUpheld, claimwatch.StateOverturned,
	}
	for _, state := range from {
		if state != claimwatch.StateOverturned {
			allow(state, state, claimwatch.ActionClaim)
		}
	}
	actions := append(claimwatch.Decisions(), claimwatch.ActionExplain, claimwatch.ActionAppeal)
	for _, state := range from {
		for _, action := range actions {
			r, moment := reach(t, state)
			if got := r.At(moment, calendarOf2026); got != state {
				t.Fatalf("reach(%s) gave %s", state, got)
			}
			before := *r
			c := commandOf(r, action, moment)
			c.Seen = See(finding(90, 190, 290)) // what was told: there is nothing to add
			c.By = "officer2"
			event, err := give(r, c, calendarOf2026)
			want, ok := legal[move{state, action}]
			if !ok {
				if code := claimwatch.CodeOf(err); code != claimwatch.CodeIllegalTransition {
					t.Errorf("Decide(%s, %s) code = %q, want illegal_transition", state, action, code)
				}
				if diff := cmp.Diff(before, *r, cmp.AllowUnexported(Event{})); diff != "" {
					t.Errorf("a refusal changed the review (-got, +want):\n%s", diff)
				}
				continue
			}
			if err != nil {
				t.Errorf("Decide(%s, %s) error:\n%+v", state, action, err)
				continue
			}
			r.Apply(event)
			if got := r.At(moment, calendarOf2026); got != want {
				t.Errorf("%s from %s gives %s, want %s", action, state, got, want)
			}
			if r.Revision != before.Revision+1 {
				t.Errorf("%s from %s gives revision %d, want %d", action, state, r.Revision, before.Revision+1)
			}
		}
	}
}

func TestDecideRefusals(t *testing.T) {
	revision := func(n int) *int { return &n }
	seen := func() *Seen { return See(finding(100, 200)) }
	cases := []struct {
		name   string
		state  claimwatch.State
		change func(*Command)
		want   claimwatch.Code
	}{
		{"slower officer", claimwatch.StateExplained, func(c *Command) { c.ExpectedRevision = revision(1) }, claimwatch.CodeChanged},
		{"slower even when illegal", claimwatch.StateOpen, func(c *Command) { c.ExpectedRevision = revision(7) }, claimwatch.CodeChanged},
		{"no reason", claimwatch.StateExplained, func(c *Command) { c.Reason = " \t" }, claimwatch.CodeInvalid},
		{"release without reason", claimwatch.StateOpen, func(c *Command) { c.Action, c.Reason = claimwatch.ActionRelease, "" }, claimwatch.CodeInvalid},
		{"hospital decides", claimwatch.StateExplained, func(c *Command) { c.Institution = "H1" }, claimwatch.CodeForbidden},
		{"forged copy", claimwatch.StateExplained, func(c *Command) { c.Seen.Amount++ }, claimwatch.CodeInvalid},
		{"copy of another finding", claimwatch.StateExplained, func(c *Command) { c.Seen.FindingID = "f_other" }, claimwatch.CodeInvalid},
		{"no copy", claimwatch.StateExplained, func(c *Command) { c.Seen = nil }, claimwatch.CodeInvalid},
		{"unknown line", claimwatch.StateExplained, func(c *Command) { c.Lines = []Part{{0, "H1", "F9", 1}} }, claimwatch.CodeInvalid},
		{"line of another hospital", claimwatch.StateExplained, func(c *Command) { c.Lines = []Part{{0, "H2", "F1", 1}} }, claimwatch.CodeInvalid},
		{"involved line", claimwatch.StateExplained, func(c *Command) { c.Lines = []Part{{0, "H1", "F0", 1}} }, claimwatch.CodeInvalid},
		{"zero", claimwatch.StateExplained, func(c *Command) { c.Lines = []Part{{0, "H1", "F1", 0}} }, claimwatch.CodeInvalid},
		{"negative", claimwatch.StateExplained, func(c *Command) { c.Lines = []Part{{0, "H1", "F1", -1}} }, claimwatch.CodeInvalid},
		{"a fen too much", claimwatch.StateExplained, func(c *Command) { c.Lines = []Part{{0, "H1", "F1", 101}} }, claimwatch.CodeInvalid},
		{"line twice", claimwatch.StateExplained, func(c *Command) { c.Lines = []Part{{0, "H1", "F1", 1}, {0, "H1", "F1", 1}} }, claimwatch.CodeInvalid},
		{"lines of a release", claimwatch.StateExplained, func(c *Command) {
			c.Action, c.Lines = claimwatch.ActionRelease, []Part{{0, "H1", "F1", 1}}
		}, claimwatch.CodeInvalid},
		{"extension that shortens", claimwatch.StateNotified, func(c *Command) {
			day := mustDay("2026-03-09")
			c.Action, c.Until = claimwatch.ActionExtend, &day
		}, claimwatch.CodeInvalid},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r, moment := reach(t, c.state)
			command := Command{FindingID: r.FindingID, Action: claimwatch.ActionReject, At: moment, By: "officer1", Reason: "because", Seen: seen()}
			c.change(&command)
			_, err := give(r, command, calendarOf2026)
			if code := claimwatch.CodeOf(err); code != c.want {
				t.Errorf("Decide() code = %q (%v), want %q", code, err, c.want)
			}
		})
	}
}

func TestRejectParts(t *testing.T) {
	cases := []struct {
		name  string
		lines []Part
		want  []Part
	}{
		{"whole", nil, []Part{{claimwatch.Fee, "H1", "F1", 100}, {claimwatch.Fee, "H1", "F2", 200}}},
		{"all of one", []Part{{0, "H1", "F2", 200}}, []Part{{claimwatch.Fee, "H1", "F2", 200}}},
		{"one fen", []Part{{claimwatch.Fee, "H1", "F1", 1}}, []Part{{claimwatch.Fee, "H1", "F1", 1}}},
	}
	for _, c := range cases {
		r, moment := reach(t, claimwatch.StateExplained)
		event, err := give(r, Command{
			FindingID: r.FindingID, Action: claimwatch.ActionReject, At: moment, By: "o", Reason: "r", Seen: See(finding(100, 200)), Lines: c.lines,
		}, calendarOf2026)
		if err != nil {
			t.Fatalf("%s: Decide() error:\n%+v", c.name, err)
		}
		if diff := cmp.Diff(event.Lines, c.want); diff != "" {
			t.Errorf("%s: lines (-got, +want):\n%s", c.name, diff)
		}
	}
}

// A hospital whose line came into the finding after the notice was not told.
func TestNoRejectionOfTheUntold(t *testing.T) {
	grown := finding(100)
	grown.Lines = append(grown.Lines, claimwatch.Line{Kind: claimwatch.Fee, InstitutionID: "H2", RecordID: "F1", Role: claimwatch.Violating, Amount: 50})
	claimwatch.SortLines(grown.Lines)
	grown.Amount += 50
	r, moment := reach(t, claimwatch.StateExplained)
	reject := Command{FindingID: r.FindingID, Action: claimwatch.ActionReject, At: moment, By: "o", Reason: "r", Seen: See(grown)}
	if _, err := give(r, reject, calendarOf2026); claimwatch.CodeOf(err) != claimwatch.CodeIllegalTransition {
		t.Errorf("the whole finding: %v, want illegal_transition", err)
	}
	reject.Lines = []Part{{0, "H1", "F1", 100}}
	if _, err := give(r, reject, calendarOf2026); err != nil {
		t.Errorf("the lines of who was told: %v", err)
	}
}

func TestDecisionSaysThatTheLawWasNotInForce(t *testing.T) {
	f := finding(100)
	f.Basis = append(f.Basis, claimwatch.Basis{Law: "shanxi-2022-measures", Article: "25"})
	r := &Review{FindingID: f.ID}
	event, err := give(r, Command{FindingID: f.ID, Action: claimwatch.ActionNotify, By: "o", Seen: See(f)}, calendarOf2026)
	if err != nil {
		t.Fatalf("Decide() error:\n%+v", err)
	}
	if diff := cmp.Diff(event.NotInForce, f.Basis[1:]); diff != "" {
		t.Errorf("NotInForce (-got, +want):\n%s", diff)
	}
}

func TestTellOnceAndInherit(t *testing.T) {
	a, moment := reach(t, claimwatch.StateNotified)
	tell := Command{FindingID: a.FindingID, Action: ActionTell, At: moment, By: "system"}
	event, err := give(a, tell, calendarOf2026)
	if err != nil {
		t.Fatalf("Decide(tell) error:\n%+v", err)
	}
	a.Apply(event)
	if !a.Told || a.At(moment, calendarOf2026) != claimwatch.StateNotified {
		t.Errorf("after tell: told %t, state %s", a.Told, a.At(moment, calendarOf2026))
	}
	if _, err := give(a, tell, calendarOf2026); claimwatch.CodeOf(err) != claimwatch.CodeIllegalTransition {
		t.Errorf("a second tell: %v", err)
	}
	heir := finding(100)
	heir.Subject = "H1|P1|S1|other"
	heir.ID = claimwatch.FindingID(heir.Rule, heir.Subject)
	b := &Review{FindingID: heir.ID}
	inherit := Command{FindingID: heir.ID, Action: ActionInherit, At: moment, By: "system", Seen: See(heir), From: a}
	if event, err = give(b, inherit, calendarOf2026); err != nil {
		t.Fatalf("Decide(inherit) error:\n%+v", err)
	}
	b.Apply(event)
	if b.Notice.At != a.Notice.At || b.At(moment, calendarOf2026) != claimwatch.StateNotified {
		t.Errorf("heir: notice %v, state %s; want that of %v", b.Notice.At, b.At(moment, calendarOf2026), a.Notice.At)
	}
	if _, err := give(b, inherit, calendarOf2026); claimwatch.CodeOf(err) != claimwatch.CodeIllegalTransition {
		t.Errorf("a second inheritance: %v", err)
	}
	other := inherit
	other.From = &Review{FindingID: "f_none"}
	if _, err := give(&Review{FindingID: heir.ID}, other, calendarOf2026); claimwatch.CodeOf(err) != claimwatch.CodeIllegalTransition {
		t.Errorf("an inheritance from nobody: %v", err)
	}
}

func TestInheritingAnExplanation(t *testing.T) {
	a, moment := reach(t, claimwatch.StateExplained)
	heir := finding(100, 50)
	heir.ID = claimwatch.FindingID(heir.Rule, "heir")
	b := &Review{FindingID: heir.ID}
	event, err := give(b, Command{FindingID: heir.ID, Action: ActionInherit, At: moment, By: "system", Seen: See(heir), From: a}, calendarOf2026)
	if err != nil {
		t.Fatalf("Decide(inherit) error:\n%+v", err)
	}
	b.Apply(event)
	if got := b.At(moment, calendarOf2026); got != claimwatch.StateExplained {
		t.Errorf("state = %s, want explained: the hospital was heard", got)
	}
	if len(b.History) != 2 || b.History[0].Text != "it was needed" {
		t.Errorf("the statement did not come along: %+v", b.History)
	}
}
