package nhsa

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"regexp"
	"time"

	"github.com/xuri/excelize/v2"

	"claimwatch"
)

// Book is a spreadsheet that was read: what it states, and what of every sheet
// cannot be said in a reference table.
type Book struct {
	File   string
	SHA256 string
	Batch  string         // 第七批; empty when the name of the file tells none
	Saved  claimwatch.Day // local day on which the file was saved last, 0 when it does not tell
	Sheets []*Sheet
	Stated []Statement
}

// Statement is one thing that a sheet says, in the columns of a reference table.
type Statement struct {
	Table string            // item_pairs, item_limits or items
	Cells map[string]string // as CSV spells them; for items the code and one column
	Kind  string            // of its list
	From  []Place           // the rows that say it
}

// Place is a row of a sheet.
type Place struct {
	Sheet *Sheet
	Row   int // as spreadsheet programs count, from 1
}

// Sheet is a sheet of a book. Every row below the header is either imported or
// left out for a reason; some are imported with a reservation.
type Sheet struct {
	Name         string
	Rows         int // below the header, blank ones left aside
	leftOut      map[int]string
	reservations map[int]string
}

var batchForm = regexp.MustCompile(`【\s*(第[^】\s]+批[^】\s]*)\s*】`)

// Bounds of what a file may unpack to: a sheet beyond the first goes to a
// temporary file while it is read, a file beyond the second is refused.
const (
	maxInMemory = 16 << 20
	maxUnpacked = 1 << 30
)

// Read reads a spreadsheet. An error says that it is none, or names the sheet
// whose layout nobody knows; what single rows lack is told by the report.
func Read(path string, body []byte) (*Book, error) {
	sum := sha256.Sum256(body)
	b := &Book{File: filepath.Base(path), SHA256: hex.EncodeToString(sum[:])}
	if match := batchForm.FindStringSubmatch(b.File); match != nil {
		b.Batch = match[1]
	}
	file, err := excelize.OpenReader(bytes.NewReader(body), excelize.Options{
		RawCellValue: true, UnzipXMLSizeLimit: maxInMemory, UnzipSizeLimit: maxUnpacked,
	})
	if err != nil {
		return nil, fmt.Errorf("open spreadsheet %s: %w", b.File, err)
	}
	defer func() { _ = file.Close() }() // what was unpacked to a temporary file
	if props, err := file.GetDocProps(); err == nil {
		if saved, err := time.Parse(time.RFC3339, props.Modified); err == nil {
			b.Saved = claimwatch.InstantOf(saved).Day()
		}
	}
	if err := b.read(file); err != nil {
		return nil, fmt.Errorf("read %s: %w", b.File, err)
	}
	return b, nil
}

func (b *Book) read(file *excelize.File) error {
	r := reader{book: b, named: map[string]*namedLimit{}, groups: map[string][]member{}}
	var sheets []layout
	for _, name := range file.GetSheetList() {
		header, err := headerOf(file, name)
		if err != nil {
			return err
		}
		l := layoutOf(header)
		l.sheet = &Sheet{Name: name, leftOut: map[int]string{}, reservations: map[int]string{}}
		b.Sheets = append(b.Sheets, l.sheet)
		if len(header) == 0 {
			continue // a sheet without rows says nothing
		}
		if l.role == 0 {
			return fmt.Errorf("sheet %s: no known list has the columns %q", name, header)
		}
		sheets = append(sheets, l)
	}
	for _, role := range []role{names, codes, direct, pairs, frequencies, periods, remarks} { // names before their codes
		for _, l := range sheets {
			if l.role != role {
				continue
			}
			below := false
			err := eachRow(file, l.sheet.Name, func(n int, cells []string) {
				if below {
					r.row(l, n, cells)
				}
				below = true
			})
			if err != nil {
				return err
			}
		}
	}
	r.finish()
	return nil
}

// eachRow streams the rows of a sheet that are not blank; the first is the header.
func eachRow(file *excelize.File, sheet string, fn func(n int, cells []string)) error {
	rows, err := file.Rows(sheet)
	if err != nil {
		return fmt.Errorf("open sheet %s: %w", sheet, err)
	}
	defer func() { _ = rows.Close() }() // of a temporary file
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return fmt.Errorf("read row %d of sheet %s: %w", n, sheet, err)
		}
		if cells = trimmed(cells); len(cells) > 0 {
			fn(n, cells)
		}
	}
	if err := rows.Error(); err != nil {
		return fmt.Errorf("read sheet %s: %w", sheet, err)
	}
	return nil
}
