package settlement

import (
	"fmt"
	"maps"
	"slices"

	"claimwatch"
	"claimwatch/audit/term"
)

// State is every institution's book, folded from the journal. The zero State is empty.
type State struct{ books map[string]*book }

// book is what was settled with one institution.
type book struct {
	revision int        // grows with everything that a proposal rests on or that follows from it
	last     term.Month // the latest closed month; it and all before it are closed
	settled  Parts      // all closes together
	balances map[Account]claimwatch.Fen
	numbers  map[int]int // settlements by year
	months   map[term.Month]*Settlement
	proposal *Settlement      // the one that waits for a second person
	basis    int              // money revision at which it was worked out
	owed     map[string]*Owed // by month or year
	payments []*Payment
	bonds    map[int]claimwatch.Fen // kept in the settlements of a year
	years    map[int]*YearEnd
}

// Lists is what a settlement needs of the rejected-fee list of its month.
type Lists struct {
	Revision int            // of the institution's rejections
	Total    claimwatch.Fen // of the list
	Sealed   bool
}

// Wish is who wants something of the money of an institution, and when.
type Wish struct {
	InstitutionID string
	At            claimwatch.Instant
	By            string
	Seq           uint64 // of the journal entry that it will be
}

func (w *Wish) signature() *Signature { return &Signature{By: w.By, At: w.At, Seq: w.Seq} }

// Event is what an accepted command did.
type Event struct {
	InstitutionID string
	Of            string // the month or year
	Settlement    *Settlement
	Sheet         *Sheet // of a proposal
	Payment       *Payment
	YearEnd       *YearEnd
	Postings      []Posting
	By            []string // ids of the keys that decided
}

func (s *State) book(institution string) *book {
	if b := s.books[institution]; b != nil {
		return b
	}
	return &book{}
}

// open is book for writing.
func (s *State) open(institution string) *book {
	if s.books == nil {
		s.books = map[string]*book{}
	}
	if s.books[institution] == nil {
		s.books[institution] = &book{
			balances: map[Account]claimwatch.Fen{}, numbers: map[int]int{}, months: map[term.Month]*Settlement{},
			owed: map[string]*Owed{}, bonds: map[int]claimwatch.Fen{}, years: map[int]*YearEnd{},
		}
	}
	return s.books[institution]
}

// Touch says that something else has changed that settlements of an institution
// rest on, its agreements or holds: a proposal is to be worked out anew.
func (s *State) Touch(institution string) { s.open(institution).revision++ }

// Revision counts what has changed in an institution's book.
func (s *State) Revision(institution string) int { return s.book(institution).revision }

// Settled is what all closes of an institution have posted together, and the latest
// closed month, 0 for none. Every month before it counts as closed.
func (s *State) Settled(institution string) (total Parts, last term.Month) {
	b := s.book(institution)
	return b.settled, b.last
}

// Month gives the proposed or closed settlement of a month; nil while it is open.
func (s *State) Month(institution string, month term.Month) *Settlement {
	b := s.book(institution)
	if closed := b.months[month]; closed != nil {
		return closed
	}
	if b.proposal != nil && b.proposal.Month == month {
		return b.proposal
	}
	return nil
}

// Stale says whether the proposal that waits to be closed rests on what has changed
// since: it must be proposed anew.
func (s *State) Stale(institution string, lists int) bool {
	b := s.book(institution)
	return b.proposal != nil && b.basis != lists+b.revision
}

// Months lists the closed months of an institution.
func (s *State) Months(institution string) []term.Month {
	return slices.Sorted(maps.Keys(s.book(institution).months))
}

// Proposal is a settlement as it was worked out. Its sheet goes beside the chain.
type Proposal struct {
	Month  term.Month `json:"month"`
	Basis  int        `json:"money_revision"` // of rejections and settlements together, before anything was read
	Before Parts      `json:"settled_before"` // what earlier closes have posted, as it was read
	Total  Parts      `json:"total"`
}

// Propose takes a proposal, which replaces the one before. changed says that what it
// rests on has moved; illegal_transition that the month cannot be closed now.
func (s *State) Propose(w Wish, p Proposal, sheet *Sheet, hash string, terms Terms, lists Lists) (*Event, error) {
	b := s.book(w.InstitutionID)
	if err := b.closable(p.Month, w.At); err != nil {
		return nil, err
	}
	switch total := sheet.Total(); {
	case p.Basis != lists.Revision+b.revision, p.Before != b.settled:
		return nil, claimwatch.Refuse(claimwatch.CodeChanged, "decisions or settlements of %s have changed meanwhile: propose again", w.InstitutionID)
	case total != p.Total:
		return nil, claimwatch.Refuse(claimwatch.CodeInvalid, "the lines do not add up to the totals of the settlement")
	}
	if err := b.checkGap(p.Month, sheet); err != nil {
		return nil, err
	}
	if err := checkLists(p.Month, p.Total, lists); err != nil {
		return nil, err
	}
	doc := NewSettlement(w.InstitutionID, p.Month, w.At, terms, sheet, hash)
	doc.Stage, doc.Proposed = StageProposed, w.signature()
	b = s.open(w.InstitutionID)
	b.proposal, b.basis = doc, p.Basis
	return &Event{InstitutionID: w.InstitutionID, Of: p.Month.String(), Settlement: doc, Sheet: sheet}, nil
}

