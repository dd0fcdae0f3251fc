package audit

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/letter"
	"claimwatch/audit/sanction"
)

type reportInput struct {
	ID     string `path:"id"`
	To     string `query:"to" maxLength:"256" doc:"name of the administration; without it that of the same level, by its city"`
	Format string `query:"format" enum:"json,pdf" doc:"otherwise Accept decides"`
	Accept string `header:"Accept"`
}

// SanctionReport reports a decided measure to the administration of the same level
// (Shanxi Art. 43).
type SanctionReport struct {
	SanctionID    string              `json:"sanction_id"`
	Number        string              `json:"number" example:"sanction-2026-0003"`
	To            string              `json:"to" doc:"the administration of the same level"`
	CopyTo        string              `json:"copy_to,omitempty" doc:"of a city's institution: the province's agency, which keeps all of them (Art. 4)"`
	Agency        string              `json:"agency,omitempty"`
	InstitutionID string              `json:"institution_id"`
	Institution   string              `json:"institution,omitempty"`
	City          string              `json:"city,omitempty"`
	Measure       string              `json:"measure" example:"agreement_suspended"`
	MeasureName   string              `json:"measure_name" example:"中止服务协议"`
	Grounds       []ReportGround      `json:"grounds" nullable:"false"`
	Findings      []string            `json:"findings" nullable:"false"`
	Amount        claimwatch.Fen      `json:"amount" doc:"rejected in the findings that it rests on"`
	Agreements    string              `json:"agreements,omitempty"`
	State         string              `json:"state"`
	ProposedBy    string              `json:"proposed_by" doc:"id of the key"`
	DecidedBy     string              `json:"decided_by" doc:"id of the key that has confirmed it"`
	DecidedAt     claimwatch.Instant  `json:"decided_at"`
	Entry         uint64              `json:"entry" doc:"number of the journal entry of the decision"`
	NotifiedAt    *claimwatch.Instant `json:"notified_at" doc:"null: the institution is not told yet"`
	NoticeNo      string              `json:"notice_no,omitempty"`
	From          *claimwatch.Day     `json:"from" doc:"first day of the measure"`
	Until         *claimwatch.Day     `json:"until" doc:"first day after it"`
	Answer        string              `json:"answer,omitempty"`
	Against       []string            `json:"against" nullable:"false" doc:"what the dossier says against it"`
	DossierSHA256 string              `json:"dossier_sha256,omitempty"`
	ReportedOn    *claimwatch.Day     `json:"reported_on" doc:"null: nobody has recorded that it was reported (step report)"`
	ReportNo      string              `json:"report_no,omitempty"`
}

// ReportGround is a ground with what the law says.
type ReportGround struct {
	Code string `json:"code" example:"38.1"`
	Text string `json:"text"`
}

func (a *Audit) registerSanctionReport(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "get-sanction-report", Method: http.MethodGet, Path: "/v1/sanctions/{id}/report", Tags: []string{"sanctions"},
		Summary: "The report of a decided measure to the administration (JSON, PDF)",
		Description: "Of the same level (Shanxi Art. 43). Before a second person has decided there is nothing to report: 409 illegal_transition. That it was sent " +
			"is the step report of the sanction.",
		Responses: paperResponses[SanctionReport](api, "the report", typePDF),
	}, a.sanctionReport)
}

func (a *Audit) sanctionReport(ctx context.Context, in *reportInput) (*rawAnswer, error) {
	caller, err := staff(ctx, readers)
	if err != nil {
		return nil, err
	}
	if err := readableIfAny("to", in.To); err != nil {
		return nil, err
	}
	shown, err := a.shownMatter(ctx, caller, "sanction", in.ID)
	if err != nil {
		return nil, err
	}
	decided, ok := taken(&shown.view, "propose")
	if !ok || shown.view.State == "dropped" {
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "%s is not decided: a second person confirms what was proposed, then it is reported", shown.view.Number)
	}
	doc := a.reportOf(&shown.view, in.To)
	doc.ProposedBy, doc.DecidedBy, doc.DecidedAt, doc.Entry = decided.Maker, decided.By, decided.At, decided.Seq
	day := shown.at.Day()
	if doc.ReportedOn != nil {
		day = *doc.ReportedOn
	}
	head, err := a.letterHead(ctx, doc.InstitutionID, cmp.Or(doc.ReportNo, doc.Number), day, &decided.At)
	if err != nil {
		return nil, err
	}
	doc.Agency, doc.Institution = head.Agency, head.Institution
	if err := doc.readDossier(shown.standing.Texts["dossier"]); err != nil {
		return nil, err
	}
	return paperOr(doc, cmp.Or(in.Format, preferred(in.Accept)), "report-"+doc.Number, map[string]func() ([]byte, error){
		"pdf": func() ([]byte, error) { return a.reportLetter(&shown.view, doc, head) },
	})
}

