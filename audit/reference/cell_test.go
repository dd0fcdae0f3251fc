package reference

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
)

func TestParseCell(t *testing.T) {
	column := func(kind claimwatch.ColumnType) claimwatch.Column {
		c := claimwatch.Column{Name: "c", Type: kind, Min: 1, Max: 3}
		if kind == claimwatch.ColumnWord {
			c.Words = []string{"drug", "exam"}
		}
		return c
	}
	cases := []struct {
		kind claimwatch.ColumnType
		text string
		want string // the canonical spelling
		code claimwatch.Code
	}{
		{claimwatch.ColumnID, "a.B:c_d-9", "a.B:c_d-9", ""},
		{claimwatch.ColumnID, "病", "", claimwatch.CodeFormat},
		{claimwatch.ColumnID, strings.Repeat("a", 64), strings.Repeat("a", 64), ""},
		{claimwatch.ColumnID, strings.Repeat("a", 65), "", claimwatch.CodeTooLong},
		{claimwatch.ColumnItem, "A/1*~!", "A/1*~!", ""},
		{claimwatch.ColumnItem, "A 1", "", claimwatch.CodeFormat},
		{claimwatch.ColumnItem, "A|1", "", claimwatch.CodeFormat},
		{claimwatch.ColumnText, strings.Repeat("病", 256), strings.Repeat("病", 256), ""},
		{claimwatch.ColumnText, strings.Repeat("病", 257), "", claimwatch.CodeTooLong},
		{claimwatch.ColumnText, "a\u0085b", "", claimwatch.CodeControlChar},
		{claimwatch.ColumnText, "=SUM(A1)", "=SUM(A1)", ""},
		{claimwatch.ColumnWord, "drug", "drug", ""},
		{claimwatch.ColumnWord, "Drug", "", claimwatch.CodeRange},
		{claimwatch.ColumnBool, "1", "true", ""},
		{claimwatch.ColumnBool, "false", "false", ""},
		{claimwatch.ColumnBool, "TRUE", "", claimwatch.CodeFormat},
		{claimwatch.ColumnBool, "yes", "", claimwatch.CodeFormat},
		{claimwatch.ColumnInt, "3", "3", ""},
		{claimwatch.ColumnInt, "4", "", claimwatch.CodeRange},
		{claimwatch.ColumnInt, "0", "", claimwatch.CodeRange},
		{claimwatch.ColumnInt, "03", "", claimwatch.CodeFormat},
		{claimwatch.ColumnInt, "1.0", "", claimwatch.CodeFormat},
		{claimwatch.ColumnInt, "99999999999999999999", "", claimwatch.CodeFormat},
		{claimwatch.ColumnAmount, "12.50", "12.5", ""},
		{claimwatch.ColumnAmount, "-0.00", "0", ""},
		{claimwatch.ColumnAmount, "-0.01", "", claimwatch.CodeRange},
		{claimwatch.ColumnAmount, "1,000.00", "", claimwatch.CodeFormat},
		{claimwatch.ColumnAmount, "１２", "", claimwatch.CodeFormat},
		{claimwatch.ColumnPrice, "0.000001", "0.000001", ""},
		{claimwatch.ColumnPrice, "0.0000001", "", claimwatch.CodeScale},
		{claimwatch.ColumnNumber, "1e3", "", claimwatch.CodeFormat},
		{claimwatch.ColumnDay, "2024-02-29", "2024-02-29", ""},
		{claimwatch.ColumnDay, "2026-02-29", "", claimwatch.CodeFormat},
		{claimwatch.ColumnDay, "2026-2-1", "", claimwatch.CodeFormat},
		{claimwatch.ColumnDay, "2026-02-01T00:00:00Z", "", claimwatch.CodeFormat},
		{claimwatch.ColumnTime, "2026-02-01T00:00:00Z", "2026-02-01T08:00:00.000+08:00", ""},
		{claimwatch.ColumnTime, "2026-02-01T00:00:00", "", claimwatch.CodeFormat},
		{claimwatch.ColumnMonth, "2026-12", "2026-12", ""},
		{claimwatch.ColumnMonth, "2026-00", "", claimwatch.CodeFormat},
		{claimwatch.ColumnList, "a; b;c", "a;b;c", ""},
		{claimwatch.ColumnList, "a;;c", "", claimwatch.CodeFormat},
		{claimwatch.ColumnHash, strings.Repeat("AB", 32), strings.Repeat("ab", 32), ""},
		{claimwatch.ColumnHash, "ab", "", claimwatch.CodeFormat},
	}
	for _, c := range cases {
		value, fault := ParseCell(column(c.kind), c.text)
		switch {
		case c.code != "":
			if fault == nil || fault.code != c.code {
				t.Errorf("ParseCell(%d, %q) = %+v, %v; want %s", c.kind, c.text, value, fault, c.code)
			}
		case fault != nil:
			t.Errorf("ParseCell(%d, %q): %s", c.kind, c.text, fault)
		default:
			if got := FormatCell(column(c.kind), value); got != c.want {
				t.Errorf("FormatCell(%d, %q) = %q, want %q", c.kind, c.text, got, c.want)
			}
		}
	}
}

// What a cell is written as is read as the same value.
func TestCellsRoundTrip(t *testing.T) {
	kinds := []claimwatch.ColumnType{
		claimwatch.ColumnInt, claimwatch.ColumnAmount, claimwatch.ColumnPrice, claimwatch.ColumnNumber, claimwatch.ColumnDay,
		claimwatch.ColumnTime, claimwatch.ColumnBool,
	}
	rapid.Check(t, func(t *rapid.T) {
		column := claimwatch.Column{Name: "c", Type: rapid.SampledFrom(kinds).Draw(t, "kind"), Max: claimwatch.MaxCount}
		most := int64(claimwatch.MaxCount)
		switch column.Type {
		case claimwatch.ColumnDay:
			most = int64(lastDay)
		case claimwatch.ColumnBool:
			most = 1
		case claimwatch.ColumnPrice:
			most = claimwatch.MaxPrice
		default:
		}
		want := claimwatch.Value{Num: rapid.Int64Range(0, most).Draw(t, "n"), Set: true}
		text := FormatCell(column, want)
		if got, fault := ParseCell(column, text); fault != nil || got != want {
			t.Fatalf("ParseCell(%q) = %+v, %v; want %+v", text, got, fault, want)
		}
	})
}
