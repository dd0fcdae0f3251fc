package store

import (
	"math/big"

	"claimwatch"
	"claimwatch/store/slice"
)

func supplyColumns(supplies []*slice.Supply) []column {
	type supply = *slice.Supply
	rows := rowsOf[supply](supplies)
	return []column{
		of("line", "UInt32", supplies, func(s supply) uint32 { return s.Number }),
		rows.stay("stay", func(s supply) *slice.Stay { return s.Stay }),
		rows.text("institution_id", func(s supply) string { return s.InstitutionID }),
		rows.text("person_id", func(s supply) string { return s.PersonID }),
		rows.text("record_id", func(s supply) string { return s.RecordID }),
		rows.at("at", func(s supply) claimwatch.Instant { return s.At }),
		rows.day("day", func(s supply) claimwatch.Day { return s.Day() }),
		rows.text("item_code", func(s supply) string { return s.ItemCode }),
		rows.yes("drug", supply.Drug),
		rows.text("physician_id", func(s supply) string { return s.PhysicianID }),
		rows.text("prescription", supply.Prescription),
		rows.yes("prescribed", supply.Prescribed),
		rows.yes("outpatient", func(s supply) bool { return !s.Stay.Inpatient() }),
		rows.yes("discharge", supply.Discharge),
		rows.yes("emergency", supply.Emergency),
		of("max_days", "Nullable(Int32)", supplies, supply.MaxDays),
		of("supply", "Int256", supplies, func(s supply) *big.Int { return s.Days }),
		of("per", "Int256", supplies, func(s supply) *big.Int { return s.Per }),
		rows.number("amount", func(s supply) int64 { return s.Amount }),
	}
}

func oversupplyColumns(lines []*slice.Oversupply) []column {
	type line = *slice.Oversupply
	rows := rowsOf[line](lines)
	return append(chargedLineColumns(lines, func(l line) *slice.Line { return l.Line }),
		rows.text("item_code", func(l line) string { return l.ItemCode }),
		rows.text("prescription", func(l line) string { return l.Prescription() }),
		of("max_days", "Int32", lines, func(l line) int32 { return l.Group.MaxDays }),
		rows.yes("unlimited", func(l line) bool { return l.Group.Unlimited }),
		rows.yes("unlimited_emergency", func(l line) bool { return l.Group.UnlimitedEmergency }),
		of("supply", "Int256", lines, func(l line) *big.Int { return l.Days }),
		of("later", "Int256", lines, func(l line) *big.Int { return l.Later }),
		of("supplied", "Int256", lines, func(l line) *big.Int { return l.Group.Days }),
		of("per", "Int256", lines, func(l line) *big.Int { return l.Per }),
	)
}

const pairedType = "Array(Tuple(stay UInt32, institution_id String, record_id String, at Int64))"

func drugPairColumns(pairs []*slice.DrugPair) []column {
	type pair = *slice.DrugPair
	rows := rowsOf[pair](pairs)
	return []column{
		of("orders", pairedType, pairs, func(p pair) [][]any {
			return tuples([]*slice.ActiveOrder{p.First, p.Second}, func(o *slice.ActiveOrder) []any {
				return []any{o.Stay.Number, o.InstitutionID, o.RecordID, int64(o.At)}
			})
		}),
		rows.at("together_from", func(p pair) claimwatch.Instant { return p.Together.From }),
		rows.at("together_until", func(p pair) claimwatch.Instant { return p.Together.Until }),
		rows.text("moved_by", func(p pair) string {
			if p.Mover == nil {
				return ""
			}
			return p.Mover.InstitutionID
		}),
		rows.text("class", func(p pair) string { return p.Class }),
		of("unknown_stay", "UInt32", pairs, func(p pair) uint32 {
			if p.Unknown == nil {
				return 0
			}
			return p.Unknown.Number
		}),
	}
}

func overCourseColumns(lines []*slice.OverCourse) []column {
	type line = *slice.OverCourse
	rows := rowsOf[line](lines)
	return []column{
		rows.stay("stay", func(l line) *slice.Stay { return l.Stay }),
		rows.text("institution_id", func(l line) string { return l.InstitutionID }),
		rows.text("person_id", func(l line) string { return l.PersonID }),
		rows.text("record_id", func(l line) string { return l.RecordID }),
		rows.at("at", func(l line) claimwatch.Instant { return l.At }),
		rows.text("item_code", func(l line) string { return l.ItemCode }),
		rows.text("month", func(l line) string { return l.Month }),
		rows.yes("rehab", line.Rehab),
		rows.yes("is_over", func(l line) bool { return l.Over }),
		rows.number("amount", func(l line) int64 { return l.Amount }),
		of("limits", "Array(String)", lines, func(l line) []string { return listOf(l.Limits) }),
	}
}
