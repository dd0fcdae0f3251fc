package rejection

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"claimwatch"
)

// RejectedItem is a line of a list. Its fields are the columns of the contract,
// section 6, and behind them those that later issues added.
type RejectedItem struct {
	FindingID  string             `json:"finding_id"`
	Rule       string             `json:"rule"`
	Kind       claimwatch.Kind    `json:"kind"`
	RecordID   string             `json:"record_id"`
	PersonID   string             `json:"person_id"`
	StayID     string             `json:"stay_id"`
	OccurredAt claimwatch.Instant `json:"occurred_at"`
	ItemCode   string             `json:"item_code"`
	ItemName   string             `json:"item_name"`
	Claimed    claimwatch.Fen     `json:"claimed" doc:"the line's amount net of refunds, as the decision counts on it"`
	Rejected   claimwatch.Fen     `json:"rejected" doc:"what is attributed to this finding of the line; negative: given back of what a sealed list took"`
	Reason     string             `json:"reason"`
	Basis      []claimwatch.Basis `json:"basis"`
	DecidedBy  string             `json:"decided_by" doc:"ids of the keys that decided, joined with ;"`
	DecidedAt  claimwatch.Instant `json:"decided_at"`
	Statement  string             `json:"statement,omitempty" doc:"the hospital's statement in short: its first 200 characters"`
	Adjusts    string             `json:"adjusts,omitempty" doc:"an adjustment: number of the sealed list that it corrects"`
}

// RejectedList is the rejected-fee list of an institution and month.
type RejectedList struct {
	InstitutionID string              `json:"institution_id"`
	Month         string              `json:"month" example:"2026-10"`
	Number        *string             `json:"number" example:"2026-0003" doc:"given when the list is sealed: running by institution and year"`
	Sealed        bool                `json:"sealed"`
	Total         claimwatch.Fen      `json:"total"`
	Items         []RejectedItem      `json:"items"`
	SealedAt      *claimwatch.Instant `json:"sealed_at,omitempty"`
	SealedBy      []string            `json:"sealed_by,omitempty" doc:"ids of the keys"`
	SHA256        string              `json:"sha256,omitempty" doc:"of a sealed list: SHA-256 of this JSON without sha256 and statement and with every item_name empty"`
	Names         *Names              `json:"names,omitempty" doc:"of a sealed list: what its papers print beside codes"`
}

// Listed is an item with the list on which it stands.
type Listed struct {
	InstitutionID string
	Month         string
	Void          bool // the item is on the list no more
	RejectedItem
}

// item is what a claim puts on the open list of its line.
func (h *house) item(l *line, c *claim) RejectedItem {
	charge := c.part.Charge
	item := RejectedItem{
		FindingID: c.order.FindingID, Rule: c.order.Rule, Kind: charge.Kind, RecordID: charge.RecordID, PersonID: charge.PersonID,
		StayID: charge.StayID, OccurredAt: charge.OccurredAt, ItemCode: charge.ItemCode, ItemName: c.part.ItemName,
		Claimed: c.worth, Rejected: c.taken - c.sealed, Reason: c.order.Reason, Basis: c.order.Basis, DecidedBy: c.order.By,
		DecidedAt: c.order.At, Statement: c.part.Statement, Adjusts: c.number,
	}
	if item.Adjusts == "" {
		if list, sealed := h.sealed[l.month]; sealed {
			item.Adjusts = *list.Number // on which it would stand
		}
	}
	if item.Rejected < 0 && c.cause != nil {
		item.Reason, item.DecidedBy, item.DecidedAt = c.cause.Reason, c.cause.By, c.cause.At
	}
	return item
}

// month is that of the list on which a line stands: its service month while that
// list is open, afterwards the earliest open one. A month before a sealed one is
// closed, whether it had a list or not.
func (h *house) month(service string) string {
	if h == nil || service > h.last {
		return service
	}
	return following(h.last)
}

func following(month string) string {
	first, err := time.Parse("2006-01", month)
	if err != nil {
		return month + "?" // no month of a line is spelled otherwise
	}
	return first.AddDate(0, 1, 0).Format("2006-01")
}

// List gives the list of an institution and month (YYYY-MM): a sealed one as it was
// sealed, an open one as it stands now, in the order of the decisions. It is empty
// when nothing was rejected.
func (s *State) List(institution, month string) RejectedList {
	h := s.houses[institution]
	if h == nil {
		return newList(institution, month, nil)
	}
	if list, sealed := h.sealed[month]; sealed {
		list.Items = slices.Clone(list.Items)
		return list
	}
	return newList(institution, month, h.items(h.openClaims(month)))
}

