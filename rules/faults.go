package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing that is wrong with a file of a library.
type Fault struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Message string `json:"message"`
}

// String writes file:line: message.
func (f Fault) String() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message) }

// Faults are everything that is wrong with a library, so that its author mends
// it in one go.
type Faults []Fault

// Error lists the faults, one a line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.String()
	}
	return strings.Join(lines, "\n")
}

// sorted puts faults in the order of files and lines and drops repeats.
func (f Faults) sorted() Faults {
	slices.SortFunc(f, func(a, b Fault) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(a.Message, b.Message))
	})
	return slices.Compact(f)
}

// lineOf finds the first line of a text in which a word stands outside a
// comment; 1 when it is nowhere. mark is what begins a comment.
func lineOf(text, word, mark string) int {
	number := 0
	for line := range strings.Lines(text) {
		number++
		code, _, _ := strings.Cut(line, mark)
		if containsWord(code, word) {
			return number
		}
	}
	return 1
}

// containsWord says whether the word stands in the line by itself, in any case.
func containsWord(line, word string) bool {
	line, word = strings.ToLower(line), strings.ToLower(word)
	for from := 0; word != ""; {
		at := strings.Index(line[from:], word)
		if at < 0 {
			return false
		}
		start, end := from+at, from+at+len(word)
		if (start == 0 || !wordByte(line[start-1]) || !wordByte(word[0])) &&
			(end == len(line) || !wordByte(line[end]) || !wordByte(word[len(word)-1])) {
			return true
		}
		from = start + 1
	}
	return false
}

func wordByte(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}
