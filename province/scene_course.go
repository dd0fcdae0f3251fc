package province

// courseScenes are about how much of a treatment there may be within some days.
func courseScenes() []scene {
	return []scene{
		hit("RX-009", pulses([2]int64{0, 6}, [2]int64{6, 5})),
		near("RX-009", pulses([2]int64{0, 6}, [2]int64{6, 4})),
		near("RX-009", pulses([2]int64{0, 6}, [2]int64{7, 5})), // on the eighth day
		hit("RX-009", screened(29)),
		near("RX-009", screened(30)),
		near("RX-009", screened(0)),
	}
}

// pulses gives units of a treatment on days of a stay: no more than ten within seven days.
func pulses(lines ...[2]int64) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 9).lodge()
		i, sum := st.good("pulse"), int64(0)
		last := st.first
		for _, l := range lines {
			r := c.give(i, st.at(int(l[0]), 16*hour), l[1])
			sum, last = sum+l[1], r.OccurredAt.Day()
		}
		st.told(c, c.cost(i, max(0, sum-10)), c.patient, i.code, last.Month())
		c.close()
	}
}

// screened are two visits so many days apart with a test that is due every thirty.
func screened(days int) func(*story) {
	return func(st *story) {
		a, b := st.central(), st.clinic()
		who, i := st.patient(a), st.good("screening")
		st.visit(who, a, st.at(0, 9*hour)).attend().give(i, st.at(0, 10*hour), 1)
		second := st.visit(who, b, st.at(days, 14*hour)).attend()
		r := second.give(i, st.at(days, 15*hour), 1)
		st.told(second, amountOf(r), who.id, i.code, r.OccurredAt.Day().Month())
	}
}
