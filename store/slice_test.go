package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/store"
	"claimwatch/store/slice"
)

// openSlice gives an empty store and a slice of it.
func openSlice(t *testing.T) (*store.DB, *store.Slice) {
	t.Helper()
	db := open(t)
	slice, err := db.NewSlice(t.Context(), "test")
	must(t, err)
	t.Cleanup(func() { must(t, slice.Close(context.WithoutCancel(t.Context()))) })
	return db, slice
}

// numbers runs a query over a slice that gives one number a row.
func numbers(t *testing.T, s *store.Slice, sql string) []int64 {
	t.Helper()
	var all []int64
	must(t, s.Run(t.Context(), sql, func(scan func(...any) error) error {
		all = append(all, 0)
		return scan(&all[len(all)-1])
	}))
	return all
}

// texts runs a query that gives one text a row.
func texts(t *testing.T, s *store.Slice, sql string) []string {
	t.Helper()
	var all []string
	must(t, s.Run(t.Context(), sql, func(scan func(...any) error) error {
		all = append(all, "")
		return scan(&all[len(all)-1])
	}))
	return all
}

// list writes numbers as an array of the engine.
func list(n []int64) string {
	return "CAST(" + strings.ReplaceAll(fmt.Sprint(n), " ", ",") + ", 'Array(Int64)')"
}

// TestMoneyIsThatOfGo holds cw_product against claimwatch.Product, at halves and
// at the limits, more than once: what the engine compiles after a few runs must
// give the same.
func TestMoneyIsThatOfGo(t *testing.T) {
	_, s := openSlice(t)
	quantities := []int64{1, 10_000, 5000, 10_000, claimwatch.MaxQuantity, 3, 1, -10_000, -1, 0}
	prices := []int64{5_000, 5_000, 10_000, 4_999, claimwatch.MaxPrice, 1_666_667, 50_000_000, 5_000, 50_000_000, 7}
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		quantities = append(quantities, random.Int64N(claimwatch.MaxQuantity)-claimwatch.MaxQuantity/2)
		prices = append(prices, random.Int64N(claimwatch.MaxPrice))
	}
	var want []int64
	for i := range quantities {
		want = append(want, int64(claimwatch.Product(quantities[i], prices[i])))
	}
	query := "SELECT cw_product(q, p) FROM (SELECT 1) ARRAY JOIN " + list(quantities) + " AS q, " + list(prices) + " AS p"
	for range 5 {
		same(t, "cw_product", numbers(t, s, query), want)
	}
}

// TestShareOfExcess takes an excess from the last lines first.
func TestShareOfExcess(t *testing.T) {
	_, s := openSlice(t)
	for range 5 {
		same(t, "taken of 25 from lines of 10, the last first", numbers(t, s,
			"SELECT cw_taken(toInt128(25), toInt128(40) - upto, 10) FROM (SELECT 1) ARRAY JOIN [10, 20, 30, 40] AS upto"),
			[]int64{0, 5, 10, 10})
	}
	same(t, "not above the net amount", numbers(t, s, "SELECT cw_part(10000, 1005000, 100)"), []int64{100})
	same(t, "difference of price", numbers(t, s, "SELECT cw_over(toInt64(p), 100000000, 20000, toInt64(25700)) FROM (SELECT 1) ARRAY JOIN [128500000, 100000000, 99000000, 500000000] AS p"),
		[]int64{5700, 0, 0, 25700})
}

// TestSharesAreExact: thirds, halves away from zero, parts beyond 64 bits, and
// never more than the amount.
func TestSharesAreExact(t *testing.T) {
	_, s := openSlice(t)
	for share, want := range map[string]int64{
		"1000, 1, 3": 333, "1000, 2, 3": 667, "1, 1, 2": 1, "1, 49, 100": 0, "1000, 3, 3": 1000, "1000, 4, 3": 1000,
		"9999999999, toInt256('1000000000000000000000000000001'), toInt256('3000000000000000000000000000000')": 3333333333,
	} {
		same(t, share, numbers(t, s, "SELECT cw_share("+share+")"), []int64{want})
	}
	same(t, "taken of 25 from lines of 10, the last first", numbers(t, s,
		"SELECT toInt64(cw_taken_exact(toInt256(25), toInt256(40) - upto, 10)) FROM (SELECT 1) ARRAY JOIN [10, 20, 30, 40] AS upto"),
		[]int64{0, 5, 10, 10})
}

