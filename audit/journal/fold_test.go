package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/audit/review"
)

// print writes everything that a state says, for comparison.
func print(s *State) string {
	var out strings.Builder
	at := claimwatch.Instant(1_773_000_000_000)
	fmt.Fprintln(&out, s.seq, s.head, len(s.answers))
	ids := []string{}
	for id := range s.reviews {
		ids = append(ids, id)
	}
	for _, id := range sorted(ids) {
		raw, _ := json.Marshal(s.reviews[id])
		standing := s.standing(id, at)
		fmt.Fprintln(&out, string(raw), standing.State, standing.DueOn)
	}
	lists, _ := json.Marshal(s.rejections.All())
	fmt.Fprintln(&out, string(lists))
	for _, table := range claimwatch.Tables() {
		fmt.Fprint(&out, s.reference.Version(table.Name), " ")
	}
	return out.String()
}

func sorted(ids []string) []string {
	for i := range ids {
		for k := i; k > 0 && ids[k] < ids[k-1]; k-- {
			ids[k], ids[k-1] = ids[k-1], ids[k]
		}
	}
	return ids
}

// randomCommands draws commands by several people over a few findings, legal
// and illegal ones, with stale revisions and repeats.
func randomCommands(t *rapid.T) []Command {
	start := claimwatch.Instant(1_772_400_000_000)
	actions := []claimwatch.Action{
		claimwatch.ActionNotify, claimwatch.ActionReject, claimwatch.ActionRelease, claimwatch.ActionExtend, claimwatch.ActionAssign, claimwatch.ActionRefer,
	}
	var commands []Command
	at := start
	for i := range rapid.IntRange(1, 40).Draw(t, "count") {
		at += claimwatch.Instant(rapid.Int64Range(0, 3*24*60*60*1000).Draw(t, "later"))
		f := sample("H1|P1|S" + fmt.Sprint(rapid.IntRange(0, 2).Draw(t, "finding")))
		revision := rapid.IntRange(0, 4).Draw(t, "revision")
		c := Command{ID: fmt.Sprintf("c_%d", i), At: at, Actor: officer, FindingID: f.ID, ExpectedRevision: &revision, Reason: "r"}
		var payload any
		var data []byte
		switch rapid.IntRange(0, 5).Draw(t, "type") {
		case 0:
			c.Type, c.Actor, c.ExpectedRevision, data = TypeStatement, hospital, nil, []byte("text")
		case 1:
			c.Type, c.Actor = TypeTellRetracted, system
		case 2:
			c.Type, c.FindingID, c.ExpectedRevision = TypeReferenceLoad, "", nil
			data = fmt.Appendf(nil, "{\"line\":2,\"cells\":[\"%s\",\"%t\",\"s\"]}\n", at.Day()+3, rapid.Bool().Draw(t, "working"))
			payload = ReferenceLoad{Table: "calendar", Columns: []string{"day", "working", "source"}, Rows: 1}
		default:
			action := rapid.SampledFrom(actions).Draw(t, "action")
			c.Type = TypeDecision
			p := Decision{Action: action, Finding: review.See(f)}
			if action == claimwatch.ActionReject {
				p.Charges = charges(f)
			}
			payload = p
		}
		command, err := NewCommand(c, payload, data)
		if err != nil {
			t.Fatalf("NewCommand() error:\n%+v", err)
		}
		commands = append(commands, command)
		if rapid.Bool().Draw(t, "again") {
			commands = append(commands, commands[rapid.IntRange(0, len(commands)-1).Draw(t, "which")])
		}
	}
	return commands
}

