package slice

import (
	"slices"

	"claimwatch"
)

// FittedDevice is a fitting with what its rules ask: the one that it replaces and
// who else was photographed with it.
type FittedDevice struct {
	*Fitting
	Stay *Stay
	Item *Item // on the day of the fitting; nil without a row
	// Before is the fitting of the item and body part before it that cost
	// something; nil for none. RenewableOn is the first day on which the item may
	// be fitted again, Forever without a life.
	Before      *Fitting
	RenewableOn claimwatch.Day
	Appraised   bool       // the person has an appraisal of the item
	SamePhoto   []*Fitting // any other with the photograph, anywhere
}

// Photos are the photographs of the fittings.
func (w *World) Photos() []string {
	photos := map[string]bool{}
	for _, f := range w.facts.Fittings {
		if f.Photo != "" {
			photos[f.Photo] = true
		}
	}
	return sortedTexts(photos)
}

// fittings are those of known stays, and those of none, in the order of records.
func (w *World) fittings(t *Tables, stays map[stayKey]*Stay, others *Others, reference *Reference) {
	var rows []*Fitting
	for _, f := range w.facts.Fittings {
		if f.StayID == "" || stays[f.stay()] != nil {
			rows = append(rows, f)
		}
	}
	slices.SortFunc(rows, func(a, b *Fitting) int { return compareRecords(&a.Head, &b.Head) })
	type place struct{ person, item, part string }
	before := map[place]*Fitting{}
	for _, f := range rows {
		device := &FittedDevice{Fitting: f, Stay: stays[f.stay()], RenewableOn: Forever}
		if device.Stay == nil {
			device.Stay = t.beside(&f.Head, reference)
			stays[f.stay()] = device.Stay
		}
		device.Item = reference.item(f.ItemCode, reference.Institutions[f.InstitutionID].City, f.At.Day())
		if f.Amount > 0 {
			key := place{f.PersonID, f.ItemCode, f.BodyPart}
			device.Before, before[key] = before[key], f
		}
		if device.Before != nil && device.Item != nil && device.Item.LifeYears != nil {
			device.RenewableOn = yearsLater(device.Before.At.Day(), int(*device.Item.LifeYears))
		}
		device.Appraised = slices.ContainsFunc(reference.Appraisals[f.PersonID], func(a Appraisal) bool { return a.ItemCode == f.ItemCode })
		device.SamePhoto = samePhoto(f, rows, others.Fittings)
		t.Fittings = append(t.Fittings, device)
	}
}

func samePhoto(f *Fitting, lists ...[]*Fitting) []*Fitting {
	var same []*Fitting
	if f.Photo == "" {
		return nil
	}
	for _, list := range lists {
		for _, other := range list {
			if other != f && other.Photo == f.Photo {
				same = append(same, other)
			}
		}
	}
	return same
}

// yearsLater is the same date some calendar years on; 29 February becomes 28
// February where there is none (DEV-001).
func yearsLater(day claimwatch.Day, years int) claimwatch.Day {
	date := day.Date()
	later := date.AddDate(years, 0, 0)
	if later.Month() != date.Month() {
		later = later.AddDate(0, 0, -1)
	}
	return claimwatch.Day(later.Unix() / (24 * 60 * 60))
}

// beside is a place for records that belong to no stay: it has a number, so that
// findings can belong there, and nothing else.
func (t *Tables) beside(h *Head, reference *Reference) *Stay {
	s := &Stay{InstitutionID: h.InstitutionID, PersonID: h.PersonID, StayID: h.StayID, AdmittedAt: h.At, EndedAt: h.At, LastOwn: h.At}
	s.lookUp(reference)
	t.Beside = append(t.Beside, s)
	s.Number = uint32(len(t.Stays) + len(t.Beside))
	return s
}
