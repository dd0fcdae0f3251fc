package reference

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

func tableOf(t testing.TB, name string) claimwatch.Table {
	t.Helper()
	table, ok := claimwatch.TableNamed(name)
	if !ok {
		t.Fatalf("there is no table %s", name)
	}
	return table
}

// faultsOf gives "line column code" of each fault.
func faultsOf(t testing.TB, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var refused *claimwatch.Error
	if !errors.As(err, &refused) || refused.Code != claimwatch.CodeInvalid {
		t.Fatalf("error = %v, want invalid", err)
	}
	var list []string
	for _, f := range refused.Faults {
		list = append(list, strings.Join(strings.Fields(fmt.Sprintf("%d %s %s", f.Line, f.Column, f.Code)), " "))
	}
	return list
}

const itemsHeader = "item_code,valid_from,name,category,unit,in_scope,rehab,hour_unit,order_required,report_required,non_injury,valid_until,price_cap_1,void\n"

func TestFaults(t *testing.T) {
	cases := []struct {
		name, table string
		format      Format
		body        string
		want        []string
	}{
		{"good csv", "calendar", CSV, "day,working,source\n2026-01-01,0,gov\n2026-01-02,true,gov\n", nil},
		{"bom and crlf, other order", "calendar", CSV, "\ufeffsource,day,working\r\ngov,2026-01-01,1\r\n", nil},
		{"no rows is a load", "calendar", CSV, "day,working,source\n", nil},
		{"empty file", "calendar", CSV, "", []string{"1 missing"}},
		{"unknown column", "calendar", CSV, "day,working,source,colour\n", []string{"1 colour unknown_field"}},
		{"column twice", "calendar", CSV, "day,day,working,source\n", []string{"1 day duplicate_key"}},
		{"column in another case", "calendar", CSV, "Day,working,source\n", []string{"1 Day unknown_field", "1 day missing"}},
		{"every fault at once", "calendar", CSV, "day,working,source\n2026-02-30,maybe,\n,1,gov\n2026-01-01,1\n2026-01-01,1,x\x01\n", []string{
			"2 day format", "2 working format", "2 source missing", "3 day missing", "4 syntax", "5 source control_char",
		}},
		{"empty needed cell", "calendar", CSV, "day,working,source\n2026-01-01,1,\n", []string{"2 source missing"}},
		{"lines count through quoted line ends", "calendar", CSV, "day,working,source\n2026-01-01,1,\"a\nb\"\n2026-13-01,1,x\n", []string{"2 source control_char", "4 day format"}},
		{"stray quote", "calendar", CSV, "day,working,source\n2026-01-01,1,a\"b\n2026-13-01,1,x\n", []string{"2 syntax", "3 day format"}},
		{"not utf-8", "calendar", CSV, "day,working,source\n2026-01-01,1,\xb9\xfa\n", []string{"2 source not_utf8"}},
		{"key twice", "calendar", CSV, "day,working,source\n2026-01-01,1,a\n2026-01-01,0,b\n", []string{"3 day duplicate_key"}},
		{"day beyond the store", "calendar", CSV, "day,working,source\n1899-12-31,1,a\n2300-01-01,1,b\n", []string{"2 day range", "3 day range"}},
		{"withdrawal needs the key only", "calendar", CSV, "day,working,source,void\n2026-01-01,,,true\n,,,1\n", []string{"3 day missing"}},
		{"withdrawal needs no other column", "calendar", CSV, "day,void\n2026-01-01,true\n2026-01-02,false\n", []string{"3 source missing", "3 working missing"}},

		{"good ndjson", "calendar", NDJSON, `{"day":"2026-01-01","working":false,"source":"gov"}` + "\n\n" + `{"day":"2026-01-02","working":true,"source":"gov","void":null}`, nil},
		{"ndjson, every fault", "calendar", NDJSON, "[]\n{\"day\":1,\"working\":\"1\",\"source\":\"a\"}\n{\"day\":\"2026-01-01\"\n{\"day\":\"2026-01-01\",\"day\":\"2026-01-02\"}\n{\"x\":1}\n", []string{
			"1 type", "2 day type", "2 working type", "3 syntax", "4 duplicate_key", "5 x unknown_field",
			"5 day missing", "5 source missing", "5 working missing",
		}},
		{"ndjson, more after the object", "calendar", NDJSON, `{"day":"2026-01-01","working":true,"source":"a"} {}`, []string{"1 syntax"}},
		{"ndjson, half a surrogate", "calendar", NDJSON, `{"day":"2026-01-01","working":true,"source":"\ud800"}`, []string{"1 not_utf8"}},
		{"money is no JSON number", "item_packages", NDJSON, `{"package_code":"P","valid_from":"2026-01-01","component_codes":["A","B"],"price":12.5}`, []string{"1 price type"}},
		{"lists", "item_packages", NDJSON, `{"package_code":"P","valid_from":"2026-01-01","component_codes":["A",1],"price":"12.5"}`, []string{"1 component_codes type"}},
		{"empty list where one is needed", "item_packages", NDJSON, `{"package_code":"P","valid_from":"2026-01-01","component_codes":[],"price":"12.5"}`, []string{"1 component_codes missing"}},
		{"scale", "item_packages", CSV, "package_code,valid_from,component_codes,price\nP,2026-01-01,A;B,12.345\nQ,2026-01-01,A;;B,1e3\n", []string{"2 price scale", "3 component_codes format", "3 price format"}},

		{"until not later than from", "items", CSV, itemsHeader + "A,2026-01-01,n,drug,盒,1,0,0,0,0,0,2026-01-01,,\n", []string{"2 valid_until time_order"}},
		{"word and negative", "items", CSV, itemsHeader + "A,2026-01-01,n,drugs,盒,1,0,0,0,0,0,,-1,\n", []string{"2 category range", "2 price_cap_1 range"}},
		{"code with a bar", "items", CSV, itemsHeader + "A|B,2026-01-01,n,drug,盒,1,0,0,0,0,0,,,\n", []string{"2 item_code format"}},
		{"code too long", "items", CSV, itemsHeader + strings.Repeat("A", 65) + ",2026-01-01,n,drug,盒,1,0,0,0,0,0,,,\n", []string{"2 item_code too_long"}},
		{"pair with itself", "item_pairs", CSV, "pair_id,item_code,included_code,scope,absolute,valid_from,source\nX,A,A,day,1,2026-01-01,s\n", []string{"2 included_code range"}},
		{"capability", "institutions", CSV, "institution_id,name,kind,level,city,face_required,capabilities,beds\nH1,n,medical,4,c,1,vitals;x,-1\n", []string{
			"2 beds range", "2 capabilities range", "2 level range",
		}},
		{"optional cell of a key", "physicians", CSV, "physician_id,name_masked,institution_id\nD1,*,H1\n", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse(tableOf(t, c.table), c.format, []byte(c.body))
			got := faultsOf(t, err)
			sortWithinLines(got)
			sortWithinLines(c.want)
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Errorf("faults (-got, +want):\n%s\n%v", diff, err)
			}
		})
	}
}

