package province

import (
	"claimwatch"
)

// crowdScenes are about the persons of a hospital together.
func crowdScenes() []scene {
	return []scene{
		hit("ADM-012", oneBed(2*hour)),
		hit("ADM-012", movedIn),
		near("ADM-012", oneBed(2*hour-1)),
		near("ADM-012", movedOut),
		hit("ADM-017", together(8, 24*hour)),
		near("ADM-017", together(7, 24*hour)),
		near("ADM-017", together(8, 24*hour+1)),
		hit("ADM-019", fullHouse(12)),
		near("ADM-019", fullHouse(11)),
	}
}

// twoPatients are stays of two persons at one hospital, the second of which
// begins on the day on which the first ends.
func (st *story) twoPatients() (a, b *course) {
	h := st.general()
	a, b = st.inpatient(st.patient(h), h, 0, 3), st.inpatient(st.patient(h), h, 3, 3)
	return a, b
}

// oneBed gives a patient the bed of another some time before that one leaves.
func oneBed(overlap claimwatch.Instant) func(*story) {
	return func(st *story) {
		a, b := st.twoPatients()
		b.bed, b.admitted = a.bed, a.discharged-overlap
		a.lodge().close()
		b.lodge()
		st.told(b, b.cost(&b.catalogue.bed, 1), paired(a.stayText(), b.stayText())...)
		b.close()
	}
}

// movedIn brings a patient of another bed into one that is taken, for a day.
func movedIn(st *story) {
	h := st.general()
	a, b := st.inpatient(st.patient(h), h, 0, 5), st.inpatient(st.patient(h), h, 0, 5)
	a.lodge().close()
	b.lodge()
	b.move(st.at(2, 12*hour), a.bed)
	b.move(st.at(3, 9*hour), b.bed)
	st.told(b, 2*b.cost(&b.catalogue.bed, 1), paired(a.stayText(), b.stayText())...)
	b.close()
}

// movedOut frees the bed an hour after the next patient came.
func movedOut(st *story) {
	h := st.general()
	a, b := st.inpatient(st.patient(h), h, 0, 5), st.inpatient(st.patient(h), h, 2, 3)
	b.bed = a.bed
	a.lodge()
	a.move(b.admitted+hour, a.bed+"b")
	a.close()
	b.lodge()
	st.told(b, 0, paired(a.stayText(), b.stayText())...)
	b.close()
}

func (c *course) move(at claimwatch.Instant, bed string) {
	r := c.newRecord(claimwatch.Transfer, at)
	texts(r, transferSlot, 0, c.department, c.ward, bed)
	c.put(r)
}

// together are so many persons at a hospital of their own who come within two
// days and go within two; the last comes and goes so much after the first.
func together(persons int, span claimwatch.Instant) func(*story) {
	return func(st *story) {
		h := st.hospital(standing("medical")...)
		var opener *course
		for i := range persons {
			c := st.inpatient(st.patient(h), h, 0, 2)
			c.diagnosis = illnesses[i%len(illnesses)]
			c.admitted += span * claimwatch.Instant(i) / claimwatch.Instant(persons-1)
			c.discharged += 24 * hour * claimwatch.Instant(i) / claimwatch.Instant(persons-1)
			c.lodge().close()
			if opener == nil {
				opener = c
			}
		}
		st.found(opener, 0)
	}
}

// fullHouse has so many patients in ten beds for one night. They come on two days
// and go on two, so that not many do both together.
func fullHouse(patients int) func(*story) {
	return func(st *story) {
		h := st.hospital(standing("medical")...)
		h.beds = 10
		var last *course
		for i := range patients {
			n, days := 0, 2
			if i >= 6 {
				n, days = 1, 3
			}
			c := st.inpatient(st.patient(h), h, n, days)
			c.admitted += claimwatch.Instant(n) * hour
			c.lodge().close()
			last = c
		}
		st.told(last, 0, h.id, st.at(1, 0).Day().String())
	}
}