// TestPriceAbovePartOfACap is exact where a cap is divided.
func TestPriceAbovePartOfACap(t *testing.T) {
	_, s := openSlice(t)
	same(t, "above a 24th of a cap", numbers(t, s, "SELECT cw_over_part(price, cap, parts, quantity, toInt64(25700)) FROM (SELECT 1)"+
		" ARRAY JOIN [1000000, 1000000, 128500000, 99000000, 500000000, 99999999990000] AS price, [10000000, 11999999, 100000000, 100000000, 100000000, 1] AS cap,"+
		" [24, 24, 1, 1, 1, 24] AS parts, [30000, 100, 20000, 20000, 20000, 10000000000] AS quantity"),
		[]int64{175, 1, 5700, 0, 25700, 25700})
}

// TestDaysAreThoseOfGo goes through the years, summer time of 1990 and 1991 too.
func TestDaysAreThoseOfGo(t *testing.T) {
	_, s := openSlice(t)
	instants := []int64{int64(clock("1991-04-14T01:59")), int64(clock("1991-09-15T01:30")), int64(clock("2026-01-02T00:00")), int64(clock("2026-01-02T00:00")) - 1}
	random := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		instants = append(instants, int64(claimwatch.Earliest)+random.Int64N(int64(claimwatch.Latest-claimwatch.Earliest)))
	}
	var days, midnights []int64
	for _, at := range instants {
		day := claimwatch.Instant(at).Day()
		days, midnights = append(days, int64(day)), append(midnights, int64(day.Midnight()))
	}
	from := " FROM (SELECT 1) ARRAY JOIN " + list(instants) + " AS at"
	same(t, "cw_day_of", numbers(t, s, "SELECT toInt64(cw_day_of(at))"+from), days)
	same(t, "cw_midnight", numbers(t, s, "SELECT cw_midnight(cw_day_of(at))"+from), midnights)
	same(t, "texts", texts(t, s, "SELECT concat(cw_day_text(20454), ' ', cw_instant_text(1767283200999), ' ', cw_yuan_text(-12850), ' ',"+
		" cw_number_text(5000), ' ', cw_price_text(128500000), ' ', cw_price_text(10000000))"),
		[]string{"2026-01-01 2026-01-02T00:00:00.999 -128.5 0.5 128.5 10"})
}

// TestSpansAreSetsOfInstants holds the functions of spans against sets of small
// numbers.
func TestSpansAreSetsOfInstants(t *testing.T) {
	_, s := openSlice(t)
	random := rand.New(rand.NewPCG(5, 6))
	for range 25 {
		var spans []slice.Span
		out := map[int64]bool{}
		for range random.IntN(5) {
			from := random.Int64N(30)
			until := from + random.Int64N(8) - 1
			spans = append(spans, slice.Span{From: claimwatch.Instant(from), Until: claimwatch.Instant(until)})
			for at := from; at < until; at++ {
				out[at] = true
			}
		}
		start, stop, length := random.Int64N(20), 20+random.Int64N(20), 1+random.Int64N(12)
		var net, first int64
		for at := start; at < stop; at++ {
			if !out[at] {
				net++
			}
		}
		for reached := int64(0); reached < length; first++ {
			if first >= start && !out[first] {
				reached++
			}
		}
		var tuples []string
		for _, span := range slice.Merge(spans) {
			tuples = append(tuples, fmt.Sprintf("(%d,%d)", span.From, span.Until))
		}
		merged := "CAST([" + strings.Join(tuples, ",") + "], 'Array(Tuple(Int64, Int64))')"
		got := numbers(t, s, fmt.Sprintf("SELECT arrayJoin([cw_length(%[1]s, %[2]d, %[3]d), cw_reach(%[1]s, %[2]d, %[4]d), toInt64(cw_inside(%[1]s, %[2]d))])",
			merged, start, stop, length))
		inside := int64(0)
		if out[start] {
			inside = 1
		}
		same(t, fmt.Sprintf("length, reach %d, inside of [%d, %d) without %v", length, start, stop, spans), got, []int64{net, first, inside})
	}
}

