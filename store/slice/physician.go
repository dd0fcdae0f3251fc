package slice

import (
	"slices"

	"claimwatch"
)

// SuspendedWork is a charge to the fund or an order by a physician on a day on
// which that physician was suspended (AGR-004).
type SuspendedWork struct {
	*Head
	Stay        *Stay
	Kind        claimwatch.Kind
	PhysicianID string
	Amount      int64 // net, in fen; 0 of an order
}

// suspendedWork lists the charges, then the orders. A suspension counts in
// whatever institution the physician works.
func suspendedWork(charges []*Line, orders []*ActiveOrder, reference *Reference) []SuspendedWork {
	if len(reference.Suspended) == 0 {
		return nil
	}
	suspended := func(physician string, on claimwatch.Day) bool {
		return slices.ContainsFunc(reference.Suspended[physician], func(v Validity) bool { return v.On(on) })
	}
	var work []SuspendedWork
	for _, l := range charges {
		if suspended(l.PhysicianID, l.Day()) {
			work = append(work, SuspendedWork{&l.Head, l.Stay, claimwatch.Fee, l.PhysicianID, l.Amount})
		}
	}
	for _, o := range orders {
		if suspended(o.PhysicianID, o.At.Day()) {
			work = append(work, SuspendedWork{&o.Head, o.Stay, claimwatch.Order, o.PhysicianID, 0})
		}
	}
	return work
}
