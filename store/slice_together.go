package store

import (
	"claimwatch"
	"claimwatch/store/slice"
)

// togetherTables are the tables of stays that meet others, or nobody.
func togetherTables(t slice.Tables) []filledTable {
	return []filledTable{
		{"overlaps", len(t.Overlaps), func() []column { return overlapColumns(t.Overlaps) }},
		{"visits", len(t.Visits), func() []column { return visitColumns(t.Visits) }},
		{"unmeasured", len(t.Unmeasured), func() []column { return unmeasuredColumns(t.Unmeasured) }},
	}
}

// The tuples of arrays, in the order in which the columns fill them.
const (
	bothType = "Array(Tuple(stay UInt32, institution_id String, record_id String, at Int64))"
	runsType = "Array(Tuple(from Int64, until Int64, days Int32, ongoing Bool))"
)

func dayFeeTuple(f slice.DayFee) []any { return []any{int64(f.At), f.RecordID, f.Amount} }

func admissionTuple(s stayRow) []any {
	return []any{s.Number, s.InstitutionID, s.AdmissionID, int64(s.AdmittedAt)}
}

func overlapColumns(pairs []*slice.Overlap) []column {
	type pair = *slice.Overlap
	rows := rowsOf[pair](pairs)
	return []column{
		of("subjects", "Array(String)", pairs, func(p pair) []string { return subjectsOf(p.Earlier, p.Later) }),
		rows.stay("later", func(p pair) *slice.Stay { return p.Later }),
		rows.text("institution_id", func(p pair) string { return p.Later.InstitutionID }),
		rows.yes("same_institution", func(p pair) bool { return p.Earlier.InstitutionID == p.Later.InstitutionID }),
		rows.yes("handed_over", func(p pair) bool { return p.HandedOver }),
		rows.at("from", func(p pair) claimwatch.Instant { return p.From }),
		rows.at("until", func(p pair) claimwatch.Instant { return p.Until }),
		of("admissions", bothType, pairs, func(p pair) [][]any { return tuples(p.Admissions(), admissionTuple) }),
		of("fees", chargesType, pairs, func(p pair) [][]any { return tuples(p.Fees(), dayFeeTuple) }),
	}
}

func visitColumns(visits []*slice.Visit) []column {
	type visit = *slice.Visit
	rows := rowsOf[visit](visits)
	return []column{
		rows.stay("stay", func(v visit) *slice.Stay { return v.Stay }),
		rows.stay("visit", func(v visit) *slice.Stay { return v.Visit }),
		of("about", "Array(String)", visits, func(v visit) []string {
			return []string{v.Visit.InstitutionID, v.Visit.PersonID, v.Visit.StayID}
		}),
		rows.text("institution_id", func(v visit) string { return v.Stay.InstitutionID }),
		rows.text("visited", func(v visit) string { return v.Visit.InstitutionID }),
		rows.yes("elsewhere", visit.Elsewhere),
		rows.yes("referred", func(v visit) bool { return v.Referred }),
		rows.yes("within", func(v visit) bool { return v.Within }),
		rows.at("due_at", func(v visit) claimwatch.Instant { return v.DueAt }),
		rows.text("admission_id", func(v visit) string { return v.Stay.AdmissionID }),
		rows.at("admitted_at", func(v visit) claimwatch.Instant { return v.Stay.AdmittedAt }),
		rows.text("visit_admission_id", func(v visit) string { return v.Visit.AdmissionID }),
		rows.at("visited_at", func(v visit) claimwatch.Instant { return v.Visit.AdmittedAt }),
		of("day_fees", chargesType, visits, func(v visit) [][]any { return tuples(v.DayFees(), dayFeeTuple) }),
		of("visit_fees", chargesType, visits, func(v visit) [][]any { return chargeTuples(v.Fees) }),
	}
}

func unmeasuredColumns(stays []*slice.Unmeasured) []column {
	type row = *slice.Unmeasured
	rows := rowsOf[row](stays)
	return []column{
		rows.stay("stay", func(u row) *slice.Stay { return u.Stay }),
		rows.text("institution_id", func(u row) string { return u.InstitutionID }),
		rows.yes("open", func(u row) bool { return u.DischargedAt == nil }),
		rows.day("ended_on", func(u row) claimwatch.Day { return u.EndedOn() }),
		of("runs", runsType, stays, func(u row) [][]any {
			return tuples(u.Runs, func(r slice.DayRun) []any {
				return []any{int64(r.First.Midnight()), int64((r.Last + 1).Midnight()), r.Days, r.Ongoing}
			})
		}),
		of("last_days", "Int32", stays, func(u row) int32 { return u.Last }),
	}
}
