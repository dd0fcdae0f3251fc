package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/paper/papertest"
	"claimwatch/audit/sanction"
)

func (d *desk) sanction(caller claimwatch.Caller, m MatterView, action string, more map[string]any) MatterView {
	d.t.Helper()
	body := map[string]any{"action": action, "reason": "because", "expected_revision": m.Revision}
	for name, value := range more {
		body[name] = value
	}
	return good[MatterView](d, d.call(caller, "POST", "/v1/sanctions/"+m.ID+"/decisions", body))
}

func (d *desk) status(institution, on string) agreement.Status {
	d.t.Helper()
	got := good[page[agreementView]](d, d.call(officer, "GET", "/v1/agreements?institution_id="+institution+"&on="+on, nil))
	if len(got.Items) == 0 {
		return ""
	}
	return got.Items[0].Status
}

// TestSanctionOverHTTP: from the recommendation to resumption, by the paths of the
// contract; the hospital reads nothing before the notice.
func TestSanctionOverHTTP(t *testing.T) {
	d := settled(t)
	m := good[MatterView](d, d.call(officer, "POST", "/v1/sanctions", map[string]any{
		"institution_id": "H1", "measure": "agreement_suspended", "grounds": []string{"38.1"}, "months": 3, "findings": []string{"f_1"}, "reason": "查实",
	}))
	path := "/v1/sanctions/" + m.ID
	d.refused(d.call(hospital, "GET", path, nil), 404, claimwatch.CodeNotFound)
	d.refused(d.call(hospital, "GET", path+"/letter", nil), 404, claimwatch.CodeNotFound)
	papertest.Holds(t, d.call(watcher, "GET", path+"/letter", nil).Body.Bytes(), "草稿，未编号")
	m = d.sanction(officer, m, "propose", map[string]any{"months": 4})
	confirm := map[string]any{"action": "confirm", "reason": "r", "expected_revision": m.Revision}
	d.refused(d.call(officer, "POST", path+"/decisions", confirm), 403, claimwatch.CodeForbidden)
	d.refused(d.call(clerk, "POST", path+"/decisions", confirm), 403, claimwatch.CodeForbidden)
	m = d.sanction(director, m, "confirm", map[string]any{"hold_notice": true})
	if m.State != "decided" || m.Fields["months"] != "4" || d.status("H1", "2026-03-02") != agreement.Active {
		t.Errorf("decided: %+v", m)
	}
	m = d.sanction(officer, m, "notify", map[string]any{"fields": map[string]string{"notice": "自通知之日起中止四个月"}})
	if d.status("H1", "2026-03-01") != agreement.Active || d.status("H1", "2026-03-02") != agreement.Suspended || d.status("H2", "2026-03-02") != agreement.Active {
		t.Error("the notice does not change the agreement")
	}
	if m.Due == nil || m.Due.On.String() != "2026-07-01" || m.Overdue {
		t.Errorf("due: %+v", m.Due)
	}
	seen := good[MatterView](d, d.call(hospital, "GET", path, nil))
	if seen.OpenedBy != "agency" || seen.Fields["notice"] == "" || len(seen.History) != 1 || strings.Join(possible(seen), " ") != "answer apply_resumption" {
		t.Errorf("the hospital reads %+v", seen)
	}
	d.refused(d.call(another, "GET", path, nil), 404, claimwatch.CodeNotFound)
	d.refused(d.call(another, "GET", path+"/letter", nil), 404, claimwatch.CodeNotFound)
	letter := d.call(hospital, "GET", path+"/letter", nil)
	papertest.Holds(t, letter.Body.Bytes(), "中止工伤保险服务协议通知书", "工险处〔2026〕1号", "一院", "4个月", "自2026年3月2日起至2026年7月1日止", groundText("38.1"),
		"自通知之日起中止四个月", "第四十五条", "按服务日期不予结算")
	m = d.sanction(hospital, seen, "answer", map[string]any{"fields": map[string]string{"answer": "不同意"}})
	m = d.sanction(hospital, m, "apply_resumption", nil)
	d.clock("2026-07-02T10:00:00+08:00")
	m = d.sanction(officer, m, "accept_resumption", map[string]any{"fields": map[string]string{"inspected_on": "2026-07-02"}})
	if m.Proposal == nil || d.status("H1", "2026-07-02") != agreement.Suspended {
		t.Errorf("one person alone accepts: %+v", m)
	}
	d.sanction(director, m, "confirm", nil)
	if d.status("H1", "2026-07-01") != agreement.Suspended || d.status("H1", "2026-07-02") != agreement.Active {
		t.Error("the agreement does not go on")
	}
	got := good[page[agreementView]](d, d.call(hospital, "GET", "/v1/agreements", nil))
	if len(got.Items) != 1 || got.Items[0].Counted != 1 || got.Items[0].Agency != "AG1" || got.Items[0].TermUntil.String() != "2027-01-01" {
		t.Errorf("the hospital's agreement = %+v", got.Items)
	}
	public := good[page[publicAgreement]](d, d.call(another, "GET", "/v1/agreements/public?on=2026-04-01", nil))
	if len(public.Items) != 2 || public.Items[0].Name != "一院" || public.Items[0].Status != agreement.Suspended {
		t.Errorf("the public list = %+v", public.Items)
	}
	// What the public sees, and nothing else.
	var open struct {
		Items []map[string]any `json:"items"`
	}
	raw := d.call(nobody, "GET", "/v1/agreements/public", nil)
	if err := json.Unmarshal(raw.Body.Bytes(), &open); err != nil || raw.Code != 200 || len(open.Items) != 2 {
		t.Fatalf("the public list without a key: %d %s", raw.Code, raw.Body)
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(open.Items[0])), []string{"city", "institution_id", "kind", "level", "name", "since", "status"}); diff != "" {
		t.Errorf("the public list has (-got, +want):\n%s", diff)
	}
	d.refused(d.call(hospital, "GET", "/v1/agreements?institution_id=H2", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(officer, "GET", "/v1/agreements/public?on=today", nil), 400, claimwatch.CodeBadQuery)
}

