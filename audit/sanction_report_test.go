package audit

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/paper/papertest"
	"claimwatch/audit/sanction"
)

// TestSanctionReport: what two persons have decided is reported to the administration,
// with the answer, what speaks against it, and whether it was reported; before that
// there is nothing to report, and it is the agency's paper.
func TestSanctionReport(t *testing.T) {
	d := settled(t)
	dossier, err := json.Marshal(sanction.Dossier{Recommendation: sanction.Recommendation{Against: []sanction.Argument{{Says: "the first of its kind"}}}})
	if err != nil {
		t.Fatalf("Marshal() error:\n%+v", err)
	}
	m := good[MatterView](d, d.call(officer, "POST", "/v1/sanctions", map[string]any{
		"institution_id": "H1", "measure": "agreement_suspended", "grounds": []string{"38.1", "38.2"}, "months": 3, "findings": []string{"f_1", "f_2"}, "amount": "12.50", "reason": "查实",
	}))
	m = d.sanction(officer, m, "amend", map[string]any{"fields": map[string]string{"dossier": string(dossier)}})
	path := "/v1/sanctions/" + m.ID + "/report"
	d.refused(d.call(officer, "GET", path, nil), 409, claimwatch.CodeIllegalTransition)
	m = d.sanction(officer, m, "propose", nil)
	d.refused(d.call(officer, "GET", path, nil), 409, claimwatch.CodeIllegalTransition)
	m = d.sanction(director, m, "confirm", nil)

	day := func(text string) *claimwatch.Day {
		day, err := claimwatch.ParseDay(text)
		if err != nil {
			t.Fatalf("ParseDay() error:\n%+v", err)
		}
		return &day
	}
	want := SanctionReport{
		SanctionID: m.ID, Number: m.Number, To: "太原人力资源社会保障行政部门", CopyTo: "省级经办机构", Agency: "太原市工伤保险中心", InstitutionID: "H1", Institution: "一院", City: "太原",
		Measure: "agreement_suspended", MeasureName: "中止服务协议", Findings: []string{"f_1", "f_2"}, Amount: 1250, State: "decided", ProposedBy: officer.KeyID,
		Grounds:   []ReportGround{{"38.1", sanction.GroundText("38.1")}, {"38.2", sanction.GroundText("38.2")}},
		DecidedBy: director.KeyID, DecidedAt: d.at, Entry: m.History[len(m.History)-1].Seq, Against: []string{"the first of its kind"},
	}
	if diff := cmp.Diff(good[SanctionReport](d, d.call(watcher, "GET", path, nil)), want); diff != "" {
		t.Errorf("before the notice (-got, +want):\n%s", diff)
	}
	decided := d.at
	d.clock("2026-03-03T10:00:00+08:00")
	m = d.sanction(officer, m, "notify", map[string]any{"fields": map[string]string{"notice_no": "停1号"}})
	m = d.sanction(hospital, good[MatterView](d, d.call(hospital, "GET", "/v1/sanctions/"+m.ID, nil)), "answer", map[string]any{"fields": map[string]string{"answer": "不同意"}})
	now := d.at
	d.clock("2026-03-20T10:00:00+08:00")
	d.sanction(officer, m, "report", map[string]any{"fields": map[string]string{"reported_on": "2026-03-04", "report_no": "报2号"}})
	want.State, want.NotifiedAt, want.NoticeNo, want.From, want.Until, want.Answer = "in_force", &now, "停1号", day("2026-03-03"), day("2026-06-03"), "不同意"
	want.Agreements, want.ReportedOn, want.ReportNo, want.DecidedAt, want.To = "A1", day("2026-03-04"), "报2号", decided, "市人社局"
	if diff := cmp.Diff(good[SanctionReport](d, d.call(watcher, "GET", path+"?to=市人社局", nil)), want); diff != "" {
		t.Errorf("after the notice (-got, +want):\n%s", diff)
	}
	letter := d.call(officer, "GET", path+"?format=pdf", nil)
	papertest.Holds(t, letter.Body.Bytes(), "关于对协议机构作出处理的报告", "太原人力资源社会保障行政部门：", "编号：报2号", "2026年3月4日", "一院（H1）", "中止服务协议", "停1号",
		"自2026年3月3日起至2026年6月2日止", "不同意", "the first of its kind", sanction.GroundText("38.2"), "12.50", "第四十三条", "抄送：省级经办机构")
	d.refused(d.call(hospital, "GET", path, nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(cityOfficer("大同", "H2"), "GET", path, nil), 404, claimwatch.CodeNotFound)
}
