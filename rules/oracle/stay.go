package oracle

import (
	"slices"

	"claimwatch"
)

const (
	minute = claimwatch.Instant(60 * 1000)
	hour   = 60 * minute
)

// stay is a stay with its own records, in the order of records.
type stay struct {
	key
	records              []*claimwatch.Record
	admission, discharge *claimwatch.Record              // discharge is nil while open
	refunds              map[string][]*claimwatch.Record // by the record_id they name (1.7)
	class                string
	admitted, ended      claimwatch.Instant
	leaves               []claimwatch.Interval // clipped, merged, in order
	lines                []line
	selfPaid             []line               // the self-pay lines that exist, for the few that look at them (1.8)
	events               []claimwatch.Instant // substantive, in order
}

// of lists the stay's records of a kind.
func (s *stay) of(kind claimwatch.Kind) []*claimwatch.Record {
	var out []*claimwatch.Record
	for _, r := range s.records {
		if r.Kind == kind {
			out = append(out, r)
		}
	}
	return out
}

// inBed says that the class is inpatient or rehab (1.4).
func (s *stay) inBed() bool { return s.class != "outpatient" }

// admissionText is a field of the admission that counts.
func (s *stay) admissionText(field string) string { return s.admission.Field(field).Text }

// stayDays is stay_days (1.5).
func (s *stay) stayDays() int64 { return max(1, int64(s.ended.Day()-s.admitted.Day())) }

// days are the stay's days: the local dates from admission up to, not
// including, the end, at least the first (1.5).
func (s *stay) days() []claimwatch.Day {
	days := []claimwatch.Day{s.admitted.Day()}
	for d := s.admitted.Day() + 1; d < s.ended.Day(); d++ {
		days = append(days, d)
	}
	return days
}

// primary is the primary diagnosis: the first of the discharge when it gave
// any, else the first of the admission (1.11).
func (s *stay) primary() string {
	if s.discharge != nil {
		if given := s.discharge.Field("diagnoses").List(); len(given) > 0 {
			return given[0]
		}
	}
	if given := s.admission.Field("diagnoses").List(); len(given) > 0 {
		return given[0]
	}
	return ""
}

// group is the diagnosis group, the first three characters (1.11).
func (s *stay) group() string {
	characters := []rune(s.primary())
	return string(characters[:min(3, len(characters))])
}

// mergedLeaves are the leaves, clipped to admitted_at and discharged_at, one
// where they overlap or touch (1.14). An open stay has no end to clip them to.
func (s *stay) mergedLeaves() []claimwatch.Interval {
	var leaves []claimwatch.Interval
	for _, r := range s.of(claimwatch.Leave) {
		v := claimwatch.Interval{From: max(r.OccurredAt, s.admitted), Until: instant(r, "until")}
		if s.discharge != nil {
			v.Until = min(v.Until, s.discharge.OccurredAt)
		}
		leaves = append(leaves, v)
	}
	return merged(leaves)
}

// active is the span in which an order of the stay is active (1.12).
func (s *stay) active(order *claimwatch.Record) claimwatch.Interval {
	v := claimwatch.Interval{From: order.OccurredAt, Until: s.ended}
	if until := order.Field("until"); until.Set {
		v.Until = claimwatch.Instant(until.Num)
	} else if days := order.Field("days"); days.Set {
		v.Until = order.OccurredAt + claimwatch.Instant(days.Num)*24*hour
	}
	return v
}

func instant(r *claimwatch.Record, field string) claimwatch.Instant {
	return claimwatch.Instant(r.Field(field).Num)
}

// merged sorts intervals and joins those that overlap or touch.
func merged(intervals []claimwatch.Interval) []claimwatch.Interval {
	var out []claimwatch.Interval
	slices.SortFunc(intervals, func(a, b claimwatch.Interval) int { return int(a.From - b.From) })
	for _, v := range intervals {
		last := len(out) - 1
		switch {
		case v.Empty():
		case last >= 0 && v.From <= out[last].Until:
			out[last].Until = max(out[last].Until, v.Until)
		default:
			out = append(out, v)
		}
	}
	return out
}

// inside says whether an instant lies in one of the intervals.
func inside(intervals []claimwatch.Interval, at claimwatch.Instant) bool {
	return slices.ContainsFunc(intervals, func(v claimwatch.Interval) bool { return v.Contains(at) })
}
