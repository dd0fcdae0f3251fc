package province

// rehabScenes are about how much training there may be.
func rehabScenes() []scene {
	return []scene{
		hit("REH-002", trained(2, 1)),
		near("REH-002", trained(1, 1)),
		hit("REH-002", robotTrained(2)),
		near("REH-002", robotTrained(3)),
	}
}

// trained gives gait training in the morning and in the afternoon.
func trained(morning, afternoon int64) func(*story) {
	return func(st *story) {
		h := st.centre()
		c := st.inpatient(st.patient(h), h, 0, 3).lodge()
		i := st.good("gait")
		c.give(i, st.at(1, 11*hour), morning)
		r := c.give(i, st.at(1, 16*hour), afternoon)
		st.told(c, c.cost(i, max(0, morning+afternoon-2)), c.patient, i.code, r.OccurredAt.Day().Month())
		c.close()
	}
}

// robotTrained gives training by robot again after some days; three are due between.
func robotTrained(days int) func(*story) {
	return func(st *story) {
		h := st.centre()
		c := st.inpatient(st.patient(h), h, 0, 5).lodge()
		i := st.good("robot")
		c.give(i, st.at(1, 11*hour), 1)
		r := c.give(i, st.at(1+days, 10*hour), 1)
		st.told(c, amountOf(r), c.patient, i.code, r.OccurredAt.Day().Month())
		c.close()
	}
}