// openClaims gives what stands on the open list of a month, in the order of the
// decisions and of the lines within each.
func (h *house) openClaims(month string) []*claim {
	var claims []*claim
	for c := range h.open {
		if h.month(h.lines[c.part.Charge.Line()].month) == month {
			claims = append(claims, c)
		}
	}
	slices.SortFunc(claims, func(a, b *claim) int {
		return cmp.Or(
			cmp.Compare(a.place, b.place), cmp.Compare(a.part.Charge.Kind, b.part.Charge.Kind),
			strings.Compare(a.part.Charge.RecordID, b.part.Charge.RecordID),
		)
	})
	return claims
}

func (h *house) items(claims []*claim) []RejectedItem {
	items := make([]RejectedItem, len(claims))
	for i, c := range claims {
		items[i] = h.item(h.lines[c.part.Charge.Line()], c)
	}
	return items
}

// All gives every list that has items or is sealed, by institution and month.
func (s *State) All() []RejectedList {
	var lists []RejectedList
	for institution, h := range s.houses {
		months := map[string]bool{}
		for month := range h.sealed {
			months[month] = true
		}
		for c := range h.open {
			months[h.month(h.lines[c.part.Charge.Line()].month)] = true
		}
		for month := range months {
			lists = append(lists, s.List(institution, month))
		}
	}
	slices.SortFunc(lists, func(a, b RejectedList) int {
		return cmp.Or(strings.Compare(a.InstitutionID, b.InstitutionID), strings.Compare(a.Month, b.Month))
	})
	return lists
}

func newList(institution, month string, items []RejectedItem) RejectedList {
	list := RejectedList{InstitutionID: institution, Month: month, Items: items}
	if items == nil {
		list.Items = []RejectedItem{}
	}
	for _, item := range items {
		list.Total += item.Rejected
	}
	return list
}

// Taken is what stands rejected of a line now, over all lists.
func (s *State) Taken(kind claimwatch.Kind, institution, record string) (sum claimwatch.Fen) {
	if l := s.line(LineKey{kind, institution, record}); l != nil {
		for _, c := range l.claims {
			sum += c.taken
		}
	}
	return sum
}

// Took is what a finding takes now, over all its lines.
func (s *State) Took(findingID string) (sum claimwatch.Fen) {
	for _, c := range s.findings[findingID] {
		sum += c.taken
	}
	return sum
}

// TookOf is what a finding takes now of the lines of one institution.
func (s *State) TookOf(findingID, institution string) (sum claimwatch.Fen) {
	for _, c := range s.findings[findingID] {
		if c.part.Charge.InstitutionID == institution {
			sum += c.taken
		}
	}
	return sum
}

// Rejected is what stands rejected of each line of an institution now, over all
// lists; lines of which nothing is rejected are left out. What its sealed lists say
// of a line and what the open ones do add up to it.
func (s *State) Rejected(institution string) map[LineKey]claimwatch.Fen {
	out := map[LineKey]claimwatch.Fen{}
	h := s.houses[institution]
	if h == nil {
		return out
	}
	for key, l := range h.lines {
		for _, c := range l.claims {
			if c.taken > 0 {
				out[key] += c.taken
			}
		}
	}
	return out
}

// Open is what the open list of a month says of each of its lines; negative where
// more is given back than taken. It is empty for a sealed list.
func (s *State) Open(institution, month string) map[LineKey]claimwatch.Fen {
	out := map[LineKey]claimwatch.Fen{}
	if h := s.houses[institution]; h != nil && !s.Sealed(institution, month) {
		for _, c := range h.openClaims(month) {
			out[c.part.Charge.Line()] += c.taken - c.sealed
		}
	}
	return out
}

// Month is that of the list on which a rejection of a line of a service month
// stands: the same while it is open, else the month after the latest sealed one.
func (s *State) Month(institution, service string) string {
	return s.houses[institution].month(service)
}

// Revision counts whatever changed what is rejected of an institution: a proposal
// to close a month names it.
func (s *State) Revision(institution string) int {
	if h := s.houses[institution]; h != nil {
		return h.revision
	}
	return 0
}

// Line gives what stands rejected of a line and how often that was worked out anew,
// which makes the id of an adjustment.
func (s *State) Line(key LineKey) (rejected claimwatch.Fen, changes int) {
	if l := s.line(key); l != nil {
		changes = l.changes
	}
	return s.Taken(key.Kind, key.InstitutionID, key.RecordID), changes
}

// Lines gives at most n lines that were ever rejected, after the first skip ones,
// in the order in which they were.
func (s *State) Lines(skip, n int) []LineKey {
	skip = min(skip, len(s.lines))
	return slices.Clone(s.lines[skip:min(skip+n, len(s.lines))])
}

// LinesOf gives the lines that a finding ever asked for.
func (s *State) LinesOf(findingID string) []LineKey {
	var keys []LineKey
	for _, c := range s.findings[findingID] {
		keys = append(keys, c.part.Charge.Line())
	}
	return keys
}
