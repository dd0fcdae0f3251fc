package door_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/ingest/body"
	"claimwatch/ingest/door"
	"claimwatch/ingest/wire"
)

func TestUploadIsAcceptedAndSettled(t *testing.T) {
	f := open(t, nil)
	a := post(t, f, "", nil, strings.NewReader(fee("a")+"\n\n"+bad+"\r\n"+fee("b")))
	if a.status != http.StatusAccepted || !a.receipt.Settled || a.receipt.Accepted != 2 || len(a.receipt.Refused) != 1 {
		t.Fatalf("answer %d, %+v", a.status, a.receipt)
	}
	if r := a.receipt.Refused[0]; r.Index != 1 || r.Code != claimwatch.CodeMissing || r.RecordID != "bad" {
		t.Errorf("refused %+v, want record 1 missing a field", r)
	}
	if got := a.header.Get("Location"); got != "/v1/receipts/"+a.receipt.ReceiptID {
		t.Errorf("Location %q", got)
	}
	if diff := cmp.Diff(f.log.order, []string{claimwatch.TopicQuarantine, claimwatch.TopicRecords}); diff != "" {
		t.Errorf("topics in order of writing (-got, +want):\n%s", diff)
	}
	u, err := wire.ReadUpload(f.log.records[0])
	if err != nil {
		t.Fatal(err)
	}
	want := claimwatch.Upload{
		ReceiptID: a.receipt.ReceiptID, InstitutionID: "H1", ReceivedAt: a.receipt.ReceivedAt, Chunks: 1, Refused: 1,
	}
	if diff := cmp.Diff(u, want); diff != "" {
		t.Errorf("upload of the message (-got, +want):\n%s", diff)
	}
	u, err = wire.ReadQuarantineUpload(f.log.quarantine[0])
	if diff := cmp.Diff(u, want); diff != "" || err != nil {
		t.Errorf("upload of the quarantine (-got, +want), %v:\n%s", err, diff)
	}
	items, _ := wire.ReadQuarantine(f.log.quarantine[0], u)
	if len(items) != 1 || string(items[0].Raw) != bad || items[0].ID != "q_"+a.receipt.ReceiptID+"_1" {
		t.Errorf("quarantined %+v", items)
	}
	for name, want := range map[string]float64{
		`claimwatch_door_uploads_total{outcome="accepted"}`:               1,
		`claimwatch_door_records_total{kind="fee",outcome="accepted"}`:    2,
		`claimwatch_door_records_total{kind="unknown",outcome="missing"}`: 1,
		`claimwatch_door_answers_total{settled="true"}`:                   1,
	} {
		if got := metric(t, f.registry, name); got != want {
			t.Errorf("%s = %v, want %v", name, got, want)
		}
	}
}

