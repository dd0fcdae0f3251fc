package province

// surgeryScenes are about operations and what belongs to them.
func surgeryScenes() []scene {
	return []scene{
		hit("FEE-023", secondOperation(1, 1500)),
		hit("FEE-023", secondOperation(1, 751)),
		near("FEE-023", secondOperation(1, 750)),
		near("FEE-023", secondOperation(2, 1500)),
		hit("FEE-024", screws(4, 1, 2)),
		near("FEE-024", screws(3, 1, 2)),
		near("FEE-024", screws(1, 1, 0)),
	}
}

// secondOperation is charged on the n-th day at a price; the first is of the second day.
func secondOperation(n int, price int64) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 4).lodge()
		c.give(st.good("graft"), st.at(1, 14*hour), 1)
		r := c.fee(st.good("secondGraft"), st.at(n, 15*hour), 1, "")
		number(r, feeSlot[feePrice], price*yuan)
		number(r, feeSlot[feeAmount], price*100)
		c.charge(r)
		st.found(c, amountOf(r)-750_00, "PAIR-SECOND", st.at(1, 0).Day().String())
		c.close()
	}
}

// screws are charged beside plates and nails.
func screws(units, plates, nails int64) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 4).lodge()
		c.give(st.good("plate"), st.at(1, 13*hour), plates)
		if nails > 0 {
			c.give(st.good("nail"), st.at(1, 14*hour), nails)
		}
		i := st.good("screw")
		c.give(i, st.at(1, 15*hour), units)
		st.found(c, c.cost(i, max(0, units-plates-nails)), i.code, st.at(1, 0).Day().String())
		c.close()
	}
}
