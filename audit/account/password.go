package account

import (
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// The cost of a password: 46 MiB, one pass, one lane (OWASP Password Storage, argon2id).
const (
	memory  = 46 << 10 // KiB
	passes  = 1
	lanes   = 1
	saltLen = 16
	hashLen = 32

	leastPassword = 10
	mostPassword  = 256
)

// encoding is that of PHC strings.
var encoding = base64.RawStdEncoding

// CheckPassword says whether somebody may choose a password: 10 to 256 characters, and
// not the login. No classes of characters are wanted: length is what helps (NIST SP 800-63B).
func CheckPassword(password, login string) error {
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password) || n < leastPassword || n > mostPassword:
		return fault("password", fmt.Sprintf("a password has %d to %d characters: a few words are good", leastPassword, mostPassword))
	case strings.EqualFold(password, login):
		return fault("password", "the password is the login: choose another")
	}
	return nil
}

// Hash is what is kept of a password: a PHC string of argon2id with a salt of random.
func Hash(password string, random io.Reader) (string, error) {
	salt := make([]byte, saltLen)
	if _, err := io.ReadFull(random, salt); err != nil {
		return "", fmt.Errorf("draw salt: %w", err)
	}
	sum := argon2.IDKey([]byte(password), salt, passes, memory, lanes, hashLen)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, passes, lanes, encoding.EncodeToString(salt), encoding.EncodeToString(sum)), nil
}

// cost is what a kept password was hashed with.
type cost struct {
	memory, passes uint32
	lanes          uint8
	salt, sum      []byte
}

// The dearest password that is verified: what somebody put into the log must not stop a
// server.
const (
	mostMemory = 256 << 10
	mostPasses = 10
	mostLanes  = 8
)

func parse(phc string) (c cost, ok bool) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, false
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.lanes); n != 3 || err != nil ||
		parts[3] != fmt.Sprintf("m=%d,t=%d,p=%d", c.memory, c.passes, c.lanes) {
		return c, false
	}
	var bad1, bad2 error
	c.salt, bad1 = encoding.DecodeString(parts[4])
	c.sum, bad2 = encoding.DecodeString(parts[5])
	cheap := c.memory >= 8*uint32(c.lanes) && c.memory <= mostMemory && c.passes >= 1 && c.passes <= mostPasses && c.lanes >= 1 && c.lanes <= mostLanes
	return c, bad1 == nil && bad2 == nil && cheap && len(c.salt) >= 8 && len(c.sum) >= 16 && len(c.sum) <= 64
}

func readable(phc string) bool {
	_, ok := parse(phc)
	return ok
}

// nobody is verified where there is no account or no password, so that the answer takes
// as long: nobody learns which logins there are.
var nobody = cost{memory: memory, passes: passes, lanes: lanes, salt: make([]byte, saltLen), sum: make([]byte, hashLen)}

// Verify says whether a password is the kept one. It takes as long for one that is not
// kept at all, or cannot be read.
func Verify(phc, password string) bool {
	c, ok := parse(phc)
	if !ok {
		c = nobody
	}
	if len(password) > 4*mostPassword {
		password = ""
	}
	sum := argon2.IDKey([]byte(password), c.salt, c.passes, c.memory, c.lanes, uint32(len(c.sum)))
	return subtle.ConstantTimeCompare(sum, c.sum) == 1 && ok
}
