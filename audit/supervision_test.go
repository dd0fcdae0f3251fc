package audit

import (
	"context"
	"encoding/json"
	"testing"

	"claimwatch"
	"claimwatch/audit/figures"
	"claimwatch/audit/journal"
	"claimwatch/audit/supervision"
	"claimwatch/audit/term"
)

// supervised has H1 of 太原 and H2 of 大同, one finding of each, that of H1 rejected.
func supervisedDesk(t *testing.T) (*desk, claimwatch.Held, claimwatch.Held) {
	t.Helper()
	d := newDesk(t)
	d.audit.deps.Figures = &FigureReaders{
		Sums: func(context.Context, claimwatch.Instant, int64) (figures.Sums, error) {
			month := term.MonthIn(2026, 3)
			return figures.Sums{Houses: []figures.HouseMonth{
				{InstitutionID: "H1", Month: month, Records: 7, Charged: 500_00}, {InstitutionID: "H2", Month: month, Records: 9, Charged: 900_00},
			}}, nil
		},
		LastReceived: func(context.Context) (map[string]claimwatch.Instant, error) { return nil, nil },
	}
	d.remount()
	good[map[string]any](d, d.call(admin, "PUT", "/v1/reference/institutions", "institution_id,name,kind,level,city,face_required\nH1,一院,medical,3,太原,true\nH2,二院,medical,2,大同,false\n"))
	good[map[string]any](d, d.call(admin, "PUT", "/v1/reference/agencies", "agency_id,city,name\nA1,太原,太原中心\n"))
	put := func(owner string, role [3]claimwatch.Role) claimwatch.Held {
		f := constellation(owner, role)
		from := claimwatch.Instant(1_772_500_000_000) // 2026-03-03
		f.From = &from
		return d.facts.put(f)
	}
	one := put("H1", [3]claimwatch.Role{claimwatch.Violating, "", ""})
	two := put("H2", [3]claimwatch.Role{"", claimwatch.Violating, ""})
	good[FindingDetail](d, d.decide(officer, one, "notify", 0))
	good[FindingDetail](d, d.decide(officer, two, "notify", 0))
	d.clock("2026-03-25T10:00:00+08:00") // the statement was not made
	good[FindingDetail](d, d.decide(officer, one, "reject", 1))
	return d, one, two
}

