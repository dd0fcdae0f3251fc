package main

import (
	"math"
	"testing"
)

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		numbers []float64
		want    float64
	}{
		{[]float64{7}, 7}, {[]float64{9, 1, 5}, 5}, {[]float64{4, 1, 3, 2}, 2.5}, {[]float64{5, 1, 2, 100, 3}, 3},
	} {
		if got := median(c.numbers); got != c.want {
			t.Errorf("median(%v) = %v, want %v", c.numbers, got, c.want)
		}
	}
	if got := median(nil); !math.IsNaN(got) {
		t.Errorf("median of nothing = %v, want NaN", got)
	}
}

func TestMedianLeavesItsInput(t *testing.T) {
	numbers := []float64{3, 1, 2}
	median(numbers)
	if numbers[0] != 3 || numbers[1] != 1 {
		t.Errorf("median() sorted what it was given: %v", numbers)
	}
}

func TestPercentile(t *testing.T) {
	hundred := make([]float64, 100)
	for i := range hundred {
		hundred[99-i] = float64(i + 1)
	}
	for _, c := range []struct {
		numbers []float64
		p, want float64
	}{
		{hundred, 99, 99},
		{hundred, 100, 100},
		{hundred, 50, 50},
		{hundred, 0, 1},
		{hundred, 99.5, 100},
		{[]float64{4}, 99, 4},
		{[]float64{1, 2}, 50, 1},
		{[]float64{1, 2}, 51, 2},
	} {
		if got := percentile(c.numbers, c.p); got != c.want {
			t.Errorf("percentile(%d numbers, %v) = %v, want %v", len(c.numbers), c.p, got, c.want)
		}
	}
	if got := percentile(nil, 50); !math.IsNaN(got) {
		t.Errorf("percentile of nothing = %v, want NaN", got)
	}
}
