package e2e

import (
	"math/rand/v2"
	"testing"
	"time"

	"claimwatch/province"
	"claimwatch/stream/kafkatest"
)

// TestBrokerKilled kills the broker with -9 and starts it again while hospitals
// send: whoever got a receipt finds everything, the others sent again, and the
// server never has to be touched.
func TestBrokerKilled(t *testing.T) {
	t.Parallel()
	w := newWorld(12, 45)
	batches := province.Mess{Seed: 6, Duplicates: 0.02, Conflicts: 0.01, MostAtOnce: 200}.Batches(w.records)
	stored, _ := expected(logOf(batches))
	s := setup{data: t.TempDir(), clock: "event", address: freeAddress(t), kafka: kafkatest.Start(t)}
	p := start(t, s)
	p.prepare(t, w)
	done := make(chan *sent, 1)
	go func() {
		var last *sent
		for i := range 4 {
			last = p.deliverAll(t, share(batches, i, 4), 1)
		}
		done <- last
	}()
	for range 2 {
		time.Sleep(time.Duration(rand.Int64N(int64(time.Second)))) // any moment
		s.kafka.Kill()
		if err := s.kafka.Restart(); err != nil {
			t.Fatal(err)
		}
	}
	<-done
	p.settledAt(t, "after two kills of the broker", stored)
	w.checkPlants(t, p.findings(t, ""))
}
