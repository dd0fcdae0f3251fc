package reference

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func parse(t testing.TB, table, body string) []Row {
	t.Helper()
	rows, err := Parse(tableOf(t, table), CSV, []byte(body))
	if err != nil {
		t.Fatalf("Parse() error:\n%+v", err)
	}
	return rows
}

const packages = "package_code,valid_from,valid_until,component_codes,price,void\n"

func TestUpsert(t *testing.T) {
	table := tableOf(t, "item_packages")
	var s State
	steps := []struct {
		name, rows         string
		changed, unchanged int
	}{
		{"new", "P,2026-01-01,,A;B,10.00,\nQ,2026-01-01,,A;B,10.00,\n", 2, 0},
		{"the same in another spelling", "P,2026-01-01,,A; B,10,false\n", 0, 1},
		{"one changed", "P,2026-01-01,,A;B,10.01,\nQ,2026-01-01,,A;B,10.00,\n", 1, 1},
		{"withdrawn", "P,2026-01-01,,,,true\n", 1, 0},
		{"withdrawn again", "P,2026-01-01,,,,true\n", 0, 1},
		{"withdrawn without being there", "R,2026-01-01,,,,true\n", 0, 1},
		{"back again", "P,2026-01-01,,A;B,10.01,\n", 1, 0},
		{"nothing", "", 0, 0},
	}
	for i, step := range steps {
		rows := parse(t, "item_packages", packages+step.rows)
		if err := s.Check(table, rows); err != nil {
			t.Fatalf("%s: Check() error:\n%+v", step.name, err)
		}
		out := s.Load(table, rows, uint64(i+1))
		if len(out.Changed) != step.changed || out.Unchanged != step.unchanged || out.Version != uint64(i+1) {
			t.Errorf("%s: changed %d, unchanged %d, version %d; want %d, %d", step.name, len(out.Changed), out.Unchanged, out.Version, step.changed, step.unchanged)
		}
	}
	if s.Version("item_packages") != uint64(len(steps)) || s.Version("items") != 0 {
		t.Errorf("versions %d and %d", s.Version("item_packages"), s.Version("items"))
	}
}

func TestOverlap(t *testing.T) {
	cases := []struct {
		name, loaded, file string
		want               []string
	}{
		{"half-open spans touch", "P,2026-01-01,2026-02-01,A,1,\n", "P,2026-02-01,,A,1,\n", nil},
		{"one day too early", "P,2026-01-01,2026-02-01,A,1,\n", "P,2026-01-31,,A,1,\n", []string{"2 valid_from conflict"}},
		{"open end covers all", "P,2026-01-01,,A,1,\n", "P,2027-01-01,,A,1,\n", []string{"2 valid_from conflict"}},
		{"shortened in the same file", "P,2026-01-01,,A,1,\n", "P,2027-01-01,,A,1,\nP,2026-01-01,2027-01-01,A,1,\n", nil},
		{"withdrawn in the same file", "P,2026-01-01,,A,1,\n", "P,2026-01-01,,,,true\nP,2026-06-01,,A,1,\n", nil},
		{"lengthened over a later one", "P,2026-01-01,2026-02-01,A,1,\nP,2026-02-01,,A,1,\n", "P,2026-01-01,2026-02-02,A,1,\n", []string{"2 valid_from conflict"}},
		{"within the file", "", "P,2026-01-01,,A,1,\nP,2026-06-01,,A,1,\nQ,2026-06-01,,A,1,\n", []string{"3 valid_from conflict"}},
		{"another code", "P,2026-01-01,,A,1,\n", "Q,2026-01-01,,A,1,\n", nil},
	}
	table := tableOf(t, "item_packages")
	for _, c := range cases {
		var s State
		s.Load(table, parse(t, "item_packages", packages+c.loaded), 1)
		err := s.Check(table, parse(t, "item_packages", packages+c.file))
		if diff := cmp.Diff(faultsOf(t, err), c.want); diff != "" {
			t.Errorf("%s: faults (-got, +want):\n%s", c.name, diff)
		}
	}
}

func TestItemsOverlapByRegion(t *testing.T) {
	table := tableOf(t, "items")
	header := "item_code,region,valid_from,name,category,unit,in_scope,rehab,hour_unit,order_required,report_required,non_injury\n"
	row := func(region, from string) string { return "A," + region + "," + from + ",n,drug,盒,1,0,0,0,0,0\n" }
	var s State
	s.Load(table, parse(t, "items", header+row("", "2026-01-01")), 1)
	if err := s.Check(table, parse(t, "items", header+row("太原", "2026-06-01"))); err != nil {
		t.Errorf("another region overlaps: %v", err)
	}
	if err := s.Check(table, parse(t, "items", header+row("", "2026-06-01"))); err == nil {
		t.Error("the same region does not overlap")
	}
}

func TestWarnings(t *testing.T) {
	var s State
	pairs := tableOf(t, "item_pairs")
	header := "pair_id,item_code,included_code,scope,absolute,valid_from,source,void\n"
	rows := parse(t, "item_pairs", header+"X,A,B,day,1,2026-01-01,s,\nY,A,C,day,1,2026-01-01,s,\nZ,D,E,day,1,2026-01-01,s,1\n")
	items := "item_code,valid_from,name,category,unit,in_scope,rehab,hour_unit,order_required,report_required,non_injury\n" +
		"A,2026-01-01,n,drug,盒,1,0,0,0,0,0\nB,2026-01-01,n,drug,盒,1,0,0,0,0,0\n"
	s.Load(tableOf(t, "items"), parse(t, "items", items), 1)
	warnings := s.Warnings(pairs, rows)
	if len(warnings) != 1 || warnings[0].Line != 3 || warnings[0].Column != "included_code" || !strings.Contains(warnings[0].Message, `"C"`) {
		t.Errorf("warnings = %+v, want one about C in line 3", warnings)
	}
	many := header + strings.Repeat("X,A,N,day,1,2026-01-01,s,\n", 1)
	for i := range 150 {
		many += "P" + string(rune('a'+i%26)) + strings.Repeat("x", i/26) + ",A,N,day,1,2026-01-01,s,\n"
	}
	if got := len(s.Warnings(pairs, parse(t, "item_pairs", many))); got != maxWarnings {
		t.Errorf("%d warnings, want %d", got, maxWarnings)
	}
}

// Every column that refers elsewhere exists, and so does the table it names.
func TestReferencesAreColumns(t *testing.T) {
	for name, columns := range references {
		for column, target := range columns {
			if columnIndex(tableOf(t, name), column) < 0 {
				t.Errorf("table %s has no column %s", name, column)
			}
			tableOf(t, target)
		}
	}
}
