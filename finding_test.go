package claimwatch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sampleFinding is a finding with everything that a finding can have.
func sampleFinding() *Finding {
	person, stay := "P1", "S1"
	from, until := Instant(1_770_076_800_000), Instant(1_770_163_200_500)
	return &Finding{
		ID: FindingID("FEE-001", "H1|P1|S1|X"), Rule: "FEE-001", RuleVersion: 2, Severity: Violation,
		InstitutionID: "H1", PersonID: &person, StayID: &stay, Subject: `H1|P1|S1|"X\`, From: &from, Until: &until, Amount: 25_600,
		Lines: []Line{
			{Kind: Fee, InstitutionID: "H1", RecordID: "F2", Role: Violating, Amount: 25_600},
			{Kind: Fee, InstitutionID: "H1", RecordID: "F1", Role: Involved},
		},
		Evidence: json.RawMessage(`{"n":2}`), Basis: []Basis{{"shanxi-2022-measures", "23", true}}, Grounds: []string{"38.1"},
	}
}

func TestFactsAreFrozen(t *testing.T) {
	bare := &Finding{Rule: "ADM-017", RuleVersion: 1, Severity: Reminder, InstitutionID: "H1", Subject: "H1"}
	for name, f := range map[string]*Finding{"full": sampleFinding(), "bare": bare} {
		got := string(f.appendFacts(nil)) + "\n" + f.FactsSHA256() + "\n"
		if diff := cmp.Diff(golden(t, "facts", name+".golden"), got); diff != "" {
			t.Errorf("facts of %s (-want, +got):\n%s", name, diff)
		}
	}
}

// TestFactsCover says what belongs to the facts (contract, section 3) and what not.
func TestFactsCover(t *testing.T) {
	want := sampleFinding().FactsSHA256()
	other, later := "P2", Instant(5)
	for name, change := range map[string]func(*Finding){
		"rule":        func(f *Finding) { f.Rule = "FEE-002" },
		"version":     func(f *Finding) { f.RuleVersion++ },
		"severity":    func(f *Finding) { f.Severity = Suspicion },
		"institution": func(f *Finding) { f.InstitutionID = "H2" },
		"person":      func(f *Finding) { f.PersonID = &other },
		"no person":   func(f *Finding) { f.PersonID = nil },
		"stay":        func(f *Finding) { f.StayID = nil },
		"from":        func(f *Finding) { f.From = &later },
		"until":       func(f *Finding) { f.Until = nil },
		"amount":      func(f *Finding) { f.Amount++ },
		"line":        func(f *Finding) { f.Lines[0].RecordID = "F3" },
		"line amount": func(f *Finding) { f.Lines[0].Amount++ },
		"line role":   func(f *Finding) { f.Lines[1].Role = Violating },
		"line kind":   func(f *Finding) { f.Lines[1].Kind = Order },
		"lines":       func(f *Finding) { f.Lines = f.Lines[:1] },
	} {
		f := sampleFinding()
		change(f)
		if f.FactsSHA256() == want {
			t.Errorf("FactsSHA256() does not change with the %s", name)
		}
	}
	f := sampleFinding()
	f.Evidence, f.Basis, f.Grounds = nil, nil, nil
	if f.FactsSHA256() != want {
		t.Error("FactsSHA256() changes with evidence or law")
	}
}

func TestFindingID(t *testing.T) {
	sum := sha256.Sum256([]byte("ADM-001|H1|P1|S1|S2"))
	want := "f_" + hex.EncodeToString(sum[:])[:32]
	if got := FindingID("ADM-001", Subject("H1", "P1", "S1", "S2")); got != want {
		t.Errorf("FindingID() = %s, want %s", got, want)
	}
	if got := FindingID("ADM-001", "H1|P1|S1|S2"); got != "f_cdb460dc695ca2c3aa14be6bbb5a1f6f" {
		t.Errorf("FindingID() = %s, want the frozen one", got)
	}
	if got, want := Subject("H1", "", "2026-01"), "H1||2026-01"; got != want {
		t.Errorf("Subject() = %s, want %s", got, want)
	}
}

func TestSortLines(t *testing.T) {
	want := []Line{
		{Kind: Order, InstitutionID: "H1", RecordID: "Z", Role: Violating},
		{Kind: Fee, InstitutionID: "H1", RecordID: "a", Role: Violating},
		{Kind: Fee, InstitutionID: "H2", RecordID: "B", Role: Violating},
		{Kind: Fee, InstitutionID: "H2", RecordID: "a", Role: Violating},
		{Kind: Admission, InstitutionID: "H1", RecordID: "A", Role: Involved},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	SortLines(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("SortLines() (-want, +got):\n%s", diff)
	}
}

// TestTransitions walks every state and action: who may go where, and nobody
// from open or notified to rejected (Art. 32).
func TestTransitions(t *testing.T) {
	states := []State{
		StateOpen, StateNotified, StateExplained, StateLapsed, StateRejected, StateReleased,
		StateAppealed, StateUpheld, StateOverturned, StateRetracted, State("nonsense"),
	}
	actions := append(Decisions(), ActionExplain, ActionAppeal, Action("nonsense"))
	// Written out by hand: from, then what leads where; "=" stays.
	table := map[State]string{
		StateOpen:      "notify notified, release released, refer =, assign =, claim =, unclaim =",
		StateNotified:  "notify =, explain explained, release released, refer =, assign =, extend =, claim =, unclaim =",
		StateExplained: "notify =, explain =, reject rejected, confirm rejected, decline =, release released, refer =, assign =, extend =, claim =, unclaim =",
		StateLapsed:    "notify notified, reject rejected, confirm rejected, decline =, release released, refer =, assign =, claim =, unclaim =",
		StateRejected:  "appeal appealed, reopen open, confirm open, decline =, claim =, unclaim =",
		StateAppealed:  "appeal =, uphold upheld, overturn overturned, refer =, assign =, claim =, unclaim =",
		StateUpheld:    "appeal appealed, reopen open, confirm open, decline =, claim =, unclaim =",
		StateReleased:  "reopen open, confirm open, decline =, claim =, unclaim =",
	}
	moves := map[State]map[Action]State{}
	for state, text := range table {
		moves[state] = map[Action]State{}
		for _, move := range strings.Split(text, ", ") {
			action, to, _ := strings.Cut(move, " ")
			if to == "=" {
				to = string(state)
			}
			moves[state][Action(action)] = State(to)
		}
	}
	for _, state := range states {
		for _, action := range actions {
			got, err := state.Next(action)
			want, legal := moves[state][action]
			if legal && (err != nil || got != want) {
				t.Errorf("%s.Next(%s) = %s, %v, want %s", state, action, got, err, want)
			}
			if !legal && (CodeOf(err) != CodeIllegalTransition || got != state) {
				t.Errorf("%s.Next(%s) = %s, %v, want illegal_transition", state, action, got, err)
			}
		}
	}
}
