package figures

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/term"
)

// PhysicianRow is a physician at an institution over twelve months.
type PhysicianRow struct {
	PhysicianID   string         `json:"physician_id"`
	NameMasked    *string        `json:"name_masked" doc:"of the table physicians"`
	InstitutionID string         `json:"institution_id"`
	Stays         int            `json:"stays" doc:"visit numbers with fees that name the physician, each in the month of the first of them"`
	Charged       claimwatch.Fen `json:"charged" doc:"of the fees that name the physician, net of refunds that do, without self-pay"`
	Findings      int            `json:"findings" doc:"that stand, and of which a violating fee or order names the physician"`
	AtIssue       claimwatch.Fen `json:"at_issue" doc:"of these findings as a whole, gross; of several physicians it counts for each"`
	Suspended     bool           `json:"suspended" doc:"on the day of as_of, by the table physicians"`
}

// PhysicianMonthView is a month of a physician, over the institutions that the caller sees.
type PhysicianMonthView struct {
	Month    term.Month     `json:"month" example:"2026-01"`
	Stays    int            `json:"stays"`
	Charged  claimwatch.Fen `json:"charged"`
	Findings int            `json:"findings"`
	AtIssue  claimwatch.Fen `json:"at_issue"`
}

// PhysicianDetail is a physician over twelve months.
type PhysicianDetail struct {
	AsOf         claimwatch.Instant   `json:"as_of"`
	PhysicianID  string               `json:"physician_id"`
	NameMasked   *string              `json:"name_masked"`
	Suspended    bool                 `json:"suspended"`
	Institutions []PhysicianRow       `json:"institutions" nullable:"false"`
	Rules        []RuleCount          `json:"rules" nullable:"false" doc:"the greatest amount first"`
	Months       []PhysicianMonthView `json:"months" nullable:"false" doc:"twelve, the oldest first"`
}

type physiciansInput struct {
	InstitutionID string `query:"institution_id" maxLength:"64"`
	Q             string `query:"q" maxLength:"100" doc:"part of the id or of the masked name"`
	Sort          string `query:"sort" enum:"charged,findings" doc:"the greatest first; by id without it"`
	claimwatch.PageQuery
}

type physiciansAnswer struct {
	Body struct {
		AsOf  claimwatch.Instant `json:"as_of" doc:"moment of the figures, which are kept for half a minute"`
		Items []PhysicianRow     `json:"items" nullable:"false"`
		Next  string             `json:"next"`
	}
}

type physicianInput struct {
	ID            string `path:"id" maxLength:"64"`
	InstitutionID string `query:"institution_id" maxLength:"64"`
}

type physicianAnswer struct{ Body PhysicianDetail }

func (f *Figures) registerPhysicians(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-physicians", Method: http.MethodGet, Path: "/v1/physicians", Tags: []string{"figures"},
		Summary:     "Physicians as fees name them, one row for each institution",
		Description: "Of the twelve months up to as_of. A city sees those of its institutions, a hospital its own with the findings that it was told.",
	}, f.listPhysicians)
	huma.Register(api, huma.Operation{
		OperationID: "get-physician", Method: http.MethodGet, Path: "/v1/physicians/{id}", Tags: []string{"figures"},
		Summary: "A physician over a year", Description: "Ids are those of the institutions' records: two institutions may mean two people by one id.",
	}, f.physician)
}

// at is a physician at an institution.
type at struct{ physician, institution string }

// byPhysician puts the visible findings of the twelve months to their physicians.
func (f *Figures) byPhysician(s *snapshot, caller claimwatch.Caller) map[at][]*Finding {
	until := term.MonthOf(s.at.Day()) + 1
	known := map[string]*Finding{}
	for _, one := range f.visible(s, caller) {
		if m := one.Month(); m >= until-12 && m < until {
			known[one.ID] = one
		}
	}
	of := map[at][]*Finding{}
	for _, b := range s.blamed {
		if one := known[b.FindingID]; one != nil && caller.Sees(b.InstitutionID) {
			who := at{b.PhysicianID, b.InstitutionID}
			of[who] = append(of[who], one)
		}
	}
	return of
}

