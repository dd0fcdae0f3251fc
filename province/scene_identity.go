package province

import (
	"claimwatch"
)

// identityScenes are about who was there. IDN-001 and IDN-002 are twists of stays.
func identityScenes() []scene {
	return []scene{
		hit("IDN-005", emergency(func(claimwatch.Instant) claimwatch.Instant { return 0 })),
		hit("IDN-005", emergency(func(end claimwatch.Instant) claimwatch.Instant { return end })),
		near("IDN-005", emergency(func(end claimwatch.Instant) claimwatch.Instant { return end - 1 })),
		hit("IDN-004", twoPlaces(30*minute, true)),
		near("IDN-004", twoPlaces(30*minute+1, true)),
		near("IDN-004", twoPlaces(10*minute, false)), // one of them by card
	}
}

// emergency is a stay by the emergency entrance whose only check is at a moment
// that depends on the end of the fifth working day; 0: never.
func emergency(checked func(end claimwatch.Instant) claimwatch.Instant) func(*story) {
	return func(st *story) {
		h := st.clinic()
		c := st.inpatient(st.patient(h), h, 0, 9)
		c.route = "emergency"
		c.lodge(without("checks"))
		end := (fifthWorkingDay(st.first) + 1).Midnight()
		if at := checked(end); at > 0 {
			c.card(at)
		}
		st.due = end
		st.found(c, 0)
		c.close()
	}
}

// fifthWorkingDay after a day, by the calendar of the province.
func fifthWorkingDay(d claimwatch.Day) claimwatch.Day {
	for working := 0; working < 5; {
		if d++; isWorking(d) {
			working++
		}
	}
	return d
}

// twoPlaces are face checks of one person at two hospitals, so much time apart.
func twoPlaces(apart claimwatch.Instant, faces bool) func(*story) {
	return func(st *story) {
		a, b := st.central(), st.clinic()
		who := st.patient(a)
		here, there := st.visit(who, a, st.at(0, 9*hour)).attend(), st.visit(who, b, st.at(0, 9*hour+5*minute)).attend()
		first := st.at(0, 10*hour)
		here.face(first, true)
		if faces {
			there.face(first+apart, true)
		} else {
			there.card(first + apart)
		}
		st.told(there, 0, append(paired(a.id, b.id), who.id, first.Day().String())...)
	}
}