// TestSupervisionReport: the report says what the lists of the API say, a city its own.
func TestSupervisionReport(t *testing.T) {
	d, one, two := supervisedDesk(t)
	r := good[supervision.Report](d, d.call(watcher, "GET", "/v1/reports/supervision?month=2026-03", nil))
	if r.Complete || r.Watched.Records != 16 || r.Watched.Charged != 1400_00 || r.Found.Findings != 2 || r.Found.AtIssue != one.Amount+two.Amount {
		t.Errorf("watched %+v, found %+v", r.Watched, r.Found)
	}
	if r.Decided.Confirmed != 1 || r.Decided.MedianDays == nil || *r.Decided.MedianDays != 23_0000 {
		t.Errorf("decided %+v", r.Decided)
	}
	if len(r.Late.Hospitals) != 1 || r.Late.Hospitals[0].Count != 1 {
		t.Errorf("late %+v", r.Late)
	}
	// Against the other answers of the API.
	var listed claimwatch.Fen
	for _, id := range []string{"H1", "H2"} {
		for _, month := range []string{"2026-02", "2026-03"} {
			listed += d.j.Rejections(id, month).Total
		}
	}
	february := good[supervision.Report](d, d.call(watcher, "GET", "/v1/reports/supervision?month=2026-02", nil))
	if got := r.Recovered.Rejected + february.Recovered.Rejected; got != listed || listed != one.Amount {
		t.Errorf("rejected %s, the lists say %s", got, listed)
	}
	counts := good[FindingCounts](d, d.call(watcher, "GET", "/v1/findings/counts?from=2026-03-01&until=2026-04-01", nil))
	if counts.Findings != r.Found.Findings || counts.Amount != r.Found.AtIssue {
		t.Errorf("counts say %d of %s, the report %+v", counts.Findings, counts.Amount, r.Found)
	}

	own := good[supervision.Report](d, d.call(claimwatch.Caller{
		KeyID: "c0ffee0000000000", Roles: watcher.Roles, City: "太原", Jurisdiction: func(id string) bool { return id == "H1" },
	}, "GET", "/v1/reports/supervision?month=2026-03", nil))
	if own.City != "太原" || own.Agency != "太原中心" || own.Found.Findings != 1 || own.Watched.Records != 7 || len(own.Institutions) != 1 || own.Decided.Confirmed != 1 {
		t.Errorf("of a city: %+v", own)
	}
	d.refused(d.call(cityOfficer("太原", "H1"), "GET", "/v1/reports/supervision?month=2026-03", nil), 403, claimwatch.CodeForbidden) // an officer
	reviewerOf := claimwatch.Caller{KeyID: "c0ffee0000000001", Roles: reviewer.Roles, City: "太原", Jurisdiction: func(id string) bool { return id == "H1" }}
	d.refused(d.call(reviewerOf, "GET", "/v1/reports/supervision?month=2026-03&city=大同", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(hospital, "GET", "/v1/reports/supervision?month=2026-03", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(watcher, "GET", "/v1/reports/supervision?month=march", nil), 400, claimwatch.CodeBadQuery)
	for format, begins := range map[string]string{"pdf": "%PDF", "xlsx": "PK"} {
		if r := d.call(director, "GET", "/v1/reports/supervision?month=2026-03&format="+format, nil); r.Code != 200 || r.Body.String()[:len(begins)] != begins {
			t.Errorf("%s = %d %.20q", format, r.Code, r.Body.String())
		}
	}
}

// TestSealedReport: a sealed month stays what it was, whatever comes to be known; it is
// sealed once, and not before it is over.
func TestSealedReport(t *testing.T) {
	d, _, two := supervisedDesk(t)
	seal := func(caller claimwatch.Caller, body map[string]string) SealView {
		return good[SealView](d, d.call(caller, "POST", "/v1/reports/supervision/seal", body))
	}
	march := map[string]string{"month": "2026-03"}
	d.refused(d.call(watcher, "POST", "/v1/reports/supervision/seal", march), 409, claimwatch.CodeIllegalTransition)
	d.refused(d.call(officer, "POST", "/v1/reports/supervision/seal", march), 403, claimwatch.CodeForbidden)
	d.clock("2026-04-01T00:00:00+08:00")
	before := d.call(watcher, "GET", "/v1/reports/supervision?month=2026-03", nil)
	if before.Header().Get("Claimwatch-Sealed") != "" {
		t.Error("a report that nobody has sealed says that it is")
	}
	sealed := seal(watcher, march)
	if sealed.SHA256 != sumOf(before.Body.Bytes()) || sealed.By != watcher.KeyID || sealed.Entry == 0 {
		t.Errorf("seal = %+v", sealed)
	}
	paper := d.call(watcher, "GET", "/v1/reports/supervision?month=2026-03&format=pdf", nil).Body.String()
	d.refused(d.call(reviewer, "POST", "/v1/reports/supervision/seal", march), 409, claimwatch.CodeIllegalTransition)
	d.facts.retract(two.ID)
	d.clock("2026-04-20T00:00:00+08:00")
	after := d.call(watcher, "GET", "/v1/reports/supervision?month=2026-03", nil)
	if after.Body.String() != before.Body.String() || after.Header().Get("Claimwatch-Sealed") == "" {
		t.Errorf("the sealed report has changed:\n%s\n%s", before.Body, after.Body)
	}
	if again := d.call(watcher, "GET", "/v1/reports/supervision?month=2026-03&format=pdf", nil).Body.String(); again != paper {
		t.Error("the PDF of the sealed report has changed")
	}
	// That of a city is another one.
	city := good[supervision.Report](d, d.call(watcher, "GET", "/v1/reports/supervision?month=2026-03&city=%E5%A4%A7%E5%90%8C", nil))
	if city.Found.Findings != 0 || city.City != "大同" {
		t.Errorf("of a city: %+v", city.Found)
	}
	d.refused(d.call(admin, "GET", "/v1/attachments/"+sealed.SHA256, nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(officer, "GET", "/v1/attachments/"+sealed.SHA256, nil), 404, claimwatch.CodeNotFound)
	entries := d.rows.Saved()
	last := entries[len(entries)-1].Command
	var payload journal.ReportSeal
	if err := json.Unmarshal(last.Payload, &payload); err != nil || last.Type != journal.TypeReportSeal || payload.Report != "supervision" || last.DataSHA256 != sealed.SHA256 {
		t.Errorf("the last entry is %s %s: %v", last.Type, last.Payload, err)
	}
}