// physicianRows are the physicians that a caller sees, by id and institution.
func (f *Figures) physicianRows(s *snapshot, caller claimwatch.Caller, of map[at][]*Finding) []PhysicianRow {
	until := term.MonthOf(s.at.Day()) + 1
	rows := map[at]*PhysicianRow{}
	row := func(who at) *PhysicianRow {
		if rows[who] == nil {
			rows[who] = &PhysicianRow{PhysicianID: who.physician, InstitutionID: who.institution}
			rows[who].NameMasked, rows[who].Suspended = s.person(who.physician)
		}
		return rows[who]
	}
	for i := range s.physicians {
		if p := &s.physicians[i]; p.Month >= until-12 && p.Month < until && caller.Sees(p.InstitutionID) {
			r := row(at{p.PhysicianID, p.InstitutionID})
			r.Stays, r.Charged = r.Stays+p.Stays, r.Charged+p.Charged
		}
	}
	for who, findings := range of {
		r := row(who)
		for _, one := range findings {
			r.Findings++
			r.AtIssue += one.Amount
		}
	}
	list := make([]PhysicianRow, 0, len(rows))
	for _, r := range rows {
		list = append(list, *r)
	}
	slices.SortFunc(list, byID)
	return list
}

func byID(a, b PhysicianRow) int {
	return cmp.Or(strings.Compare(a.PhysicianID, b.PhysicianID), strings.Compare(a.InstitutionID, b.InstitutionID))
}

// person is what the register knows of a physician.
func (s *snapshot) person(id string) (name *string, suspended bool) {
	known, there := s.persons[id]
	if there && known.NameMasked != "" {
		name = &known.NameMasked
	}
	return name, known.Suspended
}

func (f *Figures) listPhysicians(ctx context.Context, in *physiciansInput) (*physiciansAnswer, error) {
	caller, s, err := f.open(ctx, in.InstitutionID)
	if err != nil {
		return nil, err
	}
	rows := slices.DeleteFunc(f.physicianRows(s, caller, f.byPhysician(s, caller)), func(r PhysicianRow) bool {
		named := r.NameMasked != nil && strings.Contains(*r.NameMasked, in.Q)
		return in.InstitutionID != "" && r.InstitutionID != in.InstitutionID || !named && !strings.Contains(r.PhysicianID, in.Q)
	})
	switch in.Sort {
	case "charged":
		slices.SortStableFunc(rows, func(a, b PhysicianRow) int { return cmp.Compare(b.Charged, a.Charged) })
	case "findings":
		slices.SortStableFunc(rows, func(a, b PhysicianRow) int {
			return cmp.Or(cmp.Compare(b.Findings, a.Findings), cmp.Compare(b.AtIssue, a.AtIssue))
		})
	}
	out := &physiciansAnswer{}
	out.Body.AsOf = s.at
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(rows, in.PageQuery, func(r PhysicianRow) string { return r.PhysicianID + "|" + r.InstitutionID })
	return out, err
}

func (f *Figures) physician(ctx context.Context, in *physicianInput) (*physicianAnswer, error) {
	caller, s, err := f.open(ctx, in.InstitutionID)
	if err != nil {
		return nil, err
	}
	is := func(physician, institution string) bool {
		return physician == in.ID && caller.Sees(institution) && (in.InstitutionID == "" || institution == in.InstitutionID)
	}
	of := f.byPhysician(s, caller)
	maps.DeleteFunc(of, func(who at, _ []*Finding) bool { return !is(who.physician, who.institution) })
	rows := slices.DeleteFunc(f.physicianRows(s, caller, of), func(r PhysicianRow) bool { return !is(r.PhysicianID, r.InstitutionID) })
	if len(rows) == 0 {
		return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "no fee of the twelve months names a physician %s", in.ID)
	}
	d := PhysicianDetail{AsOf: s.at, PhysicianID: in.ID, NameMasked: rows[0].NameMasked, Suspended: rows[0].Suspended, Institutions: rows}
	theirs := map[string]*Finding{} // one that names the physician at two institutions counts once
	for _, findings := range of {
		for _, one := range findings {
			theirs[one.ID] = one
		}
	}
	d.Rules = f.rulesOf(s, caller, func(one *Finding) bool { return theirs[one.ID] != nil })
	until := term.MonthOf(s.at.Day()) + 1
	d.Months = make([]PhysicianMonthView, 12)
	for i := range d.Months {
		d.Months[i].Month = until - 12 + term.Month(i)
	}
	for i := range s.physicians {
		if p := &s.physicians[i]; p.Month >= until-12 && p.Month < until && is(p.PhysicianID, p.InstitutionID) {
			m := &d.Months[p.Month-until+12]
			m.Stays, m.Charged = m.Stays+p.Stays, m.Charged+p.Charged
		}
	}
	for _, one := range theirs {
		m := &d.Months[one.Month()-until+12]
		m.Findings, m.AtIssue = m.Findings+1, m.AtIssue+one.Amount
	}
	return &physicianAnswer{Body: d}, nil
}
