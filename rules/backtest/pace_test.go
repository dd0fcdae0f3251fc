package backtest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestPace: slices grow while they are quick, shrink when they are slow and
// begin anew when live evaluation waits.
func TestPace(t *testing.T) {
	p := newPace(Config{Bucket: 200, MostBucket: 1000, Brisk: time.Second}.withDefaults())
	got := []int{p.bucket}
	for _, step := range []struct {
		took   time.Duration
		behind bool
	}{
		{time.Second / 2, false},
		{time.Second / 2, false},
		{time.Second / 2, false},
		{2 * time.Second, false},
		{3 * time.Second, false},
		{time.Second / 2, true},
		{9 * time.Second, false},
	} {
		p.took(step.took, step.behind)
		got = append(got, p.bucket)
	}
	if diff := cmp.Diff([]int{200, 400, 800, 1000, 1000, 500, 200, 200}, got); diff != "" {
		t.Errorf("buckets differ (-want +got):\n%s", diff)
	}
}

// TestRest: a backtest waits while live evaluation is behind, not for ever, and
// not when it is cancelled.
func TestRest(t *testing.T) {
	failure := errors.New("the log is away")
	cases := map[string]struct {
		answers    []bool
		fails      error
		wantAsked  int
		wantBehind bool
	}{
		"nothing to do":  {answers: []bool{false}, wantAsked: 1},
		"soon done":      {answers: []bool{true, true, false}, wantAsked: 3, wantBehind: true},
		"behind forever": {answers: []bool{true, true, true, true, true, true}, wantAsked: 4, wantBehind: true},
		"no answer":      {fails: failure, wantAsked: 1},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			asked := 0
			r := New(Config{Look: time.Millisecond, Yield: 3 * time.Millisecond}, Deps{Behind: func(context.Context) (bool, error) {
				asked++
				if c.fails != nil {
					return false, c.fails
				}
				return c.answers[asked-1], nil
			}})
			behind, err := r.rest(t.Context())
			if !errors.Is(err, c.fails) || behind != c.wantBehind || asked != c.wantAsked {
				t.Errorf("rest() = %v, %v after %d questions, want %v, %v after %d", behind, err, asked, c.wantBehind, c.fails, c.wantAsked)
			}
		})
	}
	r := New(Config{}, Deps{Behind: func(context.Context) (bool, error) { return true, nil }})
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errCancelled)
	if _, err := r.rest(ctx); !errors.Is(err, errCancelled) {
		t.Errorf("rest() error %v, want the cause of the end", err)
	}
}
