package agreement

import (
	"claimwatch"
)

// Suspend gives the rows that suspend an agreement from a day on. Without until
// the suspension lasts until End is called: fees of it are not settled (Art. 37),
// and it ends by a person's acceptance, never by a day alone (Art. 45). It is
// refused where there is no agreement to suspend, or where one begins on that day.
func (s *State) Suspend(institution, kind string, from claimwatch.Day, until *claimwatch.Day) ([]Row, error) {
	held, ok := s.active(institution, kind, from)
	if !ok {
		return nil, claimwatch.Refuse(claimwatch.CodeInvalid, "%s has no active %s agreement on %s that could be suspended", institution, kind, from)
	}
	if r, there := s.rows[institution][key{institution, kind, from}]; there && r.Status != Active {
		return nil, claimwatch.Refuse(claimwatch.CodeInvalid,
			"a row of agreements of %s (%s) begins on %s already with status %s: name another first day", institution, kind, from, r.Status)
	}
	suspended := held
	suspended.From, suspended.Until, suspended.Status, suspended.Holdover = from, until, Suspended, false
	if held.From != from {
		return []Row{suspended}, nil
	}
	// The key of the active row is taken by the suspension: the row goes on from the
	// next day that no other suspension begins on; until then suspensions count.
	held.From = s.free(institution, kind, from+1)
	if held.Until != nil && *held.Until <= held.From && !held.Holdover {
		return []Row{suspended}, nil
	}
	return []Row{suspended, held}, nil
}

// free is the first day from a day on with which no suspension or termination
// begins.
func (s *State) free(institution, kind string, day claimwatch.Day) claimwatch.Day {
	for {
		r, taken := s.rows[institution][key{institution, kind, day}]
		if !taken || r.Status == Active {
			return day
		}
		day++
	}
}

// End gives the row that ends a suspension: on is the first day that is settled
// again. A suspension that ends on its first day never was.
func (s *State) End(institution, kind string, from, on claimwatch.Day) ([]Row, error) {
	r, ok := s.rows[institution][key{institution, kind, from}]
	if !ok || r.Status != Suspended {
		return nil, claimwatch.Refuse(claimwatch.CodeInvalid, "%s has no suspension of its %s agreement that begins on %s", institution, kind, from)
	}
	if on <= from {
		r.Void = true
		next, there := s.rows[institution][key{institution, kind, s.free(institution, kind, from+1)}]
		if _, covered := s.active(institution, kind, from); covered {
			return []Row{r}, nil
		}
		// The suspension has taken the key of the active row: it gets its first day back.
		if there && next.Status == Active && next.AgreementID == r.AgreementID {
			moved := next.From
			next.From = from
			return []Row{next, {InstitutionID: institution, Kind: kind, From: moved, Void: true}}, nil
		}
		end := from + 1 // which was its only one
		r.Void, r.Status, r.Until = false, Active, &end
		return []Row{r}, nil
	}
	if r.Until != nil && *r.Until <= on {
		return nil, nil // it has ended already
	}
	r.Until = &on
	return []Row{r}, nil
}

// Terminate gives the rows that end an agreement for good on a day (Art. 39):
// nothing charged from that day on is settled. What would begin later is
// withdrawn.
func (s *State) Terminate(institution, kind string, on claimwatch.Day) ([]Row, error) {
	held, ok := s.On(institution, kind, on)
	if !ok || held.Status == Terminated {
		return nil, claimwatch.Refuse(claimwatch.CodeInvalid, "%s has no %s agreement on %s that could be terminated", institution, kind, on)
	}
	rows := s.cut(institution, kind, on)
	held.From, held.Until, held.Status, held.Holdover, held.Void = on, nil, Terminated, false, false
	return append(rows, held), nil
}

// Undo gives the rows that put back what rows would change, as it stands now.
func (s *State) Undo(rows []Row) (before []Row) {
	for _, r := range rows {
		was, there := s.rows[r.InstitutionID][r.key()]
		if !there {
			was, was.Void = r, true
		}
		before = append(before, was)
	}
	return before
}

// IsLast says whether the termination that begins on a day stands and nothing began
// after it.
func (s *State) IsLast(institution, kind string, on claimwatch.Day) bool {
	r, there := s.rows[institution][key{institution, kind, on}]
	for k := range s.rows[institution] {
		if k.kind == kind && k.from > on {
			return false
		}
	}
	return there && r.Status == Terminated
}

// Close gives the rows that let an agreement run out on a day: nobody is
// suspended or terminated, it is over (Art. 36, 37, 51).
func (s *State) Close(institution, kind string, on claimwatch.Day) ([]Row, error) {
	rows := s.cut(institution, kind, on)
	if r, there := s.rows[institution][key{institution, kind, on}]; there && r.Status != Terminated {
		r.Void = true
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		return nil, claimwatch.Refuse(claimwatch.CodeInvalid, "%s has no %s agreement that reaches %s", institution, kind, on)
	}
	return rows, nil
}

// cut shortens what reaches past a day and withdraws what begins after it.
func (s *State) cut(institution, kind string, on claimwatch.Day) (rows []Row) {
	for _, r := range s.Of(institution) {
		switch {
		case r.Kind != kind || r.Status == Terminated || r.From == on:
		case r.From > on:
			r.Void = true
			rows = append(rows, r)
		case r.Holdover || r.Until == nil || *r.Until > on:
			end := on
			r.Until, r.Holdover = &end, false
			rows = append(rows, r)
		}
	}
	return rows
}

// Holdover gives the row that lets an agreement go on past its term as long as
// neither side objects (Art. 51).
func (s *State) Holdover(institution, kind string, day claimwatch.Day) ([]Row, error) {
	r, ok := s.active(institution, kind, day-1)
	if !ok {
		return nil, claimwatch.Refuse(claimwatch.CodeInvalid, "%s has no %s agreement that could go on past %s", institution, kind, day)
	}
	r.Holdover = true
	return []Row{r}, nil
}

// Begin gives the row of a new agreement, and the rows that make room for it: a
// holdover ends where a new term begins.
func (s *State) Begin(r Row) ([]Row, error) {
	if other, there := s.rows[r.InstitutionID][r.key()]; there && other.Status != Active {
		return nil, claimwatch.Refuse(claimwatch.CodeInvalid, "a row of agreements of %s (%s) begins on %s already with status %s",
			r.InstitutionID, r.Kind, r.From, other.Status)
	}
	rows := []Row{r}
	for _, before := range s.Of(r.InstitutionID) {
		if before.Kind == r.Kind && before.Holdover && before.From < r.From {
			end := r.From
			before.Until, before.Holdover = &end, false
			rows = append(rows, before)
		}
	}
	return rows, nil
}
