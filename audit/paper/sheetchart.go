package paper

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// SheetChart is a native chart of a sheet's rows: columns of the table as bars, and
// others as lines, over the texts of its first column.
type SheetChart struct {
	Title       string
	Bars, Lines []int // columns, from 0
	Rows        int   // the first so many; 0: all
}

// chart puts a chart beside the table, the number-th from above. A sheet without rows
// has none.
func (w *writer) chart(c SheetChart, number, head int, s Sheet) error {
	rows := len(s.Rows)
	if c.Rows > 0 {
		rows = min(rows, c.Rows)
	}
	if rows == 0 {
		return nil
	}
	at, err := excelize.CoordinatesToCellName(len(s.Columns)+2, 2+22*number)
	if err != nil {
		return fmt.Errorf("name cell: %w", err)
	}
	colors := []string{"4472A8", "C0504D", "7F7F7F"}
	drawn := func(kind excelize.ChartType, columns []int, from int) (*excelize.Chart, error) {
		one := &excelize.Chart{
			Type: kind, Dimension: excelize.ChartDimension{Width: 720, Height: 400},
			Title:  excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title}}},
			Legend: excelize.ChartLegend{Position: "bottom"},
		}
		for i, column := range columns {
			name, err := excelize.ColumnNumberToName(column + 1)
			if err != nil {
				return nil, fmt.Errorf("name column: %w", err)
			}
			color := []string{colors[(from+i)%len(colors)]}
			series := excelize.ChartSeries{
				Name:       fmt.Sprintf("'%s'!$%s$%d", w.name, name, head),
				Categories: fmt.Sprintf("'%s'!$A$%d:$A$%d", w.name, head+1, head+rows),
				Values:     fmt.Sprintf("'%s'!$%s$%d:$%s$%d", w.name, name, head+1, name, head+rows),
				Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: color},
			}
			if kind == excelize.Line {
				series.Line = excelize.LineOptions{Width: 2.25, Fill: series.Fill}
			}
			one.Series = append(one.Series, series)
		}
		return one, nil
	}
	bars, err := drawn(excelize.Col, c.Bars, 0)
	if err != nil {
		return err
	}
	charts := []*excelize.Chart{bars}
	if len(c.Lines) > 0 {
		lines, err := drawn(excelize.Line, c.Lines, len(c.Bars))
		if err != nil {
			return err
		}
		charts = append(charts, lines)
	}
	if err := w.file.AddChart(w.name, at, charts[0], charts[1:]...); err != nil {
		return fmt.Errorf("add chart: %w", err)
	}
	return nil
}
