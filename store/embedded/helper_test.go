package embedded

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
)

// openEngine starts an engine on a directory of the test's own.
func openEngine(t *testing.T, cfg Config) *Engine {
	t.Helper()
	if cfg.Dir == "" {
		cfg.Dir = t.TempDir()
	}
	cfg.Candidate = os.Getenv("CLAIMWATCH_ENGINE")
	engine, err := Open(cfg)
	if err != nil {
		t.Fatalf("Open() error:\n%+v", err)
	}
	t.Cleanup(func() {
		if err := engine.Close(); err != nil {
			t.Errorf("Close() error:\n%+v", err)
		}
	})
	return engine
}

// answer is what came back for a request.
type answer struct {
	status int
	code   string
	body   string
}

// ask sends a statement as an HTTP client would and reads the whole answer.
func ask(t *testing.T, rt http.RoundTripper, sql string, values url.Values) answer {
	t.Helper()
	response, err := send(t.Context(), rt, sql, values)
	if err != nil {
		t.Fatalf("RoundTrip(%q) error:\n%+v", sql, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("read answer of %q:\n%+v", sql, err)
	}
	return answer{status: response.StatusCode, code: response.Header.Get("X-ClickHouse-Exception-Code"), body: string(body)}
}

// must is ask for statements that have to succeed.
func must(t *testing.T, rt http.RoundTripper, sql string, values url.Values) string {
	t.Helper()
	got := ask(t, rt, sql, values)
	if got.status != http.StatusOK {
		t.Fatalf("%q: status %d: %s", sql, got.status, got.body)
	}
	return strings.TrimSuffix(got.body, "\n")
}

func send(ctx context.Context, rt http.RoundTripper, sql string, values url.Values) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://engine/?"+values.Encode(), strings.NewReader(sql))
	if err != nil {
		return nil, err
	}
	return rt.RoundTrip(request)
}

// eventually polls until ok holds.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within 10 s", what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}
