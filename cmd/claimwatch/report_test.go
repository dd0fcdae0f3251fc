package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReportCommand: the file's name chooses the format, a seal comes first.
func TestReportCommand(t *testing.T) {
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Method+" "+r.URL.Path+"?"+r.URL.RawQuery)
		if r.Method == http.MethodPost {
			var body map[string]string
			if err := json.NewDecoder(r.Body).Decode(&body); err != nil || body["month"] != "2026-09" || body["city"] != "大同" {
				t.Errorf("sealed %v, %v", body, err)
			}
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"month":"2026-09","entry":7,"sha256":"ab"}`))
			return
		}
		_, _ = w.Write([]byte("the report"))
	}))
	defer server.Close()
	out := filepath.Join(t.TempDir(), "r.xlsx")
	var said strings.Builder
	code := execute(context.Background(), []string{
		"report", "supervision", "--server", server.URL, "--key", "k", "--month", "2026-09", "--city", "大同", "--seal", "--out", out,
	}, terminal{in: strings.NewReader(""), out: &said, err: &said})
	written, err := os.ReadFile(out)
	if code != 0 || err != nil || string(written) != "the report" || !strings.Contains(said.String(), "entry 7") {
		t.Errorf("exit %d, wrote %q (%v), said %q", code, written, err, said.String())
	}
	if len(asked) != 2 || !strings.HasPrefix(asked[0], "POST /v1/reports/supervision/seal") || !strings.Contains(asked[1], "format=xlsx") {
		t.Errorf("asked %q", asked)
	}
}
