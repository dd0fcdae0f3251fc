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

// The lines of a group, in the order in which the tuples below fill them.
const (
	placesType  = "Array(Tuple(record_id String, at Int64))"
	amountsType = "Array(Tuple(record_id String, at Int64, amount Int64))"
	pricedType  = "Array(Tuple(record_id String, at Int64, quantity Int64, unit_price Int64, amount Int64))"
)

func placeTuple(l *slice.Line) []any { return []any{l.RecordID, int64(l.At)} }

func amountTuple(l *slice.Line) []any { return []any{l.RecordID, int64(l.At), l.Amount} }

func pricedTuple(l *slice.Line) []any {
	return []any{l.RecordID, int64(l.At), l.Quantity, l.UnitPrice, l.Amount}
}

func bundleColumns(bundles []*slice.Bundle) []column {
	type row = *slice.Bundle
	rows := rowsOf[row](bundles)
	return []column{
		rows.stay("stay", func(b row) *slice.Stay { return b.Stay }),
		rows.text("institution_id", func(b row) string { return b.Stay.InstitutionID }),
		rows.text("package_code", func(b row) string { return b.Package.Code }),
		rows.day("day", func(b row) claimwatch.Day { return b.Day }),
		rows.number("price", func(b row) int64 { return b.Package.Price }),
		rows.number("quantity", func(b row) int64 { return b.Quantity }),
		of("lines", amountsType, bundles, func(b row) [][]any { return tuples(b.Lines, amountTuple) }),
	}
}

func secondColumns(seconds []*slice.SecondOperation) []column {
	type row = *slice.SecondOperation
	rows := rowsOf[row](seconds)
	lesser := func(o row) *slice.Line { return o.Lines[0] }
	return []column{
		rows.stay("stay", func(o row) *slice.Stay { return lesser(o).Stay }),
		rows.text("institution_id", func(o row) string { return lesser(o).InstitutionID }),
		rows.text("pair_id", func(o row) string { return o.Pair.ID }),
		rows.day("day", func(o row) claimwatch.Day { return o.Day }),
		rows.yes("item_found", func(o row) bool { return lesser(o).Item != nil }),
		rows.optional("cap", func(o row) *int64 { return lesser(o).Cap }),
		rows.optional("factor", func(o row) *int64 { return o.Pair.Factor }),
		of("mains", placesType, seconds, func(o row) [][]any { return tuples(o.Mains, placeTuple) }),
		of("lines", pricedType, seconds, func(o row) [][]any { return tuples(o.Lines, pricedTuple) }),
	}
}

func addOnColumns(addOns []*slice.AddOn) []column {
	type row = *slice.AddOn
	rows := rowsOf[row](addOns)
	return []column{
		rows.stay("stay", func(a row) *slice.Stay { return a.Stay }),
		rows.text("institution_id", func(a row) string { return a.Stay.InstitutionID }),
		rows.text("item_code", func(a row) string { return a.Item }),
		rows.day("day", func(a row) claimwatch.Day { return a.Day }),
		rows.number("quantity", func(a row) int64 { return a.Quantity() }),
		rows.number("main_quantity", func(a row) int64 { return a.MainQuantity() }),
		of("mains", placesType, addOns, func(a row) [][]any { return tuples(a.Mains, placeTuple) }),
		of("lines", pricedType, addOns, func(a row) [][]any { return tuples(a.Lines, pricedTuple) }),
	}
}
