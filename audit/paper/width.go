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
