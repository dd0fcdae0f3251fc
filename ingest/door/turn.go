package door

import (
	"context"
	"io"

	"claimwatch/ingest/fair"
)

// turn lets a decoder work only while it holds one of the workers, and gives
// the worker up while it waits for the sender. It stands between the unpacked
// body and the decoder.
type turn struct {
	ctx         context.Context //nolint:containedctx // io.Reader has no place for it
	gate        *fair.Gate
	institution string
	from        io.Reader
	held        *fair.Grant
}

// Read implements io.Reader.
func (t *turn) Read(p []byte) (int, error) {
	t.giveUp()
	n, err := t.from.Read(p)
	held, busy := t.gate.Acquire(t.ctx, t.institution, 1)
	if busy != nil {
		return 0, unavailable("the request ended before its turn came", busy)
	}
	t.held = held
	return n, err //nolint:wrapcheck // a layer of a reader
}

func (t *turn) giveUp() {
	if t.held != nil {
		t.held.Release()
		t.held = nil
	}
}
