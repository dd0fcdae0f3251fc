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
		Responses:   letterResponses(),
	}, a.handoverLetter)
}

func (a *Audit) handoverLetter(ctx context.Context, in *matterInput) (*rawAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, readers...)
	if err != nil {
		return nil, err
	}
	shown, err := a.shownMatter(ctx, caller, "handover", in.ID)
	if err != nil {
		return nil, err
	}
	v, day, number := shown.view, shown.at.Day(), ""
	sent, done := taken(&v, "send")
	if done {
		day, number = dayField(&v, sent.At.Day(), "sent_on"), chineseNumber(v.Number)
	}
	head, err := a.letterHead(ctx, v.InstitutionID, number, day, nil)
	if err != nil {
		return nil, err
	}
	head.Handler, head.Checker = sent.Maker, sent.By
	l := letter.Handover{
		Head: head, To: v.Fields["authority"], Case: chineseNumber(v.Number) + "（" + v.Number + "）", Summary: v.History[0].Reason, Asked: "请依法处理。",
	}
	if l.Articles, err = a.quoted(ctx, day, "46"); err != nil {
		return nil, err
	}
	if v.Fields["to"] == "justice" {
		l.Asked = "请依法追究刑事责任。"
	}
	if of, err := a.shownMatter(ctx, caller, "sanction", v.Fields["sanction_id"]); err == nil {
		l.Grounds, _ = groundsOf(&of.view, of.view.Fields["notice"])
	}
	for i, sum := range nonEmpty(strings.Split(v.Fields["packs"], ";")...) {
		l.Materials = append(l.Materials, letter.Material{Name: fmt.Sprintf("证据包%d", i+1), SHA256: sum})
	}
	return letterAnswer(l.Letter(), v.Number)
}
