package slice_test

import (
	"fmt"
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/store/slice"
)

// charges works out what rules see of lines of S1 and S2, both of P1 in H1.
func charges(fees []*slice.Fee, reference *slice.Reference) slice.Charges {
	w := slice.WorldOf(slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00"), admitted("S2", "01T08:00")}, Fees: fees}, end)
	return w.Tables(w.Moved, &slice.Others{}, reference).Charges
}

// valid is from one day of January 2026 to before another.
func valid(since, until string) slice.Validity {
	return slice.Validity{Since: clock(since + "T00:00").Day(), Until: clock(until + "T00:00").Day()}
}

// pairs of one scope, as "main>included", valid all January.
func pairs(scope string, texts ...string) *slice.Reference {
	r := &slice.Reference{Pairs: map[string][]slice.ItemPair{}}
	for _, text := range texts {
		main, included, _ := strings.Cut(text, ">")
		r.Pairs[included] = append(r.Pairs[included], slice.ItemPair{
			Validity: valid("01", "31"), ID: text, ItemCode: main, IncludedCode: included, Scope: scope,
		})
	}
	return r
}

func inStay(stay string, f *slice.Fee) *slice.Fee { f.StayID = stay; return f }

func ids(lines []*slice.Line) string {
	return strings.Join(each(lines, func(l *slice.Line) string { return l.RecordID }), " ")
}

func TestInclusions(t *testing.T) {
	text := func(i *slice.Inclusion) string {
		role := "main"
		if i.Included {
			role = "included"
		}
		if i.Exams {
			role += " exam"
		}
		return fmt.Sprint(day(i.On), " ", i.RecordID, " ", role)
	}
	for _, c := range []struct {
		name, scope string
		fees        []*slice.Fee
		want        []string
	}{
		{"one day", "day", []*slice.Fee{charged("a", "02T00:00", "A", "lab"), charged("b", "02T23:59", "B", "lab"), charged("c", "03T00:00", "B", "lab")}, []string{"02 b included", "02 a main"}},
		{"one day, two stays", "day", []*slice.Fee{inStay("S2", charged("a", "02T00:00", "A", "lab")), charged("b", "02T23:59", "B", "lab")}, []string{"02 b included", "02 a main"}},
		{"one stay, each day by itself", "stay", []*slice.Fee{charged("a", "02T00:00", "A", "lab"), charged("b", "05T09:00", "B", "lab"), charged("c", "06T09:00", "B", "lab")}, []string{"05 b included", "05 a main", "06 c included", "06 a main"}},
		{"two stays", "stay", []*slice.Fee{inStay("S2", charged("a", "02T00:00", "A", "lab")), charged("b", "02T23:59", "B", "lab")}, []string{}},
		{"less than six hours", "6h", []*slice.Fee{charged("a", "02T20:00", "A", "lab"), charged("b", "03T01:59", "B", "lab"), charged("c", "03T02:00", "B", "lab")}, []string{"03 b included", "03 a main"}},
		{"less than six hours before", "6h", []*slice.Fee{charged("a", "02T20:00", "A", "lab"), charged("b", "02T14:01", "B", "lab"), charged("c", "02T14:00", "B", "lab")}, []string{"02 b included", "02 a main"}},
		{"less than one hour", "hour", []*slice.Fee{charged("a", "02T20:00", "A", "lab"), charged("b", "02T20:59", "B", "exam"), charged("c", "02T21:00", "B", "exam")}, []string{"02 b included", "02 a main"}},
		{"less than one hour before", "hour", []*slice.Fee{charged("a", "02T20:00", "A", "lab"), charged("b", "02T19:01", "B", "exam"), charged("c", "02T19:00", "B", "exam")}, []string{"02 b included", "02 a main"}},
		{"two exams", "hour", []*slice.Fee{charged("a", "02T20:00", "A", "exam"), charged("b", "02T20:59", "B", "exam")}, []string{"02 b included exam", "02 a main exam"}},
		{"exams of a day", "day", []*slice.Fee{charged("a", "02T20:00", "A", "exam"), charged("b", "02T20:59", "B", "exam")}, []string{"02 b included", "02 a main"}},
		{"an operation", "secondary", []*slice.Fee{charged("a", "02T20:00", "A", "lab"), charged("b", "02T20:59", "B", "lab")}, []string{}},
		{"one alone", "day", []*slice.Fee{charged("b", "02T20:59", "B", "lab")}, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			same(t, "inclusions", each(charges(c.fees, pairs(c.scope, "A>B")).Inclusions, text), c.want)
		})
	}
}

