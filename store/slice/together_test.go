package slice_test

import (
	"fmt"
	"testing"

	"claimwatch"
	"claimwatch/store/slice"
)

// elsewhere moves a record to H2.
func elsewhere(h *slice.Head) { h.InstitutionID = "H2" }

func TestOverlaps(t *testing.T) {
	referred := func(from, to string, day claimwatch.Day) *slice.Reference {
		return known(slice.Reference{Referrals: map[string][]slice.Referral{"P1": {{From: from, To: to, ApprovedOn: day}}}})
	}
	for _, c := range []struct {
		name      string
		change    func(first, second *slice.Admission, end *slice.Discharge)
		reference *slice.Reference
		want      []string
	}{
		{"a day", func(*slice.Admission, *slice.Admission, *slice.Discharge) {}, known(slice.Reference{}), []string{"S1 S2 03T10:00 04T10:00 false [B2 B3]"}},
		{"they touch", func(_, b *slice.Admission, _ *slice.Discharge) { b.At = clock("04T10:00") }, known(slice.Reference{}), []string{}},
		{"a visit", func(_, b *slice.Admission, _ *slice.Discharge) { b.Class = "outpatient" }, known(slice.Reference{}), []string{}},
		{"another person", func(_, b *slice.Admission, _ *slice.Discharge) { b.PersonID = "P2" }, known(slice.Reference{}), []string{}},
		{"a forgotten discharge", func(_, _ *slice.Admission, d *slice.Discharge) { d.Cancelled = true }, known(slice.Reference{}), []string{"S1 S2 03T10:00 03T18:00 false [B2]"}},
		{"a transfer", func(_, b *slice.Admission, _ *slice.Discharge) { b.Route = "transfer" }, referred("H1", "H2", on("03")), []string{"S1 S2 03T10:00 04T10:00 true [B2 B3]"}},
		{"referred a day too late", func(_, b *slice.Admission, _ *slice.Discharge) { b.Route = "transfer" }, referred("H1", "H2", on("04")), []string{"S1 S2 03T10:00 04T10:00 false [B2 B3]"}},
		{"referred from elsewhere", func(_, b *slice.Admission, _ *slice.Discharge) { b.Route = "transfer" }, referred("H3", "H2", on("01")), []string{"S1 S2 03T10:00 04T10:00 false [B2 B3]"}},
		{"the first began later", func(a, _ *slice.Admission, _ *slice.Discharge) { a.At = clock("03T11:00") }, known(slice.Reference{}), []string{"S2 S1 03T11:00 04T10:00 false [B1]"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b, d := admitted("S1", "01T08:00"), admitted("S2", "03T10:00"), discharged("S1", "04T10:00")
			elsewhere(&b.Head)
			c.change(a, b, d)
			fees := []*slice.Fee{charged("B1", "03T18:00", "BED", "bed")}
			for i, at := range []string{"03T08:00", "04T23:59", "05T00:00"} {
				f := charged(fmt.Sprintf("B%d", i+2), at, "BED", "bed")
				f.InstitutionID, f.StayID, f.PersonID = b.InstitutionID, "S2", b.PersonID
				fees = append(fees, f)
			}
			got := tablesOf(slice.Facts{Admissions: []*slice.Admission{a, b}, Discharges: []*slice.Discharge{d}, Fees: fees}, c.reference)
			same(t, "overlaps", each(got.Overlaps, func(o *slice.Overlap) string {
				return fmt.Sprintf("%s %s %s %v %v", o.Earlier.StayID, o.Later.StayID, span(o.Span), o.HandedOver,
					each(o.Fees(), func(f slice.DayFee) string { return f.RecordID }))
			}), c.want)
		})
	}
}

