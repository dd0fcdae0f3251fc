package audit

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/journal"
)

// coming lists the deadlines of a caller as texts.
func (d *desk) coming(caller claimwatch.Caller, query string) (list []string) {
	d.t.Helper()
	for _, one := range good[page[journal.Deadline]](d, d.call(caller, "GET", "/v1/deadlines?"+query, nil)).Items {
		text := strings.Join([]string{one.On.String(), one.InstitutionID, one.Kind}, " ")
		if one.Overdue {
			text += " over"
		}
		if one.Provisional {
			text += " provisional"
		}
		list = append(list, text)
	}
	return list
}

func (d *desk) expects(what string, got []string, want ...string) {
	d.t.Helper()
	if diff := cmp.Diff(got, want); diff != "" {
		d.t.Errorf("%s (-got, +want):\n%s", what, diff)
	}
}

// agreed is a desk with agreements: of H1 with a year to go, of H2 about to end, of H3
// suspended by hand, and H4 terminated.
func agreed(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.load("institutions", "institution_id,name,kind,level,city,face_required\nH1,n,medical,3,太原,false\nH2,n,rehab,3,大同,false\nH3,n,medical,3,太原,false\n")
	d.load("agreements", "institution_id,kind,from,agreement_id,status,until,term_from,term_until\n"+
		"H1,medical,2026-01-01,A1,active,2027-01-01,2026-01-01,2027-01-01\nH2,rehab,2025-04-01,A2,active,2026-04-01,2025-04-01,2026-04-01\n"+
		"H3,medical,2025-12-01,A3,active,2026-12-01,2025-12-01,2026-12-01\nH3,medical,2026-02-01,A3,suspended,2026-03-20,,\nH4,medical,2025-01-01,A4,terminated,,,\n")
	return d
}

