package account

import (
	"crypto/rand"
	"net/url"
	"strings"
	"testing"
	"time"
)

// The vectors of RFC 6238, appendix B, for SHA-1.
func TestCodesOfTheRFC(t *testing.T) {
	for at, want := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	} {
		if got := codeOf([]byte("12345678901234567890"), at/factorPeriod, 8); got != want {
			t.Errorf("at %d the code is %s, want %s", at, got, want)
		}
	}
}

// A code is good in its step and the ones beside it.
func TestFactorStep(t *testing.T) {
	secret := factorText.EncodeToString([]byte("12345678901234567890"))
	const code = "287082" // of step 1: seconds 30 to 59
	for at, ok := range map[int64]bool{0: true, 29: true, 30: true, 59: true, 60: true, 89: true, 90: false, 120: false} {
		if step, good := FactorStep(secret, code, time.Unix(at, 0)); good != ok || good && step != 1 {
			t.Errorf("second %d: %d, %v", at, step, good)
		}
	}
	for _, wrong := range []string{"", "287083", "94287082", " 287082", "２87082"} {
		if _, good := FactorStep(secret, wrong, time.Unix(59, 0)); good {
			t.Errorf("%q is taken", wrong)
		}
	}
	if _, good := FactorStep("", codeOf(nil, 1, factorDigits), time.Unix(59, 0)); good {
		t.Error("without a secret a code is taken")
	}
}

func TestNewFactor(t *testing.T) {
	one, err := NewFactor(rand.Reader)
	if err != nil || len(one) != 32 || CheckFactor(one) != nil {
		t.Fatalf("NewFactor() = %q, %v", one, err)
	}
	if two, _ := NewFactor(rand.Reader); two == one {
		t.Error("two secrets are the same")
	}
	if _, err := NewFactor(strings.NewReader("short")); err == nil {
		t.Error("NewFactor() without random")
	}
	for _, wrong := range []string{"", "AAAA", strings.ToLower(one), one + "AAAAAAAA", one[:31] + "1"} {
		if CheckFactor(wrong) == nil {
			t.Errorf("CheckFactor(%q) takes it", wrong)
		}
	}
	uri, err := url.Parse(FactorURI(one, "wang@x"))
	if err != nil || uri.Scheme != "otpauth" || uri.Path != "/claimwatch:wang@x" || uri.Query().Get("secret") != one || uri.Query().Get("issuer") != "claimwatch" {
		t.Errorf("FactorURI() = %v, %v", uri, err)
	}
}
