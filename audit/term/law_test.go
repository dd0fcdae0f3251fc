package term_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"

	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/audit/term"
)

func day(t testing.TB, text string) claimwatch.Day {
	t.Helper()
	d, err := claimwatch.ParseDay(text)
	if err != nil {
		t.Fatalf("ParseDay() error:\n%+v", err)
	}
	return d
}

// papers are the days that the State Council named, as the product ships them.
func papers(t testing.TB) (first, last claimwatch.Day, named map[claimwatch.Day]bool) {
	t.Helper()
	body, err := os.ReadFile("../../knowledge/holiday/years.json")
	if err != nil {
		t.Fatalf("ReadFile() error:\n%+v", err)
	}
	var years []struct {
		Days []struct {
			Date claimwatch.Day `json:"date"`
			Off  bool           `json:"isOffDay"`
		} `json:"days"`
	}
	if err := json.Unmarshal(body, &years); err != nil {
		t.Fatalf("Unmarshal() error:\n%+v", err)
	}
	named = map[claimwatch.Day]bool{}
	for _, year := range years {
		for _, d := range year.Days {
			named[d.Date] = !d.Off
		}
	}
	if len(named) < 400 {
		t.Fatalf("the shipped calendar names %d days only", len(named))
	}
	return day(t, "2007-01-01"), day(t, "2026-12-31"), named
}

// works is the plain reading of the papers, without package term.
func works(named map[claimwatch.Day]bool, d claimwatch.Day) bool {
	if working, special := named[d]; special {
		return working
	}
	weekday := d.Date().Weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}

// shipped is the calendar as `reference import calendar` loads it: every day of
// every year up to one.
func shipped(t testing.TB, until claimwatch.Day) *term.Calendar {
	t.Helper()
	first, last, named := papers(t)
	var c term.Calendar
	for d := first; d <= min(last, until); d++ {
		c.Set(d, works(named, d))
	}
	return &c
}

// TestWorkingTerms: every day of twenty years as the day of the event, each term of
// the laws in working days: exactly so many days are worked in (event, last day],
// the last day is one of them, a later event never ends earlier, and it is late
// from the midnight after it.
func TestWorkingTerms(t *testing.T) {
	first, last, named := papers(t)
	c := shipped(t, last)
	for name, of := range map[string]struct {
		n    int
		term func(claimwatch.Day) term.Deadline
	}{
		"Art. 32": {5, c.Statement}, "Art. 26": {5, c.EmergencyPapers}, "Art. 13": {5, c.MissingPapers},
		"Art. 35": {30, c.ChangeReport}, "Guangdong 6": {5, c.PlaqueBack},
	} {
		before := claimwatch.Day(0)
		provisional := 0
		for event := first; event <= last; event++ {
			got := of.term(event)
			worked := 0
			for d := event + 1; d <= got.On; d++ {
				if works(named, d) {
					worked++
				}
			}
			if worked != of.n || !works(named, got.On) {
				t.Fatalf("%s after %s: %s has %d worked days, want %d", name, event, got.On, worked, of.n)
			}
			if got.On < before {
				t.Fatalf("%s after %s ends on %s, before that of the day before", name, event, got.On)
			}
			before = got.On
			if got.Late(got.On.Midnight()+24*3600_000-1) || !got.Late((got.On + 1).Midnight()) {
				t.Fatalf("%s after %s: it is late from another moment than the midnight after %s", name, event, got.On)
			}
			if got.Provisional != (got.On > last) {
				t.Fatalf("%s after %s: ends %s, provisional %t", name, event, got.On, got.Provisional)
			}
			if got.Provisional {
				provisional++
			}
		}
		if provisional < of.n {
			t.Errorf("%s: %d days at the end of the calendar are provisional, want some", name, provisional)
		}
	}
}

// TestProvisionalMoves: a term that runs past the published calendar is provisional
// until the year is there, and then ends where the published days say; one that is
// not provisional never moves.
func TestProvisionalMoves(t *testing.T) {
	_, last, _ := papers(t)
	whole := shipped(t, last)
	moved := 0
	for year := 2007; year < 2026; year++ {
		end := term.MonthIn(year, time.December).Last()
		c := shipped(t, end)
		for event := end - 60; event <= end; event++ {
			early, now := c.ChangeReport(event), whole.ChangeReport(event)
			if !early.Provisional && early != now {
				t.Fatalf("after %s: %v was final and became %v", event, early, now)
			}
			if early.Provisional && early.On != now.On {
				moved++
			}
		}
	}
	if moved == 0 {
		t.Error("no provisional day ever moved: the test shows nothing")
	}
}

