package slice_test

import (
	"fmt"
	"testing"

	"claimwatch"
	"claimwatch/store/slice"
)

// on is a day of January 2026.
func on(text string) claimwatch.Day { return clock(text + "T00:00").Day() }

// known is what reference tables say: these tables are loaded, H1 lies in Taiyuan.
func known(r slice.Reference, loaded ...string) *slice.Reference {
	r.Loaded = map[string]bool{}
	for _, table := range loaded {
		r.Loaded[table] = true
	}
	if r.Institutions == nil {
		r.Institutions = map[string]slice.Institution{"H1": {City: "Taiyuan", Level: 3}}
	}
	return &r
}

func tablesOf(f slice.Facts, r *slice.Reference) slice.Tables {
	w := slice.WorldOf(f, end)
	return w.Tables(w.Moved, &slice.Others{}, r)
}

func always() slice.Validity { return slice.Validity{Since: on("01") - 100, Until: slice.Forever} }

// names of lines.
func names(lines []*slice.Line) []string {
	return each(lines, func(l *slice.Line) string { return l.RecordID })
}

func TestUnagreedCharges(t *testing.T) {
	row := func(kind, status, since, until string) slice.Agreement {
		return slice.Agreement{Kind: kind, Status: status, Validity: slice.Validity{Since: on(since), Until: on(until)}}
	}
	holdover := row("medical", "active", "01", "02")
	holdover.Holdover = true
	items := map[string][]slice.Item{"WALK": {{Validity: always(), Rehab: true}}, "CT": {{Validity: always()}}}
	for _, c := range []struct {
		name   string
		loaded []string
		rows   []slice.Agreement
		want   []string
	}{
		{"never loaded", nil, nil, []string{}},
		{"no agreement", []string{"agreements", "items"}, nil, []string{"F1 false", "F2 false", "F3 false", "F4 false"}},
		{"an agreement up to the fourth", []string{"agreements", "items"}, []slice.Agreement{row("medical", "active", "01", "04")}, []string{"F2 true", "F3 true", "F4 false"}},
		{"with holdover", []string{"agreements", "items"}, []slice.Agreement{holdover}, []string{"F2 true", "F3 true"}},
		{"without items nobody knows what rehabilitation is", []string{"agreements"}, []slice.Agreement{holdover}, []string{}},
		{"an agreement for rehabilitation too", []string{"agreements", "items"}, []slice.Agreement{row("rehab", "active", "01", "09")}, []string{}},
		{"which is suspended", []string{"agreements", "items"}, []slice.Agreement{row("rehab", "suspended", "01", "09")}, []string{"F2 true", "F3 true"}},
		{"suspended beats active", []string{"agreements", "items"}, []slice.Agreement{
			row("rehab", "active", "01", "09"), row("medical", "active", "01", "09"), row("medical", "suspended", "03", "04"),
		}, []string{"F3 true"}},
		{"terminated and for devices", []string{"agreements", "items"}, []slice.Agreement{
			row("medical", "terminated", "01", "09"), row("device", "active", "01", "09"),
		}, []string{"F1 false", "F2 false", "F3 false", "F4 false"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			own := charged("F9", "02T08:00", "CT", "exam")
			own.SelfPay = true
			got := tablesOf(slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00")}, Fees: []*slice.Fee{
				charged("F1", "02T08:00", "CT", "exam"), charged("F2", "02T09:00", "WALK", "rehab"), charged("F3", "03T08:00", "NEW", "rehab"),
				charged("F4", "04T00:00", "CT", "exam"), own,
			}}, known(slice.Reference{Agreements: map[string][]slice.Agreement{"H1": c.rows}, Items: items}, c.loaded...))
			same(t, "lines", each(got.Unagreed, func(l *slice.Line) string { return fmt.Sprint(l.RecordID, " ", l.Agreed) }), c.want)
		})
	}
}

func TestWorkOfSuspendedPhysicians(t *testing.T) {
	fee := func(id, at, physician string) *slice.Fee {
		f := charged(id, at, "CT", "exam")
		f.PhysicianID = physician
		return f
	}
	by := func(o *slice.Order, physician string) *slice.Order { o.PhysicianID = physician; return o }
	got := tablesOf(slice.Facts{
		Admissions: []*slice.Admission{admitted("S1", "01T08:00")},
		Fees: []*slice.Fee{
			fee("before", "02T23:59", "D1"), fee("first day", "03T00:00", "D1"), fee("last day", "04T23:59", "D1"), fee("after", "05T00:00", "D1"),
			fee("again", "09T00:00", "D1"), fee("colleague", "03T08:00", "D2"), fee("nobody", "03T08:00", ""),
		},
		Orders: []*slice.Order{by(order("order", "03T08:00", "drug"), "D1"), by(order("late order", "05T08:00", "drug"), "D1")},
	}, known(slice.Reference{Suspended: map[string][]slice.Validity{
		"D1": {{Since: on("03"), Until: on("05")}, {Since: on("09"), Until: slice.Forever}},
	}}))
	same(t, "work", each(got.SuspendedWork, func(w slice.SuspendedWork) string {
		return fmt.Sprintf("%s %s of %s: %d", w.Kind, w.RecordID, w.PhysicianID, w.Amount)
	}), []string{"fee first day of D1: 1000", "fee last day of D1: 1000", "fee again of D1: 1000", "order order of D1: 0"})
}

