package audit

import (
	"cmp"
	"context"

	"claimwatch"
	"claimwatch/audit/journal"
)

type keyView struct {
	KeyID         string                  `json:"key_id"`
	Account       string                  `json:"account,omitempty" doc:"whose key it is: who calls with it is that person, with the rights that are shown"`
	InstitutionID string                  `json:"institution_id,omitempty"`
	Roles         []claimwatch.CallerRole `json:"roles" nullable:"false"`
	City          string                  `json:"city,omitempty"`
	Label         string                  `json:"label,omitempty"`
	Source        string                  `json:"source" enum:"journal,institutions" doc:"institutions: the table of that name has its hash, it comes and goes with the row"`
	State         string                  `json:"state" enum:"good,revoked,account_ended" doc:"account_ended: the account of its person is disabled or revoked"`
	CreatedAt     *claimwatch.Instant     `json:"created_at,omitempty" doc:"of source journal"`
	RevokedAt     *claimwatch.Instant     `json:"revoked_at,omitempty"`
}

type keysAnswer struct {
	Body struct {
		Items []keyView `json:"items" nullable:"false"`
		Next  string    `json:"next"`
	}
}

func (a *Audit) listKeys(ctx context.Context, in *struct{ claimwatch.PageQuery }) (*keysAnswer, error) {
	caller := claimwatch.CallerFrom(ctx)
	if caller.KeyID == "" {
		return nil, claimwatch.Refuse(claimwatch.CodeUnauthenticated, "send Authorization: Bearer <key>")
	}
	var all []keyView
	for _, k := range a.deps.Journal.Keys() {
		if knowsKey(caller, &k) {
			all = append(all, a.keyViewOf(k))
		}
	}
	out := &keysAnswer{}
	var err error
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(all, in.PageQuery, func(v keyView) string { return v.KeyID })
	return out, err
}

// knowsKey says whether a caller may know that there is a key: administrators of the
// province know all, a hospital those of its institution, everybody else their own.
func knowsKey(caller claimwatch.Caller, k *journal.KnownKey) bool {
	switch {
	case caller.Has(administrators...) && caller.SeesAll():
		return true
	case caller.IsHospital():
		return k.InstitutionID == caller.InstitutionID
	default:
		return cmp.Or(k.Person, k.ID) == caller.KeyID
	}
}

func (a *Audit) keyViewOf(k journal.KnownKey) keyView {
	v := keyView{
		KeyID: k.ID, Account: k.Person, InstitutionID: k.InstitutionID, Roles: k.Roles, City: k.City, Label: k.Label,
		Source: "journal", State: "good", CreatedAt: &k.CreatedAt, RevokedAt: k.RevokedAt,
	}
	if k.Table {
		v.Source, v.CreatedAt = "institutions", nil
	}
	if person, known := a.deps.Journal.Person(k.Person); known && !person.Good {
		v.State = "account_ended"
	}
	if k.RevokedAt != nil {
		v.State = "revoked"
	}
	if v.Roles == nil {
		v.Roles = []claimwatch.CallerRole{}
	}
	if v.InstitutionID != "" {
		v.Roles = []claimwatch.CallerRole{claimwatch.RoleHospital}
	}
	return v
}
