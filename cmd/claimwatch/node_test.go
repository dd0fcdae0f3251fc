package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"claimwatch"
)

// TestAdminKey: made once, read afterwards, and a blank around it is no part of it.
func TestAdminKey(t *testing.T) {
	n := &node{settings: settings{Data: t.TempDir()}}
	hash, err := n.adminKey()
	must(t, err)
	text, err := os.ReadFile(n.keyFile())
	must(t, err)
	sum := sha256.Sum256([]byte(strings.TrimSuffix(string(text), "\n")))
	same(t, "the hash", hash, hex.EncodeToString(sum[:]))
	again, err := n.adminKey()
	must(t, err)
	same(t, "again", again, hash)
	must(t, os.WriteFile(n.keyFile(), []byte("  "+string(text)+"\r\n"), 0o600))
	edited, err := n.adminKey()
	must(t, err)
	same(t, "after an editor", edited, hash)

	must(t, os.Remove(n.keyFile()))
	must(t, os.Mkdir(n.keyFile(), 0o700))
	if _, err := n.adminKey(); err == nil || !strings.HasPrefix(err.Error(), "read the admin key: ") {
		t.Errorf("adminKey() of a directory: error %v", err)
	}
	lost := &node{settings: settings{Data: filepath.Join(t.TempDir(), "nowhere")}}
	if _, err := lost.adminKey(); err == nil || !strings.HasPrefix(err.Error(), "keep the admin key: ") {
		t.Errorf("adminKey() without a directory: error %v", err)
	}
}

// TestListenLetsRequestsFinish: the end of a server is not that of a request
// under way, and a new one finds nobody.
func TestListenLetsRequestsFinish(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	group, ctx := errgroup.WithContext(ctx)
	address, entered, leave := loopback(t), make(chan struct{}), make(chan struct{})
	must(t, listen(ctx, group, address, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(entered)
		<-leave
		_, _ = w.Write([]byte("whole"))
	}), maxHeader))
	if err := listen(ctx, group, address, nil, maxHeader); err == nil || !strings.Contains(err.Error(), "address already in use") {
		t.Errorf("listen() on a taken address: error %v", err)
	}
	answered := make(chan string, 1)
	go func() {
		c := &client{server: "http://" + address, http: http.DefaultClient}
		answer, err := c.do(context.WithoutCancel(ctx), request{method: http.MethodGet, path: "/"})
		if err != nil {
			answered <- err.Error()
			return
		}
		defer answer.Body.Close()
		text := make([]byte, 5)
		_, _ = answer.Body.Read(text)
		answered <- string(text)
	}()
	<-entered
	cancel()
	eventually(t, "nobody listens", func() bool {
		conn, err := net.DialTimeout("tcp", address, time.Second)
		if err == nil {
			_ = conn.Close()
		}
		return err != nil
	})
	close(leave)
	same(t, "the answer under way", <-answered, "whole")
	must(t, group.Wait())
}

// TestLoggerWritesJSON at its level and above, with the time in RFC 3339.
func TestLoggerWritesJSON(t *testing.T) {
	var errs heard
	logger, err := newLogger("warn", terminal{err: &errs})
	must(t, err)
	logger.Info("not heard")
	logger.Warn("heard", zap.Int("messages", 3))
	lines := decoded[map[string]any](t, errs.String())
	if len(lines) != 1 || lines[0]["msg"] != "heard" || lines[0]["level"] != "warn" {
		t.Fatalf("log %s", errs.String())
	}
	at, _ := lines[0]["ts"].(string)
	if _, err := time.Parse(time.RFC3339Nano, at); err != nil {
		t.Errorf("time %q: %v", at, err)
	}
	if _, err := newLogger("loud", terminal{err: &errs}); err == nil || !strings.Contains(err.Error(), "loud") {
		t.Errorf("newLogger() error %v", err)
	}
	device, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	must(t, err)
	defer device.Close()
	person, err := newLogger("debug", terminal{err: device})
	must(t, err)
	if !person.Core().Enabled(zap.DebugLevel) || logger.Core().Enabled(zap.InfoLevel) {
		t.Error("a logger hears another level than it was made for")
	}
}

// TestDigestOfFindings: a function of ids, facts and suppression, in their order.
func TestDigestOfFindings(t *testing.T) {
	sum := func(items ...claimwatch.Finding) string {
		digest, err := digestOf(func(yield func(*claimwatch.Finding) error) error {
			for i := range items {
				if err := yield(&items[i]); err != nil {
					return err
				}
			}
			return nil
		})
		must(t, err)
		return digest
	}
	one := claimwatch.Finding{ID: "f_1", Rule: "FEE-001", Amount: 100}
	two := claimwatch.Finding{ID: "f_2", Rule: "FEE-001", Amount: 100}
	dear, hidden, row := one, one, "W1"
	dear.Amount, hidden.SuppressedBy = 101, &row
	seen := map[string]string{}
	for name, digest := range map[string]string{
		"none": sum(), "one": sum(one), "two": sum(one, two), "dearer": sum(dear), "suppressed": sum(hidden), "the other": sum(two),
	} {
		if before, twice := seen[digest]; twice || len(digest) != 64 {
			t.Errorf("digest %q of %q is that of %q too", digest, name, before)
		}
		seen[digest] = name
	}
	same(t, "the same twice", sum(one, two), sum(one, two))
	if _, err := digestOf(func(func(*claimwatch.Finding) error) error { return os.ErrClosed }); err == nil {
		t.Error("digestOf() hides that the findings are not whole")
	}
}

// TestTheEngineTakesLongStatements: what a look-up of 20,000 identities has in
// its URL passes to the engine, and to nothing else.
func TestTheEngineTakesLongStatements(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	group, ctx := errgroup.WithContext(ctx)
	for limit, want := range map[int]int{maxHeader: http.StatusRequestHeaderFieldsTooLarge, maxStatement: http.StatusNoContent} {
		address := loopback(t)
		must(t, listen(ctx, group, address, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }), limit))
		asked, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+"/?param_keys="+strings.Repeat("a", 20_000*32), nil)
		must(t, err)
		answer, err := http.DefaultClient.Do(asked)
		must(t, err)
		must(t, answer.Body.Close())
		same(t, "status", answer.StatusCode, want)
	}
	cancel()
	must(t, group.Wait())
}
