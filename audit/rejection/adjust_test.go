package rejection

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// lists writes every list in one line each: month, number, and its items as
// finding, amount, reason and the list that they correct.
func lists(s *State) []string {
	var out []string
	for _, list := range s.All() {
		number := "open"
		if list.Number != nil {
			number = *list.Number
		}
		text := list.Month + " " + number
		for _, item := range list.Items {
			text += fmt.Sprintf("; %s %s %s", item.FindingID, item.Rejected, item.Reason)
			if item.Adjusts != "" {
				text += " corrects " + item.Adjusts
			}
		}
		out = append(out, text)
	}
	return out
}

func mustSeal(t *testing.T, s *State, month, at string) RejectedList {
	t.Helper()
	list, err := s.Seal("H1", month, instant(t, at), []string{"clerk", "second"}, nil)
	if err != nil {
		t.Fatalf("Seal(%s) error:\n%+v", month, err)
	}
	return list
}

// An overturned rejection gives back the exact fen: while the list is open its items
// go, afterwards the next list takes them off. What others asked for flows to them.
func TestOverturned(t *testing.T) {
	march := instant(t, "2026-03-15T10:00:00+08:00")
	why := Cause{Reason: "the appeal is right", By: "judge", At: march}
	reject := func() *State {
		var s State
		s.Reject(order("f_1", part("H1", "F1", 1000, 700, march), part("H1", "F2", 50, 50, march)))
		s.Reject(order("f_2", part("H1", "F1", 1000, 600, march)))
		return &s
	}
	open := reject()
	changed := open.Withdraw("f_1", why)
	if len(changed) != 3 || !changed[0].Void || !changed[1].Void || changed[2].FindingID != "f_2" || changed[2].Rejected != 600 {
		t.Errorf("changed items: %+v", changed)
	}
	if diff := cmp.Diff(lists(open), []string{"2026-03 open; f_2 6.00 charged twice"}); diff != "" {
		t.Errorf("open list (-got, +want):\n%s", diff)
	}
	sealed := reject()
	mustSeal(t, sealed, "2026-03", "2026-04-10T10:00:00+08:00")
	sealed.Withdraw("f_1", why)
	want := []string{
		"2026-03 2026-0001; f_1 7.00 charged twice; f_1 0.50 charged twice; f_2 3.00 charged twice",
		"2026-04 open; f_1 -7.00 the appeal is right corrects 2026-0001; f_1 -0.50 the appeal is right corrects 2026-0001; f_2 3.00 charged twice corrects 2026-0001",
	}
	if diff := cmp.Diff(lists(sealed), want); diff != "" {
		t.Errorf("sealed list (-got, +want):\n%s", diff)
	}
	if item := sealed.List("H1", "2026-04").Items[0]; item.DecidedBy != "judge" || item.OccurredAt != march {
		t.Errorf("the adjustment says %+v", item)
	}
}

// A finding that was opened again and rejected anew stands once: with what is new
// beside what a sealed list has taken.
func TestRejectedAgain(t *testing.T) {
	march := instant(t, "2026-03-15T10:00:00+08:00")
	var s State
	s.Reject(order("f_1", part("H1", "F1", 1000, 700, march)))
	mustSeal(t, &s, "2026-03", "2026-04-10T10:00:00+08:00")
	s.Withdraw("f_1", Cause{Reason: "opened again"})
	again := order("f_1", part("H1", "F1", 1000, 900, march))
	again.Reason = "looked at again"
	s.Reject(again)
	if got, want := lists(&s)[1], "2026-04 open; f_1 2.00 looked at again corrects 2026-0001"; got != want || s.Took("f_1") != 900 {
		t.Errorf("next list %q, want %q; took %s", got, want, s.Took("f_1"))
	}
}

