package journal

import (
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/audit/entitlement"
)

// The bytes of a question are frozen; one that is not answered is an entry too, one
// that is none leaves no trace.
func TestEntitlementAsked(t *testing.T) {
	at := instant(t, "2026-03-02T10:00:00+08:00")
	ask := func(id string, by Actor, a entitlement.Ask) Command {
		return build(t, Command{ID: id, Type: TypeEntitlementAsked, At: at, Actor: by, Request: hexSum([]byte(id))}, a, nil)
	}
	var s State
	commands := []Command{
		loadOf(t, "c_policy", "policies", "policy,city,from,value,reason\nopenings_a_day,,2026-01-01,1,r\n", at),
		ask("c_1", hospital, entitlement.Ask{PersonID: "P1", InstitutionID: "H1", StayID: "S1", Purpose: entitlement.Opening}),
		ask("c_2", hospital, entitlement.Ask{PersonID: "P2", InstitutionID: "H1", StayID: "S2", Purpose: entitlement.Opening}),
		ask("c_3", hospital, entitlement.Ask{PersonID: "P2", InstitutionID: "H2", StayID: "S2", Purpose: entitlement.Treating}),
		ask("c_4", officer, entitlement.Ask{PersonID: "P2", Purpose: entitlement.Review}),
	}
	entries := foldAll(t, &s, encode(t, append(commands, commands[1])...))
	if len(entries) != 4 || !s.answers["c_1"].Granted || s.answers["c_2"].Granted || !s.answers["c_4"].Granted {
		t.Fatalf("%d entries, answers %+v", len(entries), s.answers)
	}
	if refused := s.answers["c_3"].Refusal; refused == nil || refused.Code != claimwatch.CodeInvalid {
		t.Errorf("a question for another institution: %v", refused)
	}
	want := `"payload":{"person_id":"P1","institution_id":"H1","stay_id":"S1","purpose":"opening"}`
	if body := string(entries[1].Body); !strings.Contains(body, want) || !strings.Contains(body, `"type":"entitlement_asked"`) {
		t.Errorf("the entry is %s", body)
	}
	if n := len(s.entitlements.Of("P2")); n != 2 {
		t.Errorf("%d questions about P2 are kept", n)
	}
}
