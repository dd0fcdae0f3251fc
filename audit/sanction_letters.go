package audit

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/matter"
	"claimwatch/audit/paper"
)

// measureNames are the measures of Shanxi Art. 43 and 44 as letters call them.
var measureNames = map[string]string{
	matter.MeasureInterview: "约谈", matter.MeasureRectify: "限期整改", matter.MeasureCriticism: "通报批评", matter.MeasureWithhold: "暂停拨付费用",
	matter.MeasureDeduct: "扣除违规费用", matter.MeasureNetwork: "暂停联网结算", matter.MeasureSuspension: "中止服务协议",
	matter.MeasureForfeit: "扣除保证金", matter.MeasureTermination: "解除服务协议", matter.MeasureStaff: "停止工伤保险服务资格",
}

func (a *Audit) registerSanctionLetters(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "get-sanction-letter", Method: http.MethodGet, Path: "/v1/sanctions/{id}/letter", Tags: []string{"sanctions"},
		Summary: "The papers of a sanction as letters (PDF): what is intended, the written notice, the report to the administration",
		Description: "The notice of any measure, with articles, remedies and the receipt of service; before the notice it is a draft, which the institution does not see. " +
			"The intent is there once it was announced. The report is for the agency only; before the consent of Art. 44 it asks for it.",
		Responses: letterResponses(),
	}, a.sanctionLetter)
}

type sanctionLetterInput struct {
	ID    string `path:"id"`
	Paper string `query:"paper" enum:"notice,intent,report" doc:"the notice without it; the intent while it is what was told last"`
}

// sanctionLetter answers with a paper of a measure.
func (a *Audit) sanctionLetter(ctx context.Context, in *sanctionLetterInput) (*rawAnswer, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err != nil {
		return nil, err
	}
	shown, err := a.shownMatter(ctx, caller, "sanction", in.ID)
	if err != nil {
		return nil, err
	}
	paperName := in.Paper
	_, notified := taken(&shown.view, "notify")
	switch {
	case paperName == "" && (shown.view.State == "announced" || caller.IsHospital() && !notified):
		paperName = "intent"
	case paperName == "report" && caller.IsHospital():
		return nil, claimwatch.Refuse(claimwatch.CodeForbidden, "the report goes to the administration")
	case paperName == "notice" && caller.IsHospital() && !notified:
		return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no notice yet")
	}
	l, err := a.writeSanction(ctx, &shown, cmp.Or(paperName, "notice"))
	if err != nil {
		return nil, err
	}
	return letterAnswer(l, shown.view.Number)
}

// shownMatter is a matter that a caller may know of, at a moment.
type shownMatter struct {
	standing journal.MatterStanding
	view     MatterView
	at       claimwatch.Instant
}

// shownMatter finds a matter of a kind; what the caller may not know of is not there.
func (a *Audit) shownMatter(ctx context.Context, caller claimwatch.Caller, kind matter.Kind, id string) (s shownMatter, err error) {
	if s.at, err = a.deps.Clock(ctx); err != nil {
		return s, fmt.Errorf("read clock: %w", err)
	}
	standing, ok := a.deps.Journal.Matter(id, s.at)
	if ok = ok && standing.Kind == kind; ok {
		s.standing = standing
		s.view, ok = a.viewMatter(standing, caller)
	}
	if !ok {
		return s, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no such %s", kind)
	}
	return s, nil
}

// letterAnswer answers with a letter as PDF.
func letterAnswer(l paper.Letter, number string) (*rawAnswer, error) {
	body, err := l.PDF()
	if err != nil {
		return nil, fmt.Errorf("write letter %s: %w", number, err)
	}
	return &rawAnswer{ContentType: typePDF, Body: body, Disposition: fmt.Sprintf("attachment; filename=%q", number+".pdf")}, nil
}

// letterResponses documents an answer that is a letter.
func letterResponses() map[string]*huma.Response {
	return map[string]*huma.Response{"200": {Description: "the letter", Content: map[string]*huma.MediaType{
		typePDF: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
	}}}
}

// taken is the latest step of a kind that took effect: itself, or confirmed.
func taken(v *MatterView, action matter.Action) (step matter.TakenStep, ok bool) {
	for _, one := range v.History {
		if one.Action == action && !one.Proposed || one.Action == "confirm" && one.Of == action {
			step, ok = one, true
		}
	}
	return step, ok
}

// agreementNumbers are the agreements of an institution that a measure concerns.
func (a *Audit) agreementNumbers(v *MatterView, on claimwatch.Day) string {
	var numbers []string
	for _, one := range a.deps.Journal.Agreements(v.InstitutionID, on) {
		if kind := v.Fields["agreement_kind"]; kind == "" || kind == one.Kind {
			numbers = append(numbers, one.AgreementID)
		}
	}
	return strings.Join(numbers, "、")
}

// dayField is the first field that names a day, otherwise a given one.
func dayField(v *MatterView, otherwise claimwatch.Day, names ...string) claimwatch.Day {
	for _, name := range names {
		if day, err := claimwatch.ParseDay(v.Fields[name]); err == nil {
			return day
		}
	}
	return otherwise
}

func nonEmpty(texts ...string) (kept []string) {
	for _, text := range texts {
		if text != "" {
			kept = append(kept, text)
		}
	}
	return kept
}
