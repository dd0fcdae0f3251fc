package audit

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"claimwatch"
	"claimwatch/audit/journal/journaltest"
	"claimwatch/audit/paper/papertest"
	"claimwatch/audit/rejection"
)

// rejectOne notifies, hears and rejects a finding of H1 in February 2026.
func (d *desk) rejectOne() {
	d.t.Helper()
	held := d.facts.put(sample("H1|P1|S1", false))
	good[FindingDetail](d, d.decide(officer, held, "notify", 0))
	good[FindingDetail](d, d.explain(hospital, held.ID))
	good[FindingDetail](d, d.decide(officer, held, "reject", 2))
}

func (d *desk) load(table, csv string) {
	d.t.Helper()
	if r := d.call(admin, "PUT", "/v1/reference/"+table, csv); r.Code != 200 {
		d.t.Fatalf("load %s: %d %s", table, r.Code, r.Body)
	}
}

const institutionHead, agencyHead = "institution_id,name,kind,level,city,face_required\n", "agency_id,city,name\n"

func TestRejectionPapers(t *testing.T) {
	d := newDesk(t)
	d.load("institutions", institutionHead+"H1,=某某医院,medical,3,太原,false\n")
	d.load("agencies", agencyHead+"A1,大同,大同市经办机构\nA2,太原,太原市经办机构\n")
	d.rejectOne()
	path := "/v1/rejections?institution_id=H1&month=2026-02"
	r := d.call(hospital, "GET", path+"&format=pdf", nil)
	if r.Code != 200 || r.Header().Get("Content-Type") != "application/pdf" || r.Header().Get("Content-Disposition") != `attachment; filename="rejections-2026-02.pdf"` {
		t.Fatalf("PDF: %d %v", r.Code, r.Header())
	}
	papertest.Holds(t, r.Body.Bytes(), "太原市经办机构", "=某某医院（H1）", "（未封存，仅供核对）", "FEE-001", "256.00", "CT扫描", "人民币贰佰伍拾陆元整", "人1 "+officer.KeyID)
	if again := d.call(officer, "GET", path, nil, "Accept", "application/pdf, */*"); !bytes.Equal(again.Body.Bytes(), r.Body.Bytes()) {
		t.Error("another PDF by Accept")
	}
	r = d.call(officer, "GET", path, nil, "Accept", typeXLSX)
	if r.Code != 200 || r.Header().Get("Content-Type") != typeXLSX || r.Header().Get("Content-Disposition") != `attachment; filename="rejections-2026-02.xlsx"` {
		t.Fatalf("XLSX: %d %v", r.Code, r.Header())
	}
	file, err := excelize.OpenReader(r.Body)
	if err != nil {
		t.Fatalf("OpenReader() error:\n%+v", err)
	}
	if got, err := file.GetCellValue("拒付费用清单", "A2"); err != nil || got != "协议机构：=某某医院（H1）" {
		t.Errorf("the institution is written as %q, %v", got, err)
	}
	d.refused(d.call(another, "GET", path+"&format=pdf", nil), 403, claimwatch.CodeForbidden)
}

// What is loaded after a list was sealed changes no name on its papers; an open list
// follows.
func TestNamesOfSealedLists(t *testing.T) {
	d := newDesk(t)
	d.load("institutions", institutionHead+"H1,旧名医院,medical,3,太原,false\n")
	d.load("agencies", agencyHead+"A2,太原,旧名经办机构\n")
	d.mu.Lock()
	sealed := d.at + 1000
	early := d.at - 10*24*3600_000 // before anything was loaded: the first names there are
	d.mu.Unlock()
	d.clock("2026-04-01T10:00:00+08:00")
	d.load("institutions", institutionHead+"H1,新名医院,medical,3,太原,false\n")
	d.load("agencies", agencyHead+"A2,太原,新名经办机构\nA1,太原,另一经办机构\n")
	for _, c := range []struct {
		at                  *claimwatch.Instant
		agency, institution string
	}{{&early, "旧名经办机构", "旧名医院"}, {&sealed, "旧名经办机构", "旧名医院"}, {nil, "另一经办机构", "新名医院"}} {
		names, err := d.audit.listNames(t.Context(), rejection.RejectedList{InstitutionID: "H1", SealedAt: c.at, Items: []rejection.RejectedItem{{Rule: "FEE-001"}, {Rule: "GONE-001"}}})
		if err != nil {
			t.Fatalf("listNames() error:\n%+v", err)
		}
		if names.Agency != c.agency || names.Institution != c.institution {
			t.Errorf("names %s of %s, want %s of %s", names.Institution, names.Agency, c.institution, c.agency)
		}
	}
}

