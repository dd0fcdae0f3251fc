package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const itemsHead = "item_code,region,valid_from,name,category,unit,in_scope,rehab,hour_unit,order_required,report_required,price_cap_1,price_cap_2,price_cap_3,non_injury\n"

// province is the reference data of the small worlds of these tests.
func loadReference(t testing.TB, c *client) {
	t.Helper()
	c.load(t, "institutions", "institution_id,name,kind,level,city,beds,face_required\nH1,First,medical,3,Taiyuan,100,false\nH2,Second,medical,2,Datong,50,false\n")
	c.load(t, "items", itemsHead+
		"LAB1,,2020-01-01,blood count,lab,each,true,false,false,false,false,20,20,20,false\n"+
		"BED1,,2020-01-01,bed,bed,日,true,false,false,false,false,50,50,50,false\n")
	c.load(t, "laws", "law_id,valid_from,title,valid_until,source\nshanxi-2022-measures,2022-08-08,Measures,2024-08-08,text\n")
	days := "day,working,source\n"
	for day := 1; day <= 31; day++ {
		days += fmt.Sprintf("2026-03-%02d,%t,test\n", day, (day+5)%7 < 5) // 1 March 2026 is a Sunday
	}
	c.load(t, "calendar", days)
}

// stay gives the admission of a stay of person p at hospital's key.
func admission(person, stay, at string) string {
	return fmt.Sprintf(`{"kind":"admission","record_id":"adm-%s","person_id":%q,"stay_id":%q,"occurred_at":%q,"class":"inpatient","route":"elective","department":"D","diagnoses":["S82.0"]}`, stay, person, stay, at)
}

func feeLine(id, person, stay, at, item, more string) string {
	return fmt.Sprintf(`{"kind":"fee","record_id":%q,"person_id":%q,"stay_id":%q,"occurred_at":%q,"item_code":%q,"item_name":"n","category":"lab","quantity":"1","unit_price":"12.50","amount":"12.50"%s}`, id, person, stay, at, item, more)
}

func order(id, person, stay, at, item string) string {
	return fmt.Sprintf(`{"kind":"order","record_id":%q,"person_id":%q,"stay_id":%q,"occurred_at":%q,"class":"lab","item_code":%q,"physician_id":"D1","times_per_day":"9","days":30}`, id, person, stay, at, item)
}

func (c *client) decide(t testing.TB, f finding, action string) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{
		"action": action, "reason": "seen by " + action, "expected_revision": f.Revision, "facts_sha256": f.FactsSHA256,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c.do(t, http.MethodPost, "/v1/findings/"+f.FindingID+"/decisions", "application/json", body)
}

func (c *client) finding(t testing.TB, id string) finding {
	t.Helper()
	var f finding
	c.do(t, http.MethodGet, "/v1/findings/"+id, "", nil).into(t, &f)
	return f
}

func wantStatus(t testing.TB, what string, a answer, status int, code string) {
	t.Helper()
	if a.status != status || (code != "" && !strings.Contains(string(a.body), `"code":"`+code+`"`)) {
		t.Errorf("%s: answer %d %s, want %d %s", what, a.status, a.body, status, code)
	}
}

