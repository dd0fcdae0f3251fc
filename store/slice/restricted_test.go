package slice_test

import (
	"fmt"
	"testing"

	"claimwatch"
	"claimwatch/store/slice"
)

func TestFullYears(t *testing.T) {
	day := func(text string) claimwatch.Day {
		d, err := claimwatch.ParseDay(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		born, on string
		want     int32
	}{
		{"1980-05-20", "2026-01-02", 45},
		{"1980-01-02", "2026-01-02", 46},
		{"1980-01-03", "2026-01-02", 45},
		{"2026-01-02", "2026-01-02", 0},
		{"2000-02-29", "2026-01-02", 25},
	} {
		f := charged("F1", "02T08:00", "X", "other")
		w := slice.WorldOf(slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00")}, Fees: []*slice.Fee{f}}, end)
		got := w.Tables(w.Moved, &slice.Others{}, &slice.Reference{Persons: map[string]slice.Person{"P1": {Born: day(c.born)}}}).Restricted
		same(t, c.born, *got[0].Age, c.want)
	}
}

// TestWhatIsRestricted: lines of items that are not for this person here, and of
// unknown ones; S1 is an inpatient stay of somebody unknown at a hospital of level 3.
func TestWhatIsRestricted(t *testing.T) {
	one, four := int32(1), int32(4)
	for name, c := range map[string]struct {
		item slice.Item
		want string
	}{
		"nothing":      {slice.Item{}, "0"},
		"sex":          {slice.Item{Sex: "F"}, "1 false"},
		"age_min":      {slice.Item{AgeMin: &one}, "1 false"},
		"age_max":      {slice.Item{AgeMax: &one}, "1 false"},
		"min_level":    {slice.Item{MinLevel: &one}, "0"},
		"a high level": {slice.Item{MinLevel: &four}, "1 false"},
		"visit":        {slice.Item{Visit: "inpatient"}, "0"},
		"other visits": {slice.Item{Visit: "outpatient"}, "1 false"},
		"indication":   {slice.Item{IndicationPrefixes: []string{"T93", "S72"}}, "0"},
		"that and sex": {slice.Item{IndicationPrefixes: []string{"S72"}, Sex: "F"}, "1 true"},
		"another":      {slice.Item{IndicationPrefixes: []string{"S72.01", "S73"}}, "1 false"},
		"not yet true": {slice.Item{Validity: slice.Validity{Since: slice.Forever - 1}}, "1 false"}, // no row on the day
	} {
		c.item.Until = slice.Forever
		facts := slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00")}, Fees: []*slice.Fee{charged("F1", "02T08:00", "X", "other")}}
		rows := tables(facts, map[string][]slice.Item{"X": {c.item}}).Restricted
		got := fmt.Sprint(len(rows))
		if len(rows) == 1 {
			got += fmt.Sprint(" ", rows[0].Indicated)
		}
		same(t, name, got, c.want)
	}
}

// TestWhatIsNotCovered: charges out of scope or unknown, and what persons pay
// themselves out of scope, net of every refund.
func TestWhatIsNotCovered(t *testing.T) {
	forever := slice.Validity{Until: slice.Forever}
	items := map[string][]slice.Item{"IN": {{Validity: forever, InScope: true}}, "OUT": {{Validity: forever}}}
	own := func(f *slice.Fee) *slice.Fee { f.SelfPay = true; return f }
	for name, c := range map[string]struct {
		fees []*slice.Fee
		want int
	}{
		"in scope":                     {[]*slice.Fee{charged("F1", "02T08:00", "IN", "other")}, 0},
		"out of scope":                 {[]*slice.Fee{charged("F1", "02T08:00", "OUT", "other")}, 1},
		"unknown":                      {[]*slice.Fee{charged("F1", "02T08:00", "NX", "other")}, 1},
		"own, in scope":                {[]*slice.Fee{own(charged("F1", "02T08:00", "IN", "other"))}, 0},
		"own, out of scope":            {[]*slice.Fee{own(charged("F1", "02T08:00", "OUT", "other"))}, 1},
		"own, unknown":                 {[]*slice.Fee{own(charged("F1", "02T08:00", "NX", "other"))}, 0},
		"own, given back":              {[]*slice.Fee{own(charged("F1", "02T08:00", "OUT", "other")), own(refund("R1", "03T08:00", "F1", 10_000, 1000))}, 0},
		"own, half given back":         {[]*slice.Fee{own(charged("F1", "02T08:00", "OUT", "other")), own(refund("R1", "03T08:00", "F1", 5000, 500))}, 1},
		"own, the money given back":    {[]*slice.Fee{own(charged("F1", "02T08:00", "OUT", "other")), own(refund("R1", "03T08:00", "F1", 5000, 1000))}, 0},
		"own, given back by the fund":  {[]*slice.Fee{own(charged("F1", "02T08:00", "OUT", "other")), refund("R1", "03T08:00", "F1", 10_000, 1000)}, 0},
		"given back":                   {[]*slice.Fee{charged("F1", "02T08:00", "OUT", "other"), refund("R1", "03T08:00", "F1", 10_000, 1000)}, 0},
		"given back but to the person": {[]*slice.Fee{charged("F1", "02T08:00", "OUT", "other"), own(refund("R1", "03T08:00", "F1", 10_000, 1000))}, 1},
	} {
		facts := slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00")}, Fees: c.fees}
		same(t, name, len(tables(facts, items).Uncovered), c.want)
	}
}

// TestForWhomItemsAre: an item is for who is known and known to be of the sex and
// the age; a person of whom the sex is not given is of any.
func TestForWhomItemsAre(t *testing.T) {
	eighteen := int32(18)
	born := func(years int) claimwatch.Day {
		return claimwatch.InstantOf(clock("02T08:00").Time().AddDate(-years, 0, 0)).Day()
	}
	for name, c := range map[string]struct {
		item   slice.Item
		person slice.Person
		want   int
	}{
		"a woman":       {slice.Item{Sex: "F"}, slice.Person{Sex: "F"}, 0},
		"a man":         {slice.Item{Sex: "F"}, slice.Person{Sex: "M"}, 1},
		"anybody":       {slice.Item{Sex: "F"}, slice.Person{}, 0},
		"old enough":    {slice.Item{AgeMin: &eighteen}, slice.Person{Born: born(18)}, 0},
		"too young":     {slice.Item{AgeMin: &eighteen}, slice.Person{Born: born(17)}, 1},
		"young enough":  {slice.Item{AgeMax: &eighteen}, slice.Person{Born: born(18)}, 0},
		"too old":       {slice.Item{AgeMax: &eighteen}, slice.Person{Born: born(19)}, 1},
		"no limits":     {slice.Item{}, slice.Person{Sex: "M"}, 0},
		"several, well": {slice.Item{Sex: "M", AgeMin: &eighteen}, slice.Person{Sex: "M", Born: born(30)}, 0},
		"several, not":  {slice.Item{Sex: "M", AgeMin: &eighteen}, slice.Person{Sex: "M", Born: born(3)}, 1},
	} {
		c.item.Until = slice.Forever
		facts := slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00")}, Fees: []*slice.Fee{charged("F1", "02T08:00", "X", "other")}}
		got := tablesOf(facts, known(slice.Reference{Persons: map[string]slice.Person{"P1": c.person}, Items: map[string][]slice.Item{"X": {c.item}}}))
		same(t, name, len(got.Restricted), c.want)
	}
}
