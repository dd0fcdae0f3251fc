package audit

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/letter"
)

func (a *Audit) registerHandoverLetter(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "get-handover-letter", Method: http.MethodGet, Path: "/v1/handovers/{id}/letter", Tags: []string{"registers"},
		Summary:     "The letter with which a case is handed over (PDF)",
		Description: "To the administration or to justice (Shanxi Art. 46), with the SHA-256 of each evidence pack and a receipt to sign.",
		Responses: map[string]*huma.Response{"200": {Description: "the letter", Content: map[string]*huma.MediaType{
			"application/pdf": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
		}}},
	}, a.handoverLetter)
}

func (a *Audit) handoverLetter(ctx context.Context, in *matterInput) (*rawAnswer, error) {
	caller, err := staff(ctx, readers)
	if err != nil {
		return nil, err
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	standing, ok := a.deps.Journal.Matter(in.ID, at)
	none := claimwatch.Refuse(claimwatch.CodeNotFound, "there is no such handover")
	if !ok || standing.Kind != "handover" {
		return nil, none
	}
	v, ok := a.viewMatter(standing, caller)
	if !ok {
		return nil, none
	}
	day, number := at.Day(), ""
	sent, done := taken(&v, "send")
	if done {
		day, number = dayField(&v, sent.At.Day(), "sent_on"), v.Number
	}
	head, err := a.letterHead(ctx, v.InstitutionID, number, day, nil)
	if err != nil {
		return nil, err
	}
	head.Handler, head.Checker = sent.Maker, sent.By
	l := letter.Handover{
		Head: head, To: v.Fields["authority"], Case: v.Number, Summary: v.History[0].Reason, Asked: "请依法处理。",
		Articles: []letter.Article{article("46")},
	}
	if v.Fields["to"] == "justice" {
		l.Asked = "请依法追究刑事责任。"
	}
	if of, known := a.deps.Journal.Matter(v.Fields["sanction_id"], at); known {
		if s, may := a.viewMatter(of, caller); may {
			l.Grounds, _ = groundsOf(&s)
		}
	}
	for i, sum := range nonEmpty(strings.Split(v.Fields["packs"], ";")...) {
		l.Materials = append(l.Materials, letter.Material{Name: fmt.Sprintf("证据包%d", i+1), SHA256: sum})
	}
	body, err := l.Letter().PDF()
	if err != nil {
		return nil, fmt.Errorf("write letter of a handover: %w", err)
	}
	return &rawAnswer{ContentType: "application/pdf", Body: body, Disposition: fmt.Sprintf("attachment; filename=%q", v.Number+".pdf")}, nil
}
