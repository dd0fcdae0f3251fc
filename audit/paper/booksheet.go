package paper

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// writer puts rows on a sheet of a file, one under the other.
type writer struct {
	file *excelize.File
	name string
	row  int // the last that was written
}

func (s Sheet) write(file *excelize.File, look styles) error {
	w := &writer{file: file, name: s.Name}
	if err := widen(file, s.Name, s.Columns); err != nil {
		return err
	}
	for i, text := range s.Above {
		style := look.plain
		if i == 0 {
			style = look.title
		}
		if err := w.put([]string{text}, nil, look, style); err != nil {
			return err
		}
	}
	titles := make([]string, len(s.Columns))
	for i, column := range s.Columns {
		titles[i] = column.Title
	}
	if err := w.put(titles, nil, look, look.head); err != nil {
		return err
	}
	if err := w.headStays(); err != nil {
		return err
	}
	head := w.row
	for _, row := range s.Rows {
		if err := w.put(row, s.Columns, look, look.text); err != nil {
			return err
		}
		if err := heighten(file, s.Name, w.row, row, s.Columns); err != nil {
			return err
		}
	}
	if s.Total != nil {
		if err := w.put(s.Total, s.Columns, look, look.boldText); err != nil {
			return err
		}
	}
	for _, text := range s.Below {
		if err := w.put([]string{text}, nil, look, look.plain); err != nil {
			return err
		}
	}
	for i, chart := range s.Charts {
		if err := w.chart(chart, i, head, s); err != nil {
			return err
		}
	}
	return w.print()
}

// put writes a row: amounts and counts in their columns as numbers, digit by digit as
// they are told, all else as text.
func (w *writer) put(row []string, columns []Column, look styles, text int) error {
	figure, count := look.figure, look.count
	if text == look.boldText {
		figure, count = look.boldFigure, look.boldCount
	}
	w.row++
	for i, value := range row {
		at, err := excelize.CoordinatesToCellName(i+1, w.row)
		if err != nil {
			return fmt.Errorf("name cell: %w", err)
		}
		style := text
		switch {
		case i < len(columns) && columns[i].Right && isAmount(value):
			style = figure
			err = w.file.SetCellDefault(w.name, at, value)
		case i < len(columns) && columns[i].Count && isCount(value):
			style = count
			err = w.file.SetCellDefault(w.name, at, value)
		default:
			err = w.file.SetCellStr(w.name, at, cell(value))
		}
		if err == nil && style != 0 {
			err = w.file.SetCellStyle(w.name, at, at, style)
		}
		if err != nil {
			return fmt.Errorf("write cell %s: %w", at, err)
		}
	}
	return nil
}

// headStays keeps what was written so far in sight, and on every printed page.
func (w *writer) headStays() error {
	below, err := excelize.CoordinatesToCellName(1, w.row+1)
	if err != nil {
		return fmt.Errorf("name cell: %w", err)
	}
	if err := w.file.SetPanes(w.name, &excelize.Panes{Freeze: true, YSplit: w.row, TopLeftCell: below, ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("freeze head: %w", err)
	}
	err = w.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", w.name, w.row, w.row), Scope: w.name})
	if err != nil {
		return fmt.Errorf("repeat head: %w", err)
	}
	return nil
}

// print sets the sheet to A4, the long edge below, as many columns as there are on
// one page.
func (w *writer) print() error {
	a4, landscape, wide, high, fit := 9, "landscape", 1, 0, true
	if err := w.file.SetPageLayout(w.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return fmt.Errorf("set page: %w", err)
	}
	if err := w.file.SetSheetProps(w.name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return fmt.Errorf("fit page: %w", err)
	}
	if err := w.file.SetHeaderFooter(w.name, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页 共 &N 页"}); err != nil {
		return fmt.Errorf("number pages: %w", err)
	}
	return nil
}