func TestVisits(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(visit *slice.Admission, leave *slice.Leave, end *slice.Discharge)
		want   []string
	}{
		{"during the stay", func(*slice.Admission, *slice.Leave, *slice.Discharge) {}, []string{"within true, elsewhere false, [N3] [V1]"}},
		{"elsewhere", func(v *slice.Admission, _ *slice.Leave, _ *slice.Discharge) { v.InstitutionID = "H2" }, []string{"within true, elsewhere true, [N3] []"}},
		{"on the first day", func(v *slice.Admission, _ *slice.Leave, _ *slice.Discharge) { v.At = clock("01T23:59") }, []string{}},
		{"on the last day", func(v *slice.Admission, _ *slice.Leave, _ *slice.Discharge) { v.At = clock("05T00:00") }, []string{}},
		{"on leave", func(_ *slice.Admission, l *slice.Leave, _ *slice.Discharge) { l.Until = clock("03T09:01") }, []string{}},
		{"the leave just ended", func(_ *slice.Admission, l *slice.Leave, _ *slice.Discharge) { l.Until = clock("03T09:00") }, []string{"within true, elsewhere false, [N3] [V1]"}},
		{"the last day so far", func(_ *slice.Admission, _ *slice.Leave, d *slice.Discharge) { d.Cancelled = true }, []string{"due 04T00:00"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v, l, d := admitted("C1", "03T09:00"), leave("L1", "03T08:00", "03T08:30"), discharged("S1", "05T10:00")
			v.Class = "outpatient"
			c.change(v, l, d)
			own := charged("V1", "03T09:30", "X", "drug")
			own.StayID = "C1"
			got := tablesOf(slice.Facts{
				Admissions: []*slice.Admission{admitted("S1", "01T08:00"), v}, Discharges: []*slice.Discharge{d}, Leaves: []*slice.Leave{l},
				Fees: []*slice.Fee{charged("N2", "02T12:00", "NURSE", "nursing"), charged("N3", "03T00:00", "NURSE", "nursing"), own},
			}, known(slice.Reference{}))
			same(t, "visits", each(got.Visits, func(v *slice.Visit) string {
				if !v.Within {
					return "due " + at(v.DueAt)
				}
				return fmt.Sprintf("within %v, elsewhere %v, %v %v", v.Within, v.Elsewhere(), each(v.DayFees(), func(f slice.DayFee) string { return f.RecordID }), names(v.Fees))
			}), c.want)
		})
	}
}

// TestDaysWithoutVitals: the stay has the days from the second to the seventh.
func TestDaysWithoutVitals(t *testing.T) {
	able := slice.Institution{City: "Taiyuan", Level: 3, Capabilities: []string{"vitals"}}
	for _, c := range []struct {
		name        string
		open        bool
		vitals      []string
		leave       []*slice.Leave
		institution slice.Institution
		want        []string
	}{
		{"taken every other day", false, []string{"03T00:00", "05T23:59", "07T12:00"}, nil, able, []string{"[02-02 1 false] [04-04 1 false] [06-06 1 false], 0"}},
		{"never taken", false, nil, nil, able, []string{"[02-07 6 false], 6"}},
		{"never taken so far", true, nil, nil, able, []string{"[02-07 6 true], 6"}},
		{"today is no day", true, []string{"02T12:00", "08T12:00"}, nil, able, []string{"[03-07 5 true], 5"}},
		{"taken yesterday", true, []string{"02T12:00", "04T12:00", "05T12:00", "06T12:00", "07T12:00"}, nil, able, []string{"[03-03 1 false], 0"}},
		{"every day", false, []string{"02T12:00", "03T12:00", "04T12:00", "05T12:00", "06T12:00", "07T12:00"}, nil, able, []string{}},
		{"on leave between", false, []string{"02T12:00", "06T12:00", "07T12:00"}, []*slice.Leave{leave("L", "04T00:00", "05T00:00")}, able, []string{"[03-05 2 false], 0"}},
		{"the institution uploads none", false, nil, nil, slice.Institution{Capabilities: []string{"nursing"}}, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			// A record of somebody else moves the present.
			facts := slice.Facts{Admissions: []*slice.Admission{admitted("S1", "02T08:00")}, Leaves: c.leave, CareRecords: []*slice.CareRecord{{Head: of(head("Z", "08T14:00"), "S2")}}}
			if !c.open {
				facts.Discharges = []*slice.Discharge{discharged("S1", "08T10:00")}
			}
			for i, at := range c.vitals {
				facts.CareRecords = append(facts.CareRecords, &slice.CareRecord{Head: head(fmt.Sprint("V", i), at), Type: "vitals"})
			}
			got := tablesOf(facts, known(slice.Reference{Institutions: map[string]slice.Institution{"H1": c.institution}}))
			same(t, "runs", each(got.Unmeasured, func(u *slice.Unmeasured) string {
				text := ""
				for _, r := range u.Runs {
					text += fmt.Sprintf("[%s-%s %d %v] ", day(r.First), day(r.Last), r.Days, r.Ongoing)
				}
				return fmt.Sprintf("%s, %d", text[:max(0, len(text)-1)], u.Last)
			}), c.want)
		})
	}
}

// TestFirstDayIsNotOver: an open stay has no day yet on the day it began.
func TestFirstDayIsNotOver(t *testing.T) {
	got := tablesOf(slice.Facts{Admissions: []*slice.Admission{admitted("S1", "02T08:00")}},
		known(slice.Reference{Institutions: map[string]slice.Institution{"H1": {Capabilities: []string{"vitals"}}}}))
	same(t, "runs", each(got.Unmeasured, func(u *slice.Unmeasured) string { return fmt.Sprint(len(u.Runs), u.Last) }), []string{"0 0"})
}
