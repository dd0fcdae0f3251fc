package journal

import (
	"encoding/json"
	"fmt"
	"slices"

	"claimwatch"
	"claimwatch/audit/rejection"
	"claimwatch/audit/review"
)

// doReview folds a command about a finding.
func (s *State) doReview(c Command, accepted *Accepted, answer *Answer) error {
	if c.FindingID == "" {
		return claimwatch.Refuse(claimwatch.CodeInvalid, "the command names no finding")
	}
	w, err := s.wish(c)
	if err != nil {
		return err
	}
	r := s.reviews[c.FindingID]
	if r == nil {
		r = &review.Review{FindingID: c.FindingID}
	}
	event, err := review.Decide(r, w.Command, &s.calendar)
	if err != nil {
		return err
	}
	var order *rejection.Order
	if event.Action == claimwatch.ActionReject && !event.Proposed {
		if order, err = newOrder(r, w, event); err != nil {
			return err
		}
	}
	// From here on nothing fails: the command is accepted.
	event.Entry = accepted.Seq
	r.Apply(event)
	if s.reviews == nil {
		s.reviews = map[string]*review.Review{}
	}
	s.reviews[c.FindingID] = r
	s.procedure = w.Procedure
	s.indexNotice(r, event, c)
	s.followMoney(r, event, order, accepted, answer)
	after := *r
	accepted.Review = &after
	answer.Revision = r.Revision
	return nil
}

// followMoney does on the lists what an event means for them.
func (s *State) followMoney(r *review.Review, event review.Event, order *rejection.Order, accepted *Accepted, answer *Answer) {
	before := s.rejections.Took(r.FindingID)
	switch {
	case order != nil:
		accepted.Listed = s.rejections.Reject(*order)
	case event.Proposed:
		return
	case event.Action == claimwatch.ActionOverturn, event.Action == claimwatch.ActionReopen:
		accepted.Listed = s.rejections.Withdraw(r.FindingID, rejection.Cause{Reason: event.Reason, By: people(event), At: event.At})
	default:
		return
	}
	answer.Rejected = s.rejections.Took(r.FindingID) - before
}

// people are the ids of the keys that decided, as lists name them.
func people(event review.Event) string {
	if event.ProposedBy != "" {
		return event.ProposedBy + ";" + event.By
	}
	return event.By
}

// wish is what a command about a finding wants, in the words of package review, and
// what a rejection needs beside.
type wish struct {
	review.Command
	charges []rejection.Charge
	names   []string
	rank    int
}

// wish translates a command into the words of package review. Once a decision of
// the present procedure was accepted, every later command is held to it.
func (s *State) wish(c Command) (wish, error) {
	w := wish{Command: review.Command{
		FindingID: c.FindingID, At: c.At, By: c.Actor.Key, Institution: c.Actor.InstitutionID, Roles: c.Actor.Roles,
		ExpectedRevision: c.ExpectedRevision, Reason: c.Reason, Procedure: s.procedure,
	}}
	switch c.Type {
	case TypeStatement, TypeAppeal:
		err := s.wishStatement(c, &w)
		return w, err
	case TypeTellRetracted:
		w.Action = review.ActionTell
		return w, nil
	case TypeInheritNotice:
		var p Inheritance
		if err := json.Unmarshal(c.Payload, &p); err != nil {
			return w, fmt.Errorf("read inheritance: %w", err)
		}
		w.Action, w.Seen, w.From = review.ActionInherit, p.Finding, s.reviews[p.From]
		return w, nil
	default:
		err := s.wishDecision(c, &w)
		return w, err
	}
}

func (s *State) wishStatement(c Command, w *wish) error {
	var p Statement
	if len(c.Payload) > 0 {
		if err := json.Unmarshal(c.Payload, &p); err != nil {
			return fmt.Errorf("read statement: %w", err)
		}
	}
	if err := s.raise(w, p.Procedure); err != nil {
		return err
	}
	if err := s.checkAttached(c.Actor.InstitutionID, p.Attachments); err != nil {
		return err
	}
	w.Action, w.Text, w.Attachments = claimwatch.ActionExplain, string(c.Data), p.Attachments
	if c.Type == TypeAppeal {
		w.Action = claimwatch.ActionAppeal
	}
	return nil
}

func (s *State) wishDecision(c Command, w *wish) error {
	var p Decision
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return fmt.Errorf("read decision: %w", err)
	}
	if p.Action == claimwatch.ActionExplain || p.Action == claimwatch.ActionAppeal || c.ExpectedRevision == nil {
		return claimwatch.Refuse(claimwatch.CodeInvalid, "the command is no decision")
	}
	if err := s.raise(w, p.Procedure); err != nil {
		return err
	}
	if len(c.Data) > 0 {
		if err := json.Unmarshal(c.Data, &w.names); err != nil {
			return fmt.Errorf("read names of items: %w", err)
		}
	}
	w.Action, w.Seen, w.Lines, w.Until, w.Assignee = p.Action, p.Finding, p.Lines, p.DueOn, p.To
	w.charges, w.rank = p.Charges, p.Rank
	if p.Finding != nil {
		w.SecondFrom, w.ClaimHours = s.limits(p.Finding, c.At.Day())
	}
	return nil
}