func TestInclusionsAreOfValidPairs(t *testing.T) {
	reference := pairs("stay", "A>B")
	reference.Pairs["B"][0].Validity = valid("03", "05")
	got := charges([]*slice.Fee{
		charged("a", "02T00:00", "A", "lab"), charged("b2", "02T23:59", "B", "lab"), charged("b3", "03T00:00", "B", "lab"),
		charged("b4", "04T23:59", "B", "lab"), charged("b5", "05T00:00", "B", "lab"),
	}, reference).Inclusions
	same(t, "lines", each(got, func(i *slice.Inclusion) string { return i.RecordID }), []string{"b3", "a", "b4", "a"})
}

func TestBundles(t *testing.T) {
	reference := &slice.Reference{Packages: []slice.ItemPackage{
		{Validity: valid("01", "10"), Code: "P", Components: []string{"B", "A", "B"}, Price: 100},
		{Validity: valid("10", "20"), Code: "P", Components: []string{"A"}, Price: 200},
	}}
	twice := charged("b2", "02T09:00", "B", "lab")
	twice.Quantity = 15_000
	got := charges([]*slice.Fee{
		charged("b1", "02T08:00", "B", "lab"), charged("a1", "02T23:59", "A", "lab"), twice, // all of it
		charged("b3", "03T08:00", "B", "lab"), charged("a2", "04T08:00", "A", "lab"), // on two days
		charged("b4", "05T08:00", "B", "lab"), inStay("S2", charged("a3", "05T08:00", "A", "lab")), // in two stays
		charged("a4", "10T08:00", "A", "lab"), charged("a5", "20T08:00", "A", "lab"), // another row, and none
	}, reference).Bundles
	same(t, "bundles", each(got, func(b *slice.Bundle) string {
		return fmt.Sprint(day(b.Day), " ", b.Package.Price, " ", b.Quantity, ": ", ids(b.Lines))
	}), []string{"02 100 10000: b1 b2 a1", "10 200 10000: a4"})
}

func TestSecondOperations(t *testing.T) {
	cost := func(f *slice.Fee, price int64) *slice.Fee { f.UnitPrice = price; return f }
	text := func(o *slice.SecondOperation) string {
		return fmt.Sprint(o.Pair.ID, " ", day(o.Day), ": ", ids(o.Mains), ", ", ids(o.Lines))
	}
	for _, c := range []struct {
		name  string
		table []string
		fees  []*slice.Fee
		want  []string
	}{
		{"one direction, whatever the prices", []string{"A>B"}, []*slice.Fee{
			cost(charged("a", "02T00:00", "A", "surgery"), 1), cost(charged("b", "02T23:59", "B", "surgery"), 9), cost(charged("c", "02T09:00", "B", "surgery"), 8),
		}, []string{"A>B 02: a, c b"}},
		{"the cheaper one", []string{"A>B", "B>A"}, []*slice.Fee{
			cost(charged("a", "02T00:00", "A", "surgery"), 7), cost(charged("b", "02T23:59", "B", "surgery"), 9), cost(charged("c", "02T09:00", "B", "surgery"), 8),
		}, []string{"B>A 02: c b, a"}},
		{"by its smallest price", []string{"A>B", "B>A"}, []*slice.Fee{
			cost(charged("a", "02T00:00", "A", "surgery"), 7), cost(charged("b", "02T23:59", "B", "surgery"), 9), cost(charged("c", "02T09:00", "B", "surgery"), 6),
		}, []string{"A>B 02: a, c b"}},
		{"at one price the larger code", []string{"A>B", "B>A"}, []*slice.Fee{charged("a", "02T00:00", "A", "surgery"), charged("b", "02T23:59", "B", "surgery")}, []string{"A>B 02: a, b"}},
		{"on two days", []string{"A>B"}, []*slice.Fee{charged("a", "02T00:00", "A", "surgery"), charged("b", "03T00:00", "B", "surgery")}, []string{}},
		{"in two stays", []string{"A>B"}, []*slice.Fee{charged("a", "02T00:00", "A", "surgery"), inStay("S2", charged("b", "02T00:00", "B", "surgery"))}, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			same(t, "second operations", each(charges(c.fees, pairs("secondary", c.table...)).Seconds, text), c.want)
		})
	}
	both := pairs("secondary", "A>B", "B>A")
	both.Pairs["A"][0].Validity = valid("03", "31")
	fees := []*slice.Fee{cost(charged("a", "02T00:00", "A", "surgery"), 7), cost(charged("b", "02T23:59", "B", "surgery"), 9)}
	same(t, "the other direction is not valid yet", each(charges(fees, both).Seconds, text), []string{"A>B 02: a, b"})
}

