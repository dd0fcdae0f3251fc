package figures

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/term"
)

type profileInput struct {
	ID    string `path:"id" maxLength:"64"`
	Until string `query:"until" example:"2026-12" doc:"the first month that does not count, twelve before it do; the month after as_of without it"`
}

// AgreementRow is a row of the register of agreements.
type AgreementRow struct {
	Kind        string          `json:"kind" enum:"medical,rehab,device"`
	AgreementID string          `json:"agreement_id"`
	Status      string          `json:"status" enum:"active,suspended,terminated"`
	From        claimwatch.Day  `json:"from"`
	Until       *claimwatch.Day `json:"until" doc:"first day that is no longer covered"`
}

// Profile is an institution over a year.
type Profile struct {
	AsOf        claimwatch.Instant `json:"as_of"`
	Institution InstitutionRow     `json:"institution"`
	Months      []InstitutionMonth `json:"months" nullable:"false" doc:"twelve, the oldest first"`
	Measures    []Measure          `json:"measures" nullable:"false" doc:"of the twelve months"`
	Rules       []RuleCount        `json:"rules" nullable:"false" doc:"the ten with the greatest amounts, of findings about the twelve months"`
	Agreements  []AgreementRow     `json:"agreements" nullable:"false" doc:"the newest first"`
}

type profileAnswer struct{ Body Profile }

func (f *Figures) profile(ctx context.Context, in *profileInput) (*profileAnswer, error) {
	caller, s, err := f.open(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(s.known(), in.ID) {
		return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no institution %s", in.ID)
	}
	until := term.MonthOf(s.at.Day()) + 1
	if in.Until != "" {
		if until, err = term.ParseMonth(in.Until); err != nil {
			return nil, claimwatch.BadQuery("until", "until is a month, 2026-12: the first that does not count")
		}
	}
	p := Profile{AsOf: s.at, Institution: f.row(s, in.ID), Agreements: agreementsOf(f.deps.Agreements(in.ID))}
	waiting := f.waiting(s, caller)[in.ID]
	p.Institution.OpenFindings, p.Institution.AtIssue = waiting.Findings, waiting.Amount
	own := s.months[in.ID]
	if caller.IsHospital() {
		own = own.forHospital()
	}
	p.Rules = f.rulesOf(s, caller, func(one *Finding) bool {
		m := one.Month()
		if one.InstitutionID != in.ID || m < until-12 || m >= until {
			return false
		}
		if caller.IsHospital() {
			own.found(one)
		}
		return true
	})
	p.Rules = p.Rules[:min(10, len(p.Rules))]
	p.Months, p.Measures = own.year(until), s.measures(in.ID, until, caller.IsHospital())
	return &profileAnswer{Body: p}, nil
}

// forHospital is a copy without what is counted of findings.
func (s series) forHospital() series {
	own := series{}
	for m, known := range s {
		one := *known
		one.Findings, one.AtIssue, one.Confirmed = 0, 0, 0
		own[m] = &one
	}
	return own
}

// measures compares an institution with the others of its kind and level. A hospital
// is told no measure of findings, which counts those that it was not told.
func (s *snapshot) measures(id string, until term.Month, hospital bool) []Measure {
	var peers []InstitutionMonth
	if i, there := s.place[id]; there {
		own := &s.institutions[i]
		for j := range s.institutions {
			if peer := &s.institutions[j]; peer.ID != id && peer.Kind == own.Kind && peer.Level == own.Level {
				peers = append(peers, s.months[peer.ID].total(until))
			}
		}
	}
	year := s.months[id].total(until)
	list := make([]Measure, 0, len(measures))
	for i := range measures {
		if of := &measures[i]; !hospital || of.name != "findings_per_100_stays" {
			list = append(list, of.measure(&year, peers))
		}
	}
	return list
}

// rulesOf counts the chosen of the findings that a caller may know of by rule, the
// greatest amount first.
func (f *Figures) rulesOf(s *snapshot, caller claimwatch.Caller, choose func(*Finding) bool) []RuleCount {
	counts := map[string]*RuleCount{}
	for _, one := range f.visible(s, caller) {
		if !choose(one) {
			continue
		}
		if counts[one.Rule] == nil {
			counts[one.Rule] = &RuleCount{Name: one.Rule}
		}
		counts[one.Rule].Findings++
		counts[one.Rule].Amount += one.Amount
	}
	list := make([]RuleCount, 0, len(counts))
	for _, c := range slices.SortedFunc(maps.Values(counts), func(a, b *RuleCount) int {
		return cmp.Or(cmp.Compare(b.Amount, a.Amount), cmp.Compare(b.Findings, a.Findings), strings.Compare(a.Name, b.Name))
	}) {
		list = append(list, *c)
	}
	return list
}

func agreementsOf(rows []agreement.Row) []AgreementRow {
	list := make([]AgreementRow, 0, len(rows))
	for _, r := range rows {
		list = append(list, AgreementRow{Kind: r.Kind, AgreementID: r.AgreementID, Status: string(r.Status), From: r.From, Until: r.Until})
	}
	slices.SortStableFunc(list, func(a, b AgreementRow) int {
		return cmp.Or(cmp.Compare(b.From, a.From), strings.Compare(a.Kind, b.Kind))
	})
	return list
}
