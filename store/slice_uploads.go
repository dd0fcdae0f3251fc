package store

import (
	"claimwatch"
	"claimwatch/store/slice"
)

// uploadTables are the tables of what was uploaded late, changed, or not at all.
func uploadTables(t slice.Tables) []filledTable {
	return []filledTable{
		{"late_uploads", len(t.LateUploads), func() []column { return lateColumns(t.LateUploads) }},
		{"incomplete", len(t.Incomplete), func() []column { return incompleteColumns(t.Incomplete, t.AsOf) }},
		{"changes", len(t.Changes), func() []column { return changeColumns(t.Changes) }},
	}
}

const uploadsType = "Array(Tuple(kind String, record_id String, at Int64, received_at Int64))"

func lateColumns(late []*slice.LateUploads) []column {
	type row = *slice.LateUploads
	rows := rowsOf[row](late)
	return []column{
		rows.stay("stay", func(l row) *slice.Stay { return l.Stay }),
		rows.text("institution_id", func(l row) string { return l.Stay.InstitutionID }),
		of("uploads", uploadsType, late, func(l row) [][]any {
			return tuples(l.Records, func(u slice.Upload) []any { return append(namedTuple(u.NamedRecord), int64(u.ReceivedAt)) })
		}),
	}
}

func incompleteColumns(lacks []*slice.Incomplete, asOf claimwatch.Instant) []column {
	type row = *slice.Incomplete
	rows := rowsOf[row](lacks)
	return []column{
		rows.stay("stay", func(i row) *slice.Stay { return i.Stay }),
		rows.text("institution_id", func(i row) string { return i.Stay.InstitutionID }),
		rows.text("lacks", func(i row) string { return i.Lacks }),
		rows.at("since", func(i row) claimwatch.Instant { return i.Since }),
		rows.at("as_of", func(row) claimwatch.Instant { return asOf }),
		rows.text("month", func(i row) string { return i.Month }),
		rows.number("declared", func(i row) int64 { return i.Declared }),
		rows.number("charged", func(i row) int64 { return i.Charged }),
		of("declared_lines", "Int32", lacks, func(i row) int32 { return i.Lines }),
		of("charged_lines", "Int32", lacks, func(i row) int32 { return i.Found }),
		of("records", namedType, lacks, func(i row) [][]any { return tuples(i.Records, namedTuple) }),
	}
}

func changeColumns(changes []*slice.Changed) []column {
	type row = *slice.Changed
	rows := rowsOf[row](changes)
	return []column{
		rows.stay("stay", func(c row) *slice.Stay { return c.Stay }),
		rows.text("institution_id", func(c row) string { return c.Stay.InstitutionID }),
		of("revised", "Int32", changes, func(c row) int32 { return c.Revised }),
		of("contradicted", "Int32", changes, func(c row) int32 { return c.Contradicted }),
		rows.number("amount", func(c row) int64 { return c.Amount }),
		of("records", namedType, changes, func(c row) [][]any { return tuples(c.Named, namedTuple) }),
	}
}
