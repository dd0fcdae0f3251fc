package store

import (
	"cmp"

	"claimwatch"
	"claimwatch/store/slice"
)

func restrictedColumns(lines []*slice.Restricted) []column {
	type line = *slice.Restricted
	rows := rowsOf[line](lines)
	item := func(l line) *slice.Item { return cmp.Or(l.Item, &slice.Item{}) }
	return []column{
		rows.stay("stay", func(l line) *slice.Stay { return l.Stay }),
		rows.yes("inpatient", func(l line) bool { return l.Stay.Inpatient() }),
		rows.text("institution_id", func(l line) string { return l.InstitutionID }),
		rows.text("record_id", func(l line) string { return l.RecordID }),
		rows.at("at", func(l line) claimwatch.Instant { return l.At }),
		rows.text("item_code", func(l line) string { return l.ItemCode }),
		rows.number("amount", func(l line) int64 { return l.Amount }),
		rows.yes("item_found", func(l line) bool { return l.Item != nil }),
		rows.text("sex", func(l line) string { return item(l).Sex }),
		of("age_min", "Nullable(Int32)", lines, func(l line) *int32 { return item(l).AgeMin }),
		of("age_max", "Nullable(Int32)", lines, func(l line) *int32 { return item(l).AgeMax }),
		of("min_level", "Nullable(Int32)", lines, func(l line) *int32 { return item(l).MinLevel }),
		rows.text("visit", func(l line) string { return item(l).Visit }),
		rows.yes("for_indications", func(l line) bool { return len(item(l).IndicationPrefixes) > 0 }),
		rows.yes("indicated", func(l line) bool { return l.Indicated }),
		rows.yes("person_found", func(l line) bool { return l.Stay.Person != nil }),
		rows.text("person_sex", func(l line) string {
			if l.Stay.Person == nil {
				return ""
			}
			return l.Stay.Person.Sex
		}),
		of("age", "Nullable(Int32)", lines, func(l line) *int32 { return l.Age }),
		of("level", "Nullable(Int32)", lines, func(l line) *int32 { return l.Stay.Level }),
	}
}

func uncoveredColumns(lines []*slice.Line) []column {
	type line = *slice.Line
	rows := rowsOf[line](lines)
	return []column{
		rows.stay("stay", func(l line) *slice.Stay { return l.Stay }),
		rows.yes("emergency", func(l line) bool { return l.Stay.Route == "emergency" }),
		rows.text("institution_id", func(l line) string { return l.InstitutionID }),
		rows.text("record_id", func(l line) string { return l.RecordID }),
		rows.at("at", func(l line) claimwatch.Instant { return l.At }),
		rows.text("item_code", func(l line) string { return l.ItemCode }),
		rows.number("amount", func(l line) int64 { return l.Amount }),
		rows.yes("item_found", func(l line) bool { return l.Item != nil }),
		rows.yes("self_pay", func(l line) bool { return l.SelfPay }),
		rows.yes("consented", func(l line) bool { return l.ConsentID != "" }),
	}
}
