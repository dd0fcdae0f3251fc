package journal

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/rejection"
	"claimwatch/audit/review"
)

var (
	reviewer = Actor{Key: "4e71e3e400000000", Roles: []claimwatch.CallerRole{claimwatch.RoleReviewer}}
	director = Actor{Key: "d14ec70400000000", Roles: []claimwatch.CallerRole{claimwatch.RoleDirector}}
)

// decided is a decision of the present procedure.
func decided(t testing.TB, id string, who Actor, f claimwatch.Finding, action claimwatch.Action, revision int, at claimwatch.Instant) Command {
	t.Helper()
	p := Decision{Action: action, Finding: review.See(f), Procedure: review.Procedure}
	var names []byte
	if action == claimwatch.ActionReject || action == claimwatch.ActionConfirm {
		p.Charges, p.Rank, names = charges(f), 17, []byte(`["CT 扫描","b","c"]`)
	}
	return build(t, Command{
		ID: id, Type: TypeDecision, At: at, Actor: who, FindingID: f.ID, ExpectedRevision: &revision, Reason: "because", Request: hexSum([]byte(id)),
	}, p, names)
}

// course is one command of every type and action of the present procedure, all of
// which are accepted.
func course(t testing.TB) []Command {
	t.Helper()
	monday := instant(t, "2026-03-02T10:00:00+08:00")
	other := Actor{Key: "fedcba9876543211", Roles: hospital.Roles, InstitutionID: "H2"}
	a, b := sample("H1|P1|S1"), sample("H1|P1|S2")
	letter := []byte("%PDF-1.7 a letter")
	say := func(id string, kind Type, who Actor, f claimwatch.Finding, files ...string) Command {
		return build(t, Command{ID: id, Type: kind, At: monday, Actor: who, FindingID: f.ID}, Statement{Procedure: review.Procedure, Attachments: files}, []byte("病人需要"))
	}
	return []Command{
		loadOf(t, "p_policy", claimwatch.Policies, "policy,city,from,value,reason\nsecond_person_from,,2026-01-01,1.00,test\n", monday),
		decided(t, "p_claim", officer, a, claimwatch.ActionClaim, 0, monday),
		decided(t, "p_unclaim", officer, a, claimwatch.ActionUnclaim, 1, monday),
		decided(t, "p_notify", officer, a, claimwatch.ActionNotify, 2, monday),
		build(t, Command{ID: "p_file", Type: TypeAttachment, At: monday, Actor: hospital, Request: hexSum(letter)},
			Attachment{MediaType: "application/pdf", Size: len(letter)}, letter),
		say("p_explain1", TypeStatement, hospital, a, hexSum(letter)),
		say("p_explain2", TypeStatement, other, a),
		decided(t, "p_propose", officer, a, claimwatch.ActionReject, 5, monday),
		decided(t, "p_decline", reviewer, a, claimwatch.ActionDecline, 6, monday),
		decided(t, "p_propose2", officer, a, claimwatch.ActionReject, 7, monday),
		decided(t, "p_confirm", reviewer, a, claimwatch.ActionConfirm, 8, monday),
		build(t, Command{ID: "p_adjust", Type: TypeAdjustRejection, At: monday, Actor: system, Reason: "refunded"},
			Adjustment{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: "F2", Net: 150}, nil),
		say("p_appeal1", TypeAppeal, hospital, a, hexSum(letter)),
		decided(t, "p_uphold", director, a, claimwatch.ActionUphold, 10, monday),
		say("p_appeal2", TypeAppeal, other, a),
		decided(t, "p_overturn", director, a, claimwatch.ActionOverturn, 12, monday),
		decided(t, "p_release", officer, b, claimwatch.ActionRelease, 0, monday),
		decided(t, "p_reopen", officer, b, claimwatch.ActionReopen, 1, monday),
		decided(t, "p_reopen2", director, b, claimwatch.ActionReopen, 2, monday),
	}
}

// The bytes of the commands of the present procedure are frozen like those before.
func TestGoldenProcedure(t *testing.T) {
	commands := course(t)
	var got bytes.Buffer
	for _, m := range encode(t, commands...) {
		got.Write(m.Value)
		got.WriteString("\n")
	}
	var s State
	for _, entry := range foldAll(t, &s, encode(t, commands...)) {
		got.Write(entry.Body)
		got.WriteString("\n" + entry.Hash + "\n")
		if bytes.Contains(entry.Body, []byte("病人")) || bytes.Contains(entry.Body, []byte("扫描")) || bytes.Contains(entry.Body, []byte("a letter")) {
			t.Errorf("entry %d holds a text or a file", entry.Seq)
		}
	}
	for _, c := range commands {
		if refused := s.answers[c.ID].Refusal; refused != nil {
			t.Errorf("%s: %v", c.ID, refused)
		}
	}
	path := filepath.Join("testdata", "procedure.golden")
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatalf("WriteFile() error:\n%+v", err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("ReadFile() error:\n%+v", err)
	}
	if diff := cmp.Diff(got.String(), string(want)); diff != "" {
		t.Errorf("procedure.golden (-got, +want):\n%s", diff)
	}
}

