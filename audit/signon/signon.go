package signon

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"claimwatch/audit/secret"
)

// Reason is why nobody was signed in. The words are those of the page that says it.
type Reason string

// Every reason.
const (
	Away          Reason = "away"          // the sign-on does not answer
	Stale         Reason = "stale"         // this browser began no such sign-in, or too long ago
	Denied        Reason = "denied"        // the sign-on let nobody in
	BadProof      Reason = "bad_proof"     // its token does not prove what it must
	BadLogin      Reason = "bad_login"     // the login cannot be one, or is somebody else's
	NoRights      Reason = "no_rights"     // nothing that the person may do
	Contradiction Reason = "contradiction" // claims that give two kinds of rights
)

// Refusal is the error of somebody who was not signed in.
type Refusal struct {
	Reason Reason
	Cause  error // for the operator; nil: the reason says it all
}

func (r *Refusal) Error() string {
	if r.Cause == nil {
		return "sign on: " + string(r.Reason)
	}
	return "sign on: " + string(r.Reason) + ": " + r.Cause.Error()
}

func (r *Refusal) Unwrap() error { return r.Cause }

func refuse(reason Reason, cause error) error { return &Refusal{reason, cause} }

const (
	// Lasts is how long somebody may take to sign on.
	Lasts = 10 * time.Minute
	// patience is how long the sign-on may take to answer, rest how long it is left alone
	// after it did not.
	patience, rest = 10 * time.Second, 3 * time.Second
	// mostBytes bounds what it may answer.
	mostBytes = 1 << 20
	owner     = "attempt"
)

// SignOn asks one sign-on.
type SignOn struct {
	cfg    Config
	box    *secret.Box
	now    func() time.Time
	client *http.Client

	mu     sync.Mutex
	found  *provider // nil until it has described itself
	failed error
	at     time.Time // of failed
}

type provider struct {
	oauth    oauth2.Config
	verifier *oidc.IDTokenVerifier
}

// New makes a sign-on that is not asked yet: a server starts without it too. The box closes
// what browsers carry from the begin of a sign-in to its end.
func New(cfg Config, box *secret.Box, now func() time.Time) (*SignOn, error) {
	if err := cfg.Check(); err != nil {
		return nil, fmt.Errorf("sign-on: %w", err)
	}
	client := &http.Client{
		Timeout: patience, Transport: bounded{http.DefaultTransport},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &SignOn{cfg: cfg, box: box, now: now, client: client}, nil
}

// Name is what the page to sign in calls it.
func (s *SignOn) Name() string { return s.cfg.Name }

// attempt is what a browser carries, closed, between Begin and Finish.
type attempt struct {
	State, Nonce, Verifier, Return string
	Until                          time.Time
}

// Begin gives the address to which a browser goes to sign on, and what it must bring back.
func (s *SignOn) Begin(ctx context.Context, returnTo string) (address, carried string, err error) {
	p, err := s.provider(ctx)
	if err != nil {
		return "", "", err
	}
	a := attempt{
		State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), Return: Local(returnTo), Until: s.now().Add(Lasts),
	}
	text, err := json.Marshal(a)
	if err != nil {
		return "", "", fmt.Errorf("write attempt: %w", err)
	}
	return p.oauth.AuthCodeURL(a.State, oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier)), s.box.Close(owner, text), nil
}

// Finish says who has signed on, from what the browser carried and the query with which the
// sign-on sent it back, and to which page it goes. The error is a Refusal. A person without
// rights is told with NoRights beside who it is.
func (s *SignOn) Finish(ctx context.Context, carried string, query url.Values) (person Person, returnTo string, err error) {
	a, err := s.carried(carried, query.Get("state"))
	if err != nil {
		return person, "", err
	}
	if iss := query.Get("iss"); iss != "" && iss != s.cfg.Issuer {
		return person, "", refuse(BadProof, errors.New("the answer is of another issuer"))
	}
	if query.Get("error") != "" || query.Get("code") == "" {
		return person, "", refuse(Denied, fmt.Errorf("the sign-on answers %.64q", query.Get("error")))
	}
	p, err := s.provider(ctx)
	if err != nil {
		return person, "", err
	}
	claims, subject, err := s.exchange(ctx, p, query.Get("code"), a)
	if err != nil {
		return person, "", err
	}
	if person, err = s.cfg.personOf(subject, claims); err == nil && !person.Known() {
		err = refuse(NoRights, nil)
	}
	return person, a.Return, err
}

