package reference

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"

	"claimwatch"
)

// Row is a checked row of a table. Values holds one value for each of the
// table's columns.
type Row struct {
	Line   int // of the file, the header is line 1
	Void   bool
	Values []claimwatch.Value
}

// cells gives the canonical spelling of every cell.
func (r *Row) cells(t claimwatch.Table) []string {
	cells := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		cells[i] = FormatCell(column, r.Values[i])
	}
	return cells
}

// Key joins the key cells of the row.
func (r *Row) Key(t claimwatch.Table) string {
	var key []string
	for i, column := range t.Columns {
		if column.Key {
			key = append(key, FormatCell(column, r.Values[i]))
		}
	}
	return strings.Join(key, "|")
}

// hash tells whether two rows of one key say the same. Withdrawn rows all do.
func (r *Row) hash(t claimwatch.Table) (short [16]byte) {
	if r.Void {
		return short
	}
	sum := sha256.Sum256([]byte(strings.Join(r.cells(t), "\x1e")))
	copy(short[:], sum[:])
	return short
}

// rowLine is a row as it travels in the data of a load command. Its spelling is
// frozen: the journal is kept for ever.
type rowLine struct {
	Line  int      `json:"line"`
	Void  bool     `json:"void,omitempty"`
	Cells []string `json:"cells"`
}

// AppendRows writes rows as the data of a load command, a line each.
func AppendRows(dst []byte, t claimwatch.Table, rows []Row) ([]byte, error) {
	for i := range rows {
		line, err := json.Marshal(rowLine{Line: rows[i].Line, Void: rows[i].Void, Cells: rows[i].cells(t)})
		if err != nil {
			return nil, fmt.Errorf("write row of line %d: %w", rows[i].Line, err)
		}
		dst = append(append(dst, line...), '\n')
	}
	return dst, nil
}

// ReadRows reads the data of a load command. columns are the names of the cells
// as they were when it was written: a column that came later is absent, one
// that is gone is dropped.
func ReadRows(t claimwatch.Table, columns []string, data []byte) ([]Row, error) {
	place := make([]int, len(columns))
	for i, name := range columns {
		place[i] = columnIndex(t, name)
	}
	var rows []Row
	for line := range strings.Lines(string(data)) {
		var read rowLine
		if err := json.Unmarshal([]byte(line), &read); err != nil {
			return nil, fmt.Errorf("read row %d of load: %w", len(rows), err)
		}
		row := Row{Line: read.Line, Void: read.Void, Values: make([]claimwatch.Value, len(t.Columns))}
		for i, cell := range read.Cells {
			if i >= len(place) || place[i] < 0 {
				continue
			}
			value, fault := ParseCell(t.Columns[place[i]], cell)
			if fault != nil {
				return nil, fmt.Errorf("read row %d of load: column %s: %s", len(rows), columns[i], fault.message)
			}
			row.Values[place[i]] = value
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// ColumnNames lists the columns of a table in order, without void.
func ColumnNames(t claimwatch.Table) []string {
	names := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		names[i] = column.Name
	}
	return names
}

func columnIndex(t claimwatch.Table, name string) int {
	for i, column := range t.Columns {
		if column.Name == name {
			return i
		}
	}
	return -1
}
