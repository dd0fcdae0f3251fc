package agreement

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// Status is what a row says of its days.
type Status string

// The statuses of the contract, section 4.
const (
	Active     Status = "active"
	Suspended  Status = "suspended"
	Terminated Status = "terminated"
)

// Row is a row of the table agreements. InstitutionID, Kind and From are its key.
type Row struct {
	InstitutionID string
	Kind          string // medical, rehab or device
	From          claimwatch.Day
	AgreementID   string
	Status        Status
	Until         *claimwatch.Day // first day that is no longer covered; nil: without end
	TermFrom      *claimwatch.Day
	TermUntil     *claimwatch.Day // first day that is no longer of the term
	Holdover      bool            // the term is over and nobody objects (Art. 51): without end
	Void          bool            // withdraws the row of this key
}

// covers says whether the row says anything of a day. With holdover it is
// without end, whatever until says (rules.md, section 2).
func (r *Row) covers(day claimwatch.Day) bool {
	return r.From <= day && (r.Holdover || r.Until == nil || day < *r.Until)
}

type key struct {
	institution, kind string
	from              claimwatch.Day
}

func (r *Row) key() key { return key{r.InstitutionID, r.Kind, r.From} }

// State is every row. The zero State is empty.
type State struct{ rows map[string]map[key]Row }

// Set takes a row of the table, or withdraws it when it is void.
func (s *State) Set(r Row) {
	of := s.rows[r.InstitutionID]
	if r.Void {
		delete(of, r.key())
		return
	}
	if s.rows == nil {
		s.rows = map[string]map[key]Row{}
	}
	if of == nil {
		of = map[key]Row{}
		s.rows[r.InstitutionID] = of
	}
	of[r.key()] = r
}

// Of gives the rows of an institution by kind and first day.
func (s *State) Of(institution string) []Row {
	rows := make([]Row, 0, len(s.rows[institution]))
	for _, r := range s.rows[institution] {
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(strings.Compare(a.Kind, b.Kind), cmp.Compare(a.From, b.From))
	})
	return rows
}

// Institutions lists every institution that ever had an agreement, by id.
func (s *State) Institutions() []string {
	ids := make([]string, 0, len(s.rows))
	for id, rows := range s.rows {
		if len(rows) > 0 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// On gives the row that counts for an institution and kind on a day: a
// terminated one before a suspended one before an active one, of several the one
// that began last; ok is false where no row covers the day.
func (s *State) On(institution, kind string, day claimwatch.Day) (best Row, ok bool) {
	rank := map[Status]int{Active: 1, Suspended: 2, Terminated: 3}
	for _, r := range s.rows[institution] {
		if r.Kind != kind || !r.covers(day) {
			continue
		}
		if !ok || rank[r.Status] > rank[best.Status] || r.Status == best.Status && r.From > best.From {
			best, ok = r, true
		}
	}
	// A new agreement after a termination begins a life of its own.
	if ok && best.Status == Terminated {
		for _, r := range s.rows[institution] {
			if r.Kind == kind && r.covers(day) && r.From > best.From && r.Status != Terminated {
				return s.after(best.From, institution, kind, day), true
			}
		}
	}
	return best, ok
}

// after is On among the rows that began after a termination.
func (s *State) after(begin claimwatch.Day, institution, kind string, day claimwatch.Day) (best Row) {
	for _, r := range s.rows[institution] {
		if r.Kind != kind || r.From <= begin || !r.covers(day) {
			continue
		}
		if best.Status == "" || r.Status == Suspended && best.Status == Active || r.Status == best.Status && r.From > best.From {
			best = r
		}
	}
	return best
}

// Kinds lists the kinds of which an institution has an agreement that is neither
// terminated nor over on a day.
func (s *State) Kinds(institution string, day claimwatch.Day) (kinds []string) {
	for _, kind := range []string{"device", "medical", "rehab"} {
		if r, ok := s.On(institution, kind, day); ok && r.Status != Terminated {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// term is the active row that an institution's suspension on a day belongs to.
func (s *State) active(institution, kind string, day claimwatch.Day) (best Row, ok bool) {
	for _, r := range s.rows[institution] {
		if r.Kind == kind && r.Status == Active && r.covers(day) && (!ok || r.From > best.From) {
			best, ok = r, true
		}
	}
	return best, ok
}

// GoesOn says whether an agreement covers a day by itself, whatever suspends it: its
// term is not over, or it is held over.
func (s *State) GoesOn(institution, kind string, day claimwatch.Day) bool {
	_, ok := s.active(institution, kind, day)
	return ok
}

// Term gives the span of the agreement that covers a day: term_from and
// term_until, or where they are empty the row's own; until is nil when it has no
// end.
func (s *State) Term(institution, kind string, day claimwatch.Day) (from claimwatch.Day, until *claimwatch.Day, ok bool) {
	r, ok := s.active(institution, kind, day)
	if !ok {
		if r, ok = s.On(institution, kind, day); !ok {
			return 0, nil, false
		}
	}
	from, until = r.From, r.Until
	if r.TermFrom != nil {
		from = *r.TermFrom
	}
	if r.TermUntil != nil {
		until = r.TermUntil
	}
	return from, until, true
}

// Suspensions lists the suspensions that began within the term which covers a
// day, the oldest first: what Art. 39 (1) counts.
func (s *State) Suspensions(institution, kind string, day claimwatch.Day) (rows []Row) {
	from, until, ok := s.Term(institution, kind, day)
	for _, r := range s.Of(institution) {
		if ok && r.Kind == kind && r.Status == Suspended && r.From >= from && (until == nil || r.From < *until) {
			rows = append(rows, r)
		}
	}
	return rows
}

// RowOf reads the values of a row of the table agreements, in the order of its
// columns.
func RowOf(values []claimwatch.Value, void bool) Row {
	day := func(v claimwatch.Value) *claimwatch.Day {
		if !v.Set {
			return nil
		}
		d := claimwatch.Day(v.Num)
		return &d
	}
	table, _ := claimwatch.TableNamed("agreements")
	r := Row{Void: void}
	for i, column := range table.Columns {
		switch v := values[i]; column.Name {
		case "institution_id":
			r.InstitutionID = v.Text
		case "kind":
			r.Kind = v.Text
		case "from":
			r.From = claimwatch.Day(v.Num)
		case "agreement_id":
			r.AgreementID = v.Text
		case "status":
			r.Status = Status(v.Text)
		case "until":
			r.Until = day(v)
		case "term_from":
			r.TermFrom = day(v)
		case "term_until":
			r.TermUntil = day(v)
		case "holdover":
			r.Holdover = v.Num != 0
		}
	}
	return r
}
