package decode

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

// lines splits a body into lines. bufio.Scanner would end silently at a long
// one, and a copy for every line would cost more than decoding it: text holds
// many whole lines, of which the records keep parts.
type lines struct {
	source *source
	text   string // whole lines, not yet given
}

func (l *lines) at() int64 { return 0 }

func (l *lines) next() (text string, size int64, err error) {
	for {
		if l.text == "" {
			text, size, err = l.more()
			if err != nil || size > 0 {
				return text, size, err
			}
		}
		line := l.text
		if end := strings.IndexByte(l.text, '\n'); end >= 0 {
			line, l.text = l.text[:end], l.text[end+1:]
		} else {
			l.text = ""
		}
		line = strings.TrimSuffix(line, "\r")
		if !isBlank(line) {
			return line, int64(len(line)), nil
		}
	}
}

// isBlank says that a line holds blanks only, or what the newline of UTF-16
// leaves behind.
func isBlank(line string) bool { return strings.Trim(line, " \t\r\x00") == "" }

// more reads whole lines into text, or answers one that is too long.
func (l *lines) more() (long string, size int64, err error) {
	for {
		pending := l.source.pending()
		end := bytes.LastIndexByte(pending, '\n') + 1
		if end == 0 && l.source.ended {
			end = len(pending) // the last newline is optional
		}
		if end > 0 {
			l.text = string(pending[:end])
			l.source.advance(end)
			return "", 0, nil
		}
		if l.source.full() {
			return l.skip()
		}
		if err := l.source.fill(); err != nil && (!errors.Is(err, io.EOF) || len(l.source.pending()) == 0) {
			return "", 0, err
		}
	}
}

// skip passes over a line that is too long and keeps its beginning.
func (l *lines) skip() (beginning string, size int64, err error) {
	beginning = string(l.source.pending()[:RawLimit+1])
	for {
		pending := l.source.pending()
		end := bytes.IndexByte(pending, '\n')
		if end >= 0 {
			l.source.advance(end + 1)
			return beginning, size + int64(end), nil
		}
		size += int64(len(pending))
		l.source.advance(len(pending))
		if err := l.source.fill(); errors.Is(err, io.EOF) {
			return beginning, size, nil
		} else if err != nil {
			return "", 0, err
		}
	}
}
