package review

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

var allActions = []claimwatch.Action{
	claimwatch.ActionNotify, claimwatch.ActionExplain, claimwatch.ActionReject, claimwatch.ActionRelease,
	claimwatch.ActionRefer, claimwatch.ActionAssign, claimwatch.ActionExtend,
}

// commandOf is a command without fault for a finding of 1.00 and 2.00 yuan.
func commandOf(r *Review, action claimwatch.Action, at claimwatch.Instant) Command {
	if action == claimwatch.ActionExplain || action == claimwatch.ActionAppeal {
		return Command{FindingID: r.FindingID, Action: action, At: at, By: "hospital", Institution: "H1", Text: "text"}
	}
	return Command{FindingID: r.FindingID, Action: action, At: at, By: "officer1", Reason: "because", Seen: See(finding(100, 200))}
}

// From an end of the procedure nothing leads on, and the answer says so in the
// words of the state and the action. Nobody can be rejected unheard.
func TestRefusedTransitionsSayWhy(t *testing.T) {
	ends := []claimwatch.State{
		claimwatch.StateRejected, claimwatch.StateReleased, claimwatch.StateUpheld, claimwatch.StateOverturned, claimwatch.StateRetracted,
	}
	at1 := at(t, "2026-03-03T10:00:00+08:00")
	for _, state := range ends {
		for _, action := range allActions {
			r := &Review{FindingID: finding().ID, Revision: 4, State: state, Notice: &Notice{At: at1}, Decided: See(finding(100, 200))}
			_, err := give(r, commandOf(r, action, at1), calendarOf2026)
			want := fmt.Sprintf("illegal_transition: a finding that is %s does not allow %s", state, action)
			if err == nil || err.Error() != want {
				t.Errorf("Decide(%s, %s) = %v, want %q", state, action, err, want)
			}
		}
	}
	for _, state := range []claimwatch.State{claimwatch.StateOpen, claimwatch.StateNotified} {
		r, moment := reach(t, state)
		_, err := give(r, commandOf(r, claimwatch.ActionReject, moment), calendarOf2026)
		want := fmt.Sprintf("illegal_transition: a finding that is %s cannot be rejected: notify the hospital first and wait for its statement or for the term to lapse", state)
		if err == nil || err.Error() != want {
			t.Errorf("Decide(%s, reject) = %v, want %q", state, err, want)
		}
	}
}

// The revision is looked at before anything else: who has not seen the last
// step is told to read, not that the step is illegal or the command at fault.
func TestChangedComesFirst(t *testing.T) {
	for _, state := range []claimwatch.State{claimwatch.StateOpen, claimwatch.StateNotified, claimwatch.StateExplained, claimwatch.StateRejected} {
		for _, action := range allActions {
			r, moment := reach(t, state)
			for _, seen := range []int{r.Revision - 1, r.Revision + 1, -1 << 31, 1<<31 - 1} {
				c := commandOf(r, action, moment)
				c.ExpectedRevision, c.Reason, c.Seen, c.Text = &seen, "", nil, ""
				_, err := give(r, c, calendarOf2026)
				want := fmt.Sprintf("changed: somebody was faster: the finding is at revision %d, you have seen %d; read it again", r.Revision, seen)
				if err == nil || err.Error() != want {
					t.Errorf("Decide(%s, %s, revision %d) = %v, want %q", state, action, seen, err, want)
				}
			}
		}
	}
}