// TestLoadTakesTheAcceptedRevision goes through what 1.1 and 1.2 of rules.md say.
func TestLoadTakesTheAcceptedRevision(t *testing.T) {
	db, s := openSlice(t)
	records := stored(0, 0, record(claimwatch.Admission, "H1", "P1", "admission", clock("2026-01-01T08:00")))
	add := func(id, person, code string, revision int32, cancelled bool, at string, offset int64) {
		r := record(claimwatch.Fee, "H1", person, id, clock(at))
		r.Revision, r.Cancelled = revision, cancelled
		setText(r, "item_code", code)
		for _, field := range []string{"reverses", "self_pay"} { // a charge to the fund
			r.Values[r.Kind.Slot(field)] = claimwatch.Value{}
		}
		records = append(records, claimwatch.Stored{
			Record: r, Position: claimwatch.Position{Offset: offset},
			ReceivedAt: r.OccurredAt, Hash: r.ContentHash(),
		})
	}
	add("twice", "P1", "second", 1, false, "2026-01-02T08:00", 9)
	add("twice", "P1", "first", 1, false, "2026-01-02T08:00", 3)
	add("revised", "P1", "old", 1, false, "2026-01-02T08:00", 5)
	add("revised", "P1", "new", 2, false, "2026-01-02T09:00", 4)
	add("cancelled", "P1", "x", 1, false, "2026-01-02T08:00", 1)
	add("cancelled", "P1", "x", 2, true, "2026-01-02T08:00", 2)
	add("alive again", "P1", "again", 3, false, "2026-01-02T08:00", 2)
	add("alive again", "P1", "x", 2, true, "2026-01-02T08:00", 3)
	add("at as_of", "P1", "now", 1, false, "2026-01-03T00:00", 6)
	add("ahead", "P1", "x", 1, false, "2026-01-03T00:01", 7)
	add("moved ahead", "P1", "x", 1, false, "2026-01-02T08:00", 8)
	add("moved ahead", "P1", "x", 2, false, "2026-01-04T08:00", 8)
	add("another's", "P2", "x", 1, false, "2026-01-02T08:00", 9)
	must(t, db.InsertRecords(t.Context(), records))

	as := clock("2026-01-03T00:00")
	must(t, s.Load(t.Context(), []claimwatch.Scope{"P1", "nobody"}, claimwatch.Moment{AsOf: as, Exact: true}))
	same(t, "live fees", texts(t, s, "SELECT concat(record_id, '=', item_code) AS r FROM fees ORDER BY r"),
		[]string{"alive again=again", "at as_of=now", "revised=new", "twice=first"})
	same(t, "upcoming", s.Upcoming(), map[claimwatch.Scope]claimwatch.Instant{"P1": clock("2026-01-03T00:01")})
	must(t, s.Load(t.Context(), []claimwatch.Scope{"nobody"}, claimwatch.Moment{AsOf: as, Exact: true}))
	same(t, "nothing is left of the load before", numbers(t, s, "SELECT toInt64(count()) FROM fees"), []int64{0})
}

// TestASliceOfManyPersons names more of them than a statement usually takes.
func TestASliceOfManyPersons(t *testing.T) {
	_, s := openSlice(t)
	scopes := make([]claimwatch.Scope, 50_000)
	for i := range scopes {
		scopes[i] = claimwatch.PersonScope(fmt.Sprintf("P%d", i))
	}
	must(t, s.Load(t.Context(), scopes, claimwatch.Moment{AsOf: clock("2026-01-03T00:00")}))
}

func setText(r *claimwatch.Record, field, text string) {
	r.Values[r.Kind.Slot(field)] = claimwatch.Value{Text: text, Set: text != ""}
}

