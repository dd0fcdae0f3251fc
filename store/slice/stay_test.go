package slice_test

import (
	"fmt"
	"testing"

	"claimwatch"
	"claimwatch/store/slice"
)

func leave(id, from, until string) *slice.Leave {
	return &slice.Leave{Head: head(id, from), Until: clock(until)}
}

func order(id, at, class string) *slice.Order {
	return &slice.Order{Head: head(id, at), Class: class}
}

func TestLeavesAndDays(t *testing.T) {
	for _, c := range []struct {
		name         string
		leaves       []*slice.Leave
		spans, days  []string
		withoutEvent []string
	}{
		{"none", nil, []string{}, []string{"02", "03", "04"}, []string{"02", "04"}},
		{"part of a day", []*slice.Leave{leave("L", "03T08:00", "03T20:00")}, []string{"03T08:00 03T20:00"}, []string{"02", "03", "04"}, []string{"02", "04"}},
		{"a whole day", []*slice.Leave{leave("L", "04T00:00", "05T00:00")}, []string{"04T00:00 05T00:00"}, []string{"02", "03"}, []string{"02"}},
		{"a minute short of it", []*slice.Leave{leave("L", "04T00:00", "04T23:59")}, []string{"04T00:00 04T23:59"}, []string{"02", "03", "04"}, []string{"02", "04"}},
		{"clipped to the stay", []*slice.Leave{leave("L", "01T00:00", "30T00:00")}, []string{"02T08:00 05T10:00"}, []string{"02"}, []string{"02"}},
		{"overlapping and touching", []*slice.Leave{
			leave("L3", "04T06:00", "05T00:00"), leave("L1", "03T20:00", "04T06:00"), leave("L2", "03T21:00", "03T22:00"),
		}, []string{"03T20:00 05T00:00"}, []string{"02", "03"}, []string{"02"}},
		{"ended before it began", []*slice.Leave{leave("L", "03T08:00", "03T08:00")}, []string{}, []string{"02", "03", "04"}, []string{"02", "04"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := tables(slice.Facts{
				Admissions: []*slice.Admission{admitted("S1", "02T08:00")}, Discharges: []*slice.Discharge{discharged("S1", "05T10:00")},
				Leaves: c.leaves, CareRecords: []*slice.CareRecord{{Head: head("C", "03T12:00"), Type: "execution"}, {Head: head("V", "02T12:00"), Type: "vitals"}},
			}, nil).Stays[0]
			same(t, "leaves", each(s.Leaves, span), c.spans)
			same(t, "days", each(s.Days, day), c.days)
			same(t, "days without an event", each(s.IdleDays, day), c.withoutEvent)
		})
	}
}

func TestEnds(t *testing.T) {
	visit := admitted("S1", "02T08:00")
	visit.Class = "outpatient"
	care := func(at string) []*slice.CareRecord {
		other := head("C", at)
		other.StayID = "elsewhere" // moves the present of the institution
		return []*slice.CareRecord{{Head: other}}
	}
	for _, c := range []struct {
		name  string
		facts slice.Facts
		want  string
	}{
		{"open: the present", slice.Facts{Admissions: []*slice.Admission{admitted("S1", "02T08:00")}, CareRecords: care("07T09:00")}, "07T09:00 5"},
		{"open: its own order ahead of the present", slice.Facts{
			Admissions: []*slice.Admission{admitted("S1", "02T08:00")}, Orders: []*slice.Order{order("O", "09T09:00", "drug")},
		}, "09T09:00 7"},
		{"a visit: midnight", slice.Facts{Admissions: []*slice.Admission{visit}, CareRecords: care("07T09:00")}, "03T00:00 1"},
		{"a visit: the present", slice.Facts{Admissions: []*slice.Admission{visit}, CareRecords: care("02T09:00")}, "02T09:00 1"},
		{"the first discharge", slice.Facts{Admissions: []*slice.Admission{admitted("S1", "02T08:00")}, Discharges: []*slice.Discharge{
			{Head: head("D2", "06T08:00")}, {Head: head("D1", "04T08:00")},
		}}, "04T08:00 2"},
		{"of equal times the smaller id", slice.Facts{Admissions: []*slice.Admission{admitted("S1", "02T08:00")}, Discharges: []*slice.Discharge{
			{Head: head("D2", "04T08:00"), Disposition: "died"}, {Head: head("D1", "04T08:00"), Disposition: "cured"},
		}}, "04T08:00 2 cured"},
		{"discharged before admitted", slice.Facts{
			Admissions: []*slice.Admission{admitted("S1", "02T08:00")}, Discharges: []*slice.Discharge{discharged("S1", "01T08:00")},
		}, "01T08:00 1 improved"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := tables(c.facts, nil).Stays[0]
			got := fmt.Sprint(at(s.EndedAt), " ", s.StayDays())
			if s.Disposition != "" {
				got += " " + s.Disposition
			}
			same(t, "end", got, c.want)
		})
	}
}