// TestPapersOfASanction: what is intended is told and answered first; the notice
// quotes both; the report is the agency's; every measure has a notice.
func TestPapersOfASanction(t *testing.T) {
	d := settled(t)
	m := good[MatterView](d, d.call(officer, "POST", "/v1/sanctions", map[string]any{
		"institution_id": "H1", "measure": "agreement_suspended", "grounds": []string{"38.1"}, "months": 3, "findings": []string{"f_1"}, "amount": "12.00", "reason": "查实",
	}))
	path := "/v1/sanctions/" + m.ID + "/letter"
	d.refused(d.call(officer, "GET", path+"?paper=intent", nil), 404, claimwatch.CodeNotFound)
	m = d.sanction(officer, m, "announce", map[string]any{"fields": map[string]string{"intent": "重复收费十二元"}})
	intent := d.call(hospital, "GET", path, nil)
	papertest.Holds(t, intent.Body.Bytes(), "拟处理告知书", "一院", "重复收费十二元", "中止服务协议3个月", "2026年3月9日24时前", "不是处理决定")
	d.refused(d.call(hospital, "GET", path+"?paper=notice", nil), 404, claimwatch.CodeNotFound)
	d.refused(d.call(another, "GET", path, nil), 404, claimwatch.CodeNotFound)
	m = d.sanction(hospital, m, "answer", map[string]any{"fields": map[string]string{"answer": "系统误传"}})
	m = d.sanction(officer, m, "propose", nil)
	m = d.sanction(director, m, "confirm", map[string]any{"hold_notice": true})
	notify := map[string]any{"action": "notify", "reason": "r", "expected_revision": m.Revision}
	d.refused(d.call(officer, "POST", "/v1/sanctions/"+m.ID+"/decisions", notify), 422, claimwatch.CodeInvalid) // what is told?
	m = d.sanction(officer, m, "notify", map[string]any{"fields": map[string]string{
		"notice": "查实重复收费", "notice_no": "同工险〔2026〕3号", "reported_to": "大同市人力资源和社会保障局", "service": "in_person",
	}})
	m = d.sanction(officer, m, "serve", map[string]any{"fields": map[string]string{"service": "in_person", "served_on": "2026-03-02", "service_no": "回7"}})
	m = d.sanction(hospital, m, "answer", map[string]any{"fields": map[string]string{"answer": "后来的话"}})
	notice := d.call(hospital, "GET", path, nil)
	papertest.Holds(t, notice.Body.Bytes(), "中止工伤保险服务协议通知书", "同工险〔2026〕3号", "查实重复收费", "陈述和申辩：系统误传", "直接送达", "送达日期：2026年3月2日", "回7",
		"60日内向有管辖权的行政复议机关申请行政复议", "6个月内", "第三十七条")
	if mine := d.call(officer, "GET", path, nil); mine.Body.String() != notice.Body.String() {
		t.Error("the officer reads another notice than the hospital")
	}
	if strings.Contains(papertest.Text(t, notice.Body.Bytes()), "后来的话") {
		t.Error("the notice quotes what was said after it")
	}
	d.refused(d.call(hospital, "GET", path+"?paper=report", nil), 403, claimwatch.CodeForbidden)
	papertest.Holds(t, d.call(officer, "GET", path+"?paper=report", nil).Body.Bytes(), "处理情况报告", "大同市人力资源和社会保障局：", "自2026年3月2日起中止服务协议3个月")
	for measure, title := range map[string]string{
		"interview": "约谈通知书", "order_to_rectify": "限期整改通知书", "public_criticism": "通报批评通知书", "payment_withheld": "暂停拨付费用通知书", "fees_deducted": "扣除违规费用通知书",
		"network_suspended": "暂停联网结算通知书", "bond_forfeited": "扣除保证金通知书", "agreement_terminated": "解除工伤保险服务协议通知书", "staff_suspended": "停止工伤保险服务资格通知书",
	} {
		one := good[MatterView](d, d.call(officer, "POST", "/v1/sanctions", map[string]any{
			"institution_id": "H2", "measure": measure, "grounds": []string{"39.3"}, "physician_id": "D1", "years": 2, "reason": "查实",
		}))
		papertest.Holds(t, d.call(officer, "GET", "/v1/sanctions/"+one.ID+"/letter", nil).Body.Bytes(), title, "草稿，未编号", "送达回证", groundText("39.3"))
		if measure == "staff_suspended" {
			papertest.Holds(t, d.call(officer, "GET", "/v1/sanctions/"+one.ID+"/letter?paper=report", nil).Body.Bytes(), "处理意见请示", "停止D1工伤保险服务资格2年")
		}
	}
}

