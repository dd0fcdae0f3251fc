package decode

import "claimwatch"

// maxMembers is more than any kind has fields; a record with more is for the
// strict decoder to refuse.
const maxMembers = 40

// token is one member of a record as it stands in the line: where its key and
// its value lie, without quotes.
type token struct {
	keyFrom, keyTo     int32
	valueFrom, valueTo int32
	kind               byte  // '"', '0', 't', 'f', 'n' or '['
	class              class // of the bytes of a string
}

// class says what bytes a string holds.
type class uint8

const (
	classNotID   class = 1 << iota // a byte that no identifier may have
	classNotItem                   // a byte that no item code may have
	classHigh                      // a byte of a character beyond ASCII
	classEscape                    // a backslash
	classStop                      // a quote, or a control character
)

// classes gives the class of each byte.
var classes = classify()

func classify() (table [256]class) {
	for i := range table {
		c := byte(i)
		isID := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
			c == '.' || c == '_' || c == ':' || c == '-'
		if !isID {
			table[i] |= classNotID
		}
		if c <= ' ' || c > '~' || c == '|' {
			table[i] |= classNotItem
		}
		switch {
		case c >= 0x80:
			table[i] |= classHigh
		case c == '\\':
			table[i] |= classEscape
		case c == '"' || c < ' ' || c == 0x7f:
			table[i] |= classStop
		}
	}
	return table
}

// scan reads a clean record. It answers false for everything else: a record to
// be refused, or a spelling that is rare enough to be left to the strict decoder.
func (d *Decoder) scan(line string, into *claimwatch.Record) bool {
	n := d.tokenize(line)
	if n == 0 {
		return false
	}
	tokens := d.tokens[:n]
	for i := range tokens {
		t := &tokens[i]
		if line[t.keyFrom:t.keyTo] != "kind" {
			continue
		}
		kind, ok := claimwatch.ParseKind(line[t.valueFrom:t.valueTo])
		return ok && t.kind == '"' && d.fill(line, tokens, kind, into)
	}
	return false
}

// tokenize finds the members of the line's object; 0 says that the line is not
// clean (an empty object is not either).
func (d *Decoder) tokenize(s string) int {
	i := skipBlanks(s, 0)
	if i >= len(s) || s[i] != '{' {
		return 0
	}
	for n := 0; n < maxMembers; n++ {
		t := &d.tokens[n]
		i = skipBlanks(s, i+1)
		if i = scanKey(s, i, t); i < 0 {
			return 0
		}
		if i = scanValue(s, i, t); i < 0 {
			return 0
		}
		if i = skipBlanks(s, i); i >= len(s) {
			return 0
		}
		switch s[i] {
		case ',':
		case '}':
			if skipBlanks(s, i+1) != len(s) {
				return 0
			}
			return n + 1
		default:
			return 0
		}
	}
	return 0
}

func skipBlanks(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\r' || s[i] == '\n') {
		i++
	}
	return i
}

// scanKey reads a key, the colon and the blanks around it; -1 when it cannot.
func scanKey(s string, i int, t *token) int {
	if i >= len(s) || s[i] != '"' {
		return -1
	}
	end, class := scanString(s, i+1)
	if end < 0 || class&classEscape != 0 {
		return -1
	}
	t.keyFrom, t.keyTo = int32(i+1), int32(end)
	i = skipBlanks(s, end+1)
	if i >= len(s) || s[i] != ':' {
		return -1
	}
	return skipBlanks(s, i+1)
}

// scanValue reads a value and gives the place after it; -1 when it cannot.
func scanValue(s string, i int, t *token) int {
	if i >= len(s) {
		return -1
	}
	switch c := s[i]; {
	case c == '"':
		end, class := scanString(s, i+1)
		if end < 0 {
			return -1
		}
		t.kind, t.class, t.valueFrom, t.valueTo = '"', class, int32(i+1), int32(end)
		return end + 1
	case c == '-' || c >= '0' && c <= '9':
		return scanInteger(s, i, t)
	case c == 't':
		return scanLiteral(s, i, "true", t)
	case c == 'f':
		return scanLiteral(s, i, "false", t)
	case c == 'n':
		return scanLiteral(s, i, "null", t)
	case c == '[':
		return scanList(s, i, t)
	default:
		return -1
	}
}

// scanString finds the quote that ends a string; -1 when there is none or a
// control character stands before it.
func scanString(s string, i int) (end int, all class) {
	for i < len(s) {
		c := classes[s[i]]
		if c&(classStop|classEscape) != 0 {
			if s[i] == '"' {
				return i, all
			}
			if c&classStop != 0 {
				return -1, all
			}
			i++ // whatever is escaped does not end the string
		}
		all |= c
		i++
	}
	return -1, all
}

func scanInteger(s string, i int, t *token) int {
	t.kind, t.valueFrom = '0', int32(i)
	if s[i] == '-' {
		i++
	}
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	t.valueTo = int32(i)
	return i // a point or an exponent is no end of a member: tokenize stops there
}

func scanLiteral(s string, i int, literal string, t *token) int {
	end := i + len(literal)
	if end > len(s) || s[i:end] != literal {
		return -1
	}
	t.kind = literal[0]
	return end
}

// scanList finds the end of a list of strings; -1 for any other list.
func scanList(s string, i int, t *token) int {
	t.kind, t.valueFrom = '[', int32(i+1)
	if i = skipBlanks(s, i+1); i < len(s) && s[i] == ']' {
		t.valueTo = int32(i)
		return i + 1
	}
	for i < len(s) && s[i] == '"' {
		end, _ := scanString(s, i+1)
		if end < 0 {
			return -1
		}
		i = skipBlanks(s, end+1)
		if i >= len(s) {
			return -1
		}
		if s[i] == ']' {
			t.valueTo = int32(i)
			return i + 1
		}
		if s[i] != ',' {
			return -1
		}
		i = skipBlanks(s, i+1)
	}
	return -1
}
