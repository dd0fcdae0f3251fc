package audit

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
)

// CountView says how many findings there are of a kind, and what they come to.
type CountView struct {
	Name     string         `json:"name"`
	Findings int            `json:"findings"`
	Amount   claimwatch.Fen `json:"amount" doc:"gross: one yuan may be at issue in several findings"`
}

// FindingCounts are what a queue shows beside its filters.
type FindingCounts struct {
	Findings   int            `json:"findings"`
	Amount     claimwatch.Fen `json:"amount" doc:"gross: one yuan may be at issue in several findings"`
	Mine       int            `json:"mine" doc:"claimed by the caller, or assigned to the caller"`
	States     []CountView    `json:"states" nullable:"false" doc:"whatever state is asked for"`
	Severities []CountView    `json:"severities" nullable:"false"`
	Rules      []CountView    `json:"rules" nullable:"false"`
}

type countsInput struct {
	FilterInput
}

type countsAnswer struct{ Body FindingCounts }

func (a *Audit) registerCounts(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "count-findings", Method: http.MethodGet, Path: "/v1/findings/counts", Tags: []string{"findings"},
		Summary:     "How many findings there are, by state, severity and rule",
		Description: "Takes the filters of the list. The counts by state leave the filter state out, so that they can stand beside it.",
	}, a.counts)
}

func (a *Audit) counts(ctx context.Context, in *countsInput) (*countsAnswer, error) {
	caller, filter, at, err := a.asked(ctx, &in.FilterInput)
	if err != nil {
		return nil, err
	}
	asked := filter.state
	filter.state = ""
	all, err := a.placed(ctx, filter, at, caller)
	if err != nil {
		return nil, err
	}
	if asked == claimwatch.StateRetracted { // they are in no other answer
		filter.state = asked
		gone, err := a.placed(ctx, filter, at, caller)
		if err != nil {
			return nil, err
		}
		all = append(all, gone...)
	}
	return &countsAnswer{Body: countOf(all, asked)}, nil
}

func countOf(all []placed, asked claimwatch.State) FindingCounts {
	counts := FindingCounts{}
	states, severities, rules := map[string]*CountView{}, map[string]*CountView{}, map[string]*CountView{}
	for _, p := range all {
		tally(states, string(p.state), p.Amount)
		if asked != "" && p.state != asked {
			continue
		}
		counts.Findings++
		counts.Amount += p.Amount
		if p.mine {
			counts.Mine++
		}
		tally(severities, string(p.Severity), p.Amount)
		tally(rules, p.Rule, p.Amount)
	}
	counts.States, counts.Severities, counts.Rules = sortedCounts(states), sortedCounts(severities), sortedCounts(rules)
	return counts
}

func tally(of map[string]*CountView, name string, amount claimwatch.Fen) {
	if of[name] == nil {
		of[name] = &CountView{Name: name}
	}
	of[name].Findings++
	of[name].Amount += amount
}

func sortedCounts(of map[string]*CountView) []CountView {
	list := make([]CountView, 0, len(of))
	for _, name := range slices.Sorted(maps.Keys(of)) {
		list = append(list, *of[name])
	}
	return list
}
