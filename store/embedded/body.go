package embedded

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"unsafe"
)

// body is the result of a streamed SELECT. It holds its session until it has
// been read to the end, closed, or its context has ended.
type body struct {
	ctx    context.Context
	owner  *transport
	stop   func() // ends the watch
	mutex  sync.Mutex
	s      *session       // nil once given back
	stream unsafe.Pointer // nil once destroyed
	failed bool           // the engine reported an error
	chunk  []byte         // fetched and not yet read
	err    error          // what Read says after chunk
}

func newBody(ctx context.Context, owner *transport, s *session) *body {
	return &body{ctx: ctx, owner: owner, s: s}
}

// eagerBytes is how much of a result is fetched before the caller sees any of
// it. A result that ends within holds no session while it is being read.
const eagerBytes = 1 << 20

// start opens the stream and fetches the beginning of the result.
func (b *body) start(q statement) error {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.stop = b.owner.engine.watch(b.ctx, b.s, b.interrupted)
	b.failed = true // until the beginning of the result is there
	b.stream = b.s.call(b.s.lib.streamQuery, q)
	if b.stream == nil {
		return errNoResult
	}
	if message := b.s.lib.resultError(b.stream); message != nil {
		exception := newException(goString(message))
		if strings.Contains(exception.Message, "Streaming query is not supported") {
			return b.whole(q)
		}
		return exception
	}
	var begin []byte
	for b.err == nil && len(begin) < eagerBytes {
		if err := b.fetch(); err != nil {
			return err
		}
		begin = append(begin, b.chunk...)
	}
	b.chunk, b.failed = begin, false
	if b.err != nil {
		b.giveBack()
	}
	return nil
}

// whole runs a statement that begins like a SELECT and is none, such as
// WITH … INSERT. The engine says so before it has run anything.
func (b *body) whole(q statement) (err error) {
	b.s.lib.destroy(b.stream)
	b.stream = nil
	if b.chunk, err = b.s.run(q); err != nil {
		return err
	}
	b.err, b.failed = io.EOF, false
	b.giveBack()
	return nil
}

// length is the size of the result when it has been fetched to its end, and
// otherwise -1. clickhouse-go takes 0 for a statement without a result.
func (b *body) length() int64 {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.err == io.EOF { //nolint:errorlint // our own value
		return int64(len(b.chunk))
	}
	return -1
}

// fetch gets the next chunk; at the end of the stream it gives everything back.
func (b *body) fetch() error {
	result := b.s.lib.streamFetch(b.s.conn(), b.stream)
	rows := uint64(0)
	if result != nil {
		rows = b.s.lib.rowsRead(result)
	}
	chunk, err := b.s.take(result)
	if err != nil {
		return err
	}
	b.chunk = chunk
	if rows == 0 {
		b.err = io.EOF
	}
	return nil
}

// Read returns the bytes of the result. An error in the middle of a result is
// written as ClickHouse's servers write it, so that clickhouse-go reports it.
func (b *body) Read(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for len(b.chunk) == 0 {
		if b.err != nil {
			b.giveBack()
			return 0, b.err
		}
		if err := b.owner.engine.cause(b.ctx, b.fetch()); err != nil {
			b.fail(err)
		}
	}
	n := copy(p, b.chunk)
	b.chunk = b.chunk[n:]
	return n, nil
}

// fail ends the result with an error. After an exception block Read says
// "unexpected end", never a clean one: a reader that stood between two blocks
// would take that for the end of the result.
func (b *body) fail(err error) {
	var exception *Exception
	b.err, b.failed = err, true
	if errors.As(err, &exception) {
		b.chunk = exceptionBlock(exception.Message)
		b.err = io.ErrUnexpectedEOF
	}
	b.giveBack()
}

// Close gives the session back; a result that was not read to its end is
// cancelled.
func (b *body) Close() error {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.err == nil {
		b.chunk, b.err = nil, io.ErrClosedPipe
	}
	b.giveBack()
	return nil
}

// interrupted runs when the context ends or the engine closes, also while
// nobody reads.
func (b *body) interrupted() {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.s == nil {
		return
	}
	if b.err == nil {
		b.err = b.owner.engine.cause(b.ctx, io.ErrClosedPipe)
		b.chunk = nil
	}
	b.giveBack()
}

// giveBack frees the stream and returns the session to the pool, once.
func (b *body) giveBack() {
	if b.s == nil {
		return
	}
	s := b.s
	b.s = nil
	b.free(s)
	b.owner.pool.release(s)
}

func (b *body) free(s *session) {
	if b.stream != nil {
		if b.err != io.EOF { //nolint:errorlint // our own value
			s.lib.streamCancel(s.conn(), b.stream)
		}
		s.lib.destroy(b.stream)
		b.stream = nil
	}
	b.stop()
	if b.failed {
		s.settle()
	}
}

const (
	// exceptionTag stands where a server writes a random one.
	exceptionTag = "claimwatchengine"
	// exceptionPadding keeps the message behind what clickhouse-go eats of the
	// block before it sees that it is none; it would report a torn message.
	exceptionPadding = 256
	// maxMessageBytes is below the 16 KiB that clickhouse-go looks at.
	maxMessageBytes = 12 << 10
)

// exceptionBlock frames an error in the middle of a result.
func exceptionBlock(message string) []byte {
	if len(message) > maxMessageBytes {
		message = message[:maxMessageBytes]
	}
	return fmt.Appendf(nil, "\r\n__exception__\r\n%s%s\r\n%s\n%d %s\r\n__exception__\r\n",
		exceptionTag, strings.Repeat("_", exceptionPadding), message, len(message), exceptionTag)
}