// TestPresentsAndEnds goes through 1.2 and 1.3 of rules.md.
func TestPresentsAndEnds(t *testing.T) {
	db, s := openSlice(t)
	var records []*claimwatch.Record
	add := func(kind claimwatch.Kind, institution, person, stay, at, class string) {
		r := record(kind, institution, person, fmt.Sprintf("r%d", len(records)), clock(at))
		r.StayID, r.Cancelled, r.Revision = stay, false, 1
		if class != "" {
			setText(r, "class", class)
		}
		records = append(records, r)
	}
	add(claimwatch.Admission, "H1", "P1", "open", "2026-01-01T08:00", "inpatient")
	add(claimwatch.Admission, "H2", "P1", "ordered", "2026-01-01T08:00", "rehab")
	add(claimwatch.Order, "H2", "P1", "ordered", "2026-01-09T08:00", "drug")
	add(claimwatch.Admission, "H1", "P1", "visit", "2026-01-01T09:00", "outpatient")
	add(claimwatch.Admission, "H1", "P1", "late visit", "2026-01-05T07:00", "outpatient")
	add(claimwatch.Admission, "H1", "P1", "closed", "2026-01-01T08:00", "inpatient")
	add(claimwatch.Discharge, "H1", "P1", "closed", "2026-01-03T00:00", "")
	add(claimwatch.Discharge, "H1", "P1", "closed", "2026-01-04T00:00", "") // the first counts
	add(claimwatch.Admission, "H1", "P1", "reversed", "2026-01-03T08:00", "inpatient")
	add(claimwatch.Discharge, "H1", "P1", "reversed", "2026-01-02T08:00", "")
	add(claimwatch.Discharge, "H1", "P1", "waiting", "2026-01-02T08:00", "") // no admission
	add(claimwatch.CareRecord, "H1", "P2", "other", "2026-01-05T08:00", "")
	add(claimwatch.Order, "H1", "P2", "other", "2026-01-06T08:00", "drug") // moves no clock
	must(t, db.InsertRecords(t.Context(), stored(0, 0, records...)))

	ends := "SELECT concat(stay_id, ' ', cw_instant_text(ended_at), ' ', toString(stay_days)) AS r FROM stays ORDER BY r"
	want := []string{
		"closed 2026-01-03T00:00:00.000 2", "late visit 2026-01-05T08:00:00.000 1", "open 2026-01-05T08:00:00.000 4",
		"ordered 2026-01-09T08:00:00.000 8", "reversed 2026-01-02T08:00:00.000 1", "visit 2026-01-02T00:00:00.000 1",
	}
	must(t, s.Load(t.Context(), []claimwatch.Scope{"P1"}, claimwatch.Moment{AsOf: clock("2026-02-01T00:00"), Exact: true}))
	same(t, "ends by the records", texts(t, s, ends), want)

	must(t, db.SaveClocks(t.Context(), []claimwatch.Clock{
		{InstitutionID: "H1", Latest: clock("2026-01-05T08:00")},
		{InstitutionID: "H2", Latest: clock("2026-01-01T08:00")},
	}, 0))
	must(t, s.Load(t.Context(), []claimwatch.Scope{"P1"}, claimwatch.Moment{AsOf: clock("2026-02-01T00:00")}))
	same(t, "ends by the clocks", texts(t, s, ends), want)

	must(t, s.Load(t.Context(), []claimwatch.Scope{"P1"}, claimwatch.Moment{AsOf: clock("2026-01-04T12:00")}))
	past := texts(t, s, ends)
	must(t, s.Load(t.Context(), []claimwatch.Scope{"P1"}, claimwatch.Moment{AsOf: clock("2026-01-04T12:00"), Exact: true}))
	same(t, "a clock that is ahead of as_of is worked out", texts(t, s, ends), past)
	if !slices.Contains(past, "open 2026-01-04T00:00:00.000 3") {
		t.Errorf("ends as of the fourth: %v", past)
	}
}

// TestRulesCannotReachOut tries what a rule must not do.
func TestRulesCannotReachOut(t *testing.T) {
	_, s := openSlice(t)
	for _, sql := range []string{
		"INSERT INTO stays SELECT * FROM stays", "DROP TABLE stays", "SELECT * FROM file('/etc/passwd', 'LineAsString')",
		"SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')", "SET max_threads = 2",
	} {
		if err := s.Run(t.Context(), sql, func(func(...any) error) error { return nil }); err == nil {
			t.Errorf("Run(%s): no error", sql)
		}
	}
	if _, err := s.Tree(t.Context(), "SELECT FROM WHERE"); err == nil {
		t.Error("Tree() of nonsense: no error")
	}
}