// sortWithinLines makes the order of faults of one line, which is that of the
// columns in the file, irrelevant.
func sortWithinLines(list []string) {
	for i := 1; i < len(list); i++ {
		for k := i; k > 0 && strings.Fields(list[k])[0] == strings.Fields(list[k-1])[0] && list[k] < list[k-1]; k-- {
			list[k], list[k-1] = list[k-1], list[k]
		}
	}
}

func TestEveryTableRoundTrips(t *testing.T) {
	sample := map[claimwatch.ColumnType]string{
		claimwatch.ColumnID: "ID-1", claimwatch.ColumnItem: "A*1", claimwatch.ColumnText: "名 称", claimwatch.ColumnBool: "true",
		claimwatch.ColumnAmount: "12.5", claimwatch.ColumnPrice: "0.000001", claimwatch.ColumnNumber: "1.25", claimwatch.ColumnDay: "2026-03-01",
		claimwatch.ColumnTime: "2026-03-01T08:00:00.000+08:00", claimwatch.ColumnMonth: "2026-03", claimwatch.ColumnHash: strings.Repeat("ab", 32),
	}
	for _, table := range claimwatch.Tables() {
		var header, cells []string
		for _, column := range table.Columns {
			text := sample[column.Type]
			switch {
			case len(column.Words) > 0:
				text = column.Words[0]
			case column.Type == claimwatch.ColumnInt:
				text = fmt.Sprint(column.Min)
			case column.Type == claimwatch.ColumnList:
				text = "x;y"
			case strings.HasSuffix(column.Name, "until"):
				text = "2026-04-01"
			case column.Name == "included_code":
				text = "B"
			}
			header, cells = append(header, column.Name), append(cells, text)
		}
		body := strings.Join(header, ",") + ",void\n" + strings.Join(cells, ",") + ",false\n"
		rows, err := Parse(table, CSV, []byte(body))
		if err != nil {
			t.Errorf("table %s: Parse() error:\n%+v", table.Name, err)
			continue
		}
		data, err := AppendRows(nil, table, rows)
		if err != nil {
			t.Fatalf("AppendRows() error:\n%+v", err)
		}
		again, err := ReadRows(table, ColumnNames(table), data)
		if err != nil {
			t.Fatalf("ReadRows() error:\n%+v", err)
		}
		if diff := cmp.Diff(again, rows); diff != "" {
			t.Errorf("table %s (-got, +want):\n%s", table.Name, diff)
		}
		if got := again[0].cells(table); cmp.Diff(got, cells) != "" {
			t.Errorf("table %s: cells %v, want %v", table.Name, got, cells)
		}
	}
}