// TestMonths: a term of months ends on the same day of the month or on its last,
// for every day of twenty years.
func TestMonths(t *testing.T) {
	first, last, _ := papers(t)
	for d := first; d <= last; d++ {
		for _, n := range []int{-3, 1, 3, 4, 5, 6, 12, 24, 36, 60} {
			got := term.AddMonths(d, n)
			if term.MonthOf(got) != term.MonthOf(d)+term.Month(n) {
				t.Fatalf("AddMonths(%s, %d) = %s, another month", d, n, got)
			}
			same := got.Date().Day() == d.Date().Day()
			if !same && (got != term.MonthOf(got).Last() || got.Date().Day() > d.Date().Day()) {
				t.Fatalf("AddMonths(%s, %d) = %s, neither the same day nor the last", d, n, got)
			}
			if next := term.AddMonths(d+1, n); next < got {
				t.Fatalf("AddMonths(%s, %d) = %s is before that of the day before", d+1, n, next)
			}
		}
	}
}

// TestNamedTerms holds the terms in months, years and fixed days against the laws.
func TestNamedTerms(t *testing.T) {
	d := func(text string) claimwatch.Day { return day(t, text) }
	span := func(from, until string) term.Span { return term.Span{From: d(from), Until: d(until)} }
	suspended, _ := term.Suspension(d("2026-08-31"), 6)
	stopped, _ := term.PhysicianStop(d("2024-02-29"), 1)
	valid, _ := term.Validity(d("2026-03-15"), 2)
	for name, c := range map[string]struct{ got, want any }{
		"45, clamped":           {suspended, span("2026-08-31", "2027-02-28")},
		"44, of a leap day":     {stopped, span("2024-02-29", "2025-02-28")},
		"15, 19":                {valid, span("2026-03-15", "2028-03-15")},
		"13":                    {term.Assessment(d("2026-03-10")), d("2026-06-10")},
		"13 with supplements":   {term.Assessment(d("2026-03-10"), span("2026-04-01", "2026-04-11"), span("2026-04-06", "2026-04-16")), d("2026-06-25")},
		"13, a late supplement": {term.Assessment(d("2026-03-10"), span("2026-06-11", "2026-07-01")), d("2026-06-10")},
		"13, before acceptance": {term.Assessment(d("2026-03-10"), span("2026-03-01", "2026-03-11")), d("2026-06-10")},
		"15 again":              {term.Reassessment(d("2026-11-30")), d("2027-03-01")},
		"15 barred":             {term.BarAfterFailure(d("2026-05-04")), span("2026-05-04", "2027-05-05")},
		"11 (2)":                {term.BarAfterDeceit(d("2026-05-04")), span("2026-05-04", "2029-05-05")},
		"11 (3)":                {term.BarAfterIncident(d("2024-02-29")), span("2024-02-29", "2027-03-01")},
		"11 (4)":                {term.BarOfSiblings(d("2026-05-04")), span("2026-05-04", "2027-05-05")},
		"11 (5)":                {term.BarAfterTermination(d("2026-05-04")), span("2026-05-04", "2029-05-05")},
		"36":                    {term.RenewalBy(d("2027-01-01")), d("2026-09-30")},
		"37":                    {term.OwnWish(d("2026-01-01")), span("2026-01-01", "2026-06-30")},
		"33":                    {term.PayBy(term.MonthIn(2026, time.December), 25), d("2027-01-25")},
		"33 by platform":        {term.PayBy(term.MonthIn(2026, time.January), 20), d("2026-02-20")},
		"6":                     {term.ContractsBy(2026), d("2026-03-15")},
		"34":                    {term.YearEndBy(2026), d("2027-03-31")},
		"Guangdong 5":           {term.ListBy(2026), d("2026-01-31")},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
	if days := term.OwnWish(d("2026-01-01")).Days(); days != 180 {
		t.Errorf("a suspension by own wish has %d days, want 180", days)
	}
	for name, refused := range map[string]func(int) error{
		"suspension": func(n int) error { _, err := term.Suspension(d("2026-01-01"), n+2); return err },
		"physician":  func(n int) error { _, err := term.PhysicianStop(d("2026-01-01"), n); return err },
	} {
		bounds := map[string]int{"suspension": 4, "physician": 5}[name]
		for n := 0; n <= bounds+1; n++ {
			if err := refused(n); (err != nil) != (n == 0 || n > bounds) {
				t.Errorf("%s with %d: %v", name, n, err)
			}
		}
	}
}

// plainMonths counts months on a plain calendar, day by day and without package
// term: the day n months later that has the number of the first, or the last before.
func plainMonths(d claimwatch.Day, n int) claimwatch.Day {
	date := d.Date()
	number := date.Day()
	for {
		want := time.Date(date.Year(), date.Month()+time.Month(n), number, 0, 0, 0, 0, time.UTC)
		if want.Day() == number {
			return claimwatch.Day(want.Unix() / 86400)
		}
		number--
	}
}

// TestTermsOfEveryDay holds every term in months, years, days and fixed dates
// against a plain count, for each of the 7305 days of twenty years.
func TestTermsOfEveryDay(t *testing.T) {
	first, last, _ := papers(t)
	whole := func(s term.Span, err error) term.Span {
		if err != nil {
			t.Fatalf("a term of the law is refused: %v", err)
		}
		return s
	}
	for d := first; d <= last; d++ {
		// What begins with a day is over before the day of the same number.
		for n := 3; n <= 6; n++ {
			if got := whole(term.Suspension(d, n)); got != (term.Span{From: d, Until: plainMonths(d, n)}) {
				t.Fatalf("Art. 45: %d months from %s: %v", n, d, got)
			}
		}
		for n := 1; n <= 5; n++ {
			if got := whole(term.PhysicianStop(d, n)); got != (term.Span{From: d, Until: plainMonths(d, 12*n)}) {
				t.Fatalf("Art. 44: %d years from %s: %v", n, d, got)
			}
		}
		for n := 1; n <= 2; n++ {
			if got := whole(term.Validity(d, n)); got != (term.Span{From: d, Until: plainMonths(d, 12*n)}) {
				t.Fatalf("Art. 15, 19: %d years from %s: %v", n, d, got)
			}
		}
		if got := term.OwnWish(d); got.From != d || got.Days() != 180 || !got.Contains(d+179) || got.Contains(d+180) {
			t.Fatalf("Art. 37: 180 days from %s: %v", d, got)
		}
		// What follows an event counts from the day after it, and with the last day.
		for name, c := range map[string]struct {
			got    claimwatch.Day // the first day after the term
			months int
		}{
			"15, again": {term.Reassessment(d), 3}, "15, barred": {term.BarAfterFailure(d).Until, 12}, "11 (2)": {term.BarAfterDeceit(d).Until, 36},
			"11 (3)": {term.BarAfterIncident(d).Until, 36}, "11 (4)": {term.BarOfSiblings(d).Until, 12}, "11 (5)": {term.BarAfterTermination(d).Until, 36},
			"13": {term.Assessment(d) + 1, 3},
		} {
			if c.got != plainMonths(d, c.months)+1 {
				t.Fatalf("Art. %s after %s: over on %s", name, d, c.got)
			}
		}
		// Art. 36: three full months between the asking and the end, and no more a day
		// later, but where the shorter month of both swallows that day.
		if by := term.RenewalBy(d); plainMonths(by+1, 3) > d || plainMonths(by+2, 3) <= d && (by+2).Date().Day() <= 28 {
			t.Fatalf("Art. 36: a term that is over on %s: asked by %s", d, by)
		}
		date := d.Date()
		for _, payDay := range []int{20, 25} {
			got := term.PayBy(term.MonthOf(d), payDay).Date()
			if next := time.Date(date.Year(), date.Month()+1, payDay, 0, 0, 0, 0, time.UTC); !got.Equal(next) {
				t.Fatalf("Art. 33: the month of %s is paid by %s", d, got)
			}
		}
		for text, got := range map[string]claimwatch.Day{
			"03-15": term.ContractsBy(date.Year()), "01-31": term.ListBy(date.Year()), "03-31": term.YearEndBy(date.Year() - 1),
		} {
			if got.String() != fmt.Sprintf("%d-%s", date.Year(), text) {
				t.Fatalf("the %s of %d is %s", text, date.Year(), got)
			}
		}
	}
}

// TestAssessmentCountsDays: however supplements overlap, the assessment has as many
// days outside of them as the three months have.
func TestAssessmentCountsDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accepted := claimwatch.Day(rapid.IntRange(20_000, 21_000).Draw(t, "accepted"))
		var spans []term.Span
		for range rapid.IntRange(0, 5).Draw(t, "supplements") {
			from := accepted + claimwatch.Day(rapid.IntRange(-10, 130).Draw(t, "from"))
			spans = append(spans, term.Span{From: from, Until: from + claimwatch.Day(rapid.IntRange(0, 30).Draw(t, "days"))})
		}
		waiting := func(d claimwatch.Day) bool {
			for _, s := range spans {
				if s.Contains(d) {
					return true
				}
			}
			return false
		}
		left := int(term.AddMonths(accepted, 3) - accepted)
		end := accepted + 1
		for ; left > 0 || waiting(end); end++ {
			if !waiting(end) {
				left--
			}
			if left == 0 {
				break
			}
		}
		if got := term.Assessment(accepted, spans...); got != end {
			t.Fatalf("Assessment(%s, %v) = %s, want %s", accepted, spans, got, end)
		}
	})
}

// TestMonthText: months read what they write.
func TestMonthText(t *testing.T) {
	for m := term.MonthIn(2006, time.December); m <= term.MonthIn(2028, time.March); m++ {
		var back term.Month
		if err := back.UnmarshalText([]byte(m.String())); err != nil || back != m {
			t.Errorf("%s reads back as %s, %v", m, back, err)
		}
		if !m.Span().Contains(m.Last()) || m.Span().Contains(m.Last()+1) || m.Last()+1 != (m+1).First() {
			t.Errorf("%s ends on %s", m, m.Last())
		}
	}
	for _, bad := range []string{"2026-13", "2026-00", "2026", "26-01", "2026-1", "2026-01-01", ""} {
		if _, err := term.ParseMonth(bad); err == nil {
			t.Errorf("ParseMonth(%q) is no error", bad)
		}
	}
}
