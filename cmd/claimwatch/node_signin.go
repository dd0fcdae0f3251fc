package main

import (
	"context"
	"crypto/rand"
	"net/http"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit"
	"claimwatch/audit/secret"
	"claimwatch/audit/session"
	"claimwatch/audit/signon"
	"claimwatch/store"
)

// sessionRows keeps sessions in the store.
type sessionRows struct{ db *store.DB }

func (r sessionRows) SaveSession(ctx context.Context, s session.Session) error {
	return r.db.SaveSession(ctx, store.SessionRow(s))
}

func (r sessionRows) Session(ctx context.Context, hash string) (session.Session, bool, error) {
	row, ok, err := r.db.Session(ctx, hash)
	return session.Session(row), ok, err
}

// signIn makes what people sign in with beside passwords.
func (n *node) signIn() (factors audit.Factors, signOn *signon.SignOn, err error) {
	key, err := n.settings.signInKey()
	if err != nil {
		return factors, nil, err
	}
	factors = audit.Factors{RequiredFor: rolesOf(n.settings.SignIn.TOTPRequiredFor), Use: n.useCode}
	if factors.Box, err = secret.New(key, "second factors"); err != nil {
		return factors, nil, err
	}
	oidc := n.settings.SignIn.OIDC
	if oidc == nil {
		return factors, nil, nil
	}
	box, err := secret.New(key, "sign-on")
	if err != nil {
		return factors, nil, err
	}
	clientSecret, err := oidc.clientSecret()
	if err != nil {
		return factors, nil, err
	}
	signOn, err = signon.New(oidc.config(clientSecret), box, clock)
	return factors, signOn, err
}

func (n *node) useCode(ctx context.Context, factor string, step int64) (bool, error) {
	return n.db.UseStep(ctx, store.StepUse{Factor: factor, Step: step, Attempt: rand.Text(), At: claimwatch.InstantOf(clock())})
}

// handleSignOn adds the pages that lead to the sign-on of the agency and back.
func (n *node) handleSignOn() {
	if n.stages.signOn == nil {
		return
	}
	n.stages.server.Handle("GET "+audit.SignOnStart, http.HandlerFunc(n.stages.audit.StartSignOn))
	n.stages.server.Handle("GET "+audit.SignOnCallback, http.HandlerFunc(n.stages.audit.EndSignOn))
}

// lookForSignOn tells the operator at the start when the sign-on does not answer. It is
// asked again whenever somebody wants to sign in.
func (n *node) lookForSignOn(ctx context.Context) error {
	if n.stages.signOn == nil {
		return nil
	}
	if err := n.stages.signOn.Look(ctx); err != nil && ctx.Err() == nil {
		n.log.Warn("the sign-on does not answer: passwords work, and it is asked again with each sign-in", zap.Error(err))
	}
	return nil
}

// openSetup tells the one-time link of the first administrator, once the journal says
// that there is no account.
func (n *node) openSetup(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case <-n.stages.journal.CaughtUp():
	}
	if token, open := n.stages.audit.OpenSetup(); open {
		n.settings.tellSetup("http://" + n.settings.Listen + "/setup#" + token)
	}
	return nil
}
