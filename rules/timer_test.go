package rules_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/rules"
)

// TestTimerLooksEveryMinuteAndSoonAfterAWake runs in a bubble of its own time.
func TestTimerLooksEveryMinuteAndSoonAfterAWake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		start := time.Now()
		var looks []time.Duration
		timer := rules.NewTimer(rules.Config{}, rules.TimerDeps{
			AsOf: func(context.Context) (claimwatch.Instant, bool, error) {
				looks = append(looks, time.Since(start))
				return 0, false, nil // no record yet
			},
			Now: time.Now,
		}, nil, zap.NewNop())
		done := make(chan error, 1)
		go func() { done <- timer.Run(ctx) }()
		time.Sleep(10 * time.Second)
		timer.Wake()
		timer.Wake()
		timer.Wake() // one look for all of them
		time.Sleep(time.Minute)
		stop()
		if err := <-done; err != nil {
			t.Errorf("Run() error:\n%+v", err)
		}
		want := []time.Duration{0, 10*time.Second + 200*time.Millisecond, time.Minute}
		if diff := cmp.Diff(looks, want); diff != "" {
			t.Errorf("looks (-got, +want):\n%s", diff)
		}
	})
}

func TestTimerPublishesAgainOnlyAfterAMoment(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	var published []claimwatch.Scope
	var answered int64
	broken := errors.New("log is away")
	var failure error
	metrics := rules.NewMetrics(prometheus.NewRegistry())
	timer := rules.NewTimer(rules.Config{}, rules.TimerDeps{
		AsOf:     func(context.Context) (claimwatch.Instant, bool, error) { return 5, true, nil },
		Presents: func(context.Context, claimwatch.Instant) (map[string]claimwatch.Instant, error) { return nil, nil },
		DueScopes: func(context.Context, claimwatch.Instant, map[string]claimwatch.Instant) ([]claimwatch.Scope, error) {
			return []claimwatch.Scope{"P1"}, nil
		},
		Publish: func(_ context.Context, reason string, scopes []claimwatch.Scope) error {
			if failure != nil {
				return failure
			}
			if reason != rules.ReasonTimer {
				t.Errorf("published with reason %q", reason)
			}
			published = append(published, scopes...)
			return nil
		},
		Pace: rules.NewPace(rules.Config{}, rules.PaceDeps{
			Ends:     func(context.Context) (map[int]int64, error) { return map[int]int64{0: int64(len(published))}, nil },
			Answered: func(context.Context) (map[int]int64, error) { return map[int]int64{0: answered}, nil },
		}),
		Now: func() time.Time { return now },
	}, metrics, zap.NewNop())
	look := func(want int) {
		t.Helper()
		if got, err := timer.Look(t.Context()); got != want || !errors.Is(err, failure) {
			t.Errorf("Look() = %d, want %d; error:\n%+v", got, want, err)
		}
	}
	failure = broken
	look(0)
	failure = nil
	look(1) // what was not published is published now
	look(0) // under way
	now = now.Add(999 * time.Millisecond)
	look(0)
	now = now.Add(time.Millisecond)
	look(0) // still under way: it stands behind others
	answered++
	look(1)
	if diff := cmp.Diff(published, []claimwatch.Scope{"P1", "P1"}); diff != "" {
		t.Errorf("published (-got, +want):\n%s", diff)
	}
	if got := testutil.ToFloat64(metrics.Woken); got != 2 {
		t.Errorf("claimwatch_due_scopes_total = %v, want 2", got)
	}
}
