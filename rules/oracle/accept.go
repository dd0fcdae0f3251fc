package oracle

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// history is what the log accepted for one identity.
type history struct {
	personID, stayID string // of the first accepted revision
	revisions        map[int32]*claimwatch.Record
}

// live reduces a log to the records that exist as of a moment (rules.md 1.1,
// 1.2): the first of conflicting contents, no revision that changes person or
// stay, the highest revision of each identity, none that is cancelled, none
// that happens later. They come in the order of records (1.6).
func live(log []claimwatch.Record, asOf claimwatch.Instant) []*claimwatch.Record {
	known := map[claimwatch.Identity]*history{}
	for i := range log {
		accept(known, &log[i])
	}
	var out []*claimwatch.Record
	for _, h := range known {
		newest := h.newest()
		if !newest.Cancelled && newest.OccurredAt <= asOf {
			out = append(out, newest)
		}
	}
	slices.SortFunc(out, func(a, b *claimwatch.Record) int {
		return cmp.Or(compareRecords(a, b), cmp.Compare(a.Kind, b.Kind))
	})
	return out
}

// Accepted are the records of a log that a store keeps: without duplicates,
// second contents and revisions that change person or stay, in the order of the log.
func Accepted(log []claimwatch.Record) []claimwatch.Record {
	known := map[claimwatch.Identity]*history{}
	var kept []claimwatch.Record
	for i := range log {
		if accept(known, &log[i]) {
			kept = append(kept, log[i])
		}
	}
	return kept
}

func accept(known map[claimwatch.Identity]*history, r *claimwatch.Record) bool {
	h := known[r.Identity()]
	if h == nil {
		h = &history{personID: r.PersonID, stayID: r.StayID, revisions: map[int32]*claimwatch.Record{}}
		known[r.Identity()] = h
	}
	if h.revisions[r.Revision] != nil {
		return false // a duplicate, or a conflict that came second
	}
	if r.PersonID != h.personID || r.StayID != h.stayID {
		return false // identity_changed
	}
	h.revisions[r.Revision] = r
	return true
}

func (h *history) newest() *claimwatch.Record {
	var newest *claimwatch.Record
	for _, r := range h.revisions {
		if newest == nil || r.Revision > newest.Revision {
			newest = r
		}
	}
	return newest
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
