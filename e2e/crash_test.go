package e2e

import (
	"math/rand/v2"
	"net/http"
	"os"
	"testing"
	"time"

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
	if got := calm.waitIdle(t).Records.Stored; got != int64(stored) {
		t.Errorf("undisturbed: stored %d, want %d", got, stored)
	}
	t.Logf("undisturbed: %d records in %v, receipts %+v", len(logOf(batches)), time.Since(began).Round(time.Millisecond), calmly)
	wanted := calm.digest(t, "")
	quarantined := calm.quarantined(t)
	calm.stop(t)

	s := newSetup(t, "event")
	p := start(t, s)
	p.prepare(t, w)
	done := make(chan *sent)
	go func() { done <- p.deliverAll(t, batches, 0) }()
	var roughly *sent
	pace := time.Since(began) / time.Duration(kills+1)
	for kill := 1; roughly == nil || kill <= kills; kill++ {
		select {
		case roughly = <-done:
		case <-time.After(pace/4 + time.Duration(rand.Int64N(int64(pace)))):
		}
		p.kill()
		p = start(t, s)
	}
	if got := p.waitIdle(t).Records.Stored; got != int64(stored) {
		t.Errorf("after kills: stored %d, want %d", got, stored)
	}
	t.Logf("with kills: receipts %+v", roughly)
	if got := p.digest(t, ""); got != wanted {
		t.Errorf("after kills: digest %s, want %s", got, wanted)
	}
	if got := p.quarantined(t); len(got) < len(quarantined) {
		t.Errorf("after kills: %d identities in quarantine, undisturbed %d", len(got), len(quarantined))
	} else {
		for id := range quarantined {
			if !got[id] {
				t.Errorf("after kills: %s is missing in quarantine", id)
			}
		}
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
