package backtest

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
)

// askers may start and cancel backtests.
var askers = []claimwatch.CallerRole{claimwatch.RoleOfficer, claimwatch.RoleReviewer, claimwatch.RoleDirector}

type startInput struct{ Body Request }

type idInput struct {
	ID string `path:"backtest_id" maxLength:"64"`
}

type listInput struct {
	Cursor string `query:"cursor" maxLength:"64" doc:"next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
}

type output struct{ Body Backtest }

type page struct {
	Items []Backtest `json:"items" nullable:"false"`
	Next  string     `json:"next" doc:"cursor of the next page, empty on the last"`
}

type listOutput struct{ Body page }

// Register adds the backtests to an API.
func (r *Runner) Register(api huma.API) {
	common := []int{
		http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, http.StatusServiceUnavailable,
	}
	one := append([]int{http.StatusNotFound}, common...)
	huma.Register(api, huma.Operation{
		OperationID: "backtest", Method: http.MethodPost, Path: "/v1/backtests", Tags: []string{"rules"},
		Summary: "Run a rule or other parameters over history", DefaultStatus: http.StatusAccepted,
		Description: "What a rule, or all of them, would have found with other parameters over history as it was known at a moment, compared with " +
			"what the library finds as it stands over the same facts. It runs beside live evaluation and lets that go first.",
		Errors: append([]int{http.StatusBadRequest, http.StatusConflict, http.StatusUnprocessableEntity}, common...),
	}, r.start)
	huma.Register(api, huma.Operation{
		OperationID: "backtests", Method: http.MethodGet, Path: "/v1/backtests", Tags: []string{"rules"},
		Summary: "Backtests, newest first, without their results", Errors: append([]int{http.StatusBadRequest}, common...),
	}, r.list)
	huma.Register(api, huma.Operation{
		OperationID: "backtest-result", Method: http.MethodGet, Path: "/v1/backtests/{backtest_id}", Tags: []string{"rules"},
		Summary: "A backtest: how far it is, and its result", Errors: one,
	}, r.get)
	huma.Register(api, huma.Operation{
		OperationID: "cancel-backtest", Method: http.MethodDelete, Path: "/v1/backtests/{backtest_id}", Tags: []string{"rules"},
		Summary: "Cancel a backtest that has not ended", DefaultStatus: http.StatusOK, Errors: append([]int{http.StatusConflict}, one...),
	}, r.cancel)
}

func allow(ctx context.Context, roles []claimwatch.CallerRole) error {
	caller := claimwatch.CallerFrom(ctx)
	if caller.Has(roles...) && caller.SeesAll() {
		return nil
	}
	return claimwatch.Refuse(claimwatch.CodeForbidden, "backtests are for officers of the province: they run over everybody")
}

func (r *Runner) start(ctx context.Context, in *startInput) (*output, error) {
	if err := allow(ctx, askers); err != nil {
		return nil, err
	}
	b, err := r.Start(ctx, claimwatch.CallerFrom(ctx), in.Body)
	return &output{Body: b}, err
}

func (r *Runner) get(ctx context.Context, in *idInput) (*output, error) {
	if err := allow(ctx, claimwatch.StaffRoles()); err != nil {
		return nil, err
	}
	b, err := r.Get(ctx, in.ID)
	return &output{Body: b}, err
}

func (r *Runner) cancel(ctx context.Context, in *idInput) (*output, error) {
	if err := allow(ctx, askers); err != nil {
		return nil, err
	}
	b, err := r.Cancel(ctx, in.ID)
	return &output{Body: b}, err
}

func (r *Runner) list(ctx context.Context, in *listInput) (*listOutput, error) {
	if err := allow(ctx, claimwatch.StaffRoles()); err != nil {
		return nil, err
	}
	items, err := r.List(ctx, in.Cursor, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &listOutput{Body: page{Items: items}}
	if len(items) > in.Limit {
		out.Body.Items = slices.Clip(items[:in.Limit])
		out.Body.Next = out.Body.Items[in.Limit-1].ID
	}
	return out, nil
}
