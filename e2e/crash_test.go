package e2e

import (
	"math/rand/v2"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/province"
)

// size says how much the crash test does: a little in every run of the tests,
// everything in CI (CLAIMWATCH_TEST_CRASH=full).
func size() (records, kills int) {
	if os.Getenv("CLAIMWATCH_TEST_CRASH") == "full" {
		return 200_000, 30
	}
	return 12_000, 4
}

// TestCrash kills the process with -9 at random moments while hospitals send,
// and compares with an undisturbed run: every acknowledged record is there once,
// none twice, none that was refused, and the digest is the same.
func TestCrash(t *testing.T) {
	records, kills := size()
	w := newWorld(records/400, 60)
	mess := province.Mess{Seed: 5, Duplicates: 0.01, Conflicts: 0.003, Changed: 0.002, MostAtOnce: 400}
	batches := mess.Batches(w.cut(records).records)
	stored, _ := expected(logOf(batches))

	calm := start(t, newSetup(t, "event"))
	calm.prepare(t, w)
	began := time.Now()
	calmly := calm.deliverAll(t, batches, 0)
	sending := time.Since(began)
	if got := calm.waitIdle(t).Records.Stored; got != int64(stored) {
		t.Errorf("undisturbed: stored %d, want %d", got, stored)
	}
	whole := time.Since(began)
	t.Logf("undisturbed: %d records, sent in %v, evaluated in %v, %v", len(logOf(batches)), sending, whole, calmly)
	wanted := calm.digest(t, "")
	quarantined := calm.quarantined(t)
	calm.stop(t)

	s := newSetup(t, "event")
	p := start(t, s)
	p.prepare(t, w)
	unknown := 0
	for kill := range kills {
		done, hospitals := make(chan *sent, 1), p.client
		go func() { done <- hospitals.deliverAll(t, share(batches, kill, kills), 0) }()
		// By turns while a part is being sent and while it is being worked on.
		within := sending
		if kill%2 == 1 {
			within = whole
		}
		time.Sleep(time.Duration(rand.Int64N(int64(within)/int64(kills) + 1)))
		p.kill()
		p = start(t, s)
		unknown += (<-done).unknown
	}
	// A machine with other work may have sent everything before each of them. What is
	// sent again is there already.
	for again := 0; unknown == 0 && again < 20; again++ {
		done, hospitals := make(chan *sent, 1), p.client
		go func() { done <- hospitals.deliverAll(t, batches, 0) }()
		time.Sleep(time.Duration(rand.Int64N(int64(sending))))
		p.kill()
		p = start(t, s)
		unknown += (<-done).unknown
	}
	if unknown == 0 {
		t.Errorf("no kill came while records were sent")
	}
	if got := p.waitIdle(t).Records.Stored; got != int64(stored) {
		t.Errorf("after kills: stored %d, want %d", got, stored)
	}
	t.Logf("with %d kills: %d requests had no answer and were sent again", kills, unknown)
	if got := p.digest(t, ""); got != wanted {
		t.Errorf("after kills: digest %s, want %s", got, wanted)
	}
	if diff := cmp.Diff(quarantined, p.quarantined(t)); diff != "" {
		t.Errorf("after kills: quarantine (-undisturbed, +killed):\n%s", tail(diff, 2000))
	}
	p.stop(t)
}

func logOf(batches []province.Batch) (log []claimwatch.Record) {
	for _, b := range batches {
		log = append(log, b.Records...)
	}
	return log
}

// quarantined gives what was refused, without how often it was sent.
func (c *client) quarantined(t testing.TB) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for cursor := ""; ; {
		var page struct {
			Items []struct {
				InstitutionID string `json:"institution_id"`
				Code          string `json:"code"`
				Raw           string `json:"raw"`
			} `json:"items"`
			Next string `json:"next"`
		}
		c.do(t, http.MethodGet, "/v1/quarantine?limit=1000"+cursor, "", nil).into(t, &page)
		for _, item := range page.Items {
			found[item.InstitutionID+" "+item.Code+" "+item.Raw] = true
		}
		if page.Next == "" {
			return found
		}
		cursor = "&cursor=" + page.Next
	}
}
