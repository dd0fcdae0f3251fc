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

type signInInput struct {
	Body struct {
		Login    string `json:"login" maxLength:"256"`
		Password string `json:"password" maxLength:"1024"`
		TOTP     string `json:"totp,omitempty" maxLength:"16" doc:"code of the second factor, of somebody who has one"`
	}
}

type linkInput struct {
	Body struct {
		Link     string `json:"link" maxLength:"256" doc:"what follows # in the one-time link"`
		Password string `json:"password" maxLength:"1024" doc:"the new one, 10 to 256 characters"`
		TOTP     string `json:"totp,omitempty" maxLength:"16" doc:"code of the second factor, of somebody who has one"`
	}
}

type setupInput struct {
	Body struct {
		Token    string `json:"token" maxLength:"256" doc:"what follows # in the link that the first start prints"`
		Login    string `json:"login" maxLength:"256"`
		Name     string `json:"name" maxLength:"256"`
		Password string `json:"password" maxLength:"1024" doc:"10 to 256 characters"`
	}
}

type passwordInput struct {
	Body struct {
		Password string `json:"password" maxLength:"1024" doc:"the present one"`
		New      string `json:"new_password" maxLength:"1024" doc:"10 to 256 characters"`
		TOTP     string `json:"totp,omitempty" maxLength:"16" doc:"code of the second factor, of somebody who has one"`
	}
}

type sessionBody struct {
	KeyID         string                  `json:"key_id" doc:"who you are in the journal, whether you came with a password or a key"`
	Login         string                  `json:"login,omitempty"`
	Name          string                  `json:"name,omitempty"`
	Roles         []claimwatch.CallerRole `json:"roles" nullable:"false"`
	InstitutionID string                  `json:"institution_id,omitempty"`
	City          string                  `json:"city,omitempty"`
	TOTP          bool                    `json:"totp,omitempty" doc:"of a session: there is a second factor"`
	SignOn        bool                    `json:"sign_on,omitempty" doc:"of a session: the person comes by the sign-on of the agency and has neither password nor second factor here"`
	MustEnroll    bool                    `json:"must_enroll_totp,omitempty" doc:"nothing but a second factor can be set up until there is one: POST /v1/session/totp"`
	ExpiresAt     *claimwatch.Instant     `json:"expires_at,omitempty" doc:"of a session, at the latest; an hour without a call ends it too"`
}

type sessionAnswer struct {
	SetCookie string `header:"Set-Cookie"`
	Body      sessionBody
}

type whoAnswer struct{ Body sessionBody }

type signOutAnswer struct {
	SetCookie string `header:"Set-Cookie"`
}

func (a *Audit) registerSessions(api huma.API) {
	none := []map[string][]string{}
	huma.Register(api, huma.Operation{
		OperationID: "sign-in", Method: http.MethodPost, Path: "/v1/session", Tags: []string{"sessions"}, Security: none,
		Summary: "Sign in with a password", Description: "The session is in a cookie that scripts cannot read. Whoever fails often has to wait: 429 with Retry-After.",
	}, a.signIn)
	huma.Register(api, huma.Operation{
		OperationID: "get-session", Method: http.MethodGet, Path: "/v1/session", Tags: []string{"sessions"}, Summary: "Who am I",
	}, a.whoAmI)
	huma.Register(api, huma.Operation{
		OperationID: "sign-out", Method: http.MethodDelete, Path: "/v1/session", Tags: []string{"sessions"}, Summary: "Sign out", DefaultStatus: http.StatusNoContent,
	}, a.signOut)
	huma.Register(api, huma.Operation{
		OperationID: "change-password", Method: http.MethodPut, Path: "/v1/session/password", Tags: []string{"sessions"},
		Summary: "Choose another password", Description: "Every other session of the account ends.",
	}, a.changePassword)
	huma.Register(api, huma.Operation{
		OperationID: "use-link", Method: http.MethodPost, Path: "/v1/session/link", Tags: []string{"sessions"}, Security: none,
		Summary: "Choose a password with a one-time link", Description: "And sign in. The link is void afterwards, and so is every session of before.",
	}, a.useLink)
	huma.Register(api, huma.Operation{
		OperationID: "set-up", Method: http.MethodPost, Path: "/v1/setup", Tags: []string{"sessions"}, Security: none,
		Summary: "Make the first administrator", Description: "With the link that the first start prints; once there is an account, never again.",
	}, a.setUp)
}

// begin opens a session for somebody who has proved to be a person. It is a new one; the
// one that the browser had ends.
func (a *Audit) begin(ctx context.Context, person journal.Person) (*sessionAnswer, error) {
	by := claimwatch.VisitorFrom(ctx)
	if by.Session != "" {
		if err := a.deps.Sessions.Close(ctx, by.Session); err != nil {
			return nil, unavailable("sessions cannot be kept: try again later", err)
		}
	}
	token, s, err := a.deps.Sessions.Open(ctx, person.ID, person.Epoch)
	if err != nil {
		return nil, unavailable("sessions cannot be kept: try again later", err)
	}
	caller, ok := a.deps.Journal.Caller(person.ID)
	if !ok {
		return nil, claimwatch.Refuse(claimwatch.CodeUnauthenticated, "the account is disabled: ask an administrator")
	}
	ends := a.deps.Sessions.Ends(s)
	out := &sessionAnswer{SetCookie: cookie(by, token), Body: sessionOf(caller)}
	out.Body.ofPerson(person, ends)
	out.Body.MustEnroll = a.mustEnroll(person, caller)
	return out, nil
}

