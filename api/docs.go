package api

import (
	_ "embed"
	"net/http"
)

//go:embed docs.html
var docsPage []byte

// docs serves a page that renders /openapi.json with nothing from outside.
func docs(w http.ResponseWriter, _ *http.Request) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", "default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'")
	_, _ = w.Write(docsPage) // the reader has gone: nobody to tell
}
