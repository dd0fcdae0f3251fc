package journal

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/rejection"
	"claimwatch/audit/settlement"
	"claimwatch/audit/term"
)

// Books is what the fold knows of the money of an institution when a settlement is
// worked out.
type Books struct {
	Revision int // of rejections and settlements together; a proposal names it
	Settled  settlement.Parts
	Last     term.Month // the latest closed month, 0 for none
	Rejected map[settlement.LineID]claimwatch.Fen
	Listed   map[settlement.LineID]term.Month // under which rejected lines stand
	Terms    settlement.Terms
	Month    *settlement.Settlement // proposed or closed; nil while it is open
	Stale    bool                   // the proposal rests on what has changed since

	Agreements settlement.Agreements
	Holds      []settlement.Hold
}

// Books gives what a settlement of a month rests on, all of one moment of the fold.
func (j *Journal) Books(institution string, month term.Month) Books {
	j.mu.RLock()
	defer j.mu.RUnlock()
	s := &j.state
	books := Books{
		Revision: s.rejections.Revision(institution) + s.money.Revision(institution),
		Rejected: map[settlement.LineID]claimwatch.Fen{},
		Listed:   map[settlement.LineID]term.Month{},
		Terms:    s.terms(institution, month),
		Month:    s.money.Month(institution, month),
		Stale:    s.money.Stale(institution, s.rejections.Revision(institution)),
	}
	books.Settled, books.Last = s.money.Settled(institution)
	for line, amount := range s.rejections.Rejected(institution) {
		books.Rejected[settlement.LineID{Kind: line.Kind, RecordID: line.RecordID}] = amount
	}
	for line, text := range s.rejections.ServiceMonths(institution) {
		if month, err := term.ParseMonth(text); err == nil {
			books.Listed[settlement.LineID{Kind: line.Kind, RecordID: line.RecordID}] = month
		}
	}
	for _, key := range slices.SortedFunc(maps.Keys(s.money.agreements), agreed.compare) {
		if key.institution == institution {
			books.Agreements = append(books.Agreements, s.money.agreements[key])
		}
	}
	for _, id := range slices.Sorted(maps.Keys(s.money.holds)) {
		if hold := s.money.holds[id]; hold.institution == institution {
			books.Holds = append(books.Holds, hold.Hold)
		}
	}
	return books
}

func (a agreed) compare(b agreed) int {
	return cmp.Or(strings.Compare(a.institution, b.institution), strings.Compare(a.kind, b.kind), cmp.Compare(a.from, b.from))
}

// Undecided lists the findings of which an institution was told and which nobody has
// decided at a moment, by id.
func (j *Journal) Undecided(institution string, at claimwatch.Instant) []string {
	j.mu.RLock()
	defer j.mu.RUnlock()
	var ids []string
	for id := range j.state.noticed[institution] {
		switch j.state.standing(id, at).State {
		case claimwatch.StateNotified, claimwatch.StateExplained, claimwatch.StateLapsed:
			ids = append(ids, id)
		default: // decided, retracted, or opened again
		}
	}
	slices.Sort(ids)
	return ids
}

// Balances gives the balance of every account of an institution.
func (j *Journal) Balances(institution string) map[settlement.Account]claimwatch.Fen {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.money.Balances(institution)
}

// Owed is what is due for a settled month (YYYY-MM) or a returned bond (YYYY), and
// what of it can be paid now; known is false while it is not closed.
func (j *Journal) Owed(institution, of string) (owed settlement.Owed, open claimwatch.Fen, known bool) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.money.Owed(institution, of)
}

// Payments lists the payments of an institution for a month or year, all when of is empty.
func (j *Journal) Payments(institution, of string) []settlement.Payment {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.money.Payments(institution, of)
}

// YearEnd gives the proposed or closed year end of an institution, or as it would be
// now, or why it cannot be.
func (j *Journal) YearEnd(institution string, year int, at claimwatch.Instant) (*settlement.YearEnd, error) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	s := &j.state
	if y := s.money.Year(institution, year); y != nil {
		return y, nil
	}
	return s.money.WorkOut(institution, year, s.score(institution, year), at)
}

// Settled lists the closed months of an institution.
func (j *Journal) Settled(institution string) []term.Month {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.money.Months(institution)
}

// ClosedMonth gives the settlement of a month that was closed.
func (j *Journal) ClosedMonth(institution string, month term.Month) (closed *settlement.Settlement, ok bool) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	closed = j.state.money.Month(institution, month)
	return closed, closed != nil && closed.Closed != nil
}

// RejectedLinesNamed gives what stands rejected of lines.
func (j *Journal) RejectedLinesNamed(keys []rejection.LineKey) []RejectedLine {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.rejectedLines(keys)
}
