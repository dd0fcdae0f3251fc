package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/letter"
	"claimwatch/audit/matter"
	"claimwatch/audit/paper"
	"claimwatch/audit/sanction"
	"claimwatch/audit/term"
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
		Summary:     "The written notice of a sanction as a letter (PDF)",
		Description: "Of an interview, an order to rectify, a suspension, a termination. Before the notice it is a draft, which the institution does not see.",
		Responses:   letterResponses(),
	}, a.sanctionLetter)
}

// sanctionLetter answers with the letter that a measure has.
func (a *Audit) sanctionLetter(ctx context.Context, in *matterInput) (*rawAnswer, error) {
	caller, err := staffOrHospital(ctx, readers)
	if err != nil {
		return nil, err
	}
	shown, err := a.shownMatter(ctx, caller, "sanction", in.ID)
	if err != nil {
		return nil, err
	}
	l, err := a.writeSanction(ctx, shown.view, shown.at)
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

func (a *Audit) writeSanction(ctx context.Context, v MatterView, at claimwatch.Instant) (paper.Letter, error) {
	day, known, number := at.Day(), (*claimwatch.Instant)(nil), ""
	if notice, told := taken(&v, "notify"); told {
		day, known, number = notice.At.Day(), &notice.At, v.Number
		if v.Fields["notice_no"] != "" {
			number = v.Fields["notice_no"]
		}
	}
	head, err := a.letterHead(ctx, v.InstitutionID, number, day, known)
	if err != nil {
		return paper.Letter{}, err
	}
	if decided, ok := taken(&v, "propose"); ok {
		head.Handler, head.Checker = decided.Maker, decided.By
	}
	head.SHA256 = v.Fields["dossier_sha256"]
	grounds, articles := groundsOf(&v)
	switch v.Fields["measure"] {
	case matter.MeasureSuspension:
		return a.suspensionLetter(&v, letter.Suspension{Head: head, Grounds: grounds, Articles: articles}, day), nil
	case matter.MeasureTermination:
		from := dayField(&v, day, "effective_from", "from")
		return letter.Termination{
			Head: head, Agreement: a.agreementNumbers(&v, from), From: from, Grounds: grounds, Articles: articles,
			Answer: v.Fields["answer"], Public: true, Dossier: v.Fields["dossier_sha256"],
		}.Letter(), nil
	case matter.MeasureInterview, matter.MeasureRectify:
		return letter.Rectification{
			Head: head, Interview: v.Fields["measure"] == matter.MeasureInterview, Grounds: grounds, Articles: articles,
			Matters: nonEmpty(v.Fields["notice"]), Due: dayField(&v, day, "due_on"),
		}.Letter(), nil
	default:
		return paper.Letter{}, claimwatch.Refuse(claimwatch.CodeNotFound, "%s has no letter of its own: write one, and keep it as an attachment", v.Fields["measure"])
	}
}

func (a *Audit) suspensionLetter(v *MatterView, s letter.Suspension, day claimwatch.Day) paper.Letter {
	s.From = dayField(v, day, "effective_from", "from")
	s.Months, _ = strconv.Atoi(v.Fields["months"])
	s.Until = dayField(v, term.AddMonths(s.From, s.Months), "planned_until")
	s.Agreement, s.Answer, s.Dossier = a.agreementNumbers(v, s.From), v.Fields["answer"], v.Fields["dossier_sha256"]
	s.ByStay = a.byAdmission(v.InstitutionID)(s.From)
	return s.Letter()
}

// groundsOf gives the grounds of a sanction and the articles that it rests on.
func groundsOf(v *MatterView) (list []letter.Ground, articles []letter.Article) {
	codes := nonEmpty(strings.Split(v.Fields["grounds"], ";")...)
	findings := len(nonEmpty(strings.Split(v.Fields["findings"], ";")...))
	var amount claimwatch.Fen
	_ = amount.UnmarshalText([]byte(v.Fields["amount"])) // absent: nothing
	for i, code := range codes {
		g := letter.Ground{Code: code, Text: sanction.GroundText(code)}
		if i == 0 { // what was verified belongs to all of them together
			g.Facts, g.Findings, g.Amount = v.Fields["notice"], findings, amount
		}
		list = append(list, g)
		articles = append(articles, article(code))
	}
	return list, append(articles, article("43"), article("45"))
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

// dossierLetter writes a dossier as it was hashed, with what has happened since.
func (a *Audit) dossierLetter(ctx context.Context, standing journal.MatterStanding) ([]byte, error) {
	var d sanction.Dossier
	if err := json.Unmarshal([]byte(standing.Texts["dossier"]), &d); err != nil {
		return nil, fmt.Errorf("read dossier: %w", err)
	}
	head, err := a.letterHead(ctx, standing.InstitutionID, standing.Number, d.MadeAt.Day(), &d.MadeAt)
	if err != nil {
		return nil, err
	}
	head.SHA256 = standing.Fields["dossier_sha256"]
	r := d.Recommendation
	out := letter.Dossier{
		Head: head, Measure: measureNames[r.Measure], Months: r.Months,
		Summary: fmt.Sprintf("依据截至%s的数据，涉及问题%d项，金额%s元。", paper.Date(d.MadeAt.Day()), len(r.Findings), r.Amount),
	}
	for _, line := range d.Lines {
		out.Rules = append(out.Rules, line.Code+" "+line.Says)
	}
	for _, code := range r.Grounds {
		out.Grounds = append(out.Grounds, letter.Ground{Code: code, Text: sanction.GroundText(code), Findings: len(r.Findings), Amount: r.Amount})
	}
	for _, point := range r.Against {
		out.Against = append(out.Against, point.Says)
	}
	for _, f := range d.Facts.Findings {
		out.Findings = append(out.Findings, letter.DossierFinding{ID: f.ID, Rule: f.Rule, Day: f.DecidedAt.Day(), State: "拒付", Amount: f.Amount})
	}
	for _, step := range standing.History {
		out.History = append(out.History, letter.Event{At: step.At, Who: step.By, What: string(step.Action)})
	}
	for _, number := range d.Articles {
		out.Articles = append(out.Articles, article(number))
	}
	return out.Letter().PDF()
}
