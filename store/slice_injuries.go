package store

import (
	"claimwatch"
	"claimwatch/store/slice"
)

func injuryColumns(injuries []*slice.Injury) []column {
	type injury = *slice.Injury
	rows := rowsOf[injury](injuries)
	known := func(i injury) *slice.InjuryCase {
		if i.Case == nil {
			return &slice.InjuryCase{RecognisedOn: slice.Forever, StopWorkUntil: slice.Forever}
		}
		return i.Case
	}
	return []column{
		rows.stay("stay", func(i injury) *slice.Stay { return i.Stay }),
		rows.text("institution_id", func(i injury) string { return i.InstitutionID }),
		rows.yes("inpatient", func(i injury) bool { return i.Inpatient() }),
		rows.at("admitted_at", func(i injury) claimwatch.Instant { return i.AdmittedAt }),
		rows.day("admitted_on", func(i injury) claimwatch.Day { return i.AdmittedOn() }),
		rows.at("as_of", func(i injury) claimwatch.Instant { return i.AsOf }),
		rows.text("injury_case_id", func(i injury) string { return i.InjuryCaseID }),
		rows.yes("case_found", func(i injury) bool { return i.Case != nil }),
		rows.yes("recognised", func(i injury) bool { return i.Recognised }),
		rows.optionalDay("recognised_on", func(i injury) claimwatch.Day { return known(i).RecognisedOn }),
		of("prefixes", "Array(String)", injuries, func(i injury) []string { return listOf(known(i).Prefixes) }),
		rows.yes("related", func(i injury) bool { return i.Related }),
		of("diagnoses", "Array(String)", injuries, func(i injury) []string { return listOf(i.Diagnoses) }),
		rows.optionalDay("stop_work_until", func(i injury) claimwatch.Day { return known(i).StopWorkUntil }),
		of("fees", chargesType, injuries, func(i injury) [][]any { return chargeTuples(i.Charges) }),
	}
}

func illnessColumns(fees []*slice.Line) []column {
	type line = *slice.Line
	rows := rowsOf[line](fees)
	return append(candidateColumns(fees), rows.text("item_code", func(l line) string { return l.ItemCode }))
}
