package audit

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/account"
	"claimwatch/audit/journal"
	"claimwatch/audit/key"
)

// AccountView is somebody who signs in, as administrators see them.
type AccountView struct {
	AccountID     string                  `json:"account_id" doc:"the person's id in the journal, like that of a key"`
	Login         string                  `json:"login"`
	Name          string                  `json:"name"`
	Roles         []claimwatch.CallerRole `json:"roles" nullable:"false"`
	InstitutionID string                  `json:"institution_id,omitempty"`
	City          string                  `json:"city,omitempty"`
	State         string                  `json:"state" enum:"good,invited,disabled,revoked" doc:"invited: no password was chosen yet"`
	TOTP          bool                    `json:"totp" doc:"there is a second factor"`
	SignOn        bool                    `json:"sign_on" doc:"the person comes by the sign-on of the agency, which says name and rights"`
	LinkUntil     *claimwatch.Instant     `json:"link_until,omitempty" doc:"of a one-time link that nobody has used"`
	Revision      int                     `json:"revision"`
}

type accountsAnswer struct {
	Body struct {
		Items []AccountView `json:"items" nullable:"false"`
		Next  string        `json:"next"`
	}
}

type accountInput struct {
	Body struct {
		Login         string                  `json:"login" maxLength:"256" doc:"2 to 64 of a-z 0-9 . _ @ -"`
		Name          string                  `json:"name" maxLength:"256" doc:"shown to colleagues"`
		Roles         []claimwatch.CallerRole `json:"roles,omitempty" doc:"of the agency"`
		InstitutionID string                  `json:"institution_id,omitempty" doc:"of a hospital's person, instead of roles"`
		City          string                  `json:"city,omitempty" maxLength:"64" doc:"of this city's agency; without it of the province"`
	}
}

type accountChange struct {
	AccountID string `path:"account_id"`
	Body      struct {
		ExpectedRevision int                     `json:"expected_revision" minimum:"1"`
		Login            *string                 `json:"login,omitempty" maxLength:"256"`
		Name             *string                 `json:"name,omitempty" maxLength:"256"`
		Disabled         *bool                   `json:"disabled,omitempty" doc:"true ends every session at once"`
		Roles            []claimwatch.CallerRole `json:"roles,omitempty" doc:"instead of those of before; with city or without"`
		City             string                  `json:"city,omitempty" maxLength:"64" doc:"with roles"`
	}
}

type accountLinkInput struct {
	AccountID string `path:"account_id"`
	Body      *struct {
		ResetTOTP bool `json:"reset_totp,omitempty" doc:"take the second factor away: its owner has lost it"`
	} `required:"false"`
}

type accountAnswer struct {
	Body AccountView
}

type linkedAnswer struct {
	Body struct {
		AccountView
		Link string `json:"link" doc:"one-time, for 24 hours, shown once: the path behind the address of this server with which the person chooses a password"`
	}
}

func (a *Audit) registerAccounts(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-accounts", Method: http.MethodGet, Path: "/v1/accounts", Tags: []string{"accounts"}, Summary: "People who sign in, by login",
	}, a.listAccounts)
	huma.Register(api, huma.Operation{
		OperationID: "add-account", Method: http.MethodPost, Path: "/v1/accounts", Tags: []string{"accounts"}, DefaultStatus: http.StatusCreated,
		Summary: "Make an account", Description: "Of an institution or with roles. Nobody but its owner ever knows its password: the answer holds a link.",
	}, a.addAccount)
	huma.Register(api, huma.Operation{
		OperationID: "change-account", Method: http.MethodPatch, Path: "/v1/accounts/{account_id}", Tags: []string{"accounts"},
		Summary: "Change an account of somebody else",
	}, a.changeAccount)
	huma.Register(api, huma.Operation{
		OperationID: "link-account", Method: http.MethodPost, Path: "/v1/accounts/{account_id}/link", Tags: []string{"accounts"},
		Summary: "A new one-time link", Description: "For somebody who has forgotten the password, or lost the second factor. The link of before is void.",
	}, a.linkAccount)
}

// linkPath is the page of the console on which a link is used. What follows # never
// leaves the browser by itself.
const linkPath = "/link#"

func viewOf(p journal.Person) AccountView {
	v := AccountView{
		AccountID: p.ID, Login: p.Login, Name: p.Name, Roles: p.Key.Roles, InstitutionID: p.Key.InstitutionID, City: p.Key.City,
		State: "good", Revision: p.Revision, TOTP: p.TOTP != "", SignOn: p.Subject != "",
	}
	if v.Roles == nil {
		v.Roles = []claimwatch.CallerRole{}
	}
	if v.InstitutionID != "" {
		v.Roles = []claimwatch.CallerRole{claimwatch.RoleHospital}
	}
	if p.Link != "" {
		v.LinkUntil = &p.LinkUntil
	}
	switch {
	case p.Disabled:
		v.State = "disabled"
	case !p.Good:
		v.State = "revoked"
	case p.Password == "" && p.Subject == "":
		v.State = "invited"
	}
	return v
}