func TestAddOns(t *testing.T) {
	reference := pairs("add_on", "A>X", "B>X", "A>X")
	reference.Pairs["X"] = append(reference.Pairs["X"], slice.ItemPair{Validity: valid("03", "31"), ItemCode: "C", IncludedCode: "X", Scope: "add_on"})
	got := charges([]*slice.Fee{
		charged("x1", "02T08:00", "X", "lab"), charged("a1", "02T09:00", "A", "lab"), charged("b1", "02T09:00", "B", "lab"),
		charged("c1", "02T09:00", "C", "lab"), charged("x2", "02T23:59", "X", "lab"), inStay("S2", charged("a2", "02T09:00", "A", "lab")),
		charged("x3", "03T00:00", "X", "lab"), charged("c2", "03T09:00", "C", "lab"),
		charged("x4", "31T00:00", "X", "lab"),
	}, reference).AddOns
	same(t, "add-ons", each(got, func(a *slice.AddOn) string {
		return fmt.Sprint(day(a.Day), " ", a.Quantity(), " ", a.MainQuantity(), ": ", ids(a.Lines), ", ", ids(a.Mains))
	}), []string{"02 20000 20000: x1 x2, a1 b1", "03 10000 10000: x3, c2"})
}

func TestOutsideLines(t *testing.T) {
	got := tables(slice.Facts{
		Admissions: []*slice.Admission{admitted("S1", "02T08:00")}, Discharges: []*slice.Discharge{discharged("S1", "05T10:00")},
		Fees: []*slice.Fee{
			charged("early", "02T07:59", "CT", "exam"), charged("first", "02T08:00", "CT", "exam"),
			charged("last", "05T10:00", "CT", "exam"), charged("late", "05T10:01", "CT", "exam"),
		},
	}, nil)
	same(t, "outside", ids(got.Outside), "early late")
}

func TestAbsences(t *testing.T) {
	text := func(a *slice.Absence) string {
		return fmt.Sprint(span(a.Time), ": ", strings.Join(each(a.Leaves, func(l *slice.Leave) string { return l.RecordID }), " "), ", ", ids(a.Lines))
	}
	beds := func(times ...string) (fees []*slice.Fee) {
		for _, at := range times {
			fees = append(fees, charged(at, at, "BED", "bed"))
		}
		return fees
	}
	for _, c := range []struct {
		name   string
		leaves []*slice.Leave
		fees   []*slice.Fee
		want   []string
	}{
		{"a whole day", []*slice.Leave{leave("L", "03T00:00", "04T00:00")}, beds("02T23:59", "03T00:00", "03T23:59", "04T00:00"), []string{"03T00:00 04T00:00: L, 03T00:00 03T23:59"}},
		{"a minute short of it", []*slice.Leave{leave("L", "03T00:01", "04T00:00")}, beds("03T09:00"), []string{}},
		{"three that are one", []*slice.Leave{leave("b", "03T12:00", "03T18:00"), leave("a", "03T17:00", "04T06:00"), leave("c", "02T20:00", "03T12:00")}, beds("03T09:00"), []string{"02T20:00 04T06:00: c b a, 03T09:00"}},
		{"two apart", []*slice.Leave{leave("a", "03T00:00", "04T00:00"), leave("b", "05T00:00", "06T12:00")}, beds("05T09:00", "03T09:00"), []string{"03T00:00 04T00:00: a, 03T09:00", "05T00:00 06T12:00: b, 05T09:00"}},
		{"one that is none", []*slice.Leave{leave("a", "03T00:00", "04T00:00"), leave("0", "03T06:00", "03T06:00")}, beds("03T09:00"), []string{"03T00:00 04T00:00: a, 03T09:00"}},
		{"clipped", []*slice.Leave{leave("a", "01T00:00", "30T00:00")}, beds("02T09:00", "03T09:00", "09T09:00"), []string{"02T08:00 09T10:00: a, 03T09:00"}},
		{"no day-unit fee", []*slice.Leave{leave("L", "03T00:00", "04T00:00")}, []*slice.Fee{charged("F", "03T09:00", "CT", "exam")}, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := tables(slice.Facts{
				Admissions: []*slice.Admission{admitted("S1", "02T08:00")}, Discharges: []*slice.Discharge{discharged("S1", "09T10:00")},
				Leaves: c.leaves, Fees: c.fees,
			}, nil)
			same(t, "absences", each(got.Absences, text), c.want)
		})
	}
}

