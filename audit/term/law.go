package term

import (
	"slices"

	"claimwatch"
)

// Deadline is the last local day on which something is still in time; it is late
// from the midnight after it. Neither law moves a deadline that falls on a day
// off, so none is moved: terms in working days end on one by themselves, terms in
// months and fixed dates (the 25th, 31 March) stand where the law puts them.
type Deadline struct {
	On claimwatch.Day `json:"on"`
	// Provisional says that the term runs past the published calendar: Monday to
	// Friday is assumed there, and the day moves when the year is published.
	Provisional bool `json:"provisional"`
}

// Late says whether the deadline has passed at a moment.
func (d Deadline) Late(at claimwatch.Instant) bool { return at >= (d.On + 1).Midnight() }

// The terms that are counted in working days; the day of the event itself does
// not count (自…之日起, from the day after).
const (
	StatementDays    = 5  // Shanxi Art. 32: the hospital explains after the notice
	EmergencyDays    = 5  // Art. 26: formalities of an emergency are made up
	PapersDays       = 5  // Art. 13: the agency names missing papers, once
	ChangeReportDays = 30 // Art. 35: changes are reported after their approval
	PlaqueDays       = 5  // Guangdong no. 6: the plaque is taken back
)

func (c *Calendar) working(after claimwatch.Day, n int) Deadline {
	on, provisional := c.After(after, n)
	return Deadline{On: on, Provisional: provisional}
}

// Statement is until when a hospital explains what it was told on a day (Shanxi
// Art. 32).
func (c *Calendar) Statement(notified claimwatch.Day) Deadline {
	return c.working(notified, StatementDays)
}

// EmergencyPapers is until when the formalities of a person who was treated as an
// emergency are made up (Shanxi Art. 26).
func (c *Calendar) EmergencyPapers(admitted claimwatch.Day) Deadline {
	return c.working(admitted, EmergencyDays)
}

// MissingPapers is until when the agency tells an applicant, once, what its
// application lacks (Shanxi Art. 13).
func (c *Calendar) MissingPapers(received claimwatch.Day) Deadline {
	return c.working(received, PapersDays)
}

// ChangeReport is until when an institution reports a change of name, owner,
// level, address or services after the day of its approval (Shanxi Art. 35).
func (c *Calendar) ChangeReport(approved claimwatch.Day) Deadline {
	return c.working(approved, ChangeReportDays)
}

// PlaqueBack is until when the agency takes back the plaque of an institution
// whose agreement ended on a day (Guangdong no. 6).
func (c *Calendar) PlaqueBack(ended claimwatch.Day) Deadline {
	return c.working(ended, PlaqueDays)
}

// Assessment is the last day of an assessment of at most three months from the
// day of acceptance, which itself does not count; days on which the agency waited
// for supplements do not count either (Shanxi Art. 13). Spans may overlap and come
// in any order.
func Assessment(accepted claimwatch.Day, supplements ...Span) claimwatch.Day {
	end := after(accepted, 3).Until // the first day that is too late, were there no supplements
	spans := slices.Clone(supplements)
	slices.SortFunc(spans, func(a, b Span) int { return int(a.From - b.From) })
	counted := accepted + 1 // days before it are counted
	for _, s := range spans {
		from := max(s.From, counted)
		if from >= end { // the assessment was over, or late, before it began
			break
		}
		if s.Until > from {
			end += s.Until - from
			counted = s.Until
		}
	}
	return end - 1
}

// after is the day of an event and the n full months after it: the day of the
// event does not count, and the months end with the day that has its number, or the
// last of the month (Civil Code Art. 201, 202).
func after(event claimwatch.Day, n int) Span {
	return Span{From: event, Until: AddMonths(event, n) + 1}
}

// Reassessment is the first day on which an institution that failed may be
// assessed again, after three full months from the day it was told (Shanxi Art. 15).
func Reassessment(told claimwatch.Day) claimwatch.Day { return after(told, 3).Until }

