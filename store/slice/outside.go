package slice

import (
	"cmp"
	"slices"
	"strings"
)

// outsideLines are lines of inpatient stays before the admission or after the
// discharge (FEE-016).
func outsideLines(fees []*Line) []*Line {
	var found []*Line
	for _, l := range fees {
		if s := l.Stay; s.Inpatient() && (l.At < s.AdmittedAt || s.DischargedAt != nil && l.At > *s.DischargedAt) {
			found = append(found, l)
		}
	}
	return found
}

// Absence is time on leave with day-unit fees on days that it holds as a whole
// (FEE-017).
type Absence struct {
	Stay *Stay
	Time Span
	// Leaves that make up the time, in the order of records.
	Leaves []*Leave
	Lines  []*Line
}

// absences are those of inpatient stays.
func absences(fees []*Line, leaves []*Leave) []*Absence {
	var found []*Absence
	byStay := map[stayKey][]*Absence{}
	for _, l := range fees {
		if !l.DayUnit || !l.Stay.Inpatient() {
			continue
		}
		for _, time := range l.Stay.Leaves {
			if !covers([]Span{time}, l.Day()) {
				continue
			}
			own := byStay[l.stay()]
			at := slices.IndexFunc(own, func(a *Absence) bool { return a.Time == time })
			if at < 0 {
				at, own = len(own), append(own, &Absence{Stay: l.Stay, Time: time})
				byStay[l.stay()], found = own, append(found, own[at])
			}
			own[at].Lines = append(own[at].Lines, l)
		}
	}
	for _, leave := range leaves {
		for _, a := range byStay[leave.stay()] {
			if s := a.Stay.clip(leave); s.From < s.Until && a.Time.From <= s.From && s.Until <= a.Time.Until {
				a.Leaves = append(a.Leaves, leave)
			}
		}
	}
	for _, a := range found {
		slices.SortFunc(a.Leaves, func(a, b *Leave) int {
			return cmp.Or(cmp.Compare(a.At, b.At), strings.Compare(a.RecordID, b.RecordID))
		})
	}
	return found
}
