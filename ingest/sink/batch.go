package sink

import (
	"crypto/sha256"
	"fmt"

	"claimwatch"
	"claimwatch/ingest/decode"
	"claimwatch/ingest/wire"
)

// batch is what one call of Handle works on. Nothing of the sink changes before
// the batch is through, because a batch that fails comes again.
type batch struct {
	partitions map[int]*partition
	units      []unit
	refused    []refused
	records    int
	poison     int            // messages
	atomic     map[string]int // chunk outcomes
}

// unit is what is judged as one: a message, or all chunks of an atomic upload.
type unit struct {
	atomic   bool
	received claimwatch.Instant
	parts    []part
}

// part is a message of a unit.
type part struct {
	upload claimwatch.Upload
	lines  []line
}

// line is a record on its way through the sink.
type line struct {
	stored claimwatch.Stored
	record claimwatch.Record // what stored.Record points to
	key    identityKey
	index  int    // number in the upload
	json   string // the canonical record
	fault  *claimwatch.Error

	verdict verdict
	before  former
	stands  *claimwatch.Known // what a conflict contradicts
}

// former is what of the newest revision before matters for the clocks.
type former struct {
	revision   int32 // 0: there was none
	live       bool
	occurredAt claimwatch.Instant
}

// refused is an item for the quarantine and the upload that it belongs to.
type refused struct {
	upload claimwatch.Upload
	item   claimwatch.Quarantined
}

// read turns messages into units, in the order in which they become visible.
func (s *Sink) read(msgs []claimwatch.Message) *batch {
	b := &batch{partitions: make(map[int]*partition), atomic: make(map[string]int)}
	for _, m := range msgs {
		p := b.partitions[m.Partition]
		if p == nil {
			p = s.partition(m.Partition).clone()
			b.partitions[m.Partition] = p
		}
		s.take(b, p, m)
		p.next = m.Offset + 1
	}
	for i := range b.units {
		for j := range b.units[i].parts {
			b.records += len(b.units[i].parts[j].lines)
		}
	}
	return b
}

func (s *Sink) take(b *batch, p *partition, m claimwatch.Message) {
	u, err := wire.ReadUpload(m)
	if err == nil && s.cfg.PartitionOf(claimwatch.TopicRecords, m.Key) != m.Partition {
		err = &claimwatch.Error{
			Code: claimwatch.CodeInstitutionMismatch, Field: "institution_id",
			Message: "the message stands in another partition than its institution",
		}
	}
	if err != nil {
		b.poisonMessage(m, u, err)
		return
	}
	before := p.floor
	p.floor = max(p.floor, u.ReceivedAt)
	b.atomic[chunkAbandoned] += p.abandon(u.ReceivedAt)
	whole := []chunk{{upload: u, message: m}}
	if u.Atomic && u.Chunks > 1 {
		var outcome string
		outcome, whole = p.hold(whole[0], before)
		b.atomic[outcome]++
	}
	if len(whole) > 0 {
		b.units = append(b.units, s.decodeUnit(whole, p.floor))
	}
}

func (b *batch) poisonMessage(m claimwatch.Message, u claimwatch.Upload, err error) {
	position := claimwatch.Position{Partition: int32(m.Partition), Offset: m.Offset}
	fault := asFault(err)
	b.poison++
	b.refused = append(b.refused, refused{upload: u, item: claimwatch.Quarantined{
		ID: wire.SinkID(position), InstitutionID: u.InstitutionID, ReceivedAt: u.ReceivedAt, ReceiptID: u.ReceiptID,
		Refusal: claimwatch.Refusal{Code: fault.Code, Field: fault.Field, Message: fault.Message}, Raw: m.Value,
	}})
}

// decodeUnit reads the lines of a unit. The records of an atomic upload stand
// where its last chunk stands, because there they become visible: what other
// uploads put between its chunks comes before.
func (s *Sink) decodeUnit(chunks []chunk, received claimwatch.Instant) unit {
	last := chunks[len(chunks)-1].message
	position := claimwatch.Position{Partition: int32(last.Partition), Offset: last.Offset}
	un := unit{atomic: chunks[0].upload.Atomic, received: received, parts: make([]part, len(chunks))}
	for i, c := range chunks {
		value := string(c.message.Value)
		lines := make([]line, wire.CountLines(value))
		for n := range lines {
			var cut wire.Line
			cut, value = wire.CutLine(value)
			if c.upload.Signature != nil {
				cut, _, _ = cut.Signed()
			}
			l := &lines[n]
			l.index, l.json = cut.Index, cut.JSON
			l.stored = claimwatch.Stored{Record: &l.record, Position: position, ReceivedAt: received}
			if l.index < 0 {
				l.index = n
				l.fault = claimwatch.Refuse(claimwatch.CodeSyntax, "the line of the log does not begin with its number")
			} else {
				l.fault = s.decodeLine(l, c.upload.InstitutionID)
			}
			position.Index++
		}
		un.parts[i] = part{upload: c.upload, lines: lines}
	}
	return un
}

// decodeLine reads one record. A panic of the decoder is a fault of the line:
// it must not come again with every restart.
func (s *Sink) decodeLine(l *line, institution string) (fault *claimwatch.Error) {
	defer func() {
		if r := recover(); r != nil {
			fault = claimwatch.Refuse(claimwatch.CodeSyntax, "the record cannot be decoded")
			fault.Cause = fmt.Errorf("decode line of the log: %v", r)
		}
	}()
	if fault := s.decode(l.json, &l.record); fault != nil {
		return fault
	}
	if l.record.InstitutionID != institution {
		return &claimwatch.Error{
			Code: claimwatch.CodeInstitutionMismatch, Field: "institution_id",
			Message: "the record names another institution than the key of its message",
		}
	}
	s.canonical = claimwatch.AppendCanonical(s.canonical[:0], &l.record)
	l.stored.Hash = sha256.Sum256(s.canonical)
	l.key = s.keys.of(l.record.Identity())
	return nil
}

func newDecode() func(line string, into *claimwatch.Record) *claimwatch.Error {
	return decode.New(decode.Options{FromLog: true}).Decode
}
