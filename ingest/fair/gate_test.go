package fair_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"claimwatch/ingest/fair"
)

// TestFloodDoesNotStarve has one institution with 2,000 requests waiting when
// 200 others come with one each: every one of them is served before the flood
// has moved on by more than its turn.
func TestFloodDoesNotStarve(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const others = 200
		gate := fair.NewGate(16, 0)
		var mu sync.Mutex
		var order []string
		work := func(name string) {
			grant, err := gate.Acquire(t.Context(), name, 4)
			if err != nil {
				t.Errorf("Acquire(%s) error:\n%+v", name, err)
				return
			}
			mu.Lock()
			order = append(order, name)
			mu.Unlock()
			time.Sleep(time.Millisecond)
			grant.Release()
		}
		var wg sync.WaitGroup
		for range 2000 {
			wg.Go(func() { work("flood") })
		}
		synctest.Wait()
		for i := range others {
			wg.Go(func() { work(fmt.Sprintf("h%03d", i)) })
		}
		wg.Wait()
		floods, served, worst := 0, 0, 0
		for _, name := range order {
			if name == "flood" {
				floods++
				continue
			}
			served++
			worst = max(worst, floods)
		}
		if served != others {
			t.Errorf("%d of %d institutions were served", served, others)
		}
		// Two are running when the others come, and a lane gets one turn in each round.
		if worst > 10 {
			t.Errorf("an institution with one request waited for %d requests of the flood", worst)
		}
		if used, waiting := gate.Used(), gate.Waiting(); used != 0 || waiting != 0 {
			t.Errorf("%d units are in use and %d wait in the end", used, waiting)
		}
	})
}

func TestFloodLeavesRoom(t *testing.T) {
	gate := fair.NewGate(100, 0)
	var held []*fair.Grant
	for {
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan *fair.Grant)
		go func() {
			g, err := gate.Acquire(ctx, "flood", 10)
			if err != nil {
				g = nil
			}
			done <- g
		}()
		deadline := time.Now().Add(10 * time.Second)
		for gate.Waiting() == 0 && gate.Used() < int64(10*(len(held)+1)) && time.Now().Before(deadline) {
			time.Sleep(50 * time.Microsecond)
		}
		waits := gate.Waiting() > 0
		cancel()
		if g := <-done; g != nil {
			held = append(held, g)
		}
		if waits {
			break
		}
	}
	if len(held) != 5 {
		t.Errorf("an institution alone got %d of 100 units, want half", 10*len(held))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	g, err := gate.Acquire(ctx, "other", 50)
	if err != nil {
		t.Fatalf("Acquire() of the other half error:\n%+v", err)
	}
	g.Release()
	for _, g := range held {
		g.Release()
	}
	if gate.Used() != 0 {
		t.Errorf("%d units are in use in the end", gate.Used())
	}
}

func TestLargeRequestIsNotPassedOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := fair.NewGate(10, 0)
		first, err := gate.Acquire(t.Context(), "a", 5)
		if err != nil {
			t.Fatal(err)
		}
		var order []string
		var wg sync.WaitGroup
		ask := func(name string, units int64) {
			wg.Go(func() {
				g, err := gate.Acquire(t.Context(), name, units)
				if err != nil {
					t.Errorf("Acquire(%s) error:\n%+v", name, err)
					return
				}
				order = append(order, name)
				g.Release()
			})
			synctest.Wait()
		}
		ask("large", 10)
		ask("small", 1)
		if len(order) != 0 {
			t.Errorf("%v passed a request that was first", order)
		}
		first.Release()
		wg.Wait()
		if len(order) != 2 || order[0] != "large" {
			t.Errorf("order %v, want large first", order)
		}
	})
}

func TestQueueIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := fair.NewGate(1, 3)
		first, err := gate.Acquire(t.Context(), "a", 1)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				if _, err := gate.Acquire(ctx, "a", 1); !errors.Is(err, context.Canceled) {
					t.Errorf("Acquire() error:\n%+v\nwant canceled", err)
				}
			})
		}
		synctest.Wait()
		if _, err := gate.Acquire(t.Context(), "a", 1); !errors.Is(err, fair.ErrFull) {
			t.Errorf("the fourth that waits: error %v, want ErrFull", err)
		}
		cancel()
		wg.Wait()
		if gate.Waiting() != 0 {
			t.Errorf("%d wait after they have gone", gate.Waiting())
		}
		first.Release()
		if again, err := gate.Acquire(t.Context(), "a", 1); err != nil {
			t.Errorf("Acquire() afterwards error:\n%+v", err)
		} else {
			again.Release()
		}
	})
}

func TestGrowAndShrink(t *testing.T) {
	gate := fair.NewGate(100, 0)
	a, _ := gate.Acquire(t.Context(), "a", 10)
	b, _ := gate.Acquire(t.Context(), "b", 10)
	if !a.Grow(70) {
		t.Error("an upload alone of its institution may not take what is free")
	}
	if b.Grow(20) {
		t.Error("more than the capacity is handed out")
	}
	a.ShrinkTo(5)
	if !b.Grow(20) || gate.Used() != 35 || a.Units() != 5 || b.Units() != 30 {
		t.Errorf("used %d, a %d, b %d, want 35, 5, 30", gate.Used(), a.Units(), b.Units())
	}
	a.Release()
	a.Release()
	if a.Grow(1) {
		t.Error("a released grant grows")
	}
	b.Release()
	if gate.Used() != 0 {
		t.Errorf("%d units are in use in the end", gate.Used())
	}
	whole, err := gate.Acquire(t.Context(), "a", 1000)
	if err != nil || whole.Units() != 100 {
		t.Errorf("a request beyond the capacity: %v, %v units, want the capacity", err, whole.Units())
	}
}

// TestGateAddsUp runs random requests and checks that never more than the
// capacity is out, and that everything comes back.
func TestGateAddsUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		capacity := rapid.Int64Range(1, 50).Draw(rt, "capacity")
		asks := rapid.SliceOfN(rapid.Int64Range(0, 60), 1, 40).Draw(rt, "asks")
		synctest.Test(t, func(t *testing.T) {
			gate := fair.NewGate(capacity, 0)
			var wg sync.WaitGroup
			for i, units := range asks {
				wg.Go(func() {
					ctx, cancel := context.WithTimeout(t.Context(), time.Duration(20+i)*time.Millisecond)
					defer cancel()
					g, err := gate.Acquire(ctx, fmt.Sprint(i%4), units)
					if err != nil {
						return
					}
					if used := gate.Used(); used > capacity {
						t.Errorf("%d of %d units are out", used, capacity)
					}
					time.Sleep(time.Duration(1+i%5) * time.Millisecond)
					g.ShrinkTo(units / 2)
					time.Sleep(time.Duration(1+i%3) * time.Millisecond)
					g.Release()
				})
			}
			wg.Wait()
			if used, waiting := gate.Used(), gate.Waiting(); used != 0 || waiting != 0 {
				t.Errorf("%d units are in use and %d wait in the end", used, waiting)
			}
		})
	})
}
