package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// row is a source as a test writes it.
type row struct {
	File   string
	Line   int
	Record string
	Code   string
}

// rowsOf opens a command's files and gives every row and how far the bar came.
func rowsOf(t *testing.T, c uploadCommand) (rows []row, total int64, progress []int64) {
	t.Helper()
	s, err := c.open()
	must(t, err)
	err = s.each(func(s source) error {
		rows = append(rows, row{filepath.Base(s.file), s.line, string(s.record), s.code})
		return nil
	}, func(n int64) { progress = append(progress, n) })
	must(t, err)
	return rows, s.bytes, progress
}

// TestLinesOfAFile: what a person sees as a line is one, with its number in the
// file; blank ones are none, as for the door.
func TestLinesOfAFile(t *testing.T) {
	tests := []struct {
		name, text string
		want       []row
	}{
		{"two lines", "{1}\n{2}\n", []row{{"f", 1, "{1}", ""}, {"f", 2, "{2}", ""}}},
		{"no end", "{1}\n{2}", []row{{"f", 1, "{1}", ""}, {"f", 2, "{2}", ""}}},
		{"the ends of Windows", "{1}\r\n{2}\r\n", []row{{"f", 1, "{1}", ""}, {"f", 2, "{2}", ""}}},
		{"blanks between", "\n \t\n{1}\n\n\r\n{2}\n\n", []row{{"f", 3, "{1}", ""}, {"f", 6, "{2}", ""}}},
		{"blanks around", "  {1}\t\n", []row{{"f", 1, "{1}", ""}}},
		{"a byte order mark", byteOrderMark + "{1}\n{2}\n", []row{{"f", 1, "{1}", ""}, {"f", 2, "{2}", ""}}},
		{"a mark alone", byteOrderMark + "\n{2}\n", []row{{"f", 2, "{2}", ""}}},
		{"a second mark is the record's", byteOrderMark + byteOrderMark + "{1}\n", []row{{"f", 1, byteOrderMark + "{1}", ""}}},
		{"a mark in the second line", "{1}\n" + byteOrderMark + "{2}\n", []row{{"f", 1, "{1}", ""}, {"f", 2, byteOrderMark + "{2}", ""}}},
		{"what UTF-16 leaves of a blank line", "{1}\n\x00\r\x00\n\x00{2}\n", []row{{"f", 1, "{1}", ""}, {"f", 3, "\x00{2}", ""}}},
		{"no JSON is the door's to judge", "hello\n", []row{{"f", 1, "hello", ""}}},
		{"nothing", "", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, total, progress := rowsOf(t, uploadCommand{Files: []string{written(t, "f", test.text)}})
			same(t, "rows", rows, test.want)
			same(t, "bytes", total, int64(len(test.text)))
			for i, n := range progress {
				if n > total || (i > 0 && n < progress[i-1]) {
					t.Errorf("progress %v of %d", progress, total)
				}
			}
		})
	}
}

// TestALineTooLongIsAFaultOfItsOwn: the others go on, and memory does not grow
// with it.
func TestALineTooLongIsAFaultOfItsOwn(t *testing.T) {
	long := strings.Repeat("x", maxUploadLine)
	rows, _, _ := rowsOf(t, uploadCommand{Files: []string{written(t, "f", "{1}\n"+long+"y\n"+long[:maxUploadLine-1]+"\n{4}\n")}})
	for i := range rows {
		if len(rows[i].Record) > 10 {
			rows[i].Record = fmt.Sprintf("%d bytes", len(rows[i].Record))
		}
	}
	same(t, "rows", rows, []row{
		{"f", 1, "{1}", ""}, {"f", 2, "", "too_long"}, {"f", 3, fmt.Sprintf("%d bytes", maxUploadLine-1), ""}, {"f", 4, "{4}", ""},
	})
}

// TestFilesInTheirOrder: one after the other as named, each with its own lines,
// and the bar goes to the end of all.
func TestFilesInTheirOrder(t *testing.T) {
	one, two := written(t, "b", "{1}\n{2}\n"), written(t, "a", "{3}\n")
	rows, total, progress := rowsOf(t, uploadCommand{Files: []string{one, two, one}})
	same(t, "rows", rows, []row{{"b", 1, "{1}", ""}, {"b", 2, "{2}", ""}, {"a", 1, "{3}", ""}, {"b", 1, "{1}", ""}, {"b", 2, "{2}", ""}})
	same(t, "progress", progress, []int64{4, 8, 12, 16, 20})
	same(t, "bytes", total, int64(20))
}

// TestRowsOfAnExport: rows carry the line of their file, the bar counts whole
// files, and one file may become two kinds of record.
func TestRowsOfAnExport(t *testing.T) {
	dir := t.TempDir()
	text := "ID,WHEN\nL1,2026-03-02T08:00:00+08:00\nL2,never\n"
	must(t, os.WriteFile(filepath.Join(dir, "l.csv"), []byte(text), 0o600))
	one := `
  - file: l.csv
    kind: care_record
    fields: {record_id: "%s{ID}", person_id: P, stay_id: S, occurred_at: "{WHEN}", type: vitals}`
	mapping := written(t, "m.yaml", "files:"+fmt.Sprintf(one, "a")+fmt.Sprintf(one, "b")+"\n")
	s, err := uploadCommand{Files: []string{dir}, Mapping: mapping}.open()
	must(t, err)
	same(t, "bytes", s.bytes, int64(2*len(text)))
	var got []string
	var progress []int64
	must(t, s.each(func(s source) error {
		got = append(got, fmt.Sprintf("%s:%d %t %t", s.file, s.line, strings.Contains(string(s.record), `"record_id":"`), s.fault != nil))
		return nil
	}, func(n int64) { progress = append(progress, n) }))
	same(t, "rows", got, []string{"l.csv:2 true false", "l.csv:3 false true", "l.csv:2 true false", "l.csv:3 false true"})
	same(t, "progress", progress, []int64{int64(len(text))})
}
