package reference

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// trial is a cell and what the loader says of it: a code, or nothing.
type trial struct {
	cell string
	code claimwatch.Code
}

// trialsOf gives cells at and beyond the limits of a column.
func trialsOf(c claimwatch.Column) []trial {
	x := strings.Repeat
	common := []trial{{"a\x07", claimwatch.CodeControlChar}, {"a\u0085", claimwatch.CodeControlChar}, {"\xd6\xd0", claimwatch.CodeNotUTF8}}
	switch c.Type {
	case claimwatch.ColumnID:
		return append(common, trial{x("z", 64), ""}, trial{x("z", 65), claimwatch.CodeTooLong}, trial{"a b", claimwatch.CodeFormat}, trial{"a|b", claimwatch.CodeFormat})
	case claimwatch.ColumnItem:
		return append(common, trial{x("*", 64), ""}, trial{x("*", 65), claimwatch.CodeTooLong}, trial{"a b", claimwatch.CodeFormat}, trial{"a|b", claimwatch.CodeFormat})
	case claimwatch.ColumnText:
		return append(common, trial{x("病", 256), ""}, trial{x("病", 257), claimwatch.CodeTooLong})
	case claimwatch.ColumnWord:
		return append(common, trial{c.Words[len(c.Words)-1], ""}, trial{"other words", claimwatch.CodeRange}, trial{c.Words[0] + " ", claimwatch.CodeRange})
	case claimwatch.ColumnBool:
		return append(common, trial{"0", ""}, trial{"1", ""}, trial{"TRUE", claimwatch.CodeFormat}, trial{"2", claimwatch.CodeFormat})
	case claimwatch.ColumnInt:
		return append(common, trial{fmt.Sprint(c.Min), ""}, trial{fmt.Sprint(c.Max), ""}, trial{fmt.Sprint(c.Min - 1), claimwatch.CodeRange},
			trial{fmt.Sprint(c.Max + 1), claimwatch.CodeRange}, trial{"01", claimwatch.CodeFormat}, trial{"1.0", claimwatch.CodeFormat}, trial{"+1", claimwatch.CodeFormat})
	case claimwatch.ColumnAmount:
		return append(common, trial{"0.00", ""}, trial{"99999999.99", ""}, trial{"1.000", claimwatch.CodeScale}, trial{"-0.01", claimwatch.CodeRange}, trial{"1e2", claimwatch.CodeFormat})
	case claimwatch.ColumnPrice:
		return append(common, trial{"99999999.99", ""}, trial{"99999999.990001", claimwatch.CodeRange}, trial{"0.0000010", claimwatch.CodeScale}, trial{".5", claimwatch.CodeFormat})
	case claimwatch.ColumnNumber:
		return append(common, trial{"0.0001", ""}, trial{"0.00010", claimwatch.CodeScale}, trial{"-1", claimwatch.CodeRange}, trial{"1,000", claimwatch.CodeFormat})
	case claimwatch.ColumnDay:
		return append(common, trial{"2299-12-31", ""}, trial{"2300-01-01", claimwatch.CodeRange}, trial{"1899-12-31", claimwatch.CodeRange},
			trial{"2026-02-29", claimwatch.CodeFormat}, trial{"20260301", claimwatch.CodeFormat})
	case claimwatch.ColumnMonth:
		return append(common, trial{"2026-01", ""}, trial{"2026-13", claimwatch.CodeFormat}, trial{"2026-1", claimwatch.CodeFormat})
	case claimwatch.ColumnHash:
		return append(common, trial{x("F", 64), ""}, trial{x("f", 63), claimwatch.CodeFormat}, trial{x("f", 65), claimwatch.CodeTooLong})
	case claimwatch.ColumnList:
		if c.Words != nil {
			return append(common, trial{strings.Join(c.Words, ";"), ""}, trial{"other", claimwatch.CodeRange}, trial{";", claimwatch.CodeFormat})
		}
		return append(common, trial{"a;b", ""}, trial{"a;;b", claimwatch.CodeFormat}, trial{x("病", 257), claimwatch.CodeTooLong})
	default:
		return common
	}
}

// goodRow gives a row of a table with all that is needed and no more.
func goodRow(table claimwatch.Table) map[string]string {
	row := map[string]string{}
	for _, c := range table.Columns {
		if c.Optional {
			continue
		}
		row[c.Name] = map[claimwatch.ColumnType]string{
			claimwatch.ColumnID: "ID-1", claimwatch.ColumnItem: "A1", claimwatch.ColumnText: "名", claimwatch.ColumnBool: "true", claimwatch.ColumnInt: fmt.Sprint(c.Min),
			claimwatch.ColumnAmount: "1.5", claimwatch.ColumnPrice: "1.5", claimwatch.ColumnNumber: "1.5", claimwatch.ColumnDay: "2026-03-01",
			claimwatch.ColumnMonth: "2026-03", claimwatch.ColumnList: "x;y", claimwatch.ColumnHash: strings.Repeat("a", 64),
		}[c.Type]
		if len(c.Words) > 0 {
			row[c.Name] = c.Words[0]
		}
	}
	if table.Name == "item_pairs" {
		row["included_code"] = "B1"
	}
	return row
}

func asCSV(row map[string]string) []byte {
	var names, cells []string
	for name, cell := range row {
		names, cells = append(names, name), append(cells, `"`+cell+`"`)
	}
	return []byte(strings.Join(names, ",") + "\n" + strings.Join(cells, ",") + "\n")
}