// The state is a function of the topic: a replay gives the same, repeats change
// nothing and get the first answer, refusals leave no trace, the chain verifies.
func TestFoldProperties(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		commands := randomCommands(r)
		var first, second State
		var entries []Entry
		answers := map[string]Answer{}
		var accepted []Command
		for _, c := range commands {
			canonical, err := c.Canonical()
			if err != nil {
				r.Fatalf("Canonical() error:\n%+v", err)
			}
			before := print(&first)
			_, repeated := answers[c.ID]
			done, answer := first.Apply(c, canonical)
			switch {
			case repeated:
				if done != nil || print(&first) != before {
					r.Fatalf("the repeat of %s had an effect", c.ID)
				}
				if diff := cmp.Diff(answer, answers[c.ID], cmp.AllowUnexported(Answer{})); diff != "" {
					r.Fatalf("the repeat of %s was answered otherwise:\n%s", c.ID, diff)
				}
			case done == nil:
				if answer.Refusal == nil || strings.SplitN(print(&first), "\n", 2)[1] != strings.SplitN(before, "\n", 2)[1] {
					r.Fatalf("the refusal of %s left a trace", c.ID)
				}
			default:
				entries, accepted = append(entries, done.Entry), append(accepted, c)
			}
			answers[c.ID] = answer
		}
		if err := VerifyChain("", entries); err != nil {
			r.Fatalf("VerifyChain() error:\n%+v", err)
		}
		foldAll(t, &second, encode(t, commands...))
		if diff := cmp.Diff(print(&second), print(&first)); diff != "" {
			r.Fatalf("a replay (-got, +want):\n%s", diff)
		}
		// Without what was refused and repeated the state is the same but for
		// the remembered answers.
		var third State
		foldAll(t, &third, encode(t, accepted...))
		if a, b := strings.SplitN(print(&third), "\n", 2)[1], strings.SplitN(print(&first), "\n", 2)[1]; a != b || third.head != first.head {
			r.Fatalf("the accepted commands alone (-got, +want):\n%s", cmp.Diff(a, b))
		}
	})
}

func TestTwoOfficersAtOnce(t *testing.T) {
	at := instant(t, "2026-03-02T10:00:00+08:00")
	for round := range 1000 {
		f := sample("H1|P1|S" + fmt.Sprint(round))
		one := decision(t, "c_1", f, claimwatch.ActionRelease, 0, at)
		two := decision(t, "c_2", f, claimwatch.ActionNotify, 0, at)
		two.Actor.Key = "another"
		both := []Command{one, two}
		if rand.IntN(2) == 0 {
			both[0], both[1] = both[1], both[0]
		}
		var s State
		entries := foldAll(t, &s, encode(t, both...))
		won, lost := s.answers[both[0].ID], s.answers[both[1].ID]
		if len(entries) != 1 || won.Refusal != nil || lost.Refusal == nil || lost.Refusal.Code != claimwatch.CodeChanged {
			t.Fatalf("round %d: %d entries, %v and %v", round, len(entries), won.Refusal, lost.Refusal)
		}
	}
}

func TestSameIDOtherWish(t *testing.T) {
	f, at := sample("s"), instant(t, "2026-03-02T10:00:00+08:00")
	var s State
	foldAll(t, &s, encode(t, decision(t, "c_1", f, claimwatch.ActionNotify, 0, at)))
	other := decision(t, "c_1", f, claimwatch.ActionRelease, 0, at)
	other.Request = hexSum([]byte("other"))
	canonical, _ := other.Canonical()
	if done, answer := s.Apply(other, canonical); done != nil || answer.Refusal == nil || answer.Refusal.Code != claimwatch.CodeKeyReused {
		t.Errorf("answer = %+v, want key_reused", answer)
	}
}

