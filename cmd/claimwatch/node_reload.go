package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"go.uber.org/zap"
)

// atHangup does something at every SIGHUP until ctx ends; what goes wrong is logged.
func (n *node) atHangup(ctx context.Context, what string, do func(context.Context) error) error {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGHUP)
	defer signal.Stop(asked)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-asked:
			if err := do(ctx); err != nil && ctx.Err() == nil {
				n.log.Error("reload "+what, zap.Error(err))
			}
		}
	}
}

// reloadRules reads the library of --rules anew at every SIGHUP until ctx ends. A
// library with faults changes nothing: each is logged, and the one in use stays.
func (n *node) reloadRules(ctx context.Context) error {
	return n.atHangup(ctx, "rule library", n.reload)
}

// reload puts the library of --rules into use, and has those evaluated with it
// whom its difference to the one of before concerns.
func (n *node) reload(ctx context.Context) error {
	slice, err := n.db.NewSlice(ctx, n.workerName()+"_check")
	if err != nil {
		return fmt.Errorf("make a slice: %w", err)
	}
	defer func() { _ = slice.Close(context.WithoutCancel(ctx)) }() // its tables are in memory
	faults, err := n.stages.shelf.Reload(ctx, n.settings.Rules, slice)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return fmt.Errorf("the previous library stays in use: %w", faults)
	}
	n.log.Info("rule library replaced", zap.Int("rules", len(n.stages.shelf.Library().Active())))
	change, err := n.noteLibrary(ctx)
	if err == nil {
		err = n.touchByLibrary(ctx, change)
	}
	if err != nil {
		return fmt.Errorf("touch whom the new library concerns, reload again to repeat it: %w", err)
	}
	return nil
}
