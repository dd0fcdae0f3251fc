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
	admitted := map[stayKey]bool{}
	for _, a := range exist(beside, claimwatch.FrontPage, o.Admissions) { // of a kind that moves no clock here
		admitted[a.stay()] = true
	}
	waits := func(h *Head) bool { return h.StayID != "" && !admitted[h.stay()] }
	o.Fees = slices.DeleteFunc(exist(beside, claimwatch.Order, o.Fees), func(f *Fee) bool { return waits(&f.Head) })
	o.Fittings = slices.DeleteFunc(exist(beside, claimwatch.Order, o.Fittings), func(f *Fitting) bool { return waits(&f.Head) })
}
