package reference

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
)

const bom = "\ufeff"

// Beginnings, ends and headers of files, in both formats.
func TestFilesAsAWhole(t *testing.T) {
	row := `{"day":"2026-01-01","working":true,"source":"a"}`
	padded := func(bytes int) string { return row[:1] + strings.Repeat(" ", bytes-len(row)) + row[1:] }
	cases := []struct {
		name   string
		format Format
		body   string
		want   []string
	}{
		{"csv, one mark", CSV, bom + "day,working,source\n", nil},
		{"csv, two marks", CSV, bom + bom + "day,working,source\n", []string{"1 " + bom + "day unknown_field", "1 day missing"}},
		{"csv, mark alone", CSV, bom, []string{"1 missing"}},
		{"csv, mark inside", CSV, "day,working,source\n" + bom + "2026-01-01,1,a\n", []string{"2 day format"}},
		{"csv, the key is missed beside void", CSV, "void\n", []string{"1 day missing"}},
		{"csv, header at fault: rows are not read", CSV, "day,working,colour\nx,x,x\n", []string{"1 colour unknown_field", "1 source missing"}},
		{"csv, header not utf-8", CSV, "day,working,source,\xb9\xfa\n", []string{"1 not_utf8"}},
		{"csv, void twice", CSV, "day,working,source,void,void\n", []string{"1 void duplicate_key"}},
		{"csv, spaces in the header", CSV, "day, working,source\n", []string{"1  working unknown_field", "1 working missing"}},
		{"csv, semicolons", CSV, "day;working;source\n", []string{"1 day missing", "1 day;working;source unknown_field", "1 source missing", "1 working missing"}},
		{"csv, blank lines", CSV, "\n\nday,working,source\n\n2026-01-01,1,a\n\n\nx,1,a\n", []string{"8 day format"}},
		{"csv, no line end at the end", CSV, "day,working,source\nx,1,a", []string{"2 day format"}},
		{"csv, cells too few and too many", CSV, "day,working,source\n2026-01-01,1\n2026-01-01,1,a,b\n", []string{"2 syntax", "3 syntax"}},
		{"csv, void at fault", CSV, "day,working,source,void\n2026-01-01,1,a,maybe\n", []string{"2 void format"}},

		{"ndjson, one mark", NDJSON, bom + row, nil},
		{"ndjson, two marks", NDJSON, bom + bom + row, []string{"1 type"}},
		{"ndjson, nothing", NDJSON, "", nil},
		{"ndjson, blank lines count as lines", NDJSON, "\n \r\n" + row + "\r\n\nnull\n", []string{"5 type"}},
		{"ndjson, an array of rows", NDJSON, "[" + row + "]", []string{"1 type"}},
		{"ndjson, a line of 1 MiB", NDJSON, padded(1<<20) + "\n", nil},
		{"ndjson, a byte more; the others go on", NDJSON, padded(1<<20+1) + "\n{\"day\":1}\n", []string{
			"1 too_long", "2 day type", "2 source missing", "2 working missing",
		}},
		{"ndjson, key in another case", NDJSON, `{"Day":"2026-01-01","day":"2026-01-01","working":true,"source":"a"}`, []string{"1 Day unknown_field"}},
		{"ndjson, void is no bool", NDJSON, `{"day":"2026-01-01","working":true,"source":"a","void":"1"}`, []string{"1 void type"}},
		{"ndjson, control character", NDJSON, `{"day":"2026-01-01","working":true,"source":"a\u0000"}`, []string{"1 source control_char"}},
		{"ndjson, a number with an exponent", NDJSON, `{"day":20260101,"working":1e0,"source":"a"}`, []string{"1 day type", "1 working type"}},
	}
	table := tableOf(t, "calendar")
	for _, c := range cases {
		got := codesOf(t, table, c.format, []byte(c.body))
		want := make([]string, len(c.want))
		for i, text := range c.want {
			want[i] = strings.Join(strings.Fields(text), " ")
		}
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(append([]string{}, got...), want); diff != "" {
			t.Errorf("%s: faults (-got, +want):\n%s", c.name, diff)
		}
	}
}

// Lists in JSON are as strict as in CSV.
func TestListsInJSON(t *testing.T) {
	table := tableOf(t, "item_packages")
	for list, want := range map[string][]string{
		`["A","B"]`: nil, `["A"]`: nil, `"A;B"`: nil, `[" A "]`: nil,
		`[]`: {"1 component_codes missing"}, `""`: {"1 component_codes missing"}, `null`: {"1 component_codes missing"},
		`[""]`: {"1 component_codes format"}, `["A;B"]`: {"1 component_codes format"}, `["A",null]`: {"1 component_codes type"},
		`[["A"]]`: {"1 component_codes type"}, `[{"a":"A"}]`: {"1 component_codes type"}, `["a\u0001"]`: {"1 component_codes control_char"},
		`["` + strings.Repeat("a", 257) + `"]`: {"1 component_codes too_long"},
	} {
		body := `{"package_code":"P","valid_from":"2026-01-01","price":"1","component_codes":` + list + `}`
		if diff := cmp.Diff(codesOf(t, table, NDJSON, []byte(body)), want); diff != "" {
			t.Errorf("%s: faults (-got, +want):\n%s", list, diff)
		}
	}
}

