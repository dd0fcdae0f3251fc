package slice

import (
	"slices"

	"claimwatch"
)

// leastGap is how long a gap must be at least for a rule to name it, whatever its
// parameters: an hour.
const leastGap = 3_600_000

// Gap is time of a stay in which something is missing. Length is what is left of
// it when other spans are taken out. An Ongoing one holds the end of an open stay.
type Gap struct {
	Span
	Length  claimwatch.Instant
	Ongoing bool
}

// GapFee is a day-unit fee in a gap of a length.
type GapFee struct {
	DayFee
	Gap claimwatch.Instant
}

// Uncared is a stay with gaps between substantive events, or an open one, which
// may come to have some (ADM-009). Leaves are taken out.
type Uncared struct {
	*Stay
	LastGap claimwatch.Instant // length of the gap at the end
	Gaps    []Gap              // those in which Fees lie
	Fees    []GapFee
}

// outside is how much of [from, until) the spans leave. They do not touch each
// other.
func outside(spans []Span, from, until claimwatch.Instant) claimwatch.Instant {
	length := until - from
	for _, s := range spans {
		length -= max(0, min(s.Until, until)-max(s.From, from))
	}
	return length
}

func inside(spans []Span, at claimwatch.Instant) bool {
	return slices.ContainsFunc(spans, func(s Span) bool { return s.From <= at && at < s.Until })
}

// chargedAtEnd says whether a day-unit fee lies at the end of the stay: once the
// end moves on, it lies before it.
func (s *Stay) chargedAtEnd() bool {
	return len(s.DayFees) > 0 && s.DayFees[len(s.DayFees)-1].At >= s.EndedAt
}

// Restless says whether the gap at the end of an open stay gets another fee, or
// loses an excuse, as soon as its end moves on.
func (s *Stay) Restless() bool { return s.DischargedAt == nil && s.chargedAtEnd() }

// resumes is the first instant from the end of the stay on that the spans leave:
// from then on the gap at its end grows, if nothing happens.
func (s *Stay) resumes(spans []Span) claimwatch.Instant {
	for _, span := range spans {
		if span.From <= s.EndedAt && s.EndedAt < span.Until {
			return span.Until
		}
	}
	return s.EndedAt
}

// ResumesAt is when the gap at the end of the stay grows again.
func (u *Uncared) ResumesAt() claimwatch.Instant { return u.resumes(u.Leaves) }

// ResumesAt is when the gap at the end of the stay grows again.
func (a *Attested) ResumesAt() claimwatch.Instant { return a.resumes(a.Excused) }

// uncared are the stays (inpatient and rehab) in question.
func uncared(stays []*Stay) []*Uncared {
	var some []*Uncared
	for _, s := range stays {
		if !s.Inpatient() {
			continue
		}
		u, last := &Uncared{Stay: s}, s.AdmittedAt
		fees := slices.DeleteFunc(slices.Clone(s.DayFees), func(f DayFee) bool { return inside(s.Leaves, f.At) })
		for i := range len(s.Events) + 1 {
			until := s.EndedAt
			if i < len(s.Events) {
				until = s.Events[i]
			}
			gap := Gap{Span{last, until}, outside(s.Leaves, last, until), s.DischargedAt == nil && i == len(s.Events)}
			if gap.Length > leastGap {
				u.charge(gap, fees)
			}
			last, u.LastGap = until, gap.Length
		}
		if len(u.Gaps) > 0 || s.DischargedAt == nil {
			some = append(some, u)
		}
	}
	return some
}

// charge takes a gap in with the fees that lie in it; one without does not count.
func (u *Uncared) charge(gap Gap, fees []DayFee) {
	before := len(u.Fees)
	for _, f := range fees {
		if gap.From <= f.At && f.At < gap.Until {
			u.Fees = append(u.Fees, GapFee{f, gap.Length})
		}
	}
	if len(u.Fees) > before {
		u.Gaps = append(u.Gaps, gap)
	}
}

// Idle is an inpatient stay that is over, with days without a substantive event
// (ADM-010).
type Idle struct {
	*Stay
	Fees []DayFee // by the day, on such days
}

func idle(stays []*Stay) []*Idle {
	var some []*Idle
	for _, s := range stays {
		if !s.Inpatient() || s.DischargedAt == nil || len(s.IdleDays) == 0 {
			continue
		}
		i := &Idle{Stay: s}
		for _, f := range s.DayFees {
			if _, without := slices.BinarySearch(s.IdleDays, f.At.Day()); without {
				i.Fees = append(i.Fees, f)
			}
		}
		some = append(some, i)
	}
	return some
}

// Unattended is a stay (inpatient and rehab) for which nothing was ordered within
// an hour of the admission (ADM-008).
type Unattended struct {
	*Stay
	Fees []DayFee // by the day, before the first order and the end
}

func unattended(stays []*Stay) []*Unattended {
	var some []*Unattended
	for _, s := range stays {
		begun := s.AdmittedAt + leastGap // nothing that comes earlier is missing
		if !s.Inpatient() || s.FirstOrder != nil && *s.FirstOrder < begun || s.DischargedAt != nil && s.EndedAt < begun {
			continue
		}
		u, until := &Unattended{Stay: s}, s.EndedAt
		if s.FirstOrder != nil {
			until = min(until, *s.FirstOrder)
		}
		for _, f := range s.DayFees {
			if s.AdmittedAt <= f.At && f.At < until {
				u.Fees = append(u.Fees, f)
			}
		}
		some = append(some, u)
	}
	return some
}

// Attested is a stay at an institution that requires face checks, with what tells
// that the person was there (IDN-002).
type Attested struct {
	*Stay
	Proofs []Proof  // in order; first the admission, last the end
	Fees   []DayFee // by the day, outside of excused time
}

// Proof is a moment of a stay at which somebody made sure of the person, if a
// score up to Score is asked for. Counted is the time from the admission to it
// without what is excused.
type Proof struct {
	At, Counted claimwatch.Instant
	Score       int64
}

// certain is a score above all that can be asked for.
const certain = 10_001

// attested are the stays that have a gap between two proofs, however sure these
// are, and the open ones.
func attested(stays []*Stay) []*Attested {
	var some []*Attested
	for _, s := range stays {
		if !s.Inpatient() || !s.FaceRequired {
			continue
		}
		a := &Attested{Stay: s}
		a.prove(s.AdmittedAt, certain)
		for _, c := range s.Checks {
			if c.At >= s.AdmittedAt && c.At <= s.EndedAt && c.Result == "match" {
				a.check(c)
			}
		}
		a.prove(s.EndedAt, certain)
		last, gap := claimwatch.Instant(0), false
		for _, p := range a.Proofs {
			if p.Score >= sureScore {
				gap, last = gap || p.Counted-last > leastGap, p.Counted
			}
		}
		if !gap && s.DischargedAt != nil {
			continue
		}
		a.Fees = slices.DeleteFunc(slices.Clone(s.DayFees), func(f DayFee) bool { return inside(s.Excused, f.At) })
		some = append(some, a)
	}
	return some
}

// check takes in a check that matched, unless it is known that nobody was there.
func (a *Attested) check(c *Check) {
	score := int64(certain)
	if c.Method == "face" {
		if c.Liveness != nil && !*c.Liveness {
			return
		}
		if c.Score != nil {
			score = *c.Score
		}
	}
	a.prove(c.At, score)
}

func (a *Attested) prove(at claimwatch.Instant, score int64) {
	a.Proofs = append(a.Proofs, Proof{At: at, Counted: outside(a.Excused, a.AdmittedAt, at), Score: score})
}
