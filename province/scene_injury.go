package province

import (
	"claimwatch"
)

// injuryScenes are about what the injury at work has to do with the stay.
func injuryScenes() []scene {
	return []scene{
		hit("INJ-001", otherIllness("S82", "K35.801")),
		near("INJ-001", otherIllness("S82", "K35.801"+claimwatch.ListSeparator+"S82.101")),
		near("INJ-001", otherIllness("", "K35.801")), // the case names no diagnoses
		hit("INJ-002", forOtherIllness("true")),
		near("INJ-002", forOtherIllness("false")),
		hit("INJ-003", notRecognised("recognised_on", "")),
		hit("INJ-003", notRecognised("person_id", "Q00000-00")),
		near("INJ-003", notRecognised("stop_work_until", "")), // it is recognised
		{rule: "INJ-003", near: true, place: late, tell: notYetRecognised(9 * hour)},
		{rule: "INJ-003", near: true, place: ending, days: 90, tell: notYetRecognised(1)}, // 90 days but for a millisecond
		hit("INJ-004", afterStopWork(-1)),
		near("INJ-004", afterStopWork(0)),
	}
}

// otherIllness is a stay for an illness of somebody whose case has prefixes.
func otherIllness(prefixes, diagnoses string) func(*story) {
	return func(st *story) {
		h := st.general()
		who := st.patient(h)
		who.caseOf["diagnosis_prefixes"] = prefixes
		c := st.inpatient(who, h, 0, 2)
		c.diagnosis = diagnoses
		c.lodge()
		st.found(c, c.total())
		c.close()
	}
}

// forOtherIllness gives a drug that no injury needs.
func forOtherIllness(trauma string) func(*story) {
	return func(st *story) {
		h := st.general()
		who := st.patient(h)
		who.caseOf["trauma"] = trauma
		c := st.inpatient(who, h, 0, 2).lodge()
		i := st.good("chronic")
		st.found(c, amountOf(c.give(i, st.at(1, 14*hour), 2)), i.code)
		c.close()
	}
}

// notRecognised is a stay whose case is not what it should be, ninety days before
// the end and more; a year before it is asked back.
func notRecognised(column, value string) func(*story) {
	return func(st *story) {
		h := st.general()
		who := st.patient(h)
		who.caseOf[column] = value
		c := st.inpatient(who, h, 0, 2).lodge()
		st.due = c.admitted + 90*day
		amount := claimwatch.Fen(0)
		if c.admitted+365*day <= st.p.config.Until {
			amount = c.total()
		}
		st.found(c, amount)
		c.close()
	}
}

// notYetRecognised is a stay so late that its case may still be recognised.
func notYetRecognised(admitted claimwatch.Instant) func(*story) {
	return func(st *story) {
		h := st.general()
		who := st.patient(h)
		who.caseOf["recognised_on"] = ""
		c := st.inpatient(who, h, 0, 2)
		c.admitted = st.at(0, admitted)
		c.lodge()
		st.found(c, 0)
		c.close()
	}
}

// afterStopWork is a stay so many days before the last on which work is stopped.
func afterStopWork(days int) func(*story) {
	return func(st *story) {
		h := st.general()
		who := st.patient(h)
		who.caseOf["stop_work_until"] = st.at(days, 0).Day().String()
		c := st.inpatient(who, h, 0, 2).lodge()
		st.found(c, 0)
		c.close()
	}
}
