package audit

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/journal"
)

// insured is a desk that knows two persons, the institutions H1 and H2 of 太原, and
// that H1 treats P1.
func insured(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	for table, csv := range map[string]string{
		"institutions": "institution_id,name,kind,level,city,face_required\nH1,n,medical,3,太原,true\nH2,n,medical,2,太原,false\n",
		"agreements":   "institution_id,kind,from,agreement_id,status,until\nH1,medical,2026-01-01,A1,active,2027-01-01\n",
		"persons":      "person_id,name_masked,sex,born,insured_city\nP1,王**,M,1980-01-01,大同\nP2,李**,F,1990-01-01,太原\n",
		"injury_cases": "injury_case_id,person_id,injured_on,recognised_on,diagnosis_prefixes,trauma,stop_work_until,rehab_confirmed_on\n" +
			"C1,P1,2025-01-01,2025-02-01,S72;T02,true,2026-01-01,2025-06-01\nC2,P1,2026-02-01,,S06,true,,\nC3,P1,2026-01-05,2026-03-03,S52,true,,\n",
		"referrals": "referral_id,person_id,from_institution_id,to_institution_id,approved_on\n" +
			"R0,P1,H9,H1,2024-01-01\nR1,P1,H9,H1,2025-05-01\nR2,P1,H9,H1,2025-12-01\nR3,P1,H9,H1,2026-03-03\nR4,P1,H9,H2,2026-02-01\n",
		"policies": "policy,city,from,value,reason\nopenings_a_day,太原,2026-01-01,2,r\n",
	} {
		good[map[string]any](d, d.call(admin, "PUT", "/v1/reference/"+table, csv))
	}
	d.treated = map[string]string{"H1|P1": "S1"}
	return d
}

func TestEntitlementSaysWhatAHospitalMustKnow(t *testing.T) {
	d := insured(t)
	got := good[EntitlementView](d, d.call(hospital, "GET", "/v1/persons/P1/entitlement", nil))
	day := func(text string) claimwatch.Day {
		day, err := claimwatch.ParseDay(text)
		if err != nil {
			t.Fatalf("ParseDay() error:\n%+v", err)
		}
		return day
	}
	until := day("2027-01-01")
	// A case that is not recognised, or not yet, is none; of the referrals that are
	// valid for an admission today the latest counts.
	want := EntitlementView{
		PersonID: "P1", On: day("2026-03-02"), Purpose: "treating", NameMasked: "王**", Sex: "M", InsuredCity: "大同", Recognised: true,
		Cases: []EntitledCase{{
			InjuryCaseID: "C1", InjuredOn: "2025-01-01", RecognisedOn: "2025-02-01", Prefixes: "S72;T02", StopWorkUntil: "2026-01-01", RehabConfirmedOn: "2025-06-01",
		}},
		Visit: &EntitledVisit{
			InstitutionID: "H1", Agreements: []EntitledAgreement{{Kind: "medical", Status: "active", Until: &until}}, OutOfArea: true,
			ReferralID: "R2", ReferredOn: "2025-12-01", EmergencyBy: day("2026-03-09"), EmergencyGuess: true,
		},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("entitlement (-got, +want):\n%s", diff)
	}
	// H2 opens a visit: its own referral, no agreement.
	d.treated["H2|P2"] = "S7"
	other := good[EntitlementView](d, d.call(another, "GET", "/v1/persons/P1/entitlement?stay_id=S8", nil))
	if v := other.Visit; other.Purpose != "opening" || v.ReferralID != "R4" || len(v.Agreements) != 0 || !other.Recognised {
		t.Errorf("entitlement at H2 = %+v, %+v", other, v)
	}
	plain := good[EntitlementView](d, d.call(another, "GET", "/v1/persons/P2/entitlement", nil))
	if plain.Recognised || plain.Visit.OutOfArea || plain.Visit.ReferralID != "" || plain.Cases == nil {
		t.Errorf("entitlement of P2 = %+v", plain)
	}
	// A published parameter of the rule is that of the answer.
	good[map[string]any](d, d.call(admin, "POST", "/v1/rules/AGR-003/parameters", map[string]any{
		"set": map[string]string{"days": "30"}, "from": "2026-01-01", "reason": "r",
	}))
	if v := good[EntitlementView](d, d.call(hospital, "GET", "/v1/persons/P1/entitlement", nil)).Visit; v.ReferralID != "" {
		t.Errorf("a referral of three months ago counts: %+v", v)
	}
}