// What each command of the course did to the money, and what a replay gives.
func TestCourseOfMoney(t *testing.T) {
	var s, again State
	foldAll(t, &s, encode(t, course(t)...))
	got := map[string]claimwatch.Fen{}
	for id, answer := range s.answers {
		if answer.Rejected != 0 {
			got[id] = answer.Rejected
		}
	}
	if diff := cmp.Diff(got, map[string]claimwatch.Fen{"p_confirm": 600, "p_adjust": -50, "p_overturn": -550}); diff != "" {
		t.Errorf("answers (-got, +want):\n%s", diff)
	}
	for _, c := range course(t) { // every message twice
		foldAll(t, &again, append(encode(t, c), encode(t, c)...))
	}
	if diff := cmp.Diff(print(&again), print(&s)); diff != "" {
		t.Errorf("a replay (-got, +want):\n%s", diff)
	}
}

// Who is told what of a line that is to be given back, and by whom: only the product
// makes adjustments, and only of lines that are worth less than was taken.
func TestAdjustmentsAreOfTheSystem(t *testing.T) {
	var s State
	foldAll(t, &s, encode(t, course(t)[:11]...))
	at := instant(t, "2026-03-02T10:00:00+08:00")
	adjust := func(id string, who Actor, record string, net claimwatch.Fen) claimwatch.Code {
		c := build(t, Command{ID: id, Type: TypeAdjustRejection, At: at, Actor: who}, Adjustment{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: record, Net: net}, nil)
		foldAll(t, &s, encode(t, c))
		if refused := s.answers[id].Refusal; refused != nil {
			return refused.Code
		}
		return ""
	}
	for _, c := range []struct {
		id     string
		who    Actor
		record string
		net    claimwatch.Fen
		want   claimwatch.Code
	}{
		{"by an officer", officer, "F1", 0, claimwatch.CodeForbidden},
		{"of an unknown line", system, "F9", 0, claimwatch.CodeIllegalTransition},
		{"worth what was taken", system, "F1", 100, claimwatch.CodeIllegalTransition},
		{"worth more", system, "F1", 101, claimwatch.CodeIllegalTransition},
		{"a fen less", system, "F1", 99, ""},
		{"told again", system, "F1", 99, claimwatch.CodeIllegalTransition},
		{"cancelled", system, "F1", -5, ""},
	} {
		if got := adjust(c.id, c.who, c.record, c.net); got != c.want {
			t.Errorf("%s: %q, want %q", c.id, got, c.want)
		}
	}
	if got := s.rejections.Rejected("H1"); got[rejection.LineKey{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: "F1"}] != 0 {
		t.Errorf("left: %v", got)
	}
}

// Once a decision of the present procedure was accepted, one that claims to be of an
// older one is held to the present; one of a later program is refused.
func TestNoWayBack(t *testing.T) {
	at := instant(t, "2026-03-02T10:00:00+08:00")
	f := sample("s")
	var s State
	foldAll(t, &s, encode(t,
		decided(t, "n", officer, sample("other"), claimwatch.ActionNotify, 0, at),
		decision(t, "old_notify", f, claimwatch.ActionNotify, 0, at),
		build(t, Command{ID: "old_explain", Type: TypeStatement, At: at, Actor: hospital, FindingID: f.ID}, nil, []byte("x")),
		decision(t, "old_reject", f, claimwatch.ActionReject, 2, at), // H2 was not heard
	))
	if refused := s.answers["old_reject"].Refusal; refused == nil || refused.Code != claimwatch.CodeIllegalTransition {
		t.Errorf("an old rejection of who was not heard: %v", refused)
	}
	later := Decision{Action: claimwatch.ActionNotify, Finding: review.See(f), Procedure: review.Procedure + 1}
	zero := 0
	foldAll(t, &s, encode(t, build(t, Command{ID: "later", Type: TypeDecision, At: at, Actor: officer, FindingID: f.ID, ExpectedRevision: &zero}, later, nil)))
	if refused := s.answers["later"].Refusal; refused == nil || refused.Code != claimwatch.CodeInvalid {
		t.Errorf("a command of a later program: %v", refused)
	}
}