// BarAfterFailure is when an institution that failed twice may not apply: one year
// (Shanxi Art. 15).
func BarAfterFailure(told claimwatch.Day) Span { return after(told, 12) }

// BarAfterDeceit is when one that applied by deceit may not apply: three years
// from its discovery (Shanxi Art. 11 (2)).
func BarAfterDeceit(found claimwatch.Day) Span { return after(found, 36) }

// BarAfterIncident is when one with a grave incident of treatment or quality may
// not apply: three years (Shanxi Art. 11 (3)).
func BarAfterIncident(on claimwatch.Day) Span { return after(on, 36) }

// BarOfSiblings is when institutions of the same representative or investor may
// not apply after the agreement of one was terminated: one year (Shanxi Art. 11 (4)).
func BarOfSiblings(terminated claimwatch.Day) Span { return after(terminated, 12) }

// BarAfterTermination is when one whose agreement was terminated for violations
// may not apply: three years (Shanxi Art. 11 (5)). While the penalties are not
// discharged it lasts longer, which a person records.
func BarAfterTermination(terminated claimwatch.Day) Span { return after(terminated, 36) }

func years(from claimwatch.Day, n int) Span { return Span{From: from, Until: AddYears(from, n)} }

// Validity is how long the result of an assessment holds (one or two years, Shanxi
// Art. 15) and an agreement runs (one year, two for the honest, Art. 19).
func Validity(from claimwatch.Day, n int) (Span, error) {
	if n < 1 || n > 2 {
		return Span{}, claimwatch.Refuse(claimwatch.CodeInvalid, "it holds for one or two years (Shanxi Art. 15, 19), not %d", n)
	}
	return years(from, n), nil
}

// RenewalBy is the last day to ask for the renewal of an agreement: three full
// months lie between it and the end of the term (Shanxi Art. 36). until is the first
// day after the term.
func RenewalBy(until claimwatch.Day) claimwatch.Day { return AddMonths(until, -3) - 1 }

// OwnWishDays is how long a suspension by the institution's own wish may last at
// most; then the agreement ends by itself (Shanxi Art. 37). Calendar days.
const OwnWishDays = 180

// OwnWish is the longest suspension by the institution's own wish.
func OwnWish(from claimwatch.Day) Span { return Span{From: from, Until: from + OwnWishDays} }

// Suspension is a suspension for violations, three to six months from the day of
// the notice (Shanxi Art. 45).
func Suspension(notified claimwatch.Day, months int) (Span, error) {
	if months < 3 || months > 6 {
		return Span{}, claimwatch.Refuse(claimwatch.CodeInvalid, "a suspension lasts three to six months (Shanxi Art. 45), not %d", months)
	}
	return Span{From: notified, Until: AddMonths(notified, months)}, nil
}

// PhysicianStop is how long a physician, technician or responsible person is
// stopped, one to five years (Shanxi Art. 44).
func PhysicianStop(from claimwatch.Day, n int) (Span, error) {
	if n < 1 || n > 5 {
		return Span{}, claimwatch.Refuse(claimwatch.CodeInvalid, "a person is stopped for one to five years (Shanxi Art. 44), not %d", n)
	}
	return years(from, n), nil
}

// PayBy is the last day to pay what was settled for a month: the pay day (25, or 20
// through a platform) of the month after it (Shanxi Art. 33).
func PayBy(settled Month, payDay int) claimwatch.Day { return (settled + 1).On(payDay) }

// ContractsBy is the last day to sign the agreements of a year: "before 15 March"
// (Shanxi Art. 6), which is read as with that day, like "before the 25th" of Art. 33.
func ContractsBy(year int) claimwatch.Day { return dayOf(year, 3, 15) }

// YearEndBy is the last day of the year-end settlement: "before the end of March"
// of the year after (Shanxi Art. 34).
func YearEndBy(year int) claimwatch.Day { return dayOf(year+1, 3, 31) }

// ListBy is the last day to publish the list of agreement institutions: in January
// of the year (Guangdong no. 5).
func ListBy(year int) claimwatch.Day { return dayOf(year, 1, 31) }
