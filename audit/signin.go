package audit

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"claimwatch"
	"claimwatch/audit/account"
	"claimwatch/audit/journal"
	"claimwatch/audit/key"
	"claimwatch/audit/session"
)

const (
	// Mistakes that are forgiven before somebody has to wait: few for a login; more for an
	// address, behind which a whole agency may sit.
	freeOfLogin, freeOfAddress = 5, 50
	// hashedAtOnce is how many passwords are hashed at once: each takes 46 MiB and a core.
	hashedAtOnce = 2
	mostWait     = 5 * time.Second
	// linkLasts is how long a one-time link does, setupLasts that of the first start.
	linkLasts, setupLasts = 24 * time.Hour, 24 * time.Hour
)

// door keeps those out who guess.
type door struct {
	logins, addresses *account.Lock
	hashing           chan struct{}

	mu         sync.Mutex
	setup      [sha256.Size]byte // of the link of the first start
	setupUntil time.Time         // zero: there is none
}

func newDoor() door {
	return door{logins: account.NewLock(freeOfLogin), addresses: account.NewLock(freeOfAddress), hashing: make(chan struct{}, hashedAtOnce)}
}

// SignedIn finds the caller of a session's token: what the account may do now, not when
// it signed in.
func (a *Audit) SignedIn(ctx context.Context, token string) (claimwatch.Caller, error) {
	if !a.caughtUp() {
		return claimwatch.Caller{}, errStarting
	}
	s, ok, err := a.deps.Sessions.Find(ctx, token)
	if err != nil {
		return claimwatch.Caller{}, unavailable("sessions cannot be read: send again later", err)
	}
	caller, may := a.callerOf(s)
	if !ok || !may {
		return claimwatch.Caller{}, claimwatch.Refuse(claimwatch.CodeUnauthenticated, "the session has ended: sign in again")
	}
	return caller, nil
}

// callerOf is who a session's account is now; ok is false when it voids the session.
func (a *Audit) callerOf(s session.Session) (caller claimwatch.Caller, ok bool) {
	person, _ := a.deps.Journal.Person(s.AccountID)
	caller, ok = a.deps.Journal.Caller(s.AccountID)
	caller.MustEnroll = a.mustEnroll(person, caller)
	return caller, ok && person.Epoch == s.Epoch
}

// hasLeft says whether the session of a call that goes on has ended meanwhile. A store that
// is away has signed nobody out.
func (a *Audit) hasLeft(ctx context.Context) bool {
	token := claimwatch.VisitorFrom(ctx).Session
	if token == "" {
		return false
	}
	s, ok, err := a.deps.Sessions.Lasts(ctx, token)
	if err != nil {
		return false
	}
	caller, may := a.callerOf(s)
	return !ok || !may || caller.MustEnroll
}

// errStarting keeps sessions over a restart: before the journal is read nobody is known.
var errStarting = claimwatch.Refuse(claimwatch.CodeUnavailable, "the server is starting: try again in a moment")

func (a *Audit) caughtUp() bool {
	select {
	case <-a.deps.Journal.CaughtUp():
		return true
	default:
		return false
	}
}

func unavailable(message string, cause error) error {
	return &claimwatch.Error{Code: claimwatch.CodeUnavailable, Message: message, Cause: cause}
}

// attempt lets somebody try to prove who they are: try says whether they did. Whoever
// failed often has to wait, by the login and by the address, and no attempt says why it
// failed.
func (a *Audit) attempt(ctx context.Context, login string, try func() (person journal.Person, proved bool, err error)) (journal.Person, error) {
	if !a.caughtUp() {
		return journal.Person{}, errStarting
	}
	wait, cancel := context.WithTimeout(ctx, mostWait)
	defer cancel()
	select {
	case a.door.hashing <- struct{}{}:
		defer func() { <-a.door.hashing }()
	case <-wait.Done():
		return journal.Person{}, a.slow(time.Second)
	}
	// Within the gate, so that many attempts at once count one after the other.
	address, now := claimwatch.VisitorFrom(ctx).Address, a.deps.Now()
	if left := max(a.door.logins.Wait(now, login), a.door.addresses.Wait(now, address)); left > 0 {
		return journal.Person{}, a.slow(left)
	}
	person, proved, err := try()
	if err != nil {
		return journal.Person{}, err
	}
	if !proved {
		a.door.logins.Failed(now, login)
		a.door.addresses.Failed(now, address)
		a.met.signIns.WithLabelValues("refused").Inc()
		return journal.Person{}, claimwatch.Refuse(claimwatch.CodeUnauthenticated, "login, password and code do not fit, or the account is disabled: try again, or ask an administrator for a new link")
	}
	a.door.logins.Passed(login)
	a.met.signIns.WithLabelValues("passed").Inc()
	return person, nil
}

func (a *Audit) slow(left time.Duration) error {
	a.met.signIns.WithLabelValues("delayed").Inc()
	refused := claimwatch.Refuse(claimwatch.CodeSlowDown, "too many attempts: try again in %d seconds", int((left+time.Second-1)/time.Second))
	refused.Wait = left
	return refused
}

