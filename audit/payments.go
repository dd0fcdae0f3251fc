package audit

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/settlement"
	"claimwatch/audit/term"
)

type paymentBody struct {
	Step
	Amount    *claimwatch.Fen `json:"amount,omitempty" doc:"propose: without it all that is owed"`
	Reference string          `json:"reference,omitempty" maxLength:"64" pattern:"^[A-Za-z0-9._:-]+$" doc:"number of the bank's paper"`
}

type paymentInput struct {
	MonthPath
	Body *paymentBody
}

type yearPaymentInput struct {
	YearPath
	Body *paymentBody
}

// paymentsView is what is owed and paid for a month or year.
type paymentsView struct {
	InstitutionID string               `json:"institution_id"`
	For           string               `json:"for" doc:"month YYYY-MM, or year YYYY of a returned bond"`
	Due           claimwatch.Fen       `json:"due"`
	Paid          claimwatch.Fen       `json:"paid"`
	Open          claimwatch.Fen       `json:"open" doc:"that can be paid now; months below zero are set off"`
	PayBy         claimwatch.Day       `json:"pay_by" doc:"last day of payment"`
	Items         []settlement.Payment `json:"items" nullable:"false"`
	Next          string               `json:"next"`
}

type paymentsAnswer struct {
	Status int
	Body   paymentsView
}

type postingsInput struct {
	InstitutionID string `query:"institution_id" required:"true"`
	Month         string `query:"month" doc:"month YYYY-MM, or year YYYY; without it all"`
	claimwatch.PageQuery
}

type postingsAnswer struct {
	Body struct {
		Items []PostingView `json:"items" nullable:"false"`
		Next  string        `json:"next"`
	}
}

type balancesInput struct {
	InstitutionID string `query:"institution_id" required:"true"`
	claimwatch.PageQuery
}

type balancesAnswer struct {
	Body struct {
		InstitutionID string               `json:"institution_id"`
		Items         []settlement.Posting `json:"items" nullable:"false" doc:"balance of every account; they add up to zero"`
		Next          string               `json:"next"`
	}
}

func (a *Audit) registerPayments(api huma.API) {
	pay := huma.Operation{
		OperationID: "pay-settlement", Method: http.MethodPost, Path: "/v1/settlements/{institution_id}/{month}/payments", Tags: []string{"settlements"},
		Summary:     "Pay what was settled for a month",
		Description: "A settlement clerk proposes (202), a second person confirms (200). At most what is owed.",
	}
	huma.Register(api, pay, func(ctx context.Context, in *paymentInput) (*paymentsAnswer, error) {
		month, err := monthOf(in.Month)
		if err != nil {
			return nil, err
		}
		return a.pay(ctx, in.InstitutionID, month.String(), in.Body)
	})
	pay.OperationID, pay.Path = "pay-bond", "/v1/year-ends/{institution_id}/{year}/payments"
	pay.Summary = "Pay back the bond of a year"
	huma.Register(api, pay, func(ctx context.Context, in *yearPaymentInput) (*paymentsAnswer, error) {
		return a.pay(ctx, in.InstitutionID, fmt.Sprint(in.Year), in.Body)
	})
	huma.Register(api, huma.Operation{
		OperationID: "list-payments", Method: http.MethodGet, Path: "/v1/settlements/{institution_id}/{month}/payments", Tags: []string{"settlements"},
		Summary: "What is owed and paid for a month",
	}, func(ctx context.Context, in *MonthPath) (*paymentsAnswer, error) {
		month, err := monthOf(in.Month)
		if err != nil {
			return nil, err
		}
		return a.payments(ctx, in.InstitutionID, month.String())
	})
	huma.Register(api, huma.Operation{
		OperationID: "list-bond-payments", Method: http.MethodGet, Path: "/v1/year-ends/{institution_id}/{year}/payments", Tags: []string{"settlements"},
		Summary: "What is owed and paid of the bond of a year",
	}, func(ctx context.Context, in *YearPath) (*paymentsAnswer, error) {
		return a.payments(ctx, in.InstitutionID, fmt.Sprint(in.Year))
	})
	huma.Register(api, huma.Operation{
		OperationID: "list-postings", Method: http.MethodGet, Path: "/v1/postings", Tags: []string{"settlements"},
		Summary: "Postings of an institution", Description: "Double entry: those of one journal entry add up to zero.",
	}, a.postings)
	huma.Register(api, huma.Operation{
		OperationID: "get-balances", Method: http.MethodGet, Path: "/v1/balances", Tags: []string{"settlements"},
		Summary: "Balances of the accounts of an institution",
	}, a.balances)
}

