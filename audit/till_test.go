package audit

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"sync"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/journal/journaltest"
	"claimwatch/audit/settlement"
	"claimwatch/audit/term"
)

// till is a store of charges in memory; what was settled it reads from the views of
// the journal.
type till struct {
	mu       sync.Mutex
	rows     *journaltest.Rows
	lines    map[string][]settlement.Line // by institution
	declared map[string][]settlement.Declared
	lag      bool // the views of closes are not written yet
}

// charge puts a line, or changes what it is worth.
func (s *till) charge(institution string, l settlement.Line) {
	s.mu.Lock()
	defer s.mu.Unlock()
	own := slices.DeleteFunc(s.lines[institution], func(other settlement.Line) bool { return other.LineID == l.LineID })
	s.lines[institution] = append(own, l)
}

// money are the accepted commands about the money of an institution.
func (s *till) money(institution string) (list []*journal.Accepted) {
	seen := map[uint64]bool{}
	for _, a := range s.rows.Saved() {
		if a.Money != nil && a.Money.InstitutionID == institution && !seen[a.Seq] {
			seen[a.Seq] = true
			list = append(list, a)
		}
	}
	return list
}

// sheets are the closed settlements of an institution with their lines.
func (s *till) sheets(institution string) (closed []*settlement.Settlement, sheets []*settlement.Sheet) {
	proposals := map[uint64]*settlement.Sheet{}
	for _, a := range s.money(institution) {
		switch doc := a.Money.Settlement; {
		case a.Money.Sheet != nil:
			proposals[a.Seq] = a.Money.Sheet
		case doc != nil && doc.Stage == settlement.StageClosed && !s.lag:
			closed, sheets = append(closed, doc), append(sheets, proposals[doc.Proposed.Seq])
		}
	}
	return closed, sheets
}

// Charged implements Charges and gives no line more than store.Charged promises: what
// a settlement forgets to ask for is not there.
func (s *till) Charged(_ context.Context, q ChargedQuery) (lines []settlement.Line, total settlement.Parts, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	lines = slices.Clone(s.lines[q.InstitutionID])
	_, sheets := s.sheets(q.InstitutionID)
	for _, sheet := range sheets {
		for _, stay := range sheet.Stays {
			for _, e := range stay.Lines {
				at := slices.IndexFunc(lines, func(l settlement.Line) bool { return l.LineID == e.LineID })
				if at < 0 {
					at = len(lines)
					lines = append(lines, settlement.Line{LineID: e.LineID, PersonID: stay.PersonID, StayID: stay.StayID})
				}
				lines[at].Settled = lines[at].Settled.Plus(settlement.Parts(e.LineParts))
				if lines[at].Booked == 0 {
					lines[at].Booked = stay.Month
				}
				total = total.Plus(settlement.Parts(e.LineParts))
			}
		}
	}
	return slices.DeleteFunc(lines, func(l settlement.Line) bool { return !s.promised(&q, &l) }), total, nil
}

func (s *till) promised(q *ChargedQuery, l *settlement.Line) bool {
	within := func(at claimwatch.Instant) bool {
		return slices.ContainsFunc(q.Spans, func(span term.Span) bool { return span.Contains(at.Day()) })
	}
	first := claimwatch.Instant(0)
	if q.Open != 0 {
		first = q.Open.First().Midnight()
	}
	switch {
	case slices.Contains(q.Lines, l.LineID):
		return true
	case l.Booked == 0 && l.OccurredAt >= (q.Month+1).First().Midnight():
		return false
	case l.OccurredAt >= first, l.Net != l.Settled.Claimed, l.Settled.Approved != l.Settled.Claimed, within(l.OccurredAt):
		return true
	}
	return slices.ContainsFunc(s.lines[q.InstitutionID], func(other settlement.Line) bool {
		return other.StayID == l.StayID && other.AdmittedAt != nil && within(*other.AdmittedAt)
	})
}

func (s *till) Declared(_ context.Context, institution string, _ term.Month, _ claimwatch.Instant) ([]settlement.Declared, error) {
	return s.declared[institution], nil
}

func (s *till) Persons(_ context.Context, institution string) (persons []string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.lines[institution] {
		persons = append(persons, l.PersonID)
	}
	slices.Sort(persons)
	return slices.Compact(persons), nil
}

// Closed implements Ledger.
func (s *till) Closed(_ context.Context, institution string, month term.Month) ([]byte, uint64, bool, error) {
	closed, _ := s.sheets(institution)
	for _, doc := range closed {
		if doc.Month == month {
			body, err := json.Marshal(doc)
			return body, doc.Proposed.Seq, true, err
		}
	}
	return nil, 0, false, nil
}

// Lines implements Ledger, on one page.
func (s *till) Lines(_ context.Context, institution string, proposal uint64, _ string, _ int) (lines []SettledLine, next string, err error) {
	for _, a := range s.money(institution) {
		if a.Seq != proposal {
			continue
		}
		for _, stay := range a.Money.Sheet.Stays {
			for _, e := range stay.Lines {
				lines = append(lines, SettledLine{
					Month: stay.Month, PersonID: stay.PersonID, StayID: stay.StayID, LineID: e.LineID, Parts: settlement.Parts(e.LineParts), Why: e.Why,
				})
			}
		}
	}
	return lines, "", nil
}

// Postings implements Ledger, with the number of the first as cursor.
func (s *till) Postings(_ context.Context, institution, of, cursor string, limit int) (views []PostingView, next string, err error) {
	for _, a := range s.money(institution) {
		for _, p := range a.Money.Postings {
			if of == "" || of == a.Money.Of {
				views = append(views, PostingView{
					Entry: a.Seq, At: a.Command.At, InstitutionID: institution, For: a.Money.Of, Event: string(a.Command.Type), Posting: p, By: a.Money.By,
				})
			}
		}
	}
	from, _ := strconv.Atoi(cmp.Or(cursor, "0"))
	views = views[from:]
	if len(views) > limit {
		views, next = views[:limit], strconv.Itoa(from+limit)
	}
	return views, next, nil
}
