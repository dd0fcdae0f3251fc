package mapping

import (
	"fmt"
	"strconv"
	"strings"
)

// template is a text with holes: literal parts and columns in turn.
type template []part

// part is a literal text, a column, a column of a looked-up row, or the number
// of the row.
type part struct {
	literal string
	column  string
	lookup  string // of this lookup table
	found   string // this column of the row found there
	number  bool   // {#}
}

// parseTemplate reads text with {COLUMN}, {COLUMN>lookup.COLUMN} and {#};
// doubled braces stand for themselves.
func parseTemplate(text string) (template, error) {
	var t template
	var literal strings.Builder
	for i := 0; i < len(text); {
		switch {
		case strings.HasPrefix(text[i:], "{{"), strings.HasPrefix(text[i:], "}}"):
			literal.WriteByte(text[i])
			i += 2
		case text[i] == '}':
			return nil, fmt.Errorf("template %q: } without {; write }} for the character", text)
		case text[i] == '{':
			end := strings.IndexByte(text[i:], '}')
			if end < 0 {
				return nil, fmt.Errorf("template %q: { without }", text)
			}
			hole, err := parseHole(text[i+1 : i+end])
			if err != nil {
				return nil, fmt.Errorf("template %q: %w", text, err)
			}
			t = append(t, part{literal: literal.String()}, hole)
			literal.Reset()
			i += end + 1
		default:
			literal.WriteByte(text[i])
			i++
		}
	}
	return append(t, part{literal: literal.String()}), nil
}

func parseHole(text string) (part, error) {
	if text == "#" {
		return part{number: true}, nil
	}
	column, rest, looked := strings.Cut(text, ">")
	p := part{column: strings.TrimSpace(column)}
	if p.column == "" {
		return p, fmt.Errorf("an empty {}")
	}
	if looked {
		var dotted bool
		p.lookup, p.found, dotted = strings.Cut(strings.TrimSpace(rest), ".")
		if !dotted || p.lookup == "" || p.found == "" {
			return p, fmt.Errorf("{%s}: write {COLUMN>lookup.COLUMN}", text)
		}
	}
	return p, nil
}

// fill gives the text for a row. When every hole is empty the whole text is:
// constants around nothing are nothing.
func (t template) fill(row *row) string {
	var out strings.Builder
	holes, filled := 0, 0
	for _, p := range t {
		value := p.literal
		if p.column != "" || p.number {
			holes++
			value = p.value(row)
			if value != "" {
				filled++
			}
		}
		out.WriteString(value)
	}
	if holes > 0 && filled == 0 {
		return ""
	}
	return out.String()
}

func (p part) value(row *row) string {
	switch {
	case p.number:
		return strconv.Itoa(row.number)
	case p.lookup != "":
		return row.tables[p.lookup].value(row.get(p.column), p.found)
	default:
		return row.get(p.column)
	}
}
