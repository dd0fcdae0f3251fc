package journal_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/journal/journaltest"
	"claimwatch/audit/rejection"
	"claimwatch/audit/review"
)

// shared is a finding of H1 with a line of H1 and one of H2 at issue, and one of
// H3 that is only named.
func shared(rule, subject, record string) claimwatch.Finding {
	f := finding(subject)
	f.Rule, f.ID, f.Amount = rule, claimwatch.FindingID(rule, subject), 150
	f.Lines = []claimwatch.Line{
		{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: record, Role: claimwatch.Violating, Amount: 100},
		{Kind: claimwatch.Fee, InstitutionID: "H2", RecordID: record, Role: claimwatch.Violating, Amount: 50},
		{Kind: claimwatch.Order, InstitutionID: "H3", RecordID: record, Role: claimwatch.Involved},
	}
	return f
}

// act gives a command about a finding at a moment and requires its acceptance.
func act(t *testing.T, j *journal.Journal, f claimwatch.Finding, action claimwatch.Action, at claimwatch.Instant) {
	t.Helper()
	revision := j.Standing(f.ID, at).Revision
	c := journal.Command{
		ID: journal.CommandID(f.ID, string(action), fmt.Sprint(revision)), Type: journal.TypeDecision, At: at, Actor: officer, FindingID: f.ID,
		ExpectedRevision: &revision, Reason: "because",
	}
	p := journal.Decision{Action: action, Finding: review.See(f)}
	var payload any = p
	var data []byte
	switch action {
	case claimwatch.ActionExplain:
		c.Type, c.Actor, c.ExpectedRevision, payload, data = journal.TypeStatement, journal.Actor{Key: "h", InstitutionID: "H1"}, nil, nil, []byte("text")
	case claimwatch.ActionReject:
		for _, line := range f.Lines[:2] {
			p.Charges = append(p.Charges, rejection.Charge{Kind: line.Kind, InstitutionID: line.InstitutionID, RecordID: line.RecordID, Net: line.Amount, OccurredAt: at})
		}
		payload = p
	}
	command, err := journal.NewCommand(c, payload, data)
	if err != nil {
		t.Fatalf("NewCommand() error:\n%+v", err)
	}
	if _, err := j.Do(t.Context(), command); err != nil {
		t.Fatalf("Do(%s) error:\n%+v", action, err)
	}
}

func instant(t *testing.T, text string) (i claimwatch.Instant) {
	t.Helper()
	if err := i.UnmarshalText([]byte(text)); err != nil {
		t.Fatalf("UnmarshalText(%q) error:\n%+v", text, err)
	}
	return i
}

// names gives the subjects of finding ids, in their order.
func names(ids []string, findings ...claimwatch.Finding) string {
	var out []string
	for _, id := range ids {
		at := slices.IndexFunc(findings, func(f claimwatch.Finding) bool { return f.ID == id })
		out = append(out, findings[at].Subject)
	}
	return strings.Join(out, " ")
}

