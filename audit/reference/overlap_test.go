package reference

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
)

// Every row of a file that overlaps another is named at once, each with its own
// line and only once, also where one long row covers several.
func TestEveryOverlapIsNamed(t *testing.T) {
	cases := []struct {
		name, loaded, file string
		want               []string
	}{
		{"one covers three", "", "P,2026-01-01,,A,1,\nP,2026-02-01,2026-03-01,A,1,\nP,2026-04-01,2026-05-01,A,1,\nP,2026-06-01,,A,1,\n", []string{
			"3 valid_from conflict", "4 valid_from conflict", "5 valid_from conflict",
		}},
		{"a loaded one covers two", "P,2026-01-01,,A,1,\n", "P,2026-02-01,2026-03-01,A,1,\nP,2026-04-01,,A,1,\n", []string{
			"2 valid_from conflict", "3 valid_from conflict",
		}},
		{"two reach over a loaded one", "P,2026-06-01,2026-07-01,A,1,\n", "P,2026-01-01,2026-06-15,A,1,\nP,2026-02-01,2026-06-10,A,1,\n", []string{
			"2 valid_from conflict", "3 valid_from conflict",
		}},
		{"one reaches over two loaded ones", "P,2026-06-01,2026-07-01,A,1,\nP,2026-08-01,,A,1,\n", "P,2026-01-01,,A,1,\n", []string{"2 valid_from conflict"}},
		{"two families", "", "Q,2026-02-01,,A,1,\nP,2026-01-01,,A,1,\nQ,2026-01-01,,A,1,\nP,2026-01-02,,A,1,\n", []string{
			"2 valid_from conflict", "5 valid_from conflict",
		}},
		{"a withdrawn one covers nothing", "P,2026-01-01,,A,1,\n", "P,2026-01-01,,,,1\nP,2026-02-01,2026-03-01,A,1,\nP,2026-03-01,,A,1,\n", nil},
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

// plainSpan is a row as anybody would note it on paper.
type plainSpan struct {
	code        string
	from, until int // days of January; until 99: without end
	line        int // 0: loaded before
}

func (s plainSpan) overlaps(o plainSpan) bool {
	return s.code == o.code && s.from < o.until && o.from < s.until
}

// Loads in any order against a plain list of spans: what is refused is what
// overlaps, the refused change nothing, and nothing that stands ever overlaps.
func TestOverlapsAgainstAPlainList(t *testing.T) {
	table := tableOf(t, "item_packages")
	rapid.Check(t, func(r *rapid.T) {
		var s State
		var standing []plainSpan
		for load := range rapid.IntRange(1, 6).Draw(r, "loads") {
			after := append([]plainSpan{}, standing...)
			var body strings.Builder
			body.WriteString(packages)
			inFile := map[string]bool{}
			for line := range rapid.IntRange(0, 4).Draw(r, "rows") {
				span := plainSpan{code: rapid.SampledFrom([]string{"P", "Q"}).Draw(r, "code"), from: rapid.IntRange(1, 12).Draw(r, "from"), until: 99, line: line + 2}
				key := fmt.Sprint(span.code, span.from)
				if inFile[key] {
					break
				}
				inFile[key] = true
				after = without(after, span)
				until, void := "", rapid.IntRange(0, 4).Draw(r, "void") == 0
				if rapid.Bool().Draw(r, "ends") {
					span.until = span.from + rapid.IntRange(1, 6).Draw(r, "length")
					until = fmt.Sprintf("2026-01-%02d", span.until)
				}
				if !void {
					after = append(after, span)
				}
				fmt.Fprintf(&body, "%s,2026-01-%02d,%s,A,1,%t\n", span.code, span.from, until, void)
			}
			rows, err := Parse(table, CSV, []byte(body.String()))
			if err != nil {
				r.Fatalf("Parse() error:\n%+v\n%s", err, body.String())
			}
			got := linesOf(t, s.Check(table, rows))
			if diff := cmp.Diff(got, faultyLines(after)); diff != "" {
				r.Fatalf("load %d: lines at fault (-got, +want):\n%s\nstanding %v\n%s", load, diff, standing, body.String())
			}
			if len(got) > 0 {
				continue
			}
			s.Load(table, rows, uint64(load+1))
			for i := range after {
				after[i].line = 0
			}
			standing = after
		}
	})
}

func without(list []plainSpan, gone plainSpan) []plainSpan {
	var kept []plainSpan
	for _, s := range list {
		if s.code != gone.code || s.from != gone.from {
			kept = append(kept, s)
		}
	}
	return kept
}

// faultyLines names the rows of the file that begin within another, or reach
// over one that was there before.
func faultyLines(list []plainSpan) map[int]bool {
	lines := map[int]bool{}
	for _, s := range list {
		for _, o := range list {
			if s.line > 0 && s != o && s.overlaps(o) && (o.from < s.from || o.line == 0) {
				lines[s.line] = true
			}
		}
	}
	return lines
}

func linesOf(t *testing.T, err error) map[int]bool {
	t.Helper()
	lines := map[int]bool{}
	for _, f := range faultsOf(t, err) {
		if lines[lineOf(f)] {
			t.Errorf("line %d is named twice", lineOf(f))
		}
		lines[lineOf(f)] = true
	}
	return lines
}

// An upsert against a plain map: what changed, what stands, what others may
// refer to, over any order of loads and withdrawals.
func TestUpsertAgainstAPlainMap(t *testing.T) {
	table := tableOf(t, "swaps") // high_code, low_code, source
	rapid.Check(t, func(r *rapid.T) {
		var s State
		plain := map[[2]string]string{}
		for version := range rapid.Uint64Range(1, 8).Draw(r, "loads") {
			rows := []Row{}
			changed, unchanged := 0, 0
			named := map[[2]string]bool{}
			for i := range rapid.IntRange(0, 5).Draw(r, "rows") {
				key := [2]string{rapid.SampledFrom([]string{"A", "B", "C"}).Draw(r, "high"), rapid.SampledFrom([]string{"X", "Y"}).Draw(r, "low")}
				if named[key] {
					continue
				}
				named[key] = true
				row := Row{Line: i + 2, Values: []claimwatch.Value{{Text: key[0], Set: true}, {Text: key[1], Set: true}, {}}}
				before, stands := plain[key]
				if rapid.IntRange(0, 2).Draw(r, "void") == 0 {
					row.Void = true
					delete(plain, key)
				} else {
					row.Values[2] = claimwatch.Value{Text: rapid.SampledFrom([]string{"s", "t"}).Draw(r, "source"), Set: true}
					plain[key] = row.Values[2].Text
				}
				if after, stillStands := plain[key]; after != before || stands != stillStands {
					changed++
				} else {
					unchanged++
				}
				rows = append(rows, row)
			}
			out := s.Load(table, rows, version+1)
			if len(out.Changed) != changed || out.Unchanged != unchanged || out.Rows != len(rows) || s.Version("swaps") != version+1 {
				r.Fatalf("changed %d, unchanged %d of %d; want %d, %d", len(out.Changed), out.Unchanged, out.Rows, changed, unchanged)
			}
			for _, high := range []string{"A", "B", "C"} {
				_, x := plain[[2]string{high, "X"}]
				_, y := plain[[2]string{high, "Y"}]
				if got := s.Has("swaps", high); got != (x || y) {
					r.Fatalf("Has(%s) = %t with %v", high, got, plain)
				}
			}
		}
	})
}
