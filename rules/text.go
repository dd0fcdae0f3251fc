package rules

import "strings"

// A query is read by the engine's own parser; what leaves no trace in its tree,
// or must be left out of a hash, is found by the few signs that begin and end
// comments and quoted texts.

// mask gives a query in which every byte of a comment, and every byte within
// quotes when quoted is set, is a space. Lines keep their numbers.
func mask(query string, quoted bool) string {
	out := []byte(query)
	for at := 0; at < len(query); {
		length, what := span(query[at:])
		if what == comment || what == quotation && quoted {
			for i := at; i < at+length; i++ {
				if out[i] != '\n' {
					out[i] = ' '
				}
			}
		}
		at += length
	}
	return string(out)
}

// sort of text that begins at some place.
type textSort uint8

const (
	code textSort = iota
	comment
	quotation
)

// span says what a text begins with and how long that is.
func span(text string) (length int, what textSort) {
	switch {
	case strings.HasPrefix(text, "--"), strings.HasPrefix(text, "# "), strings.HasPrefix(text, "#!"):
		if end := strings.IndexByte(text, '\n'); end >= 0 {
			return end, comment
		}
		return len(text), comment
	case strings.HasPrefix(text, "/*"):
		if end := strings.Index(text[2:], "*/"); end >= 0 {
			return end + 4, comment
		}
		return len(text), comment
	case strings.IndexByte("'\"`", text[0]) >= 0:
		for i := 1; i < len(text); i++ {
			if text[i] == '\\' {
				i++
			} else if text[i] == text[0] {
				return i + 1, quotation // a doubled quote is two texts, which masks the same
			}
		}
		return len(text), quotation
	default:
		return 1, code
	}
}

// bare gives the query without comments, without spaces at the ends of lines
// and without empty lines: what its hash is made of.
func bare(query string) string {
	var out strings.Builder
	for line := range strings.Lines(mask(query, false)) {
		if line = strings.TrimRight(line, " \t\r\n"); line != "" {
			out.WriteString(line + "\n")
		}
	}
	return out.String()
}
