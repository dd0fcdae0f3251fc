package body

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"

	kgzip "github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"claimwatch"
)

// The limits of the contract, section 6.
const (
	MaxSent     = 16 << 20
	MaxUnpacked = 64 << 20
	// maxWindow is what RFC 9659 lets a zstd body ask of its reader.
	maxWindow = 8 << 20
	readSize  = 32 << 10
)

// Memory is what opening a body of this coding takes beside its content, in bytes.
func Memory(c Coding) int64 {
	switch c {
	case Zstd:
		return maxWindow + 2*readSize
	default:
		return 4 * readSize
	}
}

// Body is an opened body. Read gives its unpacked bytes.
type Body struct {
	unpacked io.Reader
	sent     *limited
	close    func()
}

// Open begins to read a body. Every error of Read and Open is a
// *claimwatch.Error except one that the sender's connection gave, which is
// passed on wrapped. Close must be called.
func Open(r io.Reader, c Coding) (*Body, error) {
	sent := &limited{from: r, left: MaxSent, message: "the body is larger than 16 MiB as sent: split the upload"}
	b := &Body{sent: sent, close: func() {}}
	buffered := bufio.NewReaderSize(sent, readSize)
	head, err := buffered.Peek(1)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, b.explain(err)
	}
	if len(head) == 0 {
		b.unpacked = bytes.NewReader(nil)
		return b, nil
	}
	packed, err := b.unpack(buffered, c)
	if err != nil {
		return nil, b.explain(err)
	}
	plain := bufio.NewReaderSize(&limited{
		from: packed, left: MaxUnpacked, message: "the body unpacks to more than 64 MiB: split the upload",
	}, readSize)
	b.unpacked = plain
	head, err = plain.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		b.close()
		return nil, b.explain(err)
	}
	if looksPacked(head) {
		b.close()
		return nil, unsupported("the body is packed, and Content-Encoding does not say so or only once")
	}
	return b, nil
}

func (b *Body) unpack(r io.Reader, c Coding) (io.Reader, error) {
	switch c {
	case Gzip:
		z, err := kgzip.NewReader(r)
		if err != nil {
			return nil, err //nolint:wrapcheck // explain turns it into words
		}
		return z, nil
	case Zstd:
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, err //nolint:wrapcheck // explain turns it into words
		}
		b.close = z.Close
		return z, nil
	default:
		return r, nil
	}
}

// Read implements io.Reader.
func (b *Body) Read(p []byte) (int, error) {
	n, err := b.unpacked.Read(p)
	if err != nil && err != io.EOF { //nolint:errorlint // readers return io.EOF itself
		err = b.explain(err)
	}
	return n, err
}

// Sent is how many bytes were read from the sender so far.
func (b *Body) Sent() int64 { return MaxSent - b.sent.left }

// Close gives the unpacker's memory back.
func (b *Body) Close() { b.close() }

// explain turns an error of the layers below into words for the sender. What
// the connection said is told first: an unpacker repeats it as its own.
func (b *Body) explain(err error) error {
	var refusal *claimwatch.Error
	switch {
	case errors.As(err, &refusal):
		return refusal
	case b.sent.broken != nil && errors.As(b.sent.broken, &refusal):
		return refusal
	case b.sent.broken != nil:
		return &SenderError{Err: b.sent.broken}
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return claimwatch.Refuse(claimwatch.CodeTooLarge, "the zstd window is larger than 8 MiB: pack with a smaller one")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return claimwatch.Refuse(claimwatch.CodeSyntax, "the packed body ends early")
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zstd.ErrCRCMismatch):
		return claimwatch.Refuse(claimwatch.CodeSyntax, "the checksum of the packed body is wrong: it was damaged on the way")
	default:
		return claimwatch.Refuse(claimwatch.CodeSyntax, "the body is not packed as Content-Encoding says")
	}
}

// SenderError says that the sender's connection ended or stalled before the
// whole body was there.
type SenderError struct{ Err error }

// Error says what the connection said.
func (e *SenderError) Error() string { return "read the body: " + e.Err.Error() }

// Unwrap gives the connection's error.
func (e *SenderError) Unwrap() error { return e.Err }

func looksPacked(head []byte) bool {
	return bytes.HasPrefix(head, []byte{0x1f, 0x8b}) || bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd})
}

// limited refuses the byte after its limit and remembers how the reader below ended.
type limited struct {
	from    io.Reader
	left    int64
	message string
	broken  error
}

// Read implements io.Reader.
func (l *limited) Read(p []byte) (int, error) {
	if l.broken != nil {
		return 0, l.broken
	}
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.from.Read(p)
	l.left -= int64(n)
	if l.left < 0 {
		n, l.left = n-1, 0
		err = claimwatch.Refuse(claimwatch.CodeTooLarge, "%s", l.message)
	}
	if err != nil && err != io.EOF { //nolint:errorlint // readers return io.EOF itself
		l.broken = err
	}
	return n, err //nolint:wrapcheck // a layer of a reader
}
