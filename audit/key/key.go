package key

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"claimwatch"
)

const (
	prefix   = "cw_"
	idDigits = 16
)

var (
	hashForm        = regexp.MustCompile(`^[0-9a-f]{64}$`)
	personForm      = regexp.MustCompile(`^[0-9a-f]{16}$`)
	institutionForm = regexp.MustCompile(`^[A-Za-z0-9._:-]{1,64}$`)
)

// New makes a key from 32 random bytes of random.
func New(random io.Reader) (token string, err error) {
	var secret [32]byte
	if _, err := io.ReadFull(random, secret[:]); err != nil {
		return "", fmt.Errorf("draw key: %w", err)
	}
	return prefix + base64.RawURLEncoding.EncodeToString(secret[:]), nil
}

// Hash is what is kept of a key: 64 hex digits.
func Hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// ID names a key by its hash.
func ID(hash string) string { return hash[:min(idDigits, len(hash))] }

// Key is a key as the journal knows it.
type Key struct {
	SHA256        string                  `json:"key_sha256"`
	InstitutionID string                  `json:"institution_id,omitempty"`
	Roles         []claimwatch.CallerRole `json:"roles,omitempty"`
	Label         string                  `json:"label,omitempty"`
	City          string                  `json:"city,omitempty"` // of a city's agency; empty: of the province
	// Person is the id of an account: then the key is another way for that person to come,
	// with the person's rights and under the person's id. A key is a person, not the other
	// way round: nobody is maker and checker with two keys.
	Person string `json:"person,omitempty"`
}

// Check says whether the key is well formed: a hash, and either an institution
// or roles of the agency.
func (k Key) Check() error {
	if !hashForm.MatchString(k.SHA256) {
		return fault("key_sha256", claimwatch.CodeFormat, "key_sha256 is 64 lower-case hex digits")
	}
	if k.Person != "" {
		return k.checkPerson()
	}
	if (k.InstitutionID != "") == (len(k.Roles) > 0) {
		return fault("roles", claimwatch.CodeMissing, "a key has either institution_id or roles")
	}
	if k.InstitutionID != "" && !institutionForm.MatchString(k.InstitutionID) {
		return fault("institution_id", claimwatch.CodeFormat, "institution_id is 1-64 of A-Za-z0-9._:-")
	}
	if k.City != "" && len(k.Roles) == 0 {
		return fault("city", claimwatch.CodeInvalid, "an institution's key has no city: the institution has one")
	}
	for _, role := range k.Roles {
		if !slices.Contains(claimwatch.StaffRoles(), role) {
			return fault("roles", claimwatch.CodeRange, "roles are "+roleNames())
		}
	}
	return nil
}

// checkPerson says whether a key of a person is well formed: its rights are the person's.
func (k Key) checkPerson() error {
	switch {
	case !personForm.MatchString(k.Person):
		return fault("account", claimwatch.CodeFormat, "an account is named by 16 hex digits")
	case k.InstitutionID != "" || len(k.Roles) > 0 || k.City != "":
		return fault("account", claimwatch.CodeInvalid, "a key of an account has the account's rights: leave out institution_id, roles and city")
	}
	return nil
}

func (k Key) caller() claimwatch.Caller {
	c := claimwatch.Caller{KeyID: ID(k.SHA256), Roles: slices.Clone(k.Roles), InstitutionID: k.InstitutionID, City: k.City}
	if k.InstitutionID != "" {
		c.Roles = []claimwatch.CallerRole{claimwatch.RoleHospital}
	}
	return c
}

func roleNames() string {
	var names []string
	for _, role := range claimwatch.StaffRoles() {
		names = append(names, string(role))
	}
	return strings.Join(names, ", ")
}

func fault(field string, code claimwatch.Code, message string) error {
	return &claimwatch.Error{
		Code: claimwatch.CodeInvalid, Field: field, Message: message,
		Faults: []claimwatch.Fault{{Column: field, Code: code, Message: message}},
	}
}
