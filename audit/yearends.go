package audit

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"regexp"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/settlement"
)

var yearForm = regexp.MustCompile(`^[0-9]{4}$`)

// YearPath names a year of an institution.
type YearPath struct {
	InstitutionID string `path:"institution_id" example:"H001"`
	Year          int    `path:"year" minimum:"1990" maximum:"2199" example:"2026"`
}

type yearEndsInput struct {
	InstitutionID string `query:"institution_id" doc:"a hospital may leave it out"`
	Year          int    `query:"year" required:"true" minimum:"1990" maximum:"2199" example:"2026"`
	Format        string `query:"format" enum:"json,pdf" doc:"otherwise Accept decides"`
	Accept        string `header:"Accept"`
}

type yearCloseInput struct {
	YearPath
	Body *Step
}

type yearAnswer struct {
	Status int
	Body   *settlement.YearEnd
}

func (a *Audit) registerYearEnds(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "get-year-end", Method: http.MethodGet, Path: "/v1/year-ends", Tags: []string{"settlements"},
		Summary: "The year-end settlement of an institution (Shanxi Art. 34)",
		Description: "The bond of the year and what of it is returned by the score of the annual assessment. An open one is worked out now. " +
			"A hospital sees its closed ones.",
		Responses: paperResponses[settlement.YearEnd](api, "the year end", typePDF),
	}, a.yearEnd)
	huma.Register(api, huma.Operation{
		OperationID: "close-year-end", Method: http.MethodPost, Path: "/v1/year-ends/{institution_id}/{year}/close", Tags: []string{"settlements"},
		Summary: "Close the year of an institution",
		Description: "A settlement clerk proposes (202), a second person confirms (200). Every month must be closed and the institution assessed. " +
			"What is returned becomes payable, the rest of the bond falls to the fund.",
	}, a.closeYear)
}

func (a *Audit) yearEnd(ctx context.Context, in *yearEndsInput) (*rawAnswer, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err != nil {
		return nil, err
	}
	institution, err := house(caller, in.InstitutionID)
	if err != nil {
		return nil, err
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, err
	}
	y, err := a.deps.Journal.YearEnd(institution, in.Year, at)
	if caller.IsHospital() && (err != nil || y.Stage != settlement.StageClosed) {
		return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "the year end of %d is not closed yet", in.Year)
	}
	if err != nil {
		return nil, err
	}
	return paperOr(y, cmp.Or(in.Format, preferred(in.Accept)), fmt.Sprintf("year-end-%d", in.Year), map[string]func() ([]byte, error){
		"pdf": func() ([]byte, error) { return a.yearEndLetter(ctx, y) },
	})
}

func (a *Audit) closeYear(ctx context.Context, in *yearCloseInput) (*yearAnswer, error) {
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, err
	}
	proposer, seq := "", uint64(0)
	if y, err := a.deps.Journal.YearEnd(in.InstitutionID, in.Year, at); err == nil && y.Stage == settlement.StageProposed {
		proposer, seq = y.Proposed.By, y.Proposed.Seq
	}
	caller, wish, err := a.moneyWish(ctx, twoPersons{journal.TypeYearEndPropose, journal.TypeYearEndClose}, in.InstitutionID, in.Body, proposer)
	if err != nil {
		return nil, err
	}
	payload := journal.YearEndStep{InstitutionID: in.InstitutionID, Year: in.Year}
	kind, status := journal.TypeYearEndWithdraw, http.StatusOK
	switch wish.Action {
	case actionPropose:
		kind, status = journal.TypeYearEndPropose, http.StatusAccepted
	case actionConfirm:
		kind, payload.Proposal = journal.TypeYearEndClose, wish.Proposal
		if payload.Proposal == 0 {
			payload.Proposal = seq
		}
	}
	if err := a.moneyStep(ctx, of(caller, kind, wish.Reason), wish, payload, nil); err != nil {
		return nil, err
	}
	y, err := a.deps.Journal.YearEnd(in.InstitutionID, in.Year, at)
	if err != nil { // a withdrawn one that could not be proposed any more
		y = &settlement.YearEnd{InstitutionID: in.InstitutionID, Year: in.Year, Stage: settlement.StageOpen, Months: []settlement.YearMonth{}}
	}
	return &yearAnswer{Status: status, Body: y}, nil
}