// TestRecommendationsOverHTTP: rejected findings that endanger the fund support a
// suspension; the dossier says what, and what speaks against it; nothing happens
// by itself.
func TestRecommendationsOverHTTP(t *testing.T) {
	d := settled(t)
	d.audit.deps.ChargedTotal = func(_ context.Context, _ string, _ claimwatch.Instant, within claimwatch.Interval) (claimwatch.Fen, error) {
		if within.From.Day().String() != "2025-03-02" || within.Until.Day().String() != "2026-03-03" {
			t.Errorf("asked for %s to %s", within.From, within.Until)
		}
		return 100_000_00, nil
	}
	for _, subject := range []string{"a", "b", "c", "d"} {
		f := sample(subject, true)
		f.Lines[0].RecordID, f.Lines[1].RecordID, f.Lines[2].RecordID = "F0"+subject, "F1"+subject, "F9"+subject
		f.Amount = 0
		for i := range f.Lines {
			if f.Lines[i].Role == claimwatch.Violating && f.Lines[i].InstitutionID == "H1" {
				f.Lines[i].Amount = 5000_00
			}
			f.Amount += f.Lines[i].Amount
		}
		claimwatch.SortLines(f.Lines)
		held := d.facts.put(f)
		good[FindingDetail](d, d.decide(officer, held, "notify", 0))
		for i, house := range []claimwatch.Caller{hospital, another} {
			if r := d.explain(house, held.ID); i == 0 && r.Code != 200 {
				t.Fatalf("explain: %s", r.Body)
			}
		}
		standing := d.j.Standing(held.ID, d.at)
		good[FindingDetail](d, d.decide(officer, held, "reject", standing.Revision))
	}
	got := good[recommendationsPage](d, d.call(watcher, "GET", "/v1/sanctions/recommendations", nil))
	if len(got.Items) == 0 || got.Items[0].InstitutionID != "H1" || len(got.Table) != len(sanction.Table()) {
		t.Fatalf("recommended: %+v", got)
	}
	first := got.Items[0].Recommendations[0]
	if first.Measure != "agreement_suspended" || first.Months != 5 || first.Amount != 20_000_00 || len(first.Findings) != 4 || len(first.Against) < 3 {
		t.Errorf("the severest = %+v", first)
	}
	d.refused(d.call(hospital, "GET", "/v1/sanctions/recommendations", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(officer, "POST", "/v1/sanctions", map[string]any{
		"institution_id": "H1", "measure": "agreement_terminated", "by_data": true, "reason": "r",
	}), 422, claimwatch.CodeInvalid)
	m := good[MatterView](d, d.call(officer, "POST", "/v1/sanctions", map[string]any{
		"institution_id": "H1", "measure": "agreement_suspended", "by_data": true, "reason": "r",
	}))
	if m.Fields["months"] != "5" || m.Fields["grounds"] != "38.1" || m.Fields["amount"] != "20000.00" || m.Fields["origin"] != "data" ||
		!strings.Contains(m.Fields["dossier"], `"against"`) || len(m.Fields["dossier_sha256"]) != 64 {
		t.Errorf("the sanction = %+v", m.Fields)
	}
	dossier := d.call(watcher, "GET", "/v1/sanctions/"+m.ID+"/dossier", nil)
	if sum := sha256.Sum256(dossier.Body.Bytes()); dossier.Code != 200 || hex.EncodeToString(sum[:]) != m.Fields["dossier_sha256"] {
		t.Errorf("the dossier (%d) has another hash: %s", dossier.Code, dossier.Body)
	}
	read := d.call(watcher, "GET", "/v1/sanctions/"+m.ID+"/dossier?format=pdf", nil)
	papertest.Holds(t, read.Body.Bytes(), "处理建议卷宗", "中止服务协议", "5个月", m.Fields["dossier_sha256"][:16], first.Against[0].Zh, first.Findings[0], "20,000.00")
	d.refused(d.call(cityOfficer("大同", "H2"), "GET", "/v1/sanctions/"+m.ID+"/dossier", nil), 404, claimwatch.CodeNotFound)
	d.refused(d.call(hospital, "GET", "/v1/sanctions/"+m.ID+"/dossier", nil), 403, claimwatch.CodeForbidden)
	if d.status("H1", "2026-03-02") != agreement.Active {
		t.Error("a recommendation changes the agreement")
	}
}

type recommendationsPage struct {
	Items []recommended         `json:"items"`
	Table []sanction.StatedRule `json:"table"`
}

// TestHandoverLetter: the letter names the authority, the case, each pack by its
// hash; it is a draft until two people have sent it.
func TestHandoverLetter(t *testing.T) {
	d := settled(t)
	pack := strings.Repeat("ab", 32)
	m := d.open(officer, "handovers", map[string]any{
		"institution_id": "H1", "reason": "虚记费用", "fields": map[string]string{"to": "justice", "authority": "市公安局", "packs": pack},
	})
	path := "/v1/handovers/" + m.ID + "/letter"
	papertest.Holds(t, d.call(watcher, "GET", path, nil).Body.Bytes(), "草稿，未编号", "市公安局", "虚记费用", pack, "第四十六条", "请依法追究刑事责任")
	m = good[MatterView](d, d.step(officer, "handovers", m, "send", map[string]string{"sent_on": "2026-03-02"}))
	good[MatterView](d, d.step(director, "handovers", m, "confirm", nil))
	papertest.Holds(t, d.call(watcher, "GET", path, nil).Body.Bytes(), m.Number, "2026年3月2日", "一院")
	d.refused(d.call(hospital, "GET", path, nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(cityOfficer("大同", "H2"), "GET", path, nil), 404, claimwatch.CodeNotFound)
}

// TestSanctionAmounts: what recommendations rest on is what stands rejected: of two
// findings over one line each yuan counts once, nothing of what was refunded since does,
// and who was told of a finding of which only another's lines were rejected has none.
func TestSanctionAmounts(t *testing.T) {
	d := settled(t)
	reject := func(f claimwatch.Finding, lines ...claimwatch.Line) {
		held := d.facts.put(f)
		good[FindingDetail](d, d.decide(officer, held, "notify", 0))
		d.explain(hospital, held.ID)
		d.explain(another, held.ID)
		body := map[string]any{"action": "reject", "reason": "because", "expected_revision": d.j.Standing(held.ID, d.at).Revision, "facts_sha256": held.Facts}
		if len(lines) > 0 {
			body["lines"] = []map[string]any{{"record_id": lines[0].RecordID, "institution_id": lines[0].InstitutionID, "amount": lines[0].Amount}}
		}
		good[FindingDetail](d, d.call(officer, "POST", "/v1/findings/"+held.ID+"/decisions", body))
	}
	reject(sample("one", false))
	reject(sample("two", false)) // over the same line
	f := sample("three", true)
	of := slices.IndexFunc(f.Lines, func(l claimwatch.Line) bool { return l.InstitutionID == "H2" })
	reject(f, f.Lines[of]) // it belongs to H1
	sums := func(institution string) (count int, sum claimwatch.Fen) {
		facts, err := d.audit.sanctionFacts(t.Context(), institution, d.at)
		if err != nil {
			t.Fatalf("sanctionFacts() error:\n%+v", err)
		}
		for _, x := range facts.Findings {
			sum += x.Amount
		}
		return len(facts.Findings), sum
	}
	if count, sum := sums("H2"); count != 1 || sum != 1000 {
		t.Errorf("H2: %d findings, %s; want one line of it", count, sum)
	}
	if count, sum := sums("H1"); count != 2 || sum != 25_600 {
		t.Errorf("H1: %d findings, %s; want its two, and every yuan once", count, sum)
	}
	line := d.facts.lines["H1|F1"]
	line.Net = 5_600
	d.facts.lines["H1|F1"] = line
	if err := d.audit.sweepRejected(t.Context()); err != nil {
		t.Fatalf("sweepRejected() error:\n%+v", err)
	}
	if count, sum := sums("H1"); count != 2 || sum != 5_600 {
		t.Errorf("H1 after a refund: %d findings, %s", count, sum)
	}
}

// TestConfirmationTells: the plainest way that the contract names, by two persons, and
// the agreement is suspended. Who sends the confirmation again changes nothing more.
func TestConfirmationTells(t *testing.T) {
	d := agreed(t)
	m := good[MatterView](d, d.call(officer, "POST", "/v1/sanctions", map[string]any{
		"institution_id": "H1", "measure": "suspension", "grounds": []string{"38.1"}, "months": 3, "reason": "r",
	}))
	if m.Fields["measure"] != "agreement_suspended" {
		t.Errorf("measure %s", m.Fields["measure"])
	}
	path := "/v1/sanctions/" + m.ID + "/decisions"
	m = good[MatterView](d, d.call(officer, "POST", path, map[string]any{"reason": "r", "expected_revision": m.Revision}))
	confirm := map[string]any{"reason": "查实", "expected_revision": m.Revision}
	if d.status("H1", "2026-03-02") != agreement.Active {
		t.Error("one person suspends an agreement")
	}
	d.refused(d.call(officer, "POST", path, confirm, "Idempotency-Key", "o"), 403, claimwatch.CodeForbidden)
	for range 2 {
		m = good[MatterView](d, d.call(director, "POST", path, confirm, "Idempotency-Key", "k"))
		if _, notified := taken(&m, "notify"); !notified || m.State != "in_force" || d.status("H1", "2026-03-02") != agreement.Suspended || len(m.History) != 4 {
			t.Fatalf("confirmed: %s, %d steps", m.State, len(m.History))
		}
	}
	seen := good[MatterView](d, d.call(hospital, "GET", "/v1/sanctions/"+m.ID, nil))
	if seen.Fields["notice"] != "查实" {
		t.Errorf("the institution is told %q", seen.Fields["notice"])
	}
}
