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
		if err := w.put([]string{text}, nil, style, 0); err != nil {
			return err
		}
	}
	titles, figures := make([]string, len(s.Columns)), make([]bool, len(s.Columns))
	for i, column := range s.Columns {
		titles[i], figures[i] = column.Title, column.Right
	}
	if err := w.put(titles, nil, look.head, 0); err != nil {
		return err
	}
	if err := w.headStays(); err != nil {
		return err
	}
	for _, row := range s.Rows {
		if err := w.put(row, figures, look.text, look.figure); err != nil {
			return err
		}
		if err := heighten(file, s.Name, w.row, row, s.Columns); err != nil {
			return err
		}
	}
	if s.Total != nil {
		if err := w.put(s.Total, figures, look.boldText, look.boldFigure); err != nil {
			return err
		}
	}
	for _, text := range s.Below {
		if err := w.put([]string{text}, nil, look.plain, 0); err != nil {
			return err
		}
	}
	return w.print()
}

// put writes a row: amounts in columns of figures as numbers, digit by digit as they
// are told, all else as text.
func (w *writer) put(row []string, figures []bool, text, figure int) error {
	w.row++
	for i, value := range row {
		at, err := excelize.CoordinatesToCellName(i+1, w.row)
		if err != nil {
			return fmt.Errorf("name cell: %w", err)
		}
		style := text
		if i < len(figures) && figures[i] && isAmount(value) {
			style = figure
			err = w.file.SetCellDefault(w.name, at, value)
		} else {
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
