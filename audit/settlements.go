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
	"claimwatch/audit/settlement"
	"claimwatch/audit/term"
)

// Who handles money: a settlement clerk proposes, a second person closes.
var (
	clerks = []claimwatch.CallerRole{claimwatch.RoleClerk}
	second = []claimwatch.CallerRole{claimwatch.RoleClerk, claimwatch.RoleReviewer, claimwatch.RoleDirector}
)

// The actions of what two persons do.
const (
	actionPropose  = "propose"
	actionConfirm  = "confirm"
	actionWithdraw = "withdraw"
)

type settlementsInput struct {
	InstitutionID string `query:"institution_id" doc:"a hospital may leave it out"`
	Month         string `query:"month" required:"true" example:"2026-10"`
	Format        string `query:"format" enum:"json,csv,xlsx,pdf" doc:"otherwise Accept decides"`
	Accept        string `header:"Accept"`
}

// MonthPath names a month of an institution.
type MonthPath struct {
	InstitutionID string `path:"institution_id" example:"H001"`
	Month         string `path:"month" example:"2026-10"`
}

type linesInput struct {
	MonthPath
	claimwatch.PageQuery
}

type linesAnswer struct {
	Body struct {
		Items []SettledLine `json:"items" nullable:"false"`
		Next  string        `json:"next"`
	}
}

type closeInput struct {
	MonthPath
	Body *Step
}

type closeAnswer struct {
	Status int
	Body   *settlement.Settlement
}

func (a *Audit) registerSettlements(api huma.API) {
	schema := api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[settlement.Settlement](), true, "")
	huma.Register(api, huma.Operation{
		OperationID: "get-settlement", Method: http.MethodGet, Path: "/v1/settlements", Tags: []string{"settlements"},
		Summary: "The settlement of an institution and month",
		Description: "An open month is worked out now, a proposed one waits for a second person, a closed one never changes. " +
			"claimed = rejected + not_payable + on_hold + approved, per line, stay and month. A hospital sees its own; an open month only where " +
			"the policy hold_from is notified, for it would tell of findings of which the hospital was not told.",
		Responses: map[string]*huma.Response{"200": {Description: "the settlement", Content: map[string]*huma.MediaType{
			"application/json": {Schema: schema},
			"text/csv":         {Schema: &huma.Schema{Type: huma.TypeString}},
			typeXLSX:           {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
			typePDF:            {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
		}}},
	}, a.settlement)
	huma.Register(api, huma.Operation{
		OperationID: "list-settlement-lines", Method: http.MethodGet, Path: "/v1/settlements/{institution_id}/{month}/lines", Tags: []string{"settlements"},
		Summary: "What a proposed or closed settlement posts of each line",
	}, a.settlementLines)
	huma.Register(api, huma.Operation{
		OperationID: "close-settlement", Method: http.MethodPost, Path: "/v1/settlements/{institution_id}/{month}/close", Tags: []string{"settlements"},
		Summary: "Close the settlement of a month",
		Description: "A settlement clerk proposes (202), a second person with the role clerk, reviewer or director confirms (200). It seals the " +
			"rejected-fee list of the month and posts; later facts go to the next month as adjustments. 409 changed when decisions moved meanwhile.",
		Responses: map[string]*huma.Response{
			"200": {Description: "closed, or the proposal withdrawn", Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}},
			"202": {Description: "proposed", Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}},
		},
	}, a.closeSettlement)
	a.registerPayments(api)
	a.registerYearEnds(api)
}

// house gives the institution that a caller asks about: a hospital its own, a city's
// agency one of its city.
func house(caller claimwatch.Caller, asked string) (string, error) {
	if asked == "" && caller.IsHospital() {
		return caller.InstitutionID, nil
	}
	switch {
	case asked == "":
		return "", claimwatch.BadQuery("institution_id", "institution_id is needed")
	case caller.IsHospital() && !caller.Sees(asked):
		return "", claimwatch.Refuse(claimwatch.CodeForbidden, "a hospital reads what is its own")
	case !caller.Sees(asked):
		return "", claimwatch.Refuse(claimwatch.CodeForbidden, "this key sees the institutions of %s only", caller.City)
	}
	return asked, nil
}

func monthOf(text string) (term.Month, error) {
	month, err := term.ParseMonth(text)
	if err != nil {
		return 0, claimwatch.BadQuery("month", "month is YYYY-MM")
	}
	return month, nil
}