// raise holds a command to the procedure by which it was given, or to a newer one
// that was used before it.
func (s *State) raise(w *wish, procedure int) error {
	if procedure > review.Procedure {
		return claimwatch.Refuse(claimwatch.CodeInvalid, "procedure %d is unknown: this program is older than the one that gave the command", procedure)
	}
	w.Procedure = max(s.procedure, procedure)
	return nil
}

// limits are what the agency has set in the cities that a finding concerns: of
// several the lowest amount that one person may reject.
func (s *State) limits(f *review.Seen, day claimwatch.Day) (secondFrom claimwatch.Fen, claimHours int) {
	city := func(institution string) string { return s.institutions[institution].City }
	secondFrom = s.policies.Amount(claimwatch.PolicySecondFrom, city(f.InstitutionID), day)
	for _, line := range f.Lines {
		if line.Role == claimwatch.Violating && line.InstitutionID != f.InstitutionID {
			secondFrom = min(secondFrom, s.policies.Amount(claimwatch.PolicySecondFrom, city(line.InstitutionID), day))
		}
	}
	return secondFrom, s.policies.Number(claimwatch.PolicyClaimHours, city(f.InstitutionID), day)
}

// newOrder joins the parts of a rejection with the lines as they were charged.
func newOrder(r *review.Review, w wish, event review.Event) (*rejection.Order, error) {
	order := &rejection.Order{
		FindingID: w.FindingID, Rule: w.Seen.Rule, Severity: w.Seen.Severity, Rank: w.rank, Subject: w.Seen.Subject,
		Basis: w.Seen.Basis, Reason: event.Reason, By: people(event), At: w.At,
	}
	for _, part := range event.Lines {
		at := slices.IndexFunc(w.charges, func(c rejection.Charge) bool {
			return c.Kind == part.Kind && c.InstitutionID == part.InstitutionID && c.RecordID == part.RecordID
		})
		if at < 0 {
			return nil, claimwatch.Refuse(claimwatch.CodeInvalid, "line %s of %s is rejected without its charge", part.RecordID, part.InstitutionID)
		}
		name := ""
		if at < len(w.names) {
			name = w.names[at]
		}
		order.Parts = append(order.Parts, rejection.Part{
			Charge: w.charges[at], ItemName: name, Statement: r.StatementOf(part.InstitutionID), Amount: part.Amount,
		})
	}
	return order, nil
}

// doAdjust folds what is given back of a rejected line that is worth less now.
func (s *State) doAdjust(c Command, accepted *Accepted, answer *Answer) error {
	var p Adjustment
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return fmt.Errorf("read adjustment: %w", err)
	}
	if c.Actor.Key != SystemKey {
		return claimwatch.Refuse(claimwatch.CodeForbidden, "adjustments follow from the facts: nobody makes them")
	}
	key := rejection.LineKey{Kind: p.Kind, InstitutionID: p.InstitutionID, RecordID: p.RecordID}
	rejected, _ := s.rejections.Line(key)
	if rejected <= max(0, p.Net) {
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "the line is worth what was rejected of it: nothing is given back")
	}
	accepted.Listed = s.rejections.Adjust(key, p.Net, rejection.Cause{Reason: c.Reason, By: c.Actor.Key, At: c.At})
	after, _ := s.rejections.Line(key)
	answer.Rejected = after - rejected
	return nil
}

// indexNotice keeps who was told, and about which lines.
func (s *State) indexNotice(r *review.Review, event review.Event, c Command) {
	if event.Action != claimwatch.ActionNotify && event.Action != review.ActionInherit {
		return
	}
	if s.noticed == nil {
		s.noticed, s.lines = map[string]map[string]bool{}, map[noticedLine][]string{}
	}
	for _, n := range r.Notices {
		if s.noticed[n.InstitutionID] == nil {
			s.noticed[n.InstitutionID] = map[string]bool{}
		}
		s.noticed[n.InstitutionID][r.FindingID] = true
		for _, line := range n.Lines {
			key := noticedLine{r.Decided.Rule, n.InstitutionID, line.RecordID, line.Kind}
			if !slices.Contains(s.lines[key], r.FindingID) {
				s.lines[key] = append(s.lines[key], r.FindingID)
			}
		}
	}
	for _, institution := range event.Told {
		s.notices.add(institution, r, c)
	}
}
