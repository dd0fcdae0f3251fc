package slice_test

import (
	"fmt"
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/store/slice"
)

func TestInjuries(t *testing.T) {
	sound := slice.InjuryCase{PersonID: "P1", RecognisedOn: on("31"), Prefixes: []string{"S72"}, StopWorkUntil: slice.Forever}
	change := func(change func(*slice.InjuryCase)) *slice.InjuryCase { c := sound; change(&c); return &c }
	for _, c := range []struct {
		name, class string
		row         *slice.InjuryCase
		want        string
	}{
		{"recognised on the day of as_of, with the diagnosis", "inpatient", &sound, ""},
		{"recognised the day after", "inpatient", change(func(c *slice.InjuryCase) { c.RecognisedOn++ }), "recognised=false related=true pending"},
		{"not recognised", "inpatient", change(func(c *slice.InjuryCase) { c.RecognisedOn = slice.Forever }), "recognised=false related=true pending"},
		{"of somebody else", "inpatient", change(func(c *slice.InjuryCase) { c.PersonID = "P2" }), "recognised=false related=true pending"},
		{"another injury", "inpatient", change(func(c *slice.InjuryCase) { c.Prefixes = []string{"S8", "S72.1", "S720"} }), "recognised=true related=false unrelated"},
		{"any of the diagnoses and prefixes", "inpatient", change(func(c *slice.InjuryCase) { c.Prefixes = []string{"S8", "J18.9"} }), ""},
		{"no prefixes", "inpatient", change(func(c *slice.InjuryCase) { c.Prefixes = nil }), "recognised=true related=false unrelated"},
		{"time off work ends on the day of the admission", "inpatient", change(func(c *slice.InjuryCase) { c.StopWorkUntil = on("02") }), ""},
		{"the day before", "rehab", change(func(c *slice.InjuryCase) { c.StopWorkUntil = on("01") }), "recognised=true related=true late"},
		{"the day before a visit", "outpatient", change(func(c *slice.InjuryCase) { c.StopWorkUntil = on("01") }), ""},
		{"no row", "inpatient", nil, "recognised=false related=false pending"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := admitted("S1", "02T08:00")
			a.Class, a.InjuryCaseID = c.class, "C1"
			a.Diagnoses = append(a.Diagnoses, "J18.90")
			r := slice.Reference{Cases: map[string]slice.InjuryCase{}}
			if c.row != nil {
				r.Cases["C1"] = *c.row
			}
			got := ""
			tables := tablesOf(slice.Facts{Admissions: []*slice.Admission{a}}, known(r, "injury_cases"))
			for _, i := range tables.Injuries {
				got = fmt.Sprintf("recognised=%v related=%v", i.Recognised, i.Related)
				got += strings.Repeat(" unrelated", len(tables.Unrelated)) + strings.Repeat(" pending", len(tables.Pending)) + strings.Repeat(" late", len(tables.Late))
			}
			same(t, "injury", got, c.want)
		})
	}
	none := tablesOf(slice.Facts{Admissions: []*slice.Admission{admitted("S1", "02T08:00")}}, known(slice.Reference{}))
	same(t, "never loaded", len(none.Injuries), 0)
}

func TestFeesOfOtherIllness(t *testing.T) {
	items := map[string][]slice.Item{"IVF": {{Validity: always(), NonInjury: true}}, "CT": {{Validity: always()}}}
	for _, c := range []struct {
		name   string
		rows   map[string]slice.InjuryCase
		loaded []string
		want   []string
	}{
		{"after a trauma", map[string]slice.InjuryCase{"C1": {Trauma: true}}, []string{"items", "injury_cases"}, []string{"F1", "F3"}},
		{"no trauma", map[string]slice.InjuryCase{"C1": {}}, []string{"items", "injury_cases"}, []string{}},
		{"unknown", nil, []string{"items", "injury_cases"}, []string{}},
		{"items never loaded", map[string]slice.InjuryCase{"C1": {Trauma: true}}, []string{"injury_cases"}, []string{}},
	} {
		a := admitted("S1", "01T08:00")
		a.InjuryCaseID = "C1"
		got := tablesOf(slice.Facts{Admissions: []*slice.Admission{a}, Fees: []*slice.Fee{
			charged("F1", "02T08:00", "IVF", "treatment"), charged("F2", "02T08:00", "CT", "exam"), charged("F3", "02T08:00", "NEW", "exam"),
		}}, known(slice.Reference{Items: items, Cases: c.rows}, c.loaded...))
		same(t, c.name, names(got.IllnessFees), c.want)
	}
}