// TestSpine goes the whole way: an upload with an exact duplicate, the finding,
// notice, statement, rejection, the list; and a finding that a refund ends.
func TestSpine(t *testing.T) {
	t.Parallel()
	p := start(t, newSetup(t, "event"))
	loadReference(t, p.client)
	hospital := p.as(p.newKey(t, "--institution", "H1"))
	other := p.as(p.newKey(t, "--institution", "H2"))
	officer := p.as(p.newKey(t, "--role", "officer"))
	const at = "2026-03-02T09:00:00+08:00"
	r := hospital.upload(t,
		admission("P1", "S1", "2026-03-02T08:00:00+08:00"), order("O1", "P1", "S1", "2026-03-02T08:10:00+08:00", "LAB1"),
		feeLine("F1", "P1", "S1", at, "LAB1", ""), feeLine("F2", "P1", "S1", at, "LAB1", ""),
		admission("P2", "S2", "2026-03-02T08:00:00+08:00"), order("O2", "P2", "S2", "2026-03-02T08:10:00+08:00", "LAB1"),
		feeLine("F3", "P2", "S2", at, "LAB1", ""), feeLine("F4", "P2", "S2", at, "LAB1", ""))
	if !r.Settled || r.Accepted != 8 || len(r.Refused) != 0 {
		t.Fatalf("receipt %+v", r)
	}
	p.waitIdle(t)
	found := officer.findings(t, "rule=FEE-001")
	if len(found) != 2 {
		t.Fatalf("findings of FEE-001: %+v", found)
	}
	f := found[0]
	if f.Amount != "12.50" || len(f.Lines) != 2 || f.State != "open" || f.Revision != 0 {
		t.Errorf("finding %+v", f)
	}

	wantStatus(t, "reject without notice", officer.decide(t, f, "reject"), http.StatusConflict, "illegal_transition")
	wantStatus(t, "a hospital before notice", hospital.do(t, http.MethodGet, "/v1/findings/"+f.FindingID, "", nil), http.StatusNotFound, "not_found")
	wantStatus(t, "notify", officer.decide(t, f, "notify"), http.StatusOK, "")
	wantStatus(t, "the slower officer", officer.decide(t, f, "notify"), http.StatusConflict, "changed")
	notified := officer.finding(t, f.FindingID)
	if notified.State != "notified" || notified.DueOn == nil || *notified.DueOn != "2026-03-09" {
		t.Errorf("after notice: %s due on %v, want 2026-03-09", notified.State, notified.DueOn)
	}
	wantStatus(t, "another hospital after notice", other.do(t, http.MethodGet, "/v1/findings/"+f.FindingID, "", nil), http.StatusNotFound, "not_found")
	wantStatus(t, "statement", hospital.do(t, http.MethodPost, "/v1/findings/"+f.FindingID+"/statements", "application/json",
		[]byte(`{"text":"the nurse pressed twice"}`)), http.StatusOK, "")
	wantStatus(t, "reject", officer.decide(t, officer.finding(t, f.FindingID), "reject"), http.StatusOK, "")
	checkList(t, officer, f)

	second := found[1]
	kept, gone := second.Lines[1].RecordID, second.Lines[0].RecordID
	person, stay := "P2", "S2"
	if strings.HasSuffix(second.Subject, "|F1") {
		person, stay = "P1", "S1"
	}
	_ = kept
	hospital.upload(t, fmt.Sprintf(`{"kind":"fee","record_id":"R1","person_id":%q,"stay_id":%q,"occurred_at":%q,"item_code":"LAB1","item_name":"n","category":"lab","quantity":"-1","unit_price":"12.50","amount":"-12.50","reverses":%q}`,
		person, stay, "2026-03-02T10:00:00+08:00", gone))
	p.waitIdle(t)
	if left := officer.findings(t, "rule=FEE-001"); len(left) != 1 || left[0].FindingID != f.FindingID {
		t.Errorf("after the refund these stand: %+v", left)
	}
	if f := officer.finding(t, second.FindingID); f.State != "retracted" {
		t.Errorf("the refunded finding is %s, want retracted", f.State)
	}
}