func codesOf(t *testing.T, table claimwatch.Table, format Format, body []byte) []string {
	t.Helper()
	_, err := Parse(table, format, body)
	return faultsOf(t, err)
}

// Every column of every table at its limits: one fault with its line, column
// and code for each cell beyond, none for those within.
func TestEveryColumnAtItsLimits(t *testing.T) {
	tried := 0
	for _, table := range claimwatch.Tables() {
		for _, c := range table.Columns {
			for _, try := range trialsOf(c) {
				row := goodRow(table)
				row[c.Name] = try.cell
				var want []string
				if try.code != "" {
					want = []string{fmt.Sprintf("2 %s %s", c.Name, try.code)}
				}
				if diff := cmp.Diff(codesOf(t, table, CSV, asCSV(row)), want); diff != "" {
					t.Errorf("%s.%s = %.20q: faults (-got, +want):\n%s", table.Name, c.Name, try.cell, diff)
				}
				tried++
			}
		}
	}
	if tried < 500 {
		t.Errorf("%d cells were tried: the tables of the contract have more columns than that", tried)
	}
}

// What is needed is missed when it is empty, when it is null and when its column
// is not there; what is optional is not. A withdrawal needs its key alone.
func TestEveryColumnThatIsNeeded(t *testing.T) {
	for _, table := range claimwatch.Tables() {
		for _, c := range table.Columns {
			row := goodRow(table)
			missing := func(line int) []string {
				if c.Optional {
					return nil
				}
				return []string{fmt.Sprintf("%d %s missing", line, c.Name)}
			}
			row[c.Name] = ""
			if diff := cmp.Diff(codesOf(t, table, CSV, asCSV(row)), missing(2)); diff != "" {
				t.Errorf("%s.%s is empty (-got, +want):\n%s", table.Name, c.Name, diff)
			}
			object := map[string]any{"void": false}
			for name, cell := range row {
				object[name] = cell
			}
			object[c.Name] = nil
			raw, err := json.Marshal(object)
			if err != nil {
				t.Fatalf("Marshal() error:\n%+v", err)
			}
			if diff := cmp.Diff(codesOf(t, table, NDJSON, raw), missing(1)); diff != "" {
				t.Errorf("%s.%s is null (-got, +want):\n%s", table.Name, c.Name, diff)
			}
			delete(row, c.Name)
			if diff := cmp.Diff(codesOf(t, table, CSV, asCSV(row)), missing(1)); diff != "" {
				t.Errorf("%s has no column %s (-got, +want):\n%s", table.Name, c.Name, diff)
			}
			void := goodRow(table)
			void["void"], void[c.Name] = "1", ""
			want := missing(2)
			if !c.Key {
				want = nil
			}
			if diff := cmp.Diff(codesOf(t, table, CSV, asCSV(void)), want); diff != "" {
				t.Errorf("%s withdrawn without %s (-got, +want):\n%s", table.Name, c.Name, diff)
			}
		}
	}
}

// A JSON value of another type than the column's is a fault of type; money
// above all is never a JSON number.
func TestEveryColumnInJSON(t *testing.T) {
	taken := map[string][]claimwatch.ColumnType{
		"number": {claimwatch.ColumnInt, claimwatch.ColumnNumber}, "bool": {claimwatch.ColumnBool}, "list": {claimwatch.ColumnList}, "object": nil,
	}
	for _, table := range claimwatch.Tables() {
		for _, c := range table.Columns {
			words := []string{"A1", "B2"}
			if c.Words != nil {
				words = c.Words[:1]
			}
			for name, value := range map[string]any{"number": max(c.Min, 1), "bool": true, "list": words, "object": map[string]int{"a": 1}} {
				object := map[string]any{}
				for column, cell := range goodRow(table) {
					object[column] = cell
				}
				object[c.Name] = value
				raw, err := json.Marshal(object)
				if err != nil {
					t.Fatalf("Marshal() error:\n%+v", err)
				}
				want := []string{fmt.Sprintf("1 %s type", c.Name)}
				if slices.Contains(taken[name], c.Type) {
					want = nil
				}
				if diff := cmp.Diff(codesOf(t, table, NDJSON, raw), want); diff != "" {
					t.Errorf("%s.%s as %s (-got, +want):\n%s", table.Name, c.Name, name, diff)
				}
			}
		}
	}
}

// Whatever ends a span must be later than what begins it, by a day at least.
func TestEverySpanEndsAfterItBegins(t *testing.T) {
	spans := 0
	for _, table := range claimwatch.Tables() {
		for _, c := range table.Columns {
			begin, ends := strings.CutSuffix(c.Name, "until")
			if !ends || columnIndex(table, begin+"from") < 0 {
				continue
			}
			spans++
			for until, want := range map[string][]string{
				"2026-03-02": nil, "2026-03-01": {"2 " + c.Name + " time_order"}, "2026-02-28": {"2 " + c.Name + " time_order"},
			} {
				row := goodRow(table)
				row[begin+"from"], row[c.Name] = "2026-03-01", until
				if diff := cmp.Diff(codesOf(t, table, CSV, asCSV(row)), want); diff != "" {
					t.Errorf("%s until %s (-got, +want):\n%s", table.Name, until, diff)
				}
			}
		}
	}
	if spans != 11 {
		t.Errorf("%d spans in the tables, want 11", spans)
	}
}