// One journal with a finding in every state that it knows, and what each reader
// is told of it.
func TestReaders(t *testing.T) {
	j := journaltest.StartWith(t, patient(), &journaltest.Log{}, &journaltest.Rows{})
	monday, sunday := instant(t, "2026-03-02T10:00:00+08:00"), instant(t, "2026-03-01T10:00:00+08:00")
	told, heard, rejected, released, assigned := shared("FEE-001", "told", "F1"), shared("FEE-001", "heard", "F1"), shared("FEE-001", "rejected", "F2"),
		shared("FEE-001", "released", "F3"), shared("FEE-001", "assigned", "F1")
	other := shared("FEE-002", "other", "F1")
	all := []claimwatch.Finding{told, heard, rejected, released, assigned, other}
	act(t, j, told, claimwatch.ActionNotify, monday)
	act(t, j, other, claimwatch.ActionNotify, monday)
	act(t, j, heard, claimwatch.ActionNotify, sunday) // an older notice that came later into the journal
	act(t, j, heard, claimwatch.ActionExplain, monday)
	act(t, j, rejected, claimwatch.ActionNotify, monday)
	act(t, j, rejected, claimwatch.ActionExplain, monday)
	act(t, j, rejected, claimwatch.ActionReject, monday)
	act(t, j, released, claimwatch.ActionRelease, monday)
	act(t, j, assigned, claimwatch.ActionAssign, monday)

	midnight := instant(t, "2026-03-10T00:00:00+08:00")
	for _, c := range []struct {
		state claimwatch.State
		at    claimwatch.Instant
		want  []string
	}{
		{claimwatch.StateNotified, midnight - 1, []string{"told", "other"}},
		{claimwatch.StateNotified, midnight, nil},
		{claimwatch.StateLapsed, midnight - 1, nil},
		{claimwatch.StateLapsed, midnight, []string{"told", "other"}},
		{claimwatch.StateExplained, midnight, []string{"heard"}},
		{claimwatch.StateRejected, monday, []string{"rejected"}},
		{claimwatch.StateReleased, monday, []string{"released"}},
		{claimwatch.StateOpen, monday, []string{"assigned"}},
		{claimwatch.StateRetracted, monday, nil},
	} {
		ids := j.InState(c.state, c.at)
		got := strings.Fields(names(ids, all...))
		slices.Sort(got)
		slices.Sort(c.want)
		if diff := cmp.Diff(append([]string(nil), got...), c.want); diff != "" || !slices.IsSorted(ids) {
			t.Errorf("InState(%s at %s) (-got, +want):\n%s", c.state, c.at, diff)
		}
	}

	for institution, want := range map[string]int{"H1": 4, "H2": 4, "H3": 0, "": 0, "H9": 0} {
		if got := j.Noticed(institution); len(got) != want || !slices.IsSorted(got) {
			t.Errorf("Noticed(%q) = %d findings, want %d", institution, len(got), want)
		}
	}
	awaiting := strings.Fields(names(j.AwaitingFacts(), all...))
	slices.Sort(awaiting)
	if diff := cmp.Diff(awaiting, []string{"heard", "other", "told"}); diff != "" {
		t.Errorf("AwaitingFacts() (-got, +want):\n%s", diff)
	}
	// The oldest notice comes first, whatever came first into the journal.
	for want, lines := range map[string][]claimwatch.Line{
		"heard told": told.Lines,
		"rejected":   rejected.Lines[1:2],
		"":           released.Lines,
	} {
		if got := names(j.NotifiedWith("FEE-001", lines), all...); got != want {
			t.Errorf("NotifiedWith(%v) = %q, want %q", lines, got, want)
		}
	}
	asFitting := told.Lines[0]
	asFitting.Kind = claimwatch.DeviceFitting
	if got := j.NotifiedWith("FEE-001", []claimwatch.Line{told.Lines[2], asFitting}); len(got) != 0 {
		t.Errorf("NotifiedWith(an involved line, a line of another kind) = %v", got)
	}
	reviews := j.Reviews()
	if len(reviews) != len(all) || !slices.IsSortedFunc(reviews, func(a, b review.Review) int { return strings.Compare(a.FindingID, b.FindingID) }) {
		t.Errorf("Reviews() gives %d, want %d in order", len(reviews), len(all))
	}
	if untouched := j.Standing("f_none", midnight); untouched.State != claimwatch.StateOpen || untouched.Revision != 0 || untouched.DueOn != nil || untouched.FindingID != "f_none" {
		t.Errorf("Standing(of nobody) = %+v", untouched)
	}
	lists := j.AllRejections()
	if len(lists) != 2 || lists[0].InstitutionID != "H1" || lists[0].Total != 100 || lists[1].Total != 50 || len(j.Rejections("H3", "2026-03").Items) != 0 {
		t.Errorf("AllRejections() = %+v", lists)
	}
}

// Loads are remembered with who and when, the newest first; a refused one is no load.
func TestLoadsOfATable(t *testing.T) {
	j := journaltest.StartWith(t, patient(), &journaltest.Log{}, &journaltest.Rows{})
	if seq, hash := j.Head(); seq != 0 || hash != strings.Repeat("0", 64) {
		t.Errorf("Head() of an empty journal = %d %s", seq, hash)
	}
	for i, days := range []int{2, 0, 3} {
		c := load(t, fmt.Sprint("c_", i), days)
		c.At, c.Actor.Key = claimwatch.Instant(1000+i), fmt.Sprint("key", i)
		if _, err := j.Do(t.Context(), c); err != nil {
			t.Fatalf("Do() error:\n%+v", err)
		}
	}
	refused := load(t, "c_refused", 1)
	refused.Payload = []byte(`{"table":"calendar","columns":["day"],"rows":2}`)
	if _, err := j.Do(t.Context(), refused); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
		t.Errorf("a load of fewer rows than named: %v", err)
	}
	want := []journal.Load{
		{LoadAnswer: journal.LoadAnswer{Table: "calendar", Version: 3, Rows: 3, Changed: 1, Unchanged: 2}, At: 1002, By: "key2"},
		{LoadAnswer: journal.LoadAnswer{Table: "calendar", Version: 2}, At: 1001, By: "key1"},
		{LoadAnswer: journal.LoadAnswer{Table: "calendar", Version: 1, Rows: 2, Changed: 2}, At: 1000, By: "key0"},
	}
	if diff := cmp.Diff(j.Loads("calendar"), want); diff != "" {
		t.Errorf("Loads() (-got, +want):\n%s", diff)
	}
	if got := j.Loads("items"); len(got) != 0 {
		t.Errorf("Loads(items) = %+v", got)
	}
	if seq, _ := j.Head(); seq != 3 {
		t.Errorf("Head() = %d, want 3", seq)
	}
}