func TestNursingLines(t *testing.T) {
	number := func(n int64) *int64 { return &n }
	nursing := func(level int32, limit *int64) []slice.Item {
		return []slice.Item{{Validity: valid("01", "31"), Category: "nursing", NursingLevel: &level, Cap3: limit}}
	}
	hourly := nursing(2, number(1))
	hourly[0].HourUnit = true
	old := nursing(2, number(2))
	old[0].Until = clock("03T00:00").Day()
	reference := &slice.Reference{
		Institutions: map[string]slice.Institution{"H1": {Level: 3}},
		Items: map[string][]slice.Item{
			"N1": nursing(1, number(50)), "N2": nursing(2, number(30)), "N2b": nursing(2, number(20)), "N2h": hourly, "N2o": old, "N3": nursing(3, nil),
			"NO": {{Validity: valid("01", "31"), Category: "nursing"}},
		},
		Nursing: map[string]bool{"N1": true, "N2": true, "N2b": true, "N2h": true, "N2o": true, "N3": true},
	}
	level := func(o *slice.Order, level int32) *slice.Order { o.NursingLevel = &level; return o }
	until := func(o *slice.Order, at string) *slice.Order { u := clock(at); o.Until = &u; return o }
	order2 := func() *slice.Order { return until(level(order("O2", "02T09:00", "nursing"), 2), "05T09:00") }
	for _, c := range []struct {
		name   string
		orders []*slice.Order
		item   string
		want   []string
	}{
		{"more care", []*slice.Order{order2()}, "N1", []string{"O2 cap 20"}},
		{"as much", []*slice.Order{order2()}, "N2", []string{}},
		{"less", []*slice.Order{order2()}, "N3", []string{}},
		{"no level", nil, "NO", []string{}},
		{"no row", []*slice.Order{order2()}, "NX", []string{"none"}},
		{"no order", nil, "N3", []string{"none"}},
		{"an order that ends at the line", []*slice.Order{until(order2(), "03T09:00")}, "N1", []string{"none"}},
		{"the last started", []*slice.Order{until(level(order("O3", "03T09:00", "nursing"), 3), "05T09:00"), order2()}, "N2", []string{"O3 no cap"}},
		{"an order of something else", []*slice.Order{level(order("O", "02T09:00", "drug"), 3), order2()}, "N1", []string{"O2 cap 20"}},
		{"an open order at the end of an open stay", []*slice.Order{level(order("O", "02T09:00", "nursing"), 2)}, "N3", []string{"none, woken"}},
		{"an open order after an ended one", []*slice.Order{order2(), level(order("O", "02T10:00", "nursing"), 3)}, "N2", []string{"O2 cap 20, woken"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := slice.WorldOf(slice.Facts{
				Admissions: []*slice.Admission{admitted("S1", "02T08:00")}, Orders: c.orders,
				Fees: []*slice.Fee{charged("F", "03T09:00", c.item, "nursing")},
			}, end)
			same(t, "lines", each(w.Tables(w.Moved, &slice.Others{}, reference).NursingLines, nursingText), c.want)
		})
	}
}

func nursingText(n *slice.NursingLine) string {
	text := "none"
	if n.Order != nil {
		text = n.Order.RecordID + " no cap"
	}
	if n.LevelCap != nil {
		text = fmt.Sprint(n.Order.RecordID, " cap ", *n.LevelCap)
	}
	if n.WokenAt != 0 {
		text += ", woken"
		if n.WokenAt != n.At+claimwatch.Instant(1) {
			text += " at the wrong time"
		}
	}
	return text
}
