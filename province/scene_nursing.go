package province

// nursingScenes are about the level of nursing.
func nursingScenes() []scene {
	return []scene{
		hit("FEE-015", higherCare(false)),
		near("FEE-015", higherCare(true)),
		near("FEE-015", lowerCare),
	}
}

// higherCare charges nursing of level 1 on a day; the order is of level 2, unless
// it was changed in the morning.
func higherCare(ordered bool) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 3).lodge(without("nursing", 1))
		higher, lower := &st.catalogue.nursing[1], &st.catalogue.nursing[2]
		if ordered {
			r := c.order("nursing", higher, st.at(1, 9*hour), 1)
			number(r, orderSlot[5], 1)
			c.put(r)
		}
		c.give(higher, st.at(1, 10*hour), 1)
		st.found(c, c.cost(higher, 1)-c.cost(lower, 1), st.at(1, 0).Day().String())
		c.close()
	}
}

// lowerCare charges nursing of level 3 where level 2 was ordered.
func lowerCare(st *story) {
	h := st.general()
	c := st.inpatient(st.patient(h), h, 0, 3).lodge(without("nursing", 1))
	c.give(&st.catalogue.nursing[3], st.at(1, 10*hour), 1)
	st.found(c, 0, st.at(1, 0).Day().String())
	c.close()
}