func TestCommandsThatMakeNoSense(t *testing.T) {
	at := instant(t, "2026-03-02T10:00:00+08:00")
	f := sample("s")
	zero := 0
	explain := Decision{Action: claimwatch.ActionExplain, Finding: review.See(f)}
	cases := []struct {
		name    string
		command Command
	}{
		{"unknown type", build(t, Command{Type: "seal", At: at}, nil, nil)},
		{"no finding", build(t, Command{Type: TypeStatement, At: at, Actor: hospital}, nil, []byte("x"))},
		{"statement as a decision", build(t, Command{Type: TypeDecision, At: at, FindingID: f.ID, ExpectedRevision: &zero, Actor: officer}, explain, nil)},
		{"decision without expectation", build(t, Command{Type: TypeDecision, At: at, FindingID: f.ID, Actor: officer}, Decision{Action: claimwatch.ActionNotify, Finding: review.See(f)}, nil)},
		{"no payload", build(t, Command{Type: TypeDecision, At: at, FindingID: f.ID, ExpectedRevision: &zero, Actor: officer}, nil, nil)},
		{"unknown table", build(t, Command{Type: TypeReferenceLoad, At: at}, ReferenceLoad{Table: "x"}, nil)},
		{"rows missing", build(t, Command{Type: TypeReferenceLoad, At: at}, ReferenceLoad{Table: "calendar", Rows: 1}, []byte{})},
		{"key of nobody", build(t, Command{Type: TypeKeyAdd, At: at}, map[string]string{"key_sha256": "x"}, nil)},
		{"unknown key", build(t, Command{Type: TypeKeyRevoke, At: at}, KeyRevocation{KeyID: "x"}, nil)},
		{"inherit from nobody", build(t, Command{Type: TypeInheritNotice, At: at, FindingID: f.ID, Actor: system}, Inheritance{From: "f_x", Finding: review.See(f)}, nil)},
	}
	for _, c := range cases {
		c.command.ID = "c_" + c.name
		var s State
		before := print(&State{answers: map[string]Answer{c.command.ID: {}}})
		entries := foldAll(t, &s, encode(t, c.command))
		if answer := s.answers[c.command.ID]; len(entries) != 0 || answer.Refusal == nil {
			t.Errorf("%s: accepted", c.name)
		}
		if got := print(&s); strings.SplitN(got, "\n", 2)[1] != strings.SplitN(before, "\n", 2)[1] {
			t.Errorf("%s: left a trace", c.name)
		}
	}
}

func TestRejectionTakesTheRestOnly(t *testing.T) {
	at := instant(t, "2026-03-02T10:00:00+08:00")
	var s State
	for i, subject := range []string{"one", "two"} {
		f := sample(subject)
		foldAll(t, &s, encode(t,
			decision(t, fmt.Sprintf("n%d", i), f, claimwatch.ActionNotify, 0, at),
			build(t, Command{ID: fmt.Sprintf("e%d", i), Type: TypeStatement, At: at, Actor: hospital, FindingID: f.ID}, nil, []byte("x")),
			decision(t, fmt.Sprintf("r%d", i), f, claimwatch.ActionReject, 2, at)))
	}
	if got := [2]claimwatch.Fen{s.answers["r0"].Rejected, s.answers["r1"].Rejected}; got != [2]claimwatch.Fen{600, 0} {
		t.Errorf("rejected %v, want 6.00 and nothing", got)
	}
	if h1, h2 := s.rejections.List("H1", "2026-02").Total, s.rejections.List("H2", "2026-02").Total; h1 != 300 || h2 != 300 {
		t.Errorf("lists of H1 %s and H2 %s, want 3.00 each", h1, h2)
	}
}

func TestCalendarRecomputesTheDueDay(t *testing.T) {
	at := instant(t, "2026-03-02T10:00:00+08:00")
	f := sample("s")
	var s State
	foldAll(t, &s, encode(t, decision(t, "n", f, claimwatch.ActionNotify, 0, at)))
	before := s.standing(f.ID, at)
	rows := "day,working,source\n"
	for day := at.Day(); day < at.Day()+30; day++ {
		weekday := day.Date().Weekday()
		rows += fmt.Sprintf("%s,%t,gov\n", day, weekday != 0 && weekday != 6 && day != at.Day()+1)
	}
	foldAll(t, &s, encode(t, loadOf(t, "l", "calendar", rows, at)))
	after := s.standing(f.ID, at)
	if before.DueOn.String() != "2026-03-09" || !before.Provisional || after.DueOn.String() != "2026-03-10" || after.Provisional {
		t.Errorf("due %s (%t), then %s (%t)", before.DueOn, before.Provisional, after.DueOn, after.Provisional)
	}
	foldAll(t, &s, encode(t, loadOf(t, "v", "calendar", "day,working,source,void\n"+(at.Day()+1).String()+",,,1\n", at)))
	if got := s.standing(f.ID, at); got.DueOn.String() != "2026-03-09" {
		t.Errorf("after the row was withdrawn: due %s, want 2026-03-09", got.DueOn)
	}
}