// A key that stands twice is named although the other row with it has a fault
// of its own: who mends that one must not be told of the next only then.
func TestKeyTwiceBesideAFault(t *testing.T) {
	table := tableOf(t, "calendar")
	header := "day,working,source\n"
	for body, want := range map[string][]string{
		"2026-01-01,maybe,a\n2026-01-01,1,a\n":                     {"2 working format", "3 day duplicate_key"},
		"2026-01-01,1,a\n2026-01-01,1,\n":                          {"3 source missing", "3 day duplicate_key"},
		"2026-01-01,1,a\n2026-01-02,1,a\n2026-01-01,x,a\n":         {"4 working format", "4 day duplicate_key"},
		"2026-1-1,1,a\n2026-1-1,1,a\n":                             {"2 day format", "3 day format"}, // no keys
		",1,a\n,1,a\n":                                             {"2 day missing", "3 day missing"},
		"2026-01-01,1,a\n2026-01-01,1,a\n2026-01-01,0,b\n":         {"3 day duplicate_key", "4 day duplicate_key"},
		"2026-01-01,1,a,\n2026-01-01,1,a\n":                        {"2 syntax"},
		"2026-01-01,1,a\n\"2026-01-01\",0,b\n\"2026-01-02\",0,b\n": {"3 day duplicate_key"},
	} {
		if diff := cmp.Diff(codesOf(t, table, CSV, []byte(header+body)), want); diff != "" {
			t.Errorf("%q: faults (-got, +want):\n%s", body, diff)
		}
	}
}

// Over random files: exactly the faults that were put in are named, each with
// its line, whatever stands around them.
func TestEveryFaultPutInIsNamed(t *testing.T) {
	table := tableOf(t, "item_limits") // limit_id, item_code, kind, days, valid_from, source
	columns := []string{"limit_id", "item_code", "kind", "days", "valid_from", "source"}
	bad := map[string]trial{
		"limit_id": {"a b", claimwatch.CodeFormat}, "item_code": {"a|b", claimwatch.CodeFormat}, "kind": {"weekly", claimwatch.CodeRange},
		"days": {"0", claimwatch.CodeRange}, "valid_from": {"2026-02-30", claimwatch.CodeFormat}, "source": {"", claimwatch.CodeMissing},
	}
	rapid.Check(t, func(r *rapid.T) {
		var body strings.Builder
		body.WriteString(strings.Join(columns, ",") + "\n")
		line, want, rows := 1, []string{}, 0
		seen := map[string]bool{}
		for range rapid.IntRange(0, 12).Draw(r, "rows") {
			line++
			if rapid.IntRange(0, 5).Draw(r, "blank") == 0 {
				body.WriteString("\n")
				continue
			}
			id := fmt.Sprint("L", rapid.IntRange(0, 20).Draw(r, "id"))
			cells := []string{id, "A1", "course", "3", "2026-01-01", "s"}
			at := rapid.SliceOfNDistinct(rapid.IntRange(0, 5), 0, 3, rapid.ID[int]).Draw(r, "bad")
			for _, i := range at {
				cells[i] = bad[columns[i]].cell
				want = append(want, fmt.Sprintf("%d %s %s", line, columns[i], bad[columns[i]].code))
			}
			if !slices.Contains(at, 0) {
				if seen[id] {
					want = append(want, fmt.Sprintf("%d limit_id duplicate_key", line))
				}
				seen[id] = true
			}
			rows++
			body.WriteString(strings.Join(cells, ",") + "\n")
		}
		parsed, err := Parse(table, CSV, []byte(body.String()))
		got := append([]string{}, faultsOf(t, err)...)
		if !slices.IsSortedFunc(got, func(a, b string) int { return lineOf(a) - lineOf(b) }) {
			r.Fatalf("faults are not in the order of the file: %v", got)
		}
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(got, want); diff != "" {
			r.Fatalf("faults (-got, +want):\n%s\n%s", diff, body.String())
		}
		if err == nil && len(parsed) != rows {
			r.Fatalf("%d rows of %d", len(parsed), rows)
		}
	})
}

func lineOf(fault string) (line int) {
	_, _ = fmt.Sscan(fault, &line)
	return line
}
