package slice

import (
	"slices"

	"claimwatch"
)

// Others are records of persons who are not asked about, but of whom those who
// are asked about mention something: photographs and refunded lines.
type Others struct {
	Admissions []*Admission
	Fees       []*Fee
	Fittings   []*Fitting
}

// exist leaves the live ones at or before as_of that belong to a known stay, or
// to none.
func (o *Others) exist(w *World) {
	if len(o.Fees)+len(o.Fittings) == 0 {
		w.wakeWith(w.later)
		return
	}
	beside := WorldOf(Facts{Admissions: o.Admissions, Fees: o.Fees, Fittings: o.Fittings}, w.asOf)
	w.wakeWith(slices.Concat(w.later, beside.later), beside)
	admitted := first(beside.facts.Admissions)
	waits := func(h *Head) bool { return h.StayID != "" && admitted[h.stay()] == nil }
	o.Fees = slices.DeleteFunc(beside.facts.Fees, func(f *Fee) bool { return waits(&f.Head) })
	o.Fittings = slices.DeleteFunc(beside.facts.Fittings, func(f *Fitting) bool { return waits(&f.Head) })
}

// comings are when something that records mention changes first: a fee line, by
// its institution and record_id, or a photograph, of no institution.
type comings map[refundKey]claimwatch.Instant

func (c comings) note(institution, id string, at claimwatch.Instant) {
	key := refundKey{institution, id}
	if first, known := c[key]; id != "" && (!known || at < first) {
		c[key] = at
	}
}

func (c comings) fee(f *Fee, at claimwatch.Instant) {
	c.note(f.InstitutionID, f.RecordID, at)
	c.note(f.InstitutionID, f.Reverses, at)
}

// stays notes what is of stays whose admissions come.
func (c comings) stays(f Facts, admissions map[stayKey]claimwatch.Instant) {
	if len(admissions) == 0 {
		return
	}
	for _, line := range f.Fees {
		if at, waits := admissions[line.stay()]; waits {
			c.fee(line, at)
		}
	}
	for _, fitting := range f.Fittings {
		if at, waits := admissions[fitting.stay()]; waits {
			c.note("", fitting.Photo, at)
		}
	}
}

// wakeWith wakes whoever has a refund or a photograph with the records after
// as_of that are about the same, or that bring what is about it into being.
func (w *World) wakeWith(later []Fact, beside ...*World) {
	coming, admissions := comings{}, map[stayKey]claimwatch.Instant{}
	for _, row := range later {
		switch row := row.(type) {
		case *Fee:
			coming.fee(row, row.At)
		case *Fitting:
			coming.note("", row.Photo, row.At)
		case *Admission:
			if first, known := admissions[row.stay()]; !known || row.At < first {
				admissions[row.stay()] = row.At
			}
		}
	}
	for _, of := range append(beside, w) {
		coming.stays(of.facts, admissions)
	}
	if len(coming) > 0 {
		w.wakeMentioning(coming)
	}
}

func (w *World) wakeMentioning(coming comings) {
	wake := func(person string, key refundKey) {
		at, comes := coming[key]
		if first, known := w.Upcoming[person]; comes && (!known || at < first) {
			w.Upcoming[person] = at
		}
	}
	for _, f := range w.facts.Fees {
		if f.Reverses != "" {
			wake(f.PersonID, refundKey{f.InstitutionID, f.Reverses})
		}
	}
	for _, f := range w.facts.Fittings {
		wake(f.PersonID, refundKey{"", f.Photo})
	}
}
