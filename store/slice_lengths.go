package store

import "claimwatch/store/slice"

func lengthColumns(lengths []*slice.Length) []column {
	type length = *slice.Length
	rows := rowsOf[length](lengths)
	none := &slice.Baseline{}
	usual := func(l length) *slice.Baseline {
		if l.Usual == nil {
			return none
		}
		return l.Usual
	}
	return []column{
		rows.stay("stay", func(l length) *slice.Stay { return l.Stay }),
		rows.text("institution_id", func(l length) string { return l.InstitutionID }),
		of("stay_days", "Int32", lengths, func(l length) int32 { return l.StayDays() }),
		rows.text("diagnosis_group", func(l length) string { return l.DiagnosisGroup }),
		of("n", "Nullable(Int32)", lengths, func(l length) *int32 {
			if l.Usual == nil {
				return nil
			}
			return &l.Usual.N
		}),
		rows.number("p95", func(l length) int64 { return usual(l).P95 }),
		rows.number("median", func(l length) int64 { return usual(l).Median }),
		rows.number("mad", func(l length) int64 { return usual(l).MAD }),
	}
}
