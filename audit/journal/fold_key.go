package journal

import (
	"encoding/json"
	"fmt"

	"claimwatch"
	"claimwatch/audit/key"
)

// KnownKey is a bearer key with its life.
type KnownKey struct {
	key.Key
	ID string
	// Table says that the table institutions names it: it comes and goes with its row.
	Table     bool
	CreatedAt claimwatch.Instant  // 0 for one of the table
	RevokedAt *claimwatch.Instant // nil while it is good
}

func (s *State) doKeyAdd(c Command, accepted *Accepted) error {
	var k key.Key
	if err := json.Unmarshal(c.Payload, &k); err != nil {
		return fmt.Errorf("read key: %w", err)
	}
	if k.Person != "" {
		if err := s.mayHaveKey(c.Actor, k.Person); err != nil {
			return err
		}
	}
	if err := s.keys.Add(k); err != nil {
		return err
	}
	if s.knownKeys == nil {
		s.knownKeys = map[string]KnownKey{}
	}
	s.knownKeys[key.ID(k.SHA256)] = KnownKey{Key: k, ID: key.ID(k.SHA256), CreatedAt: c.At}
	accepted.Key = &k
	return nil
}

// mayHaveKey says whether somebody may make a key of an account. Only the account's own
// person: whoever holds such a key acts as that person, and an administrator who could
// make one for others would decide in their names.
func (s *State) mayHaveKey(actor Actor, person string) error {
	a, known := s.accounts.ByID(person)
	switch {
	case actor.Key != person:
		return claimwatch.Refuse(claimwatch.CodeForbidden, "people make the keys of their accounts themselves: nobody else may act in their name")
	case !known || a.Disabled:
		return claimwatch.Refuse(claimwatch.CodeNotFound, "there is no account %s that may sign in", person)
	}
	return nil
}

func (s *State) doKeyRevoke(c Command, accepted *Accepted) error {
	var p KeyRevocation
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return fmt.Errorf("read revocation: %w", err)
	}
	k, err := s.keys.Revoke(p.KeyID)
	if err != nil {
		return err
	}
	if known, bearer := s.knownKeys[p.KeyID]; bearer {
		known.RevokedAt = &c.At
		s.knownKeys[p.KeyID] = known
	}
	accepted.Key, accepted.Revoked = &k, true
	return nil
}
