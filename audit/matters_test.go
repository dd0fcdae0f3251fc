package audit

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/audit/inspection"
	"claimwatch/audit/matter"
)

// settled is a desk that knows two institutions with agreements.
func settled(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.load("institutions", "institution_id,name,kind,level,city,face_required\nH1,一院,medical,3,太原,true\nH2,二院,medical,2,大同,true\n")
	d.load("agreements", "institution_id,kind,from,agreement_id,status,until,term_from,term_until\n"+
		"H1,medical,2026-01-01,A1,active,2027-01-01,2026-01-01,2027-01-01\nH2,medical,2026-01-01,A2,active,2027-01-01,2026-01-01,2027-01-01\n")
	d.load("agencies", "agency_id,city,name\nAG1,太原,太原市工伤保险中心\n")
	return d
}

func (d *desk) open(caller claimwatch.Caller, plural string, body map[string]any) MatterView {
	d.t.Helper()
	if body["reason"] == nil {
		body["reason"] = "because"
	}
	return good[MatterView](d, d.call(caller, "POST", "/v1/"+plural, body))
}

// step asks for a step at the revision that the caller sees.
func (d *desk) step(caller claimwatch.Caller, plural string, m MatterView, action string, fields map[string]string, header ...string) *httptest.ResponseRecorder {
	d.t.Helper()
	body := map[string]any{"action": action, "reason": "because", "expected_revision": m.Revision}
	if fields != nil {
		body["fields"] = fields
	}
	return d.call(caller, "POST", "/v1/"+plural+"/"+m.ID+"/steps", body, header...)
}

// TestRegisters: every register answers, and only those who may.
func TestRegisters(t *testing.T) {
	d := settled(t)
	registers := good[page[registerView]](d, d.call(watcher, "GET", "/v1/registers", nil))
	if len(registers.Items) != len(matter.Specs()) {
		t.Fatalf("%d registers", len(registers.Items))
	}
	for _, register := range registers.Items {
		for _, caller := range []claimwatch.Caller{officer, watcher, hospital, clerk} {
			if got := good[page[MatterView]](d, d.call(caller, "GET", register.Path, nil)); len(got.Items) != 0 {
				t.Errorf("%s has %d entries", register.Path, len(got.Items))
			}
		}
		d.refused(d.call(nobody, "GET", register.Path, nil), 401, claimwatch.CodeUnauthenticated)
		d.refused(d.call(admin, "GET", register.Path, nil), 403, claimwatch.CodeForbidden)
		d.refused(d.call(officer, "GET", register.Path+"/m_none", nil), 404, claimwatch.CodeNotFound)
		body := map[string]any{"action": "confirm", "reason": "r", "expected_revision": 0}
		d.refused(d.call(officer, "POST", register.Path+"/m_none/steps", body), 404, claimwatch.CodeNotFound)
		d.refused(d.call(watcher, "POST", register.Path+"/m_none/steps", body), 403, claimwatch.CodeForbidden)
		for _, step := range register.Steps {
			if step.Law == "" || step.Doc == "" || len(step.By) == 0 {
				t.Errorf("%s: the step %s is not described", register.Path, step.Action)
			}
		}
	}
}

