package audit

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
)

// CaseView is the findings of one stay taken together; those that name no stay are
// taken together by person, or by institution when they name nobody.
type CaseView struct {
	InstitutionID string              `json:"institution_id"`
	PersonID      *string             `json:"person_id"`
	StayID        *string             `json:"stay_id"`
	Findings      int                 `json:"findings"`
	Amount        claimwatch.Fen      `json:"amount" doc:"gross: one yuan may be at issue in several findings"`
	Severity      claimwatch.Severity `json:"severity" enum:"violation,suspicion,reminder" doc:"the gravest"`
	DueOn         *claimwatch.Day     `json:"due_on" doc:"the nearest deadline of the findings about which nothing was decided since"`
	RevisedAt     claimwatch.Instant  `json:"revised_at" doc:"the latest"`
	Rules         []string            `json:"rules" nullable:"false"`
	States        []claimwatch.State  `json:"states" nullable:"false" enum:"open,notified,explained,lapsed,rejected,released,appealed,upheld,overturned,retracted"`
	FindingIDs    []string            `json:"finding_ids" nullable:"false" doc:"at most 1000"`
}

type caseInput struct {
	FilterInput
	Sort string `query:"sort" enum:"amount,due_on,severity,revised" doc:"amount: greatest first; due_on: nearest first, while nothing was decided since; severity: gravest first; revised: newest first, also without sort"`
	claimwatch.PageQuery
}

type caseList struct {
	Body struct {
		Items []CaseView `json:"items" nullable:"false"`
		Next  string     `json:"next" doc:"cursor of the following page; empty: this is the last"`
	}
}

func (a *Audit) registerCases(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-cases", Method: http.MethodGet, Path: "/v1/cases", Tags: []string{"findings"},
		Summary:     "Findings taken together by stay",
		Description: "Takes the filters of the list of findings: a case holds those that were asked for.",
	}, a.cases)
}

func (a *Audit) cases(ctx context.Context, in *caseInput) (*caseList, error) {
	caller, filter, at, err := a.asked(ctx, &in.FilterInput)
	if err != nil {
		return nil, err
	}
	limit, err := in.PageSize()
	if err != nil {
		return nil, err
	}
	s, err := sortOf(in.Sort)
	if err != nil {
		return nil, err
	}
	s = cmp.Or(s, sortRevised)
	all, err := a.placed(ctx, filter, at, caller)
	if err != nil {
		return nil, err
	}
	out := &caseList{}
	out.Body.Items, out.Body.Next, err = rankedPage(casesOf(all), s, s.rankCase, in.Cursor, limit)
	return out, err
}

// caseKey says which findings are one case.
func (p *placed) caseKey() string {
	person := p.PersonID
	if p.StayID != "" {
		person = "" // a number that two persons share is one case
	}
	return strings.Join([]string{p.InstitutionID, p.StayID, person}, "|")
}

func casesOf(all []placed) []CaseView {
	slices.SortFunc(all, func(x, y placed) int {
		return cmp.Or(strings.Compare(x.caseKey(), y.caseKey()), strings.Compare(x.ID, y.ID))
	})
	cases := []CaseView{}
	last := ""
	for i := range all {
		p := &all[i]
		if key := p.caseKey(); i == 0 || key != last {
			cases, last = append(cases, newCase(p)), key
		}
		cases[len(cases)-1].add(p)
	}
	return cases
}

func newCase(p *placed) CaseView {
	c := CaseView{InstitutionID: p.InstitutionID, Severity: claimwatch.Reminder, Rules: []string{}, States: []claimwatch.State{}, FindingIDs: []string{}}
	if p.PersonID != "" {
		c.PersonID = &p.PersonID
	}
	if p.StayID != "" {
		c.StayID = &p.StayID
	}
	return c
}

func (c *CaseView) add(p *placed) {
	c.Findings++
	c.Amount += p.Amount
	if severityRanks[p.Severity] < severityRanks[c.Severity] {
		c.Severity = p.Severity
	}
	if p.due != nil && dueRank(p.due) < dueRank(c.DueOn) {
		c.DueOn = p.due
	}
	c.RevisedAt = max(c.RevisedAt, p.RevisedAt)
	if at, found := slices.BinarySearch(c.Rules, p.Rule); !found {
		c.Rules = slices.Insert(c.Rules, at, p.Rule)
	}
	if at, found := slices.BinarySearch(c.States, p.state); !found {
		c.States = slices.Insert(c.States, at, p.state)
	}
	if len(c.FindingIDs) < claimwatch.MaxPage {
		c.FindingIDs = append(c.FindingIDs, p.ID)
	}
}

func (s listSort) rankCase(c *CaseView) rank {
	id := strings.Join([]string{c.InstitutionID, textOf(c.StayID), textOf(c.PersonID)}, "|")
	amount := -int64(c.Amount)
	switch s {
	case sortAmount:
		return rank{amount, 0, id}
	case sortDueOn:
		return rank{dueRank(c.DueOn), amount, id}
	case sortSeverity:
		return rank{severityRanks[c.Severity], amount, id}
	default:
		return rank{-int64(c.RevisedAt), 0, id}
	}
}
