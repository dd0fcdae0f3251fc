package paper

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"claimwatch"
)

// Book is a spreadsheet.
type Book struct {
	Title  string
	From   string // the agency
	Day    claimwatch.Day
	Sheets []Sheet
}

// Sheet is a table of a Book with lines above and below. A column's weight is its
// width in characters; one that is Right holds amounts, which stand as exact numbers
// ("128.50", no groups). Everything else is text: it is never run as a formula, not
// even after somebody has edited the cell, and nothing becomes a link.
type Sheet struct {
	Name    string // at most 31 characters
	Above   []string
	Columns []Column
	Rows    [][]string
	Total   []string
	Below   []string
	Charts  []SheetChart // beside the table
}

// mostInCell is how many characters a cell can hold; what is cut says so.
const mostInCell, cutShort = 32_767, "…〔过长截断〕"

// styles are numbers of styles in a file.
type styles struct{ title, plain, head, text, figure, count, boldText, boldFigure, boldCount int }

const textFormat, figureFormat, countFormat = 49, 4, 3 // built in: @, #,##0.00 and #,##0

// XLSX writes the book. The same book gives the same bytes: the dates inside are
// those of its day.
func (b Book) XLSX() ([]byte, error) {
	file := excelize.NewFile()
	defer func() { _ = file.Close() }() // nothing is on disk
	look, err := makeStyles(file)
	if err != nil {
		return nil, fmt.Errorf("make styles of book: %w", err)
	}
	for i, sheet := range b.Sheets {
		if i == 0 {
			err = file.SetSheetName(file.GetSheetName(0), sheet.Name)
		} else {
			_, err = file.NewSheet(sheet.Name)
		}
		if err == nil {
			err = sheet.write(file, look)
		}
		if err != nil {
			return nil, fmt.Errorf("write sheet %s: %w", sheet.Name, err)
		}
	}
	stamp := b.Day.Date().Format(time.RFC3339)
	err = file.SetDocProps(&excelize.DocProperties{
		Created: stamp, Modified: stamp, Creator: cell(b.From), LastModifiedBy: cell(b.From), Title: cell(b.Title), Language: "zh-CN",
	})
	if err != nil {
		return nil, fmt.Errorf("write properties of book: %w", err)
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		return nil, fmt.Errorf("write book: %w", err)
	}
	return out.Bytes(), nil
}

func makeStyles(file *excelize.File) (s styles, err error) {
	grid := []excelize.Border{{Type: "left", Color: "808080", Style: 1}, {Type: "right", Color: "808080", Style: 1}, {Type: "top", Color: "808080", Style: 1}, {Type: "bottom", Color: "808080", Style: 1}}
	text := &excelize.Alignment{Vertical: "top", WrapText: true}
	figure := &excelize.Alignment{Vertical: "top", Horizontal: "right"}
	bold := &excelize.Font{Bold: true}
	for _, one := range []struct {
		to    *int
		style excelize.Style
	}{
		{&s.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}, NumFmt: textFormat}},
		{&s.plain, excelize.Style{NumFmt: textFormat}},
		{&s.head, excelize.Style{Font: bold, NumFmt: textFormat, Border: grid, Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E6E6"}}}},
		{&s.text, excelize.Style{NumFmt: textFormat, Border: grid, Alignment: text}},
		{&s.figure, excelize.Style{NumFmt: figureFormat, Border: grid, Alignment: figure}},
		{&s.count, excelize.Style{NumFmt: countFormat, Border: grid, Alignment: figure}},
		{&s.boldCount, excelize.Style{NumFmt: countFormat, Border: grid, Alignment: figure, Font: bold}},
		{&s.boldText, excelize.Style{NumFmt: textFormat, Border: grid, Alignment: text, Font: bold}},
		{&s.boldFigure, excelize.Style{NumFmt: figureFormat, Border: grid, Alignment: figure, Font: bold}},
	} {
		if *one.to, err = file.NewStyle(&one.style); err != nil {
			return s, err
		}
	}
	return s, nil
}

// cell makes a text fit for a cell: visible throughout, and cut where the format ends.
func cell(text string) string {
	text, _ = visible(text, seen)
	return escapes.ReplaceAllString(shorten(text), "_x005F$0")
}

// escapes are what the format reads as the number of a character: _x0041_ would show
// as A. The pattern leaves the last underline to the next.
var escapes = regexp.MustCompile(`_x[0-9A-Za-z]{4}`)

func shorten(text string) string {
	if len(text) <= mostInCell { // bytes are at least as many as UTF-16 units, which are what counts
		return text
	}
	units, fits := 0, 0
	for i, r := range text {
		if units <= mostInCell-utf8.RuneCountInString(cutShort) {
			fits = i
		}
		if units += utf16.RuneLen(r); units > mostInCell {
			return text[:fits] + cutShort
		}
	}
	return text
}

// isCount says whether a text is a whole number.
func isCount(text string) bool {
	_, fault := claimwatch.ParseDecimal(text, 0, 1<<53)
	return fault == ""
}

// isAmount says whether a text is an amount as claimwatch.Fen writes it.
func isAmount(text string) bool {
	_, fault := claimwatch.ParseDecimal(text, 2, 1<<62)
	return fault == "" && strings.Contains(text, ".")
}