func sessionOf(c claimwatch.Caller) sessionBody {
	return sessionBody{KeyID: c.KeyID, Roles: c.Roles, InstitutionID: c.InstitutionID, City: c.City, MustEnroll: c.MustEnroll}
}

func (a *Audit) signIn(ctx context.Context, in *signInInput) (*sessionAnswer, error) {
	person, err := a.byPassword(ctx, in.Body.Login, in.Body.Password, in.Body.TOTP)
	if err != nil {
		return nil, err
	}
	return a.begin(ctx, person)
}

func (a *Audit) whoAmI(ctx context.Context, _ *struct{}) (*whoAnswer, error) {
	caller := claimwatch.CallerFrom(ctx)
	if caller.KeyID == "" {
		return nil, claimwatch.Refuse(claimwatch.CodeUnauthenticated, "sign in, or send Authorization: Bearer <key>")
	}
	out := &whoAnswer{Body: sessionOf(caller)}
	token := claimwatch.VisitorFrom(ctx).Session
	if token == "" {
		return out, nil
	}
	s, _, err := a.deps.Sessions.Find(ctx, token)
	if err != nil {
		return nil, unavailable("sessions cannot be read: send again later", err)
	}
	person, _ := a.deps.Journal.Person(caller.KeyID)
	ends := a.deps.Sessions.Ends(s)
	out.Body.ofPerson(person, ends)
	return out, nil
}

// ofPerson says what a key does not: who it is that has signed in.
func (b *sessionBody) ofPerson(p journal.Person, ends claimwatch.Instant) {
	b.Login, b.Name, b.TOTP, b.SignOn, b.ExpiresAt = p.Login, p.Name, p.TOTP != "", p.Subject != "", &ends
}

func (a *Audit) signOut(ctx context.Context, _ *struct{}) (*signOutAnswer, error) {
	by := claimwatch.VisitorFrom(ctx)
	if by.Session == "" {
		return nil, notSignedIn("you did not sign in: a key is revoked with DELETE /v1/keys")
	}
	if err := a.deps.Sessions.Close(ctx, by.Session); err != nil {
		return nil, unavailable("sessions cannot be kept: try again later", err)
	}
	return &signOutAnswer{SetCookie: cookie(by, "")}, nil
}

func notSignedIn(message string) error {
	return claimwatch.Refuse(claimwatch.CodeForbidden, "%s", message)
}

func (a *Audit) changePassword(ctx context.Context, in *passwordInput) (*sessionAnswer, error) {
	person, err := a.again(ctx, in.Body.Password, in.Body.TOTP)
	if err != nil {
		return nil, err
	}
	return a.choose(ctx, person, in.Body.New)
}

// again lets somebody who is signed in prove once more who they are.
func (a *Audit) again(ctx context.Context, password, code string) (journal.Person, error) {
	person, known := a.deps.Journal.Person(claimwatch.CallerFrom(ctx).KeyID)
	if !known || claimwatch.VisitorFrom(ctx).Session == "" {
		return person, notSignedIn("a key has neither password nor second factor: sign in")
	}
	return a.byPassword(ctx, person.Login, password, code)
}

func (a *Audit) useLink(ctx context.Context, in *linkInput) (*sessionAnswer, error) {
	person, known := a.byLink(in.Body.Link)
	if !known {
		return nil, claimwatch.Refuse(claimwatch.CodeUnauthenticated, "the link was used or is over: ask an administrator for a new one")
	}
	if err := account.CheckPassword(in.Body.Password, person.Login); err != nil {
		return nil, err // before a code is used up
	}
	if person.TOTP != "" {
		// Whoever has found a link in a mailbox is stopped by the second factor, and does
		// not guess its codes.
		var err error
		person, err = a.attempt(ctx, person.Login, func() (journal.Person, bool, error) {
			proved, err := a.factorFits(ctx, person, in.Body.TOTP)
			return person, proved, err
		})
		if err != nil {
			return nil, err
		}
	}
	return a.choose(ctx, person, in.Body.Password)
}

// choose gives somebody who has proved to be a person the password that they have chosen.
func (a *Audit) choose(ctx context.Context, person journal.Person, password string) (*sessionAnswer, error) {
	hashed, err := a.chosen(ctx, password, person.Login)
	if err != nil {
		return nil, err
	}
	caller, _ := a.deps.Journal.Caller(person.ID)
	after := person.Account
	after.Password, after.Link, after.LinkUntil, after.Epoch = hashed, "", 0, after.Epoch+1
	if person, err = a.setAccount(ctx, journal.ActorOf(caller), person, after, nil); err != nil {
		return nil, err
	}
	return a.begin(ctx, person)
}

func (a *Audit) setUp(ctx context.Context, in *setupInput) (*sessionAnswer, error) {
	if !a.opensSetup(in.Body.Token) {
		return nil, claimwatch.Refuse(claimwatch.CodeUnauthenticated, "the link was used or is over: a start without any account prints one")
	}
	made, rights, err := newAccount(in.Body.Login, in.Body.Name, key.Key{Roles: []claimwatch.CallerRole{claimwatch.RoleAdministrator}})
	if err != nil {
		return nil, err
	}
	if made.Password, err = a.chosen(ctx, in.Body.Password, made.Login); err != nil {
		return nil, err
	}
	person, err := a.setAccount(ctx, journal.Actor{Key: journal.SystemKey}, journal.Person{Account: account.Account{}}, made, &rights)
	if err != nil {
		return nil, err
	}
	return a.begin(ctx, person)
}