// TestEntitlementIsNoOracle: whoever neither treats nor opens a visit, and whoever
// opens too many, is told the same as about a person who does not exist; all of it
// stands in the journal before.
func TestEntitlementIsNoOracle(t *testing.T) {
	d := insured(t)
	ask := func(caller claimwatch.Caller, path string) problem {
		return d.refused(d.call(caller, "GET", "/v1/persons/"+path, nil), 404, claimwatch.CodeNotFound)
	}
	unknown := ask(another, "P9/entitlement?stay_id=S8")
	if again := ask(another, "P1/entitlement"); again.Detail != unknown.Detail {
		t.Errorf("without a visit: %+v, of an unknown person %+v", again, unknown)
	}
	good[EntitlementView](d, d.call(another, "GET", "/v1/persons/P2/entitlement?stay_id=S8", nil))
	if again := ask(another, "P1/entitlement?stay_id=S9"); again.Detail != unknown.Detail { // the third person of the day
		t.Errorf("above openings_a_day: %+v, of an unknown person %+v", again, unknown)
	}
	good[EntitlementView](d, d.call(another, "GET", "/v1/persons/P2/entitlement?stay_id=S8", nil))

	d.refused(d.call(hospital, "GET", "/v1/persons/P1/entitlement?institution_id=H2", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(hospital, "GET", "/v1/persons/11010519491231002X/entitlement", nil), 422, claimwatch.CodeInvalid)
	d.refused(d.call(hospital, "GET", "/v1/persons/a%20b/entitlement", nil), 422, claimwatch.CodeInvalid)
	d.refused(d.call(admin, "GET", "/v1/persons/P1/entitlement", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(hospital, "GET", "/v1/persons/P1/entitlement/queries", nil), 403, claimwatch.CodeForbidden)
	d.asking = claimwatch.Refuse(claimwatch.CodeSlowDown, "too fast")
	d.refused(d.call(hospital, "GET", "/v1/persons/P1/entitlement", nil), 429, claimwatch.CodeSlowDown)
	d.asking = nil
	d.log.Lose = true // nothing is said that is not written
	if r := d.call(hospital, "GET", "/v1/persons/P1/entitlement", nil); r.Code != 503 {
		t.Errorf("without a journal: %d %s", r.Code, r.Body)
	}
	d.log.Lose = false

	d.treated["H2|P2"] = "S8"
	of := func(caller claimwatch.Caller, person string) []EntitlementQuery {
		return good[page[EntitlementQuery]](d, d.call(caller, "GET", "/v1/persons/"+person+"/entitlement/queries", nil)).Items
	}
	got := of(officer, "P1")
	if len(got) != 2 || got[0].Purpose != "unstated" || got[0].Granted || got[1].Purpose != "opening" || got[1].Granted || *got[1].Followed {
		t.Errorf("questions about P1 = %+v", got)
	}
	got = of(officer, "P2")
	if len(got) != 2 || !got[0].Granted || !*got[0].Followed || got[0].By != another.KeyID || got[0].InstitutionID != "H2" || got[0].StayID != "S8" {
		t.Errorf("questions about P2 = %+v", got)
	}
	if got := of(officer, "P9"); len(got) != 1 || !got[0].Granted {
		t.Errorf("questions about an unknown person = %+v", got)
	}
	if got := of(cityOfficer("大同", "H9"), "P2"); len(got) != 0 {
		t.Errorf("another city sees %+v", got)
	}
	entries := good[page[entryView]](d, d.call(officer, "GET", "/v1/journal?limit=1000", nil)).Items
	if last := entries[len(entries)-1]; last.Type != journal.TypeEntitlementAsked {
		t.Errorf("the latest entry is %s", last.Type)
	}
}

// TestEntitlementForTheAgency: the province looks at anybody, a city's agency at who is
// insured there or is treated by an institution of it; both leave their entry.
func TestEntitlementForTheAgency(t *testing.T) {
	d := insured(t)
	here := cityOfficer("太原", "H1", "H2")
	if v := good[EntitlementView](d, d.call(watcher, "GET", "/v1/persons/P1/entitlement", nil)); v.Visit != nil || v.Purpose != "review" {
		t.Errorf("for the province: %+v", v)
	}
	d.refused(d.call(here, "GET", "/v1/persons/P1/entitlement", nil), 404, claimwatch.CodeNotFound)
	d.refused(d.call(here, "GET", "/v1/persons/P1/entitlement?institution_id=H9", nil), 403, claimwatch.CodeForbidden)
	good[EntitlementView](d, d.call(here, "GET", "/v1/persons/P2/entitlement", nil))
	if v := good[EntitlementView](d, d.call(here, "GET", "/v1/persons/P1/entitlement?institution_id=H1", nil)); v.Visit == nil || v.Visit.InstitutionID != "H1" {
		t.Errorf("for the city, at H1: %+v", v)
	}
	if n := len(d.j.Asked("P1")); n != 3 {
		t.Errorf("%d questions about P1 are kept", n)
	}
}
