package province

import (
	"claimwatch"
)

// agreementScenes are about who may treat whom on the fund's account.
func agreementScenes() []scene {
	return []scene{
		hit("AGR-001", withoutAgreement("elective", func(*story) []agreement { return nil }, 3)),
		hit("AGR-001", withoutAgreement("elective", lapsing(2), 1)), // admitted while it held: the days after it
		near("AGR-001", withoutAgreement("emergency", func(*story) []agreement { return nil }, 0)),
		near("AGR-001", withoutAgreement("elective", lapsing(3), 0)), // the last fee is of the day before
		near("AGR-001", withoutAgreement("elective", heldOver, 0)),
		near("AGR-001", withoutAgreement("elective", func(*story) []agreement { return standing("rehab") }, 0)),
		hit("AGR-002", suspended(1, 2)),
		near("AGR-002", suspended(-9, 0)), // it ended the day before
		near("AGR-002", suspended(3, 9)),  // it begins on the day of discharge
		hit("AGR-003", outOfArea("elective", -1)),
		hit("AGR-003", outOfArea("elective", 366)),
		near("AGR-003", outOfArea("elective", 365)),
		near("AGR-003", outOfArea("elective", 0)),
		near("AGR-003", outOfArea("emergency", -1)),
		hit("AGR-004", suspendedPhysician(1)),
		hit("AGR-004", suspendedPhysician(2)),
		near("AGR-004", suspendedPhysician(0)),
		near("AGR-004", suspendedPhysician(3)),
		hit("REH-001", rehabElsewhere(standing("medical"))),
		near("REH-001", rehabElsewhere(standing("medical", "rehab"))),
	}
}

// lapsing is an agreement whose first day that is no longer covered is the n-th.
func lapsing(n int) func(*story) []agreement {
	return func(st *story) []agreement {
		return []agreement{{kind: "medical", from: "2020-01-01", until: st.at(n, 0).Day().String(), status: "active"}}
	}
}

// heldOver is an agreement whose term is over and that goes on.
func heldOver(st *story) []agreement {
	return []agreement{{kind: "medical", from: "2020-01-01", until: st.at(-30, 0).Day().String(), status: "active", holdover: true}}
}

// withoutAgreement is a stay of three days at a hospital with certain
// agreements; of so many of its days the fees are not covered.
func withoutAgreement(route string, agreements func(*story) []agreement, days int64) func(*story) {
	return func(st *story) {
		h := st.hospital(agreements(st)...)
		c := st.inpatient(st.patient(h), h, 0, 3)
		c.route = route
		c.lodge()
		st.found(c, claimwatch.Fen(days)*c.dayTotal())
		c.close()
	}
}

// suspended is a stay of three days at a hospital that is suspended from one day
// of it to before another.
func suspended(from, until int) func(*story) {
	return func(st *story) {
		h := st.hospital(agreement{kind: "medical", from: "2020-01-01", status: "active"}, agreement{
			kind: "medical", from: st.at(from, 0).Day().String(), until: st.at(until, 0).Day().String(), status: "suspended",
		})
		c := st.inpatient(st.patient(h), h, 0, 3).lodge()
		st.found(c, claimwatch.Fen(max(0, min(until, 3)-max(from, 0)))*c.dayTotal())
		c.close()
	}
}

// outOfArea is a stay of somebody who is insured elsewhere; a referral is so many
// days old at the admission, -1: there is none.
func outOfArea(route string, age int) func(*story) {
	return func(st *story) {
		h := st.general()
		who := st.patient(h, "insured_city", "晋城市")
		c := st.inpatient(who, h, 0, 2)
		c.route = route
		if age >= 0 {
			st.refer(who, h, h, age)
		}
		c.lodge()
		st.found(c, c.total())
		c.close()
	}
}

// refer adds a referral approved so many days before the first day of the scene.
func (st *story) refer(who *patient, from, to *institution, age int) {
	st.row("referrals", "referral_id", "R-"+who.id, "person_id", who.id, "from_institution_id", from.id, "to_institution_id", to.id,
		"approved_on", st.at(-age, 0).Day().String())
}

// suspendedPhysician writes a line on the n-th day, suspended on the first and second.
func suspendedPhysician(n int) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 4).lodge()
		doctor := "DR-" + c.id
		st.row("physicians", "physician_id", doctor, "name_masked", "医**", "institution_id", h.id,
			"suspended_from", st.at(1, 0).Day().String(), "suspended_until", st.at(3, 0).Day().String())
		r := c.fee(st.good("infusion"), st.at(n, 14*hour), 2, "")
		texts(r, feeSlot, feePhysician, doctor)
		c.charge(r)
		st.found(c, amountOf(r), doctor)
		c.close()
	}
}

// rehabElsewhere gives an item of the rehabilitation catalogue under certain agreements.
func rehabElsewhere(agreements []agreement) func(*story) {
	return func(st *story) {
		h := st.hospital(agreements...)
		c := st.inpatient(st.patient(h), h, 0, 2).lodge()
		r := c.give(st.good("gait"), st.at(1, 15*hour), 2)
		st.found(c, amountOf(r))
		c.close()
	}
}
