package door_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"claimwatch"
	"claimwatch/ingest/door"
	"claimwatch/ingest/wire"
)

// TestUnacknowledgedUploadHasNoReceipt learns the receipt's id from the message
// whose write failed: nobody may be told anything about it.
func TestUnacknowledgedUploadHasNoReceipt(t *testing.T) {
	var id string
	f := open(t, func(cfg *door.Config) {
		cfg.WriteRecords = func(_ context.Context, msgs ...claimwatch.Message) error {
			u, err := wire.ReadUpload(msgs[0])
			if err != nil {
				return err
			}
			id = u.ReceiptID
			return errors.New("broker is gone")
		}
	})
	if a := post(t, f, "", nil, strings.NewReader(fee("a"))); a.status != http.StatusServiceUnavailable {
		t.Fatalf("answer %d, want 503", a.status)
	}
	if got := codeOf(t, f.Door, hospital("H1"), id); got != claimwatch.CodeNotFound {
		t.Errorf("receipt %s: %q, want not_found", id, got)
	}
}

// TestWaitingHoldsNoMemory has uploads that wait for their receipts: what they
// took to be read is free for others.
func TestWaitingHoldsNoMemory(t *testing.T) {
	f := open(t, nil)
	f.log.settle = nil
	var wg sync.WaitGroup
	large := strings.Repeat(fee("a")+"\n", 5000) + bad
	for range 4 {
		wg.Go(func() { send(f, "H1", "?wait=30", nil, strings.NewReader(large)) })
	}
	deadline := time.Now().Add(20 * time.Second)
	for written(f, "H1") < 4*2 && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	const refusals = 4 * 256
	for metric(t, f.registry, `claimwatch_door_in_use{of="memory"}`) > refusals && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	if held := metric(t, f.registry, `claimwatch_door_in_use{of="memory"}`); held > refusals {
		t.Errorf("%v bytes are held by uploads that only wait", held)
	}
	f.log.mu.Lock()
	messages := f.log.records
	f.log.mu.Unlock()
	for _, m := range messages {
		u, err := wire.ReadUpload(m)
		if err != nil {
			t.Fatal(err)
		}
		f.Settled(claimwatch.ReceiptPart{Upload: u})
	}
	wg.Wait()
}
