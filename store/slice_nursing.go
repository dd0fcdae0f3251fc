package store

import (
	"claimwatch"
	"claimwatch/store/slice"
)

func nursingColumns(lines []*slice.NursingLine) []column {
	type row = *slice.NursingLine
	rows := rowsOf[row](lines)
	item := func(l row) *slice.Item {
		if l.Item == nil {
			return &slice.Item{}
		}
		return l.Item
	}
	order := func(l row) *slice.Order {
		if l.Order == nil {
			return &slice.Order{}
		}
		return l.Order.Order
	}
	return []column{
		rows.stay("stay", func(l row) *slice.Stay { return l.Stay }),
		rows.text("institution_id", func(l row) string { return l.InstitutionID }),
		rows.text("record_id", func(l row) string { return l.RecordID }),
		rows.at("at", func(l row) claimwatch.Instant { return l.At }),
		rows.day("day", func(l row) claimwatch.Day { return l.Day() }),
		rows.number("quantity", func(l row) int64 { return l.Quantity }),
		rows.number("unit_price", func(l row) int64 { return l.UnitPrice }),
		rows.number("amount", func(l row) int64 { return l.Amount }),
		rows.yes("item_found", func(l row) bool { return l.Item != nil }),
		rows.yes("hour_unit", func(l row) bool { return item(l).HourUnit }),
		of("level", "Nullable(Int32)", lines, func(l row) *int32 { return item(l).NursingLevel }),
		rows.text("order_id", func(l row) string { return order(l).RecordID }),
		rows.at("ordered_at", func(l row) claimwatch.Instant { return order(l).At }),
		of("ordered_level", "Nullable(Int32)", lines, func(l row) *int32 { return order(l).NursingLevel }),
		rows.optional("level_cap", func(l row) *int64 { return l.LevelCap }),
		rows.at("woken_at", func(l row) claimwatch.Instant { return l.WokenAt }),
	}
}
