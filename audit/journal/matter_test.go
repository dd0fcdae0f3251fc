package journal

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/matter"
)

// stepOf makes a command about a matter; revision below 0 stands for none.
func stepOf(t testing.TB, id string, by Actor, at claimwatch.Instant, revision int, p Matter, texts MatterTexts) Command {
	t.Helper()
	data, err := json.Marshal(texts)
	if err != nil {
		t.Fatalf("Marshal() error:\n%+v", err)
	}
	c := Command{ID: id, Type: TypeMatter, At: at, Actor: by}
	if revision >= 0 {
		c.ExpectedRevision = &revision
	}
	return build(t, c, p, data)
}

// suspension is a sanction from its opening to its notice.
func suspension(t testing.TB) []Command {
	t.Helper()
	at := instant(t, "2026-03-02T10:00:00+08:00")
	id := MatterID("c_open")
	step := func(action matter.Action) Matter { return Matter{Kind: "sanction", MatterID: id, Action: action} }
	opened := Matter{Kind: "sanction", Action: matter.Open, InstitutionID: "H1", Fields: map[string]string{
		"measure": "agreement_suspended", "grounds": "38.1", "months": "3", "findings": "f_1;f_2",
	}}
	propose := step("propose")
	propose.Attachments = []string{hexSum([]byte("a sheet"))}
	return []Command{
		loadOf(t, "c_institutions", "institutions", "institution_id,name,kind,level,city,face_required\nH1,n,medical,3,Taiyuan,true\n", at),
		loadOf(t, "c_agreements", "agreements", "institution_id,kind,from,agreement_id,status,until,term_from,term_until\nH1,medical,2026-01-01,A1,active,2027-01-01,2026-01-01,2027-01-01\n", at),
		build(t, Command{ID: "c_file", Type: TypeAttachment, At: at, Actor: officer}, Attachment{MediaType: "text/plain", Size: 7}, []byte("a sheet")),
		stepOf(t, "c_open", officer, at, -1, opened, MatterTexts{Reason: "重复收费 <twice>", Texts: map[string]string{"dossier": `{"x":1}`}}),
		stepOf(t, "c_propose", officer, at, 1, propose, MatterTexts{Reason: "as recommended"}),
		stepOf(t, "c_confirm", director, at, 2, step(matter.Confirm), MatterTexts{Reason: "agreed"}),
		stepOf(t, "c_notify", officer, at, 3, step("notify"), MatterTexts{Reason: "told", Texts: map[string]string{"notice": "三个月"}}),
	}
}

// The bytes of steps are frozen like those of every other command.
func TestMatterGoldenBytes(t *testing.T) {
	commands := suspension(t)
	var got bytes.Buffer
	for _, m := range encode(t, commands...) {
		got.Write(append(m.Value, '\n'))
	}
	var s State
	entries := foldAll(t, &s, encode(t, commands...))
	for _, entry := range entries {
		got.WriteString(string(entry.Body) + "\n" + entry.Hash + "\n")
		for _, text := range []string{"重复收费", "三个月", "agreed"} {
			if bytes.Contains(entry.Body, []byte(text)) {
				t.Errorf("entry %d holds %q", entry.Seq, text)
			}
		}
	}
	if len(entries) != len(commands) {
		for id, answer := range s.answers {
			t.Logf("%s: %v", id, answer.Refusal)
		}
		t.Fatalf("%d of %d commands were accepted", len(entries), len(commands))
	}
	path := filepath.Join("testdata", "matter.golden")
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
		t.Errorf("%s (-got, +want):\n%s", path, diff)
	}
}

// A decided suspension changes the agreement in the very entry of its notice.
func TestSuspensionIsARowOfTheSameEntry(t *testing.T) {
	var s State
	s.parts.known = func(string) bool { return false }
	var last *Accepted
	for _, m := range encode(t, suspension(t)...) {
		command, canonical, err := s.parts.take(m)
		if err != nil {
			t.Fatalf("take() error:\n%+v", err)
		}
		accepted, answer := s.Apply(*command, canonical)
		if accepted == nil {
			t.Fatalf("%s: %v", command.ID, answer.Refusal)
		}
		if last = accepted; command.Type == TypeMatter && (accepted.Load != nil) != (command.ID == "c_notify") {
			t.Errorf("%s changes rows: %+v", command.ID, accepted.Load)
		}
	}
	if last.Load == nil || last.Load.Table != "agreements" || len(last.Load.Changed) != 1 || last.Load.Version != last.Seq || last.Matter.State != "in_force" {
		t.Fatalf("the notice = %+v, %+v", last.Load, last.Matter)
	}
	row, ok := s.agreements.On("H1", "medical", instant(t, "2026-03-02T00:00:00+08:00").Day())
	if !ok || row.Status != "suspended" || row.Until != nil {
		t.Errorf("the agreement is %+v", row)
	}
	if loads := s.loads["agreements"]; len(loads) != 2 || loads[1].By != officer.Key {
		t.Errorf("loads of agreements: %+v", loads)
	}
}

