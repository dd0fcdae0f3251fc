package slice

import (
	"slices"

	"claimwatch"
)

// Unmeasured is a stay at an institution that uploads vitals, with the days on
// which none were taken (ADM-011).
type Unmeasured struct {
	*Stay
	Runs []DayRun
	// Last is how many days the run has that holds the last day so far.
	Last int32
}

// DayRun is consecutive days, those on leave left out; Ongoing says that it holds
// the last day so far of an open stay.
type DayRun struct {
	First, Last claimwatch.Day
	Days        int32
	Ongoing     bool
}

// unmeasured are the stays (inpatient and rehab) in question: those with such
// days, and open ones, which may come to have some.
func (w *World) unmeasured(stays []*Stay) []*Unmeasured {
	type stayDay struct {
		stay stayKey
		day  claimwatch.Day
	}
	var able []*Stay
	for _, s := range stays {
		if s.Inpatient() && slices.Contains(s.Capabilities, "vitals") {
			able = append(able, s)
		}
	}
	if len(able) == 0 {
		return nil
	}
	measured := map[stayDay]bool{}
	for _, r := range w.facts.CareRecords {
		if r.Type == "vitals" {
			measured[stayDay{r.stay(), r.At.Day()}] = true
		}
	}
	var some []*Unmeasured
	for _, s := range able {
		u := &Unmeasured{Stay: s}
		u.run(func(day claimwatch.Day) bool { return measured[stayDay{s.key(), day}] })
		if len(u.Runs) > 0 || s.DischargedAt == nil {
			some = append(some, u)
		}
	}
	return some
}

// run finds the runs among the days of the stay; an open stay's last day is not
// over and no day yet.
func (u *Unmeasured) run(measured func(claimwatch.Day) bool) {
	open, going := u.DischargedAt == nil, false
	for _, day := range u.Days {
		switch last := len(u.Runs) - 1; {
		case open && day >= u.EndedOn():
			continue
		case measured(day):
			going = false
		case going:
			u.Runs[last].Last, u.Runs[last].Days = day, u.Runs[last].Days+1
		default:
			u.Runs, going = append(u.Runs, DayRun{First: day, Last: day, Days: 1}), true
		}
	}
	if going {
		last := &u.Runs[len(u.Runs)-1]
		last.Ongoing, u.Last = open, last.Days
	}
}
