package province

import (
	"claimwatch"
)

// refillScenes are about drugs that a patient still has.
func refillScenes() []scene {
	return []scene{
		hit("RX-003", refilled(4*day-1, 7, 3)),
		hit("RX-003", refilled(day, 5, 5)),
		near("RX-003", refilled(4*day, 7, 3)),
		near("RX-003", refilled(day, 2, 0)), // two days are no supply
		hit("RX-004", sameClass("statinB", 3*day)),
		near("RX-004", sameClass("statinB", 3*day-1)),
		near("RX-004", sameClass("fibrate", 3*day+9*hour)),
	}
}

// refilled are two visits at different hospitals, the second so much after the
// first, whose seven days of a drug it overlaps by whole days.
func refilled(after claimwatch.Instant, days, overlap int64) func(*story) {
	return func(st *story) {
		a, b := st.central(), st.clinic()
		who, i := st.patient(a), st.good("tablet")
		first := st.visit(who, a, st.at(0, 9*hour)).attend()
		first.supply(i, st.at(0, 10*hour), 7, first.id+"-RX")
		second := st.visit(who, b, st.at(0, 9*hour)+after).attend()
		r := second.supply(i, st.at(0, 10*hour)+after, days, second.id+"-RX")
		st.told(second, second.cost(i, min(overlap, days)), second.recordText(r))
	}
}

// sameClass are orders of two drugs that are active together for some time.
func sameClass(other string, together claimwatch.Instant) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 5).lodge()
		from := st.at(1, 9*hour)
		a := c.orders("statinA", from-12*hour, from+together)
		b := c.orders(other, from, from+together+6*hour)
		st.told(c, 0, paired(c.recordText(a), c.recordText(b))...)
		c.close()
	}
}