func TestStaysOutOfArea(t *testing.T) {
	emergency, visit := admitted("S2", "02T08:00"), admitted("S3", "03T08:00")
	emergency.Route, visit.Class = "emergency", "outpatient"
	for name, c := range map[string]struct {
		persons map[string]slice.Person
		loaded  []string
		want    []string
	}{
		"insured elsewhere":   {map[string]slice.Person{"P1": {InsuredCity: "Datong"}}, []string{"institutions", "persons", "referrals"}, []string{"S1", "S3"}},
		"insured here":        {map[string]slice.Person{"P1": {InsuredCity: "Taiyuan"}}, []string{"institutions", "persons", "referrals"}, []string{}},
		"an unknown person":   {nil, []string{"institutions", "persons", "referrals"}, []string{}},
		"referrals not there": {map[string]slice.Person{"P1": {InsuredCity: "Datong"}}, []string{"institutions", "persons"}, []string{}},
	} {
		got := tablesOf(slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00"), emergency, visit}}, known(slice.Reference{Persons: c.persons}, c.loaded...))
		same(t, name, each(got.OutOfArea, func(s *slice.Stay) string { return s.StayID }), c.want)
	}
}

func TestDeaths(t *testing.T) {
	facts := slice.Facts{
		Admissions: []*slice.Admission{admitted("S1", "01T08:00"), admitted("S2", "03T00:00"), admitted("S3", "02T23:59")},
		Fees:       []*slice.Fee{charged("F1", "02T23:59", "CT", "exam"), charged("F2", "03T00:00", "CT", "exam"), charged("F3", "04T00:00", "CT", "exam")},
	}
	dead := tablesOf(facts, known(slice.Reference{Persons: map[string]slice.Person{"P1": {Died: on("02")}}}))
	same(t, "deaths", each(dead.Deaths, func(d *slice.Death) string { return fmt.Sprint(d.StayID, " ", names(d.Later)) }),
		[]string{"S1 [F2 F3]", "S2 []"})
	alive := tablesOf(facts, known(slice.Reference{Persons: map[string]slice.Person{"P1": {Died: slice.Forever}}}))
	same(t, "of the living", len(alive.Deaths), 0)
}

func TestLengths(t *testing.T) {
	visit, nameless := admitted("S3", "03T08:00"), admitted("S4", "04T08:00")
	visit.Class, nameless.Diagnoses = "outpatient", nil
	facts := slice.Facts{
		Admissions: []*slice.Admission{admitted("S1", "01T08:00"), admitted("S2", "02T08:00"), visit, nameless},
		Discharges: []*slice.Discharge{discharged("S1", "09T08:00"), discharged("S3", "03T09:00"), discharged("S4", "05T08:00")},
	}
	baselines := map[slice.BaselineKey]slice.Baseline{
		{Group: "S72", Level: 3, Month: "2026-01"}: {N: 30}, {Group: "S72", Level: 2, Month: "2026-01"}: {N: 2},
		{Group: "S72", Level: 3, Month: "2025-12"}: {N: 12}, {Group: "", Level: 3, Month: "2026-01"}: {N: 1},
	}
	got := tablesOf(facts, known(slice.Reference{Baselines: baselines}, "institutions", "los_baselines"))
	same(t, "lengths", each(got.Lengths, func(l *slice.Length) string {
		if l.Usual == nil {
			return l.StayID + " none"
		}
		return fmt.Sprint(l.StayID, " ", l.Usual.N)
	}), []string{"S1 30", "S4 none"})
	same(t, "never loaded", len(tablesOf(facts, known(slice.Reference{Baselines: baselines}, "institutions")).Lengths), 0)
	same(t, "an unknown institution", len(tablesOf(facts, known(slice.Reference{
		Institutions: map[string]slice.Institution{"H2": {}}, Baselines: baselines,
	}, "institutions", "los_baselines")).Lengths), 0)
}
