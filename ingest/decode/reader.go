package decode

import (
	"errors"
	"fmt"
	"io"

	"claimwatch"
)

// The limits of one body (contract, section 6).
const (
	// MaxRecords is how many records a body may hold.
	MaxRecords = 100_000
	// RawLimit is how many bytes of a refused record are kept for quarantine.
	// Escaped at its worst (six bytes for one) it still fits a log message.
	RawLimit = 128 << 10
)

// Form is how records stand in a body.
type Form uint8

// The forms of the contract, section 2.
const (
	NDJSON Form = iota + 1 // one record a line
	Array                  // one JSON array of records
)

// Item is one record of a body: accepted with Record, or refused with Refusal.
type Item struct {
	Index   int                 // counts the records of the body from 0
	Record  *claimwatch.Record  // fresh, may be kept; nil when refused
	Refusal *claimwatch.Refusal // nil when accepted
	Raw     []byte              // a refused record as it was sent, cut to RawLimit; may be kept
	// Text is the record as it was sent, without the end of its line; empty when it is
	// longer than MaxLine. It shares the memory of the records around it.
	Text string
}

// splitter finds the next record of a body.
type splitter interface {
	// next gives a record's text and io.EOF behind the last. Of a record that
	// is too long it gives the beginning, and its whole size.
	next() (text string, size int64, err error)
	// at is where in the body the text of the last next began.
	at() int64
}

// Reader reads the records of a body one by one in bounded memory.
type Reader struct {
	// MaxRecords bounds the records of the body; set it before the first Next.
	MaxRecords int

	form     Form
	decoder  *Decoder
	splitter splitter
	count    int
	slab     []claimwatch.Record
}

// NewReader reads body, which is unpacked already and bounded by its owner.
func NewReader(body io.Reader, form Form, o Options) *Reader {
	r := &Reader{MaxRecords: MaxRecords, form: form, decoder: New(o)}
	source := &source{body: body}
	if form == Array {
		r.splitter = &elements{source: source}
	} else {
		r.splitter = &lines{source: source}
	}
	return r
}

// Count is how many records the reader has given so far.
func (r *Reader) Count() int { return r.count }

// Next gives the next record, or io.EOF behind the last. A *claimwatch.Error
// refuses the whole body (syntax, empty, too_large); any other error is the
// body's own, and what was read of it must leave nothing.
func (r *Reader) Next() (Item, error) {
	text, size, err := r.splitter.next()
	switch {
	case errors.Is(err, io.EOF) && r.count == 0:
		return Item{}, claimwatch.Refuse(claimwatch.CodeEmpty, "the body holds no record")
	case errors.Is(err, io.EOF):
		return Item{}, io.EOF
	case err != nil:
		return Item{}, err
	case r.count == r.MaxRecords:
		return Item{}, claimwatch.Refuse(claimwatch.CodeTooLarge,
			"the body holds more than %d records: send them in several uploads", r.MaxRecords)
	}
	item := Item{Index: r.count}
	if size <= MaxLine {
		item.Text = text
	}
	r.count++
	record, fault := r.decode(text, size)
	if fault == nil {
		item.Record = record
		return item, nil
	}
	if r.form == Array && fault.Code == claimwatch.CodeSyntax {
		offset, _ := Offset(fault)
		return Item{}, syntaxAt(r.splitter.at()+offset, "the body must be one JSON array of records")
	}
	item.Raw = cutBytes([]byte(text), RawLimit)
	item.Refusal = &claimwatch.Refusal{
		Index: item.Index, RecordID: record.RecordID, Code: fault.Code, Field: fault.Field, Message: fault.Message,
	}
	if int64(len(item.Raw)) < size {
		item.Refusal.Message += fmt.Sprintf(" (quarantine keeps the first %d of %d bytes)", len(item.Raw), size)
	}
	return item, nil
}

func (r *Reader) decode(text string, size int64) (*claimwatch.Record, *claimwatch.Error) {
	if size > MaxLine {
		return &claimwatch.Record{}, tooLongLine(size)
	}
	if len(r.slab) == 0 {
		r.slab = make([]claimwatch.Record, recordSlab)
	}
	record := &r.slab[0]
	fault := r.decoder.Decode(text, record)
	if fault == nil {
		r.slab = r.slab[1:]
	}
	return record, fault
}

// recordSlab is how many records are allocated at once.
const recordSlab = 64
