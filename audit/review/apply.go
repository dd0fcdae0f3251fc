package review

import "claimwatch"

// Apply takes an event that Decide has given for this review.
func (r *Review) Apply(e Event) {
	r.Revision = e.Revision
	r.State = stored(e.State)
	if e.notice != nil {
		r.Notice = e.notice
	}
	switch e.Action {
	case claimwatch.ActionNotify, claimwatch.ActionReject, claimwatch.ActionRelease, ActionInherit:
		r.Decided = e.seen
	default: // refer, assign and extend change no facts, a statement sees none
	}
	if e.Assignee != "" {
		r.Assignee = e.Assignee
	}
	r.Told = e.Action == ActionTell
	r.History = append(r.History, e.retained...)
	e.seen, e.notice, e.retained = nil, nil, nil
	r.History = append(r.History, e)
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
