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
	wish, charges, names, err := s.wish(c)
	if err != nil {
		return err
	}
	r := s.reviews[c.FindingID]
	if r == nil {
		r = &review.Review{FindingID: c.FindingID}
	}
	event, err := review.Decide(r, wish, &s.calendar)
	if err != nil {
		return err
	}
	var order rejection.Order
	if wish.Action == claimwatch.ActionReject {
		if order, err = newOrder(wish, event, charges, names); err != nil {
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
	s.indexNotice(r, wish.Action)
	if wish.Action == claimwatch.ActionReject {
		accepted.Listed = s.rejections.Reject(order)
		for _, listed := range accepted.Listed {
			answer.Rejected += listed.Rejected
		}
	}
	after := *r
	accepted.Review = &after
	answer.Revision = r.Revision
	return nil
}

// wish translates a command into the words of package review.
func (s *State) wish(c Command) (wish review.Command, charges []rejection.Charge, names []string, err error) {
	wish = review.Command{
		FindingID: c.FindingID, At: c.At, By: c.Actor.Key, Institution: c.Actor.InstitutionID,
		ExpectedRevision: c.ExpectedRevision, Reason: c.Reason,
	}
	switch c.Type {
	case TypeStatement:
		wish.Action, wish.Text = claimwatch.ActionExplain, string(c.Data)
	case TypeTellRetracted:
		wish.Action = review.ActionTell
	case TypeInheritNotice:
		var p Inheritance
		if err := json.Unmarshal(c.Payload, &p); err != nil {
			return wish, nil, nil, fmt.Errorf("read inheritance: %w", err)
		}
		wish.Action, wish.Seen, wish.From = review.ActionInherit, p.Finding, s.reviews[p.From]
	default:
		var p Decision
		if err := json.Unmarshal(c.Payload, &p); err != nil {
			return wish, nil, nil, fmt.Errorf("read decision: %w", err)
		}
		if p.Action == claimwatch.ActionExplain || c.ExpectedRevision == nil {
			return wish, nil, nil, claimwatch.Refuse(claimwatch.CodeInvalid, "the command is no decision")
		}
		if len(c.Data) > 0 {
			if err := json.Unmarshal(c.Data, &names); err != nil {
				return wish, nil, nil, fmt.Errorf("read names of items: %w", err)
			}
		}
		wish.Action, wish.Seen, wish.Lines, wish.Until, wish.Assignee = p.Action, p.Finding, p.Lines, p.DueOn, p.To
		charges = p.Charges
	}
	return wish, charges, names, nil
}

// newOrder joins the parts of a rejection with the lines as they were charged.
func newOrder(wish review.Command, event review.Event, charges []rejection.Charge, names []string) (rejection.Order, error) {
	order := rejection.Order{
		FindingID: wish.FindingID, Rule: wish.Seen.Rule, Basis: wish.Seen.Basis, Reason: wish.Reason, By: wish.By, At: wish.At,
	}
	for _, part := range event.Lines {
		at := slices.IndexFunc(charges, func(c rejection.Charge) bool {
			return c.Kind == part.Kind && c.InstitutionID == part.InstitutionID && c.RecordID == part.RecordID
		})
		if at < 0 {
			return order, claimwatch.Refuse(claimwatch.CodeInvalid, "line %s of %s is rejected without its charge", part.RecordID, part.InstitutionID)
		}
		name := ""
		if at < len(names) {
			name = names[at]
		}
		order.Parts = append(order.Parts, rejection.Part{Charge: charges[at], ItemName: name, Amount: part.Amount})
	}
	return order, nil
}

// indexNotice keeps who was told, and about which lines.
func (s *State) indexNotice(r *review.Review, action claimwatch.Action) {
	if r.Notice == nil || r.Decided == nil || (action != claimwatch.ActionNotify && action != review.ActionInherit) {
		return
	}
	if s.noticed == nil {
		s.noticed, s.lines = map[string]map[string]bool{}, map[noticedLine][]string{}
	}
	tell := func(institution string) {
		if s.noticed[institution] == nil {
			s.noticed[institution] = map[string]bool{}
		}
		s.noticed[institution][r.FindingID] = true
	}
	tell(r.Decided.InstitutionID)
	for _, line := range r.Decided.Lines {
		if line.Role != claimwatch.Violating {
			continue
		}
		tell(line.InstitutionID)
		key := noticedLine{r.Decided.Rule, line.InstitutionID, line.RecordID, line.Kind}
		s.lines[key] = append(s.lines[key], r.FindingID)
	}
}