// closable refuses a month that is closed, lies before a closed one or not right
// after the latest, or begins after the product's clock. Without gaps every
// rejection of a line of an earlier month stands on the list that is sealed next.
func (b *book) closable(month term.Month, at claimwatch.Instant) error {
	switch {
	case b.months[month] != nil:
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "%s is closed: what has changed since goes to the settlement of a later month", month)
	case month <= b.last:
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "%s is closed already, and with it every month before: close a later one", b.last)
	case b.last != 0 && month > b.last+1:
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "months are closed one after the other: %s is next, also when it has no fees", b.last+1)
	case at < month.First().Midnight():
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "%s has not begun", month)
	}
	return nil
}

// checkGap refuses to begin with a month while one before it has something in it.
func (b *book) checkGap(month term.Month, sheet *Sheet) error {
	for i := range sheet.Stays {
		if stay := &sheet.Stays[i]; stay.Month > b.last && stay.Month < month {
			return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "%s has fees and is open: close it first", stay.Month)
		}
	}
	return nil
}

// checkLists holds the settlement against the rejected-fee list of its month: the
// two papers must say the same.
func checkLists(month term.Month, total Parts, lists Lists) error {
	if lists.Sealed {
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "the rejected-fee list of %s is sealed already", month)
	}
	if lists.Total != total.Rejected {
		return claimwatch.Refuse(claimwatch.CodeChanged,
			"the rejected-fee list of %s has %s and the lines give %s: what was rejected of lines that have changed is being adjusted, propose again",
			month, lists.Total, total.Rejected)
	}
	return nil
}

// CheckClose says whether a proposal may be closed by a second person; seq names the
// proposal that this person has seen.
func (s *State) CheckClose(w Wish, month term.Month, seq uint64, lists Lists) error {
	b := s.book(w.InstitutionID)
	if err := b.closable(month, w.At); err != nil {
		return err
	}
	p := b.proposal
	switch {
	case p == nil || p.Month != month:
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "nobody has proposed to close %s: a settlement clerk does that first", month)
	case p.Proposed.Seq != seq:
		return claimwatch.Refuse(claimwatch.CodeChanged, "the proposal to close %s was replaced: look at the new one", month)
	}
	if err := claimwatch.CheckSecond(p.Proposed.By, w.By); err != nil {
		return err
	}
	if b.basis != lists.Revision+b.revision {
		return claimwatch.Refuse(claimwatch.CodeChanged, "decisions of %s have changed since it was proposed: propose again", w.InstitutionID)
	}
	return checkLists(month, p.Parts, lists)
}

// Close closes the proposed settlement of a month, which CheckClose has allowed.
// list is the number of the rejected-fee list that is sealed with it.
func (s *State) Close(w Wish, list string) *Event {
	b := s.open(w.InstitutionID)
	closed := *b.proposal
	b.proposal = nil
	year := closed.Month.Year()
	b.numbers[year]++
	number := fmt.Sprintf("%d-%04d", year, b.numbers[year])
	closed.Stage, closed.Number, closed.RejectedList, closed.Closed = StageClosed, &number, &list, w.signature()
	b.last = closed.Month
	b.settled = b.settled.Plus(closed.Parts)
	b.bonds[year] += closed.Retained
	summary := closed
	summary.Claims, summary.Adjustments = nil, nil // the store has them
	b.months[closed.Month] = &summary
	b.owed[closed.Month.String()] = &Owed{Due: closed.Payable, By: closed.PayBy}
	event := &Event{
		InstitutionID: w.InstitutionID, Of: closed.Month.String(), Settlement: &closed, By: []string{closed.Proposed.By, w.By},
	}
	event.Postings = b.post(
		Posting{AccountClaims, -closed.Claimed}, Posting{AccountRejected, closed.Rejected}, Posting{AccountNotPayable, closed.NotPayable},
		Posting{AccountHeld, closed.OnHold}, Posting{AccountPayable, closed.Payable}, Posting{AccountBond, closed.Retained},
	)
	return event
}

// Withdraw takes back a proposal to close a month.
func (s *State) Withdraw(w Wish, month term.Month) (*Event, error) {
	b := s.book(w.InstitutionID)
	if b.proposal == nil || b.proposal.Month != month {
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "nobody has proposed to close %s", month)
	}
	b.proposal = nil
	return &Event{InstitutionID: w.InstitutionID, Of: month.String()}, nil
}
