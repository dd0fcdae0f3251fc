package e2e

import (
	"math/rand/v2"
	"os"
	"syscall"
	"testing"
	"time"

	"claimwatch/province"
)

// share is the part i of n of a delivery.
func share[T any](list []T, i, n int) []T { return list[i*len(list)/n : (i+1)*len(list)/n] }

// TestZombie stops a worker beyond its session while it works, lets another one
// take over and finish, and continues the first: nothing changes by what it
// still does. Once it is stopped between two steps of the sink, once between two
// of the evaluator; in CI at more places, and anywhere.
func TestZombie(t *testing.T) {
	t.Parallel()
	w := newWorld(20, 45)
	batches := province.Mess{Seed: 3, Conflicts: 0.01, Changed: 0.01, MostAtOnce: 60}.Batches(w.records)
	f := newFleet(t)
	f.front.prepare(t, w)
	healthy := f.worker(t)
	points := []string{"sink.records:2", "evaluator.after_run:2"}
	if os.Getenv("CLAIMWATCH_TEST_CRASH") == "full" {
		points = append(points, "sink.published:3", "evaluator.after_write:3", "", "") // anywhere
	}
	for i, point := range points {
		sick := f.worker(t, "CLAIMWATCH_PAUSE="+point)
		until(t, "the workers share the work", 60*time.Second, func() bool {
			return sick.owned(working[0]) > 0 && sick.owned(working[1]) > 0 && !healthy.ownsAll()
		})
		sent := make(chan *sent, 1)
		go func() { sent <- f.front.deliverAll(t, share(batches, i, len(points)), 0) }()
		if point == "" {
			time.Sleep(time.Duration(rand.Int64N(int64(time.Second)))) // any moment
			sick.signal(t, syscall.SIGSTOP)
		}
		until(t, "the worker is stopped at "+point, 60*time.Second, sick.stopped)
		until(t, "the other worker has taken over", 60*time.Second, healthy.ownsAll)
		<-sent
		stored, _ := expected(logOf(batches[:(i+1)*len(batches)/len(points)]))
		f.front.settledAt(t, "without the worker stopped at "+point, stored)
		before := f.front.digest(t, "")

		terms := sick.terms()
		sick.signal(t, syscall.SIGCONT)
		until(t, "the worker is back", 60*time.Second, func() bool { return sick.terms() >= terms+2 })
		f.front.settledAt(t, "with the worker stopped at "+point, stored)
		sick.settledAt(t, "seen by the worker stopped at "+point, stored)
		if got := f.front.digest(t, ""); got != before {
			t.Errorf("the worker stopped at %s changed the digest", point)
		}
		sick.stop(t)
	}
	w.checkPlants(t, f.front.findings(t, ""))
}

// TestRebalance lets a second worker join and leave, and the first one leave
// and come back, while hospitals send.
func TestRebalance(t *testing.T) {
	t.Parallel()
	w := newWorld(20, 45)
	batches := province.Mess{Seed: 4, Duplicates: 0.02, Conflicts: 0.01, MostAtOnce: 100}.Batches(w.records)
	stored, _ := expected(logOf(batches))
	f := newFleet(t)
	f.front.prepare(t, w)
	first := f.worker(t)
	until(t, "the first worker works", 60*time.Second, first.ownsAll)
	done := make(chan *sent, 1)
	go func() {
		var last *sent
		for i := range 4 {
			last = f.front.deliverAll(t, share(batches, i, 4), 1)
		}
		done <- last
	}()
	second := f.worker(t)
	until(t, "both share the work", 60*time.Second, func() bool {
		return first.owned(working[0]) == 2 && second.owned(working[0]) == 2 && second.owned(working[1]) == 2
	})
	if code := first.stop(t); code != 0 {
		t.Errorf("exit code %d of a worker that leaves", code)
	}
	until(t, "the second worker has all", 60*time.Second, second.ownsAll)
	third := f.worker(t)
	until(t, "the work is shared again", 60*time.Second, func() bool { return third.owned(working[0]) == 2 })
	second.kill()
	<-done
	until(t, "the last worker has all", 60*time.Second, third.ownsAll)
	third.settledAt(t, "seen by the last worker", stored)
	f.front.settledAt(t, "seen by the front", stored)
	w.checkPlants(t, f.front.findings(t, ""))
}