func (a *Audit) settlement(ctx context.Context, in *settlementsInput) (*rawAnswer, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err != nil {
		return nil, err
	}
	institution, err := house(caller, in.InstitutionID)
	if err != nil {
		return nil, err
	}
	month, err := monthOf(in.Month)
	if err != nil {
		return nil, err
	}
	closedOnly, err := a.untold(ctx, caller, institution)
	if err != nil {
		return nil, err
	}
	body, err := a.settlementJSON(ctx, institution, month, closedOnly)
	if err != nil {
		return nil, err
	}
	format := cmp.Or(in.Format, preferred(in.Accept))
	if format == "json" {
		return &rawAnswer{ContentType: "application/json", Body: body}, nil
	}
	var doc settlement.Settlement
	if err := json.Unmarshal(body, &doc); err != nil {
		return nil, fmt.Errorf("read settlement: %w", err)
	}
	if format == "csv" {
		table, err := doc.CSV()
		return &rawAnswer{
			ContentType: "text/csv; charset=utf-8", Body: table,
			Disposition: fmt.Sprintf(`attachment; filename="settlement-%s.csv"`, month),
		}, err
	}
	written, err := a.settlementLetter(ctx, &doc)
	if err != nil {
		return nil, err
	}
	return paperOr(doc, format, "settlement-"+month.String(), map[string]func() ([]byte, error){"xlsx": written.XLSX, "pdf": written.PDF})
}

// untold says whether an open month would tell a hospital of findings that it does
// not know: what they want is held back from the moment that they are found.
func (a *Audit) untold(ctx context.Context, caller claimwatch.Caller, institution string) (bool, error) {
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return false, fmt.Errorf("read clock: %w", err)
	}
	return caller.IsHospital() && a.holdsUntold(institution, at), nil
}

// settlementJSON is a settlement as it is shown: a closed one byte for byte as it was
// closed.
func (a *Audit) settlementJSON(ctx context.Context, institution string, month term.Month, closedOnly bool) ([]byte, error) {
	body, _, closed, err := a.deps.Ledger.Closed(ctx, institution, month)
	switch {
	case err != nil:
		return nil, fmt.Errorf("read settlement: %w", err)
	case closed:
		return body, nil
	case closedOnly:
		return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "the settlement of %s is not closed yet", month)
	}
	doc := a.deps.Journal.Books(institution, month).Month
	switch {
	case doc == nil:
		if doc, err = a.preview(ctx, institution, month); err != nil {
			return nil, err
		}
	case doc.Stage == settlement.StageClosed: // by another process: the fold keeps no stays
		return nil, claimwatch.Refuse(claimwatch.CodeUnavailable, "the settlement of %s is still being written: try again", month)
	}
	if body, err = json.Marshal(doc); err != nil {
		return nil, fmt.Errorf("write settlement: %w", err)
	}
	return body, nil
}

func (a *Audit) settlementLines(ctx context.Context, in *linesInput) (*linesAnswer, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err != nil {
		return nil, err
	}
	institution, err := house(caller, in.InstitutionID)
	if err != nil {
		return nil, err
	}
	month, err := monthOf(in.Month)
	if err != nil {
		return nil, err
	}
	limit, err := in.PageSize()
	if err != nil {
		return nil, err
	}
	_, proposal, closed, err := a.deps.Ledger.Closed(ctx, institution, month)
	if err != nil {
		return nil, fmt.Errorf("read settlement: %w", err)
	}
	if !closed {
		doc := a.deps.Journal.Books(institution, month).Month
		if doc == nil || caller.IsHospital() {
			return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "the settlement of %s is not closed yet", month)
		}
		proposal = doc.Proposed.Seq
	}
	out := &linesAnswer{}
	out.Body.Items, out.Body.Next, err = a.deps.Ledger.Lines(ctx, institution, proposal, in.Cursor, limit)
	if err != nil {
		return nil, fmt.Errorf("read lines of settlement: %w", err)
	}
	return out, nil
}

