package decode

import (
	"fmt"
	"io"
)

// The sizes of a body's buffer: it starts small, for most uploads are, and
// grows until it holds the longest record.
const (
	firstBuffer = 8 << 10
	chunkBuffer = 256 << 10
	mostBuffer  = MaxLine + 16
)

// source reads a body into a buffer. buffer[from:to] is read and not yet used.
type source struct {
	body     io.Reader
	buffer   []byte
	from, to int
	offset   int64 // of buffer[from] in the body
	started  bool
	ended    bool
}

// pending is what has been read and not been used.
func (s *source) pending() []byte { return s.buffer[s.from:s.to] }

func (s *source) advance(n int) {
	s.from += n
	s.offset += int64(n)
}

// fill reads more bytes behind the pending ones; io.EOF when there are none.
// It reads until half of the buffer is full, so that small pieces off a network
// do not become small chunks.
func (s *source) fill() error {
	if s.ended {
		return io.EOF
	}
	s.makeRoom()
	before := s.to
	for empty := 0; s.to-before < (len(s.buffer)-before+1)/2; {
		n, err := s.body.Read(s.buffer[s.to:])
		s.to += n
		if n == 0 && err == nil {
			if empty++; empty > 100 {
				return fmt.Errorf("read body: %w", io.ErrNoProgress)
			}
			continue
		}
		if err == io.EOF {
			s.ended = true
			break
		}
		if err != nil {
			return fmt.Errorf("read body: %w", err)
		}
	}
	if !s.started && (s.ended || s.to >= 3) {
		s.started = true
		s.dropMark()
	}
	if s.to == before && s.ended {
		return io.EOF
	}
	return nil
}

// makeRoom moves the pending bytes to the front, or grows the buffer when they fill it.
func (s *source) makeRoom() {
	if s.from > 0 {
		copy(s.buffer, s.pending())
		s.from, s.to = 0, s.to-s.from
	}
	size := len(s.buffer)
	switch {
	case size == 0:
		size = firstBuffer
	case s.to == size:
		size = min(4*size, mostBuffer)
	case size < chunkBuffer && s.offset > int64(size):
		size = chunkBuffer // a longer body: larger chunks
	}
	if size > len(s.buffer) {
		grown := make([]byte, size)
		copy(grown, s.buffer[:s.to])
		s.buffer = grown
	}
}

// dropMark drops one byte order mark at the beginning.
func (s *source) dropMark() {
	if string(s.buffer[:min(3, s.to)]) == "\uFEFF" {
		s.advance(3)
	}
}

// full says that a record fills the whole buffer: it is too long.
func (s *source) full() bool { return s.to-s.from == mostBuffer }
