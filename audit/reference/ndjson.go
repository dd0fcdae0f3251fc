package reference

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"claimwatch"
)

const maxLine = 1 << 20 // bytes (contract, section 6)

// ndjson reads one object a line. Blank lines do not count as rows, but as lines.
func (p *parser) ndjson(body []byte) {
	line := 0
	for raw := range bytes.Lines(body) {
		line++
		raw = bytes.TrimSpace(raw)
		switch {
		case len(raw) == 0:
		case len(raw) > maxLine:
			p.faults.add(line, "", claimwatch.CodeTooLong, "a line has at most 1 MiB")
		default:
			p.object(line, raw)
		}
	}
}

func (p *parser) object(line int, raw []byte) {
	row := Row{Line: line, Values: make([]claimwatch.Value, len(p.table.Columns))}
	var bad []string
	refuse := func(column string, f *Fault) {
		bad = append(bad, column)
		p.faults.add(line, column, f.code, "%s", f.message)
	}
	decoder := jsontext.NewDecoder(bytes.NewReader(raw))
	if decoder.PeekKind() != '{' {
		refuse("", wrong(claimwatch.CodeType, "a row is a JSON object"))
		return
	}
	_, err := decoder.ReadToken()
	for err == nil && decoder.PeekKind() == '"' {
		var name jsontext.Token
		if name, err = decoder.ReadToken(); err != nil {
			break
		}
		column := name.String()
		var value jsontext.Value
		if value, err = decoder.ReadValue(); err != nil {
			break
		}
		if f := p.member(&row, column, value); f != nil {
			refuse(column, f)
		}
	}
	if err == nil {
		_, err = decoder.ReadToken() // the closing brace
	}
	if err == nil {
		if _, err = decoder.ReadToken(); errors.Is(err, io.EOF) {
			p.finish(row, bad)
			return
		}
		err = errors.New("there is more after the object")
	}
	refuse("", syntax(err))
}

func syntax(err error) *Fault {
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return wrong(claimwatch.CodeDuplicateKey, "a key stands in the object twice")
	case strings.Contains(err.Error(), "UTF-8") || strings.Contains(err.Error(), "surrogate"):
		return wrong(claimwatch.CodeNotUTF8, "the line is not UTF-8")
	default:
		return wrong(claimwatch.CodeSyntax, "the line is no JSON object")
	}
}

func (p *parser) member(row *Row, name string, raw jsontext.Value) *Fault {
	at := columnIndex(p.table, name)
	column := claimwatch.Void
	switch {
	case at >= 0:
		column = p.table.Columns[at]
	case name != claimwatch.Void.Name:
		return wrong(claimwatch.CodeUnknownField, "table %s has no column %q", p.table.Name, name)
	}
	value, f := jsonCell(column, raw)
	if f != nil {
		return f
	}
	if at < 0 {
		row.Void = value.Num != 0
	} else {
		row.Values[at] = value
	}
	return nil
}

// jsonCell reads a JSON value as the cell of a column: its own JSON type, or
// the text that would stand in CSV. Money is never a JSON number.
func jsonCell(c claimwatch.Column, raw jsontext.Value) (claimwatch.Value, *Fault) {
	switch raw.Kind() {
	case 'n':
		return claimwatch.Value{}, nil
	case '"':
		text, err := jsontext.AppendUnquote(nil, raw)
		if err != nil {
			return claimwatch.Value{}, wrong(claimwatch.CodeNotUTF8, "the text is not UTF-8")
		}
		if c.Type == claimwatch.ColumnBool && (string(text) == "1" || string(text) == "0") {
			return claimwatch.Value{}, wrong(claimwatch.CodeType, "want true or false")
		}
		return ParseCell(c, string(text))
	case 't', 'f':
		if c.Type == claimwatch.ColumnBool {
			return ParseCell(c, string(raw))
		}
	case '0':
		if c.Type == claimwatch.ColumnInt || c.Type == claimwatch.ColumnNumber {
			return ParseCell(c, string(raw))
		}
	case '[':
		if c.Type == claimwatch.ColumnList {
			return jsonList(c, raw)
		}
	default: // an object: no column holds one
	}
	return claimwatch.Value{}, wrong(claimwatch.CodeType, "the value has the wrong JSON type")
}

func jsonList(c claimwatch.Column, raw jsontext.Value) (claimwatch.Value, *Fault) {
	decoder := jsontext.NewDecoder(bytes.NewReader(raw))
	if _, err := decoder.ReadToken(); err != nil {
		return claimwatch.Value{}, syntax(err)
	}
	var elements []string
	for decoder.PeekKind() != ']' {
		token, err := decoder.ReadToken()
		if err != nil {
			return claimwatch.Value{}, syntax(err)
		}
		if token.Kind() != '"' {
			return claimwatch.Value{}, wrong(claimwatch.CodeType, "the elements of a list are texts")
		}
		if f := checkText(token.String()); f != nil {
			return claimwatch.Value{}, f
		}
		elements = append(elements, token.String())
	}
	return parseList(c, elements)
}
