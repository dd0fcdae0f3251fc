package review

import (
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/term"
)

// Who may decide, and who may be the second person (contract, section 6).
var (
	deciders = []claimwatch.CallerRole{claimwatch.RoleOfficer, claimwatch.RoleReviewer, claimwatch.RoleDirector}
	seconds  = []claimwatch.CallerRole{claimwatch.RoleReviewer, claimwatch.RoleDirector}
)

func (c *Command) has(roles []claimwatch.CallerRole) bool {
	return slices.ContainsFunc(roles, func(r claimwatch.CallerRole) bool { return slices.Contains(c.Roles, r) })
}

// reject takes effect at once, or is a proposal when it is about more than one
// person may reject.
func reject(r *Review, c Command, calendar *term.Calendar, event Event) (Event, error) {
	lines, err := parts(c)
	if err != nil {
		return Event{}, err
	}
	event.Lines = lines
	if c.Procedure == 0 {
		return event, checkTold(r, lines)
	}
	if err := checkHeard(r, c, lines, calendar); err != nil {
		return Event{}, err
	}
	if event.Amount() <= c.SecondFrom {
		return event, nil
	}
	return propose(r, c, event)
}

// propose notes what needs a second person, or takes the same wish of another for
// the confirmation.
func propose(r *Review, c Command, event Event) (Event, error) {
	p := r.ProposalFor(event.Facts)
	if p != nil && p.Action == event.Action && slices.Equal(p.Lines, event.Lines) && p.By != c.By {
		return second(c, p, event)
	}
	event.Proposed = true
	event.proposal = &Proposal{
		Action: event.Action, By: c.By, At: c.At, Amount: event.Amount(), Lines: event.Lines, Reason: c.Reason, Facts: event.Facts,
	}
	return event, nil
}

// second lets a proposal take effect by a second person.
func second(c Command, p *Proposal, event Event) (Event, error) {
	if err := claimwatch.CheckSecond(p.By, c.By); err != nil {
		return Event{}, err
	}
	if !c.has(seconds) {
		return Event{}, claimwatch.Refuse(claimwatch.CodeForbidden, "the second person must be a reviewer or a director")
	}
	event.Action, event.Lines, event.ProposedBy = p.Action, p.Lines, p.By
	if strings.TrimSpace(event.Reason) == "" {
		event.Reason = p.Reason
	}
	return event, nil
}

// confirm is the second person's word on what is proposed.
func confirm(r *Review, c Command, calendar *term.Calendar, event Event) (Event, error) {
	p, err := proposed(r, event.Facts)
	if err != nil {
		return Event{}, err
	}
	if event, err = second(c, p, event); err != nil {
		return Event{}, err
	}
	if p.Action == claimwatch.ActionReject {
		if err := checkHeard(r, c, p.Lines, calendar); err != nil {
			return Event{}, err
		}
	}
	return event, nil
}

// decline drops what is proposed: the second person refuses it, or whoever proposed
// it takes it back.
func decline(r *Review, c Command, event Event) (Event, error) {
	p, err := proposed(r, "")
	if err != nil {
		return Event{}, err
	}
	if p.By != c.By && !c.has(seconds) {
		return Event{}, claimwatch.Refuse(claimwatch.CodeForbidden, "a reviewer, a director, or whoever proposed it may decline")
	}
	event.ProposedBy = p.By
	return event, nil
}

// proposed gives what waits for a second person; facts of "" are any.
func proposed(r *Review, facts string) (*Proposal, error) {
	switch {
	case r.Proposed == nil:
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "nothing is proposed that could be confirmed or declined")
	case facts != "" && r.Proposed.Facts != facts:
		return nil, claimwatch.Refuse(claimwatch.CodeChanged, "the facts have changed since this was proposed: it is void, read the finding and propose anew")
	}
	return r.Proposed, nil
}

// claim and unclaim say who works on a finding. Only a director takes over what
// somebody else works on.
func claim(r *Review, c Command, event Event) (Event, error) {
	held := r.ClaimAt(c.At)
	if c.Action == claimwatch.ActionUnclaim {
		if held == nil {
			return Event{}, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "nobody has claimed the finding")
		}
		return event, nil
	}
	event.lease = &Lease{By: c.By, Until: c.At + claimwatch.Instant(c.ClaimHours)*60*60*1000}
	return event, nil
}

// checkLease keeps everybody else off a finding that somebody works on.
func checkLease(r *Review, c Command) error {
	held := r.ClaimAt(c.At)
	if held == nil || held.By == c.By || c.Institution != "" {
		return nil
	}
	director := c.has([]claimwatch.CallerRole{claimwatch.RoleDirector})
	if director && (c.Action == claimwatch.ActionClaim || c.Action == claimwatch.ActionUnclaim) {
		return nil
	}
	return claimwatch.Refuse(claimwatch.CodeIllegalTransition,
		"%s works on this finding until %s: wait, or let a director take it over with claim", held.By, held.Until)
}

// appeal is the hospital's word against the rejection of its lines, once.
func appeal(r *Review, c Command, event Event) (Event, error) {
	if strings.TrimSpace(c.Text) == "" {
		return Event{}, missing("text", "an appeal needs a text")
	}
	if slices.Contains(r.Appeals, c.Institution) {
		return Event{}, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "you have appealed against this rejection already")
	}
	event.Attachments = c.Attachments
	return event, nil
}

// judge decides an appeal: nobody who had a part in the rejection may.
func judge(r *Review, c Command, event Event) (Event, error) {
	if slices.Contains(r.Rejecters, c.By) {
		return Event{}, claimwatch.Refuse(claimwatch.CodeForbidden, "an appeal is decided by somebody who neither made nor confirmed the rejection")
	}
	return event, nil
}
