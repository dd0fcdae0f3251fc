package sink

import (
	"context"
	"fmt"
	"slices"

	"claimwatch"
	"claimwatch/ingest/wire"
)

// outcome is what a batch leaves behind.
type outcome struct {
	records []claimwatch.Stored
	parts   []claimwatch.ReceiptPart
	refused []refused
	scopes  map[claimwatch.Scope]struct{}
	against []claimwatch.Conflict
	named   []claimwatch.Stored // of the kinds that concern others, repeats too
	clocks  map[string]*clockChange
	tally   tally
	touched int
}

func (s *Sink) gather(b *batch) *outcome {
	out := &outcome{
		records: make([]claimwatch.Stored, 0, b.records),
		refused: b.refused,
		scopes:  make(map[claimwatch.Scope]struct{}),
	}
	for i := range b.units {
		u := &b.units[i]
		for j := range u.parts {
			p := &u.parts[j]
			out.parts = append(out.parts, p.settle())
			out.refused = append(out.refused, p.quarantined()...)
			out.against = append(out.against, p.contradictions()...)
		}
		for l := range u.lines() {
			out.take(l)
		}
	}
	out.clocks = s.clockChanges(b)
	return out
}

// take notes an accepted record, or one that contradicts what stands: that is
// said about the person too. One that is accepted for the second time is
// stored already, but who it touches may not have been published.
func (out *outcome) take(l *line) {
	out.tally[l.record.Kind][l.verdict]++
	if l.verdict == conflict {
		out.scopes[claimwatch.PersonScope(l.stands.PersonID)] = struct{}{}
	}
	if !l.verdict.counts() {
		return
	}
	if l.verdict == accepted {
		out.records = append(out.records, l.stored)
	}
	switch l.record.Kind {
	case claimwatch.Fee, claimwatch.DeviceFitting, claimwatch.Admission: // others may mention them, or what is of the stay
		out.named = append(out.named, l.stored)
	default:
	}
	out.scopes[claimwatch.PersonScope(l.record.PersonID)] = struct{}{}
	out.scopes[claimwatch.InstitutionScope(l.record.InstitutionID)] = struct{}{}
}

// insert is step 1. It gives all scopes that the batch touches.
func (s *Sink) insert(ctx context.Context, b *batch, out *outcome) ([]claimwatch.Scope, error) {
	for i := range out.records {
		// Before the insert, because the outcome of one that fails is unknown.
		s.filter.add(s.keys.of(out.records[i].Record.Identity()))
	}
	if len(out.records) > 0 {
		if err := s.cfg.Facts.InsertRecords(ctx, out.records); err != nil {
			return nil, fmt.Errorf("insert %d records: %w", len(out.records), err)
		}
	}
	if len(out.against) > 0 {
		if err := s.cfg.Facts.InsertConflicts(ctx, out.against); err != nil {
			return nil, fmt.Errorf("insert %d conflicts: %w", len(out.against), err)
		}
	}
	s.cfg.Crash("sink.records")
	if len(out.parts) > 0 {
		if err := s.cfg.Ledger.InsertReceiptParts(ctx, out.parts); err != nil {
			return nil, fmt.Errorf("insert %d parts of receipts: %w", len(out.parts), err)
		}
	}
	scopes, err := s.saveClocks(ctx, b, out.clocks)
	if err != nil {
		return nil, err
	}
	if len(out.named) > 0 {
		others, err := s.cfg.MentionedBy(ctx, out.named)
		if err != nil {
			return nil, fmt.Errorf("list who mentions %d records: %w", len(out.named), err)
		}
		scopes = append(scopes, others...)
	}
	for scope := range out.scopes {
		scopes = append(scopes, scope)
	}
	slices.Sort(scopes)
	return slices.Compact(scopes), nil
}

// publish is step 2.
func (s *Sink) publish(ctx context.Context, out *outcome, scopes []claimwatch.Scope) error {
	messages, err := quarantineMessages(out.refused)
	if err != nil {
		return err
	}
	if len(messages) > 0 {
		if err := s.cfg.WriteQuarantine(ctx, messages...); err != nil {
			return fmt.Errorf("publish %d refused records: %w", len(out.refused), err)
		}
	}
	out.touched = len(scopes)
	touched := wire.Touched(scopes, wire.ReasonRecords, func(key []byte) int {
		return s.cfg.PartitionOf(claimwatch.TopicTouched, key)
	})
	if len(touched) > 0 {
		if earliest, ok := out.earliest(); ok {
			wire.Since(touched, earliest)
		}
		if err := s.cfg.WriteTouched(ctx, touched...); err != nil {
			return fmt.Errorf("publish %d touched scopes: %w", len(scopes), err)
		}
	}
	return nil
}

// earliest is when the first of the stored records was received.
func (out *outcome) earliest() (at claimwatch.Instant, ok bool) {
	for i := range out.records {
		if received := out.records[i].ReceivedAt; !ok || received < at {
			at, ok = received, true
		}
	}
	return at, ok
}

// quarantineMessages packs refused records by upload, in their order.
func quarantineMessages(items []refused) ([]claimwatch.Message, error) {
	type group struct {
		upload claimwatch.Upload
		packed wire.Quarantine
	}
	var order []*group
	groups := make(map[[2]string]*group)
	for _, r := range items {
		key := [2]string{r.upload.InstitutionID, r.upload.ReceiptID}
		g := groups[key]
		if g == nil {
			g = &group{upload: r.upload}
			groups[key], order = g, append(order, g)
		}
		if err := g.packed.Add(r.item); err != nil {
			return nil, err
		}
	}
	var messages []claimwatch.Message
	for _, g := range order {
		messages = append(messages, g.packed.Messages(g.upload)...)
	}
	return messages, nil
}

func (s *Sink) count(b *batch, out *outcome) {
	out.tally.addTo(s.met.records)
	s.met.messages.WithLabelValues("poison").Add(float64(b.poison))
	s.met.batchSize.Observe(float64(b.records))
	s.met.touched.Add(float64(out.touched))
	for kind, n := range b.atomic {
		if kind != chunkHeld {
			s.met.atomic.WithLabelValues(kind).Add(float64(n))
		}
	}
	now := s.cfg.Now()
	for i := range b.units {
		u := &b.units[i]
		s.met.messages.WithLabelValues("read").Add(float64(len(u.parts)))
		for j := range u.parts {
			s.met.delay.Observe(now.Sub(u.parts[j].upload.ReceivedAt.Time()).Seconds())
		}
	}
}
