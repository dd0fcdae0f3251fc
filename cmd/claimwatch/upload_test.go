package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// scriptedDoor answers uploads like the product's, from a script: what it accepts it
// remembers, what is named "bad" it refuses.
type scriptedDoor struct {
	mu       sync.Mutex
	requests int
	cutAfter int // requests after which every answer is 403; 0: never
	busy     int // requests that are answered with 503 first
	seen     map[string]int
}

func (d *scriptedDoor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.busy > 0 {
		d.busy--
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write([]byte(`{"status":503,"code":"unavailable","detail":"later"}`))
		return
	}
	d.requests++
	if d.cutAfter > 0 && d.requests > d.cutAfter {
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte(`{"status":403,"code":"forbidden","detail":"enough"}`))
		return
	}
	receipt := map[string]any{"receipt_id": "r_1", "settled": true}
	var accepted, duplicate int
	refused := []map[string]any{}
	lines := bufio.NewScanner(r.Body)
	for index := 0; lines.Scan(); index++ {
		var record struct {
			ID string `json:"record_id"`
		}
		_ = json.Unmarshal(lines.Bytes(), &record)
		d.seen[record.ID]++
		switch {
		case strings.HasPrefix(record.ID, "bad"):
			refused = append(refused, map[string]any{"index": index, "record_id": record.ID, "code": "scale", "field": "amount", "message": "too many"})
		case d.seen[record.ID] > 1:
			duplicate++
		default:
			accepted++
		}
	}
	receipt["accepted"], receipt["duplicate"], receipt["refused"] = accepted, duplicate, refused
	w.WriteHeader(http.StatusAccepted)
	_ = json.NewEncoder(w).Encode(receipt)
}

// records writes a file of n records; every tenth is bad.
func records(t *testing.T, n int) string {
	t.Helper()
	var text strings.Builder
	for i := range n {
		name := "r"
		if i%10 == 9 {
			name = "bad"
		}
		fmt.Fprintf(&text, "{\"record_id\":\"%s%d\"}\n", name, i)
	}
	path := filepath.Join(t.TempDir(), "records.ndjson")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestUploadGoesOnWhereItWasCut(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	d := &scriptedDoor{seen: map[string]int{}, cutAfter: 3, busy: 1}
	server := httptest.NewServer(d)
	defer server.Close()
	file := records(t, 100)
	report := filepath.Join(t.TempDir(), "refused.csv")
	args := []string{"upload", "--server", server.URL, "--key", "k", "--batch", "20", "--report", report, file}

	code, _, errs := execute0(t, args...)
	if code != exitFailed || !strings.Contains(errs, "60 rows are done") {
		t.Fatalf("cut: exit %d, %q", code, errs)
	}
	d.cutAfter = 0
	code, out, errs := execute0(t, args...)
	if code != exitDone || !strings.Contains(errs, "going on after 60 rows") {
		t.Fatalf("again: exit %d, %q", code, errs)
	}
	if !strings.HasPrefix(out, "100 rows: 90 accepted, 0 duplicate, 10 refused") {
		t.Errorf("summary %q", out)
	}
	for id, times := range d.seen {
		if times != 1 {
			t.Errorf("%s was sent %d times", id, times)
		}
	}
	text, err := os.ReadFile(report)
	if err != nil || strings.Count(string(text), "\n") != 11 || !strings.Contains(string(text), file+",10,bad9,scale,amount,too many") ||
		!strings.Contains(string(text), file+",70,bad69,scale,amount,too many") {
		t.Errorf("report %q, %v", text, err)
	}

	code, out, _ = execute0(t, append(args, "--restart")...)
	if code != exitDone || !strings.HasPrefix(out, "100 rows: 0 accepted, 90 duplicate, 10 refused") {
		t.Errorf("once more: exit %d, %q", code, out)
	}
}
