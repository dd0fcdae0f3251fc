package audit

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit/account"
	"claimwatch/audit/journal"
	"claimwatch/audit/secret"
)

// Factors is what second factors need.
type Factors struct {
	// Box closes their secrets before they go into the log; nil: there are none.
	Box *secret.Box
	// Use notes that the code of a step was used, and says whether it counts: each does
	// once, in all processes.
	Use func(ctx context.Context, factor string, step int64) (fresh bool, err error)
	// RequiredFor are the roles that do nothing without one.
	RequiredFor []claimwatch.CallerRole
}

type factorAnswer struct {
	Body struct {
		Secret string `json:"secret" doc:"base32, shown once; kept nowhere until a code of it is sent with PUT"`
		URI    string `json:"uri" doc:"otpauth://, for a square code that authenticator programs read"`
	}
}

type factorInput struct {
	Body struct {
		Password string `json:"password" maxLength:"1024"`
		Secret   string `json:"secret" maxLength:"64" doc:"of POST /v1/session/totp"`
		Code     string `json:"code" maxLength:"16" doc:"that the authenticator shows now for the secret"`
		TOTP     string `json:"totp,omitempty" maxLength:"16" doc:"code of the second factor of before, of somebody who has one"`
	}
}

func (a *Audit) registerFactors(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "draw-totp", Method: http.MethodPost, Path: "/v1/session/totp", Tags: []string{"sessions"},
		Summary: "A secret for a second factor", Description: "For an authenticator program. Nothing changes until PUT proves that it has it.",
	}, a.drawFactor)
	huma.Register(api, huma.Operation{
		OperationID: "set-totp", Method: http.MethodPut, Path: "/v1/session/totp", Tags: []string{"sessions"},
		Summary: "Set up a second factor", Description: "From now on signing in needs its code too. Every other session of the account ends.",
	}, a.setFactor)
}

// mustEnroll says whether somebody needs a second factor and has none. Who has no password
// came by the sign-on of the agency, and it is there that they prove more.
func (a *Audit) mustEnroll(p journal.Person, caller claimwatch.Caller) bool {
	return a.deps.Factors.Box != nil && p.Password != "" && p.TOTP == "" && caller.Has(a.deps.Factors.RequiredFor...)
}

// factorFits says whether a code is that of a person's second factor, and uses it up. Of
// somebody who has none it says yes.
func (a *Audit) factorFits(ctx context.Context, p journal.Person, code string) (bool, error) {
	if p.TOTP == "" {
		return true, nil
	}
	if a.deps.Factors.Box == nil {
		return false, unavailable("second factors cannot be read on this server", secret.ErrClosed)
	}
	plain, err := a.deps.Factors.Box.Open(p.ID, p.TOTP)
	if err != nil {
		a.log.Error("the key file opens no second factor: it is another than the one of before", zap.String("account", p.ID))
		return false, unavailable("second factors cannot be read on this server: ask its operator", err)
	}
	step, ok := account.FactorStep(string(plain), code, a.deps.Now())
	if !ok {
		return false, nil
	}
	return a.useCode(ctx, p.ID, p.TOTP, step)
}

// useCode uses a code up. A factor is named by what is kept of it: another secret of the
// same person counts anew.
func (a *Audit) useCode(ctx context.Context, id, closed string, step int64) (fresh bool, err error) {
	sum := sha256.Sum256([]byte(closed))
	if fresh, err = a.deps.Factors.Use(ctx, id+"."+hex.EncodeToString(sum[:8]), step); err != nil {
		return false, unavailable("used codes cannot be kept: try again later", err)
	}
	return fresh, nil
}

func (a *Audit) drawFactor(ctx context.Context, _ *struct{}) (*factorAnswer, error) {
	person, known := a.deps.Journal.Person(claimwatch.CallerFrom(ctx).KeyID)
	if err := a.mayHaveFactor(ctx, person, known); err != nil {
		return nil, err
	}
	drawn, err := account.NewFactor(rand.Reader)
	if err != nil {
		return nil, err
	}
	out := &factorAnswer{}
	out.Body.Secret, out.Body.URI = drawn, account.FactorURI(drawn, person.Login)
	return out, nil
}

func (a *Audit) mayHaveFactor(ctx context.Context, p journal.Person, known bool) error {
	switch {
	case !known || claimwatch.VisitorFrom(ctx).Session == "":
		return notSignedIn("a key has no second factor: sign in")
	case p.Password == "":
		return notSignedIn("you have no password here: the second factor is that of your sign-on")
	case a.deps.Factors.Box == nil:
		return unavailable("this server keeps no second factors", secret.ErrClosed)
	}
	return nil
}

// setFactor takes the secret that the person shows to have: the password and, with a factor
// of before, its code prove that it is they and not somebody at their desk.
func (a *Audit) setFactor(ctx context.Context, in *factorInput) (*sessionAnswer, error) {
	before, known := a.deps.Journal.Person(claimwatch.CallerFrom(ctx).KeyID)
	if err := a.mayHaveFactor(ctx, before, known); err != nil {
		return nil, err
	}
	if err := account.CheckFactor(in.Body.Secret); err != nil {
		return nil, err
	}
	step, ok := account.FactorStep(in.Body.Secret, in.Body.Code, a.deps.Now())
	if !ok {
		return nil, &claimwatch.Error{Code: claimwatch.CodeInvalid, Field: "code", Message: "the code is not one of this secret now: wait for the next one, and look at the clock of the device"}
	}
	person, err := a.again(ctx, in.Body.Password, in.Body.TOTP)
	if err != nil {
		return nil, err
	}
	caller, _ := a.deps.Journal.Caller(person.ID)
	after := person.Account
	after.TOTP, after.Epoch = a.deps.Factors.Box.Close(person.ID, []byte(in.Body.Secret)), after.Epoch+1
	if _, err := a.useCode(ctx, after.ID, after.TOTP, step); err != nil {
		return nil, err
	}
	if person, err = a.setAccount(ctx, journal.ActorOf(caller), person, after, nil); err != nil {
		return nil, err
	}
	return a.begin(ctx, person)
}
