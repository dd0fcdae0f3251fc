package store

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"claimwatch/store/embedded"
)

// recorder keeps the text of every statement that leaves clickhouse-go.
type recorder struct {
	next  http.RoundTripper
	mutex sync.Mutex
	texts []string
}

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	text := request.URL.Query().Get("query")
	if text == "" {
		text = string(body)
	}
	r.mutex.Lock()
	r.texts = append(r.texts, text)
	r.mutex.Unlock()
	request = request.Clone(request.Context())
	request.Body = io.NopCloser(bytes.NewReader(body))
	return r.next.RoundTrip(request)
}

// Values never become part of a statement's text, neither those of {name:Type}
// parameters nor those of batches (hazard C18).
func TestValuesNeverEnterTheText(t *testing.T) {
	engine, err := embedded.Open(embedded.Config{Dir: t.TempDir(), Candidate: os.Getenv("CLAIMWATCH_ENGINE")})
	if err != nil {
		t.Fatalf("Open() error:\n%+v", err)
	}
	defer engine.Close()
	record := &recorder{next: engine.RoundTripper()}
	db := &DB{cfg: Config{Connections: 2}.withDefaults(), engine: engine, newTrans: func() http.RoundTripper { return record }}
	if db, err = db.connect(t.Context()); err != nil {
		t.Fatalf("connect() error:\n%+v", err)
	}
	defer db.Close()
	const canary = "canary-4711"
	if err := db.Exec(t.Context(), "CREATE TABLE t (s String) ENGINE = Memory"); err != nil {
		t.Fatal(err)
	}
	err = db.Insert(t.Context(), "INSERT INTO t (s)", func(batch driver.Batch) error { return batch.Append(canary) })
	if err != nil {
		t.Fatal(err)
	}
	var n uint64
	query := "SELECT count() FROM t WHERE s = {s:String} AND has({list:Array(String)}, s)"
	err = db.QueryRow(t.Context(), query, clickhouse.Named("s", canary), clickhouse.Named("list", []string{canary})).Scan(&n)
	if err != nil || n != 1 {
		t.Fatalf("Scan() = %d, %v, want 1 row", n, err)
	}
	for _, text := range record.texts {
		if strings.Contains(text, canary) {
			t.Errorf("a value left inside the text: %q", text)
		}
	}
	if len(record.texts) < 5 {
		t.Errorf("only %d statements were recorded", len(record.texts))
	}
}