func TestClueOverHTTP(t *testing.T) {
	d := settled(t)
	fields := map[string]string{"source": "complaint", "about": "institution", "subject": "空床\n三张"}
	clue := d.open(officer, "clues", map[string]any{"institution_id": "H1", "fields": fields})
	if clue.State != "open" || clue.Number != "clue-2026-0001" || clue.City != "太原" || clue.Fields["subject"] != "空床\n三张" || clue.Revision != 1 {
		t.Errorf("the clue = %+v", clue)
	}
	body := map[string]any{"institution_id": "H1", "fields": fields}
	d.refused(d.call(officer, "POST", "/v1/clues", body), 422, claimwatch.CodeInvalid) // no reason
	d.refused(d.step(officer, "clues", clue, "verify", nil), 409, claimwatch.CodeIllegalTransition)
	p := d.refused(d.step(officer, "clues", clue, "inquire", map[string]string{"method": "guess"}), 422, claimwatch.CodeInvalid)
	if p.Field != "method" || len(p.Faults) != 1 {
		t.Errorf("the fault = %+v", p)
	}
	d.refused(d.step(officer, "clues", clue, "open", nil), 409, claimwatch.CodeIllegalTransition)
	key := []string{"Idempotency-Key", "k1"}
	inquiry := good[MatterView](d, d.step(officer, "clues", clue, "inquire", map[string]string{"method": "on_site"}, key...))
	again := good[MatterView](d, d.step(officer, "clues", clue, "inquire", map[string]string{"method": "on_site"}, key...))
	if inquiry.Revision != 2 || again.Revision != 2 {
		t.Errorf("revisions %d and, said twice, %d", inquiry.Revision, again.Revision)
	}
	d.refused(d.step(officer, "clues", clue, "inquire", map[string]string{"method": "network"}), 409, claimwatch.CodeChanged)
	dismissed := good[MatterView](d, d.step(officer, "clues", inquiry, "dismiss", nil))
	late := good[MatterView](d, d.step(officer, "clues", clue, "inquire", map[string]string{"method": "on_site"}, key...))
	if late.State != "unfounded" || late.Revision != dismissed.Revision {
		t.Errorf("said a third time, when the clue is dismissed: %s, revision %d", late.State, late.Revision)
	}
	// The hospital learns nothing of it.
	d.refused(d.call(hospital, "GET", "/v1/clues/"+clue.ID, nil), 404, claimwatch.CodeNotFound)
	d.refused(d.step(hospital, "clues", inquiry, "note", nil), 404, claimwatch.CodeNotFound)
	if got := good[page[MatterView]](d, d.call(hospital, "GET", "/v1/clues", nil)); len(got.Items) != 0 {
		t.Errorf("the hospital is shown %+v", got.Items)
	}
	d.refused(d.call(hospital, "GET", "/v1/clues?institution_id=H2", nil), 403, claimwatch.CodeForbidden)
	// What people wrote is not in the chain.
	raw := d.call(officer, "GET", "/v1/journal", nil).Body.String()
	if strings.Contains(raw, "空床") || strings.Contains(raw, "because") || !strings.Contains(raw, clue.ID) {
		t.Errorf("the journal: %s", raw)
	}
}

func TestPagesOfARegister(t *testing.T) {
	d := settled(t)
	for i := range 7 {
		d.open(officer, "clues", map[string]any{"institution_id": fmt.Sprint("H", i%2+1), "fields": map[string]string{"source": "report", "about": "staff", "subject": "x"}})
	}
	var numbers []string
	next := ""
	for {
		got := good[page[MatterView]](d, d.call(officer, "GET", "/v1/clues?institution_id=H1&limit=2&cursor="+next, nil))
		for _, m := range got.Items {
			numbers = append(numbers, m.Number)
		}
		if next = got.Next; next == "" {
			break
		}
	}
	if strings.Join(numbers, " ") != "clue-2026-0001 clue-2026-0003 clue-2026-0005 clue-2026-0007" {
		t.Errorf("pages give %v", numbers)
	}
	if got := good[page[MatterView]](d, d.call(officer, "GET", "/v1/clues?state=inquiry", nil)); len(got.Items) != 0 {
		t.Errorf("in inquiry: %+v", got.Items)
	}
}

// TestCityOfRegisters: a city's officer keeps the registers of the city.
func TestCityOfRegisters(t *testing.T) {
	d := settled(t)
	here := cityOfficer("太原", "H1")
	fields := map[string]string{"source": "report", "about": "staff", "subject": "x"}
	mine := d.open(here, "clues", map[string]any{"institution_id": "H1", "fields": fields})
	other := d.open(officer, "clues", map[string]any{"institution_id": "H2", "fields": fields})
	d.refused(d.call(here, "POST", "/v1/clues", map[string]any{"institution_id": "H2", "fields": fields, "reason": "r"}), 403, claimwatch.CodeForbidden)
	d.refused(d.call(here, "GET", "/v1/clues/"+other.ID, nil), 404, claimwatch.CodeNotFound)
	d.refused(d.step(here, "clues", other, "inquire", map[string]string{"method": "on_site"}), 404, claimwatch.CodeNotFound)
	good[MatterView](d, d.step(here, "clues", mine, "inquire", map[string]string{"method": "on_site"}))
	expert := d.open(here, "experts", map[string]any{"fields": map[string]string{"field": "骨科", "city": "太原"}})
	province := d.open(officer, "experts", map[string]any{"fields": map[string]string{"field": "骨科", "city": "大同"}})
	good[MatterView](d, d.call(here, "GET", "/v1/experts/"+expert.ID, nil))
	d.refused(d.call(here, "GET", "/v1/experts/"+province.ID, nil), 404, claimwatch.CodeNotFound)
	if got := good[page[agreementView]](d, d.call(here, "GET", "/v1/agreements", nil)); len(got.Items) != 1 || got.Items[0].InstitutionID != "H1" {
		t.Errorf("agreements of the city: %+v", got.Items)
	}
	d.refused(d.call(here, "POST", "/v1/sanctions", map[string]any{"institution_id": "H2", "measure": "interview", "reason": "r"}), 403, claimwatch.CodeForbidden)
}

