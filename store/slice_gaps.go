package store

import (
	"claimwatch"
	"claimwatch/store/slice"
)

// gapTables are the tables of stays in which something is missing for a while.
func gapTables(t slice.Tables) []filledTable {
	return []filledTable{
		{"uncared", len(t.Uncared), func() []column { return uncaredColumns(t.Uncared) }},
		{"idle_stays", len(t.Idle), func() []column { return idleColumns(t.Idle) }},
		{"unattended", len(t.Unattended), func() []column { return unattendedColumns(t.Unattended) }},
		{"attested", len(t.Attested), func() []column { return attestedColumns(t.Attested) }},
	}
}

// The tuples of arrays, in the order in which the columns fill them.
const (
	gapsType   = "Array(Tuple(from Int64, until Int64, length Int64, ongoing Bool))"
	inGapsType = "Array(Tuple(at Int64, record_id String, amount Int64, gap Int64))"
	proofsType = "Array(Tuple(at Int64, counted Int64, score Int64))"
)

// courseOf are what every table of stays says of their course.
func courseOf[R any](list []R, stay func(R) *slice.Stay) []column {
	rows := rowsOf[R](list)
	return []column{
		rows.stay("stay", stay),
		rows.text("institution_id", func(r R) string { return stay(r).InstitutionID }),
		rows.yes("open", func(r R) bool { return stay(r).DischargedAt == nil }),
		rows.at("ended_at", func(r R) claimwatch.Instant { return stay(r).EndedAt }),
	}
}

func uncaredColumns(stays []*slice.Uncared) []column {
	type row = *slice.Uncared
	rows := rowsOf[row](stays)
	return append(courseOf(stays, func(u row) *slice.Stay { return u.Stay }),
		rows.at("last_gap", func(u row) claimwatch.Instant { return u.LastGap }),
		rows.at("resumes_at", row.ResumesAt),
		rows.yes("restless", func(u row) bool { return u.Restless() }),
		of("gaps", gapsType, stays, func(u row) [][]any {
			return tuples(u.Gaps, func(g slice.Gap) []any { return []any{int64(g.From), int64(g.Until), int64(g.Length), g.Ongoing} })
		}),
		of("fees", inGapsType, stays, func(u row) [][]any {
			return tuples(u.Fees, func(f slice.GapFee) []any { return append(dayFeeTuple(f.DayFee), int64(f.Gap)) })
		}),
	)
}

func idleColumns(stays []*slice.Idle) []column {
	type row = *slice.Idle
	rows := rowsOf[row](stays)
	return []column{
		rows.stay("stay", func(i row) *slice.Stay { return i.Stay }),
		rows.text("institution_id", func(i row) string { return i.InstitutionID }),
		of("days", "Int32", stays, func(i row) int32 { return int32(len(i.Days)) }),
		of("idle_days", "Int32", stays, func(i row) int32 { return int32(len(i.IdleDays)) }),
		of("fees", chargesType, stays, func(i row) [][]any { return tuples(i.Fees, dayFeeTuple) }),
	}
}

func unattendedColumns(stays []*slice.Unattended) []column {
	type row = *slice.Unattended
	rows := rowsOf[row](stays)
	return append(courseOf(stays, func(u row) *slice.Stay { return u.Stay }),
		rows.at("admitted_at", func(u row) claimwatch.Instant { return u.AdmittedAt }),
		rows.optional("first_order", func(u row) *int64 { return optionalAt(u.FirstOrder) }),
		rows.at("present", func(u row) claimwatch.Instant { return u.Present }),
		rows.yes("restless", func(u row) bool { return u.Restless() }),
		of("fees", chargesType, stays, func(u row) [][]any { return tuples(u.Fees, dayFeeTuple) }),
	)
}

func attestedColumns(stays []*slice.Attested) []column {
	type row = *slice.Attested
	rows := rowsOf[row](stays)
	return append(courseOf(stays, func(a row) *slice.Stay { return a.Stay }),
		rows.yes("restless", func(a row) bool { return a.Restless() || a.DischargedAt == nil && a.NursedAtEnd }),
		rows.at("resumes_at", row.ResumesAt),
		of("proofs", proofsType, stays, func(a row) [][]any {
			return tuples(a.Proofs, func(p slice.Proof) []any { return []any{int64(p.At), int64(p.Counted), p.Score} })
		}),
		of("fees", chargesType, stays, func(a row) [][]any { return tuples(a.Fees, dayFeeTuple) }),
	)
}
