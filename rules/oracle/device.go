package oracle

import (
	"strconv"

	"claimwatch"
)

// fitted is what one fitting replaces by another.
type fitted struct{ person, item, body string }

// tooSoon is DEV-001: a device of an item and body part before the life of the
// one before is over.
func tooSoon(t *trial) {
	before := map[fitted]*claimwatch.Record{}
	for _, r := range t.existing(claimwatch.DeviceFitting) {
		if r.Field("amount").Num <= 0 {
			continue
		}
		k := fitted{r.PersonID, r.Field("item_code").Text, r.Field("body_part").Text}
		old := before[k]
		before[k] = r
		if old == nil {
			continue
		}
		item := t.ref.item(k.item, r.InstitutionID, r.OccurredAt.Day())
		if item == nil {
			t.fittingNotTold(r)
			continue
		}
		years, ok := number(item["life_years"], 0)
		if !ok || r.OccurredAt.Day().String() >= yearsLater(old.OccurredAt.Day(), int(years)) {
			continue
		}
		f := aboutRecord("DEV-001", claimwatch.Violation, r)
		f.violating[r] = claimwatch.Fen(r.Field("amount").Num)
		f.involve(old)
		t.found = append(t.found, f)
	}
}

// yearsLater is the same date some calendar years later as YYYY-MM-DD; 29
// February becomes 28 February where there is none.
func yearsLater(day claimwatch.Day, years int) string {
	date := day.Date()
	year := date.Year() + years
	leap := year%4 == 0 && (year%100 != 0 || year%400 == 0)
	rest := date.Format("-01-02")
	if rest == "-02-29" && !leap {
		rest = "-02-28"
	}
	return strconv.Itoa(year) + rest
}

// fittingNotTold says that a fitting cannot be judged; one without a stay has no
// stay to say it of.
func (t *trial) fittingNotTold(r *claimwatch.Record) {
	if r.StayID != "" {
		t.notTold(keyOf(r), ReasonNoRow)
	}
}

// informalDevice is DEV-003: a fitting above the cap, without appraisal, photo or
// laser mark, or with the photo of another. Where the row of the item is missing
// all but the cap is judged.
func informalDevice(t *trial) {
	fittings := t.existing(claimwatch.DeviceFitting)
	for _, r := range fittings {
		item := t.ref.item(r.Field("item_code").Text, r.InstitutionID, r.OccurredAt.Day())
		if item == nil {
			t.fittingNotTold(r)
		}
		const micro = 10_000 // parts of a fen
		amount := r.Field("amount").Num
		limit, capped := number(item["price_cap_1"], 6)
		overCap := capped && amount*micro > limit
		appraised := t.appraised(r)
		others := samePhoto(r, fittings)
		lacking := len(others) > 0 || r.Field("photo_sha256").Text == "" || r.Field("laser_mark").Text == ""
		if !overCap && appraised && !lacking {
			continue
		}
		f := aboutRecord("DEV-003", claimwatch.Suspicion, r)
		worst := int64(0)
		if overCap {
			worst = max(worst, halfUp(ratio(amount*micro-limit, micro)))
		}
		if !appraised {
			worst = max(worst, amount)
		}
		if overCap || !appraised {
			f.severity = claimwatch.Violation
		}
		f.violating[r] = claimwatch.Fen(worst)
		f.involve(others...)
		t.found = append(t.found, f)
	}
}

// appraised says whether the person has an appraisal of the item, of any date.
func (w *world) appraised(r *claimwatch.Record) bool {
	for _, a := range w.ref.of("appraisals") {
		if a["person_id"] == r.PersonID && a["item_code"] == r.Field("item_code").Text {
			return true
		}
	}
	return false
}

// samePhoto are the other fittings with the photo of one, anywhere.
func samePhoto(r *claimwatch.Record, fittings []*claimwatch.Record) []*claimwatch.Record {
	var out []*claimwatch.Record
	photo := r.Field("photo_sha256").Text
	for _, other := range fittings {
		if other != r && photo != "" && other.Field("photo_sha256").Text == photo {
			out = append(out, other)
		}
	}
	return out
}