// TestReferralOverHTTP: what a hospital proposes and the agency agrees to is a row
// of referrals, which rules read.
func TestReferralOverHTTP(t *testing.T) {
	d := settled(t)
	wish := map[string]any{"person_id": "P1", "fields": map[string]string{"to_institution_id": "H2", "medical_reason": "没有核磁"}}
	m := d.open(hospital, "referral-requests", wish)
	if m.InstitutionID != "H1" || strings.Join(possible(m), " ") != "retract" {
		t.Errorf("the request = %+v", m)
	}
	d.refused(d.call(another, "GET", "/v1/referral-requests/"+m.ID, nil), 404, claimwatch.CodeNotFound)
	d.refused(d.step(hospital, "referral-requests", m, "approve", nil), 403, claimwatch.CodeForbidden)
	good[MatterView](d, d.step(officer, "referral-requests", m, "approve", nil))
	rows := good[page[rowView]](d, d.call(officer, "GET", "/v1/reference/referrals", nil))
	if len(rows.Items) != 1 || rows.Items[0].Row["person_id"] != "P1" || rows.Items[0].Row["approved_on"] != "2026-03-02" || rows.Items[0].By != officer.KeyID {
		t.Errorf("referrals = %+v", rows.Items)
	}
	if len(d.rows.Touched) == 0 || d.rows.Touched[len(d.rows.Touched)-1].Table != "referrals" {
		t.Error("nobody is evaluated again")
	}
}

func possible(m MatterView) (list []string) {
	for _, a := range m.Possible {
		list = append(list, string(a))
	}
	return list
}

// TestInspectionOverHTTP: committed, drawn by a seed that came later, confirmed by
// a second person, and verified by anybody.
func TestInspectionOverHTTP(t *testing.T) {
	d := settled(t)
	d.refused(d.call(watcher, "POST", "/v1/inspections", map[string]any{
		"inspectors": []any{map[string]any{"id": "p1"}}, "draw": 1, "each": 1, "seed_source": "s", "seed_on": "2026-03-05", "reason": "r",
	}), 403, claimwatch.CodeForbidden)
	d.refused(d.call(officer, "POST", "/v1/inspections", map[string]any{
		"inspectors": []any{map[string]any{"id": "p1", "conflicts": []string{"H1"}}}, "draw": 1, "each": 1, "seed_source": "s", "seed_on": "2026-03-05", "reason": "r",
	}), 422, claimwatch.CodeInvalid) // nobody could go to H1
	m := good[MatterView](d, d.call(officer, "POST", "/v1/inspections", map[string]any{
		"inspectors": []any{map[string]any{"id": "p1", "conflicts": []string{"H1"}}, map[string]any{"id": "p2"}}, "draw": 2, "each": 1,
		"seed_source": "双色球", "seed_on": "2026-03-05", "reason": "第一季度",
	}))
	d.refused(d.call(officer, "GET", "/v1/inspections/"+m.ID+"/draw", nil), 404, claimwatch.CodeNotFound)
	seed := map[string]string{"seed": "01 02 03"}
	d.refused(d.step(officer, "inspections", m, "reveal", seed), 409, claimwatch.CodeIllegalTransition)
	d.clock("2026-03-05T22:00:00+08:00")
	d.refused(d.step(officer, "inspections", m, "reveal", map[string]string{"seed": "1", "institutions": "H2"}), 422, claimwatch.CodeInvalid)
	d.refused(d.step(officer, "inspections", m, "reveal", nil), 422, claimwatch.CodeInvalid)
	m = good[MatterView](d, d.step(officer, "inspections", m, "reveal", seed))
	d.refused(d.step(officer, "inspections", m, "confirm", nil), 403, claimwatch.CodeForbidden)
	m = good[MatterView](d, d.step(director, "inspections", m, "confirm", nil))
	// Who is drawn does not learn of it before the visit; afterwards everybody may.
	for _, early := range []claimwatch.Caller{hospital, nobody} {
		d.refused(d.call(early, "GET", "/v1/inspections/"+m.ID+"/draw", nil), 404, claimwatch.CodeNotFound)
	}
	if r := d.call(watcher, "GET", "/v1/inspections/"+m.ID+"/draw", nil); r.Code != 200 {
		t.Errorf("the agency does not see whom it drew: %d", r.Code)
	}
	m = good[MatterView](d, d.step(officer, "inspections", m, "publish", map[string]string{"published_on": "2026-03-05"}))
	raw := d.call(nobody, "GET", "/v1/inspections/"+m.ID+"/draw", nil)
	if raw.Code != 200 {
		t.Fatalf("the draw: %d %s", raw.Code, raw.Body)
	}
	var body map[string]any
	if err := json.Unmarshal(raw.Body.Bytes(), &body); err != nil {
		t.Fatalf("Unmarshal() error:\n%+v", err)
	}
	delete(body, "$schema")
	file, _ := json.Marshal(body)
	drawn, faults := inspection.Verify(file, m.Fields["commitment"])
	if len(faults) != 0 || len(drawn.Visits) != 2 {
		t.Errorf("the published draw: %v, %+v", faults, drawn.Visits)
	}
	for _, v := range drawn.Visits {
		if v.InstitutionID == "H1" && v.Inspectors[0] != "p2" {
			t.Errorf("%+v goes where there is a conflict", v)
		}
	}
	if m.Fields["institutions"] != strings.Join(drawn.Institutions(), ";") {
		t.Errorf("the register says %s", m.Fields["institutions"])
	}
}

