package store

import (
	"claimwatch"
	"claimwatch/store/slice"
)

// The tuples of arrays, in the order in which courseColumns fill them.
const (
	spansType   = "Array(Tuple(from Int64, until Int64))"
	dayFeesType = "Array(Tuple(at Int64, day Int32, record_id String, amount Int64))"
	checksType  = "Array(Tuple(at Int64, record_id String, method String, result String, score Nullable(Int64), liveness Nullable(Bool)))"
)

type stayRow = *slice.Stay

func stayColumns(stays []stayRow) []column {
	rows := rowsOf[stayRow](stays)
	return append(append(courseColumns(stays), knownColumns(stays)...),
		rows.stay("stay", func(s stayRow) *slice.Stay { return s }),
		rows.text("subject", stayRow.Subject),
		rows.text("institution_id", func(s stayRow) string { return s.InstitutionID }),
		rows.text("person_id", func(s stayRow) string { return s.PersonID }),
		rows.text("stay_id", func(s stayRow) string { return s.StayID }),
		rows.text("admission_id", func(s stayRow) string { return s.AdmissionID }),
		rows.text("class", func(s stayRow) string { return s.Class }),
		rows.yes("inpatient", stayRow.Inpatient),
		rows.text("route", func(s stayRow) string { return s.Route }),
		rows.text("department", func(s stayRow) string { return s.Department }),
		rows.text("ward", func(s stayRow) string { return s.Ward }),
		rows.text("bed", func(s stayRow) string { return s.Bed }),
		rows.text("physician_id", func(s stayRow) string { return s.PhysicianID }),
		rows.text("injury_case_id", func(s stayRow) string { return s.InjuryCaseID }),
		rows.text("series_id", func(s stayRow) string { return s.SeriesID }),
		rows.text("diagnosis_group", func(s stayRow) string { return s.DiagnosisGroup }),
		of("diagnoses", "Array(String)", stays, func(s stayRow) []string { return s.Diagnoses }),
		rows.text("primary_diagnosis", func(s stayRow) string { return s.PrimaryDiagnosis }),
		rows.at("admitted_at", func(s stayRow) claimwatch.Instant { return s.AdmittedAt }),
		rows.day("admitted_on", stayRow.AdmittedOn),
		rows.text("discharge_id", func(s stayRow) string { return s.DischargeID }),
		rows.optional("discharged_at", func(s stayRow) *int64 { return optionalAt(s.DischargedAt) }),
		of("discharged_on", "Nullable(Int32)", stays, dischargedOn),
		rows.text("disposition", func(s stayRow) string { return s.Disposition }),
		rows.text("last_department", func(s stayRow) string { return s.LastDepartment }),
		rows.at("present", func(s stayRow) claimwatch.Instant { return s.Present }),
		rows.at("ended_at", func(s stayRow) claimwatch.Instant { return s.EndedAt }),
		rows.day("ended_on", stayRow.EndedOn),
		of("stay_days", "Int32", stays, stayRow.StayDays),
	)
}

// knownColumns are what reference tables know of the stays.
func knownColumns(stays []stayRow) []column {
	rows := rowsOf[stayRow](stays)
	person := func(s stayRow) *slice.Person {
		if s.Person == nil {
			return &slice.Person{Died: slice.Forever}
		}
		return s.Person
	}
	injury := func(s stayRow) *slice.InjuryCase {
		if s.Case == nil {
			return &slice.InjuryCase{RecognisedOn: slice.Forever, StopWorkUntil: slice.Forever}
		}
		return s.Case
	}
	return []column{
		rows.yes("institution_found", func(s stayRow) bool { return s.InstitutionFound }),
		rows.yes("face_required", func(s stayRow) bool { return s.FaceRequired }),
		of("level", "Nullable(Int32)", stays, func(s stayRow) *int32 { return s.Level }),
		rows.text("city", func(s stayRow) string { return s.City }),
		rows.yes("person_found", func(s stayRow) bool { return s.Person != nil }),
		rows.text("sex", func(s stayRow) string { return person(s).Sex }),
		rows.text("insured_city", func(s stayRow) string { return person(s).InsuredCity }),
		rows.optionalDay("died", func(s stayRow) claimwatch.Day { return person(s).Died }),
		rows.yes("case_found", func(s stayRow) bool { return s.Case != nil }),
		rows.text("case_person_id", func(s stayRow) string { return injury(s).PersonID }),
		rows.optionalDay("recognised_on", func(s stayRow) claimwatch.Day { return injury(s).RecognisedOn }),
		of("case_prefixes", "Array(String)", stays, func(s stayRow) []string { return listOf(injury(s).Prefixes) }),
		rows.yes("trauma", func(s stayRow) bool { return injury(s).Trauma }),
		rows.optionalDay("stop_work_until", func(s stayRow) claimwatch.Day { return injury(s).StopWorkUntil }),
		rows.yes("agreed", func(s stayRow) bool { return s.Agreed }),
		of("referred_on", "Array(Int32)", stays, func(s stayRow) []int32 { return numbersOf[int32](s.ReferredOn) }),
	}
}

func dischargedOn(s stayRow) *int32 {
	if s.DischargedAt == nil {
		return nil
	}
	day := int32(s.DischargedAt.Day())
	return &day
}

// courseColumns are what happened in the stays.
func courseColumns(stays []stayRow) []column {
	rows := rowsOf[stayRow](stays)
	return []column{
		of("leaves", spansType, stays, func(s stayRow) [][]any { return tuples(s.Leaves, spanTuple) }),
		of("excused", spansType, stays, func(s stayRow) [][]any { return tuples(s.Excused, spanTuple) }),
		rows.yes("nursed_at_end", func(s stayRow) bool { return s.NursedAtEnd }),
		of("events", "Array(Int64)", stays, func(s stayRow) []int64 { return numbersOf[int64](s.Events) }),
		rows.optional("first_order", func(s stayRow) *int64 { return optionalAt(s.FirstOrder) }),
		of("days", "Array(Int32)", stays, func(s stayRow) []int32 { return numbersOf[int32](s.Days) }),
		of("idle_days", "Array(Int32)", stays, func(s stayRow) []int32 { return numbersOf[int32](s.IdleDays) }),
		of("day_fees", dayFeesType, stays, func(s stayRow) [][]any {
			return tuples(s.DayFees, func(f slice.DayFee) []any { return []any{int64(f.At), int32(f.At.Day()), f.RecordID, f.Amount} })
		}),
		of("checks", checksType, stays, func(s stayRow) [][]any { return tuples(s.Checks, checkTuple) }),
	}
}

func spanTuple(s slice.Span) []any { return []any{int64(s.From), int64(s.Until)} }

func checkTuple(c *slice.Check) []any {
	return []any{int64(c.At), c.RecordID, c.Method, c.Result, c.Score, c.Liveness}
}

// numbersOf writes numbers of the domain as the driver takes them.
func numbersOf[N int32 | int64, D claimwatch.Instant | claimwatch.Day](values []D) []N {
	list := make([]N, len(values))
	for i, v := range values {
		list[i] = N(v)
	}
	return list
}
