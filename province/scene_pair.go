package province

import (
	"claimwatch"
)

// pairScenes are about items that are not charged together.
func pairScenes() []scene {
	return []scene{
		hit("FEE-004", charged("PAIR-DAY", "panel", "panelPart", 13*hour+59*minute)),
		near("FEE-004", charged("PAIR-DAY", "panel", "panelPart", 14*hour)), // at midnight
		near("FEE-004", charged("PAIR-OLD", "panel", "outdated", hour)),     // the pair is out of force
		hit("FEE-004", charged("PAIR-STAY", "fixation", "fixationPart", 50*hour)),
		near("FEE-004", chargedInTwoStays),
		hit("FEE-004", charged("PAIR-6H", "wash", "washPart", 6*hour-1)),
		near("FEE-004", charged("PAIR-6H", "wash", "washPart", 6*hour)),
		hit("FEE-004", charged("PAIR-HOUR", "block", "blockPart", hour-1)),
		near("FEE-004", charged("PAIR-HOUR", "block", "blockPart", hour)),
		near("FEE-004", chargedAndTakenBack),
		hit("EXM-003", charged("PAIR-EXAM", "enhanced", "plain", hour-1)),
		near("EXM-003", charged("PAIR-EXAM", "enhanced", "plain", hour)),
		hit("FEE-005", kit(2, 1, 1)),
		hit("FEE-005", kit(3, 2, 2)),
		near("FEE-005", kit(1, 1, 1)), // as dear as the package
		near("FEE-005", kit(2, 2, 2)),
		near("FEE-005", kit(5, 5, 0)),
	}
}

// charged gives an item at ten on the second day, and the one that it includes
// so much later.
func charged(pair, word, included string, later claimwatch.Instant) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 4).lodge()
		at := st.at(1, 10*hour)
		c.give(st.good(word), at, 1)
		r := c.give(st.good(included), at+later, 1)
		st.told(c, amountOf(r), h.id, c.patient, pair, r.OccurredAt.Day().String())
		c.close()
	}
}

// chargedInTwoStays gives the items that exclude each other in a stay, for
// different illnesses.
func chargedInTwoStays(st *story) {
	h := st.general()
	who := st.patient(h)
	a, b := st.inpatient(who, h, 0, 2), st.inpatient(who, h, 3, 2)
	a.diagnosis, b.diagnosis = illnesses[1], illnesses[4]
	a.lodge().give(st.good("fixation"), st.at(1, 15*hour), 1)
	a.close()
	r := b.lodge().give(st.good("fixationPart"), st.at(4, 15*hour), 1)
	st.told(b, 0, h.id, b.patient, "PAIR-STAY", r.OccurredAt.Day().String())
	b.close()
}

func chargedAndTakenBack(st *story) {
	h := st.general()
	c := st.inpatient(st.patient(h), h, 0, 4).lodge()
	c.takeBack(c.give(st.good("panel"), st.at(1, 10*hour), 1), st.at(2, 9*hour), 1)
	r := c.give(st.good("panelPart"), st.at(1, 11*hour), 1)
	st.told(c, 0, h.id, c.patient, "PAIR-DAY", r.OccurredAt.Day().String())
	c.close()
}

// kit charges the parts of a package one by one.
func kit(a, b, c3 int64) func(*story) {
	return func(st *story) {
		h := st.general()
		c := st.inpatient(st.patient(h), h, 0, 3).lodge()
		sum, kits := claimwatch.Fen(0), min(a, b, c3)
		for n, part := range []struct {
			word  string
			units int64
		}{{"kitA", a}, {"kitB", b}, {"kitC", c3}} {
			if part.units > 0 {
				sum += amountOf(c.give(st.good(part.word), st.at(1, claimwatch.Instant(13+n)*hour), part.units))
			}
		}
		st.found(c, max(0, sum-claimwatch.Fen(kits)*100_00), packageCode, st.at(1, 0).Day().String())
		c.close()
	}
}
