package board

import (
	"fmt"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	dto "github.com/prometheus/client_model/go"
	"pgregory.net/rapid"

	"claimwatch"
)

// Nothing is lost or doubled by the labels: sums over a metric are those of the input,
// also where there are more cities than labels, and money is exact to the fen.
func TestSumsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := &Input{Now: time.UnixMilli(1_772_000_000_000), At: 1_772_000_000_000, Cities: map[string]string{}, Heard: map[string]claimwatch.Instant{}, Rules: []string{"FEE-001"}}
		for i := range rapid.IntRange(0, 90).Draw(t, "institutions") {
			id := fmt.Sprint("H", i)
			in.Cities[id] = fmt.Sprint("city ", i)
			in.Agreed = append(in.Agreed, id)
			if ago := rapid.Int64Range(-1, 900).Draw(t, "hours ago"); ago >= 0 {
				in.Heard[id] = in.At - claimwatch.Instant(ago*3_600_000)
			}
		}
		var amount, rejected claimwatch.Fen
		decided := 0
		for range rapid.IntRange(0, 40).Draw(t, "findings") {
			f := Finding{
				Rule: rapid.SampledFrom([]string{"FEE-001", "FEE-099"}).Draw(t, "rule"), InstitutionID: fmt.Sprint("H", rapid.IntRange(0, 99).Draw(t, "institution")),
				Severity: rapid.SampledFrom(severities()).Draw(t, "severity"), State: rapid.SampledFrom(states()).Draw(t, "state"),
				Amount: claimwatch.Fen(rapid.Int64Range(0, 1e9).Draw(t, "fen")), Rejected: claimwatch.Fen(rapid.Int64Range(0, 1e9).Draw(t, "rejected")), OpenedAt: in.At,
			}
			for range rapid.IntRange(0, 2).Draw(t, "steps") {
				f.Steps = append(f.Steps, Step{claimwatch.StateRejected, in.At + claimwatch.Instant(rapid.Int64Range(-5, 1e10).Draw(t, "wait"))})
			}
			decided += min(len(f.Steps), 1)
			amount, rejected = amount+f.Amount, rejected+f.Rejected
			in.Findings = append(in.Findings, f)
		}
		b := NewBoard()
		b.Show(Sum(in, time.Second))
		got := total(t, b)
		for name, want := range map[string]float64{
			"findings": float64(len(in.Findings)), "rule_findings": float64(len(in.Findings)), "findings_yuan": float64(amount) / 100, "rule_findings_yuan": float64(amount) / 100,
			"rejected_yuan": float64(rejected) / 100, "rule_rejected_yuan": float64(rejected) / 100, "institutions": float64(len(in.Agreed)), "decision_seconds": float64(decided),
		} {
			if diff := got["claimwatch_"+name] - want; diff > 0.001 || diff < -0.001 {
				t.Errorf("%s adds up to %v, want %v", name, got["claimwatch_"+name], want)
			}
		}
		if n := testutil.CollectAndCount(b, "claimwatch_rejected_yuan"); n > MaxCities+2 {
			t.Errorf("%d cities", n)
		}
	})
}

// total adds up each metric over its labels; a histogram by its count.
func total(t *rapid.T, b *Board) map[string]float64 {
	registry := prometheus.NewPedanticRegistry()
	registry.MustRegister(b)
	families, err := registry.Gather()
	if err != nil {
		t.Fatalf("Gather() error:\n%+v", err)
	}
	sums := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			sums[f.GetName()] += value(m)
		}
	}
	return sums
}

func value(m *dto.Metric) float64 {
	switch {
	case m.GetHistogram() != nil:
		return float64(m.GetHistogram().GetSampleCount())
	case m.GetCounter() != nil:
		return m.GetCounter().GetValue()
	default:
		return m.GetGauge().GetValue()
	}
}

// The boundaries of what was heard when, and of what is due when.
func TestBoundaries(t *testing.T) {
	at := claimwatch.Instant(1_772_000_000_000)
	today := at.Day()
	in := &Input{Now: time.UnixMilli(int64(at)), At: at, Cities: map[string]string{}, Heard: map[string]claimwatch.Instant{}}
	for i, hours := range []int64{6, 24, 72, 168} {
		for past := range int64(2) {
			id := fmt.Sprint(i, "-", past)
			in.Cities[id], in.Heard[id] = "太原", at-claimwatch.Instant(hours*3_600_000+past)
			in.Agreed = append(in.Agreed, id)
		}
	}
	for _, ahead := range []claimwatch.Day{-3, 0, 1, 7, 8} {
		in.Deadlines = append(in.Deadlines, Deadline{City: "太原", Kind: "statement", On: today + ahead, Overdue: ahead < 0})
	}
	f := Sum(in, 0)
	for within, want := range map[string]int{"6h": 1, "1d": 2, "3d": 2, "7d": 2, "longer": 1, "never": 0} {
		if got := f.heard[hearing{"太原", within}]; got != want {
			t.Errorf("%d heard of within %s, want %d", got, within, want)
		}
	}
	for when, want := range map[string]int{"overdue": 1, "today": 1, "week": 2, "later": 1} {
		if got := f.due[dueIn{"太原", "statement", when}]; got != want {
			t.Errorf("%d are due %s, want %d", got, when, want)
		}
	}
}
