package decode

import (
	"errors"

	"claimwatch"
)

// The limits of one record.
const (
	// MaxLine is the longest record in bytes (contract, section 6).
	MaxLine = 1 << 20
	// maxElements and maxListBytes bound a list, so that the canonical form of
	// every accepted record fits into one message of the log.
	maxElements  = 1_000
	maxListBytes = 256 << 10

	maxIDLength   = 64
	maxTextLength = 256
	// skewMillis is how far a sender's clock may run ahead of ours.
	skewMillis = 5 * 60 * 1000
	// slabSlots is how many values are allocated at once.
	slabSlots = 1024
)

// Options say whose records are decoded and when.
type Options struct {
	// InstitutionID is the institution of the credential, or the key of the log
	// message. A record that names another is refused, one that names none gets
	// it. Empty: every record must name its institution.
	InstitutionID string
	// Now is the door's clock, which a time may exceed by five minutes.
	Now claimwatch.Instant
	// FromLog says that the door has accepted the record before: what was not
	// in the future then must not be refused by another clock now.
	FromLog bool
}

// Decoder decodes one record after the other. It is not safe for concurrent use.
type Decoder struct {
	options Options
	slab    []claimwatch.Value
	tokens  [maxMembers]token
}

// New makes a decoder.
func New(o Options) *Decoder { return &Decoder{options: o} }

// Decode reads one record from line, which holds no newline at its end. The
// record's texts share the memory of line. When it is refused, into holds its
// RecordID if that could be read and nothing else.
func (d *Decoder) Decode(line string, into *claimwatch.Record) *claimwatch.Error {
	if len(line) <= MaxLine && d.scan(line, into) {
		return d.options.judge(into)
	}
	return strictDecode(line, d.options, into)
}

// Decode reads one record; it copies line once.
func Decode(line []byte, o Options) (claimwatch.Record, *claimwatch.Error) {
	var r claimwatch.Record
	fault := New(o).Decode(string(line), &r)
	return r, fault
}

// values hands out n absent values from the slab.
func (d *Decoder) values(n int) []claimwatch.Value {
	if len(d.slab) < n {
		d.slab = make([]claimwatch.Value, slabSlots)
	}
	taken := d.slab[:n:n]
	d.slab = d.slab[n:]
	return taken
}

// atByte is the cause of a syntax fault: where in the input it lies.
type atByte int64

func (atByte) Error() string { return "syntax fault" }

// Offset gives the byte at which a body or a record stops being JSON; ok is
// false for faults that have no such place.
func Offset(err error) (offset int64, ok bool) {
	var at atByte
	ok = errors.As(err, &at)
	return int64(at), ok
}

func syntaxAt(offset int64, message string) *claimwatch.Error {
	fault := claimwatch.Refuse(claimwatch.CodeSyntax, "not JSON at byte %d: %s", offset, message)
	fault.Cause = atByte(offset)
	return fault
}

func refuse(field string, code claimwatch.Code, format string, args ...any) *claimwatch.Error {
	fault := claimwatch.Refuse(code, format, args...)
	fault.Field = field
	return fault
}
