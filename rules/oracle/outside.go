package oracle

import (
	"claimwatch"
)

// outsideStay is FEE-016: lines of a time at which the person was not there, with
// an hour's grace for the clerk and a day's for what is charged by the day.
func outsideStay(_ *trial, s *stay) []*finding {
	f := newFinding("FEE-016", claimwatch.Violation, s)
	f.charge(s.linesWhere(func(l *line) bool {
		grace := 60 * minute
		if l.dayUnit {
			grace = 24 * hour
		}
		late := s.discharge != nil && l.OccurredAt > s.discharge.OccurredAt+grace
		return late || l.OccurredAt < s.admitted-24*hour
	}))
	if len(f.violating) == 0 {
		return nil
	}
	f.ofLines()
	return []*finding{f}
}

// absence is one leave, or several that touch or overlap.
type absence struct {
	claimwatch.Interval
	leaves []*claimwatch.Record
}

// absences joins the leaves of a stay, clipped to it (1.14). What is left of a
// leave outside the stay is nothing and joins nothing.
func (s *stay) absences() []absence {
	var out []absence
	for _, r := range s.of(claimwatch.Leave) { // in the order of records: by their starts
		v := claimwatch.Interval{From: max(r.OccurredAt, s.admitted), Until: instant(r, "until")}
		if s.discharge != nil {
			v.Until = min(v.Until, s.discharge.OccurredAt)
		}
		last := len(out) - 1
		switch {
		case v.Empty():
		case last >= 0 && v.From <= out[last].Until:
			out[last].Until = max(out[last].Until, v.Until)
			out[last].leaves = append(out[last].leaves, r)
		default:
			out = append(out, absence{v, []*claimwatch.Record{r}})
		}
	}
	return out
}

// onLeaveFees is FEE-017: day-unit fees of days that lie fully inside a leave.
func onLeaveFees(_ *trial, s *stay) (out []*finding) {
	for _, a := range s.absences() {
		lines := s.linesWhere(func(l *line) bool {
			return l.dayUnit && a.From <= l.day().Midnight() && (l.day()+1).Midnight() <= a.Until
		})
		if len(lines) == 0 {
			continue
		}
		f := newFinding("FEE-017", claimwatch.Suspicion, s, a.leaves[0].RecordID)
		f.charge(lines)
		f.involve(a.leaves...)
		f.ofLines()
		out = append(out, f)
	}
	return out
}
