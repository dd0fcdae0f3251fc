// Package session is who is signed in now: random tokens in cookies of browsers, of which
// the store has the hash. It knows nothing of accounts but their ids.
package session

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"sync"
	"time"

	"claimwatch"
)

// Session is somebody who has signed in.
type Session struct {
	Hash      string // SHA-256 of the token, hex
	AccountID string
	Epoch     int                // of the account at its beginning: with another one the session is void
	Created   claimwatch.Instant // by the machine's clock, like Seen
	Seen      claimwatch.Instant // about when it was last used
	Ended     bool               // signed out: for ever, whatever else is written
}

// Store keeps sessions. Of what was saved of one, the latest Seen counts, and one Ended is
// enough.
type Store interface {
	SaveSession(ctx context.Context, s Session) error
	// Session gives a session by the hash of its token.
	Session(ctx context.Context, hash string) (s Session, ok bool, err error)
}

// Config is how long sessions last.
type Config struct {
	Lasts time.Duration // from signing in
	Idle  time.Duration // without a call
	Renew time.Duration // how old Seen may become before a call writes it anew: reading costs no writes
	// Remember is how long this process believes what it knows of a session: as long may
	// one live in it that another process has ended.
	Remember time.Duration
}

// Default is a working day, and an hour without a call.
func Default() Config {
	return Config{Lasts: 12 * time.Hour, Idle: time.Hour, Renew: 5 * time.Minute, Remember: 3 * time.Second}
}

// Book is every session.
type Book struct {
	cfg    Config
	store  Store
	now    func() time.Time
	random io.Reader

	mu    sync.Mutex
	known map[string]known // by hash
}

type known struct {
	Session
	at time.Time
}

// mostKnown bounds what a process remembers.
const mostKnown = 10_000

// New makes a book over a store.
func New(cfg Config, store Store, now func() time.Time, random io.Reader) *Book {
	return &Book{cfg: cfg, store: store, now: now, random: random, known: map[string]known{}}
}

// Open begins a session of an account and gives the token of its cookie, which is kept
// nowhere. It is a new one whatever the browser had before.
func (b *Book) Open(ctx context.Context, accountID string, epoch int) (token string, s Session, err error) {
	var secret [32]byte
	if _, err := io.ReadFull(b.random, secret[:]); err != nil {
		return "", s, fmt.Errorf("draw a session: %w", err)
	}
	token = base64.RawURLEncoding.EncodeToString(secret[:])
	now := claimwatch.InstantOf(b.now())
	s = Session{Hash: hashOf(token), AccountID: accountID, Epoch: epoch, Created: now, Seen: now}
	if err := b.store.SaveSession(ctx, s); err != nil {
		return "", s, fmt.Errorf("save session: %w", err)
	}
	return token, s, nil
}

// Lasts says whether the session of a token does. It is no use of it: what goes on without
// its person (a stream) keeps no session alive.
func (b *Book) Lasts(ctx context.Context, token string) (s Session, ok bool, err error) {
	if s, ok, err = b.store.Session(ctx, hashOf(token)); err != nil {
		return s, false, fmt.Errorf("read session: %w", err)
	}
	return s, ok && b.lasts(s, b.now()), nil
}

// Find gives the session of a token while it lasts.
func (b *Book) Find(ctx context.Context, token string) (s Session, ok bool, err error) {
	now, hash := b.now(), hashOf(token)
	b.mu.Lock()
	cached, remembered := b.known[hash]
	b.mu.Unlock()
	if remembered && now.Sub(cached.at) < b.cfg.Remember {
		return cached.Session, b.lasts(cached.Session, now), nil
	}
	if s, ok, err = b.store.Session(ctx, hash); err != nil {
		return s, false, fmt.Errorf("read session: %w", err)
	}
	if !ok || !b.lasts(s, now) {
		return s, false, nil
	}
	if now.Sub(s.Seen.Time()) >= b.cfg.Renew {
		s.Seen = claimwatch.InstantOf(now)
		if err := b.store.SaveSession(ctx, s); err != nil {
			return s, false, fmt.Errorf("renew session: %w", err)
		}
	}
	b.remember(s, now)
	return s, true, nil
}

// Ends is when a session ends at the latest.
func (b *Book) Ends(s Session) claimwatch.Instant {
	return claimwatch.InstantOf(s.Created.Time().Add(b.cfg.Lasts))
}

// Close ends the session of a token, if there is one.
func (b *Book) Close(ctx context.Context, token string) error {
	s, ok, err := b.store.Session(ctx, hashOf(token))
	if err != nil || !ok {
		return err
	}
	s.Ended = true
	if err := b.store.SaveSession(ctx, s); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	b.remember(s, b.now())
	return nil
}

func (b *Book) lasts(s Session, now time.Time) bool {
	return !s.Ended && now.Sub(s.Created.Time()) < b.cfg.Lasts && now.Sub(s.Seen.Time()) < b.cfg.Idle
}

func (b *Book) remember(s Session, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.known) >= mostKnown {
		clear(b.known)
	}
	b.known[s.Hash] = known{s, now}
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