func TestWholeRequestRefusals(t *testing.T) {
	var big strings.Builder
	for range 100_001 {
		big.WriteString("{}\n")
	}
	cases := map[string]struct {
		query  string
		header map[string]string
		body   io.Reader
		status int
		code   claimwatch.Code
		close  bool
	}{
		"empty":               {body: strings.NewReader(""), status: 400, code: "empty"},
		"blank lines only":    {body: strings.NewReader("\n \r\n\t\n"), status: 400, code: "empty"},
		"empty array":         {header: map[string]string{"Content-Type": "application/json"}, body: strings.NewReader("[]"), status: 400, code: "empty"},
		"array with trailing": {header: map[string]string{"Content-Type": "application/json"}, body: strings.NewReader("[" + fee("a") + "] x"), status: 400, code: "syntax", close: true},
		"wait too long":       {query: "?wait=31", body: strings.NewReader(fee("a")), status: 400, code: "bad_query"},
		"wait not a number":   {query: "?wait=1s", body: strings.NewReader(fee("a")), status: 400, code: "bad_query"},
		"wait twice":          {query: "?wait=1&wait=2", body: strings.NewReader(fee("a")), status: 400, code: "bad_query"},
		"atomic misspelt":     {query: "?atmoic=true", body: strings.NewReader(fee("a")), status: 400, code: "bad_query"},
		"atomic yes":          {query: "?atomic=yes", body: strings.NewReader(fee("a")), status: 400, code: "bad_query"},
		"query broken":        {query: "?wait=%zz", body: strings.NewReader(fee("a")), status: 400, code: "bad_query"},
		"plain text":          {header: map[string]string{"Content-Type": "text/plain"}, body: strings.NewReader(fee("a")), status: 415, code: "unsupported_media_type"},
		"brotli":              {header: map[string]string{"Content-Encoding": "br"}, body: strings.NewReader(fee("a")), status: 415, code: "unsupported_media_type"},
		"too many records":    {body: strings.NewReader(big.String()), status: 413, code: "too_large", close: true},
		"declared too large":  {body: bytes.NewReader(make([]byte, 16<<20+1)), status: 413, code: "too_large", close: true},
		"chunked too large":   {body: io.LimitReader(zeros{}, 17<<20), status: 413, code: "too_large", close: true},
		"bomb":                {header: map[string]string{"Content-Encoding": "gzip"}, body: bytes.NewReader(packed(make([]byte, 65<<20))), status: 413, code: "too_large", close: true},
		"damaged":             {header: map[string]string{"Content-Encoding": "gzip"}, body: bytes.NewReader(damaged()), status: 400, code: "syntax", close: true},
		"cut":                 {body: io.MultiReader(strings.NewReader(fee("a")+"\n"+fee("b")), broken{}), status: 400, code: "syntax", close: true},
		"nothing acceptable":  {body: strings.NewReader(bad), status: 422, code: "nothing_accepted"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := open(t, nil)
			a := post(t, f, c.query, c.header, c.body)
			if a.status != c.status || a.problem.Code != c.code {
				t.Errorf("answer %d %s (%s), want %d %s", a.status, a.problem.Code, a.problem.Detail, c.status, c.code)
			}
			if got := a.header.Get("Connection") == "close"; got != c.close {
				t.Errorf("the connection is closed: %v, want %v", got, c.close)
			}
			if len(f.log.records) > 0 || (len(f.log.quarantine) > 0) != (c.code == claimwatch.CodeNothingAccepted) {
				t.Errorf("%d record and %d quarantine messages were left", len(f.log.records), len(f.log.quarantine))
			}
			if got := metric(t, f.registry, fmt.Sprintf("claimwatch_door_uploads_total{outcome=%q}", c.code)); got != 1 {
				t.Errorf("%v refusals are counted as %s, want 1", got, c.code)
			}
			if used := metric(t, f.registry, `claimwatch_door_in_use{of="memory"}`); used != 0 {
				t.Errorf("%v bytes of memory stay in use", used)
			}
		})
	}
}

func TestOnlyHospitalsUpload(t *testing.T) {
	f := open(t, nil)
	for name, caller := range map[string]claimwatch.Caller{
		"nobody":  {},
		"officer": {Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}},
		"every role without an institution": {
			Roles: append(claimwatch.StaffRoles(), claimwatch.RoleHospital),
		},
		"an institution without the role": {InstitutionID: "H1"},
	} {
		r := httptest.NewRequest(http.MethodPost, "/v1/records", strings.NewReader(fee("a")))
		r.Header.Set("Content-Type", "application/x-ndjson")
		w := httptest.NewRecorder()
		as(caller, f).ServeHTTP(w, r)
		if w.Code != http.StatusForbidden {
			t.Errorf("%s: answer %d, want 403", name, w.Code)
		}
	}
}

func TestAtomicUploadWithAFaultLeavesOnlyTheFault(t *testing.T) {
	f := open(t, nil)
	a := post(t, f, "?atomic=true", nil, strings.NewReader(fee("a")+"\n"+bad+"\n"+fee("b")))
	p := a.problem
	if a.status != http.StatusUnprocessableEntity || p.ReceiptID == "" || p.Accepted != 0 || len(p.Refused) != 1 || p.Refused[0].Index != 1 {
		t.Errorf("answer %d, %+v", a.status, p)
	}
	if len(f.log.records) != 0 || len(f.log.quarantine) != 1 {
		t.Errorf("%d record and %d quarantine messages, want only the fault", len(f.log.records), len(f.log.quarantine))
	}
	f = open(t, nil)
	a = post(t, f, "?atomic=true", nil, strings.NewReader(fee("a")+"\n"+fee("b")))
	if u, err := wire.ReadUpload(f.log.records[0]); a.status != http.StatusAccepted || err != nil || !u.Atomic {
		t.Errorf("answer %d, upload %+v, error %v, want an atomic one", a.status, u, err)
	}
}

