package reference

import (
	"bytes"
	"mime"
	"slices"
	"strings"

	"claimwatch"
)

var byteOrderMark = []byte("\ufeff")

// Format is how a reference file is written.
type Format uint8

// The formats of the contract, section 2.
const (
	NDJSON Format = iota + 1
	CSV
)

// FormatOf reads a Content-Type; another one than NDJSON or CSV, or another
// charset than UTF-8, is unsupported_media_type.
func FormatOf(contentType string) (Format, error) {
	media, params, err := mime.ParseMediaType(contentType)
	if charset := params["charset"]; err == nil && (charset == "" || strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "utf8")) {
		switch media {
		case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/json":
			return NDJSON, nil
		case "text/csv", "application/csv":
			return CSV, nil
		}
	}
	return 0, claimwatch.Refuse(claimwatch.CodeUnsupportedMediaType,
		"send Content-Type text/csv or application/x-ndjson, in UTF-8")
}

// Parse reads and checks a whole file of a table. Every fault is named with its
// line; the error is a *claimwatch.Error with code invalid and all of them.
func Parse(t claimwatch.Table, format Format, body []byte) ([]Row, error) {
	body = bytes.TrimPrefix(body, byteOrderMark)
	p := parser{table: t, keys: map[string]int{}}
	if format == CSV {
		p.csv(body)
	} else {
		p.ndjson(body)
	}
	if err := p.faults.err(t.Name); err != nil {
		return nil, err
	}
	return p.rows, nil
}

type parser struct {
	table  claimwatch.Table
	rows   []Row
	keys   map[string]int // line of the first row with each key
	faults faults
}

// finish checks what a row needs as a whole and keeps a row without fault. bad
// names the columns that were at fault already.
func (p *parser) finish(row Row, bad []string) {
	good, keyed := len(bad) == 0, true
	for i, column := range p.table.Columns {
		faulty := slices.Contains(bad, column.Name)
		needed := !column.Optional && (column.Key || !row.Void)
		if needed && !row.Values[i].Set && !faulty {
			good, faulty = false, true
			p.faults.add(row.Line, column.Name, claimwatch.CodeMissing, "%s must not be empty", column.Name)
		}
		keyed = keyed && !(column.Key && faulty)
	}
	if keyed {
		p.once(row)
	}
	p.order(row)
	if p.table.Name == "item_pairs" && !row.Void {
		code, included := row.Values[columnIndex(p.table, "item_code")], row.Values[columnIndex(p.table, "included_code")]
		if code.Set && code.Text == included.Text {
			p.faults.add(row.Line, "included_code", claimwatch.CodeRange, "an item is no pair with itself")
		}
	}
	if good {
		p.rows = append(p.rows, row)
	}
}

// order checks that every span ends after it begins: until names the first day
// that is no longer covered.
func (p *parser) order(row Row) {
	for i, column := range p.table.Columns {
		begin, ends := strings.CutSuffix(column.Name, "until")
		from := columnIndex(p.table, begin+"from")
		if !ends || from < 0 || !row.Values[i].Set || !row.Values[from].Set {
			continue
		}
		if row.Values[i].Num <= row.Values[from].Num {
			p.faults.add(row.Line, column.Name, claimwatch.CodeTimeOrder, "%s must be later than %sfrom", column.Name, begin)
		}
	}
}

// once refuses a key that stands in the file twice, whatever else is wrong with
// its rows: every fault is named at once.
func (p *parser) once(row Row) {
	key := row.Key(p.table)
	if first, twice := p.keys[key]; twice {
		p.faults.add(row.Line, p.table.Columns[0].Name, claimwatch.CodeDuplicateKey, "the same key stands in line %d", first)
		return
	}
	p.keys[key] = row.Line
}
