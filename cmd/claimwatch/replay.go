package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"go.uber.org/zap"

	"claimwatch/store"
)

type replayCommand struct {
	FromLog bool   `required:"" help:"Say that the store is to be rebuilt from the log."`
	Data    string `help:"Data directory of a stopped server." default:"./claimwatch-data" type:"path"`
	Config  string `help:"A serve configuration instead; its store must be embedded." type:"existingfile"`
	Clock   string `help:"wall or event." default:"wall" enum:"wall,event"`
	Engine  string `help:"The ClickHouse engine library." type:"path"`
	JSON    bool   `name:"json" help:"One JSON object."`

	DropBacktests bool `help:"Do not take over the backtests of the old store: for one that cannot be opened any more."`
}

func (replayCommand) Help() string {
	return `Builds a fresh store beside the old one from the log, swaps it in when everything is stored and evaluated, and
prints the digest. The old store is kept until then. Backtests, which are in no log, are taken over from it.

Example:
  claimwatch replay --from-log --data ./claimwatch-data`
}

func (c replayCommand) Run(ctx context.Context, term terminal) error {
	s := defaultSettings()
	s.Data, s.Clock, s.Engine = c.Data, c.Clock, c.Engine
	if c.Config != "" {
		var err error
		if s, err = loadSettings(c.Config); err != nil {
			return err
		}
		s.Clock = c.Clock
	}
	if len(s.ClickHouse.Addr) > 0 {
		return wrongUsage("replay rebuilds an embedded store; for a ClickHouse server name an empty database in the configuration and start serve")
	}
	live := s.storeDir()
	fresh := live + ".rebuilding"
	if err := os.RemoveAll(fresh); err != nil {
		return fmt.Errorf("clear an earlier attempt: %w", err)
	}
	var kept []store.BacktestRow
	if !c.DropBacktests {
		var err error
		if kept, err = keptBacktests(ctx, s, live); err != nil {
			return err
		}
	}
	s.store = fresh
	digest, err := c.rebuild(ctx, s, kept, term)
	if err != nil {
		return err
	}
	if err := swapDirectories(live, fresh); err != nil {
		return err
	}
	return digestAnswer{digest}.print(term, c.JSON)
}

// rebuild runs a node on a fresh store, with the backtests of the old one, without
// doors until it is idle.
func (c replayCommand) rebuild(ctx context.Context, s settings, kept []store.BacktestRow, term terminal) (string, error) {
	logger, err := newLogger("warn", term)
	if err != nil {
		return "", err
	}
	s.Listen, s.OpsListen = "", ""
	n, err := openNode(ctx, s, logger)
	if err != nil {
		return "", err
	}
	defer n.close()
	n.skipTouched = true
	if err := n.db.SaveBacktests(ctx, kept); err != nil {
		return "", fmt.Errorf("take over backtests: %w", err)
	}
	var digest string
	err = n.run(ctx, func(ctx context.Context) error {
		if err := c.waitIdle(ctx, n, term, logger); err != nil {
			return err
		}
		digest, err = n.stages.audit.Digest(ctx, false)
		if err != nil {
			return err
		}
		return errStop
	})
	if err == nil && digest == "" { // Ctrl-C: what is built so far must not take the old store's place
		err = fmt.Errorf("rebuild the store: %w; the old one is untouched", context.Canceled)
	}
	return digest, err
}

// waitIdle says once a minute, or in place on a terminal, how far it is.
func (replayCommand) waitIdle(ctx context.Context, n *node, term terminal, logger *zap.Logger) error {
	every := time.Minute
	if (terminal{out: term.err}).interactive() {
		every = time.Second
	}
	told := clock()
	ticker := time.NewTicker(100 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
		status, err := n.status(ctx)
		if err != nil {
			logger.Warn("status not known", zap.Error(err))
			continue
		}
		if status.Idle {
			return nil
		}
		if clock().Sub(told) >= every {
			told = clock()
			fmt.Fprintf(term.err, "%d records stored, %d messages of records and %d of touched to go\n",
				status.Records.Stored, status.Records.Behind, status.Touched.Behind)
		}
	}
}

// swapDirectories puts fresh in the place of live. Each rename is whole; a
// power cut between them leaves live.old, which holds everything.
func swapDirectories(live, fresh string) error {
	old := live + ".old"
	if err := os.RemoveAll(old); err != nil {
		return fmt.Errorf("clear an earlier store: %w", err)
	}
	if err := os.Rename(live, old); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("put the old store aside: %w", err)
	}
	if err := os.Rename(fresh, live); err != nil {
		if back := os.Rename(old, live); back != nil && !os.IsNotExist(back) {
			err = errors.Join(err, fmt.Errorf("put the old store back: %w", back))
		}
		return fmt.Errorf("put the new store in place: %w", err)
	}
	if err := os.RemoveAll(old); err != nil {
		return fmt.Errorf("remove the old store: %w", err)
	}
	return nil
}
