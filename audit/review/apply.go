package review

import (
	"slices"

	"claimwatch"
)

// Apply takes an event that Decide has given for this review.
func (r *Review) Apply(e Event) {
	r.Revision = e.Revision
	r.State = stored(e.State)
	if e.notices != nil {
		r.Notices, r.Notice = e.notices, newest(e.notices)
	}
	if e.Assignee != "" {
		r.Assignee = e.Assignee
	}
	r.Told = e.Action == ActionTell
	switch {
	case e.Proposed:
		// Whoever proposes has done the work; the second person must get at it.
		r.Proposed, r.Claim = e.proposal, nil
	default:
		r.settle(e)
	}
	r.History = append(r.History, e.retained...)
	e.seen, e.notices, e.retained, e.proposal, e.lease = nil, nil, nil, nil, nil
	r.History = append(r.History, e)
}

// settle is what an event that takes effect does beside the state.
func (r *Review) settle(e Event) {
	switch e.Action {
	case claimwatch.ActionNotify, claimwatch.ActionRelease, ActionInherit:
		r.Decided, r.Proposed, r.Claim = e.seen, nil, nil
	case claimwatch.ActionReject:
		r.Decided, r.Proposed, r.Claim, r.Appeals = e.seen, nil, nil, nil
		r.Rejecters = []string{e.By}
		if e.ProposedBy != "" {
			r.Rejecters = []string{e.ProposedBy, e.By}
		}
	case claimwatch.ActionReopen:
		r.Decided, r.Proposed, r.Claim = e.seen, nil, nil
		r.Notice, r.Notices, r.Rejecters, r.Appeals = nil, nil, nil, nil
	case claimwatch.ActionUphold, claimwatch.ActionOverturn:
		r.Decided, r.Proposed, r.Claim = e.seen, nil, nil
	case claimwatch.ActionAppeal:
		r.Appeals, r.Proposed = append(slices.Clone(r.Appeals), e.Institution), nil
	case claimwatch.ActionDecline:
		r.Proposed = nil
	case claimwatch.ActionClaim, claimwatch.ActionUnclaim:
		r.Claim = e.lease
	default: // refer, assign and extend change no facts, a statement sees none
	}
}

// stored is the state without what the clock makes of it: a lapsed finding is a
// notified one whose term is over, and an extension of the calendar may bring
// it back.
func stored(s claimwatch.State) claimwatch.State {
	if s == claimwatch.StateLapsed {
		return claimwatch.StateNotified
	}
	return s
}
