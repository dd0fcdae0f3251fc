package store

import (
	"claimwatch"
	"claimwatch/store/slice"
)

func inclusionColumns(inclusions []*slice.Inclusion) []column {
	type row = *slice.Inclusion
	rows := rowsOf[row](inclusions)
	return []column{
		rows.text("pair_id", func(i row) string { return i.Pair.ID }),
		rows.text("item_code", func(i row) string { return i.Pair.ItemCode }),
		rows.text("included_code", func(i row) string { return i.Pair.IncludedCode }),
		rows.text("scope", func(i row) string { return i.Pair.Scope }),
		rows.yes("absolute", func(i row) bool { return i.Pair.Absolute }),
		rows.yes("exams", func(i row) bool { return i.Exams }),
		rows.day("day", func(i row) claimwatch.Day { return i.On }),
		rows.yes("included", func(i row) bool { return i.Included }),
		rows.stay("stay", func(i row) *slice.Stay { return i.Stay }),
		rows.text("institution_id", func(i row) string { return i.InstitutionID }),
		rows.text("person_id", func(i row) string { return i.PersonID }),
		rows.text("record_id", func(i row) string { return i.RecordID }),
		rows.at("at", func(i row) claimwatch.Instant { return i.At }),
		rows.number("amount", func(i row) int64 { return i.Amount }),
	}
}
