package store_test

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"claimwatch/store"
)

// A code counts once, and none of before it afterwards.
func TestUseStep(t *testing.T) {
	db := open(t)
	attempt := 0
	use := func(factor string, step int64) bool {
		attempt++
		return got(db.UseStep(t.Context(), store.StepUse{Factor: factor, Step: step, Attempt: strconv.Itoa(attempt), At: today()}))(t)
	}
	for i, c := range []struct {
		factor string
		step   int64
		want   bool
	}{{"a", 10, true}, {"a", 10, false}, {"a", 9, false}, {"a", 11, true}, {"b", 10, true}, {"a", 10, false}} {
		if fresh := use(c.factor, c.step); fresh != c.want {
			t.Errorf("%d: UseStep(%s, %d) = %v", i, c.factor, c.step, fresh)
		}
	}
	var good atomic.Int32
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			fresh, err := db.UseStep(t.Context(), store.StepUse{Factor: "c", Step: 10, Attempt: "at once " + strconv.Itoa(i), At: today()})
			if err == nil && fresh {
				good.Add(1)
			}
		})
	}
	all.Wait()
	if good.Load() > 1 {
		t.Errorf("one code is good %d times", good.Load())
	}
}
