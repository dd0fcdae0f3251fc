package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"strconv"
	"strings"
	"time"

	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"claimwatch"
)

// errStop ends a node from inside: its work is done.
var errStop = errors.New("done")

// run works until ctx ends, a part fails for good, or beside gives errStop.
func (n *node) run(ctx context.Context, beside ...func(context.Context) error) error {
	var change *libraryChange
	if n.settings.does("rules") {
		var err error
		if change, err = n.noteLibrary(ctx); err != nil && ctx.Err() == nil {
			return fmt.Errorf("compare the rule library with the one of before: %w", err)
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return n.stages.journal.Run(ctx) })
	group.Go(func() error { return n.stages.audit.Run(ctx) })
	if n.settings.Listen != "" { // whoever only rebuilds the store signs nothing
		group.Go(func() error { return n.stages.notary.Run(ctx) })
		group.Go(func() error { return n.stages.alerts.Run(ctx) })
		if n.settings.Alerts.Routes != "" {
			group.Go(func() error { return n.reloadAlerts(ctx) })
		}
	}
	if n.stages.seals != nil {
		group.Go(func() error { return n.reloadSeals(ctx) })
	}
	if n.settings.does("sink") {
		group.Go(func() error { return n.stages.sink.Run(ctx) })
		group.Go(func() error { return n.stages.quarantine.Run(ctx) })
	}
	if n.settings.does("rules") {
		group.Go(func() error { return n.followLibrary(ctx, change) })
		for _, e := range n.stages.evaluations {
			group.Go(func() error { return e.evaluator.Run(ctx) })
		}
		group.Go(func() error { return n.stages.timer.Run(ctx) })
		if n.settings.Rules != "" {
			group.Go(func() error { return n.reloadRules(ctx) })
		}
		group.Go(func() error { return n.stages.background.Run(ctx) })
		group.Go(func() error { return n.stages.backtests.Run(ctx) })
	}
	if err := n.serveHTTP(ctx, group); err != nil {
		return err
	}
	for _, work := range beside {
		group.Go(func() error { return work(ctx) })
	}
	err := group.Wait()
	if errors.Is(err, errStop) || errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// serveHTTP listens before anything waits, so that an address in use is told at
// once; until the journal is read /readyz says so.
func (n *node) serveHTTP(ctx context.Context, group *errgroup.Group) error {
	if n.settings.Listen == "" {
		return nil
	}
	hash, err := n.adminKey()
	if err != nil {
		return err
	}
	group.Go(func() error { return n.ensureAdmin(ctx, hash) })
	group.Go(func() error { return n.followChanges(ctx) })
	group.Go(func() error { return n.lookForSignOn(ctx) })
	if n.settings.tellSetup != nil {
		group.Go(func() error { return n.openSetup(ctx) })
	}
	handler := n.stages.server.Handler(n.stages.journal.Authenticate, answers{n.db})
	if err := listen(ctx, group, n.settings.Listen, handler, maxHeader); err != nil {
		return err
	}
	if n.settings.ClickHouse.Listen != "" && n.db.Engine() != nil {
		if err := listen(ctx, group, n.settings.ClickHouse.Listen, engineHandler(n.db.Engine()), maxStatement); err != nil {
			return err
		}
	}
	if n.settings.OpsListen == "" {
		return nil
	}
	mux := http.NewServeMux()
	n.operations(func(pattern string, h http.Handler) { mux.Handle(pattern, h) })
	mux.HandleFunc("GET /debug/pprof/", pprof.Index) // for operators only: never on the address that hospitals reach
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	return listen(ctx, group, n.settings.OpsListen, mux, maxHeader)
}

// ensureAdmin makes the key in DATA/admin.key known, once.
func (n *node) ensureAdmin(ctx context.Context, hash string) error {
	select {
	case <-ctx.Done():
		return nil
	case <-n.stages.journal.CaughtUp():
	}
	if err := n.stages.journal.EnsureAdmin(ctx, hash, claimwatch.InstantOf(clock())); err != nil && ctx.Err() == nil {
		return fmt.Errorf("make the admin key known: %w", err)
	}
	return nil
}

const (
	maxHeader = 64 << 10
	// maxStatement is for the engine: the parameters of a statement are in the
	// URL, and a look-up of a large batch's identities is 640 KiB of them.
	maxStatement = 16 << 20
)

// listen serves until ctx ends and then lets requests under way finish.
func listen(ctx context.Context, group *errgroup.Group, address string, handler http.Handler, header int) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: header}
	group.Go(func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve http: %w", err)
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if server.Shutdown(last) != nil {
			return server.Close() // somebody does not let go
		}
		return nil
	})
	return nil
}

// livez says whether this process should be left running.
func (n *node) livez(w http.ResponseWriter, _ *http.Request) {
	if err := n.stream.Healthy(); err != nil {
		n.log.Error("not live", zap.Error(err))
		http.Error(w, "a consumer of the log stands still or has halted; see the log of this process", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("live\n")) // the prober has gone: nobody to tell
}

// readyz says whether this process can answer.
func (n *node) readyz(w http.ResponseWriter, r *http.Request) {
	select {
	case <-n.stages.journal.CaughtUp():
	default:
		http.Error(w, "the journal is being read", http.StatusServiceUnavailable)
		return
	}
	_, err := n.adminKey()
	if err == nil {
		err = n.adminKnown()
	}
	for _, check := range []func(context.Context) error{n.db.Ping, n.stream.Ready} {
		if err == nil {
			err = check(r.Context())
		}
	}
	if err != nil {
		n.log.Warn("not ready", zap.Error(err))
		http.Error(w, "the log or the store does not answer; see the log of this process", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ready\n")) // the prober has gone: nobody to tell
}

// adminKnown says whether the journal knows the key in DATA/admin.key.
func (n *node) adminKnown() error {
	text, err := os.ReadFile(n.keyFile())
	if err != nil {
		return fmt.Errorf("read the admin key: %w", err)
	}
	if _, ok := n.stages.journal.Authenticate(strings.TrimSpace(string(text))); !ok {
		return errors.New("the admin key is not in the journal yet")
	}
	return nil
}

// workerName tells the slices of several processes on one store apart.
func (n *node) workerName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "host"
	}
	sum := sha256.Sum256([]byte(host + n.settings.Data))
	return fmt.Sprintf("w%x_%s", sum[:4], strconv.Itoa(os.Getpid()))
}
