package store_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// stayed are the records of a stay of a class with diagnoses; discharged may be empty.
func stayed(institution, person, class, admitted, discharged, diagnosis string) []*claimwatch.Record {
	of := func(kind claimwatch.Kind, id, at string) *claimwatch.Record {
		r := record(kind, institution, person, id+person, clock(at))
		return set(r, "diagnoses", claimwatch.Value{Text: diagnosis})
	}
	records := []*claimwatch.Record{set(of(claimwatch.Admission, "a", admitted), "class", claimwatch.Value{Text: class})}
	if discharged != "" {
		records = append(records, of(claimwatch.Discharge, "d", discharged))
	}
	return records
}

// levels loads institutions of levels 1 to 3; H4's row is withdrawn.
func levels(t *testing.T, db *store.DB) {
	t.Helper()
	var rows []store.ReferenceRow
	for level, id := range []string{"", "H1", "H2", "H3"} {
		if id != "" {
			rows = append(rows, refRow("institutions", int64(level), map[string]string{"institution_id": id, "name": id, "kind": "medical", "city": "TY"}))
		}
	}
	gone := refRow("institutions", 2, map[string]string{"institution_id": "H4", "name": "H4", "kind": "medical", "city": "TY"})
	must(t, db.SaveReference(t.Context(), store.ReferenceLoad{Table: "institutions", Seq: 1, Rows: append(rows, gone)}))
	gone.Void = true
	must(t, db.SaveReference(t.Context(), store.ReferenceLoad{Table: "institutions", Seq: 2, Rows: []store.ReferenceRow{gone}}))
}

func TestStayLengths(t *testing.T) {
	db := open(t)
	levels(t, db)
	window := claimwatch.Interval{From: clock("2024-03-01T00:00"), Until: clock("2026-03-01T00:00")}
	asOf := clock("2026-03-10T00:00")
	again := stayed("H3", "p9", "inpatient", "2025-01-01T10:00", "2025-01-11T09:00", "S82.0")[1]
	again.RecordID, again.OccurredAt = "d-second", clock("2025-02-01T09:00")
	revised := stayed("H3", "p10", "inpatient", "2026-02-01T10:00", "2026-03-05T10:00", "S82.0")
	earlier := stayed("H3", "p10", "inpatient", "2026-02-01T10:00", "2026-02-06T10:00", "S82.0")[1]
	revised[1].Revision = 2
	cancelled := stayed("H3", "p11", "inpatient", "2026-02-01T10:00", "2026-02-06T10:00", "S82.0")
	gone := stayed("H3", "p11", "inpatient", "2026-02-01T10:00", "2026-02-06T10:00", "S82.0")[1]
	gone.Revision, gone.Cancelled = 2, true
	back := stayed("H3", "p12", "inpatient", "2026-02-01T10:00", "2026-04-06T10:00", "S82.0")
	backNow := stayed("H3", "p12", "inpatient", "2026-02-01T10:00", "2026-02-03T10:00", "S82.0")[1]
	backNow.Revision = 2
	discharged := stayed("H3", "p13", "rehab", "2026-02-01T10:00", "2026-02-04T10:00", "")
	discharged[0] = set(discharged[0], "diagnoses", claimwatch.Value{Text: "T14.1"})
	for i, records := range [][]*claimwatch.Record{
		stayed("H3", "p1", "inpatient", "2024-02-20T10:00", "2024-03-01T00:00", "S82.0"), // 10 days, the first instant
		stayed("H3", "p2", "inpatient", "2024-02-20T10:00", "2024-02-29T23:59", "S82.0"), // before
		stayed("H3", "p3", "inpatient", "2026-02-18T10:00", "2026-02-28T23:59", "S82.1"), // 10 days
		stayed("H3", "p4", "inpatient", "2026-02-18T10:00", "2026-03-01T00:00", "S82.1"), // after
		stayed("H2", "p5", "rehab", "2025-05-05T10:00", "2025-05-05T18:00", "S82.1"),     // 1 day, another level
		stayed("H3", "p6", "outpatient", "2025-05-05T10:00", "2025-05-07T18:00", "S82.1"),
		stayed("H3", "p7", "inpatient", "2025-05-05T10:00", "", "S82.1"), // open
		stayed("H3", "p8", "inpatient", "2025-05-05T10:00", "2025-05-07T18:00", ""),
		append(stayed("H3", "p9", "inpatient", "2025-01-01T10:00", "2025-01-11T09:00", "S82.0"), again), // 10 days by the first
		{revised[0], earlier, revised[1]},                                                               // moved out of the window
		append(cancelled, gone),
		append(back, backNow), // moved into it: 2 days
		discharged,            // 3 days of T14: the discharge gives none
		stayed("H4", "p14", "inpatient", "2025-05-05T10:00", "2025-05-07T18:00", "S82.1"),
		stayed("H5", "p15", "inpatient", "2025-05-05T10:00", "2025-05-07T18:00", "S82.1"),
		stayed("H3", "p16", "inpatient", "2025-05-09T10:00", "2025-05-07T18:00", "S82.1"),     // discharged before: 1 day
		stayed("H3", "p17", "inpatient", "2026-02-01T10:00", "2026-02-06T10:00", "S82.0")[1:], // no admission
	} {
		must(t, db.InsertRecords(t.Context(), stored(0, int64(i+1), records...)))
	}
	counted := got(db.StayLengths(t.Context(), asOf, window))(t)
	slices.SortFunc(counted.Lengths, func(a, b store.StayLength) int {
		return cmp.Compare(fmt.Sprintf("%s%d%03d", a.Group, a.Level, a.Days), fmt.Sprintf("%s%d%03d", b.Group, b.Level, b.Days))
	})
	same(t, "StayLengths()", counted, store.StayLengths{NoGroup: 1, NoLevel: 2, Lengths: []store.StayLength{
		{Group: "S82", Level: 2, Days: 1, Stays: 1},
		{Group: "S82", Level: 3, Days: 1, Stays: 1},
		{Group: "S82", Level: 3, Days: 2, Stays: 1},
		{Group: "S82", Level: 3, Days: 10, Stays: 3},
		{Group: "T14", Level: 3, Days: 3, Stays: 1},
	}})

	early := got(db.StayLengths(t.Context(), clock("2024-03-05T00:00"), window))(t)
	same(t, "as known by the times of the records early in the window", early.Lengths, []store.StayLength{{Group: "S82", Level: 3, Days: 10, Stays: 1}})
	none := got(db.StayLengths(t.Context(), asOf, claimwatch.Interval{From: clock("2020-01-01T00:00"), Until: clock("2022-01-01T00:00")}))(t)
	same(t, "no discharge", none, store.StayLengths{Lengths: []store.StayLength{}})
}