func TestInstitutionKeysAreUnique(t *testing.T) {
	at := instant(t, "2026-03-02T10:00:00+08:00")
	row := func(id, key string) string {
		return id + ",n,medical,3,c,true," + key + "\n"
	}
	header := "institution_id,name,kind,level,city,face_required,key_sha256\n"
	one, two := hexSum([]byte("one")), hexSum([]byte("two"))
	var s State
	foldAll(t, &s, encode(t, loadOf(t, "a", "institutions", header+row("H1", one)+row("H2", two), at)))
	if c, ok := s.keys.Authenticate("one"); !ok || c.InstitutionID != "H1" {
		t.Errorf("Authenticate() = %+v, %t", c, ok)
	}
	foldAll(t, &s, encode(t, loadOf(t, "b", "institutions", header+row("H3", one), at)))
	answer := s.answers["b"]
	if answer.Refusal == nil || len(answer.Refusal.Faults) != 1 || answer.Refusal.Faults[0].Line != 2 {
		t.Errorf("a key that belongs to H1: %+v", answer)
	}
}

func TestParts(t *testing.T) {
	big := build(t, Command{ID: "c_big", Type: TypeStatement, Actor: hospital, FindingID: "f"}, nil, bytes.Repeat([]byte("x"), 3*dataBytes+17))
	messages := encode(t, big)
	if len(messages) != 4 {
		t.Fatalf("%d messages, want 4", len(messages))
	}
	for _, m := range messages {
		if len(m.Value) > claimwatch.MaxMessageBytes {
			t.Errorf("a message has %d bytes", len(m.Value))
		}
	}
	assemble := func(messages ...claimwatch.Message) (commands, faults int) {
		var a assembler
		for _, m := range messages {
			c, _, err := a.take(m)
			switch {
			case err != nil:
				faults++
			case c != nil:
				commands++
				if !bytes.Equal(c.Data, big.Data) {
					t.Errorf("the data came back with %d bytes, want %d", len(c.Data), len(big.Data))
				}
			}
		}
		return commands, faults
	}
	other := encode(t, build(t, Command{ID: "c_other", Type: TypeStatement, Actor: hospital, FindingID: "f"}, nil, big.Data))
	cases := []struct {
		name             string
		messages         []claimwatch.Message
		commands, faults int
	}{
		{"in order", messages, 1, 0},
		{"each twice", []claimwatch.Message{messages[0], messages[0], messages[1], messages[1], messages[2], messages[2], messages[3]}, 1, 0},
		{"begun anew", []claimwatch.Message{messages[0], messages[1], messages[0], messages[1], messages[2], messages[3]}, 1, 0},
		{"two commands at once", []claimwatch.Message{messages[0], other[0], messages[1], other[1], other[2], messages[2], other[3], messages[3]}, 2, 0},
		{"the last too early", []claimwatch.Message{messages[0], messages[1], messages[3]}, 0, 1},
		{"parts only", messages[:3], 0, 0},
	}
	for _, c := range cases {
		if commands, faults := assemble(c.messages...); commands != c.commands || faults != c.faults {
			t.Errorf("%s: %d commands and %d faults, want %d and %d", c.name, commands, faults, c.commands, c.faults)
		}
	}
}

func TestPartsOfTheDeadAreForgotten(t *testing.T) {
	big := build(t, Command{ID: "c_big", Type: TypeStatement, FindingID: "f"}, nil, bytes.Repeat([]byte("x"), dataBytes+1))
	var a assembler
	if _, _, err := a.take(encode(t, big)[0]); err != nil {
		t.Fatalf("take() error:\n%+v", err)
	}
	small := encode(t, build(t, Command{ID: "c", Type: TypeStatement, FindingID: "f"}, nil, []byte("x")))[0]
	for range maxHeld + 1 {
		if _, _, err := a.take(small); err != nil {
			t.Fatalf("take() error:\n%+v", err)
		}
	}
	if len(a.held) != 0 {
		t.Error("the part of a dead sender is still held")
	}
	// A part that came late is as young as any.
	messages := encode(t, big)
	if _, _, err := a.take(messages[0]); err != nil {
		t.Fatalf("take() error:\n%+v", err)
	}
	if c, _, err := a.take(messages[1]); err != nil || c == nil {
		t.Errorf("a command after %d messages: %+v, %v", maxHeld, c, err)
	}
}
