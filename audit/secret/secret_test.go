package secret

import (
	"errors"
	"strings"
	"testing"
)

func box(t *testing.T, key []byte, purpose string) *Box {
	t.Helper()
	b, err := New(key, purpose)
	if err != nil {
		t.Fatalf("New() error:\n%+v", err)
	}
	return b
}

// A text is opened by whoever has the key, for the same purpose and owner, unchanged.
func TestBox(t *testing.T) {
	key := NewKey()
	b := box(t, key, "totp")
	closed := b.Close("wang", []byte("JBSWY3DP"))
	if again := b.Close("wang", []byte("JBSWY3DP")); again == closed || strings.Contains(closed, "JBSWY3DP") {
		t.Errorf("closed twice: %s, %s", closed, again)
	}
	if plain, err := box(t, key, "totp").Open("wang", closed); string(plain) != "JBSWY3DP" || err != nil {
		t.Errorf("Open() = %q, %v", plain, err)
	}
	for name, open := range map[string]func() ([]byte, error){
		"another owner":   func() ([]byte, error) { return b.Open("li", closed) },
		"another purpose": func() ([]byte, error) { return box(t, key, "cookie").Open("wang", closed) },
		"another key":     func() ([]byte, error) { return box(t, NewKey(), "totp").Open("wang", closed) },
		"changed":         func() ([]byte, error) { return b.Open("wang", strings.Replace(closed, closed[10:11], "_", 1)+"A") },
		"short":           func() ([]byte, error) { return b.Open("wang", closed[:12]) },
		"nothing":         func() ([]byte, error) { return b.Open("wang", "") },
		"plain":           func() ([]byte, error) { return b.Open("wang", "JBSWY3DP") },
	} {
		if plain, err := open(); !errors.Is(err, ErrClosed) || plain != nil {
			t.Errorf("%s: Open() = %q, %v", name, plain, err)
		}
	}
	for _, wrong := range []string{"", "zz", strings.Repeat("a", 62)} {
		if _, err := New([]byte(wrong), "totp"); err == nil {
			t.Errorf("New(%q) makes a box", wrong)
		}
	}
}
