package store

import (
	"math/big"

	"claimwatch"
	"claimwatch/store/slice"
)

// hourColumns are the columns of hours and of care_hours.
func hourColumns(hours []*slice.Hours) []column {
	type row = *slice.Hours
	rows := rowsOf[row](hours)
	exact := func(name string, get func(row) *big.Int) column { return of(name, "Int256", hours, get) }
	return []column{
		rows.stay("stay", func(h row) *slice.Stay { return h.Stay }),
		rows.text("institution_id", func(h row) string { return h.InstitutionID }),
		rows.text("person_id", func(h row) string { return h.PersonID }),
		rows.text("item_code", func(h row) string { return h.ItemCode }),
		rows.day("day", func(h row) claimwatch.Day { return h.On }),
		rows.text("record_id", func(h row) string { return h.RecordID }),
		rows.at("at", func(h row) claimwatch.Instant { return h.At }),
		rows.number("amount", func(h row) int64 { return h.Amount }),
		rows.yes("item_found", func(h row) bool { return h.Item != nil }),
		exact("part", func(h row) *big.Int { return h.Part }),
		exact("whole", func(h row) *big.Int { return h.Whole }),
		exact("total", func(h row) *big.Int { return h.Total }),
		exact("before", func(h row) *big.Int { return h.Before }),
		exact("hour", func(h row) *big.Int { return h.Hour }),
	}
}
