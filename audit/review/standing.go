package review

import (
	"slices"

	"claimwatch"
	"claimwatch/audit/term"
)

// Review is where a finding stands. The zero Review is of a finding that nobody
// has touched.
type Review struct {
	FindingID string           `json:"finding_id"`
	Revision  int              `json:"revision"`           // journal entries about the finding
	State     claimwatch.State `json:"state"`              // as decided; see At for what time makes of it
	Notice    *Notice          `json:"notice,omitempty"`   // the latest of Notices
	Notices   []Notice         `json:"notices,omitempty"`  // one an institution and time
	Told      bool             `json:"told"`               // that the facts no longer hold
	Assignee  string           `json:"assignee,omitempty"` // whose work it is
	Claim     *Lease           `json:"claim,omitempty"`    // see ClaimAt for whether it still holds
	Proposed  *Proposal        `json:"proposed,omitempty"` // waits for a second person
	Rejecters []string         `json:"rejecters,omitempty"`
	Appeals   []string         `json:"appeals,omitempty"` // the institutions that appealed against the rejection
	Decided   *Seen            `json:"decided,omitempty"` // the facts of the latest notice or decision
	History   []Event          `json:"history"`
}

// Lease says that somebody works on a finding, and until when.
type Lease struct {
	By    string             `json:"by"` // id of the key
	Until claimwatch.Instant `json:"until"`
}

// Proposal is a decision that waits for a second person.
type Proposal struct {
	Action claimwatch.Action  `json:"action" enum:"reject,reopen"`
	By     string             `json:"by" doc:"id of the key"`
	At     claimwatch.Instant `json:"at"`
	Amount claimwatch.Fen     `json:"amount" doc:"of a rejection, over its lines"`
	Lines  []Part             `json:"lines,omitempty"`
	Reason string             `json:"reason"`
	Facts  string             `json:"facts_sha256" doc:"other facts make the proposal void"`
}

// At is the state at a moment: a notified finding lapses at the midnight after
// its due day, that of the institution which has longest.
func (r *Review) At(at claimwatch.Instant, calendar *term.Calendar) claimwatch.State {
	switch r.State {
	case "":
		return claimwatch.StateOpen
	case claimwatch.StateNotified:
		if due, _ := r.Due(calendar); at >= (due + 1).Midnight() {
			return claimwatch.StateLapsed
		}
		return claimwatch.StateNotified
	default:
		return r.State
	}
}

// Due is the last local day on which some institution's statement is in time;
// provisional says that it runs past the published calendar. Nobody was told: 0.
func (r *Review) Due(calendar *term.Calendar) (day claimwatch.Day, provisional bool) {
	if len(r.Notices) == 0 && r.Notice != nil {
		return r.Notice.Due(calendar)
	}
	return latest(r.Notices, calendar)
}

func latest(notices []Notice, calendar *term.Calendar) (day claimwatch.Day, provisional bool) {
	for i := range notices {
		if due, open := notices[i].Due(calendar); due > day {
			day, provisional = due, open
		}
	}
	return day, provisional
}

// For is the review as one institution sees it: its own notices, and the state that
// they and its own statement and appeal have led to. What others have said or let
// pass is not its business.
func (r *Review) For(institution string) Review {
	own := *r
	own.Notice, own.Notices = nil, nil
	heard := true
	for _, n := range r.Notices {
		if n.InstitutionID != institution {
			continue
		}
		own.Notices = append(own.Notices, n)
		heard = heard && n.Heard
	}
	own.Notice = newest(own.Notices)
	switch r.State {
	case claimwatch.StateExplained:
		if !heard {
			own.State = claimwatch.StateNotified
		}
	case claimwatch.StateAppealed, claimwatch.StateUpheld:
		if !slices.Contains(r.Appeals, institution) {
			own.State = claimwatch.StateRejected
		}
	default: // the same for all
	}
	return own
}

func newest(notices []Notice) *Notice {
	if len(notices) == 0 {
		return nil
	}
	n := slices.MaxFunc(notices, func(a, b Notice) int { return int(min(1, max(-1, a.At-b.At))) })
	return &n
}

// ClaimAt is who works on the finding at a moment; nil when nobody does, or when
// the time is over.
func (r *Review) ClaimAt(at claimwatch.Instant) *Lease {
	if r.Claim == nil || at >= r.Claim.Until {
		return nil
	}
	return r.Claim
}

// ProposalFor is what waits for a second person, about these facts; nil for none.
func (r *Review) ProposalFor(facts string) *Proposal {
	if r.Proposed == nil || r.Proposed.Facts != facts {
		return nil
	}
	return r.Proposed
}

// StatementOf is what an institution has explained, the latest of it; empty when it
// has said nothing.
func (r *Review) StatementOf(institution string) string {
	for _, e := range slices.Backward(r.History) {
		if e.Action == claimwatch.ActionExplain && e.Institution == institution {
			return e.Text
		}
	}
	return ""
}
