package journal

import (
	"maps"

	"claimwatch"
	"claimwatch/audit/review"
)

// DecidedFinding is what people have decided about a finding, so far.
type DecidedFinding struct {
	FindingID string
	State     claimwatch.State // now
	Seen      *review.Seen     // as it was at the latest notice or decision
	Rejected  claimwatch.Fen   // what it takes now of lines, each yuan once
	Steps     []review.Event   // those that rejected, released, upheld or overturned
}

// Decisions gives the findings that were decided at least once, in no order. One that
// was opened again afterwards is among them.
func (j *Journal) Decisions() []DecidedFinding {
	j.mu.RLock()
	defer j.mu.RUnlock()
	var out []DecidedFinding
	for id, r := range j.state.reviews {
		var steps []review.Event
		for i := range r.History {
			if e := &r.History[i]; decides(e) {
				steps = append(steps, *e)
			}
		}
		if len(steps) > 0 && r.Decided != nil {
			out = append(out, DecidedFinding{id, r.State, r.Decided, j.state.rejections.Took(id), steps})
		}
	}
	return out
}

// decides tells decisions from proposals and from what leads up to them.
func decides(e *review.Event) bool {
	switch e.Action {
	case claimwatch.ActionReject, claimwatch.ActionRelease, claimwatch.ActionUphold, claimwatch.ActionOverturn:
		return !e.Proposed
	default:
		return false
	}
}

// Institutions gives every institution that the table has now, by id.
func (j *Journal) Institutions() map[string]Institution {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return maps.Clone(j.state.institutions)
}

// UnderAgreement lists the institutions of which an agreement is neither terminated nor
// over on a day, by id: one that is suspended still has patients to report.
func (j *Journal) UnderAgreement(on claimwatch.Day) (ids []string) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	for _, id := range j.state.agreements.Institutions() {
		if len(j.state.agreements.Kinds(id, on)) > 0 {
			ids = append(ids, id)
		}
	}
	return ids
}
