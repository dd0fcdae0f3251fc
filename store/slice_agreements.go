package store

import (
	"claimwatch"
	"claimwatch/store/slice"
)

// chargesType is the tuple of the charges of a stay, in the order of charges.
const chargesType = "Array(Tuple(at Int64, record_id String, amount Int64))"

func chargeTuples(lines []*slice.Line) [][]any {
	return tuples(lines, func(l *slice.Line) []any { return []any{int64(l.At), l.RecordID, l.Amount} })
}

// candidateColumns are what tables of single fee lines have in common.
func candidateColumns(fees []*slice.Line) []column {
	type line = *slice.Line
	rows := rowsOf[line](fees)
	return []column{
		rows.stay("stay", func(l line) *slice.Stay { return l.Stay }),
		rows.text("institution_id", func(l line) string { return l.InstitutionID }),
		rows.text("record_id", func(l line) string { return l.RecordID }),
		rows.at("at", func(l line) claimwatch.Instant { return l.At }),
		rows.number("amount", func(l line) int64 { return l.Amount }),
		rows.yes("item_found", func(l line) bool { return l.Item != nil }),
	}
}

func unagreedColumns(fees []*slice.Line) []column {
	type line = *slice.Line
	rows := rowsOf[line](fees)
	return append(candidateColumns(fees),
		rows.text("route", func(l line) string { return l.Stay.Route }),
		rows.yes("continued", func(l line) bool { return l.Stay.Agreed }),
		rows.yes("agreed", func(l line) bool { return l.Agreed }),
		rows.yes("suspended", func(l line) bool { return l.Suspended }),
		rows.yes("rehab_agreed", func(l line) bool { return l.RehabAgreed }),
		rows.yes("rehab", func(l line) bool { return l.Item != nil && l.Item.Rehab }),
	)
}

func suspendedWorkColumns(work []slice.SuspendedWork) []column {
	type act = slice.SuspendedWork
	rows := rowsOf[act](work)
	return []column{
		rows.stay("stay", func(a act) *slice.Stay { return a.Stay }),
		rows.text("institution_id", func(a act) string { return a.InstitutionID }),
		rows.text("physician_id", func(a act) string { return a.PhysicianID }),
		rows.text("kind", func(a act) string { return a.Kind.String() }),
		rows.text("record_id", func(a act) string { return a.RecordID }),
		rows.at("at", func(a act) claimwatch.Instant { return a.At }),
		rows.number("amount", func(a act) int64 { return a.Amount }),
	}
}

func outOfAreaColumns(stays []stayRow) []column {
	rows := rowsOf[stayRow](stays)
	return []column{
		rows.stay("stay", func(s stayRow) *slice.Stay { return s }),
		rows.text("institution_id", func(s stayRow) string { return s.InstitutionID }),
		rows.text("city", func(s stayRow) string { return s.City }),
		rows.text("insured_city", func(s stayRow) string { return s.Person.InsuredCity }),
		rows.day("admitted_on", stayRow.AdmittedOn),
		of("referred_on", "Array(Int32)", stays, func(s stayRow) []int32 { return numbersOf[int32](s.ReferredOn) }),
		of("fees", chargesType, stays, func(s stayRow) [][]any { return chargeTuples(s.Charges) }),
	}
}
