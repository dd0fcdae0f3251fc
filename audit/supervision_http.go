package audit

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/supervision"
	"claimwatch/audit/term"
)

// supervisors read and seal the report of supervision.
var supervisors = []claimwatch.CallerRole{claimwatch.RoleSupervisor, claimwatch.RoleReviewer, claimwatch.RoleDirector}

// supervisionReport is what sealed reports of supervision are called in the journal.
const supervisionReport = "supervision"

type supervisionInput struct {
	Month  string `query:"month" example:"2026-09"`
	City   string `query:"city" doc:"empty: the whole province; a city's key has its own"`
	Format string `query:"format" enum:"json,xlsx,pdf"`
	Accept string `header:"Accept"`
}

type supervisionAnswer struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Sealed      string `header:"Claimwatch-Sealed" doc:"number of the journal entry that sealed the report; absent while it is worked out anew"`
	Body        []byte
}

type sealInput struct {
	Body struct {
		Month string `json:"month" example:"2026-09"`
		City  string `json:"city,omitempty" doc:"empty: the whole province; a city's key has its own"`
	}
}

// SealView is the seal of a report.
type SealView struct {
	Month  term.Month         `json:"month"`
	City   string             `json:"city"`
	Entry  uint64             `json:"entry" doc:"of the journal"`
	SHA256 string             `json:"sha256" doc:"of the report's JSON, byte for byte"`
	At     claimwatch.Instant `json:"at"`
	By     string             `json:"by" doc:"id of the key"`
}

type sealAnswer struct{ Body SealView }

func (a *Audit) registerSupervision(api huma.API) {
	schema := api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[supervision.Report](), true, "")
	binary := &huma.Schema{Type: huma.TypeString, Format: "binary"}
	huma.Register(api, huma.Operation{
		OperationID: "get-supervision-report", Method: http.MethodGet, Path: "/v1/reports/supervision", Tags: []string{"figures"},
		Summary: "The monthly report of supervision of a city or the province",
		Description: "Worked out of everything that is known now, until it is sealed: then the same bytes for ever. Found and recovered are about services of the month, " +
			"decided about decisions taken in it, coverage and what is overdue are as of as_of.",
		Responses: map[string]*huma.Response{"200": {Description: "the report", Content: map[string]*huma.MediaType{
			"application/json": {Schema: schema}, typeXLSX: {Schema: binary}, typePDF: {Schema: binary},
		}}},
	}, a.supervisionReport)
	huma.Register(api, huma.Operation{
		OperationID: "seal-supervision-report", Method: http.MethodPost, Path: "/v1/reports/supervision/seal", Tags: []string{"figures"},
		Summary:     "Keep the report of a month that is over as it is now",
		Description: "Its hash stands in the journal. It is sealed once: 409 illegal_transition afterwards, and while the month is not over.",
		Middlewares: rolesFirst(api, supervisors),
	}, a.sealSupervision)
}

// supervised reads which report a caller asks for.
func supervised(caller claimwatch.Caller, text, city string) (term.Month, string, error) {
	month, err := term.ParseMonth(text)
	if err != nil {
		return 0, "", claimwatch.BadQuery("month", "month is YYYY-MM")
	}
	if !caller.SeesAll() {
		if city != "" && city != caller.City {
			return 0, "", claimwatch.Refuse(claimwatch.CodeForbidden, "this key sees the institutions of %s only", caller.City)
		}
		city = caller.City
	}
	return month, city, nil
}

func (a *Audit) supervisionReport(ctx context.Context, in *supervisionInput) (*supervisionAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, supervisors...)
	if err != nil {
		return nil, err
	}
	month, city, err := supervised(caller, in.Month, in.City)
	if err != nil {
		return nil, err
	}
	out := &supervisionAnswer{ContentType: "application/json"}
	seal, sealed := a.deps.Journal.SealedReport(supervisionReport, month, city)
	if sealed {
		var there bool
		if a.deps.Files != nil {
			if out.Body, there, err = a.deps.Files(ctx, seal.SHA256); err != nil {
				return nil, fmt.Errorf("read sealed report: %w", err)
			}
		}
		if !there {
			return nil, claimwatch.Refuse(claimwatch.CodeUnavailable, "the sealed report is not in the store yet: ask again in a moment")
		}
		out.Sealed = fmt.Sprint(seal.Seq)
	} else if out.Body, err = a.workOutSupervision(ctx, month, city); err != nil {
		return nil, err
	}
	format := cmp.Or(in.Format, preferred(in.Accept))
	if format == "json" || format == "csv" {
		return out, nil
	}
	var report supervision.Report // the papers show what the JSON says, sealed or not
	if err := json.Unmarshal(out.Body, &report); err != nil {
		return nil, fmt.Errorf("read report: %w", err)
	}
	sum := sumOf(out.Body)
	out.Disposition = fmt.Sprintf(`attachment; filename="supervision-%s.%s"`, month, format)
	if format == "pdf" {
		out.ContentType = typePDF
		out.Body, err = report.PDF(sum)
	} else {
		out.ContentType = typeXLSX
		out.Body, err = report.XLSX(sum)
	}
	return out, err
}

func (a *Audit) sealSupervision(ctx context.Context, in *sealInput) (*sealAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, supervisors...)
	if err != nil {
		return nil, err
	}
	month, city, err := supervised(caller, in.Body.Month, in.Body.City)
	if err != nil {
		return nil, err
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	body, err := a.workOutSupervision(ctx, month, city)
	if err != nil {
		return nil, err
	}
	c, err := command(ctx, journal.Command{Type: journal.TypeReportSeal, At: at, Actor: journal.ActorOf(caller)}, in.Body,
		journal.ReportSeal{Report: supervisionReport, Month: month, City: city, Size: len(body)}, body)
	if err != nil {
		return nil, err
	}
	if _, err := a.deps.Journal.Do(ctx, c); err != nil {
		return nil, err
	}
	seal, _ := a.deps.Journal.SealedReport(supervisionReport, month, city)
	return &sealAnswer{Body: SealView{Month: month, City: city, Entry: seal.Seq, SHA256: seal.SHA256, At: seal.At, By: seal.By}}, nil
}
