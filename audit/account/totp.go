package account

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // what authenticator programs compute (RFC 6238); an HMAC needs no collision resistance
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"io"
	"net/url"
	"time"
)

// A second factor is a time-based code (RFC 6238) as every authenticator program makes it:
// SHA-1, 6 digits, a new one each 30 seconds.
const (
	factorLen    = 20 // bytes of the secret, RFC 4226 section 4
	factorPeriod = 30 // seconds
	factorDigits = 6
	// factorDrift is how many steps a clock may be off, either way.
	factorDrift = 1
)

var factorText = base32.StdEncoding.WithPadding(base32.NoPadding)

// NewFactor draws the secret of a second factor: base32, 32 characters.
func NewFactor(random io.Reader) (secret string, err error) {
	raw := make([]byte, factorLen)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", fmt.Errorf("draw the secret of a second factor: %w", err)
	}
	return factorText.EncodeToString(raw), nil
}

// CheckFactor says whether a text is the secret of a second factor.
func CheckFactor(secret string) error {
	if raw, err := factorText.DecodeString(secret); err != nil || len(raw) != factorLen {
		return fault("secret", "the secret is that of POST /v1/session/totp: 32 characters of A-Z 2-7")
	}
	return nil
}

// FactorURI is what authenticator programs read from a square code.
func FactorURI(secret, login string) string {
	return "otpauth://totp/" + url.PathEscape("claimwatch:"+login) + "?" + url.Values{"secret": {secret}, "issuer": {"claimwatch"}}.Encode()
}

// FactorStep gives the step of which a code is, now or one step off; ok is false for a
// code that is wrong. Whoever asks must remember the step: a code counts once.
func FactorStep(secret, code string, now time.Time) (step int64, ok bool) {
	raw, err := factorText.DecodeString(secret)
	if err != nil || len(raw) != factorLen || len(code) != factorDigits {
		return 0, false
	}
	at := now.Unix() / factorPeriod
	for s := at - factorDrift; s <= at+factorDrift; s++ {
		if subtle.ConstantTimeCompare([]byte(codeOf(raw, s, factorDigits)), []byte(code)) == 1 {
			step, ok = s, true
		}
	}
	return step, ok
}

// FactorCode is what an authenticator shows for a secret; empty for a text that is none.
func FactorCode(secret string, now time.Time) string {
	raw, err := factorText.DecodeString(secret)
	if err != nil {
		return ""
	}
	return codeOf(raw, now.Unix()/factorPeriod, factorDigits)
}

// codeOf is the code of a step (RFC 4226, section 5.3).
func codeOf(secret []byte, step int64, digits int) string {
	mac := hmac.New(sha1.New, secret)
	_, _ = mac.Write(binary.BigEndian.AppendUint64(nil, uint64(step))) // never fails (hash.Hash)
	sum := mac.Sum(nil)
	number := binary.BigEndian.Uint32(sum[sum[len(sum)-1]&0xf:]) & 0x7fffffff
	most := uint32(1)
	for range digits {
		most *= 10
	}
	return fmt.Sprintf("%0*d", digits, number%most)
}