// carried opens what a browser brings: of another browser, or changed, or too old, it is
// worth nothing.
func (s *SignOn) carried(text, state string) (a attempt, err error) {
	plain, err := s.box.Open(owner, text)
	if err != nil {
		return a, refuse(Stale, err)
	}
	if err := json.Unmarshal(plain, &a); err != nil {
		return a, refuse(Stale, err)
	}
	if subtle.ConstantTimeCompare([]byte(a.State), []byte(state)) != 1 || !s.now().Before(a.Until) {
		return a, refuse(Stale, nil)
	}
	return a, nil
}

// exchange gets the token for a code and verifies it: signature, issuer, audience, end,
// nonce.
func (s *SignOn) exchange(ctx context.Context, p *provider, code string, a attempt) (claims map[string]any, subject string, err error) {
	ctx = oidc.ClientContext(ctx, s.client)
	token, err := p.oauth.Exchange(ctx, code, oauth2.VerifierOption(a.Verifier))
	var answered *oauth2.RetrieveError
	switch {
	case errors.As(err, &answered) && answered.Response.StatusCode < http.StatusInternalServerError:
		return nil, "", refuse(Denied, fmt.Errorf("the code is no good: %.200s", answered.ErrorCode))
	case err != nil:
		return nil, "", refuse(Away, err)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return nil, "", refuse(BadProof, errors.New("there is no id_token"))
	}
	proof, err := p.verifier.Verify(ctx, raw)
	if err != nil {
		return nil, "", refuse(BadProof, err)
	}
	if err := proof.Claims(&claims); err != nil {
		return nil, "", refuse(BadProof, err)
	}
	switch azp, _ := claims["azp"].(string); {
	case proof.Nonce != a.Nonce:
		return nil, "", refuse(BadProof, errors.New("the nonce is of another sign-in"))
	case len(proof.Audience) > 1 && azp != s.cfg.ClientID:
		return nil, "", refuse(BadProof, errors.New("the token is of another program"))
	}
	return claims, proof.Subject, nil
}

// provider gives the sign-on, once it has described itself. While it is away it is asked
// again after a rest.
func (s *SignOn) provider(ctx context.Context) (*provider, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.found != nil {
		return s.found, nil
	}
	if s.failed != nil && s.now().Sub(s.at) < rest {
		return nil, refuse(Away, s.failed)
	}
	p, err := s.discover(context.WithoutCancel(ctx)) // one that goes away must not fail it for the others
	if err != nil {
		s.failed, s.at = err, s.now()
		return nil, refuse(Away, err)
	}
	s.found = p
	return p, nil
}

// Look asks the sign-on to describe itself: what an operator is told at the start.
func (s *SignOn) Look(ctx context.Context) error {
	_, err := s.provider(ctx)
	return err
}

func (s *SignOn) discover(ctx context.Context) (*provider, error) {
	found, err := oidc.NewProvider(oidc.ClientContext(ctx, s.client), s.cfg.Issuer)
	if err != nil {
		return nil, fmt.Errorf("read the description of %s: %w", s.cfg.Issuer, err)
	}
	var says struct {
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := found.Claims(&says); err != nil {
		return nil, fmt.Errorf("read the description of %s: %w", s.cfg.Issuer, err)
	}
	endpoint := found.Endpoint()
	// Said once and rightly: a library that tries both ways spends the code on the first.
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	if s.cfg.ClientSecret == "" || len(says.Methods) > 0 && !slices.Contains(says.Methods, "client_secret_basic") {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return &provider{
		oauth: oauth2.Config{
			ClientID: s.cfg.ClientID, ClientSecret: s.cfg.ClientSecret, Endpoint: endpoint, RedirectURL: s.cfg.Redirect,
			Scopes: append([]string{oidc.ScopeOpenID}, s.cfg.Scopes...),
		},
		// Signatures by a key pair only: with a shared secret whoever can read the
		// configuration could make tokens.
		verifier: found.Verifier(&oidc.Config{
			ClientID: s.cfg.ClientID, Now: s.now,
			SupportedSigningAlgs: []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.EdDSA},
		}),
	}, nil
}

// bounded keeps an answer from filling the memory.
type bounded struct{ http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		answer.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(answer.Body, mostBytes), answer.Body}
	}
	return answer, err
}