// A line that is worth less than what was rejected of it gives the difference back,
// the last finding first, and does not grow again by itself.
func TestRefundAfterRejection(t *testing.T) {
	march := instant(t, "2026-03-15T10:00:00+08:00")
	var s State
	s.Reject(order("f_1", part("H1", "F1", 1000, 700, march)))
	s.Reject(order("f_2", part("H1", "F1", 1000, 300, march)))
	key := LineKey{claimwatch.Fee, "H1", "F1"}
	_, before := s.Line(key)
	s.Adjust(key, 800, Cause{Reason: "refunded", By: "system"})
	if rejected, after := s.Line(key); rejected != 800 || after == before {
		t.Errorf("rejected %s, change %d after %d", rejected, after, before)
	}
	mustSeal(t, &s, "2026-03", "2026-12-31T23:59:59.999+08:00")
	s.Adjust(key, 650, Cause{Reason: "refunded again", By: "system"})
	s.Adjust(key, 1000, Cause{Reason: "refund cancelled", By: "system"})
	mustSeal(t, &s, "2026-04", "2027-01-01T00:00:00+08:00")
	s.Adjust(key, 0, Cause{Reason: "cancelled", By: "system"})
	want := []string{
		"2026-03 2026-0001; f_1 7.00 charged twice; f_2 1.00 charged twice",
		"2026-04 2027-0001; f_1 -0.50 refunded again corrects 2026-0001; f_2 -1.00 refunded again corrects 2026-0001",
		"2026-05 open; f_1 -6.50 cancelled corrects 2027-0001",
	}
	if diff := cmp.Diff(lists(&s), want); diff != "" {
		t.Errorf("lists (-got, +want):\n%s", diff)
	}
}

// What is decided after the list of its month was sealed stands on the earliest open
// one after it, and does not push what was sealed from its place.
func TestLateRejection(t *testing.T) {
	january := instant(t, "2026-01-15T10:00:00+08:00")
	var s State
	suspected := order("f_2", part("H1", "F1", 1000, 700, january))
	suspected.Severity = claimwatch.Suspicion
	s.Reject(suspected)
	if _, err := s.Seal("H1", "2026-02", january, nil, nil); claimwatch.CodeOf(err) != claimwatch.CodeIllegalTransition || !strings.Contains(err.Error(), "seal 2026-01 first") {
		t.Errorf("sealed before an earlier month with items: %v", err)
	}
	for _, month := range []string{"2026-01", "2026-02", "2026-04"} { // nothing in March
		mustSeal(t, &s, month, "2026-05-01T10:00:00+08:00")
	}
	for month, want := range map[string]string{"2026-04": "is sealed as number 2026-0003", "2026-03": "is closed with 2026-04"} {
		if _, err := s.Seal("H1", month, january, nil, nil); claimwatch.CodeOf(err) != claimwatch.CodeIllegalTransition || !strings.Contains(err.Error(), want) {
			t.Errorf("Seal(%s) = %v, want %s", month, err, want)
		}
	}
	certain := order("f_1", part("H1", "F1", 1000, 700, january))
	certain.Severity = claimwatch.Violation
	s.Reject(certain)
	want := []string{"2026-01 2026-0001; f_2 7.00 charged twice", "2026-02 2026-0002", "2026-04 2026-0003", "2026-05 open; f_1 3.00 charged twice corrects 2026-0001"}
	if diff := cmp.Diff(lists(&s), want); diff != "" {
		t.Errorf("lists (-got, +want):\n%s", diff)
	}
	if got := s.Month("H1", "2026-04"); got != "2026-05" {
		t.Errorf("Month(2026-04) = %s", got)
	}
	if got := s.Month("H2", "2026-04"); got != "2026-04" {
		t.Errorf("Month of another = %s", got)
	}
}

