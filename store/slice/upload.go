package slice

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// LateUploads are the admissions and fees of a stay number that were first
// received more than an hour after they happened (DAT-001).
type LateUploads struct {
	Stay    *Stay
	Records []Upload
}

// Upload is a record with the first reception of its earliest revision.
type Upload struct {
	NamedRecord
	ReceivedAt claimwatch.Instant
}

// leastDelay is below every limit that the rule can be given.
const leastDelay = 60 * 60 * 1000

// lateUploads goes through every live admission and fee, refunds and self-pay
// lines too. stays are those of every stay number.
func (w *World) lateUploads(stays map[stayKey]*Stay) []*LateUploads {
	byStay := map[*Stay]*LateUploads{}
	note := func(kind claimwatch.Kind, h *Head) {
		if h.FirstReceived-h.At <= leastDelay {
			return
		}
		s := stays[h.stay()]
		if byStay[s] == nil {
			byStay[s] = &LateUploads{Stay: s}
		}
		byStay[s].Records = append(byStay[s].Records, Upload{NamedRecord{kind, h.RecordID, h.At}, h.FirstReceived})
	}
	for _, a := range w.facts.Admissions {
		note(claimwatch.Admission, &a.Head)
	}
	for _, f := range w.facts.Fees {
		note(claimwatch.Fee, &f.Head)
	}
	late := make([]*LateUploads, 0, len(byStay))
	for _, l := range byStay {
		late = append(late, l)
	}
	slices.SortFunc(late, func(a, b *LateUploads) int { return cmp.Compare(a.Stay.Number, b.Stay.Number) })
	return late
}

// compare is the order of records of one institution, then that of kinds.
func (n NamedRecord) compare(other NamedRecord) int {
	return cmp.Or(cmp.Compare(n.At, other.At), strings.Compare(n.RecordID, other.RecordID), cmp.Compare(n.Kind, other.Kind))
}
