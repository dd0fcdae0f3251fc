package rules_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// TestOrderAndRepeatsChangeNothing sends the same records in another order, with
// repeats, in other parts, to another store, and asks about the persons in other
// company: the answers are the same byte for byte.
func TestOrderAndRepeatsChangeNothing(t *testing.T) {
	t.Parallel()
	w := drawWorlds(3000, 15)
	asOf := w.moments(rand.New(rand.NewPCG(4, 4)), 1)[0] + 40*24*3600*1000

	once := openStore(t)
	w.load(t, once)
	insert(t, once, w.records)
	want, err := newEngine(t, once).Evaluate(t.Context(), w.scopes, claimwatch.Moment{AsOf: asOf, Exact: true})
	if err != nil {
		t.Fatalf("Evaluate() error:\n%+v", err)
	}

	random := rand.New(rand.NewPCG(5, 5))
	shuffled := append([]claimwatch.Stored{}, w.records...)
	for range len(w.records) / 5 {
		shuffled = append(shuffled, w.records[random.IntN(len(w.records))])
	}
	random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	again := openStore(t)
	w.load(t, again)
	for i := range shuffled {
		shuffled[i].Position.Offset = int64(i)
	}
	insert(t, again, shuffled[:len(shuffled)/3])
	insert(t, again, shuffled[len(shuffled)/3:])
	engine := newEngine(t, again)
	findings := 0
	for i, scope := range w.scopes[:min(len(w.scopes), 6)] { // one by one
		got, err := engine.Evaluate(t.Context(), []claimwatch.Scope{scope}, claimwatch.Moment{AsOf: asOf, Exact: true})
		if err != nil {
			t.Fatalf("Evaluate(%s) error:\n%+v", scope, err)
		}
		if diff := cmp.Diff(got[0], want[i]); diff != "" {
			t.Errorf("Evaluate(%s) alone (-got, +want):\n%s", scope, diff)
		}
	}
	got, err := engine.Evaluate(t.Context(), w.scopes, claimwatch.Moment{AsOf: asOf, Exact: true})
	if err != nil {
		t.Fatalf("Evaluate() error:\n%+v", err)
	}
	for i := range got {
		findings += len(got[i].Findings)
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("Evaluate() of shuffled records (-got, +want):\n%s", diff)
	}
	if findings == 0 {
		t.Error("the test proves nothing: no findings")
	}
}