func TestDeadlinesOfAgreementsAndMonths(t *testing.T) {
	d := agreed(t)
	d.expects("a month ahead", d.coming(officer, ""),
		"2025-12-31 H2 renewal_asked over", "2026-03-19 H3 suspension_end", "2026-03-25 H1 settlement", "2026-03-25 H2 settlement", "2026-03-25 H3 settlement",
		"2026-03-31 H2 term_end")
	d.expects("of a kind", d.coming(officer, "kind=renewal_asked&until=2026-12-31"),
		"2025-12-31 H2 renewal_asked over", "2026-08-31 H3 renewal_asked", "2026-09-30 H1 renewal_asked")
	d.expects("what has passed", d.coming(officer, "overdue=true"), "2025-12-31 H2 renewal_asked over")
	d.expects("of a hospital", d.coming(another, ""), "2025-12-31 H2 renewal_asked over", "2026-03-25 H2 settlement", "2026-03-31 H2 term_end")
	d.expects("of a city", d.coming(cityOfficer("太原", "H1", "H3"), "kind=settlement"), "2026-03-25 H1 settlement", "2026-03-25 H3 settlement")
	d.expects("of one", d.coming(watcher, "institution_id=H3&until=2026-03-20"), "2026-03-19 H3 suspension_end")
	// Asked for: no reminder any more, but the day by which both must agree.
	d.open(officer, "renewals", map[string]any{"institution_id": "H2", "fields": map[string]string{"kind": "rehab", "agreement_id": "A2", "term_until": "2026-04-01"}})
	d.expects("after renewal was asked", d.coming(another, "kind=renewal_asked"))
	d.expects("the renewal", d.coming(another, "kind=renewal"), "2026-04-01 H2 renewal")
	// Renewed: the old term ends unnoticed.
	d.load("agreements", "institution_id,kind,from,agreement_id,status,until,term_from,term_until\nH2,rehab,2026-04-01,A5,active,2027-04-01,2026-04-01,2027-04-01\n")
	d.expects("after renewal", d.coming(another, "kind=term_end"))
	first := good[page[journal.Deadline]](d, d.call(officer, "GET", "/v1/deadlines?limit=2", nil))
	rest := good[page[journal.Deadline]](d, d.call(officer, "GET", "/v1/deadlines?cursor="+first.Next, nil))
	if len(first.Items) != 2 || len(rest.Items) != 3 || rest.Next != "" {
		t.Errorf("pages of %d and %d", len(first.Items), len(rest.Items))
	}
	for query, code := range map[string]claimwatch.Code{"kind=x": claimwatch.CodeBadQuery, "until=x": claimwatch.CodeBadQuery, "until=2036-01-01": claimwatch.CodeBadQuery} {
		d.refused(d.call(officer, "GET", "/v1/deadlines?"+query, nil), 400, code)
	}
	d.refused(d.call(hospital, "GET", "/v1/deadlines?institution_id=H2", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(cityOfficer("太原", "H1", "H3"), "GET", "/v1/deadlines?institution_id=H2", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(admin, "GET", "/v1/deadlines", nil), 403, claimwatch.CodeForbidden)
}

// TestDeadlinesOfFindings: each institution of a finding has its own day until it has
// spoken; a calendar that comes later moves it; a claim is the agency's own business.
func TestDeadlinesOfFindings(t *testing.T) {
	d := newDesk(t)
	shared, claimed := d.facts.put(sample("H1|P1|S1", true)), d.facts.put(sample("H1|P1|S2", false))
	d.act(officer, shared, "notify", 0)
	d.act(officer, claimed, "claim", 0)
	d.expects("before anybody spoke", d.coming(officer, ""), "2026-03-03  lease", "2026-03-09 H1 statement provisional", "2026-03-09 H2 statement provisional")
	d.load("calendar", "day,working,source\n2026-03-03,false,gov\n2026-12-31,true,gov\n")
	d.expects("with a calendar", d.coming(hospital, ""), "2026-03-10 H1 statement")
	good[FindingDetail](d, d.explain(hospital, shared.ID))
	d.act(officer, shared, "claim", 2)
	d.expects("claims", d.coming(officer, "kind=lease"), "2026-03-03  lease", "2026-03-03 H1 lease")
	d.expects("of H1, which has spoken", d.coming(hospital, ""))
	d.expects("of H2, which has not", d.coming(another, ""), "2026-03-10 H2 statement")
	d.clock("2026-03-11T00:00:00+08:00")
	d.expects("after the day", d.coming(officer, "kind=statement"), "2026-03-10 H2 statement over")
	d.facts.retract(shared.ID)
	d.expects("after the facts have gone", d.coming(officer, "kind=statement"))
	if over := good[page[journal.Deadline]](d, d.call(officer, "GET", "/v1/deadlines?until=2026-01-01", nil)).Items; len(over) != 0 {
		t.Errorf("before 2026-01-01: %+v", over)
	}
}

// TestDeadlinesOfRegisters: what registers say is due; a suspension that a sanction
// stands behind is listed once; what an institution was not told of it does not see.
func TestDeadlinesOfRegisters(t *testing.T) {
	d := agreed(t)
	d.load("policies", "policy,city,from,value,reason\nsuspension_ends,,2026-01-01,term,r\n")
	request := d.open(officer, "document-requests", map[string]any{"institution_id": "H1", "fields": map[string]string{"what": "the notes", "due_on": "2026-03-05"}})
	d.expects("papers", d.coming(hospital, "kind=document_request"), "2026-03-05 H1 document_request")
	d.clock("2026-03-06T10:00:00+08:00")
	d.expects("papers that did not come", d.coming(hospital, "kind=document_request"), "2026-03-05 H1 document_request over")
	if one := good[page[journal.Deadline]](d, d.call(officer, "GET", "/v1/deadlines?kind=document_request", nil)).Items[0]; one.Of != request.ID || one.Number != request.Number || one.Law == "" || one.What == "" {
		t.Errorf("the request is listed as %+v", one)
	}
	opened := good[MatterView](d, d.call(officer, "POST", "/v1/sanctions", map[string]any{
		"institution_id": "H1", "measure": "agreement_suspended", "grounds": []string{"38.1"}, "months": 3, "reason": "r",
	}))
	d.sanction(director, d.sanction(officer, opened, "propose", nil), "confirm", nil)
	d.expects("a suspension", d.coming(hospital, "until=2026-07-01&kind=sanction"), "2026-06-05 H1 sanction")
	d.expects("and nothing beside it", d.coming(hospital, "until=2026-07-01&kind=suspension_end"))
	own := d.open(officer, "applications", map[string]any{"institution_id": "H9", "fields": map[string]string{"kind": "medical", "received_on": "2026-03-06"}})
	d.expects("an application", d.coming(officer, "kind=application"), "2026-03-13 H9 application provisional")
	if own.City != "" || len(d.coming(cityOfficer("太原", "H1", "H3"), "kind=application")) != 0 {
		t.Errorf("a city sees the application of %q", own.City)
	}
}

// TestDeadlinesOfMoney: a month that is closed is to be paid, one that follows to be
// settled, a year to be settled until the end of March after it.
func TestDeadlinesOfMoney(t *testing.T) {
	d := money(t)
	d.load("agreements", "institution_id,kind,from,agreement_id,status,until\nH1,medical,2026-01-01,A1,active,\n")
	d.clock("2026-03-15T10:00:00+08:00")
	d.expects("open", d.coming(clerk, ""), "2026-03-25 H1 settlement")
	d.closed("2026-02")
	d.expects("closed", d.coming(clerk, "until=2027-04-01&institution_id=H1&kind=payment"), "2026-03-25 H1 payment")
	d.expects("the next", d.coming(hospital, "until=2026-05-25"), "2026-03-25 H1 payment", "2026-04-25 H1 settlement")
	d.expects("the year", d.coming(clerk, "until=2027-04-01&kind=year_end"), "2027-03-31 H1 year_end")
	paid := func(by claimwatch.Caller, body map[string]any) {
		t.Helper()
		if r := d.call(by, "POST", "/v1/settlements/H1/2026-02/payments", body); r.Code >= 300 {
			t.Fatalf("pay: %d %s", r.Code, r.Body)
		}
	}
	paid(clerk, map[string]any{"action": "propose", "reference": "b1"})
	paid(director, map[string]any{"action": "confirm"})
	d.expects("paid", d.coming(hospital, "kind=payment"))
}
