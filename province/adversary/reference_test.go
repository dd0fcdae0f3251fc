package adversary

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
)

// TestReferenceIsWhatTheContractAllows holds every row against the columns of
// its table: none is one that a load would refuse.
func TestReferenceIsWhatTheContractAllows(t *testing.T) {
	drawn := rapid.Custom(World)
	for seed := range 400 {
		w := drawn.Example(seed)
		for table, rows := range w.Reference {
			spec, ok := claimwatch.TableNamed(table)
			if !ok {
				t.Fatalf("seed %d: no table %s", seed, table)
			}
			for i, row := range rows {
				if why := faulty(spec, row, rows[:i]); why != "" {
					t.Fatalf("seed %d: row %v of %s: %s", seed, row, table, why)
				}
			}
		}
	}
}

// faulty says why a row may not stand behind others, "" when it may.
func faulty(spec claimwatch.Table, row map[string]string, before []map[string]string) string {
	known := map[string]bool{}
	for _, c := range spec.Columns {
		known[c.Name] = true
		if why := misspelled(c, row[c.Name]); why != "" {
			return c.Name + " " + why
		}
	}
	for column := range row {
		if !known[column] {
			return "no column " + column
		}
	}
	if spec.Name == "item_pairs" && row["item_code"] == row["included_code"] {
		return "a code with itself"
	}
	for _, other := range before {
		if sameKey(spec, row, other) {
			return "its key is there already"
		}
		if overlaps(spec, row, other) {
			return "overlaps with another row of its key"
		}
	}
	return ""
}

// misspelled says why a text is not one of a column, "" when it is.
func misspelled(c claimwatch.Column, text string) string {
	decimals := map[claimwatch.ColumnType]int{claimwatch.ColumnAmount: 2, claimwatch.ColumnPrice: 6, claimwatch.ColumnNumber: 4, claimwatch.ColumnInt: 0}
	switch places, number := decimals[c.Type]; {
	case text == "" && !c.Optional:
		return "is empty"
	case text == "":
		return ""
	case c.Type == claimwatch.ColumnWord && !slices.Contains(c.Words, text):
		return "is no word of the list: " + text
	case c.Type == claimwatch.ColumnBool && text != "true" && text != "false":
		return "is no boolean: " + text
	case c.Type == claimwatch.ColumnDay:
		if _, err := claimwatch.ParseDay(text); err != nil {
			return err.Error()
		}
	case c.Type == claimwatch.ColumnList && slices.Contains(strings.Split(text, ";"), ""):
		return "has an empty element: " + text
	case number:
		n, fault := claimwatch.ParseDecimal(text, places, claimwatch.MaxPrice)
		if fault != "" || n < 0 || c.Type == claimwatch.ColumnInt && (n < c.Min || n > c.Max) {
			return "is no number: " + text
		}
	}
	return ""
}

// overlaps says whether two rows that differ in their first day alone are valid
// on one day; tables without validity have none.
func overlaps(spec claimwatch.Table, a, b map[string]string) bool {
	from, until := spec.Within[0], spec.Within[1]
	if from == "" {
		return false
	}
	for _, c := range spec.Columns {
		if c.Key && c.Name != from && a[c.Name] != b[c.Name] {
			return false
		}
	}
	begins := func(x, y map[string]string) bool { return x[until] == "" || y[from] < x[until] }
	return begins(a, b) && begins(b, a)
}

// TestTaggedWorldsShareNothing: worlds side by side are judged as each by itself and before it was renamed, which they would not be if a name were left
// that both use or one were renamed in one place only.
func TestTaggedWorldsShareNothing(t *testing.T) {
	drawn := rapid.Custom(World)
	count := func(w Drawn) [3]int {
		result := evaluate(w)
		return [3]int{len(result.Findings), len(result.NotEvaluated), len(result.Suppressed)}
	}
	const atOnce = 20
	for batch := range 15 {
		var some []Drawn
		var want [3]int
		for n := range atOnce {
			w := drawn.Example(batch*atOnce + n)
			if w.Alone() {
				continue
			}
			if len(some) > 0 {
				w = w.Judged(some[0])
			}
			for i, n := range count(w) {
				want[i] += n
			}
			some = append(some, w)
		}
		for n, w := range some {
			some[n] = w.Tagged("w" + itoa(n) + ".")
		}
		if got := count(Merge(some)); got != want {
			t.Errorf("batch %d: side by side there are %v findings, not evaluated and suppressed, want %v", batch, got, want)
		}
	}
}