// byPassword proves a person by login, password and the code of the second factor, if there
// is one. There is one path for all: of a login that nobody has, the password is hashed as
// well, and nobody learns which of the three was wrong.
func (a *Audit) byPassword(ctx context.Context, login, password, code string) (journal.Person, error) {
	name, ok := account.Normal(login)
	if !ok {
		name = "" // no login: one name for all of them, or guessing would fill the memory
	}
	return a.attempt(ctx, name, func() (journal.Person, bool, error) {
		person, _ := a.deps.Journal.PersonByLogin(name)
		if !account.Verify(person.Password, password) || !person.Good {
			return person, false, nil
		}
		proved, err := a.factorFits(ctx, person, code)
		return person, proved, err
	})
}

// chosen hashes a password that somebody has chosen.
func (a *Audit) chosen(ctx context.Context, password, login string) (string, error) {
	if err := account.CheckPassword(password, login); err != nil {
		return "", err
	}
	select {
	case a.door.hashing <- struct{}{}:
		defer func() { <-a.door.hashing }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	return account.Hash(password, rand.Reader)
}

// OpenSetup gives the token of the one-time link by which the first administrator is made,
// or none when there are accounts.
func (a *Audit) OpenSetup() (token string, ok bool) {
	if len(a.deps.Journal.People()) > 0 {
		return "", false
	}
	token, hash := newLink()
	a.door.mu.Lock()
	defer a.door.mu.Unlock()
	a.door.setup, a.door.setupUntil = hash, a.deps.Now().Add(setupLasts)
	return token, true
}

// opensSetup says whether a token is that of the link.
func (a *Audit) opensSetup(token string) bool {
	sum := sha256.Sum256([]byte(token))
	a.door.mu.Lock()
	defer a.door.mu.Unlock()
	return subtle.ConstantTimeCompare(sum[:], a.door.setup[:]) == 1 && a.deps.Now().Before(a.door.setupUntil)
}

func newLink() (token string, hash [sha256.Size]byte) {
	random := make([]byte, 32)
	_, _ = rand.Read(random) // never fails (crypto/rand)
	token = base64.RawURLEncoding.EncodeToString(random)
	return token, sha256.Sum256([]byte(token))
}

// link gives an account a new one-time link; the one before is void.
func (a *Audit) link(after *account.Account) (token string) {
	token, hash := newLink()
	after.Link, after.LinkUntil = hex.EncodeToString(hash[:]), claimwatch.InstantOf(a.deps.Now().Add(linkLasts))
	return token
}

// byLink finds the person to whom a one-time link was given.
func (a *Audit) byLink(token string) (journal.Person, bool) {
	sum := sha256.Sum256([]byte(token))
	person, known := a.deps.Journal.PersonByLink(hex.EncodeToString(sum[:]))
	return person, known && person.Good && a.deps.Now().Before(person.LinkUntil.Time())
}

// newAccount makes an account and the key of its rights, which nobody holds.
func newAccount(login, name string, rights key.Key) (account.Account, key.Key, error) {
	token, err := key.New(rand.Reader)
	if err != nil {
		return account.Account{}, rights, err
	}
	rights.SHA256, rights.Label = key.Hash(token), "account"
	login, _ = account.Normal(login)
	made := account.Account{ID: key.ID(rights.SHA256), Login: login, Name: name}
	if err := made.Check(); err != nil {
		return made, rights, err
	}
	return made, rights, rights.Check()
}

// setAccount journals what becomes of an account. The request is not hashed into the
// chain: a name could be guessed from it, also after it was erased.
func (a *Audit) setAccount(ctx context.Context, actor journal.Actor, before journal.Person, after account.Account, rights *key.Key) (journal.Person, error) {
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return before, fmt.Errorf("read clock: %w", err)
	}
	what := account.Changes(&before.Account, &after)
	switch {
	case before.Revision == 0:
		what = []string{account.Created}
	case rights != nil:
		what = append(what, account.Rights)
	}
	data, err := json.Marshal(after)
	if err != nil {
		return before, fmt.Errorf("write account: %w", err)
	}
	command, err := journal.NewCommand(journal.Command{
		ID: journal.CommandID(rand.Text()), Type: journal.TypeAccountSet, At: at, Actor: actor, ExpectedRevision: &before.Revision,
	}, journal.AccountSet{AccountID: after.ID, What: what, Key: rights}, data)
	if err != nil {
		return before, err
	}
	if _, err := a.deps.Journal.Do(ctx, command); err != nil {
		return before, err
	}
	person, _ := a.deps.Journal.Person(after.ID)
	return person, nil
}

// cookie is the header that gives a browser its session; one without a token takes it away.
func cookie(by claimwatch.Visitor, token string) string {
	c := http.Cookie{
		Name: claimwatch.SessionCookie, Value: token, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode,
	}
	if by.Plain {
		c.Name, c.Secure = claimwatch.PlainSessionCookie, false
	}
	if token == "" {
		c.MaxAge = -1
	}
	return c.String()
}
