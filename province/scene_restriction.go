package province

import (
	"time"

	"claimwatch"
)

// restrictionScenes are about whom the catalogue lets have what.
func restrictionScenes() []scene {
	return []scene{
		hit("RX-007", restricted("forWomen", inWard("sex", "M"))),
		near("RX-007", restricted("forWomen", inWard("sex", "F"))),
		hit("RX-007", restricted("forAdults", aged(18, 1))),
		near("RX-007", restricted("forAdults", aged(18, 0))),
		hit("RX-007", restricted("forYoung", aged(21, 0))),
		near("RX-007", restricted("forYoung", aged(21, 1))),
		hit("RX-007", restricted("forLevel2", inClinic)),
		near("RX-007", restricted("forLevel2", inCentre)),
		hit("RX-007", restricted("forWards", asVisit)),
		near("RX-007", restricted("forWards", inCentre)), // rehabilitation counts as inpatient
		hit("RX-008", outOfScope(func(c *course) { c.give(c.catalogue.goods["tonic"], c.admitted+30*hour, 2) }, 110_00, "tonic")),
		hit("RX-008", outOfScope(unknownItem, 80_00, "")),
		hit("RX-008", outOfScope(selfPaid("elective", ""), 0, "tonic")),
		near("RX-008", outOfScope(selfPaid("elective", "CONSENT-1"), 0, "tonic")),
		near("RX-008", outOfScope(selfPaid("emergency", ""), 0, "tonic")),
		hit("RX-010", indicated("")),
		hit("RX-010", indicated("M51.202")),
		near("RX-010", indicated("J45.901")),
	}
}

// inWard is a stay of a person with certain columns.
func inWard(columns ...string) func(*story) *course {
	return func(st *story) *course {
		h := st.general()
		return st.inpatient(st.patient(h, columns...), h, 0, 3)
	}
}

// aged is a stay of somebody whose birthday of so many years is so many days
// after the second day.
func aged(years, days int) func(*story) *course {
	return func(st *story) *course {
		birthday := st.at(1+days, 0).Day().Date()
		return inWard("born", birthday.AddDate(-years, 0, 0).Format(time.DateOnly))(st)
	}
}

func inClinic(st *story) *course { return st.inpatient(st.patient(st.clinic()), st.clinic(), 0, 3) }

func inCentre(st *story) *course { return st.inpatient(st.patient(st.centre()), st.centre(), 0, 3) }

func asVisit(st *story) *course {
	h := st.general()
	return st.visit(st.patient(h), h, st.at(1, 9*hour))
}

// restricted gives an item on the second day to somebody.
func restricted(word string, where func(*story) *course) func(*story) {
	return func(st *story) {
		c, i, given := where(st), st.good(word), st.at(1, 13*hour)
		if c.visit() {
			c.attend()
			st.found(c, amountOf(c.give(i, given, 1)), i.code)
			return
		}
		c.lodge()
		st.found(c, amountOf(c.give(i, given, 1)), i.code)
		c.close()
	}
}

// outOfScope is a stay with something that the fund does not pay.
func outOfScope(charge func(*course), amount claimwatch.Fen, word string) func(*story) {
	return func(st *story) {
		c := inWard()(st)
		code := "SC-UNKNOWN"
		if word != "" {
			code = goodCode(word)
		}
		charge(c)
		c.lodge()
		st.found(c, amount, code)
		c.close()
	}
}

// unknownItem charges what no table has.
func unknownItem(c *course) {
	i := item{code: "SC-UNKNOWN", name: "未编码耗材", category: "consumable", caps: [4]int64{0, 40 * yuan, 40 * yuan, 40 * yuan}}
	c.give(&i, c.admitted+30*hour, 2)
}

// selfPaid lets the patient pay, with a consent or without.
func selfPaid(route, consent string) func(*course) {
	return func(c *course) {
		c.route = route
		r := c.fee(c.catalogue.goods["tonic"], c.admitted+30*hour, 1, "")
		number(r, feeSlot[feeSelfPay], 1)
		texts(r, feeSlot, feeConsent, consent)
		c.charge(r)
	}
}

// indicated is a drug for the lungs in a stay with a second diagnosis.
func indicated(second string) func(*story) {
	return func(st *story) {
		c := inWard()(st)
		if second != "" {
			c.diagnosis += claimwatch.ListSeparator + second
		}
		c.lodge()
		i := st.good("inhaler")
		st.found(c, amountOf(c.give(i, st.at(1, 13*hour), 1)), i.code)
		c.close()
	}
}
