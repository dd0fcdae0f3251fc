package audit

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"regexp"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/rejection"
)

var monthForm = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)

type rejectionsInput struct {
	InstitutionID string `query:"institution_id" doc:"a hospital may leave it out"`
	Month         string `query:"month" required:"true" example:"2026-10" doc:"local month of the lines' service dates"`
	Format        string `query:"format" enum:"json,csv,xlsx,pdf" doc:"otherwise Accept decides"`
	Accept        string `header:"Accept"`
}

// rawAnswer is a body in a format that the handler has chosen.
type rawAnswer struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

func (a *Audit) registerRejections(api huma.API) {
	schema := api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[rejection.RejectedList](), true, "")
	huma.Register(api, huma.Operation{
		OperationID: "get-rejections", Method: http.MethodGet, Path: "/v1/rejections", Tags: []string{"decisions"},
		Summary:     "The rejected-fee list of an institution and month",
		Description: "One yuan is rejected once: claimed is a line's amount net of refunds, rejected what a decision took of it.",
		Responses: map[string]*huma.Response{"200": {Description: "the list", Content: map[string]*huma.MediaType{
			"application/json": {Schema: schema},
			"text/csv":         {Schema: &huma.Schema{Type: huma.TypeString}},
			typeXLSX:           {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
			typePDF:            {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
		}}},
	}, a.rejections)
}

func (a *Audit) rejections(ctx context.Context, in *rejectionsInput) (*rawAnswer, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err != nil {
		return nil, err
	}
	if caller.IsHospital() {
		if in.InstitutionID != "" && in.InstitutionID != caller.InstitutionID {
			return nil, claimwatch.Refuse(claimwatch.CodeForbidden, "a hospital reads its own list")
		}
		in.InstitutionID = caller.InstitutionID
	}
	if in.InstitutionID == "" {
		return nil, claimwatch.BadQuery("institution_id", "institution_id is needed")
	}
	if !caller.Sees(in.InstitutionID) {
		return nil, claimwatch.Refuse(claimwatch.CodeForbidden, "this key sees the institutions of %s only", caller.City)
	}
	if !monthForm.MatchString(in.Month) {
		return nil, claimwatch.BadQuery("month", "month is YYYY-MM")
	}
	list := a.deps.Journal.Rejections(in.InstitutionID, in.Month)
	if format := cmp.Or(in.Format, preferred(in.Accept)); format != "json" {
		return a.rejectionPaper(ctx, list, format)
	}
	body, err := json.Marshal(list)
	if err != nil {
		return nil, fmt.Errorf("write list: %w", err)
	}
	return &rawAnswer{ContentType: "application/json", Body: body}, nil
}
