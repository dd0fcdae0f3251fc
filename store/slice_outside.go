package store

import (
	"claimwatch"
	"claimwatch/store/slice"
)

func outsideColumns(lines []*slice.Line) []column {
	type row = *slice.Line
	rows := rowsOf[row](lines)
	return []column{
		rows.stay("stay", func(l row) *slice.Stay { return l.Stay }),
		rows.text("institution_id", func(l row) string { return l.InstitutionID }),
		rows.text("record_id", func(l row) string { return l.RecordID }),
		rows.at("at", func(l row) claimwatch.Instant { return l.At }),
		rows.number("amount", func(l row) int64 { return l.Amount }),
		rows.yes("day_unit", func(l row) bool { return l.DayUnit }),
		rows.at("admitted_at", func(l row) claimwatch.Instant { return l.Stay.AdmittedAt }),
		rows.optional("discharged_at", func(l row) *int64 { return optionalAt(l.Stay.DischargedAt) }),
	}
}

func absenceColumns(absences []*slice.Absence) []column {
	type row = *slice.Absence
	rows := rowsOf[row](absences)
	return []column{
		rows.stay("stay", func(a row) *slice.Stay { return a.Stay }),
		rows.text("institution_id", func(a row) string { return a.Stay.InstitutionID }),
		rows.at("left_at", func(a row) claimwatch.Instant { return a.Time.From }),
		rows.at("back_at", func(a row) claimwatch.Instant { return a.Time.Until }),
		of("leaves", placesType, absences, func(a row) [][]any {
			return tuples(a.Leaves, func(l *slice.Leave) []any { return []any{l.RecordID, int64(l.At)} })
		}),
		of("lines", amountsType, absences, func(a row) [][]any { return tuples(a.Lines, amountTuple) }),
	}
}
