package province

import (
	"crypto/sha256"
	"encoding/hex"

	"claimwatch"
)

// deviceScenes are about devices that are fitted.
func deviceScenes() []scene {
	return []scene{
		hit("DEV-001", fittedTwice("prosthesis", "L", "L", 40)),
		hit("DEV-001", fittedAfterAYear(-1)),
		near("DEV-001", fittedTwice("prosthesis", "L", "R", 40)),
		near("DEV-001", fittedAfterAYear(0)), // the year is over
		hit("DEV-003", fitted(fitting{word: "prosthesis", amount: 9000_01}, 1)),
		hit("DEV-003", fitted(fitting{word: "prosthesis", amount: 8000_00, noAppraisal: true}, 8000_00)),
		hit("DEV-003", fitted(fitting{word: "crutch", amount: 150_00, noMark: true}, 0)),
		hit("DEV-003", fitted(fitting{word: "crutch", amount: 150_00, photo: "-"}, 0)),
		hit("DEV-003", onePhotoTwice),
		near("DEV-003", fitted(fitting{word: "prosthesis", amount: 9000_00}, 0)),
	}
}

// fitting is a device as it is fitted.
type fitting struct {
	word                string
	amount              int64  // fen
	part                string // of the body
	photo               string // what is on it; "": something of its own, "-": there is none
	noAppraisal, noMark bool
}

// fit sends the fitting of a device. It belongs to no stay.
func (st *story) fit(who *patient, f fitting, at claimwatch.Instant) (*course, *claimwatch.Record) {
	h := st.fitter()
	c := &course{stay: &stay{home: h}, stream: st.stream, patient: who.id, rng: st.rng}
	r := st.slab.record(claimwatch.DeviceFitting)
	r.RecordID = who.id + "-" + at.Day().String()
	r.InstitutionID, r.PersonID, r.OccurredAt = h.id, who.id, at
	texts(r, fittingSlot, 0, goodCode(f.word))
	number(r, fittingSlot[1], f.amount)
	if !f.noAppraisal {
		if id := "A-" + who.id; !hasAppraisal(st.rows["appraisals"], id) {
			st.row("appraisals", "appraisal_id", id, "person_id", who.id, "item_code", goodCode(f.word), "approved_on", st.at(-3, 0).Day().String())
		}
		texts(r, fittingSlot, 2, "A-"+who.id)
	}
	if f.photo == "" {
		f.photo = r.RecordID
	}
	texts(r, fittingSlot, 3, f.part)
	if f.photo != "-" {
		sum := sha256.Sum256([]byte(f.photo))
		texts(r, fittingSlot, 4, hex.EncodeToString(sum[:]))
	}
	if !f.noMark {
		texts(r, fittingSlot, 5, "MARK-"+r.RecordID)
	}
	texts(r, fittingSlot, 6, "SN-"+r.RecordID)
	c.put(r)
	return c, r
}

func hasAppraisal(rows []map[string]string, id string) bool {
	for _, row := range rows {
		if row["appraisal_id"] == id {
			return true
		}
	}
	return false
}

// fittedTwice fits a device, and again after some days.
func fittedTwice(word, part, again string, days int) func(*story) {
	return func(st *story) {
		who := st.patient(st.fitter())
		f := fitting{word: word, amount: 140_00, part: part}
		st.fit(who, f, st.at(0, 10*hour))
		f.part = again
		c, r := st.fit(who, f, st.at(days, 15*hour))
		st.told(c, claimwatch.Fen(f.amount), c.recordText(r))
	}
}

// fittedAfterAYear fits crutches again so many days after a calendar year.
func fittedAfterAYear(days int) func(*story) {
	return func(st *story) {
		year := claimwatch.InstantOf(st.first.Date().AddDate(1, 0, days)).Day() - st.first
		fittedTwice("crutch", "", "", int(year))(st)
	}
}

func fitted(f fitting, amount claimwatch.Fen) func(*story) {
	return func(st *story) {
		c, r := st.fit(st.patient(st.fitter()), f, st.at(0, 10*hour))
		st.told(c, amount, c.recordText(r))
	}
}

// onePhotoTwice proves the devices of two persons by one photo.
func onePhotoTwice(st *story) {
	first, second := st.patient(st.fitter()), st.patient(st.fitter())
	for n, who := range []*patient{first, second} {
		c, r := st.fit(who, fitting{word: "crutch", amount: 150_00, photo: first.id}, st.at(n, 10*hour))
		st.told(c, 0, c.recordText(r))
	}
}
