package sink

import (
	"context"
	"testing"
	"time"
)

func TestRestAfterASmallBatch(t *testing.T) {
	for _, c := range []struct {
		records    int
		took, want time.Duration
	}{
		{1, 0, 0},
		{1, 60 * time.Millisecond, 60 * time.Millisecond},
		{4999, time.Minute, 200 * time.Millisecond},
		{5000, time.Minute, 0},
	} {
		if got := restAfter(c.records, c.took); got != c.want {
			t.Errorf("rest after %d records in %v: %v, want %v", c.records, c.took, got, c.want)
		}
	}
}

func TestRestEndsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 100 { // 20 s, if it did not
		rest(ctx, 1, time.Minute)
	}
	if ctx.Err() == nil {
		t.Error("the context has not ended")
	}
}