// The two sides are kept apart even for who writes into the log past the door.
func TestSidesAreKeptApart(t *testing.T) {
	cases := []struct {
		name   string
		state  claimwatch.State
		action claimwatch.Action
		change func(*Command)
		want   claimwatch.Code
	}{
		{"the agency explains", claimwatch.StateNotified, claimwatch.ActionExplain, func(c *Command) { c.Institution = "" }, claimwatch.CodeForbidden},
		{"another hospital explains", claimwatch.StateNotified, claimwatch.ActionExplain, func(c *Command) { c.Institution = "H9" }, claimwatch.CodeNotFound},
		{"a statement of spaces", claimwatch.StateNotified, claimwatch.ActionExplain, func(c *Command) { c.Text = " \n\t" }, claimwatch.CodeInvalid},
		{"a hospital notifies", claimwatch.StateOpen, claimwatch.ActionNotify, func(c *Command) { c.Institution = "H1" }, claimwatch.CodeForbidden},
		{"a hospital releases", claimwatch.StateOpen, claimwatch.ActionRelease, func(c *Command) { c.Institution = "H1" }, claimwatch.CodeForbidden},
		{"a hospital extends", claimwatch.StateNotified, claimwatch.ActionExtend, func(c *Command) { c.Institution = "H1" }, claimwatch.CodeForbidden},
		{"a hospital assigns", claimwatch.StateLapsed, claimwatch.ActionAssign, func(c *Command) { c.Institution = "H1" }, claimwatch.CodeForbidden},
		{"unseen", claimwatch.StateOpen, claimwatch.ActionAssign, func(c *Command) { c.Seen = nil }, claimwatch.CodeInvalid},
	}
	for _, c := range cases {
		r, moment := reach(t, c.state)
		command := commandOf(r, c.action, moment)
		c.change(&command)
		if _, err := give(r, command, calendarOf2026); claimwatch.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

// Whom a notice concerns: the institution to which the finding belongs, and
// those whose lines are at issue; not those whose records are only named.
func TestConcerns(t *testing.T) {
	f := finding(100)
	f.Lines = append(f.Lines,
		claimwatch.Line{Kind: claimwatch.Fee, InstitutionID: "H2", RecordID: "F1", Role: claimwatch.Violating, Amount: 5},
		claimwatch.Line{Kind: claimwatch.Admission, InstitutionID: "H3", RecordID: "A1", Role: claimwatch.Involved})
	f.InstitutionID = "H4" // it belongs to one without a line
	claimwatch.SortLines(f.Lines)
	seen := See(f)
	for institution, want := range map[string]bool{"H1": true, "H2": true, "H3": false, "H4": true, "": false, "H": false} {
		if got := seen.Concerns(institution); got != want {
			t.Errorf("Concerns(%q) = %t, want %t", institution, got, want)
		}
	}
	back := seen.Finding()
	if back.FactsSHA256() != seen.Facts {
		t.Errorf("the copy has facts %s, the finding %s", back.FactsSHA256(), seen.Facts)
	}
	f.Lines[0].Amount++
	if diff := cmp.Diff(seen.Finding().Lines, back.Lines); diff != "" || seen.Lines[0].Amount == f.Lines[0].Amount {
		t.Errorf("the copy changes with the finding:\n%s", diff)
	}
}

// Every line at fault is named in one answer, by its place in the request.
func TestEveryLineAtFaultIsNamed(t *testing.T) {
	r, moment := reach(t, claimwatch.StateExplained)
	c := commandOf(r, claimwatch.ActionReject, moment)
	c.Lines = []Part{
		{0, "H1", "F1", 100},
		{0, "H1", "F9", 1},
		{0, "H1", "F0", 1},
		{0, "H1", "F2", 201},
		{0, "H1", "F2", 200},
		{claimwatch.Fee, "H1", "F1", 1},
		{claimwatch.Order, "H1", "F2", 1},
	}
	_, err := give(r, c, calendarOf2026)
	var refused *claimwatch.Error
	if !errors.As(err, &refused) {
		t.Fatalf("Decide() = %v, want a refusal", err)
	}
	want := []claimwatch.Fault{
		{Column: "lines[1]", Code: claimwatch.CodeNotFound, Message: "the finding has no such line"},
		{Column: "lines[2]", Code: claimwatch.CodeInvalid, Message: "the line is involved only, nothing of it is at issue"},
		{Column: "lines[3]", Code: claimwatch.CodeRange, Message: "the amount is above 0 and at most 2.00"},
		{Column: "lines[5]", Code: claimwatch.CodeDuplicateKey, Message: "the line is named twice"},
		{Column: "lines[6]", Code: claimwatch.CodeNotFound, Message: "the finding has no such line"},
	}
	if diff := cmp.Diff(refused.Faults, want); diff != "" {
		t.Errorf("faults (-got, +want):\n%s", diff)
	}
	if refused.Code != claimwatch.CodeInvalid || refused.Field != "lines[1]" {
		t.Errorf("refused with %s in %s, want invalid in lines[1]", refused.Code, refused.Field)
	}
}

// Two records of one institution may have one id when they are of two kinds: a
// part without a kind means the one at issue that has an amount.
func TestOneIDOfTwoKinds(t *testing.T) {
	f := finding(100)
	f.Lines = append(f.Lines, claimwatch.Line{Kind: claimwatch.DeviceFitting, InstitutionID: "H1", RecordID: "F1", Role: claimwatch.Violating, Amount: 700})
	f.Lines = append(f.Lines, claimwatch.Line{Kind: claimwatch.Order, InstitutionID: "H1", RecordID: "F1", Role: claimwatch.Involved})
	claimwatch.SortLines(f.Lines)
	for _, c := range []struct {
		part Part
		want claimwatch.Kind
		code claimwatch.Code
	}{
		{Part{0, "H1", "F1", 100}, claimwatch.Fee, ""},
		{Part{claimwatch.Fee, "H1", "F1", 100}, claimwatch.Fee, ""},
		{Part{claimwatch.DeviceFitting, "H1", "F1", 700}, claimwatch.DeviceFitting, ""},
		{Part{claimwatch.Order, "H1", "F1", 1}, 0, claimwatch.CodeInvalid},
	} {
		r, moment := reach(t, claimwatch.StateExplained)
		r.Notices[0].Lines = append(r.Notices[0].Lines, LineID{claimwatch.DeviceFitting, "F1"})
		command := commandOf(r, claimwatch.ActionReject, moment)
		command.Seen, command.Lines = See(f), []Part{c.part}
		event, err := give(r, command, calendarOf2026)
		if claimwatch.CodeOf(err) != c.code || err == nil && event.Lines[0].Kind != c.want {
			t.Errorf("part %+v: %+v, %v; want %s %s", c.part, event.Lines, err, c.want, c.code)
		}
	}
}

// A rejection of everything takes what has an amount; a reminder of 0.00 can be
// rejected and takes nothing.
func TestRejectEverything(t *testing.T) {
	r, moment := reach(t, claimwatch.StateExplained)
	c := commandOf(r, claimwatch.ActionReject, moment)
	c.Seen = See(finding(100, 0, 300))
	event, err := give(r, c, calendarOf2026)
	if err != nil {
		t.Fatalf("Decide() error:\n%+v", err)
	}
	if len(event.Lines) != 2 || event.Amount() != 400 {
		t.Errorf("%d parts of %s, want 2 of 4.00", len(event.Lines), event.Amount())
	}
	c.Seen = See(finding())
	if event, err = give(r, c, calendarOf2026); err != nil || len(event.Lines) != 0 || event.Amount() != 0 {
		t.Errorf("a finding without amount: %+v, %v", event.Lines, err)
	}
}

// What was decided is kept as it was seen; what changes no facts leaves it.
func TestDecidedIsWhatWasSeen(t *testing.T) {
	r, moment := reach(t, claimwatch.StateNotified)
	told := r.Decided.Facts
	for _, action := range []claimwatch.Action{claimwatch.ActionAssign, claimwatch.ActionRefer, claimwatch.ActionExtend, claimwatch.ActionExplain, claimwatch.ActionReject} {
		c := commandOf(r, action, moment)
		c.Assignee = strings.ToUpper(string(action))
		event, err := give(r, c, calendarOf2026)
		if err != nil {
			t.Fatalf("Decide(%s) error:\n%+v", action, err)
		}
		r.Apply(event)
		want := told
		if action == claimwatch.ActionReject {
			want = See(finding(100, 200)).Facts
		}
		if r.Decided.Facts != want {
			t.Errorf("after %s the review holds other facts", action)
		}
	}
	if r.Assignee != "REFER" {
		t.Errorf("assignee = %q: only assign and refer name one", r.Assignee)
	}
}
