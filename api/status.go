package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
)

// Status is how far the product has come.
type Status struct {
	Clock   string              `json:"clock" enum:"wall,event" doc:"wall: as_of is now; event: the latest occurred_at stored"`
	AsOf    *claimwatch.Instant `json:"as_of" doc:"the time as of which rules are evaluated; null before the first record with the event clock"`
	Idle    bool                `json:"idle" doc:"everything acknowledged so far is stored and evaluated as of as_of"`
	Records StatusRecords       `json:"records"`
	Touched StatusTouched       `json:"touched"`
	DueNext *claimwatch.Instant `json:"due_next" doc:"when the passing of time could next change a finding"`
	// Background is the work that changed reference data, rules or presents cause, the
	// earliest first.
	Background []StatusBackground `json:"background" nullable:"false" doc:"evaluations that changed reference data, rules or a present that went back cause and that are not finished"`
}

// StatusRecords counts the records topic.
type StatusRecords struct {
	Stored int64 `json:"stored" doc:"distinct (institution, kind, record_id, revision)"`
	Behind int64 `json:"behind" doc:"messages acknowledged and not yet stored"`
}

// StatusTouched counts the touched topic.
type StatusTouched struct {
	Behind int64 `json:"behind" doc:"messages not yet evaluated"`
}

// StatusBackground is how far a change of reference data or rules has come.
type StatusBackground struct {
	What string `json:"what" doc:"the change, for example items load 17, or present of H1 when it went back"`
	Done int64  `json:"done" doc:"persons and institutions evaluated with it"`
	Of   int64  `json:"of" doc:"persons and institutions that it touches"`
}

type statusOutput struct{ Body Status }

// RegisterStatus adds GET /v1/status, for any key.
func RegisterStatus(api huma.API, status func(context.Context) (Status, error)) {
	huma.Register(api, huma.Operation{
		OperationID: "status", Method: http.MethodGet, Path: "/v1/status",
		Summary: "How far the server has come", Errors: []int{http.StatusUnauthorized, http.StatusTooManyRequests, http.StatusServiceUnavailable},
	}, func(ctx context.Context, _ *struct{}) (*statusOutput, error) {
		s, err := status(ctx)
		if err != nil {
			return nil, &claimwatch.Error{Code: claimwatch.CodeUnavailable, Message: "the log or the store cannot be asked: try again later", Cause: err}
		}
		return &statusOutput{Body: s}, nil
	})
}
