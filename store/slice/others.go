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
// to none. Whoever mentions what one of those ahead is about wakes with it.
func (o *Others) exist(w *World) {
	beside := &World{asOf: w.asOf, latest: map[stayKey]claimwatch.Instant{}, Moved: w.Moved, Upcoming: map[string]claimwatch.Instant{}, ahead: map[string]claimwatch.Instant{}}
	about := o.about()
	admitted := map[stayKey]bool{}
	for _, a := range exist(beside, claimwatch.FrontPage, o.Admissions) { // of a kind that moves no clock here
		admitted[a.stay()] = true
	}
	waits := func(h *Head) bool { return h.StayID != "" && !admitted[h.stay()] }
	o.Fees = slices.DeleteFunc(exist(beside, claimwatch.Order, o.Fees), func(f *Fee) bool { return waits(&f.Head) })
	o.Fittings = slices.DeleteFunc(exist(beside, claimwatch.Order, o.Fittings), func(f *Fitting) bool { return waits(&f.Head) })
	if len(beside.Upcoming) == 0 {
		return
	}
	wake := func(person string, strangers map[string]bool) {
		for stranger := range strangers {
			at, ahead := beside.Upcoming[stranger]
			if first, known := w.Upcoming[person]; ahead && (!known || at < first) {
				w.Upcoming[person] = at
			}
		}
	}
	for _, f := range w.facts.Fees {
		if f.Reverses != "" {
			wake(f.PersonID, about[refundKey{f.InstitutionID, f.Reverses}])
		}
	}
	for _, f := range w.facts.Fittings {
		if f.Photo != "" {
			wake(f.PersonID, about[refundKey{"", f.Photo}])
		}
	}
}

// about tells of which fee lines, and of which photographs (of no institution),
// the persons have a record or a refund.
func (o *Others) about() map[refundKey]map[string]bool {
	about := map[refundKey]map[string]bool{}
	note := func(institution, record, person string) {
		key := refundKey{institution, record}
		if about[key] == nil {
			about[key] = map[string]bool{}
		}
		about[key][person] = true
	}
	for _, f := range o.Fees {
		note(f.InstitutionID, f.RecordID, f.PersonID)
		note(f.InstitutionID, f.Reverses, f.PersonID)
	}
	for _, f := range o.Fittings {
		note("", f.Photo, f.PersonID)
	}
	return about
}