func TestActiveOrders(t *testing.T) {
	until, days := clock("04T06:00"), int32(2)
	both := order("both", "02T09:00", "drug")
	both.Until, both.Days = &until, &days
	byDays := order("by days", "02T09:00", "drug")
	byDays.Days = &days
	stray := order("of no stay", "02T09:00", "drug")
	stray.StayID = "S9"
	got := tables(slice.Facts{
		Admissions: []*slice.Admission{admitted("S1", "02T08:00")}, Discharges: []*slice.Discharge{discharged("S1", "08T10:00")},
		Orders: []*slice.Order{both, byDays, order("open", "02T09:00", "drug"), stray},
	}, nil)
	same(t, "orders", each(got.Orders, func(o *slice.ActiveOrder) string { return fmt.Sprint(o.RecordID, " ", at(o.Until), " ", o.OpenEnded) }),
		[]string{"both 04T06:00 false", "by days 04T09:00 false", "open 08T10:00 true"})
	same(t, "first order", at(*got.Stays[0].FirstOrder), "02T09:00")
}

func TestExcusedDays(t *testing.T) {
	level := func(o *slice.Order, level int32) *slice.Order { o.NursingLevel = &level; return o }
	until := func(o *slice.Order, at string) *slice.Order { u := clock(at); o.Until = &u; return o }
	for _, c := range []struct {
		name       string
		orders     []*slice.Order
		operations []*slice.Operation
		want       []string
		atEnd      bool
	}{
		{"special nursing excuses the days it touches", []*slice.Order{until(level(order("O", "03T09:00", "nursing"), 0), "04T00:00")}, nil, []string{"03T00:00 04T00:00"}, false},
		{"into the next day", []*slice.Order{until(level(order("O", "03T09:00", "nursing"), 0), "04T00:01")}, nil, []string{"03T00:00 05T00:00"}, false},
		{"first level excuses nothing", []*slice.Order{level(order("O", "03T09:00", "nursing"), 1)}, nil, []string{}, false},
		{"no level excuses nothing", []*slice.Order{order("O", "03T09:00", "nursing")}, nil, []string{}, false},
		{"an operation", nil, []*slice.Operation{{Head: head("OP", "03T09:00"), Until: clock("03T11:00")}}, []string{"03T00:00 04T00:00"}, false},
		{"begun at the very end", []*slice.Order{level(order("O", "08T10:00", "nursing"), 0)}, nil, []string{}, true},
		{"never longer than a year and a day behind the end", []*slice.Order{until(level(order("O", "08T09:00", "nursing"), 0), "08T09:00")}, nil, []string{}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := tables(slice.Facts{
				Admissions: []*slice.Admission{admitted("S1", "02T08:00")}, Discharges: []*slice.Discharge{discharged("S1", "08T10:00")},
				Orders: c.orders, Operations: c.operations,
			}, nil).Stays[0]
			same(t, "excused", each(s.Excused, span), c.want)
			same(t, "nursed at the end", s.NursedAtEnd, c.atEnd)
		})
	}
}

func TestFarExcusesAreCut(t *testing.T) {
	far, zero := claimwatch.Latest, int32(0)
	nursing := order("O", "03T09:00", "nursing")
	nursing.Until, nursing.NursingLevel = &far, &zero
	s := tables(slice.Facts{
		Admissions: []*slice.Admission{admitted("S1", "02T08:00")}, Discharges: []*slice.Discharge{discharged("S1", "08T10:00")}, Orders: []*slice.Order{nursing},
	}, nil).Stays[0]
	same(t, "excused until", s.Excused[0].Until.Day()-s.EndedOn(), claimwatch.Day(367))
}

func TestDiagnoses(t *testing.T) {
	for _, c := range []struct {
		admission, discharge []string
		want                 string
	}{
		{[]string{"S72.0", "I10"}, nil, "S72 S72.0 [S72.0 I10]"},
		{[]string{"S72.0"}, []string{"T14.2", "S72.0", "T14.2"}, "T14 T14.2 [S72.0 T14.2]"},
		{nil, []string{"骨折折叠"}, "骨折折 骨折折叠 [骨折折叠]"},
		{nil, nil, "  []"},
		{[]string{"S7"}, []string{}, "S7 S7 [S7]"},
	} {
		a, d := admitted("S1", "02T08:00"), discharged("S1", "08T10:00")
		a.Diagnoses, d.Diagnoses = c.admission, c.discharge
		s := tables(slice.Facts{Admissions: []*slice.Admission{a}, Discharges: []*slice.Discharge{d}}, nil).Stays[0]
		same(t, "diagnoses", fmt.Sprint(s.DiagnosisGroup, " ", s.PrimaryDiagnosis, " ", s.Diagnoses), c.want)
	}
}

// TestEventsAtTheEdges: one at the end counts, one before the admission does
// not, and an order before it is not the first.
func TestEventsAtTheEdges(t *testing.T) {
	s := tables(slice.Facts{
		Admissions: []*slice.Admission{admitted("S1", "02T08:00")}, Discharges: []*slice.Discharge{discharged("S1", "04T10:00")},
		Orders: []*slice.Order{order("early", "02T07:59", "drug"), order("first", "02T08:00", "diet"), order("last", "04T10:00", "drug"), order("late", "04T10:01", "drug")},
	}, nil).Stays[0]
	same(t, "events", each(s.Events, at), []string{"04T10:00"})
	same(t, "first order", at(*s.FirstOrder), "02T08:00")
}
