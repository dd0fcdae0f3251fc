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
	beside := emptyWorld(w.asOf)
	beside.Moved = w.Moved
	o.Admissions = exist(beside, claimwatch.FrontPage, o.Admissions) // of a kind that moves no clock here
	o.Fees, o.Fittings = exist(beside, claimwatch.Order, o.Fees), exist(beside, claimwatch.Order, o.Fittings)
	w.wakeWith(o, slices.Concat(w.later, beside.later))
	admitted := map[stayKey]bool{}
	for _, a := range o.Admissions {
		admitted[a.stay()] = true
	}
	waits := func(h *Head) bool { return h.StayID != "" && !admitted[h.stay()] }
	o.Fees = slices.DeleteFunc(o.Fees, func(f *Fee) bool { return waits(&f.Head) })
	o.Fittings = slices.DeleteFunc(o.Fittings, func(f *Fitting) bool { return waits(&f.Head) })
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

// wakeWith wakes whoever has a refund or a photograph with the records after
// as_of that are about the same, or that bring what is about it into being.
func (w *World) wakeWith(o *Others, later []Fact) {
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
	if len(admissions) > 0 {
		for _, f := range slices.Concat(w.facts.Fees, o.Fees) {
			if at, waits := admissions[f.stay()]; waits {
				coming.fee(f, at)
			}
		}
		for _, f := range slices.Concat(w.facts.Fittings, o.Fittings) {
			if at, waits := admissions[f.stay()]; waits {
				coming.note("", f.Photo, at)
			}
		}
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
