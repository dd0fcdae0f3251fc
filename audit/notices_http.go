package audit

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
)

// NoticeView is the notice to one institution on one local day (Shanxi Art. 32).
type NoticeView struct {
	ID            string          `json:"notice_id"`
	Number        string          `json:"number" example:"2026-0003" doc:"running by institution and year"`
	InstitutionID string          `json:"institution_id"`
	Institution   string          `json:"institution_name"`
	Day           claimwatch.Day  `json:"day"`
	Complete      bool            `json:"complete" doc:"the day is over: nothing is added any more"`
	Amount        claimwatch.Fen  `json:"amount" doc:"over all items"`
	Items         []NoticeFinding `json:"items" nullable:"false"`
	// Deliveries prove what reached an address that the institution registered.
	Deliveries []journal.Delivered `json:"deliveries" nullable:"false" doc:"to addresses that the institution registered; the term runs from notified_at, not from these"`
}

// NoticeFinding is a finding as an institution was told of it: its own lines only.
type NoticeFinding struct {
	FindingID   string              `json:"finding_id"`
	Rule        string              `json:"rule"`
	RuleName    RuleName            `json:"rule_name"`
	Severity    claimwatch.Severity `json:"severity" enum:"violation,suspicion,reminder"`
	Basis       []claimwatch.Basis  `json:"basis" nullable:"false"`
	Reason      string              `json:"reason"`
	Lines       []claimwatch.Line   `json:"lines" nullable:"false"`
	Amount      claimwatch.Fen      `json:"amount"`
	NotifiedAt  claimwatch.Instant  `json:"notified_at"`
	DueOn       claimwatch.Day      `json:"due_on" doc:"the last local day on which a statement is in time"`
	Provisional bool                `json:"due_provisional" doc:"the day runs past the published calendar"`
	PersonID    *string             `json:"person_id"`
	StayID      *string             `json:"stay_id" doc:"of a finding that belongs to the institution"`
}

type noticesInput struct {
	InstitutionID string `query:"institution_id" doc:"a hospital may leave it out"`
	From          string `query:"from" example:"2026-10-01" doc:"first day"`
	Until         string `query:"until" example:"2026-11-01" doc:"first day that is no longer wanted"`
	claimwatch.PageQuery
}

type noticesAnswer struct {
	Body struct {
		Items []NoticeView `json:"items" nullable:"false"`
		Next  string       `json:"next"`
	}
}

type noticeInput struct {
	ID     string `path:"id" doc:"notice_id"`
	Format string `query:"format" enum:"json,pdf" doc:"otherwise Accept decides"`
	Accept string `header:"Accept"`
}

func (a *Audit) registerNotices(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-notices", Method: http.MethodGet, Path: "/v1/notices", Tags: []string{"decisions"},
		Summary: "Notices, one an institution and day", Description: "With every finding of which the institution was told that day, its lines, the article and the deadline.",
	}, a.notices)
	huma.Register(api, huma.Operation{
		OperationID: "get-notice", Method: http.MethodGet, Path: "/v1/notices/{id}", Tags: []string{"decisions"}, Summary: "One notice, as a letter too",
		Responses: paperResponses[NoticeView](api, "the notice", typePDF),
	}, a.notice)
}

func (a *Audit) notices(ctx context.Context, in *noticesInput) (*noticesAnswer, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err != nil {
		return nil, err
	}
	institution, err := ownOnly(caller, in.InstitutionID, "notices")
	if err != nil {
		return nil, err
	}
	from, err := dayOr("from", in.From, 0)
	if err != nil {
		return nil, err
	}
	until, err := dayOr("until", in.Until, 1<<30)
	if err != nil {
		return nil, err
	}
	limit, err := in.PageSize()
	if err != nil {
		return nil, err
	}
	after, err := decodeCursor('n', in.Cursor)
	if err != nil {
		return nil, err
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	batches := slices.DeleteFunc(a.deps.Journal.Notices(institution, from, until), func(b journal.NoticeBatch) bool {
		return !caller.Sees(b.InstitutionID) || after != "" && placeOf(b) <= after
	})
	out := &noticesAnswer{}
	out.Body.Items = []NoticeView{}
	for _, batch := range batches[:min(limit, len(batches))] {
		out.Body.Items = append(out.Body.Items, a.noticeView(batch, at))
	}
	if len(batches) > limit {
		out.Body.Next = encodeCursor('n', placeOf(batches[limit-1]))
	}
	return out, nil
}

// placeOf is where a notice stands in the list: by day, then institution.
func placeOf(b journal.NoticeBatch) string { return b.Day.String() + "|" + b.InstitutionID }

// ownOnly gives the institution that a caller asks about: a hospital itself.
func ownOnly(caller claimwatch.Caller, asked, what string) (string, error) {
	if !caller.IsHospital() {
		if asked != "" && !caller.Sees(asked) {
			return "", claimwatch.Refuse(claimwatch.CodeForbidden, "this key sees the institutions of %s only", caller.City)
		}
		return asked, nil
	}
	if asked != "" && asked != caller.InstitutionID {
		return "", claimwatch.Refuse(claimwatch.CodeForbidden, "a hospital reads its own %s", what)
	}
	return caller.InstitutionID, nil
}

func dayOr(field, text string, absent claimwatch.Day) (claimwatch.Day, error) {
	if text == "" {
		return absent, nil
	}
	day, err := claimwatch.ParseDay(text)
	if err != nil {
		return 0, claimwatch.BadQuery(field, field+" is a day, 2026-10-01")
	}
	return day, nil
}

func (a *Audit) notice(ctx context.Context, in *noticeInput) (*rawAnswer, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err != nil {
		return nil, err
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	batch, ok := a.deps.Journal.NoticeWith(in.ID)
	if !ok || !caller.Sees(batch.InstitutionID) {
		return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no such notice")
	}
	v := a.noticeView(batch, at)
	return paperOr(v, cmp.Or(in.Format, preferred(in.Accept)), "notice-"+v.Number, map[string]func() ([]byte, error){
		"pdf": func() ([]byte, error) { return a.noticeLetter(ctx, v) },
	})
}

func (a *Audit) noticeView(batch journal.NoticeBatch, at claimwatch.Instant) NoticeView {
	institution, _ := a.deps.Journal.Institution(batch.InstitutionID)
	v := NoticeView{
		ID: batch.ID, Number: batch.Number, InstitutionID: batch.InstitutionID, Institution: institution.Name, Day: batch.Day,
		Complete: at.Day() > batch.Day, Items: make([]NoticeFinding, len(batch.Items)), Deliveries: orEmpty(batch.Deliveries),
	}
	for i, item := range batch.Items {
		f := item.Finding
		v.Items[i] = NoticeFinding{
			FindingID: item.FindingID, Rule: f.Rule, Severity: f.Severity, Basis: orEmpty(f.Basis), Reason: item.Reason, Lines: orEmpty(item.Lines),
			Amount: item.Amount, NotifiedAt: item.At, DueOn: item.DueOn, Provisional: item.Provisional, PersonID: f.PersonID,
		}
		if f.InstitutionID == batch.InstitutionID {
			v.Items[i].StayID = f.StayID
		}
		if a.deps.Book != nil {
			if rule, known := a.deps.Book.Rule(f.Rule); known {
				v.Items[i].RuleName = rule.Name
			}
		}
		v.Amount += item.Amount
	}
	return v
}
