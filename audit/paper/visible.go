package paper

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// visible writes a text so that all of it can be seen: what the font lacks,
// control characters, characters without a form and those that turn the direction
// stand as [U+202E], a byte that is no UTF-8 as [0xFF]. Line ends stay, a tab
// becomes a space. The second answer says whether anything was replaced.
func visible(text string, draws func(rune) bool) (string, bool) {
	clean := true
	for i := 0; i < len(text) && clean; i++ {
		clean = text[i] >= ' ' && text[i] < 0x7F
	}
	if clean {
		return text, false
	}
	var out strings.Builder
	replaced := false
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&out, "[0x%02X]", text[0])
			replaced = true
		case r == '\n':
			out.WriteByte('\n')
		case r == '\t' || r == '\u00A0':
			out.WriteByte(' ')
		case draws(r):
			out.WriteRune(r)
		default:
			fmt.Fprintf(&out, "[U+%04X]", r)
			replaced = true
		}
		text = text[size:]
	}
	return out.String(), replaced
}

// seen says whether a character may stand in a cell of a spreadsheet: there the
// reader's own fonts draw it, so only what nobody can see is replaced.
func seen(r rune) bool {
	return r != unicode.ReplacementChar && r != 0xFFFE && r != 0xFFFF &&
		!unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp)
}
