package rejection

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// Charge is a line as it was charged when it was rejected: the revision of the
// record, and its amount net of refunds. The item's name is text of the hospital
// and stays out of the journal's chain; Order carries it beside.
type Charge struct {
	Kind          claimwatch.Kind    `json:"kind"`
	InstitutionID string             `json:"institution_id"`
	RecordID      string             `json:"record_id"`
	Revision      int32              `json:"revision"`
	PersonID      string             `json:"person_id"`
	StayID        string             `json:"stay_id"`
	OccurredAt    claimwatch.Instant `json:"occurred_at"`
	ItemCode      string             `json:"item_code"`
	Net           claimwatch.Fen     `json:"net"`
}

// Part is an amount to take from one line.
type Part struct {
	Charge   Charge
	ItemName string
	Amount   claimwatch.Fen
}

// Order is an accepted rejection.
type Order struct {
	FindingID string
	Rule      string
	Basis     []claimwatch.Basis
	Reason    string
	By        string
	At        claimwatch.Instant
	Parts     []Part
}

// RejectedItem is a line of a list. Its fields are the columns of the contract, section 6.
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
	Claimed    claimwatch.Fen     `json:"claimed" doc:"the line's amount net of refunds when it was rejected"`
	Rejected   claimwatch.Fen     `json:"rejected" doc:"what this rejection took, at most what earlier ones left"`
	Reason     string             `json:"reason"`
	Basis      []claimwatch.Basis `json:"basis"`
	DecidedBy  string             `json:"decided_by" doc:"id of the officer's key"`
	DecidedAt  claimwatch.Instant `json:"decided_at"`
}

// RejectedList is the rejected-fee list of an institution and month.
type RejectedList struct {
	InstitutionID string         `json:"institution_id"`
	Month         string         `json:"month" example:"2026-10"`
	Number        *int           `json:"number" doc:"given when the list is sealed"`
	Sealed        bool           `json:"sealed"`
	Total         claimwatch.Fen `json:"total"`
	Items         []RejectedItem `json:"items"`
}

// Listed is an item with the list on which it stands.
type Listed struct {
	InstitutionID string
	Month         string
	RejectedItem
}

type lineKey struct {
	kind        claimwatch.Kind
	institution string
	record      string
}

type listKey struct{ institution, month string }

// State is what has been rejected so far. The zero State is empty.
type State struct {
	taken map[lineKey]claimwatch.Fen
	lists map[listKey][]RejectedItem
}

// Reject takes an order and gives what it put on which list. A line of which
// nothing is left gives no item.
func (s *State) Reject(o Order) []Listed {
	if s.taken == nil {
		s.taken, s.lists = map[lineKey]claimwatch.Fen{}, map[listKey][]RejectedItem{}
	}
	var put []Listed
	for _, part := range o.Parts {
		c := part.Charge
		line := lineKey{c.Kind, c.InstitutionID, c.RecordID}
		amount := min(part.Amount, c.Net-s.taken[line])
		if amount <= 0 {
			continue
		}
		s.taken[line] += amount
		list := listKey{c.InstitutionID, c.OccurredAt.Day().Month()}
		item := RejectedItem{
			FindingID: o.FindingID, Rule: o.Rule, Kind: c.Kind, RecordID: c.RecordID, PersonID: c.PersonID, StayID: c.StayID,
			OccurredAt: c.OccurredAt, ItemCode: c.ItemCode, ItemName: part.ItemName, Claimed: c.Net, Rejected: amount,
			Reason: o.Reason, Basis: o.Basis, DecidedBy: o.By, DecidedAt: o.At,
		}
		s.lists[list] = append(s.lists[list], item)
		put = append(put, Listed{list.institution, list.month, item})
	}
	return put
}

// Taken is what has been rejected of a line so far.
func (s *State) Taken(kind claimwatch.Kind, institution, record string) claimwatch.Fen {
	return s.taken[lineKey{kind, institution, record}]
}

// List gives the list of an institution and month (YYYY-MM), in the order of
// the journal; it is empty when nothing was rejected.
func (s *State) List(institution, month string) RejectedList {
	return newList(listKey{institution, month}, slices.Clone(s.lists[listKey{institution, month}]))
}

// All gives every list that has items, by institution and month.
func (s *State) All() []RejectedList {
	keys := make([]listKey, 0, len(s.lists))
	for key := range s.lists {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b listKey) int {
		return cmp.Or(strings.Compare(a.institution, b.institution), strings.Compare(a.month, b.month))
	})
	lists := make([]RejectedList, 0, len(keys))
	for _, key := range keys {
		lists = append(lists, newList(key, slices.Clone(s.lists[key])))
	}
	return lists
}

func newList(key listKey, items []RejectedItem) RejectedList {
	list := RejectedList{InstitutionID: key.institution, Month: key.month, Items: items}
	if items == nil {
		list.Items = []RejectedItem{}
	}
	for _, item := range items {
		list.Total += item.Rejected
	}
	return list
}
