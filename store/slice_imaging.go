package store

import "claimwatch/store/slice"

const imagingType = "Array(Tuple(stay UInt32, institution_id String, record_id String, at Int64, day Int32, " +
	"fees Array(Tuple(record_id String, at Int64, amount Int64))))"

func imagingColumns(series []slice.Series) []column {
	rows := rowsOf[slice.Series](series)
	return []column{
		rows.text("person_id", func(s slice.Series) string { return s[0].PersonID }),
		rows.text("modality", func(s slice.Series) string { return s[0].Modality }),
		rows.text("body_part", func(s slice.Series) string { return s[0].BodyPart }),
		of("reports", imagingType, series, func(s slice.Series) [][]any { return tuples(s, reportTuple) }),
	}
}

func reportTuple(r *slice.Report) []any {
	fees := tuples(r.Fees, func(l *slice.Line) []any { return []any{l.RecordID, int64(l.At), l.Amount} })
	return []any{r.Stay.Number, r.InstitutionID, r.RecordID, int64(r.At), int32(r.Day()), fees}
}
