package matter

import (
	"testing"
)

// What is erased is gone from the proposal, from the step that confirmed it and
// from the matter; what other steps have said stays.
func TestErase(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	id := d.must(d.open(hospital, "application", "kind=medical introduction=beds"))
	d.goes(wang, id, "accept", "", "accepted")
	d.goes(wang, id, "exempt", "level=3 medical_insurance_no=14 valid_years=2", "passed")
	other := d.must(d.open(wang, "dispute", "about=sanction route=talks claim=ours"))
	if _, err := d.take(wang, other, "close", "outcome=settled decided_on=2026-03-02 result=agreed"); err != nil {
		t.Fatalf("close: %v", err)
	}
	proposed, _ := d.register.Matter(other)
	waiting, ok := d.register.Erase(proposed.Proposal.Seq)
	if !ok || waiting.Proposal.Reason != "" || len(waiting.Proposal.Texts) != 0 || waiting.Texts["claim"] != "ours" || waiting.Proposal.Fields["outcome"] != "settled" {
		t.Errorf("the proposal erased: %+v", waiting)
	}
	again := d.must(d.open(wang, "dispute", "about=sanction route=talks claim=ours"))
	d.goes(wang, again, "close", "outcome=settled decided_on=2026-03-02 result=agreed", "closed")
	closed, _ := d.register.Matter(again)
	if closed.Texts["result"] != "agreed" {
		t.Fatalf("the dispute = %+v", closed)
	}
	after, ok := d.register.Erase(closed.History[1].Seq) // where it was proposed
	if !ok || after.Texts["result"] != "" || after.Texts["claim"] != "ours" || len(after.History[2].Texts) != 0 || !after.History[2].Erased || after.History[0].Erased {
		t.Errorf("the confirmed step erased: %+v", after)
	}
	if _, ok := d.register.Erase(999); ok {
		t.Error("an entry of nobody is erased")
	}
}
