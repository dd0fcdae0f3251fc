package province

import (
	"claimwatch"
)

// outsideScenes are about fees of a time at which nobody was there.
func outsideScenes() []scene {
	return []scene{
		hit("FEE-016", afterDischarge(hour+1)),
		near("FEE-016", afterDischarge(hour)),
		hit("FEE-016", dayFeeAfterDischarge(24*hour+1)),
		near("FEE-016", dayFeeAfterDischarge(24*hour)),
		hit("FEE-016", beforeAdmission(24*hour+1)),
		near("FEE-016", beforeAdmission(24*hour)),
		hit("FEE-017", away(st24(1), st24(2)+7*hour)),
		near("FEE-017", away(st24(1), st24(2)-1)),
		near("FEE-017", away(st24(1)+1, st24(2)+7*hour)),
	}
}

// st24 is so many days of 24 h.
func st24(days int) claimwatch.Instant { return claimwatch.Instant(days) * day }

// afterDischarge charges something so long after the discharge.
func afterDischarge(after claimwatch.Instant) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 3).lodge()
		r := c.give(st.good("infusion"), c.discharged+after, 2)
		st.found(c, amountOf(r))
		c.close()
	}
}

// dayFeeAfterDischarge charges the consultation of a day so long after the discharge.
func dayFeeAfterDischarge(after claimwatch.Instant) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 3).lodge(without("consultation", 2))
		r := c.give(&st.catalogue.consultation, c.discharged+after, 1)
		st.found(c, amountOf(r))
		c.close()
	}
}

// beforeAdmission charges something so long before the admission.
func beforeAdmission(before claimwatch.Instant) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 2, 3)
		r := c.give(st.good("infusion"), c.admitted-before, 1)
		c.lodge()
		st.found(c, amountOf(r))
		c.close()
	}
}

// away is a leave from one moment of the scene until another, with the fees of
// its second day charged all the same.
func away(from, until claimwatch.Instant) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 4)
		leave := c.leave(st.at(0, from), st.at(0, until))
		c.lodge()
		c.gone = claimwatch.Interval{}
		n := 1
		at := st.at(n, 10*hour)
		c.give(&st.catalogue.bed, at, 1)
		c.give(&st.catalogue.nursing[c.nursingLevel()], at+second, 1)
		c.give(&st.catalogue.consultation, at+2*second, 1)
		st.found(c, c.dayRate(), leave.RecordID)
		c.close()
	}
}
