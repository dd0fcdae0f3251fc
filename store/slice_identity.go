package store

import (
	"claimwatch"
	"claimwatch/store/slice"
)

// The tuples of arrays, in the order in which the columns fill them.
const (
	seenType   = "Array(Tuple(stay UInt32, institution_id String, record_id String, at Int64))"
	doubtsType = "Array(Tuple(at Int64, day Int32, record_id String, score Int64))"
	namesType  = "Array(Tuple(at Int64, record_id String))"
)

func doubtedColumns(stays []*slice.Doubted) []column {
	type row = *slice.Doubted
	rows := rowsOf[row](stays)
	return []column{
		rows.stay("stay", func(d row) *slice.Stay { return d.Stay }),
		rows.text("institution_id", func(d row) string { return d.InstitutionID }),
		of("checks", doubtsType, stays, func(d row) [][]any { return tuples(d.Faces, doubtTuple) }),
		of("fees", dayFeesType, stays, func(d row) [][]any {
			return tuples(d.Charged, func(l *slice.Line) []any { return []any{int64(l.At), int32(l.Day()), l.RecordID, l.Amount} })
		}),
	}
}

func doubtTuple(c *slice.Check) []any {
	return []any{int64(c.At), int32(c.At.Day()), c.RecordID, c.LeastScore()}
}

func sightingColumns(pairs []*slice.Sighting) []column {
	type pair = *slice.Sighting
	rows := rowsOf[pair](pairs)
	return []column{
		rows.text("person_id", func(p pair) string { return p.First.PersonID }),
		rows.text("smaller_institution", func(p pair) string { smaller, _ := p.Institutions(); return smaller }),
		rows.text("greater_institution", func(p pair) string { _, greater := p.Institutions(); return greater }),
		rows.day("day", pair.Day),
		rows.number("apart", pair.Apart),
		rows.optional("first_score", func(p pair) *int64 { return p.First.Score }),
		rows.optional("second_score", func(p pair) *int64 { return p.Second.Score }),
		of("checks", seenType, pairs, func(p pair) [][]any {
			return tuples([]slice.Seen{p.First, p.Second}, func(s slice.Seen) []any {
				return []any{s.Stay.Number, s.InstitutionID, s.RecordID, int64(s.At)}
			})
		}),
	}
}

func emergencyColumns(emergencies []*slice.Emergency) []column {
	type emergency = *slice.Emergency
	rows := rowsOf[emergency](emergencies)
	return []column{
		rows.stay("stay", func(e emergency) *slice.Stay { return e.Stay }),
		rows.text("institution_id", func(e emergency) string { return e.InstitutionID }),
		rows.at("as_of", func(e emergency) claimwatch.Instant { return e.AsOf }),
		of("terms", "Array(Int64)", emergencies, func(e emergency) []int64 { return numbersOf[int64](e.Terms) }),
		rows.optional("matched", func(e emergency) *int64 { return optionalAt(e.Matched) }),
		of("checks", namesType, emergencies, func(e emergency) [][]any {
			return tuples(e.Checks, func(c *slice.Check) []any { return []any{int64(c.At), c.RecordID} })
		}),
	}
}

func deathColumns(deaths []*slice.Death) []column {
	type death = *slice.Death
	rows := rowsOf[death](deaths)
	return []column{
		rows.stay("stay", func(d death) *slice.Stay { return d.Stay }),
		rows.text("institution_id", func(d death) string { return d.InstitutionID }),
		rows.day("died", func(d death) claimwatch.Day { return d.Person.Died }),
		of("fees", chargesType, deaths, func(d death) [][]any { return chargeTuples(d.Later) }),
	}
}