// pay takes a step of a payment for a month or year.
func (a *Audit) pay(ctx context.Context, institution, what string, body *paymentBody) (*paymentsAnswer, error) {
	proposer, seq := "", uint64(0)
	for _, p := range a.deps.Journal.Payments(institution, what) {
		if p.Stage == settlement.PaymentProposed {
			proposer, seq = p.Proposed.By, p.Proposed.Seq
		}
	}
	if body == nil {
		body = &paymentBody{}
	}
	caller, wish, err := a.moneyWish(ctx, twoPersons{journal.TypePaymentPropose, journal.TypePaymentConfirm}, institution, &body.Step, proposer)
	if err != nil {
		return nil, err
	}
	asked := paymentBody{Step: wish, Amount: body.Amount, Reference: body.Reference}
	payload := journal.PaymentStep{InstitutionID: institution, Of: what, Proposal: wish.Proposal}
	kind, status := journal.TypePaymentWithdraw, http.StatusOK
	switch wish.Action {
	case actionPropose:
		_, payload.Amount, _ = a.deps.Journal.Owed(institution, what)
		if body.Amount != nil {
			payload.Amount = *body.Amount
		}
		kind, status, payload.Reference, payload.Proposal = journal.TypePaymentPropose, http.StatusAccepted, body.Reference, 0
	case actionConfirm:
		kind = journal.TypePaymentConfirm
		if payload.Proposal == 0 {
			payload.Proposal = seq
		}
	}
	if err := a.moneyStep(ctx, of(caller, kind, wish.Reason), asked, payload, nil); err != nil {
		return nil, err
	}
	out, err := a.payments(ctx, institution, what)
	if err == nil {
		out.Status = status
	}
	return out, err
}

// payments shows what is owed and paid; a hospital sees what was paid to it.
func (a *Audit) payments(ctx context.Context, institution, of string) (*paymentsAnswer, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err != nil {
		return nil, err
	}
	if institution, err = house(caller, institution); err != nil {
		return nil, err
	}
	owed, open, known := a.deps.Journal.Owed(institution, of)
	if !known {
		return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "%s is not closed: nothing of it is owed yet", of)
	}
	out := &paymentsAnswer{Status: http.StatusOK, Body: paymentsView{
		InstitutionID: institution, For: of, Due: owed.Due, Paid: owed.Paid, Open: open, PayBy: owed.By, Items: []settlement.Payment{},
	}}
	for _, p := range a.deps.Journal.Payments(institution, of) {
		if p.Stage == settlement.PaymentPaid || !caller.IsHospital() {
			out.Body.Items = append(out.Body.Items, p)
		}
	}
	return out, nil
}

// staffOf refuses callers who do not read the books of an institution.
func staffOf(ctx context.Context, institution string) error {
	caller, err := claimwatch.CallerWith(ctx, readers...)
	if err == nil {
		_, err = house(caller, institution)
	}
	return err
}

func (a *Audit) postings(ctx context.Context, in *postingsInput) (*postingsAnswer, error) {
	if err := staffOf(ctx, in.InstitutionID); err != nil {
		return nil, err
	}
	if in.Month != "" && !yearForm.MatchString(in.Month) {
		if _, err := term.ParseMonth(in.Month); err != nil {
			return nil, claimwatch.BadQuery("month", "month is YYYY-MM, or YYYY for a year end")
		}
	}
	limit, err := in.PageSize()
	if err != nil {
		return nil, err
	}
	out := &postingsAnswer{}
	out.Body.Items, out.Body.Next, err = a.deps.Ledger.Postings(ctx, in.InstitutionID, in.Month, in.Cursor, limit)
	if err != nil {
		return nil, fmt.Errorf("read postings: %w", err)
	}
	return out, nil
}

func (a *Audit) balances(ctx context.Context, in *balancesInput) (*balancesAnswer, error) {
	if err := staffOf(ctx, in.InstitutionID); err != nil {
		return nil, err
	}
	out := &balancesAnswer{}
	out.Body.InstitutionID = in.InstitutionID
	balances := a.deps.Journal.Balances(in.InstitutionID)
	var all []settlement.Posting
	for _, account := range settlement.Accounts() {
		all = append(all, settlement.Posting{Account: account, Amount: balances[account]})
	}
	var err error
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(all, in.PageQuery, func(p settlement.Posting) string { return string(p.Account) })
	return out, err
}
