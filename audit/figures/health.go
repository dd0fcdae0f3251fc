package figures

import (
	"slices"

	"claimwatch"
)

type healthInput struct {
	InstitutionID string `query:"institution_id" maxLength:"64"`
	Days          string `query:"days" doc:"1 to 400 days up to today, 30 by default"`
}

type healthAnswer struct{ Body UploadHealth }

// UploadHealth says how an institution uploads.
type UploadHealth struct {
	AsOf          claimwatch.Instant  `json:"as_of"`
	InstitutionID string              `json:"institution_id"`
	From          claimwatch.Day      `json:"from"`
	Until         claimwatch.Day      `json:"until" doc:"first day that does not count"`
	LastUpload    *claimwatch.Instant `json:"last_upload" doc:"last reception of an accepted record"`
	SilentHours   *Number             `json:"silent_hours" doc:"since then; not known with the event clock"`
	UsualGapHours *Number             `json:"usual_gap_hours" doc:"19 of 20 pauses between uploads of the days were not longer"`
	Silent        bool                `json:"silent" doc:"longer than usual, and than DAT-003 allows while patients are in bed"`
	Lateness      Lateness            `json:"lateness" doc:"nothing with the event clock, under which DAT-001 is not evaluated"`
	Completeness  []Completeness      `json:"completeness" nullable:"false"`
	Refused       []RefusedCode       `json:"refused" nullable:"false" doc:"quarantined records by code, the most first"`
	Days          []UploadDay         `json:"days" nullable:"false" doc:"days with uploads; with the event clock up to the last one"`
}

// DelayRow is how late records came.
type DelayRow struct {
	Records     int    `json:"records" doc:"first revisions received"`
	MedianHours Number `json:"median_hours"`
	P95Hours    Number `json:"p95_hours"`
	LateShare   Number `json:"late_share" doc:"share that came later than limit_hours"`
}

// KindDelay is how late records of a kind came.
type KindDelay struct {
	Kind string `json:"kind"`
	DelayRow
}

// DayDelay is how late the admissions and fees came that were received on a day.
type DayDelay struct {
	Day claimwatch.Day `json:"day"`
	DelayRow
}

// Lateness is the time from the bedside to the first reception: of admissions and
// fees, of which DAT-001 speaks, and for a look of the other kinds that are not planned.
type Lateness struct {
	LimitHours int `json:"limit_hours" doc:"what DAT-001 allows"`
	DelayRow
	Kinds []KindDelay `json:"kinds" nullable:"false"`
	Days  []DayDelay  `json:"days" nullable:"false"`
}

// Completeness is what is missing of something.
type Completeness struct {
	Name    string `json:"name" enum:"stays_without_discharge,stays_without_front_page,fees_without_admission,fees_without_order,fees_without_physician,stay_days_without_fees"`
	Missing int    `json:"missing"`
	Of      int    `json:"of"`
	Share   Number `json:"share"`
	Rule    string `json:"rule" doc:"that asks for it; empty: none does"`
}

const hour = 3_600_000 // milliseconds

// hoursOf gives milliseconds as hours.
func hoursOf(ms int64) Number { return share(ms, hour) }

// share divides; nothing of nothing is nothing.
func share(part, whole int64) Number {
	if n := over(part, whole); n != nil {
		return *n
	}
	return 0
}

func healthOf(read *Health, limit int) UploadHealth {
	h := UploadHealth{
		Refused: append([]RefusedCode{}, read.Codes...), Days: append([]UploadDay{}, read.Days...),
		Lateness: Lateness{LimitHours: limit, Kinds: []KindDelay{}, Days: []DayDelay{}},
	}
	for _, d := range read.Delays {
		row := DelayRow{d.Records, hoursOf(d.Median), hoursOf(d.P95), share(int64(d.Late), int64(d.Records))}
		switch {
		case d.Kind != "":
			h.Lateness.Kinds = append(h.Lateness.Kinds, KindDelay{d.Kind, row})
		case d.Day != 0:
			h.Lateness.Days = append(h.Lateness.Days, DayDelay{d.Day, row})
		default:
			h.Lateness.DelayRow = row
		}
	}
	g := read.Gaps
	for _, c := range []Completeness{
		{Name: "stays_without_discharge", Missing: g.OpenSilent, Of: g.Open},
		{Name: "stays_without_front_page", Missing: g.NoFrontPage, Of: g.Discharged, Rule: "DAT-002"},
		{Name: "fees_without_admission", Missing: g.NoAdmission, Of: g.Charged, Rule: "DAT-002"},
		{Name: "fees_without_order", Missing: g.NoOrder, Of: g.Fees},
		{Name: "fees_without_physician", Missing: g.NoPhysician, Of: g.Fees},
		{Name: "stay_days_without_fees", Missing: g.DaysWithoutFee, Of: g.StayDays},
	} {
		c.Share = share(int64(c.Missing), int64(c.Of))
		h.Completeness = append(h.Completeness, c)
	}
	if gap, known := usualGap(read.Times); known {
		n := hoursOf(gap)
		h.UsualGapHours = &n
	}
	return h
}

// usualGap is the pause that 19 of 20 pauses between uploads did not exceed.
func usualGap(times []claimwatch.Instant) (ms int64, known bool) {
	if len(times) < 3 {
		return 0, false
	}
	gaps := make([]int64, 0, len(times)-1)
	for i := 1; i < len(times); i++ {
		gaps = append(gaps, int64(times[i]-times[i-1]))
	}
	slices.Sort(gaps)
	return gaps[(19*len(gaps)+19)/20-1], true
}

// heard adds the silence since the last reception. With the event clock that lies
// after the present: then nothing is known of it.
func (h *UploadHealth) heard(at, now claimwatch.Instant, allowed int) {
	h.LastUpload = &at
	if at > now {
		return
	}
	silent := hoursOf(int64(now - at))
	h.SilentHours = &silent
	h.Silent = silent > Number(allowed)*10_000 && (h.UsualGapHours == nil || silent > *h.UsualGapHours)
}
