package slice

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// What counts as a substantive event (rules.md 1.10).
var (
	eventOrders = [...]string{"drug", "exam", "lab", "treatment", "surgery", "rehab"}
	eventFees   = [...]string{"exam", "lab", "treatment", "surgery", "drug", "consumable", "rehab"}
)

// happened notes a substantive event of an inpatient stay that lies within it;
// one at the end counts.
func (s *Stay) happened(at claimwatch.Instant) {
	if s.Inpatient() && at >= s.AdmittedAt && at <= s.EndedAt {
		s.Events = append(s.Events, at)
	}
}

// farEnd is how far behind the end of a stay an excuse may reach.
const farEnd = 366 * day24

// watch notes that somebody was with the person all of [from, until): the whole
// days that it touches excuse a missing check.
func (s *Stay) watch(from, until claimwatch.Instant) {
	if from >= until {
		return
	}
	last := min(until, s.EndedAt+farEnd) - 1
	s.watched = append(s.watched, Span{from.Day().Midnight(), (last.Day() + 1).Midnight()})
}

// fillCourses tells each stay what happened in it.
func (w *World) fillCourses(stays map[stayKey]*Stay, lines []*Line, orders []*ActiveOrder) {
	for _, o := range orders {
		o.Stay.ordered(o)
		o.Stay.seen(o.At)
	}
	for _, l := range lines {
		if l.exists {
			l.Stay.seen(l.At)
		}
		if l.performed && slices.Contains(eventFees[:], l.Category) {
			l.Stay.happened(l.At)
		}
		if l.charged {
			l.Stay.Charges = append(l.Stay.Charges, l)
		}
		if l.charged && l.DayUnit {
			l.Stay.DayFees = append(l.Stay.DayFees, DayFee{l.At, l.RecordID, l.Amount})
		}
	}
	of(stays, w.facts.Transfers, func(s *Stay, r *Transfer) { s.seen(r.At) })
	of(stays, w.facts.CareRecords, func(s *Stay, r *CareRecord) {
		s.seen(r.At)
		if r.Type == "execution" {
			s.happened(r.At)
		}
	})
	of(stays, w.facts.Operations, func(s *Stay, r *Operation) { s.happened(r.At); s.watch(r.At, r.Until) })
	of(stays, w.facts.ExamReports, func(s *Stay, r *ExamReport) { s.happened(r.At) })
	of(stays, w.facts.Leaves, func(s *Stay, r *Leave) { s.Leaves = append(s.Leaves, s.clip(r)) })
	of(stays, w.facts.Checks, func(s *Stay, r *Check) { s.Checks = append(s.Checks, r); s.seen(r.At) })
	for _, s := range stays {
		s.settle()
	}
}

// of hands each row of a known stay over with its stay.
func of[F Fact](stays map[stayKey]*Stay, rows []F, each func(*Stay, F)) {
	for _, row := range rows {
		if s := stays[row.Common().stay()]; s != nil {
			each(s, row)
		}
	}
}

// ordered notes an order.
func (s *Stay) ordered(o *ActiveOrder) {
	if slices.Contains(eventOrders[:], o.Class) {
		s.happened(o.At)
	}
	if o.At >= s.AdmittedAt && (s.FirstOrder == nil || o.At < *s.FirstOrder) {
		s.FirstOrder = &o.At
	}
	if o.Class == "nursing" && o.NursingLevel != nil && *o.NursingLevel == 0 {
		s.watch(o.At, o.Until)
		s.NursedAtEnd = s.NursedAtEnd || o.OpenEnded && o.At >= s.EndedAt
	}
}

// clip is a leave as far as it lies in the stay.
func (s *Stay) clip(l *Leave) Span {
	until := l.Until
	if s.DischargedAt != nil {
		until = min(until, *s.DischargedAt)
	}
	return Span{max(l.At, s.AdmittedAt), until}
}

// settle sorts what was noted and works out the days.
func (s *Stay) settle() {
	s.Leaves = Merge(s.Leaves)
	s.Excused = Merge(slices.Concat(s.Leaves, s.watched))
	slices.Sort(s.Events)
	slices.SortFunc(s.DayFees, func(a, b DayFee) int { return cmp.Or(cmp.Compare(a.At, b.At), strings.Compare(a.RecordID, b.RecordID)) })
	slices.SortFunc(s.Checks, func(a, b *Check) int { return cmp.Or(cmp.Compare(a.At, b.At), strings.Compare(a.RecordID, b.RecordID)) })
	busy := make(map[claimwatch.Day]bool, len(s.Events))
	for _, at := range s.Events {
		busy[at.Day()] = true
	}
	for day := s.AdmittedOn(); day < max(s.EndedOn(), s.AdmittedOn()+1); day++ {
		if covers(s.Leaves, day) {
			continue
		}
		s.Days = append(s.Days, day)
		if !busy[day] {
			s.IdleDays = append(s.IdleDays, day)
		}
	}
}
