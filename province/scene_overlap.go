package province

import (
	"claimwatch"
)

// overlapScenes are about stays where there should be one, or none.
func overlapScenes() []scene {
	return []scene{
		hit("ADM-020", afterDeath(1)),
		near("ADM-020", afterDeath(0)),
		near("ADM-020", diesInHospital),
		hit("ADM-006", twoHere(-1)),
		near("ADM-006", twoHere(0)),
		hit("ADM-005", twoThere(6*hour, "elective", -1)),
		hit("ADM-005", twoThere(9*hour, "transfer", -1)), // approved on the day after
		near("ADM-005", twoThere(6*hour-1, "elective", -1)),
		near("ADM-005", twoThere(9*hour, "transfer", 0)),
	}
}

// afterDeath is a visit so many days after the patient died.
func afterDeath(days int) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.visit(st.patient(h, "died", st.at(-days, 0).Day().String()), h, st.at(0, 10*hour)).attend()
		st.found(c, c.total())
	}
}

// diesInHospital is a stay that ends with the death of the patient.
func diesInHospital(st *story) {
	h := st.general()
	c := st.inpatient(st.patient(h, "died", st.at(3, 0).Day().String()), h, 0, 3).lodge()
	c.give(st.good("infusion"), c.discharged-10*minute, 1)
	st.found(c, 0)
	c.release("died")
	c.declare()
}

// twoHere are two stays at one hospital, for different illnesses; the second
// begins so much after the first ends.
func twoHere(gap claimwatch.Instant) func(*story) {
	return func(st *story) {
		h := st.general()
		who := st.patient(h)
		a, b := st.inpatient(who, h, 0, 3), st.inpatient(who, h, 3, 3)
		a.diagnosis, b.diagnosis = illnesses[1], illnesses[4]
		b.admitted = a.discharged + gap
		a.lodge().close()
		b.lodge()
		st.told(b, b.dayRate(), paired(a.stayText(), b.stayText())...)
		b.close()
	}
}

// twoThere are stays at two hospitals that overlap for some time; a referral to
// the second was approved so many days before it begins.
func twoThere(overlap claimwatch.Instant, route string, age int) func(*story) {
	return func(st *story) {
		h, other := st.central(), st.clinic()
		who := st.patient(h)
		a, b := st.inpatient(who, h, 0, 3), st.inpatient(who, other, 3, 2)
		b.admitted, b.route = a.discharged-overlap, route
		st.refer(who, h, other, age-3)
		a.lodge().close()
		b.lodge()
		st.told(b, b.dayRate(), paired(a.stayText(), b.stayText())...)
		b.close()
	}
}
