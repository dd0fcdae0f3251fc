package paper

import "strings"

// line is a piece of text that fits a width.
type line struct {
	text  string
	used  int  // its width in 1/1000 of the size
	chars int  // how many characters it has
	last  bool // the last of its paragraph: never stretched
}

// Characters that may not begin or end a line (GB/T 15834: closing marks stay with
// what they close, opening ones with what they open).
const (
	neverFirst = "，。、；：！？）》〉】〕」』”’…—～·％‰℃,.;:!?)]}%"
	neverLast  = "（《〈【〔「『“‘([{￥¥"
)

// wrap breaks a text into lines of at most width (1/1000 pt) at a size (1/1000 pt).
// Chinese breaks between characters, words and numbers stay whole; a word longer
// than the line is cut. There is always at least one line, and a line always
// takes at least one character, so it ends for any width.
func (f *face) wrap(text string, size, width int) []line {
	limit := width * 1000 / size
	var lines []line
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines = append(lines, f.wrapParagraph([]rune(paragraph), limit)...)
	}
	return lines
}

func (f *face) wrapParagraph(text []rune, limit int) (lines []line) {
	for {
		end, used := 0, 0
		for end < len(text) && used+f.advance(text[end]) <= limit {
			used += f.advance(text[end])
			end++
		}
		if end == len(text) {
			return append(lines, line{string(text), used, len(text), true})
		}
		cut := end
		for cut > 0 && !mayBreak(text[cut-1], text[cut]) {
			cut--
		}
		if cut == 0 {
			cut = max(end, 1)
		}
		kept := trimSpaces(text[:cut])
		lines = append(lines, line{string(kept), f.measure(kept), len(kept), false})
		for text = text[cut:]; len(text) > 0 && text[0] == ' '; {
			text = text[1:]
		}
		if len(text) == 0 {
			lines[len(lines)-1].last = true
			return lines
		}
	}
}

func trimSpaces(text []rune) []rune {
	for len(text) > 0 && text[len(text)-1] == ' ' {
		text = text[:len(text)-1]
	}
	return text
}

func (f *face) measure(text []rune) (width int) {
	for _, r := range text {
		width += f.advance(r)
	}
	return width
}

// span is the width of a text in 1/1000 pt at a size in 1/1000 pt.
func (f *face) span(text string, size int) int {
	return f.measure([]rune(text)) * size / 1000
}

// mayBreak says whether a line may end between two characters.
func mayBreak(before, after rune) bool {
	switch {
	case before == ' ' || after == ' ':
		return true
	case strings.ContainsRune(neverFirst, after) || strings.ContainsRune(neverLast, before):
		return false
	case inWord(before) && inWord(after):
		return before == '/' || before == '|' || before == ';'
	}
	return true
}

// inWord says that a character belongs to an alphabet whose words stay whole.
func inWord(r rune) bool { return r > ' ' && r < 0x2000 }
