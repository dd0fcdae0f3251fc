package session

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"claimwatch"
)

// shelf keeps sessions as the store does, and counts writes.
type shelf struct{ saved []Session }

func (s *shelf) SaveSession(_ context.Context, one Session) error {
	s.saved = append(s.saved, one)
	return nil
}

func (s *shelf) Session(_ context.Context, hash string) (found Session, ok bool, err error) {
	for _, one := range s.saved {
		if one.Hash == hash {
			one.Seen, one.Ended = max(one.Seen, found.Seen), one.Ended || found.Ended
			found, ok = one, true
		}
	}
	return found, ok, nil
}

// desk is a server: a book over a store, with a clock of the test.
type desk struct {
	t   *testing.T
	now *time.Time
	*Book
}

func servers(t *testing.T) (a, b desk, kept *shelf, now *time.Time) {
	t.Helper()
	kept, now = &shelf{}, new(time.Time)
	*now = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	clock := func() time.Time { return *now }
	make := func() desk { return desk{t, now, New(Default(), kept, clock, rand.Reader)} }
	return make(), make(), kept, now
}

func (d desk) in(token string) bool {
	d.t.Helper()
	s, ok, err := d.Find(d.t.Context(), token)
	if err != nil || ok && (s.AccountID != "a" || s.Epoch != 3) {
		d.t.Fatalf("Find() = %+v, %v", s, err)
	}
	return ok
}

func (d desk) open() string {
	d.t.Helper()
	token, _, err := d.Open(d.t.Context(), "a", 3)
	if err != nil {
		d.t.Fatalf("Open() error:\n%+v", err)
	}
	return token
}

func TestIdleAndAge(t *testing.T) {
	a, b, kept, now := servers(t)
	token := a.open()
	if a.in("") || a.in("x") || a.in(kept.saved[0].Hash) || !b.in(token) || strings.Contains(kept.saved[0].Hash, token) {
		t.Error("a session is found by its token, in every process, and by nothing else")
	}
	begun := *now
	for now.Sub(begun) < 12*time.Hour {
		if !a.in(token) {
			t.Fatalf("the session ended after %v, and is used every 59 minutes", now.Sub(begun))
		}
		*now = now.Add(59 * time.Minute)
	}
	if a.in(token) || b.in(token) {
		t.Error("the session is older than 12 hours")
	}
	*now = begun
	token = a.open()
	*now = now.Add(time.Hour - time.Millisecond)
	if !b.in(token) {
		t.Error("the session ended early")
	}
	*now = now.Add(time.Hour)
	if a.in(token) || b.in(token) {
		t.Error("nobody used the session for an hour")
	}
}

// Reading costs no writes, but one every five minutes.
func TestReadingIsCheap(t *testing.T) {
	a, _, kept, now := servers(t)
	token := a.open()
	for range 50 * 60 {
		*now = now.Add(time.Second)
		if !a.in(token) {
			t.Fatal("the session ended")
		}
	}
	if n := len(kept.saved); n > 11 {
		t.Errorf("%d writes for 50 minutes", n)
	}
}

func TestSignedOutEverywhere(t *testing.T) {
	a, b, kept, now := servers(t)
	token, other := a.open(), a.open()
	if !a.in(token) || !b.in(token) {
		t.Fatal("the session has not begun")
	}
	// A renewal that another process writes late does not bring it back.
	late := kept.saved[0]
	late.Seen = claimwatch.InstantOf(now.Add(time.Minute))
	if err := b.Close(t.Context(), token); err != nil {
		t.Fatalf("Close() error:\n%+v", err)
	}
	kept.saved = append(kept.saved, late)
	if b.in(token) || !b.in(other) {
		t.Error("signing out ends one session, at once where it was done")
	}
	*now = now.Add(Default().Remember)
	if a.in(token) {
		t.Error("another process still knows the session after seconds")
	}
	if err := b.Close(t.Context(), "x"); err != nil {
		t.Errorf("Close() of none error:\n%+v", err)
	}
}

func TestTokensAreRandom(t *testing.T) {
	kept := &shelf{}
	b := New(Default(), kept, time.Now, strings.NewReader("short"))
	if token, _, err := b.Open(t.Context(), "a", 0); err == nil || len(kept.saved) > 0 {
		t.Errorf("Open() without random = %q", token)
	}
	a, _, _, _ := servers(t)
	if one := a.open(); len(one) != 43 || one == a.open() {
		t.Errorf("a token is %q", one)
	}
}
