package paper

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// widen sets the columns' widths, in characters.
func widen(file *excelize.File, sheet string, columns []Column) error {
	for i, column := range columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return fmt.Errorf("name column: %w", err)
		}
		if err := file.SetColWidth(sheet, name, name, float64(max(column.Weight, 4))); err != nil {
			return fmt.Errorf("set width of column %s: %w", name, err)
		}
	}
	return nil
}

// lineHeight of a cell in points, and the most that a row may have.
const lineHeight, mostHeight = 15, 405

// heighten gives a row the height of its longest text: not every program does by
// itself, and lines would stand over each other.
func heighten(file *excelize.File, sheet string, row int, cells []string, columns []Column) error {
	lines := 1
	for i, text := range cells {
		if i < len(columns) {
			lines = max(lines, linesIn(text, max(columns[i].Weight, 4)-1))
		}
	}
	if lines == 1 {
		return nil
	}
	if err := file.SetRowHeight(sheet, row, float64(min(lines*lineHeight, mostHeight))); err != nil {
		return fmt.Errorf("set height of row %d: %w", row, err)
	}
	return nil
}

// linesIn says how many lines a text takes in a column of so many characters; a
// Chinese one counts twice.
func linesIn(text string, width int) int {
	lines, used := 1, 0
	for _, r := range text {
		wide := 1
		if r >= 0x2000 {
			wide = 2
		}
		if r == '\n' || used+wide > width {
			lines, used = lines+1, 0
		}
		if r != '\n' {
			used += wide
		}
	}
	return lines
}