type busy struct{}

func (busy) Error() string             { return "busy" }
func (busy) RetryAfter() time.Duration { return 6500 * time.Millisecond }

func TestLogThatDoesNotAnswer(t *testing.T) {
	for _, topic := range []string{claimwatch.TopicRecords, claimwatch.TopicQuarantine} {
		for name, c := range map[string]struct {
			err   error
			retry string
		}{
			"unknown outcome": {errors.New("broker is gone"), "2"},
			"busy":            {fmt.Errorf("write: %w", busy{}), "7"},
		} {
			f := open(t, nil)
			f.log.fail = func(written string) error {
				if written == topic {
					return c.err
				}
				return nil
			}
			a := post(t, f, "", nil, strings.NewReader(fee("a")+"\n"+bad))
			if a.status != http.StatusServiceUnavailable || a.problem.Code != claimwatch.CodeUnavailable || a.header.Get("Retry-After") != c.retry {
				t.Errorf("%s of %s: answer %d %s, Retry-After %q, want %s", name, topic, a.status, a.problem.Code, a.header.Get("Retry-After"), c.retry)
			}
			if a.problem.ReceiptID != "" {
				t.Errorf("%s of %s: a receipt is claimed", name, topic)
			}
			if len(f.log.records) > 0 {
				t.Errorf("%s of %s: records were written", name, topic)
			}
		}
	}
}

func TestLogThatHangs(t *testing.T) {
	f := open(t, func(cfg *door.Config) {
		cfg.LogTimeout = 20 * time.Millisecond
		cfg.WriteRecords = func(ctx context.Context, _ ...claimwatch.Message) error {
			<-ctx.Done()
			return ctx.Err()
		}
	})
	if a := post(t, f, "", nil, strings.NewReader(fee("a"))); a.status != http.StatusServiceUnavailable {
		t.Errorf("answer %d, want 503", a.status)
	}
}

func TestReceiptIsNotSettledInTime(t *testing.T) {
	f := open(t, func(cfg *door.Config) { cfg.PollFirst = time.Millisecond })
	f.log.settle = nil
	a := post(t, f, "?wait=0", nil, strings.NewReader(fee("a")))
	if a.status != http.StatusAccepted || a.receipt.Settled || a.receipt.Accepted != 1 {
		t.Errorf("answer %d, %+v, want accepted and not settled", a.status, a.receipt)
	}
}

// TestSettledByAnotherProcess has the store tell what no hub here hears of.
func TestSettledByAnotherProcess(t *testing.T) {
	var mu sync.Mutex
	polls, id := 0, ""
	f := open(t, func(cfg *door.Config) {
		cfg.PollFirst = time.Millisecond
		cfg.Receipt = func(_ context.Context, receiptID string) (claimwatch.Receipt, bool, error) {
			mu.Lock()
			defer mu.Unlock()
			id = receiptID
			if polls++; polls < 3 {
				return claimwatch.Receipt{}, false, errors.New("not now")
			}
			return claimwatch.Receipt{ReceiptID: receiptID, InstitutionID: "H1", Settled: true, Duplicate: 1}, true, nil
		}
	})
	f.log.settle = nil
	a := post(t, f, "?wait=20", nil, strings.NewReader(fee("a")))
	if a.status != http.StatusAccepted || !a.receipt.Settled || a.receipt.Duplicate != 1 || a.receipt.ReceiptID != id {
		t.Errorf("answer %d, %+v after %d questions", a.status, a.receipt, polls)
	}
}

func TestReceiptIDsAreSortedByTime(t *testing.T) {
	f := open(t, nil)
	var ids []string
	for range 20 {
		a := post(t, f, "", nil, strings.NewReader(fee("a")))
		ids = append(ids, a.receipt.ReceiptID)
		time.Sleep(2 * time.Millisecond)
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) || len(ids[0]) != 28 {
		t.Errorf("receipt ids are not sorted and unique: %q", ids)
	}
}

