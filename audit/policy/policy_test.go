package policy

import (
	"testing"

	"claimwatch"
)

func day(t *testing.T, text string) claimwatch.Day {
	t.Helper()
	d, err := claimwatch.ParseDay(text)
	if err != nil {
		t.Fatalf("ParseDay() error:\n%+v", err)
	}
	return d
}

// TestValue: the city before everywhere, the row that began last, half-open days,
// the default where nothing is set.
func TestValue(t *testing.T) {
	var s State
	until := day(t, "2026-07-01")
	s.Set(Row{Name: claimwatch.PolicyPayDay, From: day(t, "2026-01-01"), Value: "25"})
	s.Set(Row{Name: claimwatch.PolicyPayDay, From: day(t, "2026-03-01"), Until: &until, Value: "22"})
	s.Set(Row{Name: claimwatch.PolicyPayDay, City: "太原", From: day(t, "2026-05-01"), Value: "20"})
	s.Set(Row{Name: claimwatch.PolicySecondFrom, From: day(t, "2026-01-01"), Value: "1000.00"})
	for _, c := range []struct {
		city, on string
		want     int
	}{
		{"太原", "2025-12-31", 25},
		{"太原", "2026-02-28", 25},
		{"太原", "2026-03-01", 22},
		{"太原", "2026-04-30", 22},
		{"太原", "2026-05-01", 20},
		{"太原", "2026-07-01", 20},
		{"大同", "2026-06-30", 22},
		{"大同", "2026-07-01", 25},
	} {
		if got := s.Number(claimwatch.PolicyPayDay, c.city, day(t, c.on)); got != c.want {
			t.Errorf("Number(pay_day, %s, %s) = %d, want %d", c.city, c.on, got, c.want)
		}
	}
	if got := s.Amount(claimwatch.PolicySecondFrom, "大同", day(t, "2026-01-01")); got != 100_000 {
		t.Errorf("Amount(second_person_from) = %s, want 1000.00", got)
	}
	if got := s.Amount(claimwatch.PolicySecondFrom, "大同", day(t, "2025-12-31")); got != 5_000_000 {
		t.Errorf("Amount(second_person_from) before = %s, want the default 50000.00", got)
	}
	s.Set(Row{Name: claimwatch.PolicyPayDay, City: "太原", From: day(t, "2026-05-01"), Void: true})
	if got := s.Number(claimwatch.PolicyPayDay, "太原", day(t, "2026-05-01")); got != 22 {
		t.Errorf("Number(pay_day) after the city's row was withdrawn = %d, want 22", got)
	}
}