func TestSightings(t *testing.T) {
	check := func(id, at, institution, stay string, change func(*slice.Check)) *slice.Check {
		c := &slice.Check{Head: of(head(id, at), stay), Method: "face", Result: "match"}
		c.InstitutionID = institution
		change(c)
		return c
	}
	plain := func(*slice.Check) {}
	elsewhere := admitted("S2", "01T09:00")
	elsewhere.InstitutionID = "H2"
	neighbor := admitted("S3", "01T09:00")
	neighbor.InstitutionID, neighbor.PersonID = "H2", "P2"
	no := false
	facts := slice.Facts{
		Admissions: []*slice.Admission{admitted("S1", "01T08:00"), admitted("S4", "01T08:00"), elsewhere, neighbor},
		Checks: []*slice.Check{
			check("late", "03T00:30", "H1", "S1", plain), check("b", "02T23:30", "H2", "S2", plain), check("a", "02T23:30", "H1", "S4", plain),
			check("far", "03T04:31", "H2", "S2", plain),
			check("neighbor", "02T23:30", "H2", "S3", func(c *slice.Check) { c.PersonID = "P2" }),
			check("card", "02T23:30", "H2", "S2", func(c *slice.Check) { c.Method = "card" }),
			check("picture", "02T23:30", "H2", "S2", func(c *slice.Check) { c.Liveness = &no }),
			check("mismatch", "02T23:30", "H2", "S2", func(c *slice.Check) { c.Result = "mismatch" }),
			check("no stay", "02T23:30", "H2", "S9", plain),
		},
	}
	got := tablesOf(facts, known(slice.Reference{})).Sightings
	same(t, "pairs", each(got, func(s *slice.Sighting) string {
		smaller, greater := s.Institutions()
		return fmt.Sprintf("%s %s of stay %s, %s: %s|%s on the %s, %d min", s.First.RecordID, s.Second.RecordID, s.First.Stay.StayID,
			s.Second.Stay.StayID, smaller, greater, day(s.Day()), s.Apart()/60_000)
	}), []string{"a b of stay S4, S2: H1|H2 on the 02, 0 min", "b late of stay S2, S1: H1|H2 on the 02, 60 min"})
	facts.Checks[3].At = clock("03T04:30")
	same(t, "four hours are not too far", len(tablesOf(facts, known(slice.Reference{})).Sightings), 3)
}

func TestEmergencies(t *testing.T) {
	week := map[claimwatch.Day]bool{on("02"): false, on("03"): true, on("04"): true, on("06"): true}
	month := map[claimwatch.Day]bool{}
	for day := on("02"); day < on("31"); day++ {
		month[day] = true
	}
	check := func(id, at, result string) *slice.Check { return &slice.Check{Head: head(id, at), Result: result} }
	for _, c := range []struct {
		name     string
		calendar map[claimwatch.Day]bool
		change   func(*slice.Admission)
		checks   []*slice.Check
		want     []string
	}{
		{"a calendar with a hole", week, func(*slice.Admission) {}, []*slice.Check{check("K", "01T09:00", "match")}, []string{"04T00:00 05T00:00 from 01T09:00"}},
		{"admitted before the hole", week, func(a *slice.Admission) { a.At = clock("04T23:59") }, nil, []string{"from never"}},
		{"seen to on the first working day", month, func(*slice.Admission) {}, []*slice.Check{check("K", "02T23:59", "match")}, []string{}},
		{"seen to on the second", month, func(*slice.Admission) {}, []*slice.Check{check("K1", "04T00:00", "match"), check("K2", "03T00:00", "match"), check("K3", "02T00:00", "mismatch")}, []string{"15 terms from 03T00:00"}},
		{"no emergency", month, func(a *slice.Admission) { a.Route = "elective" }, nil, []string{}},
		{"a visit", month, func(a *slice.Admission) { a.Class = "outpatient" }, nil, []string{}},
	} {
		a := admitted("S1", "01T08:00")
		a.Route = "emergency"
		c.change(a)
		got := tablesOf(slice.Facts{Admissions: []*slice.Admission{a}, Checks: c.checks}, known(slice.Reference{Calendar: c.calendar}, "calendar"))
		same(t, c.name, each(got.Emergencies, func(e *slice.Emergency) string {
			text := ""
			for _, term := range e.Terms {
				text += at(term) + " "
			}
			if len(e.Terms) > 5 {
				text = fmt.Sprint(len(e.Terms), " terms ")
			}
			if e.Matched == nil {
				return text + "from never"
			}
			return text + "from " + at(*e.Matched)
		}), c.want)
	}
}