func TestLargeUploadBecomesSeveralMessages(t *testing.T) {
	f := open(t, nil)
	var lines strings.Builder
	const n = 20_000
	for i := range n {
		lines.WriteString(fee(fmt.Sprintf("rec-%06d", i)))
		lines.WriteByte('\n')
	}
	a := post(t, f, "", map[string]string{"Content-Encoding": "gzip"}, bytes.NewReader(packed([]byte(lines.String()))))
	if a.status != http.StatusAccepted || a.receipt.Accepted != n || !a.receipt.Settled {
		t.Errorf("answer %d, %+v", a.status, a.receipt)
	}
	if len(f.log.records) < 4 {
		t.Errorf("%d messages, want several", len(f.log.records))
	}
	total := 0
	for i, m := range f.log.records {
		u, err := wire.ReadUpload(m)
		if err != nil || u.Chunk != i || u.Chunks != len(f.log.records) || len(m.Value) > claimwatch.MaxMessageBytes {
			t.Errorf("message %d is chunk %d of %d, %d bytes, error %v", i, u.Chunk, u.Chunks, len(m.Value), err)
		}
		total += wire.CountLines(string(m.Value))
	}
	if total != n {
		t.Errorf("%d lines, want %d", total, n)
	}
	if used := metric(t, f.registry, `claimwatch_door_in_use{of="memory"}`); used != 0 {
		t.Errorf("%v bytes of memory stay in use", used)
	}
}

func TestClockAheadIsMeasured(t *testing.T) {
	f := open(t, nil)
	ahead := strings.Replace(fee("a"), "2026-02-03T09:15:00+08:00", time.Now().Add(2*time.Minute).Format(time.RFC3339), 1)
	if a := post(t, f, "", nil, strings.NewReader(ahead)); a.receipt.Accepted != 1 {
		t.Fatalf("answer %d, %+v %+v", a.status, a.receipt, a.problem)
	}
	if got := metric(t, f.registry, `claimwatch_door_clock_ahead_seconds{institution="H1"}`); got < 100 || got > 121 {
		t.Errorf("the clock of H1 is %v s ahead, want about 120", got)
	}
}

// TestCutConnectionLeavesNothing breaks real connections in the middle of a body.
func TestCutConnectionLeavesNothing(t *testing.T) {
	f := open(t, nil)
	done := make(chan struct{}, 2)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		as(hospital("H1"), f).ServeHTTP(w, r)
		done <- struct{}{}
	}))
	defer server.Close()
	for name, head := range map[string]string{
		"declared": "Content-Length: 1000000\r\n\r\n" + fee("a") + "\n" + fee("b") + "\n",
		"chunked":  "Transfer-Encoding: chunked\r\n\r\n4000\r\n" + fee("a") + "\n" + fee("b") + "\n",
	} {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, "POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"+head); err != nil {
			t.Fatal(err)
		}
		if err := conn.Close(); err != nil {
			t.Fatal(err)
		}
		select {
		case <-done:
		case <-time.After(20 * time.Second):
			t.Fatalf("%s: the door waits for a sender that has gone", name)
		}
		if len(f.log.order) != 0 {
			t.Errorf("%s: %v were written", name, f.log.order)
		}
	}
}

func TestSlowSenderIsCutOff(t *testing.T) {
	f := open(t, func(cfg *door.Config) {
		cfg.Pace = body.Pace{Stall: 50 * time.Millisecond, Window: time.Minute, Bytes: 1}
	})
	server := httptest.NewServer(as(hospital("H1"), f))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: 9999\r\n\r\n{"); err != nil {
		t.Fatal(err)
	}
	if err := conn.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(conn)
	if err != nil {
		t.Errorf("the connection is not closed: %v", err)
	}
	if len(f.log.order) != 0 || (len(rest) > 0 && !strings.HasPrefix(string(rest), "HTTP/1.1 400")) {
		t.Errorf("%v were written, answer %q", f.log.order, rest)
	}
}
