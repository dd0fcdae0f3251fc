package audit

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/baseline"
	"claimwatch/audit/reference"
)

// StayLengths counts how long the stays lasted that were discharged in a time,
// by the records that exist at as_of.
type StayLengths func(ctx context.Context, asOf claimwatch.Instant, discharged claimwatch.Interval) (LengthsOfStay, error)

// LengthsOfStay are counts of inpatient and rehab stays. NoGroup had no
// diagnosis, NoLevel were at institutions without a row: no baseline can hold them.
type LengthsOfStay struct {
	Lengths          []baseline.Length
	NoGroup, NoLevel int
}

const baselineTable = "los_baselines"

type baselineInput struct {
	Body struct {
		Month string `json:"month" example:"2026-03" doc:"the month of discharge for which the baselines are to hold, YYYY-MM"`
	}
}

type baselineAnswer struct {
	Body struct {
		Month     string             `json:"month"`
		From      claimwatch.Instant `json:"from" doc:"discharges from here"`
		Until     claimwatch.Instant `json:"until" doc:"and before here were counted"`
		Stays     int                `json:"stays" doc:"stays that the baselines are made of"`
		NoGroup   int                `json:"no_group" doc:"stays without a diagnosis"`
		NoLevel   int                `json:"no_level" doc:"stays at institutions without a row"`
		Rows      int                `json:"rows" doc:"diagnosis groups and levels"`
		Withdrawn int                `json:"withdrawn" doc:"rows of the month that no stay gives any more"`
		Changed   int                `json:"changed"`
		Unchanged int                `json:"unchanged"`
		Version   uint64             `json:"version" doc:"the journal entry of the load"`
	}
}

func (a *Audit) registerBaselines(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "build-baselines", Method: http.MethodPost, Path: "/v1/baselines", Tags: []string{"reference"},
		Summary: "Compute how long stays usually last, for one month",
		Description: "From inpatient and rehab stays discharged in the 24 calendar months before the month, by diagnosis group and level of institution: " +
			"number, 95th percentile, median and median distance to it. They replace the month's rows of los_baselines, as one load in the journal.",
	}, a.buildBaselines)
}

func (a *Audit) buildBaselines(ctx context.Context, in *baselineInput) (*baselineAnswer, error) {
	caller, err := province(ctx, administrators)
	if err != nil {
		return nil, err
	}
	t, err := table(baselineTable)
	if err != nil {
		return nil, err
	}
	window, err := baseline.Window(in.Body.Month)
	if err != nil {
		refusal := claimwatch.Refuse(claimwatch.CodeInvalid, "the month is written YYYY-MM")
		refusal.Field = "month"
		return nil, refusal
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	found, err := a.deps.StayLengths(ctx, at, window)
	if err != nil {
		return nil, fmt.Errorf("count lengths of stay: %w", err)
	}
	out := &baselineAnswer{}
	computed := baseline.Of(found.Lengths)
	rows := make([]reference.Row, len(computed))
	for i, b := range computed {
		rows[i] = baselineRow(t, b, in.Body.Month)
		out.Body.Stays += b.N
	}
	gone, err := a.baselinesGone(ctx, t, in.Body.Month, rows)
	if err != nil {
		return nil, err
	}
	outcome, err := a.loadRows(ctx, caller, t, append(rows, gone...))
	if err != nil {
		return nil, err
	}
	out.Body.Month, out.Body.From, out.Body.Until = in.Body.Month, window.From, window.Until
	out.Body.NoGroup, out.Body.NoLevel = found.NoGroup, found.NoLevel
	out.Body.Rows, out.Body.Withdrawn = len(computed), len(gone)
	out.Body.Changed, out.Body.Unchanged, out.Body.Version = outcome.Changed, outcome.Unchanged, outcome.Version
	return out, nil
}

// baselineRow writes a baseline as a row of its table.
func baselineRow(t claimwatch.Table, b baseline.Row, month string) reference.Row {
	const tenThousandths = 100 // of a hundredth: numbers of a table have four decimals
	cells := map[string]claimwatch.Value{
		"diagnosis_group": {Text: b.Group, Set: true},
		"level":           {Num: int64(b.Level), Set: true},
		"month":           {Text: month, Set: true},
		"n":               {Num: int64(b.N), Set: true},
		"p95":             {Num: b.P95 * tenThousandths, Set: true},
		"median":          {Num: b.Median * tenThousandths, Set: true},
		"mad":             {Num: b.MAD * tenThousandths, Set: true},
	}
	row := reference.Row{Values: make([]claimwatch.Value, len(t.Columns))}
	for i, column := range t.Columns {
		row.Values[i] = cells[column.Name]
	}
	return row
}

// baselinesGone withdraws the rows of a month that are not computed any more: a
// baseline whose stays were cancelled must judge nobody.
func (a *Audit) baselinesGone(ctx context.Context, t claimwatch.Table, month string, computed []reference.Row) ([]reference.Row, error) {
	stands, _, err := a.deps.Tables.Rows(ctx, RowQuery{Table: t.Name})
	if err != nil {
		return nil, fmt.Errorf("read table %s: %w", t.Name, err)
	}
	known := map[string]bool{}
	for i := range computed {
		known[computed[i].Key(t)] = true
	}
	var gone []reference.Row
	for _, stored := range stands {
		row := reference.Row{Void: true, Values: stored.Values}
		if rowObject(t, stored.Values)["month"] == month && !known[row.Key(t)] {
			gone = append(gone, row)
		}
	}
	return gone, nil
}
