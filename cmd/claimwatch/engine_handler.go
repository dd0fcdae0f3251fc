package main

import (
	"io"
	"net"
	"net/http"

	"claimwatch/store/embedded"
)

// engineHandler serves the embedded engine to other claimwatch processes of
// this machine, over ClickHouse's HTTP protocol. The engine knows no users, so
// only a loopback address may serve it (settings.check).
func engineHandler(e *embedded.Engine) http.Handler {
	transport := e.RoundTripper()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call := r.Clone(r.Context())
		call.RequestURI = ""
		call.URL.Scheme, call.URL.Host = "http", r.Host
		answer, err := transport.RoundTrip(call)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		defer answer.Body.Close()
		for name, values := range answer.Header {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.StatusCode)
		_, _ = io.Copy(w, answer.Body) // the caller has gone: its statement is ended by its context
	})
}

// loopbackOnly refuses an address that others than this machine could reach.
func loopbackOnly(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return wrongUsage("clickhouse.listen %q: %w", address, err)
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return wrongUsage("clickhouse.listen %q: the embedded engine knows no users, so it is served on a loopback address only", address)
	}
	return nil
}

// cacheDir is where an engine library may have been put for all programs of a user.
func cacheDir(find func() (string, error)) string {
	dir, err := find()
	if err != nil {
		return "" // no such place: the other ones are searched
	}
	return dir
}
