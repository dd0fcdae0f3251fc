package slice

import (
	"slices"
	"strings"

	"claimwatch"
)

// Restricted is a line whose item is not for everybody everywhere, and not for
// this person here, or of which nobody can tell, for a row is missing (RX-007,
// RX-010).
type Restricted struct {
	*Line
	// Age is the person's on the service date in full years; nil without a row.
	Age *int32
	// Indicated says that a diagnosis of the stay starts with one of the prefixes
	// for which the item is given.
	Indicated bool
}

// restricted are those among the lines.
func restricted(fees []*Line) []*Restricted {
	var all []*Restricted
	for _, l := range fees {
		if l.Item != nil && !l.Item.restricts() {
			continue
		}
		r := &Restricted{Line: l}
		if l.Stay.Person != nil {
			age := fullYears(l.Stay.Person.Born, l.Day())
			r.Age = &age
		}
		if l.Item != nil {
			r.Indicated = l.Stay.diagnosed(l.Item.IndicationPrefixes)
		}
		if !r.fits() {
			all = append(all, r)
		}
	}
	return all
}

// fits says whether the item is known and known to be for this person here. What
// it is that does not fit is for the rules to say.
func (r *Restricted) fits() bool {
	if r.Item == nil {
		return false
	}
	person, level := r.Stay.Person, r.Stay.Level
	sex := r.Item.Sex == "" || person != nil && (person.Sex == "" || person.Sex == r.Item.Sex)
	old := r.Item.AgeMin == nil || r.Age != nil && *r.Age >= *r.Item.AgeMin
	young := r.Item.AgeMax == nil || r.Age != nil && *r.Age <= *r.Item.AgeMax
	high := r.Item.MinLevel == nil || level != nil && *level >= *r.Item.MinLevel
	where := r.Item.Visit == "" || r.Stay.Inpatient() == (r.Item.Visit == "inpatient")
	return sex && old && young && high && where && (len(r.Item.IndicationPrefixes) == 0 || r.Indicated)
}

// restricts says whether the item is not for everybody everywhere.
func (i *Item) restricts() bool {
	return i.Sex != "" || i.AgeMin != nil || i.AgeMax != nil || i.MinLevel != nil || i.Visit != "" || len(i.IndicationPrefixes) > 0
}

// diagnosed says whether a diagnosis of the stay starts with one of the prefixes.
func (s *Stay) diagnosed(prefixes []string) bool {
	return slices.ContainsFunc(s.Diagnoses, func(diagnosis string) bool {
		return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(diagnosis, prefix) })
	})
}

// fullYears is the age on a day; who was born on 29 February is a year older on
// 1 March where there is no such day.
func fullYears(born, on claimwatch.Day) int32 {
	b, d := born.Date(), on.Date()
	years := d.Year() - b.Year()
	if d.Month() < b.Month() || d.Month() == b.Month() && d.Day() < b.Day() {
		years--
	}
	return int32(years)
}