func checkList(t *testing.T, officer *client, f finding) {
	t.Helper()
	var list struct {
		Total string `json:"total"`
		Items []struct {
			FindingID string `json:"finding_id"`
			RecordID  string `json:"record_id"`
			Claimed   string `json:"claimed"`
			Rejected  string `json:"rejected"`
		} `json:"items"`
	}
	officer.do(t, http.MethodGet, "/v1/rejections?institution_id=H1&month=2026-03&format=json", "", nil).into(t, &list)
	if list.Total != "12.50" || len(list.Items) != 1 || list.Items[0].FindingID != f.FindingID || list.Items[0].Rejected != "12.50" {
		t.Errorf("list %+v", list)
	}
	csv := officer.do(t, http.MethodGet, "/v1/rejections?institution_id=H1&month=2026-03&format=csv", "", nil)
	if !strings.Contains(string(csv.body), f.FindingID) || !strings.Contains(csv.header.Get("Content-Type"), "text/csv") {
		t.Errorf("csv list %s: %s", csv.header.Get("Content-Type"), csv.body)
	}
}

// TestLapse lets the term pass: five working days of the calendar after notice
// by the product's clock, then silence permits the refusal.
func TestLapse(t *testing.T) {
	t.Parallel()
	p := start(t, newSetup(t, "event"))
	loadReference(t, p.client)
	hospital := p.as(p.newKey(t, "--institution", "H1"))
	const at = "2026-03-06T09:00:00+08:00" // a Friday
	hospital.upload(t, admission("P1", "S1", "2026-03-06T08:00:00+08:00"), order("O1", "P1", "S1", "2026-03-06T08:10:00+08:00", "LAB1"),
		feeLine("F1", "P1", "S1", at, "LAB1", ""), feeLine("F2", "P1", "S1", at, "LAB1", ""))
	p.waitIdle(t)
	f := p.findings(t, "rule=FEE-001")[0]
	wantStatus(t, "notify", p.decide(t, f, "notify"), http.StatusOK, "")

	hospital.upload(t, feeLine("F3", "P1", "S1", "2026-03-13T23:59:59.999+08:00", "LAB1", ""))
	p.waitIdle(t)
	if got := p.finding(t, f.FindingID); got.State != "notified" {
		t.Errorf("in the last millisecond of the term: %s", got.State)
	}
	hospital.upload(t, feeLine("F4", "P1", "S1", "2026-03-14T00:00:00+08:00", "LAB1", ""))
	p.waitIdle(t)
	lapsed := p.finding(t, f.FindingID)
	if lapsed.State != "lapsed" {
		t.Errorf("at the midnight after the term: %s", lapsed.State)
	}
	wantStatus(t, "a statement too late", hospital.do(t, http.MethodPost, "/v1/findings/"+f.FindingID+"/statements", "application/json",
		[]byte(`{"text":"late"}`)), http.StatusConflict, "illegal_transition")
	wantStatus(t, "reject", p.decide(t, lapsed, "reject"), http.StatusOK, "")
}

// TestRestart stops and starts a server: it goes on where it was.
func TestRestart(t *testing.T) {
	t.Parallel()
	s := newSetup(t, "event")
	p := start(t, s)
	loadReference(t, p.client)
	hospital := p.newKey(t, "--institution", "H1")
	const at = "2026-03-02T09:00:00+08:00"
	p.as(hospital).upload(t, admission("P1", "S1", at), feeLine("F1", "P1", "S1", at, "LAB1", ""))
	p.waitIdle(t)
	before := p.digest(t, "")
	if code := p.stop(t); code != 0 {
		t.Errorf("exit code %d after SIGINT", code)
	}
	p = start(t, s)
	if after := p.waitIdle(t); after.Records.Stored != 2 {
		t.Errorf("stored %d after restart, want 2", after.Records.Stored)
	}
	if got := p.digest(t, ""); got != before {
		t.Errorf("digest %s after restart, want %s", got, before)
	}
	r := p.as(hospital).upload(t, feeLine("F1", "P1", "S1", at, "LAB1", ""), feeLine("F2", "P1", "S1", at, "LAB1", ""))
	if r.Accepted != 1 || r.Duplicate != 1 {
		t.Errorf("receipt %+v, want one new and one duplicate", r)
	}
	p.waitIdle(t)
	if found := p.findings(t, "rule=FEE-001"); len(found) != 1 {
		t.Errorf("findings %+v", found)
	}
}
