package settlement

import (
	"testing"

	"github.com/google/go-cmp/cmp"
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

func month(t testing.TB, text string) term.Month {
	t.Helper()
	m, err := term.ParseMonth(text)
	if err != nil {
		t.Fatalf("ParseMonth() error:\n%+v", err)
	}
	return m
}

func until(t testing.TB, text string) *claimwatch.Day {
	d := day(t, text)
	return &d
}

// TestTarget: what takes of a line before what, and on which day.
func TestTarget(t *testing.T) {
	d := func(text string) claimwatch.Day { return day(t, text) }
	row := func(kind, status, from string, until *claimwatch.Day) Agreement {
		return Agreement{Kind: kind, Status: status, From: d(from), Until: until}
	}
	active := row("medical", "active", "2026-01-01", until(t, "2027-01-01"))
	suspended := row("medical", "suspended", "2026-03-11", until(t, "2026-06-11"))
	line := func(text string, admitted string) Line {
		l := Line{LineID: LineID{claimwatch.Fee, "F1"}, PersonID: "P1", StayID: "S1", OccurredAt: d(text).Midnight(), Class: "inpatient", Net: 1000}
		if admitted != "" {
			at := d(admitted).Midnight()
			l.AdmittedAt = &at
		}
		return l
	}
	after := func(closed Parts) Line {
		l := line("2026-03-11", "")
		l.Settled = closed
		return l
	}
	fitting := line("2026-03-11", "")
	fitting.Kind = claimwatch.DeviceFitting
	rehab := line("2026-03-11", "")
	rehab.Class = "rehab"
	id, fittingID := line("2026-03-01", "").LineID, fitting.LineID
	byAdmission := func(claimwatch.Day) bool { return true }
	for name, c := range map[string]struct {
		line          Line
		circumstances Circumstances
		want          Parts
		why           Why
	}{
		"nothing against it":      {line("2026-03-10", ""), Circumstances{Agreements: Agreements{active}}, Parts{Claimed: 1000, Approved: 1000}, Why{}},
		"rejected in part":        {line("2026-03-10", ""), Circumstances{Rejected: map[LineID]claimwatch.Fen{id: 400}}, Parts{Claimed: 1000, Rejected: 400, Approved: 600}, Why{}},
		"rejected and refunded":   {line("2026-03-10", ""), Circumstances{Rejected: map[LineID]claimwatch.Fen{id: 1400}}, Parts{Claimed: 1000, Rejected: 1000}, Why{}},
		"the day before":          {line("2026-03-10", ""), Circumstances{Agreements: Agreements{active, suspended}}, Parts{Claimed: 1000, Approved: 1000}, Why{}},
		"suspended":               {line("2026-03-11", ""), Circumstances{Agreements: Agreements{suspended, active}}, Parts{Claimed: 1000, NotPayable: 1000}, Why{Because: "suspended"}},
		"its last day":            {line("2026-06-10", ""), Circumstances{Month: month(t, "2026-06"), Agreements: Agreements{suspended}}, Parts{Claimed: 1000, NotPayable: 1000}, Why{Because: "suspended"}},
		"resumed":                 {line("2026-06-11", ""), Circumstances{Month: month(t, "2026-06"), Agreements: Agreements{suspended}}, Parts{Claimed: 1000, Approved: 1000}, Why{}},
		"suspended and rejected":  {line("2026-03-11", ""), Circumstances{Agreements: Agreements{suspended}, Rejected: map[LineID]claimwatch.Fen{id: 400}}, Parts{Claimed: 1000, Rejected: 400, NotPayable: 600}, Why{Because: "suspended"}},
		"admitted before":         {line("2026-03-11", "2026-03-10"), Circumstances{Agreements: Agreements{suspended}, ByAdmission: byAdmission}, Parts{Claimed: 1000, Approved: 1000}, Why{}},
		"admitted during":         {line("2026-03-12", "2026-03-11"), Circumstances{Agreements: Agreements{suspended}, ByAdmission: byAdmission}, Parts{Claimed: 1000, NotPayable: 1000}, Why{Because: "suspended"}},
		"no admission":            {line("2026-03-11", ""), Circumstances{Agreements: Agreements{suspended}, ByAdmission: byAdmission}, Parts{Claimed: 1000, NotPayable: 1000}, Why{Because: "suspended"}},
		"a fitting is of devices": {fitting, Circumstances{Agreements: Agreements{suspended}}, Parts{Claimed: 1000, Approved: 1000}, Why{}},
		"devices suspended":       {fitting, Circumstances{Agreements: Agreements{row("device", "suspended", "2026-03-11", nil)}}, Parts{Claimed: 1000, NotPayable: 1000}, Why{Because: "suspended"}},
		"rehab goes by its own":   {rehab, Circumstances{Agreements: Agreements{suspended}}, Parts{Claimed: 1000, Approved: 1000}, Why{}},
		"terminated":              {line("2026-03-11", ""), Circumstances{Agreements: Agreements{active, row("medical", "terminated", "2026-03-11", nil)}}, Parts{Claimed: 1000, NotPayable: 1000}, Why{Because: "terminated"}},
		"signed again":            {line("2026-03-11", ""), Circumstances{Agreements: Agreements{row("medical", "active", "2026-03-11", nil), row("medical", "terminated", "2026-02-01", nil)}}, Parts{Claimed: 1000, Approved: 1000}, Why{}},
		"held":                    {line("2026-03-11", ""), Circumstances{Holds: []Hold{{"H", d("2026-03-11"), nil}}}, Parts{Claimed: 1000, OnHold: 1000}, Why{Hold: "H"}},
		"before the hold":         {line("2026-03-10", ""), Circumstances{Holds: []Hold{{"H", d("2026-03-11"), nil}}}, Parts{Claimed: 1000, Approved: 1000}, Why{}},
		"held until the closing":  {line("2026-03-11", ""), Circumstances{Holds: []Hold{{"H", d("2026-03-11"), until(t, "2026-04-06")}}}, Parts{Claimed: 1000, OnHold: 1000}, Why{Hold: "H"}},
		"released on that day":    {line("2026-03-11", ""), Circumstances{Holds: []Hold{{"H", d("2026-03-11"), until(t, "2026-04-05")}}}, Parts{Claimed: 1000, Approved: 1000}, Why{}},
		"undecided":               {line("2026-03-11", ""), Circumstances{Undecided: map[LineID]claimwatch.Fen{id: 300}, Rejected: map[LineID]claimwatch.Fen{id: 500}}, Parts{Claimed: 1000, Rejected: 500, OnHold: 300, Approved: 200}, Why{}},
		"undecided after a close": {after(Parts{Claimed: 1000, OnHold: 100, Approved: 900}), Circumstances{Undecided: map[LineID]claimwatch.Fen{id: 300}}, Parts{Claimed: 1000, OnHold: 100, Approved: 900}, Why{}},
		"rejected after a close":  {after(Parts{Claimed: 1000, Approved: 1000}), Circumstances{Undecided: map[LineID]claimwatch.Fen{id: 300}, Rejected: map[LineID]claimwatch.Fen{id: 200}}, Parts{Claimed: 1000, Rejected: 200, Approved: 800}, Why{}},
		"held by people after it": {after(Parts{Claimed: 1000, Approved: 1000}), Circumstances{Holds: []Hold{{"H", d("2026-03-11"), nil}}}, Parts{Claimed: 1000, OnHold: 1000}, Why{Hold: "H"}},
		"undecided beyond it":     {line("2026-03-11", ""), Circumstances{Undecided: map[LineID]claimwatch.Fen{id: 3000, fittingID: 9}}, Parts{Claimed: 1000, OnHold: 1000}, Why{}},
		"of a later month":        {line("2026-04-01", ""), Circumstances{}, Parts{}, Why{}},
		"cancelled":               {Line{LineID: id, OccurredAt: d("2026-03-01").Midnight()}, Circumstances{Rejected: map[LineID]claimwatch.Fen{id: 400}}, Parts{}, Why{}},
	} {
		if c.circumstances.Month == 0 {
			c.circumstances.Month = month(t, "2026-03")
		}
		c.circumstances.On = d("2026-04-05")
		parts, why := c.circumstances.Target(&c.line)
		if diff := cmp.Diff(parts, c.want); diff != "" || why != c.why || !parts.Balanced() {
			t.Errorf("%s: %+v, %+v (-got, +want):\n%s", name, parts, why, diff)
		}
	}
}

// TestTargetIdentity: whatever stands against a line, its parts add up and none is
// negative.
func TestTargetIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64Range(-50, 1000)
		someDay := rapid.Custom(func(t *rapid.T) claimwatch.Day { return claimwatch.Day(rapid.IntRange(20_500, 20_560).Draw(t, "day")) })
		end := rapid.Custom(func(t *rapid.T) *claimwatch.Day { d := someDay.Draw(t, "end"); return &d })
		id := LineID{claimwatch.Fee, "F"}
		c := Circumstances{
			Month: term.MonthOf(someDay.Draw(t, "month")), On: someDay.Draw(t, "on"),
			Rejected:  map[LineID]claimwatch.Fen{id: claimwatch.Fen(amount.Draw(t, "rejected"))},
			Undecided: map[LineID]claimwatch.Fen{id: claimwatch.Fen(amount.Draw(t, "undecided"))},
		}
		for range rapid.IntRange(0, 3).Draw(t, "agreements") {
			c.Agreements = append(c.Agreements, Agreement{
				Kind: rapid.SampledFrom([]string{"medical", "rehab"}).Draw(t, "kind"), From: someDay.Draw(t, "from"), Until: end.Draw(t, "until"),
				Status: rapid.SampledFrom([]string{"active", "suspended", "terminated"}).Draw(t, "status"), Holdover: rapid.Bool().Draw(t, "holdover"),
			})
		}
		if rapid.Bool().Draw(t, "hold") {
			c.Holds = []Hold{{"H", someDay.Draw(t, "from"), end.Draw(t, "until")}}
		}
		l := Line{LineID: id, OccurredAt: someDay.Draw(t, "service").Midnight(), Net: claimwatch.Fen(amount.Draw(t, "net"))}
		parts, _ := c.Target(&l)
		if !parts.Balanced() || min(parts.Claimed, parts.Rejected, parts.NotPayable, parts.OnHold, parts.Approved) < 0 {
			t.Fatalf("Target() = %+v", parts)
		}
		if term.MonthOf(l.OccurredAt.Day()) <= c.Month && parts.Claimed != max(0, l.Net) {
			t.Fatalf("Target() claims %d of %d", parts.Claimed, l.Net)
		}
	})
}
