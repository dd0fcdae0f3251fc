package baseline

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// stays are lengths of single stays of S82 at level 3.
func stays(days ...int32) []Length {
	lengths := make([]Length, len(days))
	for i, d := range days {
		lengths[i] = Length{Group: "S82", Level: 3, Days: d, Stays: 1}
	}
	return lengths
}

// upTo is 1, 2 … n.
func upTo(n int32) []int32 {
	days := make([]int32, n)
	for i := range days {
		days[i] = int32(i + 1)
	}
	return days
}

func TestOf(t *testing.T) {
	for _, c := range []struct {
		name    string
		lengths []Length
		want    []Row
	}{
		{"no stay", nil, nil},
		{"one", stays(7), []Row{{"S82", 3, 1, 700, 700, 0}}},
		// 3, 10: the second of two is the 95th percentile, the median is between, both are 3.5 away.
		{"two", stays(10, 3), []Row{{"S82", 3, 2, 1000, 650, 350}}},
		{"three", stays(1, 2, 9), []Row{{"S82", 3, 3, 900, 200, 100}}},
		// Median 2.5, distances 1.5, 0.5, 0.5, 1.5: their median is 1.
		{"four", stays(1, 2, 3, 4), []Row{{"S82", 3, 4, 400, 250, 100}}},
		// Median 4.5, distances 3.5, 3.5, 0.5, 0.5, 3.5, 15.5 → 0.5 0.5 3.5 3.5 3.5 15.5.
		{"six", stays(1, 1, 4, 5, 8, 20), []Row{{"S82", 3, 6, 2000, 450, 350}}},
		// Median 2, distances 0, 0, 0, 7, 7.
		{"equal ones count each", stays(2, 2, 2, 9, 9), []Row{{"S82", 3, 5, 900, 200, 0}}},
		// ceil(0.95 x 19) = 19, of 20 it is 19 too, of 21 it is 20.
		{"nineteen", stays(upTo(19)...), []Row{{"S82", 3, 19, 1900, 1000, 500}}},
		{"twenty", stays(upTo(20)...), []Row{{"S82", 3, 20, 1900, 1050, 500}}},
		{"twenty-one", stays(upTo(21)...), []Row{{"S82", 3, 21, 2000, 1100, 500}}},
		// ceil(27.55) = 28; the median is 15, the distances 0, 1, 1, 2, 2 … 14, 14: the 15th is 7.
		{"29", stays(upTo(29)...), []Row{{"S82", 3, 29, 2800, 1500, 700}}},
		// ceil(28.5) = 29; the median is 15.5, the distances 0.5, 0.5 … 14.5, 14.5: 15th and 16th are 7.5.
		{"30", stays(upTo(30)...), []Row{{"S82", 3, 30, 2900, 1550, 750}}},
		{"groups and levels by themselves", []Length{
			{"S83", 2, 5, 1}, {"S82", 3, 4, 2}, {"S82", 2, 8, 3}, {"S82", 3, 1, 1}, {"S82", 2, 9, 1},
		}, []Row{{"S82", 2, 4, 900, 800, 0}, {"S82", 3, 3, 400, 400, 0}, {"S83", 2, 1, 500, 500, 0}}},
	} {
		if diff := cmp.Diff(c.want, Of(c.lengths)); diff != "" {
			t.Errorf("%s: Of() (-want, +got):\n%s", c.name, diff)
		}
	}
}

// The order of what comes in, and whether equal lengths come together, are of no concern.
func TestOrderIsOfNoConcern(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var days []int32
		together := map[int32]int{}
		for range 1 + random.IntN(60) {
			d := int32(1 + random.IntN(12))
			days = append(days, d)
			together[d]++
		}
		var lengths []Length
		for d, n := range together {
			lengths = append(lengths, Length{Group: "S82", Level: 3, Days: d, Stays: n})
		}
		got := Of(lengths)[0]
		if diff := cmp.Diff(Of(stays(days...))[0], got); diff != "" {
			t.Fatalf("%v (-single, +together):\n%s", days, diff)
		}
		slices.Sort(days)
		if want := int64(days[(95*len(days)+99)/100-1]) * 100; got.P95 != want || got.N != len(days) {
			t.Fatalf("%v: p95 %d of %d, want %d", days, got.P95, got.N, want)
		}
	}
}

func TestWindow(t *testing.T) {
	for month, want := range map[string]string{
		"2026-03": "2024-03-01T00:00:00.000+08:00 2026-03-01T00:00:00.000+08:00",
		"2024-02": "2022-02-01T00:00:00.000+08:00 2024-02-01T00:00:00.000+08:00",
		"2026-01": "2024-01-01T00:00:00.000+08:00 2026-01-01T00:00:00.000+08:00",
	} {
		window, err := Window(month)
		if got := fmt.Sprint(window.From, " ", window.Until); err != nil || got != want {
			t.Errorf("Window(%s) = %s, %v; want %s", month, got, err, want)
		}
	}
	for _, month := range []string{"", "2026", "2026-13", "2026-3", "2026-03-01", "March"} {
		if _, err := Window(month); err == nil {
			t.Errorf("Window(%q) gives one", month)
		}
	}
}