// reportOf takes what the register says.
func (a *Audit) reportOf(v *MatterView, to string) SanctionReport {
	known, _ := a.deps.Journal.Institution(v.InstitutionID)
	doc := SanctionReport{
		SanctionID: v.ID, Number: v.Number, To: to, InstitutionID: v.InstitutionID, City: cmp.Or(known.City, v.City), Measure: v.Fields["measure"],
		MeasureName: measureNames[v.Fields["measure"]], Grounds: []ReportGround{}, Findings: orEmpty(nonEmpty(strings.Split(v.Fields["findings"], ";")...)),
		State: string(v.State), NoticeNo: v.Fields["notice_no"], Answer: v.Fields["answer"], Against: []string{}, DossierSHA256: v.Fields["dossier_sha256"],
		ReportNo: v.Fields["report_no"], From: dayIn(v, "effective_from"), Until: dayIn(v, "planned_until"), ReportedOn: dayIn(v, "reported_on"),
	}
	if doc.To == "" {
		doc.To = "同级人力资源社会保障行政部门"
		if doc.City != "" {
			doc.To = doc.City + "人力资源社会保障行政部门"
		}
	}
	if doc.City != "" {
		doc.CopyTo = "省级经办机构"
	}
	_ = doc.Amount.UnmarshalText([]byte(v.Fields["amount"])) // absent: nothing
	for _, code := range nonEmpty(strings.Split(v.Fields["grounds"], ";")...) {
		doc.Grounds = append(doc.Grounds, ReportGround{Code: code, Text: sanction.GroundText(code)})
	}
	if notice, told := taken(v, "notify"); told {
		doc.NotifiedAt, doc.NoticeNo = &notice.At, cmp.Or(doc.NoticeNo, v.Number)
	}
	if doc.From != nil {
		doc.Agreements = a.agreementNumbers(v, *doc.From)
	}
	return doc
}

// readDossier takes what speaks against the measure out of the dossier, if there is one.
func (r *SanctionReport) readDossier(text string) error {
	if text == "" {
		return nil
	}
	var d sanction.Dossier
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		return fmt.Errorf("read dossier: %w", err)
	}
	for _, point := range d.Recommendation.Against {
		r.Against = append(r.Against, point.Says)
	}
	return nil
}

func (a *Audit) reportLetter(v *MatterView, doc SanctionReport, head letter.Head) ([]byte, error) {
	grounds, articles := groundsOf(v)
	head.Handler, head.Checker, head.SHA256 = doc.ProposedBy, doc.DecidedBy, doc.DossierSHA256
	out := letter.Report{
		Head: head, To: doc.To, CopyTo: doc.CopyTo, Measure: doc.MeasureName, Agreement: doc.Agreements, Decided: doc.DecidedAt.Day(), NoticeNo: doc.NoticeNo,
		From: doc.From, Until: doc.Until, Grounds: grounds, Answer: doc.Answer, Against: doc.Against, Articles: articles, Dossier: doc.DossierSHA256,
	}
	if doc.NotifiedAt != nil {
		day := doc.NotifiedAt.Day()
		out.Notified = &day
	}
	return out.Letter().PDF()
}

// dayIn is a field that names a day; nil for none.
func dayIn(v *MatterView, name string) *claimwatch.Day {
	day, err := claimwatch.ParseDay(v.Fields[name])
	if v.Fields[name] == "" || err != nil {
		return nil
	}
	return &day
}
