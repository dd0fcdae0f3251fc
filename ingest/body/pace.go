package body

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

// Pace is the patience with a sender (contract, section 6).
type Pace struct {
	Stall  time.Duration // so long may nothing come
	Window time.Duration // over so long ...
	Bytes  int64         // ... at least so many bytes must come
}

// DefaultPace cuts a sender off that stalls for 60 s or stays under 1 KiB a
// second over 60 s.
func DefaultPace() Pace {
	return Pace{Stall: time.Minute, Window: time.Minute, Bytes: 60 << 10}
}

// ErrSlow is why a slow sender was cut off.
var ErrSlow = errors.New("the sender stalled or stayed under 1 KiB a second")

// Paced reads a request's body under a Pace by setting the connection's read
// deadline before each read. The end of the body takes the deadline away, so
// that it does not hit the wait for the receipt.
type Paced struct {
	from     io.Reader
	deadline func(time.Time) error
	pace     Pace
	now      func() time.Time

	windowAt time.Time
	inWindow int64
	lastAt   time.Time
}

// NewPaced wraps the body of a request.
func NewPaced(w http.ResponseWriter, r io.Reader, pace Pace, now func() time.Time) *Paced {
	at := now()
	return &Paced{
		from: r, deadline: http.NewResponseController(w).SetReadDeadline, pace: pace, now: now,
		windowAt: at, lastAt: at,
	}
}

// Read implements io.Reader.
func (p *Paced) Read(buf []byte) (int, error) {
	until := p.lastAt.Add(p.pace.Stall)
	if window := p.windowAt.Add(p.pace.Window); window.Before(until) {
		until = window
	}
	if err := p.deadline(until); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, fmt.Errorf("set the patience with the sender: %w", err)
	}
	n, err := p.from.Read(buf)
	at := p.now()
	late := at.Sub(p.windowAt) > p.pace.Window || at.Sub(p.lastAt) > p.pace.Stall // without deadlines
	p.inWindow += int64(n)
	if n > 0 {
		p.lastAt = at
	}
	if p.inWindow >= p.pace.Bytes {
		p.windowAt, p.inWindow = at, 0
	}
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return n, ErrSlow
	case err != nil:
		_ = p.deadline(time.Time{}) // not supported, or the connection is gone: both mean there is none
	case late:
		return n, ErrSlow
	}
	return n, err //nolint:wrapcheck // a layer of a reader
}
