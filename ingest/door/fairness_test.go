package door_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"claimwatch/ingest/body"
	"claimwatch/ingest/door"
)

func send(f http.Handler, institution, query string, header map[string]string, content io.Reader) int {
	r := httptest.NewRequest(http.MethodPost, "/v1/records"+query, content)
	r.Header.Set("Content-Type", "application/x-ndjson")
	for name, value := range header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	as(hospital(institution), f).ServeHTTP(w, r)
	return w.Code
}

// TestFloodByOneDoesNotStarveTheOthers has a log that takes 2 ms for a message,
// one institution that floods it from 256 connections, and 200 others that send
// one upload of one record each at once (bad-input.md, 77).
func TestFloodByOneDoesNotStarveTheOthers(t *testing.T) {
	var logLock sync.Mutex
	f := open(t, nil)
	f.log.fail = func(string) error { // the log takes one message at a time
		logLock.Lock()
		time.Sleep(2 * time.Millisecond)
		logLock.Unlock()
		return nil
	}
	var large strings.Builder
	for i := range 3000 {
		fmt.Fprintln(&large, fee(fmt.Sprintf("flood-%05d", i)))
	}
	flood := large.String()
	ctx, stop := context.WithCancel(t.Context())
	var flooding sync.WaitGroup
	var floods atomic.Int64
	for range 256 {
		flooding.Go(func() {
			for ctx.Err() == nil {
				send(f, "FLOOD", "?wait=0", nil, strings.NewReader(flood))
				floods.Add(1)
			}
		})
	}
	for floods.Load() < 256 {
		time.Sleep(time.Millisecond)
	}
	before := written(f, "FLOOD")
	var others sync.WaitGroup
	status := make([]int, 200)
	took := make([]time.Duration, 200)
	for i := range status {
		others.Go(func() {
			began := time.Now()
			status[i] = send(f, fmt.Sprintf("H%03d", i), "?wait=0", nil, strings.NewReader(fee("a")))
			took[i] = time.Since(began)
		})
	}
	others.Wait()
	between := written(f, "FLOOD") - before
	stop()
	flooding.Wait()
	for i, code := range status {
		if code != http.StatusAccepted {
			t.Errorf("institution %d got %d", i, code)
		}
	}
	slices.Sort(took)
	if between > 128 {
		t.Errorf("the flood wrote %d messages while the others waited to write one each", between)
	}
	t.Logf("200 institutions beside a flood: median %s, worst %s, %d messages of the flood", took[100], took[199], between)
}

func written(f *fixture, institution string) int {
	f.log.mu.Lock()
	defer f.log.mu.Unlock()
	n := 0
	for _, m := range f.log.records {
		if string(m.Key) == institution {
			n++
		}
	}
	return n
}

// TestMemoryIsBoundedWhateverIsSent sends more bombs and large uploads at once
// than the memory holds: some are refused as unavailable, none is lost, and
// what is held at any moment stays within the budget.
func TestMemoryIsBoundedWhateverIsSent(t *testing.T) {
	const budget = 2 * (body.MaxUnpacked + 9<<20)
	var peak atomic.Int64
	f := open(t, func(cfg *door.Config) {
		cfg.Memory, cfg.AdmitTimeout = budget, 50*time.Millisecond
	})
	plain := bytes.Repeat([]byte(fee("a")+"\n"), 60_000)
	bodies := [][]byte{packed(plain), packed(bytes.Repeat([]byte("{}\n"), 20_000)), packed(make([]byte, 70<<20))}
	runtime.GC()
	stop := make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
				held := int64(metric(t, f.registry, `claimwatch_door_in_use{of="memory"}`))
				peak.Store(max(peak.Load(), held))
			}
		}
	})
	var wg sync.WaitGroup
	var mu sync.Mutex
	counts := make(map[int]int)
	for i := range 24 {
		wg.Go(func() {
			code := send(f, fmt.Sprint("H", i%3), "?wait=0", map[string]string{"Content-Encoding": "gzip"}, bytes.NewReader(bodies[i%3]))
			mu.Lock()
			counts[code]++
			mu.Unlock()
		})
	}
	wg.Wait()
	close(stop)
	watch.Wait()
	if peak.Load() > budget || peak.Load() == 0 {
		t.Errorf("%d bytes were held, the budget is %d", peak.Load(), int64(budget))
	}
	for code := range counts {
		if !slices.Contains([]int{202, 413, 422, 503}, code) {
			t.Errorf("answer %d", code)
		}
	}
	if counts[503] == 0 || counts[202] == 0 {
		t.Errorf("answers %v, want some accepted and some refused", counts)
	}
	if left := metric(t, f.registry, `claimwatch_door_in_use{of="memory"}`); left != 0 {
		t.Errorf("%v bytes stay in use", left)
	}
}

// TestMemoryIsSharedBetweenInstitutions has one institution with more uploads
// under way than its share holds: the next is refused before anything of it is
// read, and another institution is not.
func TestMemoryIsSharedBetweenInstitutions(t *testing.T) {
	f := open(t, func(cfg *door.Config) { cfg.AdmitTimeout, cfg.Waiting = 20*time.Millisecond, 1 })
	release := make(chan struct{})
	upload := func(content io.Reader) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodPost, "/v1/records", content)
		r.Header.Set("Content-Type", "application/x-ndjson")
		r.ContentLength = 16 << 20
		w := httptest.NewRecorder()
		as(hospital("MANY"), f).ServeHTTP(w, r)
		return w
	}
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { upload(gated{release}) })
	}
	deadline := time.Now().Add(20 * time.Second)
	for metric(t, f.registry, `claimwatch_door_uploads_total{outcome="unavailable"}`) < 14 && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	late := &counting{from: strings.NewReader(fee("a"))}
	if w := upload(late); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || late.n != 0 {
		t.Errorf("answer %d, Retry-After %q, %d bytes read, want 503 before anything is read", w.Code, w.Header().Get("Retry-After"), late.n)
	}
	if code := send(f, "H1", "", nil, strings.NewReader(fee("a"))); code != http.StatusAccepted {
		t.Errorf("another institution got %d", code)
	}
	close(release)
	wg.Wait()
	if left := metric(t, f.registry, `claimwatch_door_in_use{of="memory"}`); left != 0 {
		t.Errorf("%v bytes stay in use", left)
	}
}

type gated struct{ release <-chan struct{} }

func (g gated) Read([]byte) (int, error) {
	<-g.release
	return 0, io.EOF
}

type counting struct {
	from io.Reader
	n    int
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n += n
	return n, err //nolint:wrapcheck // a layer of a reader
}
