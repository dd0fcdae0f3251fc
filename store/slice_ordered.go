package store

import (
	"claimwatch"
	"claimwatch/store/slice"
)

// orderedTables are the tables of lines that orders or reports should go with.
func orderedTables(t slice.Tables) []filledTable {
	return []filledTable{
		{"repetitions", len(t.Repetitions), func() []column { return repetitionColumns(t.Repetitions) }},
		{"unordered", len(t.Unordered), func() []column { return unorderedColumns(t.Unordered) }},
		{"overbilled", len(t.Overbilled), func() []column { return overbilledColumns(t.Overbilled) }},
		{"stopped", len(t.Stopped), func() []column { return stoppedColumns(t.Stopped) }},
		{"unreported", len(t.Unreported), func() []column { return unreportedColumns(t.Unreported) }},
		{"swapped", len(t.Swapped), func() []column { return swappedColumns(t.Swapped) }},
	}
}

// chargedLineColumns are what every table of lines says of them.
func chargedLineColumns[R any](lines []R, line func(R) *slice.Line) []column {
	rows := rowsOf[R](lines)
	return []column{
		rows.stay("stay", func(r R) *slice.Stay { return line(r).Stay }),
		rows.text("institution_id", func(r R) string { return line(r).InstitutionID }),
		rows.text("record_id", func(r R) string { return line(r).RecordID }),
		rows.at("at", func(r R) claimwatch.Instant { return line(r).At }),
		rows.number("amount", func(r R) int64 { return line(r).Amount }),
	}
}

func repetitionColumns(repetitions []*slice.Repetition) []column {
	type row = *slice.Repetition
	rows := rowsOf[row](repetitions)
	return []column{
		rows.stay("stay", func(r row) *slice.Stay { return r.Stay }),
		rows.text("institution_id", func(r row) string { return r.Stay.InstitutionID }),
		rows.text("item_code", func(r row) string { return r.Item }),
		rows.day("day", func(r row) claimwatch.Day { return r.Day }),
		rows.yes("item_found", func(r row) bool { return r.Found }),
		rows.number("charged", row.Charged),
		rows.number("ordered", row.Ordered),
		of("lines", billedType, repetitions, func(r row) [][]any { return tuples(r.Lines, pricedTuple) }),
		of("orders", ordersType, repetitions, func(r row) [][]any {
			return tuples(r.Orders, func(o *slice.ActiveOrder) []any { return []any{o.RecordID, int64(o.At)} })
		}),
		rows.at("due_at", func(r row) claimwatch.Instant { return r.DueAt }),
	}
}

func unorderedColumns(lines []*slice.Line) []column {
	type line = *slice.Line
	rows := rowsOf[line](lines)
	return append(chargedLineColumns(lines, func(l line) line { return l }),
		rows.text("item_code", func(l line) string { return l.ItemCode }),
		rows.yes("item_found", func(l line) bool { return l.Item != nil }),
		rows.at("present", func(l line) claimwatch.Instant { return l.Stay.Present }),
	)
}

const billedType = "Array(Tuple(record_id String, at Int64, quantity Int64, unit_price Int64, amount Int64))"

func overbilledColumns(orders []*slice.Overbilled) []column {
	type order = *slice.Overbilled
	rows := rowsOf[order](orders)
	return []column{
		rows.stay("stay", func(o order) *slice.Stay { return o.Stay }),
		rows.text("institution_id", func(o order) string { return o.InstitutionID }),
		rows.text("order_id", func(o order) string { return o.RecordID }),
		rows.at("ordered_at", func(o order) claimwatch.Instant { return o.At }),
		rows.number("quantity", func(o order) int64 { return *o.Quantity }),
		rows.number("times_per_day", func(o order) int64 { return *o.TimesPerDay }),
		of("days", "Int32", orders, func(o order) int32 { return *o.Days }),
		of("lines", billedType, orders, func(o order) [][]any {
			return tuples(o.Lines, func(l *slice.Line) []any {
				return []any{l.RecordID, int64(l.At), l.Quantity, l.UnitPrice, l.Amount}
			})
		}),
	}
}

func stoppedColumns(lines []*slice.Stopped) []column {
	type line = *slice.Stopped
	rows := rowsOf[line](lines)
	return append(chargedLineColumns(lines, func(l line) *slice.Line { return l.Line }),
		rows.text("order_id", func(l line) string { return l.Order.RecordID }),
		rows.at("ordered_at", func(l line) claimwatch.Instant { return l.Order.At }),
		rows.at("stopped_at", func(l line) claimwatch.Instant { return l.Order.Until }),
	)
}

func unreportedColumns(lines []*slice.Unreported) []column {
	type line = *slice.Unreported
	rows := rowsOf[line](lines)
	return append(chargedLineColumns(lines, func(l line) *slice.Line { return l.Line }),
		rows.day("day", func(l line) claimwatch.Day { return l.Day() }),
		rows.text("item_code", func(l line) string { return l.ItemCode }),
		rows.yes("item_found", func(l line) bool { return l.Item != nil }),
		rows.at("present", func(l line) claimwatch.Instant { return l.Stay.Present }),
		of("reports", "Array(Int64)", lines, func(l line) []int64 { return numbersOf[int64](l.Reports) }),
	)
}

const ordersType = "Array(Tuple(record_id String, at Int64))"

func swappedColumns(lines []*slice.Swapped) []column {
	type line = *slice.Swapped
	rows := rowsOf[line](lines)
	return append(chargedLineColumns(lines, func(l line) *slice.Line { return l.Line }),
		rows.day("day", func(l line) claimwatch.Day { return l.Day() }),
		rows.number("quantity", func(l line) int64 { return l.Quantity }),
		rows.number("unit_price", func(l line) int64 { return l.UnitPrice }),
		rows.text("high_code", func(l line) string { return l.ItemCode }),
		rows.text("low_code", func(l line) string { return l.Low }),
		rows.yes("low_found", func(l line) bool { return l.LowItem != nil }),
		rows.optional("low_cap", func(l line) *int64 { return l.LowCap }),
		rows.yes("instead", func(l line) bool { return l.Instead }),
		rows.at("due_at", func(l line) claimwatch.Instant { return l.DueAt }),
		of("orders", ordersType, lines, func(l line) [][]any {
			return tuples(l.Orders, func(o *slice.ActiveOrder) []any { return []any{o.RecordID, int64(o.At)} })
		}),
	)
}