// The hash of a sealed list is that of its JSON without the texts that may be
// erased: any other change is seen, and the fold of a log without texts agrees.
func TestContentHash(t *testing.T) {
	march := instant(t, "2026-03-15T10:00:00+08:00")
	seal := func(name, statement string, amount claimwatch.Fen) RejectedList {
		var s State
		p := part("H1", "F1", 1000, amount, march)
		p.ItemName, p.Statement = name, statement
		s.Reject(order("f_1", p))
		list, err := s.Seal("H1", "2026-03", instant(t, "2026-04-10T10:00:00+08:00"), []string{"clerk", "second"}, &names)
		if err != nil {
			t.Fatalf("Seal() error:\n%+v", err)
		}
		return list
	}
	whole := seal("CT", strings.Repeat("治疗", 150), 700)
	if got := whole.Items[0].Statement; got != strings.Repeat("治疗", 100) {
		t.Errorf("statement in short: %d bytes", len(got))
	}
	if bare := seal("", "", 700); bare.SHA256 != whole.SHA256 || len(whole.SHA256) != 64 {
		t.Errorf("without texts the hash is %s, with them %s", bare.SHA256, whole.SHA256)
	}
	if other := seal("CT", "", 701); other.SHA256 == whole.SHA256 {
		t.Error("another amount has the same hash")
	}
	raw, err := json.Marshal(whole)
	if err != nil {
		t.Fatalf("Marshal() error:\n%+v", err)
	}
	// As docs/procedure.md tells whoever holds the file.
	bare := regexp.MustCompile(`,"(statement|sha256)":"[^"]*"`).ReplaceAll(raw, nil)
	bare = regexp.MustCompile(`"item_name":"[^"]*"`).ReplaceAll(bare, []byte(`"item_name":""`))
	if sum := sha256.Sum256(bare); hex.EncodeToString(sum[:]) != whole.SHA256 {
		t.Errorf("the exported file does not give its hash: %s", bare)
	}
	for _, want := range []string{`"number":"2026-0001","sealed":true`, `"sealed_at":"2026-04-10T10:00:00.000+08:00","sealed_by":["clerk","second"],"sha256":"`} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("the list lacks %s: %s", want, raw)
		}
	}
}

// An erased statement goes from open and sealed lists, and the hash stays good.
func TestEraseFromLists(t *testing.T) {
	march, april := instant(t, "2026-03-15T10:00:00+08:00"), instant(t, "2026-04-15T10:00:00+08:00")
	said := func(p Part) Part { p.Statement = "what the patient said"; return p }
	var s State
	s.Reject(order("f_1", said(part("H1", "F1", 1000, 700, march)), said(part("H1", "F2", 50, 50, april)), said(part("H2", "F1", 9, 9, march))))
	s.Reject(order("f_2", said(part("H1", "F3", 50, 50, march))))
	before := mustSeal(t, &s, "2026-03", "2026-04-10T10:00:00+08:00")
	changed := s.EraseStatement([]string{"f_1"}, "H1", "what the patient said")
	if len(changed) != 2 || changed[0].Month != "2026-04" || changed[1].Month != "2026-03" || changed[0].Statement+changed[1].Statement != "" {
		t.Fatalf("changed: %+v", changed)
	}
	if sum, err := contentSHA256(s.List("H1", "2026-03")); err != nil || sum != before.SHA256 {
		t.Errorf("the content has the hash %s (%v), was sealed with %s", sum, err, before.SHA256)
	}
	for _, c := range []struct{ institution, month, finding, want string }{
		{"H1", "2026-03", "f_1", ""}, {"H1", "2026-04", "f_1", ""}, {"H1", "2026-03", "f_2", "what the patient said"}, {"H2", "2026-03", "f_1", "what the patient said"},
	} {
		for _, item := range s.List(c.institution, c.month).Items {
			if item.FindingID == c.finding && item.Statement != c.want {
				t.Errorf("%s %s %s says %q, want %q", c.institution, c.month, c.finding, item.Statement, c.want)
			}
		}
	}
	if before.Items[0].Statement == "" {
		t.Error("the list that was handed out before has changed")
	}
}