// A step that is refused because of its rows leaves no trace, and what was erased
// beside the chain changes no state.
func TestMattersWithoutTexts(t *testing.T) {
	var whole, erased State
	commands := suspension(t)
	foldAll(t, &whole, encode(t, commands...))
	for i := range commands {
		if commands[i].Type == TypeMatter {
			commands[i].Data = nil
		}
	}
	for _, c := range commands {
		canonical, err := c.Canonical()
		if err != nil {
			t.Fatalf("Canonical() error:\n%+v", err)
		}
		if accepted, answer := erased.Apply(c, canonical); accepted == nil {
			t.Fatalf("%s without its texts: %v", c.ID, answer.Refusal)
		}
	}
	if whole.head != erased.head || whole.seq != erased.seq {
		t.Errorf("the chain without texts ends in %s, with them in %s", erased.head, whole.head)
	}
	a, _ := whole.matters.Matter(MatterID("c_open"))
	b, _ := erased.matters.Matter(MatterID("c_open"))
	if a.Texts["notice"] != "三个月" || len(b.Texts) != 0 || a.State != b.State || a.Revision != b.Revision {
		t.Errorf("with texts %+v, without %+v", a, b)
	}
}

// Two officers take the same step at once: one wins.
func TestTwoStepsAtOnce(t *testing.T) {
	var s State
	commands := suspension(t)
	foldAll(t, &s, encode(t, commands[:4]...))
	at := instant(t, "2026-03-03T10:00:00+08:00")
	p := Matter{Kind: "sanction", MatterID: MatterID("c_open"), Action: "propose"}
	foldAll(t, &s, encode(t, stepOf(t, "c_a", officer, at, 1, p, MatterTexts{}), stepOf(t, "c_b", director, at, 1, p, MatterTexts{})))
	won, lost := s.answers["c_a"], s.answers["c_b"]
	if won.Refusal != nil || lost.Refusal == nil || lost.Refusal.Code != claimwatch.CodeChanged || s.seq != 5 {
		t.Errorf("the first: %v, the second: %v, %d entries", won.Refusal, lost.Refusal, s.seq)
	}
}

// TestErasedTexts: what somebody wrote in a step goes out of the matter wherever it
// stands; codes, days and the chain stay.
func TestErasedTexts(t *testing.T) {
	var s State
	commands := suspension(t)
	foldAll(t, &s, encode(t, commands...))
	at := instant(t, "2026-03-03T10:00:00+08:00")
	keeper := Actor{Key: "ad31", Roles: []claimwatch.CallerRole{claimwatch.RoleAdministrator}}
	erase := func(id string, seq uint64) *Accepted {
		t.Helper()
		c := build(t, Command{ID: id, Type: TypeErase, At: at, Actor: keeper, Reason: "asked for"}, Erasure{Seq: seq}, nil)
		canonical, err := c.Canonical()
		if err != nil {
			t.Fatalf("Canonical() error:\n%+v", err)
		}
		accepted, answer := s.Apply(c, canonical)
		if accepted == nil {
			t.Fatalf("erase %d: %v", seq, answer.Refusal)
		}
		return accepted
	}
	id := MatterID("c_open")
	before, _ := s.matters.Matter(id)
	opened, notified := before.History[0].Seq, before.History[3].Seq
	if got := erase("c_e1", notified).Matter; got == nil || got.Texts["notice"] != "" || got.Texts["dossier"] == "" || got.History[3].Reason != "" || !got.History[3].Erased {
		t.Errorf("the notice erased: %+v", got)
	}
	got := erase("c_e2", opened).Matter
	if got == nil || len(got.Texts) != 0 || got.History[0].Reason != "" || got.Fields["measure"] != "agreement_suspended" || got.State != before.State || got.Revision != before.Revision {
		t.Errorf("the opening erased: %+v", got)
	}
	if now, _ := s.matters.Matter(id); len(now.Texts) != 0 {
		t.Errorf("the register still has %v", now.Texts)
	}
}