// TestInterestsOfTheRegister: an inspector who is an expert is never sent where the
// register of experts says so, typed in or not; whoever has left the pool is not drawn.
func TestInterestsOfTheRegister(t *testing.T) {
	d := settled(t)
	expert := d.open(officer, "experts", map[string]any{"reason": "r", "fields": map[string]string{"field": "骨科", "city": "太原", "conflicts": "H1"}})
	commit := func(inspectors ...any) map[string]any {
		return map[string]any{"inspectors": inspectors, "draw": 2, "each": 1, "seed_source": "s", "seed_on": "2026-03-05", "reason": "r"}
	}
	one := func(id string, conflicts ...string) any { return map[string]any{"id": id, "conflicts": conflicts} }
	d.refused(d.call(officer, "POST", "/v1/inspections", commit(one(expert.Number))), 422, claimwatch.CodeInvalid) // nobody for H1
	m := good[MatterView](d, d.call(officer, "POST", "/v1/inspections", commit(one(expert.ID, "H9"), one("p2"))))
	var in inspection.DrawInput
	if err := json.Unmarshal([]byte(m.Fields["inputs"]), &in); err != nil {
		t.Fatalf("Unmarshal() error:\n%+v", err)
	}
	if got := strings.Join(in.Inspectors[0].Conflicts, " "); got != "H1 H9" || len(in.Inspectors[1].Conflicts) != 0 {
		t.Errorf("conflicts: %q", got)
	}
	held := d.facts.put(sample("referred", true))
	refer := func(to string) *httptest.ResponseRecorder {
		return d.call(officer, "POST", "/v1/findings/"+held.ID+"/decisions", map[string]any{
			"action": "refer", "to": to, "reason": "r", "expected_revision": 0, "facts_sha256": held.Facts,
		})
	}
	d.refused(refer(expert.Number), 422, claimwatch.CodeInvalid)
	good[MatterView](d, d.step(officer, "experts", expert, "retire", nil))
	d.refused(d.call(officer, "POST", "/v1/inspections", commit(one(expert.Number), one("p2"))), 422, claimwatch.CodeInvalid)
	d.refused(refer(expert.ID), 422, claimwatch.CodeInvalid)
	free := d.open(officer, "experts", map[string]any{"reason": "r", "fields": map[string]string{"field": "骨科", "city": "太原", "conflicts": "H9"}})
	good[FindingDetail](d, refer(free.Number))
}

func TestAssessmentOverHTTP(t *testing.T) {
	d := settled(t)
	d.clock("2026-12-20T10:00:00+08:00")
	path := "/v1/assessments/H1/2026"
	score := map[string]string{"score": "88.5", "satisfaction": "91"}
	d.refused(d.call(officer, "POST", path, map[string]any{"reason": "r", "fields": score}), 409, claimwatch.CodeIllegalTransition)
	m := good[MatterView](d, d.call(officer, "POST", path, map[string]any{"reason": "r"}))
	if m.Fields["proposed_score"] != "100" || !strings.Contains(m.Fields["sheet"], "satisfaction") {
		t.Errorf("proposed: %+v", m.Fields)
	}
	d.refused(d.call(officer, "POST", path, map[string]any{"reason": "r", "fields": score}), 422, claimwatch.CodeInvalid)
	m = good[MatterView](d, d.call(officer, "POST", path, map[string]any{"reason": "r", "fields": score, "expected_revision": m.Revision}))
	confirm := map[string]any{"reason": "r", "action": "confirm", "expected_revision": m.Revision}
	d.refused(d.call(officer, "POST", path, confirm), 403, claimwatch.CodeForbidden)
	good[MatterView](d, d.call(director, "POST", path, confirm))
	rows := good[page[rowView]](d, d.call(officer, "GET", "/v1/reference/assessments", nil))
	if len(rows.Items) != 1 || rows.Items[0].Row["score"] != "88.5" || rows.Items[0].Row["year"] != "2026" {
		t.Errorf("assessments = %+v", rows.Items)
	}
}