func TestReadRowsOfOlderColumns(t *testing.T) {
	table := tableOf(t, "calendar")
	rows, err := ReadRows(table, []string{"gone", "day"}, []byte(`{"line":2,"cells":["x","2026-01-01"]}`+"\n"))
	if err != nil {
		t.Fatalf("ReadRows() error:\n%+v", err)
	}
	if got := rows[0].Key(table); got != "2026-01-01" || rows[0].Values[1].Set {
		t.Errorf("row = %+v", rows[0])
	}
	if _, err := ReadRows(table, []string{"day"}, []byte("{\"line\":2,\"cells\":[\"yesterday\"]}\n")); err == nil {
		t.Error("a cell that is no day was read")
	}
}

func TestFormatOf(t *testing.T) {
	cases := []struct {
		contentType string
		want        Format
	}{
		{"text/csv", CSV},
		{"text/csv; charset=UTF-8", CSV},
		{"application/x-ndjson", NDJSON},
		{"text/csv; charset=gbk", 0},
		{"", 0},
		{"application/xml", 0},
		{"text/csv; charset", 0},
	}
	for _, c := range cases {
		got, err := FormatOf(c.contentType)
		if got != c.want || (c.want == 0) != (claimwatch.CodeOf(err) == claimwatch.CodeUnsupportedMediaType) {
			t.Errorf("FormatOf(%q) = %d, %v; want %d", c.contentType, got, err, c.want)
		}
	}
}

func TestFaultsAreBounded(t *testing.T) {
	body := "day,working,source\n" + strings.Repeat("x,1,s\n", maxFaults+5)
	_, err := Parse(tableOf(t, "calendar"), CSV, []byte(body))
	got := faultsOf(t, err)
	if len(got) != maxFaults+1 || !strings.Contains(err.Error(), fmt.Sprint(maxFaults+5)) {
		t.Errorf("%d faults, %v", len(got), err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("calendar", true, []byte("day,working,source\n2026-01-01,1,a\n"))
	f.Add("items", false, []byte(`{"item_code":"A"}`))
	f.Fuzz(func(t *testing.T, name string, csv bool, body []byte) {
		table, ok := claimwatch.TableNamed(name)
		if !ok {
			return
		}
		format := NDJSON
		if csv {
			format = CSV
		}
		rows, err := Parse(table, format, body)
		if err != nil {
			faultsOf(t, err)
			return
		}
		data, err := AppendRows(nil, table, rows)
		if err != nil {
			t.Fatalf("AppendRows() error:\n%+v", err)
		}
		again, err := ReadRows(table, ColumnNames(table), data)
		if err != nil {
			t.Fatalf("what was accepted cannot be read back: %+v", err)
		}
		if len(rows) > 0 && cmp.Diff(again, rows) != "" {
			t.Fatalf("rows (-got, +want):\n%s", cmp.Diff(again, rows))
		}
	})
}
