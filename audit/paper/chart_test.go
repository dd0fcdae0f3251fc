package paper_test

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"claimwatch/audit/paper"
	"claimwatch/audit/paper/papertest"
)

func charted(t *testing.T, values ...int64) paper.Letter {
	t.Helper()
	c := paper.Chart{Title: "图1　金额", Unit: "元", Scale: 100, Bars: []paper.ChartSeries{{Name: "疑点金额", Values: values}}}
	line := paper.ChartSeries{Name: "拒付金额"}
	for i := range values {
		c.Labels = append(c.Labels, "2026-0"+string(rune('1'+i)))
		line.Values = append(line.Values, values[i]/2)
	}
	c.Line = &line
	return paper.Letter{From: "经办机构", Title: "月报", Day: day(t, "2026-03-05"), Body: []paper.Block{
		paper.Paragraph(strings.Repeat("字", 900)), paper.Together{paper.Heading("一、趋势"), c}, paper.Flush("完"),
	}}
}

// TestChart: the scale reaches over the greatest value in whole steps, and a chart is
// not torn from its heading.
func TestChart(t *testing.T) {
	for _, c := range []struct {
		values []int64
		top    string
		beyond string
	}{
		{[]int64{0, 0}, "1", "2"},
		{[]int64{100, 400}, "4", "5"},
		{[]int64{1_900_000, -5, 700}, "20,000", "25,000"},
		{[]int64{123_456_789_00}, "150,000,000", "200,000,000"},
	} {
		raw := pdf(t, charted(t, c.values...))
		text := papertest.Text(t, raw)
		lines := strings.Split(strings.ReplaceAll(text, "\f", "\n"), "\n")
		has := func(want string) bool {
			for _, line := range lines {
				if strings.TrimSpace(line) == want {
					return true
				}
			}
			return false
		}
		if !has(c.top) || has(c.beyond) {
			t.Errorf("values %v: want %s at the top of the scale and not %s:\n%s", c.values, c.top, c.beyond, text)
		}
		papertest.Holds(t, raw, "图1　金额", "单位：元", "疑点金额", "拒付金额", "2026-01")
		for page := range strings.SplitSeq(text, "\f") {
			if strings.Contains(page, "一、趋势") != strings.Contains(page, "单位：元") {
				t.Errorf("values %v: the heading stands on another sheet than its chart", c.values)
			}
		}
	}
	if !bytes.Equal(pdf(t, charted(t, 5, 6)), pdf(t, charted(t, 5, 6))) {
		t.Error("the same chart gives other bytes")
	}
}

// TestSheetChart: a native chart names the rows it shows, a sheet without rows has none.
func TestSheetChart(t *testing.T) {
	sheet := paper.Sheet{
		Name: "趋势", Above: []string{"标题"}, Columns: []paper.Column{{Title: "月份"}, {Title: "件", Right: true, Count: true}, {Title: "金额", Right: true}},
		Rows:   [][]string{{"2026-01", "7", "1.50"}, {"2026-02", "8", "2.50"}},
		Charts: []paper.SheetChart{{Title: "图", Bars: []int{2}, Lines: []int{1}}},
	}
	empty := sheet
	empty.Name, empty.Rows = "空", nil
	raw := xlsx(t, paper.Book{Title: "t", Day: day(t, "2026-03-05"), Sheets: []paper.Sheet{sheet, empty}})
	parts, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatalf("NewReader() error:\n%+v", err)
	}
	charts := ""
	cells := ""
	for _, part := range parts.File {
		file, err := part.Open()
		if err != nil {
			t.Fatalf("Open() error:\n%+v", err)
		}
		text, err := io.ReadAll(file)
		if err != nil {
			t.Fatalf("ReadAll() error:\n%+v", err)
		}
		if strings.Contains(part.Name, "charts/chart") {
			charts += string(text)
		}
		if strings.HasSuffix(part.Name, "sheet1.xml") {
			cells = string(text)
		}
	}
	if n := strings.Count(charts, "<c:chartSpace"); n != 1 && strings.Count(charts, "<chartSpace") != 1 {
		t.Errorf("%d charts, want one", n)
	}
	for _, want := range []string{"$C$3:$C$4", "$B$3:$B$4", "$A$3:$A$4"} {
		if !strings.Contains(charts, want) {
			t.Errorf("no series of %s in %s", want, charts)
		}
	}
	if !regexp.MustCompile(`<c r="B3"[^>]*><v>7</v>`).MatchString(cells) {
		t.Errorf("the count is no number: %s", cells)
	}
}
