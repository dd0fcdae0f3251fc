package decode

import (
	"errors"
	"io"
)

// elements splits a JSON array into the texts of its elements. It looks at
// strings, brackets and commas only; what an element holds is for the decoder.
type elements struct {
	source *source
	began  bool
	first  bool // no element yet
	ended  bool
	start  int64
}

func (e *elements) at() int64 { return e.start }

func (e *elements) next() (text string, size int64, err error) {
	if e.ended {
		return "", 0, io.EOF
	}
	if !e.began {
		if err := e.open(); err != nil {
			return "", 0, err
		}
	}
	c, err := e.peek()
	if err != nil {
		return "", 0, e.broken(err)
	}
	switch {
	case c == ']':
		e.source.advance(1)
		return "", 0, e.close()
	case !e.first && c != ',':
		return "", 0, syntaxAt(e.source.offset, "a comma or ] is wanted behind a record")
	case !e.first:
		e.source.advance(1)
		if c, err = e.peek(); err != nil {
			return "", 0, e.broken(err)
		}
	}
	if c == ',' || c == ']' || c == '}' || c == ':' {
		return "", 0, syntaxAt(e.source.offset, "a record is wanted")
	}
	e.first = false
	e.start = e.source.offset
	return e.element()
}

// open wants the bracket of the array.
func (e *elements) open() error {
	c, err := e.peek()
	if errors.Is(err, io.EOF) {
		return err // nothing at all: the body is empty
	}
	if err != nil {
		return err
	}
	if c != '[' {
		return syntaxAt(e.source.offset, "the body must be one JSON array of records, or application/x-ndjson with one record a line")
	}
	e.source.advance(1)
	e.began, e.first = true, true
	return nil
}

// close wants nothing but blanks behind the array.
func (e *elements) close() error {
	e.ended = true
	if _, err := e.peek(); err != nil {
		return err
	}
	return syntaxAt(e.source.offset, "something follows the array of records")
}

// broken turns the end of the body inside the array into a syntax fault.
func (e *elements) broken(err error) error {
	if errors.Is(err, io.EOF) {
		return syntaxAt(e.source.offset, "the array of records ends too early")
	}
	return err
}

// peek gives the next byte that is no blank.
func (e *elements) peek() (byte, error) {
	for {
		pending := e.source.pending()
		for i, c := range pending {
			if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
				e.source.advance(i)
				return c, nil
			}
		}
		e.source.advance(len(pending))
		if err := e.source.fill(); err != nil {
			return 0, err
		}
	}
}

// element reads one element up to its last byte.
func (e *elements) element() (text string, size int64, err error) {
	var scan bounds
	done := 0
	for {
		pending := e.source.pending()
		if end, found := scan.end(pending[done:]); found {
			text = string(pending[:done+end])
			e.source.advance(done + end)
			return text, int64(len(text)), nil
		}
		done = len(pending)
		if e.source.full() {
			return e.skip(&scan)
		}
		if err := e.source.fill(); errors.Is(err, io.EOF) {
			return "", 0, syntaxAt(e.source.offset+int64(done), "the array of records ends too early")
		} else if err != nil {
			return "", 0, err
		}
	}
}

// skip passes over an element that is too long and keeps its beginning.
func (e *elements) skip(scan *bounds) (beginning string, size int64, err error) {
	beginning = string(e.source.pending()[:RawLimit+1])
	size = int64(len(e.source.pending()))
	e.source.advance(int(size))
	for {
		if err := e.source.fill(); err != nil {
			return "", 0, e.broken(err)
		}
		pending := e.source.pending()
		end, found := scan.end(pending)
		size += int64(end)
		e.source.advance(end)
		if found {
			return beginning, size, nil
		}
	}
}

// bounds finds the end of one JSON value in pieces of text.
type bounds struct {
	depth             int
	inString, escaped bool
}

// end gives the place behind the value's last byte; found is false when the
// value goes on behind the piece.
func (b *bounds) end(piece []byte) (place int, found bool) {
	for i, c := range piece {
		switch {
		case b.escaped:
			b.escaped = false
		case b.inString:
			if c == '\\' {
				b.escaped = true
			} else if c == '"' {
				b.inString = false
				if b.depth == 0 {
					return i + 1, true
				}
			}
		case c == '"':
			b.inString = true
		case c == '{' || c == '[':
			b.depth++
		case c == '}' || c == ']':
			if b.depth--; b.depth < 0 {
				return i, true // the array's own bracket, behind a bare word
			} else if b.depth == 0 {
				return i + 1, true
			}
		case b.depth == 0 && (c == ',' || c == ' ' || c == '\t' || c == '\r' || c == '\n'):
			return i, true // behind a bare word
		}
	}
	return len(piece), false
}
