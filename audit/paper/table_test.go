package paper

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"claimwatch/audit/paper/papertest"
)

func TestTables(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) { checkTable(t, r) })
}

func FuzzTable(f *testing.F) {
	f.Add([]byte("seed of a table"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		rapid.MakeFuzz(func(r *rapid.T) { checkTable(t, r) })(t, raw)
	})
}

// checkTable: over any texts and widths the layout ends, every character of every
// cell is drawn, and nothing stands beside the sheet or in its foot.
func checkTable(t *testing.T, r *rapid.T) {
	letter := rapid.RuneFrom([]rune("中文，。（《a1- \n\t\u202e𠮷=+@"))
	text := rapid.OneOf(rapid.StringOfN(letter, 0, 30, -1), rapid.Map(rapid.IntRange(0, 3000), func(n int) string { return strings.Repeat("长文", n) }))
	var table Table
	for range rapid.IntRange(0, 12).Draw(r, "columns") {
		table.Columns = append(table.Columns, Column{Title: text.Draw(r, "title"), Weight: rapid.IntRange(-1, 9).Draw(r, "weight"), Right: rapid.Bool().Draw(r, "right")})
	}
	want := 0
	for range rapid.IntRange(0, 5).Draw(r, "rows") {
		row := rapid.SliceOfN(text, 0, 13).Draw(r, "row")
		table.Rows = append(table.Rows, row)
		want += strings.Count(strings.Join(row[:min(len(row), len(table.Columns))], ""), "长")
	}
	table.Fine = rapid.Bool().Draw(r, "fine")
	l := Letter{Wide: rapid.Bool().Draw(r, "wide"), Body: []Block{table, Flush("尾")}}
	p := l.lay(font(t))
	p.inside(r)
	drawn := 0
	for _, s := range p.leaves {
		for _, m := range s.marks {
			drawn += strings.Count(m.text, "长")
		}
	}
	heads := 0 // the head is drawn once a sheet, or once
	for _, column := range table.Columns {
		heads += strings.Count(column.Title, "长")
	}
	if rest := drawn - want; rest < heads || heads > 0 && rest%heads != 0 || heads == 0 && rest != 0 {
		r.Fatalf("of %d characters in cells and %d in the head, %d are drawn", want, heads, drawn)
	}
	if len(p.leaves) > 3 {
		return // to draw it takes time and shows nothing new
	}
	raw, err := l.PDF()
	if err != nil {
		r.Fatalf("PDF() error:\n%+v", err)
	}
	papertest.Holds(t, raw, "尾")
}

// inside checks where everything stands.
func (p *flow) inside(r *rapid.T) {
	for i, s := range p.leaves {
		for _, m := range s.marks {
			if end := m.x + p.span(m.text, m.size); m.x < p.left || end > p.right && utf8.RuneCountInString(m.text) > 1 || m.y < p.top || m.y > p.bottom {
				r.Fatalf("sheet %d: %+v ends at %d; the text stands between %d and %d, %d and %d", i+1, m, end, p.left, p.right, p.top, p.bottom)
			}
		}
		for _, line := range s.strokes {
			if min(line.x1, line.x2) < p.left || max(line.x1, line.x2) > p.right || line.y1 < p.top || line.y2 > p.bottom+point {
				r.Fatalf("sheet %d: %+v stands outside of %d to %d, %d to %d", i+1, line, p.left, p.right, p.top, p.bottom)
			}
		}
	}
}
