package nhsa

import (
	"strings"
	"testing"
)

func sexes(t *testing.T, name, day string, rows ...[]any) *Book {
	t.Helper()
	all := sheet{directHeader}
	for _, r := range rows {
		all = append(all, []any{"", r[0], "限定性别对象", r[1]})
	}
	return book(t, name, day, all)
}

// An empty column is filled in every row that is valid on the day or later;
// everything else of the row stays.
func TestFillsEmptyColumns(t *testing.T) {
	standing := NewStanding()
	for _, cells := range []map[string]string{
		{"item_code": "A1", "valid_from": "2010-01-01", "valid_until": "2026-01-14", "name": "ended before"},
		{"item_code": "A1", "valid_from": "2026-01-14", "name": "everywhere", "price_cap_1": "20"},
		{"item_code": "A1", "region": "Datong", "valid_from": "2026-02-01", "valid_until": "2027-01-01", "name": "later", "source": "tariff 7"},
		{"item_code": "B1", "valid_from": "2026-01-14", "sex": "M"},
		{"item_code": "C1", "valid_from": "2026-01-14", "sex": "F"},
	} {
		standing.Add("items", cells, false)
	}
	standing.Add("items", map[string]string{"item_code": "D1", "valid_from": "2020-01-01"}, true)
	b := sexes(t, "【第一批】a.xlsx", "2026-01-14", []any{"A1", "女"}, []any{"B1", "女"}, []any{"C1", "女"}, []any{"D1", "女"}, []any{"E1", "女"})
	loads, report := planned(t, b, standing, Options{})
	same(t, "counts", *report.Tables["items"], Counts{Changed: 2, Unchanged: 1})
	same(t, "left out", report.Sheets[0].LeftOut, []Reason{
		{Why: whyDiffers, Count: 1, Rows: []int{3}}, {Why: whyUnknown, Count: 2, Rows: []int{5, 6}},
	})
	same(t, "differences", report.Differences, []Difference{{Table: "items", Key: "B1||2026-01-14", Column: "sex", Here: "M", File: "F"}})
	claim := "sex=F nhsa:第一批/item-sex@2026-01-14 sha256:" + b.SHA256[:16] + " 【第一批】a.xlsx Sheet1!2"
	same(t, "rows", loads[0].Rows, []map[string]string{
		{"item_code": "A1", "region": "Datong", "valid_from": "2026-02-01", "valid_until": "2027-01-01", "name": "later", "sex": "F", "source": "tariff 7; " + claim},
		{"item_code": "A1", "valid_from": "2026-01-14", "name": "everywhere", "price_cap_1": "20", "sex": "F", "source": claim},
	})
	loads, _ = planned(t, b, after(standing, loads), Options{})
	same(t, "again", len(loads), 0)
}

// A newer edition rewrites and empties what the list itself has written, and
// nothing else.
func TestNewEditionOfAnItemList(t *testing.T) {
	standing := NewStanding()
	for _, code := range []string{"A1", "B1", "C1", "D1"} {
		standing.Add("items", map[string]string{"item_code": code, "valid_from": "2020-01-01"}, false)
	}
	first := sexes(t, "【第一批】a.xlsx", "2026-01-14", []any{"A1", "女"}, []any{"B1", "女"}, []any{"C1", "女"}, []any{"D1", "女"})
	loads, _ := planned(t, first, standing, Options{})
	standing = after(standing, loads)
	standing.items["C1"][0].cells["sex"] = "M" // by hand, since
	standing.items["D1"][0].cells["sex"] = "M"
	second := sexes(t, "【第一批】b.xlsx", "2026-06-01", []any{"A1", "男"}, []any{"D1", "女"})
	loads, report := planned(t, second, standing, Options{})
	same(t, "counts", *report.Tables["items"], Counts{Changed: 1, Ended: 1})
	standing = after(standing, loads)
	got := map[string]string{}
	for code, rows := range standing.items {
		got[code] = rows[0].cells["sex"]
	}
	same(t, "sexes", got, map[string]string{"A1": "M", "B1": "", "C1": "M", "D1": "M"})
	if source := standing.items["A1"][0].cells["source"]; !strings.Contains(source, "b.xlsx") || strings.Contains(source, "a.xlsx") {
		t.Errorf("source %q", source)
	}
	same(t, "source of what was emptied", standing.items["B1"][0].cells["source"], "")
	same(t, "left out", report.Sheets[0].LeftOut, []Reason{{Why: whyDiffers, Count: 1, Rows: []int{3}}})
}

