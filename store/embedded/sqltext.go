package embedded

import (
	"strings"
)

// kind is what the transport does with a statement.
type kind int

const (
	// kindOther is run as a whole: DDL, SHOW, INSERT … SELECT, SET.
	kindOther kind = iota
	// kindSelect is streamed.
	kindSelect
	// kindInsert has data of its own, which follows VALUES or FORMAT.
	kindInsert
)

// parsed is a statement with the data cut off.
type parsed struct {
	kind   kind
	sql    string // without the FORMAT or VALUES word of an insert
	format string // input format of an insert
	data   string // rows that stood behind the statement
}

// parseSQL finds what kind of statement a text is and, for an insert, where
// the statement ends and its data begins. It reads words at the top level
// only: not inside quotes, comments or brackets.
func parseSQL(text string) parsed {
	scan := scanner{text: text}
	first := scan.next()
	switch strings.ToUpper(first) {
	case "SELECT", "WITH", "(":
		return parsed{kind: kindSelect, sql: text}
	case "INSERT":
	default:
		return parsed{kind: kindOther, sql: text}
	}
	for {
		word := scan.next()
		switch strings.ToUpper(word) {
		case "", "SELECT", "WITH", "WATCH", "INFILE":
			return parsed{kind: kindOther, sql: text}
		case "VALUES":
			return parsed{kind: kindInsert, sql: text[:scan.start], format: "Values", data: text[scan.pos:]}
		case "FORMAT":
			statementEnd := scan.start
			format := scan.next()
			return parsed{kind: kindInsert, sql: text[:statementEnd], format: format, data: afterFormat(text[scan.pos:])}
		}
	}
}

// afterFormat skips what separates a format's name from its data: blanks and
// one line end, as the server does. Binary data may begin with any byte, but
// it never comes this way: clickhouse-go sends it in the body.
func afterFormat(rest string) string {
	rest = strings.TrimLeft(rest, " \t;")
	rest = strings.TrimPrefix(rest, "\r")
	return strings.TrimPrefix(rest, "\n")
}

// scanner splits a statement into its top-level words.
type scanner struct {
	text  string
	start int // of the last word
	pos   int // behind the last word
}

// next returns the next word, or one punctuation mark, or "" at the end.
// Bracketed parts of an INSERT (its column list) are skipped after the first
// word; a bracket that opens the statement is returned as it is.
func (s *scanner) next() string {
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		switch {
		case c == '-' && strings.HasPrefix(s.text[s.pos:], "--"):
			s.skipPast("\n")
		case c == '/' && strings.HasPrefix(s.text[s.pos:], "/*"):
			s.skipPast("*/")
		case c == '\'' || c == '"' || c == '`':
			s.skipQuoted(c)
		case c == '(' && s.start == 0 && strings.TrimSpace(s.text[:s.pos]) == "":
			s.pos++
			return "("
		case c == '(':
			s.skipBrackets()
		case isWordByte(c):
			s.start = s.pos
			for s.pos < len(s.text) && isWordByte(s.text[s.pos]) {
				s.pos++
			}
			return s.text[s.start:s.pos]
		default:
			s.pos++
		}
	}
	return ""
}

func (s *scanner) skipPast(end string) {
	at := strings.Index(s.text[s.pos:], end)
	if at < 0 {
		s.pos = len(s.text)
		return
	}
	s.pos += at + len(end)
}

// skipQuoted passes a quoted text with its backslashes; a doubled quote is two
// quoted texts side by side, which comes to the same.
func (s *scanner) skipQuoted(quote byte) {
	for s.pos++; s.pos < len(s.text); s.pos++ {
		switch s.text[s.pos] {
		case '\\':
			s.pos++
		case quote:
			s.pos++
			return
		}
	}
}

func (s *scanner) skipBrackets() {
	depth := 0
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; c {
		case '\'', '"', '`':
			s.skipQuoted(c)
			continue
		case '(':
			depth++
		case ')':
			depth--
		}
		s.pos++
		if depth == 0 {
			return
		}
	}
}

func isWordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
