package console

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

var script = strings.Repeat("console.log(1);", 100)

func built(t *testing.T) *Console {
	t.Helper()
	c, err := open(fstest.MapFS{
		"index.html":           {Data: []byte(`<meta property="csp-nonce" nonce="NONCE"><script type="module" nonce="NONCE" src="/assets/main-1a2b.js"></script>`)},
		"absent.html":          {Data: []byte("absent")},
		"assets/main-1a2b.js":  {Data: []byte(script)},
		"assets/mark-3c4d.svg": {Data: []byte("<svg/>")},
		".vite/manifest.json":  {Data: []byte("{}")},
	}, rand.Reader)
	if err != nil {
		t.Fatalf("open() error:\n%+v", err)
	}
	return c
}

func ask(c *Console, method, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	c.ServeHTTP(w, r)
	return w
}

// A browser that goes to an address gets the page, a program a problem document.
func TestWhatIsServed(t *testing.T) {
	c := built(t)
	for _, test := range []struct {
		method, path, accept string
		want                 bool
	}{
		{"GET", "/", "text/html,*/*", true},
		{"HEAD", "/", "text/html", true},
		{"GET", "/", "*/*", false},
		{"GET", "/findings/f_1", "text/html", true},
		{"POST", "/findings", "text/html", false},
		{"GET", "/v1/findings", "text/html", false},
		{"GET", "/assets/main-1a2b.js", "*/*", true},
		{"GET", "/assets/gone.js", "text/html", false},
		{"GET", "/assets/../index.html", "*/*", false},
		{"GET", "/.vite/manifest.json", "*/*", false},
	} {
		r := httptest.NewRequest(test.method, test.path, nil)
		r.Header.Set("Accept", test.accept)
		if got := c.Serves(r); got != test.want {
			t.Errorf("%s %s for %s: %v, want %v", test.method, test.path, test.accept, got, test.want)
		}
	}
}

func TestThePage(t *testing.T) {
	c := built(t)
	nonces := map[string]bool{}
	for range 3 {
		w := ask(c, "GET", "/findings", "Accept", "text/html")
		policy := w.Header().Get("Content-Security-Policy")
		found := regexp.MustCompile(`'nonce-([A-Za-z0-9_-]{22})'`).FindStringSubmatch(policy)
		if found == nil || strings.Contains(policy, "unsafe") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Fatalf("policy %q", policy)
		}
		nonces[found[1]] = true
		if body := w.Body.String(); strings.Contains(body, noncePlace) || strings.Count(body, found[1]) != 2 {
			t.Errorf("page %q, want the nonce %s twice", body, found[1])
		}
		if got := w.Header().Get("Cache-Control"); w.Code != http.StatusOK || got != "no-store" {
			t.Errorf("status %d, Cache-Control %q", w.Code, got)
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Header().Get("Referrer-Policy") == "" {
			t.Errorf("headers %v", w.Header())
		}
	}
	if len(nonces) != 3 {
		t.Errorf("nonces %v, want one an answer", nonces)
	}
	none, err := open(fstest.MapFS{"index.html": {}, "assets": {Mode: 0o755 | 1<<31}}, strings.NewReader(""))
	if err != nil {
		t.Fatalf("open() error:\n%+v", err)
	}
	if w := ask(none, "GET", "/"); w.Code != http.StatusInternalServerError {
		t.Errorf("without randomness: %d", w.Code)
	}
}

func TestAssets(t *testing.T) {
	c := built(t)
	w := ask(c, "GET", "/assets/main-1a2b.js", "Accept-Encoding", "br, gzip")
	packed, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatalf("NewReader() error:\n%+v", err)
	}
	text, err := io.ReadAll(packed)
	if err != nil || string(text) != script {
		t.Errorf("unpacked: %d bytes, %v", len(text), err)
	}
	plain := ask(c, "GET", "/assets/main-1a2b.js")
	if diff := cmp.Diff(plain.Body.String(), script); diff != "" || plain.Header().Get("Content-Encoding") != "" {
		t.Errorf("unpacked (-got, +want):\n%s", diff)
	}
	for name, want := range map[string]string{
		"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding",
	} {
		if got := plain.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	// What does not shrink is sent as it is.
	if mark := ask(c, "GET", "/assets/mark-3c4d.svg", "Accept-Encoding", "gzip"); mark.Body.String() != "<svg/>" {
		t.Errorf("mark %q", mark.Body.String())
	}
}

// A binary that was built without Node says how to build the console.
func TestNotBuilt(t *testing.T) {
	c, err := open(fstest.MapFS{"absent.html": {Data: []byte("absent NONCE")}}, rand.Reader)
	if err != nil {
		t.Fatalf("open() error:\n%+v", err)
	}
	if w := ask(c, "GET", "/"); w.Code != http.StatusServiceUnavailable || w.Body.String() != "absent NONCE" {
		t.Errorf("status %d, %q", w.Code, w.Body.String())
	}
	if _, err := open(fstest.MapFS{}, rand.Reader); err == nil {
		t.Error("open() of nothing: no error")
	}
}

// What is embedded here is one of the two, and opens.
func TestEmbedded(t *testing.T) {
	c, err := New(rand.Reader)
	if err != nil {
		t.Fatalf("New() error:\n%+v", err)
	}
	if !bytes.Contains(bytes.ToLower(c.page), []byte("<!doctype html>")) {
		t.Errorf("page %q", c.page)
	}
}
