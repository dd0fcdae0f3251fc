package audit

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"claimwatch"
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

func TestPreferred(t *testing.T) {
	for accept, want := range map[string]string{
		"": "json", "*/*": "json", "text/html": "json", "text/csv": "csv", "application/json, text/csv": "json", typeXLSX + ";q=0.9, application/pdf": "xlsx", "application/pdf, text/csv": "pdf",
	} {
		if got := preferred(accept); got != want {
			t.Errorf("preferred(%q) = %s, want %s", accept, got, want)
		}
	}
}