func (a *Audit) closeSettlement(ctx context.Context, in *closeInput) (*closeAnswer, error) {
	month, err := monthOf(in.Month)
	if err != nil {
		return nil, err
	}
	books := a.deps.Journal.Books(in.InstitutionID, month)
	proposed, proposer := books.Month, ""
	if proposed != nil && proposed.Stage == settlement.StageProposed {
		proposer = proposed.Proposed.By
	}
	if books.Stale && proposer == claimwatch.CallerFrom(ctx).KeyID {
		proposer = "" // whoever proposed what has changed since means to propose it anew
	}
	caller, wish, err := a.moneyWish(ctx, twoPersons{journal.TypeSettlementPropose, journal.TypeSettlementClose}, in.InstitutionID, in.Body, proposer)
	if err != nil {
		return nil, err
	}
	if wish.Action == actionPropose {
		return a.proposeSettlement(ctx, caller, in.InstitutionID, month, wish)
	}
	payload := journal.SettlementStep{InstitutionID: in.InstitutionID, Month: month, Proposal: wish.Proposal}
	kind := journal.TypeSettlementWithdraw
	var names []byte
	if wish.Action == actionConfirm {
		kind = journal.TypeSettlementClose
		if payload.Proposal == 0 && proposer != "" {
			payload.Proposal = proposed.Proposed.Seq
		}
		if names, err = a.sealedNames(ctx, in.InstitutionID, in.Month); err != nil {
			return nil, err
		}
	}
	if err := a.moneyStep(ctx, of(caller, kind, wish.Reason), wish, payload, names); err != nil {
		return nil, err
	}
	return a.closedAnswer(ctx, in.InstitutionID, month, wish.Action == actionConfirm)
}

func (a *Audit) proposeSettlement(
	ctx context.Context, caller claimwatch.Caller, institution string, month term.Month, wish Step,
) (*closeAnswer, error) {
	if _, known := a.deps.Journal.Institution(institution); !known {
		return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no institution %s: load it into the table institutions first", institution)
	}
	propose := of(caller, journal.TypeSettlementPropose, wish.Reason)
	if again, answered := a.repeated(ctx, propose, wish); answered {
		if _, err := a.deps.Journal.Do(ctx, again); err != nil {
			return nil, err
		}
	} else if err := a.sendProposal(ctx, propose, institution, month, wish); err != nil {
		return nil, err
	}
	doc := a.deps.Journal.Books(institution, month).Month
	switch {
	case doc == nil:
		return nil, claimwatch.Refuse(claimwatch.CodeChanged, "the proposal was withdrawn at once: look at the month again")
	case doc.Stage == settlement.StageClosed: // at once, by somebody else
		return a.closedAnswer(ctx, institution, month, false)
	}
	return &closeAnswer{Status: http.StatusAccepted, Body: doc}, nil
}

// sendProposal works a month out and proposes to close it.
func (a *Audit) sendProposal(ctx context.Context, propose journal.Command, institution string, month term.Month, wish Step) error {
	if a.deps.Settled != nil {
		if settled, err := a.deps.Settled(ctx); err != nil || !settled {
			return unavailableUnless(err, "records of before the start are still being stored: try again")
		}
	}
	w, err := a.workOut(ctx, institution, month)
	if err != nil {
		return err
	}
	if len(w.shrunk) > 0 {
		// What was rejected of them is given back first, else list and settlement differ.
		if err := a.adjust(ctx, a.deps.Journal.RejectedLinesNamed(w.shrunk), w.at); err != nil {
			return err
		}
		if w, err = a.workOut(ctx, institution, month); err != nil {
			return err
		}
	}
	payload := journal.SettlementProposal{InstitutionID: institution, Proposal: settlement.Proposal{
		Month: month, Basis: w.books.Revision, Before: w.books.Settled, Total: w.sheet.Total(),
	}}
	return a.moneyStep(ctx, propose, wish, payload, w.data)
}

// closedAnswer answers with a settlement as it is shown.
func (a *Audit) closedAnswer(ctx context.Context, institution string, month term.Month, closedOnly bool) (*closeAnswer, error) {
	body, err := a.settlementJSON(ctx, institution, month, closedOnly)
	if err != nil {
		return nil, err
	}
	out := &closeAnswer{Status: http.StatusOK, Body: &settlement.Settlement{}}
	if err := json.Unmarshal(body, out.Body); err != nil {
		return nil, fmt.Errorf("read settlement: %w", err)
	}
	return out, nil
}

func unavailableUnless(err error, message string) error {
	if err != nil {
		return err
	}
	return claimwatch.Refuse(claimwatch.CodeUnavailable, "%s", message)
}
