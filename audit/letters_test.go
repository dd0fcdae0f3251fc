package audit

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"claimwatch"
	"claimwatch/audit/paper/papertest"
)

// letterOf gets a paper and checks how it is sent.
func (d *desk) letterOf(caller claimwatch.Caller, path, mediaType, name string) []byte {
	d.t.Helper()
	r := d.call(caller, http.MethodGet, path, nil)
	if r.Code != http.StatusOK || r.Header().Get("Content-Type") != mediaType || r.Header().Get("Content-Disposition") != `attachment; filename="`+name+`"` {
		d.t.Fatalf("%s: %d %v %.200s", path, r.Code, r.Header(), r.Body)
	}
	return r.Body.Bytes()
}

// A notice as a letter says what the institution was told, of its own lines only, and
// stays as it is when the day is over and names change.
func TestNoticeLetter(t *testing.T) {
	d := newDesk(t)
	d.load("institutions", institutionHead+"H1,太原市某某医院,medical,3,太原,false\nH2,另一医院,medical,3,太原,false\n")
	d.load("agencies", agencyHead+"A2,太原,太原市经办机构\n")
	d.act(officer, d.facts.put(sample("one", false)), "notify", 0)
	late := d.facts.put(sample("shared", true))
	d.act(officer, late, "notify", 0)
	own := good[page[NoticeView]](d, d.call(hospital, "GET", "/v1/notices", nil)).Items[0]
	path := "/v1/notices/" + own.ID + "?format=pdf"
	raw := d.letterOf(hospital, path, typePDF, "notice-2026-0001.pdf")
	papertest.Holds(t, raw, "太原市经办机构", "太原市某某医院（H1）：", "编号：2026-0001", "（当日未满，仍可能增加）", "2项问题，涉及金额512.00元", "第三十二条", "2026年3月9日24时前", "系暂定", "CT扫描", "256.00",
		"协议医疗、康复机构应当严格执行", "because", "日期：2026年3月2日")
	if text := papertest.Text(t, raw); strings.Contains(text, "H2") || strings.Contains(text, "F9") || strings.Contains(text, "另一医院") {
		t.Error("the letter speaks of another institution")
	}
	d.refused(d.call(another, "GET", path, nil), 404, claimwatch.CodeNotFound)

	d.clock("2026-03-03T10:00:00+08:00")
	closed := d.letterOf(officer, path, typePDF, "notice-2026-0001.pdf")
	d.load("institutions", institutionHead+"H1,新名医院,medical,3,太原,false\n")
	d.load("agencies", agencyHead+"A2,太原,新名机构\n")
	if again := d.letterOf(officer, path, typePDF, "notice-2026-0001.pdf"); !bytes.Equal(again, closed) || strings.Contains(papertest.Text(t, again), "当日未满") {
		t.Error("the letter of a day that is over is not what it was")
	}
	// A term of its own is told beside its finding; a record that is gone is told by its number.
	d.act(officer, late, "extend", 1)
	d.facts.mu.Lock()
	d.facts.lines["H1|F1"] = LineFacts{}
	d.facts.mu.Unlock()
	papertest.Holds(t, d.letterOf(officer, path, typePDF, "notice-2026-0001.pdf"), "本项说明期限：至2026年3月16日24时", "2026年3月9日24时前", "F1", "—")
}

func TestSettlementLetters(t *testing.T) {
	d := money(t)
	d.clock("2027-01-10T10:00:00+08:00")
	path := "/v1/settlements?institution_id=H1&month=2026-03"
	papertest.Holds(t, d.letterOf(clerk, path+"&format=pdf", typePDF, "settlement-2026-03.pdf"), "（预览，未结账）", "150.05元（人民币壹佰伍拾元零伍分）")
	for _, month := range []string{"02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"} {
		d.closed("2026-" + month)
	}
	doc := d.see(clerk, "2026-03")
	raw := d.letterOf(hospital, "/v1/settlements?month=2026-03&format=pdf", typePDF, "settlement-2026-03.pdf")
	papertest.Holds(t, raw, "First（H1）：", "2026年3月", "编号："+*doc.Number, "预留审核通过费用的10%", "应拨付135.05元（人民币壹佰叁拾伍元零伍分）", "S1", doc.SHA256, "经办人："+clerk.KeyID, "复核人："+director.KeyID, "拒付费用清单"+*doc.RejectedList)
	if again := d.call(officer, "GET", path, nil, "Accept", typePDF); !bytes.Equal(again.Body.Bytes(), raw) {
		t.Error("another PDF by Accept")
	}
	file, err := excelize.OpenReader(bytes.NewReader(d.letterOf(clerk, path+"&format=xlsx", typeXLSX, "settlement-2026-03.xlsx")))
	if err != nil {
		t.Fatalf("OpenReader() error:\n%+v", err)
	}
	if got, err := file.GetCellValue("按就诊", "D2", excelize.Options{RawCellValue: true}); err != nil || got != "150.05" {
		t.Errorf("the stay is settled with %q, %v", got, err)
	}
	d.load("assessments", "institution_id,year,score,satisfaction\nH1,2026,89.9999,95\n")
	for _, caller := range []claimwatch.Caller{clerk, director} {
		if r := d.call(caller, "POST", "/v1/year-ends/H1/2026/close", nil); r.Code >= 300 {
			t.Fatalf("close the year: %d %s", r.Code, r.Body)
		}
	}
	papertest.Holds(t, d.letterOf(hospital, "/v1/year-ends?year=2026&format=pdf", typePDF, "year-end-2026.pdf"), "2026年度工伤保险履约保证金年终清算单", "89.9999分（80分（含）至90分）", "90%", "40.60", "36.54元", "4.06元", "2026年12月")
}
