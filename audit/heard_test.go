package audit

import (
	"testing"

	"claimwatch"
)

// A hospital sees where it stands itself: that another one has explained neither
// changes its state nor its term, and its notice may be younger.
func TestEachHospitalSeesItsOwnStanding(t *testing.T) {
	d := newDesk(t)
	alone, shared := sample("H1|P1|S1", false), sample("H1|P1|S1", true)
	held := d.facts.put(alone)
	d.act(officer, held, "notify", 0)
	good[FindingDetail](d, d.explain(hospital, held.ID))
	d.clock("2026-03-04T10:00:00+08:00")
	held = d.facts.put(shared) // a line of H2 joins
	d.refused(d.decide(officer, held, "reject", 2), 409, claimwatch.CodeIllegalTransition)
	d.refused(d.call(another, "GET", "/v1/findings/"+held.ID, nil), 404, claimwatch.CodeNotFound)
	if got := d.act(officer, held, "notify", 2); got.State != claimwatch.StateExplained || got.DueOn.String() != "2026-03-11" || got.NotifiedAt.Day().String() != "2026-03-04" {
		t.Errorf("the officer sees %s, told %s, due %s", got.State, got.NotifiedAt, got.DueOn)
	}
	for _, c := range []struct {
		caller    claimwatch.Caller
		state     claimwatch.State
		told, due string
	}{{hospital, claimwatch.StateExplained, "2026-03-02", "2026-03-09"}, {another, claimwatch.StateNotified, "2026-03-04", "2026-03-11"}} {
		got := good[FindingDetail](d, d.call(c.caller, "GET", "/v1/findings/"+held.ID, nil))
		if got.State != c.state || got.NotifiedAt.Day().String() != c.told || got.DueOn.String() != c.due {
			t.Errorf("%s sees %s, told %s, due %s; want %+v", c.caller.InstitutionID, got.State, got.NotifiedAt, got.DueOn, c)
		}
		if list, _ := d.listed(c.caller, "state="+string(c.state)); len(list) != 1 {
			t.Errorf("%s lists %v as %s", c.caller.InstitutionID, list, c.state)
		}
	}
	d.clock("2026-03-12T00:00:00+08:00")
	if got := good[FindingDetail](d, d.call(another, "GET", "/v1/findings/"+held.ID, nil)); got.State != claimwatch.StateLapsed {
		t.Errorf("after its term H2 sees %s", got.State)
	}
	d.act(officer, held, "reject", 3)
}

// What is decided carries the place of its rule in the catalogue: the list is by it,
// not by who was first; and what was given back once is given back again after
// somebody has taken it anew.
func TestPlaceOfTheRuleAndAdjustingTwice(t *testing.T) {
	d := newDesk(t)
	second := sample("H1|P1|S1", false)
	first := sample("H1|P1|S1", false)
	second.Rule = "ADM-001"
	second.ID = claimwatch.FindingID(second.Rule, second.Subject)
	d.order = []string{"FEE-001", "ADM-001"} // not as the codes go
	reject := func(f claimwatch.Finding) {
		t.Helper()
		held := d.facts.put(f)
		d.act(officer, held, "notify", 0)
		good[FindingDetail](d, d.explain(hospital, held.ID))
		d.act(officer, held, "reject", 2)
	}
	worth := func(net claimwatch.Fen) {
		t.Helper()
		line := d.facts.lines["H1|F1"]
		line.Net = net
		d.facts.lines["H1|F1"] = line
		if err := d.audit.Sweep(t.Context()); err != nil {
			t.Fatalf("Sweep() error:\n%+v", err)
		}
		d.audit.swept = 0
	}
	reject(second)
	worth(10000)
	worth(25600)
	reject(first)
	list := d.list("H1", "2026-02")
	if len(list.Items) != 1 || list.Items[0].Rule != "FEE-001" || list.Total != 25600 {
		t.Errorf("the list is not by the catalogue: %+v", list)
	}
	for _, net := range []claimwatch.Fen{10000, 9000} {
		worth(net)
		if got := d.list("H1", "2026-02").Total; got != net {
			t.Errorf("worth %s: %s stands rejected", net, got)
		}
	}
}
