package audit

import (
	"cmp"
	"context"
	"slices"

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

func (a *Audit) listKeys(ctx context.Context, in *PageQuery) (*keysAnswer, error) {
	caller := claimwatch.CallerFrom(ctx)
	if caller.KeyID == "" {
		return nil, claimwatch.Refuse(claimwatch.CodeUnauthenticated, "send Authorization: Bearer <key>")
	}
	keys := slices.DeleteFunc(a.deps.Journal.Keys(), func(k journal.KnownKey) bool { return !knowsKey(caller, k) })
	out := &keysAnswer{}
	var err error
	keys, out.Body.Next, err = pageAfter(keys, 'k', func(k *journal.KnownKey) string { return k.ID }, in)
	if err != nil {
		return nil, err
	}
	out.Body.Items = make([]keyView, len(keys))
	for i, k := range keys {
		out.Body.Items[i] = a.keyViewOf(k)
	}
	return out, nil
}

// knowsKey says whether a caller may know that there is a key: administrators of the
// province know all, a hospital those of its institution, everybody else their own.
func knowsKey(caller claimwatch.Caller, k journal.KnownKey) bool {
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

// pageAfter cuts a page out of a list that is ordered by a name of its items.
func pageAfter[T any](list []T, road byte, name func(*T) string, in *PageQuery) (items []T, next string, err error) {
	limit, err := limitOf(in.Limit)
	if err != nil {
		return nil, "", err
	}
	after, err := decodeCursor(road, in.Cursor)
	if err != nil {
		return nil, "", err
	}
	list = slices.DeleteFunc(list, func(one T) bool { return after != "" && name(&one) <= after })
	if len(list) > limit {
		list = list[:limit]
		next = encodeCursor(road, name(&list[limit-1]))
	}
	return list, next, nil
}
