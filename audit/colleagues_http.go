package audit

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
)

// colleagueView is who a key id is, to those who work with them.
type colleagueView struct {
	KeyID         string                  `json:"key_id" doc:"as decisions, claims and assignments name them"`
	Name          string                  `json:"name"`
	Roles         []claimwatch.CallerRole `json:"roles" nullable:"false"`
	InstitutionID string                  `json:"institution_id,omitempty"`
	City          string                  `json:"city,omitempty"`
	Active        bool                    `json:"active" doc:"false: disabled or revoked; what they did still bears their id"`
}

type colleaguesAnswer struct {
	Body struct {
		Items []colleagueView `json:"items" nullable:"false"`
		Next  string          `json:"next"`
	}
}

func (a *Audit) registerColleagues(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-colleagues", Method: http.MethodGet, Path: "/v1/colleagues", Tags: []string{"accounts"}, Summary: "Names of those one works with",
		Description: "People with an account, by login. The agency's see each other and those of the institutions that they see; an institution's see their own. Holders of keys without an account have no name.",
	}, a.colleagues)
}

func (a *Audit) colleagues(ctx context.Context, in *struct{ claimwatch.PageQuery }) (*colleaguesAnswer, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, claimwatch.StaffRoles()...)
	if err != nil {
		return nil, err
	}
	all := []colleagueView{}
	for _, p := range a.deps.Journal.People() {
		if works(caller, p) {
			v := viewOf(p)
			all = append(all, colleagueView{KeyID: v.AccountID, Name: v.Name, Roles: v.Roles, InstitutionID: v.InstitutionID, City: v.City, Active: p.Good})
		}
	}
	out := &colleaguesAnswer{}
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(all, in.PageQuery, func(c colleagueView) string { return c.KeyID })
	return out, err
}

// works says whether a caller works with somebody. Who decides at the agency is no
// hospital's to know: it is told by the agency (Shanxi Art. 32).
func works(caller claimwatch.Caller, with journal.Person) bool {
	institution := with.Key.InstitutionID
	if caller.IsHospital() {
		return institution != "" && institution == caller.InstitutionID
	}
	return institution == "" || caller.Sees(institution)
}
