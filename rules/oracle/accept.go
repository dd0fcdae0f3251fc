package oracle

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// Received is a record of the log and when the door received it. Reception times
// matter to DAT-001, DAT-003 and DAT-004 only (rules.md 1.1).
type Received struct {
	claimwatch.Record
	ReceivedAt claimwatch.Instant
}

// OnTime is a log whose records were received as they happened.
func OnTime(records []claimwatch.Record) []Received {
	var log []Received
	for _, r := range records {
		log = append(log, Received{Record: r, ReceivedAt: r.OccurredAt})
	}
	return log
}

// history is what the log accepted for one identity.
type history struct {
	first     *Received // accepted, which settles person and stay
	revisions map[int32]*Received
	conflict  bool // another content came for one of the revisions
}

// known are the histories of a log.
type known map[claimwatch.Identity]*history

// read accepts the records of a log, one after the other.
func read(log []Received) known {
	k := known{}
	for i := range log {
		k.accept(&log[i])
	}
	return k
}

// live reduces a log to the records that exist as of a moment (rules.md 1.1,
// 1.2): the first of conflicting contents, no revision that changes person or
// stay, the highest revision of each identity, none that is cancelled, none
// that happens later. They come in the order of records (1.6).
func (k known) live(asOf claimwatch.Instant) []*claimwatch.Record {
	var out []*claimwatch.Record
	for _, h := range k {
		newest := &h.newest().Record
		if !newest.Cancelled && newest.OccurredAt <= asOf {
			out = append(out, newest)
		}
	}
	sortRecords(out)
	return out
}

// Accepted are the records of a log that a store keeps: without duplicates,
// second contents and revisions that change person or stay, in the order of the log.
func Accepted(log []claimwatch.Record) []claimwatch.Record {
	var kept []claimwatch.Record
	for _, r := range AcceptedReceived(OnTime(log)) {
		kept = append(kept, r.Record)
	}
	return kept
}

// AcceptedReceived is Accepted of a log with its reception times.
func AcceptedReceived(log []Received) []Received {
	k := known{}
	var kept []Received
	for i := range log {
		if k.accept(&log[i]) {
			kept = append(kept, log[i])
		}
	}
	return kept
}

func (k known) accept(r *Received) bool {
	h := k[r.Identity()]
	if h == nil {
		h = &history{first: r, revisions: map[int32]*Received{}}
		k[r.Identity()] = h
	}
	if stands := h.revisions[r.Revision]; stands != nil { // a duplicate, or a conflict that came second
		h.conflict = h.conflict || stands.ContentHash() != r.ContentHash()
		return false
	}
	if r.PersonID != h.first.PersonID || r.StayID != h.first.StayID {
		return false // identity_changed
	}
	h.revisions[r.Revision] = r
	return true
}

// inOrder are the accepted revisions, the lowest first.
func (h *history) inOrder() []*Received {
	var out []*Received
	for _, r := range h.revisions {
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b *Received) int { return cmp.Compare(a.Revision, b.Revision) })
	return out
}

func (h *history) newest() *Received {
	all := h.inOrder()
	return all[len(all)-1]
}

// compareRecords is the order of records: (occurred_at, record_id,
// institution_id), identifiers bytewise.
func compareRecords(a, b *claimwatch.Record) int {
	return cmp.Or(
		cmp.Compare(a.OccurredAt, b.OccurredAt),
		strings.Compare(a.RecordID, b.RecordID),
		strings.Compare(a.InstitutionID, b.InstitutionID),
	)
}

// sortRecords puts records of any kinds in their order.
func sortRecords(records []*claimwatch.Record) {
	slices.SortFunc(records, func(a, b *claimwatch.Record) int {
		return cmp.Or(compareRecords(a, b), cmp.Compare(a.Kind, b.Kind))
	})
}