func (a *Audit) listAccounts(ctx context.Context, in *struct{ claimwatch.PageQuery }) (*accountsAnswer, error) {
	if _, err := province(ctx, administrators); err != nil {
		return nil, err
	}
	var all []AccountView
	for _, p := range a.deps.Journal.People() {
		all = append(all, viewOf(p))
	}
	out := &accountsAnswer{}
	var err error
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(all, in.PageQuery, func(v AccountView) string { return v.AccountID })
	return out, err
}

func (a *Audit) addAccount(ctx context.Context, in *accountInput) (*linkedAnswer, error) {
	caller, err := province(ctx, administrators)
	if err != nil {
		return nil, err
	}
	if err := readableIfAny("city", in.Body.City); err != nil {
		return nil, err
	}
	made, rights, err := newAccount(in.Body.Login, in.Body.Name, key.Key{InstitutionID: in.Body.InstitutionID, Roles: in.Body.Roles, City: in.Body.City})
	if err != nil {
		return nil, err
	}
	return a.linked(ctx, caller, journal.Person{}, made, &rights)
}

// linked gives an account a link and journals it.
func (a *Audit) linked(ctx context.Context, caller claimwatch.Caller, before journal.Person, after account.Account, rights *key.Key) (*linkedAnswer, error) {
	token := a.link(&after)
	person, err := a.setAccount(ctx, journal.ActorOf(caller), before, after, rights)
	if err != nil {
		return nil, err
	}
	out := &linkedAnswer{}
	out.Body.AccountView, out.Body.Link = viewOf(person), linkPath+token
	return out, nil
}

// another gives the account of somebody else, for an administrator.
func (a *Audit) another(ctx context.Context, id string) (claimwatch.Caller, journal.Person, error) {
	caller, err := province(ctx, administrators)
	if err != nil {
		return caller, journal.Person{}, err
	}
	person, known := a.deps.Journal.Person(id)
	if !known {
		return caller, person, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no account %q: GET /v1/accounts lists them", id)
	}
	return caller, person, nil
}

func (a *Audit) linkAccount(ctx context.Context, in *accountLinkInput) (*linkedAnswer, error) {
	caller, person, err := a.another(ctx, in.AccountID)
	if err != nil {
		return nil, err
	}
	if !person.Good {
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "the account is disabled: enable it first")
	}
	after := person.Account
	if in.Body != nil && in.Body.ResetTOTP && after.TOTP != "" {
		after.TOTP, after.Epoch = "", after.Epoch+1
	}
	return a.linked(ctx, caller, person, after, nil)
}

func (a *Audit) changeAccount(ctx context.Context, in *accountChange) (*accountAnswer, error) {
	caller, before, err := a.another(ctx, in.AccountID)
	if err != nil {
		return nil, err
	}
	if in.Body.ExpectedRevision != before.Revision {
		return nil, claimwatch.Refuse(claimwatch.CodeChanged, "the account was changed meanwhile: look at it again")
	}
	after := before.Account
	if in.Body.Login != nil {
		after.Login, _ = account.Normal(*in.Body.Login)
	}
	if in.Body.Name != nil {
		after.Name = *in.Body.Name
	}
	if in.Body.Disabled != nil {
		after.Disabled = *in.Body.Disabled
	}
	if after.Disabled && !before.Disabled {
		after.Link, after.LinkUntil, after.Epoch = "", 0, after.Epoch+1
	}
	var rights *key.Key
	if len(in.Body.Roles) > 0 {
		if err := readableIfAny("city", in.Body.City); err != nil {
			return nil, err
		}
		if before.Subject != "" {
			return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "the sign-on of the agency says what this person may do, at each sign-in: change it there")
		}
		rights = &key.Key{SHA256: before.Key.SHA256, Roles: in.Body.Roles, City: in.Body.City, Label: before.Key.Label}
		if before.Key.InstitutionID != "" {
			return nil, claimwatch.Refuse(claimwatch.CodeInvalid, "people of an institution do not become people of the agency: make another account")
		}
	}
	if rights == nil && after == before.Account {
		return &accountAnswer{Body: viewOf(before)}, nil // it is so already
	}
	person, err := a.setAccount(ctx, journal.ActorOf(caller), before, after, rights)
	if err != nil {
		return nil, err
	}
	return &accountAnswer{Body: viewOf(person)}, nil
}