// Two lists that say something of one item share its row; a row whose source is
// full is left as it is.
func TestSharedSource(t *testing.T) {
	standing := NewStanding()
	standing.Add("items", map[string]string{"item_code": "A1", "valid_from": "2020-01-01", "source": "tariff"}, false)
	standing.Add("items", map[string]string{"item_code": "B1", "valid_from": "2020-01-01", "source": strings.Repeat("長", 200)}, false)
	age := book(t, "【第一批】c.xlsx", "2026-01-14", sheet{directHeader, {"", "A1", "限定年龄对象", "儿童"}})
	loads, reports, err := Plan([]*Book{sexes(t, "【第一批】a.xlsx", "2026-01-14", []any{"A1", "女"}, []any{"B1", "女"}), age}, standing, Options{})
	must(t, err)
	same(t, "rows", len(loads[0].Rows), 1)
	claims, others := splitClaims(loads[0].Rows[0]["source"])
	same(t, "others", others, []string{"tariff"})
	same(t, "claims", []string{claims[0].Column + claims[0].Source.Family(), claims[1].Column + claims[1].Source.Family()}, []string{"sex第一批/item-sex", "age_max第一批/item-age"})
	same(t, "no room", reports[0].Sheets[0].LeftOut, []Reason{{Why: whyNoRoom, Count: 1, Rows: []int{3}}})
}

// Columns that are never empty are compared, not written.
func TestComparesDecisions(t *testing.T) {
	standing := NewStanding()
	standing.Add("items", map[string]string{"item_code": "A1", "valid_from": "2020-01-01", "in_scope": "false"}, false)
	standing.Add("items", map[string]string{"item_code": "B1", "valid_from": "2020-01-01", "in_scope": "true", "hour_unit": "false"}, false)
	scope := book(t, "a.xlsx", "2026-01-14", sheet{directHeader, {"", "A1", "限定保险类型", "工伤"}, {"", "B1", "限定保险类型", "工伤"}})
	hours := book(t, "b.xlsx", "2026-01-14", sheet{dailyHeader, {1, "", 24, "小时", "B1"}})
	loads, reports, err := Plan([]*Book{scope, hours}, standing, Options{})
	must(t, err)
	same(t, "loads", len(loads), 0)
	same(t, "imported", reports[0].Sheets[0].Imported, 1)
	same(t, "scope", reports[0].Differences, []Difference{{Table: "items", Key: "A1||2020-01-01", Column: "in_scope", Here: "false", File: "true"}})
	same(t, "hours", reports[1].Differences, []Difference{{Table: "items", Key: "B1||2020-01-01", Column: "hour_unit", Here: "false", File: "true"}})
}

// A source that no import has written is nobody's claim.
func TestParseSource(t *testing.T) {
	want := Source{Batch: "第七批", Kind: "item-duplicate", Day: 20_467, SHA256: strings.Repeat("ab", 32), Place: "a b.xlsx Sheet1!2"}
	written := want
	written.File, written.Place = "a b.xlsx", "Sheet1!2"
	got, ok := ParseSource(written.String())
	same(t, "read back", got, want)
	same(t, "ok", ok, true)
	for _, text := range []string{"", "nhsa:", "nhsa:a/b@2026-01-14", "nhsa:a@2026-01-14 sha256:00 x y", "nhsa:a/b@2026 sha256:00 x y", "notice of 2026", "xnhsa:a/b@2026-01-14 sha256:00 x y"} {
		if _, ok := ParseSource(text); ok {
			t.Errorf("ParseSource(%q) is one", text)
		}
	}
}
