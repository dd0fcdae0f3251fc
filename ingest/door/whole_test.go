package door_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/api"
	"claimwatch/ingest/door"
	"claimwatch/ingest/quarantine"
	"claimwatch/ingest/sink"
	"claimwatch/ingest/wire"
	"claimwatch/store"
	"claimwatch/store/storetest"
	"claimwatch/stream"
	"claimwatch/stream/kafkatest"
)

// whole is ingest on a real log and a real engine, wired as cmd wires it.
type whole struct {
	*door.Door
	db     *store.DB
	client *stream.Client
	sink   *sink.Sink
}

func openWhole(t testing.TB) *whole {
	t.Helper()
	db := storetest.Open(t)
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	cfg := stream.Local(kafkatest.Start(t).Brokers...)
	cfg.Now = time.Now
	client, err := stream.Open(cfg, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatal(err)
	}
	if err := client.EnsureTopics(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := &whole{db: db, client: client}
	w.Door, err = door.New(w.doorConfig(), zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatal(err)
	}
	w.sink, err = sink.New(sink.Config{
		Consume: w.consume, Facts: db, Ledger: db, Clocks: db, PersonsOf: db.PersonsOf, MentionedBy: db.MentionedBy,
		WriteTouched:    client.Writer(claimwatch.TopicTouched).Write,
		WriteQuarantine: client.Writer(claimwatch.TopicQuarantine).Write,
		PartitionOf:     client.PartitionOf, Now: time.Now, Settled: w.Settled,
	}, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatal(err)
	}
	q, err := quarantine.New(quarantine.Config{Consume: w.consume, Store: db, Now: time.Now}, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	for name, run := range map[string]func(context.Context) error{"sink": w.sink.Run, "quarantine": q.Run} {
		running.Go(func() {
			if err := run(ctx); err != nil {
				t.Errorf("%s.Run() error:\n%+v", name, err)
			}
		})
	}
	t.Cleanup(func() {
		cancel()
		running.Wait()
		if err := client.Close(); err != nil {
			t.Errorf("close the log client: %v", err)
		}
	})
	return w
}

func (w *whole) doorConfig() door.Config {
	cfg := door.Default()
	cfg.WriteRecords = w.client.Writer(claimwatch.TopicRecords).Write
	cfg.WriteQuarantine = w.client.Writer(claimwatch.TopicQuarantine).Write
	cfg.Receipt = w.db.Receipt
	cfg.Quarantine = func(ctx context.Context, q door.QuarantineQuery) ([]claimwatch.Quarantined, string, error) {
		return w.db.Quarantine(ctx, store.QuarantineQuery(q))
	}
	cfg.Problem, cfg.Now, cfg.Random = api.Write, time.Now, rand.Reader
	return cfg
}

func (w *whole) consume(ctx context.Context, s wire.Subscription) error {
	return w.client.Consume(ctx, stream.ConsumerConfig{
		Topic: s.Topic, Group: s.Group, Start: s.Start,
		Handle: func(ctx context.Context, b *stream.Batch) error { return s.Handle(ctx, b.Messages(), b.Commit) },
	})
}

// badInput is a file of testdata/badinput; its README says what the members mean.
type badInput struct {
	Name        string `json:"name"`
	ContentType string `json:"content_type"`
	Body        string `json:"body"`
	BodyBase64  []byte `json:"body_base64"`
	BodyParts   []struct {
		Text  string `json:"text"`
		Times int    `json:"times"`
	} `json:"body_parts"`
	WantStatus    int                  `json:"want_status"`
	WantCode      claimwatch.Code      `json:"want_code"`
	WantRefused   []claimwatch.Refusal `json:"want_refused"`
	WantAccepted  int                  `json:"want_accepted"`
	WantDuplicate int                  `json:"want_duplicate"`
}

func (b *badInput) body() string {
	if b.BodyBase64 != nil {
		return string(b.BodyBase64)
	}
	text := b.Body
	for _, part := range b.BodyParts {
		text += strings.Repeat(part.Text, part.Times)
	}
	return text
}

// TestEveryBadInput sends every case of the list of bad input through HTTP, the
// log, the sink and the store, and asks for its receipt and quarantine later.
func TestEveryBadInput(t *testing.T) {
	w := openWhole(t)
	server := httptest.NewServer(as(hospital("H1"), w))
	defer server.Close()
	files, err := filepath.Glob("../../testdata/badinput/*.json")
	if err != nil || len(files) < 100 {
		t.Fatalf("%d cases, error %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var c badInput
			if err := json.Unmarshal(raw, &c); err != nil {
				t.Fatal(err)
			}
			w.check(t, server.URL, &c)
		})
	}
}

func (w *whole) check(t *testing.T, url string, c *badInput) {
	t.Helper()
	response, err := http.Post(url+"/v1/records?wait=30", c.ContentType, strings.NewReader(c.body()))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close() //nolint:errcheck // read to its end
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var problem struct{ Code claimwatch.Code }
	receipt := claimwatch.Receipt{}
	if err := json.Unmarshal(text, &receipt); err != nil {
		t.Fatalf("answer is not JSON: %v", err)
	}
	if response.StatusCode >= 400 {
		if err := json.Unmarshal(text, &problem); err != nil {
			t.Fatal(err)
		}
	}
	if response.StatusCode != c.WantStatus || problem.Code != c.WantCode {
		t.Fatalf("answer %d %s, want %d %s\n%s", response.StatusCode, problem.Code, c.WantStatus, c.WantCode, text)
	}
	w.checkReceipt(t, receipt, c)
	if receipt.ReceiptID == "" {
		return
	}
	later := w.settledInStore(t, receipt.ReceiptID)
	w.checkReceipt(t, later, c)
	w.checkQuarantine(t, receipt.ReceiptID, c)
}

func (w *whole) checkReceipt(t *testing.T, got claimwatch.Receipt, c *badInput) {
	t.Helper()
	if got.Accepted != c.WantAccepted || got.Duplicate != c.WantDuplicate {
		t.Errorf("%d accepted, %d duplicate, want %d, %d", got.Accepted, got.Duplicate, c.WantAccepted, c.WantDuplicate)
	}
	ignore := cmpopts.IgnoreFields(claimwatch.Refusal{}, "Message", "RecordID")
	if diff := cmp.Diff(got.Refused, c.WantRefused, ignore, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("refused (-got, +want):\n%s", diff)
	}
}

// settledInStore asks the store, not the hub, as another process would.
func (w *whole) settledInStore(t *testing.T, receiptID string) claimwatch.Receipt {
	t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		r, ok, err := w.db.Receipt(t.Context(), receiptID)
		if err != nil {
			t.Fatal(err)
		}
		if ok && r.Settled {
			return r
		}
		if time.Now().After(deadline) {
			t.Fatalf("receipt %s is not settled in the store: found %v, %+v", receiptID, ok, r)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func (w *whole) checkQuarantine(t *testing.T, receiptID string, c *badInput) {
	t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		items, _, err := w.db.Quarantine(t.Context(), store.QuarantineQuery{ReceiptID: receiptID, Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, item := range items {
			got = append(got, fmt.Sprint(item.Refusal.Index, " ", item.Refusal.Code))
			if len(item.Raw) > 0 && len(item.Raw) < 100_000 && !strings.Contains(c.body(), string(item.Raw)) && item.Refusal.Code != claimwatch.CodeConflict {
				t.Errorf("the raw bytes of record %d are not those that were sent:\n%q", item.Refusal.Index, item.Raw)
			}
		}
		var want []string
		for _, r := range c.WantRefused {
			want = append(want, fmt.Sprint(r.Index, " ", r.Code))
		}
		diff := cmp.Diff(got, want, cmpopts.SortSlices(strings.Compare), cmpopts.EquateEmpty())
		if diff == "" {
			return
		}
		if time.Now().After(deadline) {
			t.Errorf("quarantine (-got, +want):\n%s", diff)
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}
