package main

import (
	"math"
	"slices"
)

// median of some numbers, the mean of the two in the middle when there are as
// many before as behind; NaN of none.
func median(numbers []float64) float64 {
	n := len(numbers)
	if n == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(numbers))
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// percentile is the smallest number that at least p percent of all do not
// exceed (nearest rank); NaN of none.
func percentile(numbers []float64, p float64) float64 {
	if len(numbers) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(numbers))
	rank := int(math.Ceil(p / 100 * float64(len(sorted))))
	return sorted[max(0, min(rank, len(sorted))-1)]
}

// series gathers the runs of one figure.
type series map[string][]float64

func (s series) add(name string, number float64) { s[name] = append(s[name], number) }

func (s series) median(name string) float64 { return median(s[name]) }
