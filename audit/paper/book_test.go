package paper_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"claimwatch/audit/paper"
)

func exampleBook(t testing.TB) paper.Book {
	t.Helper()
	return paper.Book{Title: "示例", From: "太原市工伤保险经办机构", Day: day(t, "2026-03-05"), Sheets: []paper.Sheet{
		{
			Name: "清单", Above: []string{"拒付费用清单", "=1+1"}, Columns: []paper.Column{{Title: "项目", Weight: 20}, {Title: "金额", Weight: 12, Right: true}},
			Rows:  [][]string{{"=HYPERLINK(\"http://x\",\"y\")", "128.50"}, {"＝1+1\u202e", "-0.05"}, {"@SUM(A1)\x07", "99999999.99"}, {"+86", "=1+1"}, {"_x0041_ 𠮷", "1"}},
			Total: []string{"合计", "100000128.44"}, Below: []string{"http://example.com"},
		},
		{Name: "空", Columns: []paper.Column{{Title: "无"}}},
	}}
}

func xlsx(t testing.TB, b paper.Book) []byte {
	t.Helper()
	raw, err := b.XLSX()
	if err != nil {
		t.Fatalf("XLSX() error:\n%+v", err)
	}
	return raw
}

func open(t testing.TB, raw []byte) *excelize.File {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("OpenReader() error:\n%+v", err)
	}
	return file
}

func TestBook(t *testing.T) {
	raw := xlsx(t, exampleBook(t))
	file := open(t, raw)
	got, err := file.GetRows("清单", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatalf("GetRows() error:\n%+v", err)
	}
	want := [][]string{
		{"拒付费用清单"},
		{"=1+1"},
		{"项目", "金额"},
		{"=HYPERLINK(\"http://x\",\"y\")", "128.50"},
		{"＝1+1[U+202E]", "-0.05"},
		{"@SUM(A1)[U+0007]", "99999999.99"},
		{"+86", "=1+1"},
		{"_x0041_ 𠮷", "1"},
		{"合计", "100000128.44"},
		{"http://example.com"},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("rows (-got, +want):\n%s", diff)
	}
	for at, want := range map[string]excelize.CellType{"B4": excelize.CellTypeUnset, "B5": excelize.CellTypeUnset, "A4": excelize.CellTypeSharedString, "A2": excelize.CellTypeSharedString, "B7": excelize.CellTypeSharedString, "B8": excelize.CellTypeSharedString} {
		if got, err := file.GetCellType("清单", at); err != nil || got != want {
			t.Errorf("cell %s is of type %v, %v; want %v", at, got, err, want)
		}
	}
	for _, at := range []string{"A1", "A2", "A4", "A8", "B7", "A10"} { // what is edited stays text
		id, err := file.GetCellStyle("清单", at)
		if err != nil {
			t.Fatalf("GetCellStyle(%s) error:\n%+v", at, err)
		}
		if style, err := file.GetStyle(id); err != nil || style.NumFmt != 49 {
			t.Errorf("cell %s has format %d, %v", at, style.NumFmt, err)
		}
	}
	pack, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatalf("NewReader() error:\n%+v", err)
	}
	for _, one := range pack.File {
		content, err := one.Open()
		if err != nil {
			t.Fatalf("open %s error:\n%+v", one.Name, err)
		}
		text, err := io.ReadAll(content)
		if err != nil {
			t.Fatalf("read %s error:\n%+v", one.Name, err)
		}
		if strings.Contains(string(text), "<f>") || strings.Contains(string(text), "<hyperlink") || strings.Contains(string(text), "TargetMode=\"External\"") {
			t.Errorf("%s has a formula or a link", one.Name)
		}
	}
}

// Texts of any length and content come back as they were, or say where they were cut.
func TestCellsReadBack(t *testing.T) {
	letter := rapid.RuneFrom([]rune("=+-@＝＋－＠'\"<>&;_x0041\n中𠮷 "))
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringOfN(letter, 0, 12, -1).Draw(r, "text") + strings.Repeat("长", rapid.SampledFrom([]int{0, 1, 32_750, 40_000}).Draw(r, "more"))
		file := open(t, xlsx(t, paper.Book{Sheets: []paper.Sheet{{Name: "一", Columns: []paper.Column{{Title: "甲"}}, Rows: [][]string{{text}}}}}))
		got, err := file.GetCellValue("一", "A2")
		if err != nil {
			r.Fatalf("GetCellValue() error:\n%+v", err)
		}
		if kept, cut := strings.CutSuffix(got, "…〔过长截断〕"); got != text && !(cut && strings.HasPrefix(text, kept)) {
			r.Fatalf("%.60q reads back as %.60q", text, got)
		}
		if formula, err := file.GetCellFormula("一", "A2"); err != nil || formula != "" {
			r.Fatalf("%q is the formula %q, %v", text, formula, err)
		}
	})
}

// A row is as high as its longest text.
func TestRowHeights(t *testing.T) {
	file := open(t, xlsx(t, paper.Book{Sheets: []paper.Sheet{{
		Name: "一", Columns: []paper.Column{{Title: "甲", Weight: 11}, {Title: "乙", Weight: 5}},
		Rows: [][]string{{"一二三四五", "x"}, {"一二三四五六", "x"}, {"x", "1\n2\n3"}, {strings.Repeat("长", 1000), ""}, {"", "", "x"}},
	}}}))
	for i, want := range []float64{15, 30, 45, 405, 15} {
		if got, err := file.GetRowHeight("一", i+2); err != nil || got != want {
			t.Errorf("row %d is %g high, %v; want %g", i+2, got, err, want)
		}
	}
}
