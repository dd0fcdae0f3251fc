package reference

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"unicode/utf8"

	"claimwatch"
)

// csv reads a file with a header. Columns may stand in any order, optional ones
// may be left out, unknown ones are refused. Beside the column void the key is enough:
// a row that is not withdrawn lacks the others then, as it would in NDJSON.
func (p *parser) csv(body []byte) {
	reader := csv.NewReader(bytes.NewReader(body))
	reader.FieldsPerRecord = -1 // counted here, so that every fault has its line
	reader.ReuseRecord = true
	header, err := reader.Read()
	if err != nil {
		p.faults.add(1, "", claimwatch.CodeMissing, "the file has no header: name the columns in line 1")
		return
	}
	place, good := p.header(header)
	if !good {
		return // without its columns nothing of a row can be told
	}
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			p.faults.add(broken.Line, "", claimwatch.CodeSyntax, "%v", broken.Err)
			continue // the reader goes on with the next line
		}
		line, _ := reader.FieldPos(0)
		if len(cells) != len(place) {
			p.faults.add(line, "", claimwatch.CodeSyntax, "%d cells under a header of %d", len(cells), len(place))
			continue
		}
		p.record(line, place, cells)
	}
}

// voidPlace stands for the column void among the places of a header.
const voidPlace = -1

func (p *parser) header(header []string) (place []int, good bool) {
	before := len(p.faults.list)
	seen := map[string]bool{}
	for _, name := range header {
		at := columnIndex(p.table, name)
		switch {
		case !utf8.ValidString(name):
			p.faults.add(1, "", claimwatch.CodeNotUTF8, "the header is not UTF-8")
		case seen[name]:
			p.faults.add(1, name, claimwatch.CodeDuplicateKey, "the column stands in the header twice")
		case at < 0 && name != claimwatch.Void.Name:
			p.faults.add(1, name, claimwatch.CodeUnknownField, "table %s has no column %q", p.table.Name, name)
		}
		seen[name] = true
		place = append(place, at) // -1 is void, everything else unknown was refused
	}
	for _, column := range p.table.Columns {
		needed := !column.Optional && (column.Key || !seen[claimwatch.Void.Name]) // a row is withdrawn by its key
		if needed && !seen[column.Name] {
			p.faults.add(1, column.Name, claimwatch.CodeMissing, "the column %s is needed", column.Name)
		}
	}
	return place, len(p.faults.list) == before
}

func (p *parser) record(line int, place []int, cells []string) {
	row := Row{Line: line, Values: make([]claimwatch.Value, len(p.table.Columns))}
	var bad []string
	for i, cell := range cells {
		column := claimwatch.Void
		if place[i] != voidPlace {
			column = p.table.Columns[place[i]]
		}
		value, fault := ParseCell(column, cell)
		if fault != nil {
			bad = append(bad, column.Name)
			p.faults.add(line, column.Name, fault.code, "%s", fault.message)
		}
		if place[i] == voidPlace {
			row.Void = value.Num != 0
		} else {
			row.Values[place[i]] = value
		}
	}
	p.finish(row, bad)
}
