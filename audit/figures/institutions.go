package figures

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/term"
)

// InstitutionRow is an institution in the list. Stays and charged are of the twelve
// months up to as_of, its own among them.
type InstitutionRow struct {
	InstitutionID string              `json:"institution_id"`
	Name          string              `json:"name" doc:"empty: the table institutions does not have it"`
	Kind          string              `json:"kind" enum:"medical,rehab,device,"`
	Level         int                 `json:"level"`
	City          string              `json:"city"`
	Agreement     string              `json:"agreement" enum:"active,suspended,terminated,none" doc:"on the day of as_of"`
	OpenFindings  int                 `json:"open_findings" doc:"nothing was decided about yet; a hospital: of those that it was told"`
	AtIssue       claimwatch.Fen      `json:"at_issue" doc:"of these, gross"`
	Stays         int                 `json:"stays" doc:"inpatient and rehab, admitted within twelve months"`
	Charged       claimwatch.Fen      `json:"charged" doc:"within twelve months"`
	LastUpload    *claimwatch.Instant `json:"last_upload" doc:"last reception of an accepted record"`
}

type institutionsInput struct {
	City string `query:"city"`
	Kind string `query:"kind" enum:"medical,rehab,device"`
	Q    string `query:"q" maxLength:"100" doc:"part of the name or of the id"`
	claimwatch.PageQuery
}

type institutionsAnswer struct {
	Body struct {
		AsOf  claimwatch.Instant `json:"as_of" doc:"moment of the figures, which are kept for half a minute"`
		Items []InstitutionRow   `json:"items" nullable:"false" doc:"in order of their ids"`
		Next  string             `json:"next"`
	}
}

func (f *Figures) registerInstitutions(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-institutions", Method: http.MethodGet, Path: "/v1/institutions", Tags: []string{"figures"},
		Summary:     "Institutions with what is open and what they charged",
		Description: "Those of the table institutions, and others that have sent records. A city sees its own, a hospital itself.",
	}, f.institutions)
	huma.Register(api, huma.Operation{
		OperationID: "get-institution-profile", Method: http.MethodGet, Path: "/v1/institutions/{id}/profile", Tags: []string{"figures"},
		Summary: "An institution over a year, and beside its peers",
		Description: "Peers are the other institutions of the same kind and level in the province; nobody is told which. Below five there are no quartiles. " +
			"A hospital sees findings that it was told, and no measure of findings.",
	}, f.profile)
}

func (f *Figures) institutions(ctx context.Context, in *institutionsInput) (*institutionsAnswer, error) {
	caller, s, err := f.open(ctx, "")
	if err != nil {
		return nil, err
	}
	waiting := f.waiting(s, caller)
	var rows []InstitutionRow
	for _, id := range s.known() {
		if !caller.Sees(id) {
			continue
		}
		row := f.row(s, id)
		if in.City != "" && row.City != in.City || in.Kind != "" && row.Kind != in.Kind ||
			in.Q != "" && !strings.Contains(row.Name, in.Q) && !strings.Contains(strings.ToLower(id), strings.ToLower(in.Q)) {
			continue
		}
		row.OpenFindings, row.AtIssue = waiting[id].Findings, waiting[id].Amount
		rows = append(rows, row)
	}
	out := &institutionsAnswer{}
	out.Body.AsOf = s.at
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(rows, in.PageQuery, func(r InstitutionRow) string { return r.InstitutionID })
	return out, err
}

// known are the ids of the register and of those that sent something, sorted.
func (s *snapshot) known() []string {
	ids := make([]string, 0, len(s.institutions))
	for i := range s.institutions {
		ids = append(ids, s.institutions[i].ID)
	}
	for id := range s.last {
		if _, there := s.place[id]; !there {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// row is what is the same for everybody who sees the institution.
func (f *Figures) row(s *snapshot, id string) InstitutionRow {
	row := InstitutionRow{InstitutionID: id, Agreement: f.deps.InForce(id, s.at.Day())}
	if row.Agreement == "" {
		row.Agreement = "none"
	}
	if i, there := s.place[id]; there {
		known := &s.institutions[i]
		row.Name, row.Kind, row.Level, row.City = known.Name, known.Kind, known.Level, known.City
	}
	if at, heard := s.last[id]; heard {
		row.LastUpload = &at
	}
	year := s.months[id].total(term.MonthOf(s.at.Day()) + 1)
	row.Stays, row.Charged = year.Stays, year.Charged
	return row
}

// RuleCount says how many findings a rule has, and what they come to.
type RuleCount struct {
	Name     string         `json:"name"`
	Findings int            `json:"findings"`
	Amount   claimwatch.Fen `json:"amount" doc:"gross: one yuan may be at issue in several findings"`
}

// waiting counts the undecided findings of institutions, for a hospital of those that
// it was told: it must not learn of others.
func (f *Figures) waiting(s *snapshot, caller claimwatch.Caller) map[string]RuleCount {
	counts := map[string]RuleCount{}
	for _, one := range f.visible(s, caller) {
		if one.Waits() {
			c := counts[one.InstitutionID]
			c.Findings, c.Amount = c.Findings+1, c.Amount+one.Amount
			counts[one.InstitutionID] = c
		}
	}
	return counts
}

// visible are the findings that a caller may know of.
func (f *Figures) visible(s *snapshot, caller claimwatch.Caller) []*Finding {
	var told []string
	if caller.IsHospital() {
		told = f.deps.Told(caller.InstitutionID)
	}
	var list []*Finding
	for i := range s.findings {
		one := &s.findings[i]
		if !caller.Sees(one.InstitutionID) {
			continue
		}
		if caller.IsHospital() {
			if _, is := slices.BinarySearch(told, one.ID); !is {
				continue
			}
		}
		list = append(list, one)
	}
	return list
}
