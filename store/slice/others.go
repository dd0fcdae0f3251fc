package slice

import "slices"

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
		return
	}
	beside := WorldOf(Facts{Admissions: o.Admissions, Fees: o.Fees, Fittings: o.Fittings}, w.asOf)
	admitted := first(beside.facts.Admissions)
	waits := func(h *Head) bool { return h.StayID != "" && admitted[h.stay()] == nil }
	o.Fees = slices.DeleteFunc(beside.facts.Fees, func(f *Fee) bool { return waits(&f.Head) })
	o.Fittings = slices.DeleteFunc(beside.facts.Fittings, func(f *Fitting) bool { return waits(&f.Head) })
}
