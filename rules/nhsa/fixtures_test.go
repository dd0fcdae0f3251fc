package nhsa

import (
	"bytes"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("error:\n%+v", err)
	}
}

func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want, +got):\n%s", what, diff)
	}
}

// sheet is a sheet of a spreadsheet that a test writes; the first row is its header.
type sheet [][]any

// spreadsheet writes a file that was saved at noon of a day.
func spreadsheet(t testing.TB, day string, sheets ...sheet) []byte {
	t.Helper()
	file := excelize.NewFile()
	defer file.Close()
	for i, rows := range sheets {
		name := "Sheet" + string(rune('1'+i))
		if i > 0 {
			_, err := file.NewSheet(name)
			must(t, err)
		}
		for n, row := range rows {
			cell, err := excelize.CoordinatesToCellName(1, n+1)
			must(t, err)
			must(t, file.SetSheetRow(name, cell, &row))
		}
	}
	must(t, file.SetDocProps(&excelize.DocProperties{Modified: day + "T04:00:00Z"}))
	var out bytes.Buffer
	must(t, file.Write(&out))
	return out.Bytes()
}

// book reads a spreadsheet that a test writes.
func book(t testing.TB, name, day string, sheets ...sheet) *Book {
	t.Helper()
	b, err := Read(name, spreadsheet(t, day, sheets...))
	must(t, err)
	return b
}

// after is what stands once the loads are in their tables: rows as a server gives them back.
func after(before *Standing, loads []Load) *Standing {
	next := NewStanding()
	for table, rows := range before.rows {
		for _, r := range rows {
			next.Add(table, maps.Clone(r.cells), r.void)
		}
	}
	for _, load := range loads {
		for _, cells := range load.Rows {
			cells = maps.Clone(cells)
			maps.DeleteFunc(cells, func(_, v string) bool { return v == "" })
			next.Add(load.Table, cells, false)
		}
	}
	return next
}

// planned plans one book.
func planned(t testing.TB, b *Book, standing *Standing, o Options) ([]Load, Report) {
	t.Helper()
	loads, reports, err := Plan([]*Book{b}, standing, o)
	must(t, err)
	return loads, reports[0]
}
