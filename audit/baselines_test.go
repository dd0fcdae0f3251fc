package audit

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/baseline"
)

type built struct {
	Month, From, Until                         string
	Stays, Rows, Withdrawn, Changed, Unchanged int
	NoGroup                                    int `json:"no_group"`
	NoLevel                                    int `json:"no_level"`
	Version                                    uint64
}

// Baselines are one load of the journal; building again changes what is new,
// and withdraws what no stay gives any more, of that month alone.
func TestBaselinesOverHTTP(t *testing.T) {
	d := newDesk(t)
	header := "diagnosis_group,level,month,n,p95,median,mad\n"
	good[loaded](d, d.call(admin, "PUT", "/v1/reference/los_baselines", header+"S82,3,2026-02,40,20,10,3\n"))
	d.lengths = LengthsOfStay{NoGroup: 4, NoLevel: 5, Lengths: []baseline.Length{
		{Group: "S82", Level: 3, Days: 3, Stays: 1}, {Group: "S82", Level: 3, Days: 10, Stays: 1}, {Group: "T14", Level: 1, Days: 2, Stays: 3},
	}}
	month := map[string]string{"month": "2026-03"}
	got := good[built](d, d.call(admin, "POST", "/v1/baselines", month))
	want := built{
		Month: "2026-03", From: "2024-03-01T00:00:00.000+08:00", Until: "2026-03-01T00:00:00.000+08:00",
		Stays: 5, NoGroup: 4, NoLevel: 5, Rows: 2, Changed: 2, Version: 2,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("first (-want, +got):\n%s", diff)
	}
	if d.asked.From.String() != want.From || d.asked.Until.String() != want.Until {
		t.Errorf("asked for %v", d.asked)
	}
	d.lengths = LengthsOfStay{Lengths: d.lengths.Lengths[:2]}
	want = built{Month: want.Month, From: want.From, Until: want.Until, Stays: 2, Rows: 1, Withdrawn: 1, Changed: 1, Unchanged: 1, Version: 3}
	if diff := cmp.Diff(want, good[built](d, d.call(admin, "POST", "/v1/baselines", month))); diff != "" {
		t.Errorf("again (-want, +got):\n%s", diff)
	}
	rows := good[page[rowView]](d, d.call(officer, "GET", "/v1/reference/los_baselines", nil))
	for _, described := range good[page[tableView]](d, d.call(officer, "GET", "/v1/reference?limit=50", nil)).Items {
		if (described.Last != nil) != (described.Table == "los_baselines") {
			t.Errorf("%s was loaded last by %+v", described.Table, described.Last)
		}
		if described.Last != nil && (described.Loads != 3 || described.Last.Version != 3 || !described.Columns[2].Key || described.Columns[2].Type != "month") {
			t.Errorf("description %+v", described)
		}
	}
	var texts []map[string]string
	for _, row := range rows.Items {
		texts = append(texts, row.Row)
	}
	if diff := cmp.Diff([]map[string]string{
		{"diagnosis_group": "S82", "level": "3", "month": "2026-02", "n": "40", "p95": "20", "median": "10", "mad": "3"},
		{"diagnosis_group": "S82", "level": "3", "month": "2026-03", "n": "2", "p95": "10", "median": "6.5", "mad": "3.5"},
	}, texts); diff != "" {
		t.Errorf("rows (-want, +got):\n%s", diff)
	}
	if void := good[page[rowView]](d, d.call(officer, "GET", "/v1/reference/los_baselines?void=true", nil)); len(void.Items) != 3 {
		t.Errorf("with withdrawn ones %d rows, want 3", len(void.Items))
	}

	// No stay at all is a load too: the table is loaded, and says nothing.
	d.lengths = LengthsOfStay{}
	if got := good[built](d, d.call(admin, "POST", "/v1/baselines", map[string]string{"month": "2030-01"})); got.Rows != 0 || got.Version != 4 {
		t.Errorf("without stays %+v", got)
	}
	d.refused(d.call(admin, "POST", "/v1/baselines", map[string]string{"month": "2026-13"}), 422, claimwatch.CodeInvalid)
	d.refused(d.call(officer, "POST", "/v1/baselines", month), 403, claimwatch.CodeForbidden)
	if seq, _ := d.j.Head(); seq != 4 {
		t.Errorf("refused calls made entries: %d", seq)
	}
}
