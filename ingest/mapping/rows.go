package mapping

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// row is one line of a CSV file.
type row struct {
	number int // from 1, the header not counted
	line   int // in the file, the header is line 1
	cells  []string
	header map[string]int
	tables map[string]*table
}

// get gives a column, spaces around it cut; a short row has empty columns.
func (r *row) get(column string) string {
	at, ok := r.header[column]
	if !ok || at >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[at])
}

// table is a lookup file, held whole.
type table struct {
	header map[string]int
	rows   map[string][]string
}

func (t *table) value(key, column string) string {
	r := row{cells: t.rows[key], header: t.header}
	return r.get(column)
}

// sheet is an open CSV file.
type sheet struct {
	file   *os.File
	reader *csv.Reader
	header map[string]int
	number int
}

// openSheet opens a CSV file and reads its header.
func openSheet(path string, comma string) (*sheet, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open export: %w", err)
	}
	reader := csv.NewReader(file)
	reader.FieldsPerRecord = -1 // short rows are filled, long ones refused below
	if comma != "" {
		reader.Comma, _ = utf8.DecodeRuneInString(comma)
	}
	names, err := reader.Read()
	if err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("read header of %s: %w", filepath.Base(path), err)
	}
	s := &sheet{file: file, reader: reader, header: map[string]int{}}
	for i, name := range names {
		if i == 0 {
			name = strings.TrimPrefix(name, "\ufeff")
		}
		s.header[strings.TrimSpace(name)] = i
	}
	return s, nil
}

// next gives the next row; io.EOF at the end.
func (s *sheet) next() (*row, error) {
	cells, err := s.reader.Read()
	if errors.Is(err, io.EOF) {
		return nil, io.EOF
	}
	s.number++
	if err != nil { // the position is known of rows that could be read only
		return nil, fmt.Errorf("read row %d: %w", s.number, err)
	}
	line, _ := s.reader.FieldPos(0)
	return &row{number: s.number, line: line, cells: cells, header: s.header}, nil
}

func (s *sheet) close() { _ = s.file.Close() } // opened for reading: nothing can be lost

// readTable reads a lookup file. Of several rows with one key the first counts.
func readTable(dir string, l Lookup) (*table, error) {
	s, err := openSheet(filepath.Join(dir, l.File), "")
	if err != nil {
		return nil, err
	}
	defer s.close()
	if _, ok := s.header[l.Key]; !ok {
		return nil, fmt.Errorf("lookup file %s has no column %q", l.File, l.Key)
	}
	t := &table{header: s.header, rows: map[string][]string{}}
	for {
		r, err := s.next()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, err
		}
		if key := r.get(l.Key); t.rows[key] == nil {
			t.rows[key] = r.cells
		}
	}
}
