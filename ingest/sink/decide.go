package sink

import (
	"context"
	"errors"
	"fmt"

	"claimwatch"
	"claimwatch/ingest/wire"
)

// lookUp asks the store for the identities that may be known. Most are new, and
// the filter says so without a query.
func (s *Sink) lookUp(ctx context.Context, b *batch) error {
	s.history.reset()
	var ask []claimwatch.Identity
	asked := make(map[identityKey]struct{})
	for l := range b.lines() {
		if l.fault != nil || !s.filter.has(l.key) {
			continue
		}
		if _, done := asked[l.key]; !done {
			asked[l.key] = struct{}{}
			ask = append(ask, l.record.Identity())
		}
	}
	if len(ask) == 0 {
		return nil
	}
	s.met.lookups.Add(float64(len(ask)))
	answer, err := s.cfg.Facts.LookupIdentities(ctx, ask)
	if err != nil {
		return fmt.Errorf("look up %d identities: %w", len(ask), err)
	}
	for id, known := range answer {
		key := s.keys.of(id)
		for i := range known {
			s.history.add(key, known[i])
		}
	}
	return nil
}

// decide gives each record of the batch its verdict, in the order of the log.
func (s *Sink) decide(b *batch) {
	for i := range b.units {
		u := &b.units[i]
		mark := s.history.mark()
		var culprit *line
		for l := range u.lines() {
			if bad := s.decideLine(l); bad && culprit == nil {
				culprit = l
			}
		}
		if u.atomic && culprit != nil {
			s.history.rewind(mark)
			u.withhold(culprit)
			b.atomic["refused"]++
		}
	}
}

// decideLine answers true when the record is refused.
func (s *Sink) decideLine(l *line) bool {
	if l.fault != nil {
		l.verdict = poison
		return true
	}
	j := judge(s.history.of(l.key), &l.stored)
	l.verdict = j.verdict
	if j.newest != nil {
		l.before = former{revision: j.newest.Revision, live: !j.newest.Cancelled, occurredAt: j.newest.OccurredAt}
	}
	switch j.verdict {
	case accepted:
		s.history.add(l.key, knownOf(&l.stored))
	case conflict:
		stands := *j.stands // the history is good until the next record
		l.stands = &stands
	default:
	}
	l.fault = j.fault(&l.record)
	return l.fault != nil
}

// withhold refuses the acceptable records of an atomic upload for the sake of
// one that is not. Duplicates stay duplicates: they are stored already.
func (u *unit) withhold(culprit *line) {
	fault := claimwatch.Refuse(culprit.fault.Code,
		"not stored: the upload is atomic and record %d of it was refused", culprit.index)
	for l := range u.lines() {
		if l.verdict.counts() {
			l.verdict, l.fault = withheld, fault
		}
	}
}

// settle turns the verdicts of a message into its part of the receipt.
func (p *part) settle() claimwatch.ReceiptPart {
	settled := claimwatch.ReceiptPart{Upload: p.upload}
	for i := range p.lines {
		l := &p.lines[i]
		switch {
		case l.verdict.counts():
			settled.Accepted++
		case l.verdict == duplicate:
			settled.Duplicate++
		default:
			settled.Refused = append(settled.Refused, l.refusal())
		}
	}
	return settled
}

func (l *line) refusal() claimwatch.Refusal {
	return claimwatch.Refusal{
		Index: l.index, RecordID: l.record.RecordID, Code: l.fault.Code, Field: l.fault.Field, Message: l.fault.Message,
	}
}

// quarantined gives what of a message goes to quarantine: its faulty records,
// not those that an atomic upload withholds.
func (p *part) quarantined() []refused {
	var items []refused
	for i := range p.lines {
		l := &p.lines[i]
		if l.fault == nil || l.verdict == withheld {
			continue
		}
		items = append(items, refused{upload: p.upload, item: claimwatch.Quarantined{
			ID: wire.SinkID(l.stored.Position), InstitutionID: p.upload.InstitutionID, ReceivedAt: p.upload.ReceivedAt,
			ReceiptID: p.upload.ReceiptID, Refusal: l.refusal(), Raw: []byte(l.json),
		}})
	}
	return items
}

// contradictions gives what of a message contradicts records that stand.
func (p *part) contradictions() []claimwatch.Conflict {
	var conflicts []claimwatch.Conflict
	for i := range p.lines {
		if l := &p.lines[i]; l.verdict == conflict {
			conflicts = append(conflicts, claimwatch.Conflict{
				Identity: l.record.Identity(), Revision: l.record.Revision, PersonID: l.stands.PersonID, StayID: l.stands.StayID,
				ReceivedAt: p.upload.ReceivedAt, Position: l.stored.Position,
			})
		}
	}
	return conflicts
}

func asFault(err error) *claimwatch.Error {
	var fault *claimwatch.Error
	if errors.As(err, &fault) {
		return fault
	}
	return &claimwatch.Error{Code: claimwatch.CodeSyntax, Message: "the message cannot be read", Cause: err}
}
