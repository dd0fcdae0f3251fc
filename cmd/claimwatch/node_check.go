package main

import (
	"context"
	"fmt"

	"golang.org/x/time/rate"

	"claimwatch"
	"claimwatch/api"
	"claimwatch/ingest/check"
	"claimwatch/rules/preview"
)

// wireCheck adds POST /v1/check where there is a door.
func (n *node) wireCheck(context.Context) error {
	if !n.settings.does("door") {
		return nil
	}
	limits := n.settings.Check
	foresight := preview.New(preview.Config{Slices: limits.Slices, Wall: n.settings.Clock == "wall"}, preview.Deps{
		Library: n.stages.shelf.Library, AsOf: n.asOf, Log: n.log,
		Open: func(ctx context.Context, number int) (preview.Slice, error) {
			return n.db.NewSlice(ctx, fmt.Sprintf("%s_check%d", n.workerName(), number))
		},
	})
	n.closers = append(n.closers, func() error { return foresight.Close(context.Background()) })
	cfg := check.Default()
	cfg.Known, cfg.Problem, cfg.Now = n.db.LookupIdentities, api.Write, clock
	cfg.Slots, cfg.Records, cfg.Persons = limits.Slices, limits.Records, limits.Persons
	cfg.Foresee = func(
		ctx context.Context, institution string, records []*claimwatch.Record, at claimwatch.Instant,
	) ([]claimwatch.Foreseen, claimwatch.Instant, error) {
		answer, err := foresight.Foresee(ctx, preview.Question{InstitutionID: institution, Records: records, ReceivedAt: at})
		return answer.Findings, answer.AsOf, err
	}
	door, err := check.New(cfg, n.log, n.registry)
	if err != nil {
		return fmt.Errorf("make the check: %w", err)
	}
	limited := api.LimitCalls(rate.Limit(limits.PerSecond), limits.Burst, "ask about several records in one check")
	n.stages.server.Handle("POST /v1/check", limited(door))
	door.Register(n.stages.server.API())
	return nil
}

// mayAsk holds questions about persons to the pace of checks: both could be asked
// one after the other to find out what is not one's own.
func (n *node) mayAsk() func(claimwatch.Caller) error {
	limits := n.settings.Check
	return api.Limit(rate.Limit(limits.PerSecond), limits.Burst, "ask about a person when a visit begins")
}
