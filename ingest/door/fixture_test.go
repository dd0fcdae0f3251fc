package door_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/api"
	"claimwatch/ingest/door"
	"claimwatch/ingest/wire"
)

// paperLog notes what the door writes, and settles it when told to.
type paperLog struct {
	mu         sync.Mutex
	order      []string // topics in the order of writing
	records    []claimwatch.Message
	quarantine []claimwatch.Message
	fail       func(topic string) error
	settle     func(claimwatch.ReceiptPart)
}

func (l *paperLog) write(topic string, into *[]claimwatch.Message) wire.Write {
	return func(_ context.Context, msgs ...claimwatch.Message) error {
		if l.fail != nil {
			if err := l.fail(topic); err != nil {
				return err
			}
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		for _, m := range msgs {
			l.order = append(l.order, topic)
			*into = append(*into, m)
			if topic == claimwatch.TopicRecords && l.settle != nil {
				u, err := wire.ReadUpload(m)
				if err != nil {
					return err
				}
				l.settle(claimwatch.ReceiptPart{Upload: u, Accepted: wire.CountLines(string(m.Value))})
			}
		}
		return nil
	}
}

type fixture struct {
	*door.Door
	log      *paperLog
	registry *prometheus.Registry
	stored   map[string]claimwatch.Receipt
}

// open makes a door on a paper log that settles at once.
func open(t testing.TB, change func(cfg *door.Config)) *fixture {
	t.Helper()
	f := &fixture{log: &paperLog{}, registry: prometheus.NewRegistry(), stored: make(map[string]claimwatch.Receipt)}
	cfg := door.Default()
	cfg.WriteRecords = f.log.write(claimwatch.TopicRecords, &f.log.records)
	cfg.WriteQuarantine = f.log.write(claimwatch.TopicQuarantine, &f.log.quarantine)
	cfg.Receipt = func(_ context.Context, id string) (claimwatch.Receipt, bool, error) {
		r, ok := f.stored[id]
		return r, ok, nil
	}
	cfg.Quarantine = func(context.Context, door.QuarantineQuery) ([]claimwatch.Quarantined, string, error) {
		return nil, "", nil
	}
	cfg.Problem, cfg.Now, cfg.Random = api.Write, time.Now, rand.Reader
	if change != nil {
		change(&cfg)
	}
	d, err := door.New(cfg, zap.NewNop(), f.registry)
	if err != nil {
		t.Fatal(err)
	}
	f.Door, f.log.settle = d, d.Settled
	return f
}

func hospital(id string) claimwatch.Caller {
	return claimwatch.Caller{KeyID: "k", InstitutionID: id, Roles: []claimwatch.CallerRole{claimwatch.RoleHospital}}
}

// as lets a caller's requests through to a handler.
func as(caller claimwatch.Caller, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(claimwatch.WithCaller(r.Context(), caller)))
	})
}

type answer struct {
	status  int
	header  http.Header
	receipt claimwatch.Receipt
	problem struct {
		claimwatch.Receipt
		Code   claimwatch.Code
		Detail string
		Field  string
	}
}

func post(t testing.TB, h http.Handler, query string, header map[string]string, content io.Reader) answer {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/v1/records"+query, content)
	r.Header.Set("Content-Type", "application/x-ndjson")
	for name, value := range header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	as(hospital("H1"), h).ServeHTTP(w, r)
	return read(t, w)
}

func read(t testing.TB, w *httptest.ResponseRecorder) answer {
	t.Helper()
	a := answer{status: w.Code, header: w.Header()}
	var into any = &a.receipt
	if w.Code >= 400 {
		into = &a.problem
	}
	if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
		t.Fatalf("answer %d is not JSON: %v\n%s", w.Code, err, w.Body)
	}
	return a
}

func fee(id string) string {
	return fmt.Sprintf(`{"kind":"fee","record_id":%q,"person_id":"P1","stay_id":"S1","occurred_at":"2026-02-03T09:15:00+08:00",`+
		`"item_code":"110200001","item_name":"床位费","category":"bed","quantity":"1","unit_price":"35.00","amount":"35.00"}`, id)
}

const bad = `{"kind":"fee","record_id":"bad"}`

// metric reads one counter or gauge by its name with labels.
func metric(t testing.TB, registry *prometheus.Registry, name string) float64 {
	t.Helper()
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		for _, m := range family.GetMetric() {
			var labels []string
			for _, l := range m.GetLabel() {
				labels = append(labels, fmt.Sprintf("%s=%q", l.GetName(), l.GetValue()))
			}
			full := family.GetName()
			if len(labels) > 0 {
				full += "{" + strings.Join(labels, ",") + "}"
			}
			if full == name {
				return m.GetCounter().GetValue() + m.GetGauge().GetValue()
			}
		}
	}
	return 0
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func packed(plain []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(plain) // a buffer takes all
	_ = w.Close()
	return b.Bytes()
}

func damaged() []byte {
	b := packed([]byte(fee("a") + "\n"))
	b[len(b)-6] ^= 0xff
	return b
}
