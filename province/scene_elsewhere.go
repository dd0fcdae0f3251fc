package province

import (
	"claimwatch"
)

// elsewhereScenes are about outpatient visits of somebody who lies in bed.
func elsewhereScenes() []scene {
	return []scene{
		hit("ADM-014", visitsElsewhere(2, 2, false)),
		hit("ADM-014", visitsElsewhere(1, -1, false)), // the referral is of the day after
		near("ADM-014", visitsElsewhere(0, -1, false)),
		near("ADM-014", visitsElsewhere(4, -1, false)),
		near("ADM-014", visitsElsewhere(2, 0, false)),
		near("ADM-014", visitsElsewhere(2, 2, true)),
		hit("ADM-007", visitsHere(1, 10*hour)),
		hit("ADM-007", visitsHere(3, 23*hour)),
		near("ADM-007", visitsHere(0, 20*hour)),
		near("ADM-007", visitsHere(4, 8*hour)),
	}
}

// visitsElsewhere is a stay of four days with a visit at another hospital on the
// n-th. A referral was approved so many days before the visit, 2: there is none.
func visitsElsewhere(n, age int, away bool) func(*story) {
	return func(st *story) {
		h, other := st.central(), st.clinic()
		who := st.patient(h)
		c := st.inpatient(who, h, 0, 4)
		if age < 2 {
			st.refer(who, h, other, age-n)
		}
		if away {
			c.leave(st.at(n, 9*hour), st.at(n, 17*hour))
		}
		c.lodge()
		v := st.visit(who, other, st.at(n, 14*hour)).attend()
		st.found(c, c.dayRate(), v.home.id, v.patient, v.id)
		c.close()
	}
}

// visitsHere is a stay of four days with a visit at the same hospital.
func visitsHere(n int, time claimwatch.Instant) func(*story) {
	return func(st *story) {
		h := st.general()
		who := st.patient(h)
		c := st.inpatient(who, h, 0, 4).lodge()
		v := st.visit(who, h, st.at(n, time)).attend()
		st.found(c, v.total(), v.home.id, v.patient, v.id)
		c.close()
	}
}