// exports are all forms of the list and of the settlement of February of H1.
func (d *desk) exports() map[string]string {
	d.t.Helper()
	out := map[string]string{}
	for _, what := range []string{"rejections", "settlements"} {
		for _, format := range []string{"json", "csv", "xlsx", "pdf"} {
			r := d.call(officer, "GET", "/v1/"+what+"?institution_id=H1&month=2026-02&format="+format, nil)
			if r.Code != 200 || r.Body.Len() == 0 {
				d.t.Fatalf("%s as %s: %d %s", what, format, r.Code, r.Body)
			}
			out[what+"."+format] = r.Body.String()
		}
	}
	return out
}

// TestSealedPapersForEver: another library, other names of everybody, loaded in the
// very moment of the seal, and a journal that is folded anew change no byte of a
// sealed list, in whatever form. An open list follows.
func TestSealedPapersForEver(t *testing.T) {
	d := money(t)
	d.book.name = "重复收费"
	d.load("institutions", institutionHead+"H1,旧名医院,medical,3,太原,false\n")
	d.load("agencies", agencyHead+"A2,太原,旧名经办机构\n")
	d.rejectOne()
	open := d.exports()
	d.closed("2026-02")
	sealed := d.exports()
	papertest.Holds(t, []byte(sealed["rejections.pdf"]), "旧名经办机构", "旧名医院（H1）", "FEE-001 重复收费", "《重复收费办法》")
	papertest.Holds(t, []byte(sealed["settlements.pdf"]), "旧名经办机构", "旧名医院")

	d.book.name = "改名"
	d.load("institutions", institutionHead+"H1,新名医院,medical,3,太原,false\n")
	d.load("agencies", agencyHead+"A2,太原,新名经办机构\nA1,太原,另一经办机构\n")
	for range 3 {
		if diff := cmp.Diff(d.exports(), sealed); diff != "" {
			t.Fatalf("exports of a closed month after everything was renamed (-got, +want):\n%s", diff)
		}
	}
	d.audit.deps.Journal = journaltest.Start(t, d.log, &journaltest.Rows{})
	if diff := cmp.Diff(d.exports(), sealed); diff != "" {
		t.Errorf("exports of a closed month after the journal was folded anew (-got, +want):\n%s", diff)
	}

	again := money(t)
	again.book.name = "改名"
	again.load("institutions", institutionHead+"H1,新名医院,medical,3,太原,false\n")
	again.rejectOne()
	if other := again.exports(); other["rejections.pdf"] == open["rejections.pdf"] || other["rejections.xlsx"] == open["rejections.xlsx"] {
		t.Error("an open list does not follow the names: the test shows nothing")
	}
}

func TestPreferred(t *testing.T) {
	for accept, want := range map[string]string{
		"": "json", "*/*": "json", "text/html": "json", "text/csv": "csv", "application/json, text/csv": "json", typeXLSX + ", application/pdf;q=0.9": "xlsx", "application/pdf, text/csv": "pdf",
		"application/pdf;q=0.9, text/csv": "csv", "text/csv;q=0.5, */*;q=0.1": "csv", "text/csv;q=0": "json", "application/problem+json, application/pdf": "pdf",
		"text/csv;q=x, application/pdf;q=0.1": "pdf", "*/*, text/csv": "json", "text/csv;q=1e999999, application/pdf;q=0.1": "pdf",
	} {
		if got := preferred(accept); got != want {
			t.Errorf("preferred(%q) = %s, want %s", accept, got, want)
		}
	}
}
