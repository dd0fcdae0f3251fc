package key

import (
	"crypto/subtle"

	"claimwatch"
)

// State is every key that is good, and those that were revoked. The zero State
// knows none.
type State struct {
	byHash  map[string]Key
	byID    map[string]string // id to hash, of the same
	revoked map[string]bool   // by hash: a revoked key never comes back
	tables  map[string]string // hash to institution, from the table institutions
	owners  map[string]string // institution to hash, the same the other way
}

// Add takes a new key. The same key with the same rights again is no change;
// with other rights it is refused, because a key is a person.
func (s *State) Add(k Key) error {
	if err := k.Check(); err != nil {
		return err
	}
	if s.revoked[k.SHA256] {
		return claimwatch.Refuse(claimwatch.CodeInvalid, "key %s was revoked: make a new one", ID(k.SHA256))
	}
	if _, taken := s.byHash[k.SHA256]; taken || s.tables[k.SHA256] != "" {
		return claimwatch.Refuse(claimwatch.CodeInvalid, "key %s exists already", ID(k.SHA256))
	}
	if s.byHash == nil {
		s.byHash, s.byID = map[string]Key{}, map[string]string{}
	}
	s.byHash[k.SHA256], s.byID[ID(k.SHA256)] = k, k.SHA256
	return nil
}

// Change gives a key other rights: an account's, whose person gets another task. The key
// stays the same person.
func (s *State) Change(k Key) error {
	if err := k.Check(); err != nil {
		return err
	}
	if _, good := s.byHash[k.SHA256]; !good {
		return claimwatch.Refuse(claimwatch.CodeNotFound, "there is no key %s", ID(k.SHA256))
	}
	s.byHash[k.SHA256] = k
	return nil
}

// ByID gives a good key of the journal.
func (s *State) ByID(id string) (Key, bool) {
	k, good := s.byHash[s.byID[id]]
	return k, good
}

// Caller is who the person of a good key of the journal is.
func (s *State) Caller(id string) (claimwatch.Caller, bool) {
	k, ok := s.ByID(id)
	if !ok {
		return claimwatch.Caller{}, false
	}
	return s.callerOf(k)
}

// callerOf is who comes with a key: of a key of a person that person, while the person's
// own key is good.
func (s *State) callerOf(k Key) (claimwatch.Caller, bool) {
	if k.Person == "" {
		return k.caller(), true
	}
	person, good := s.ByID(k.Person)
	if !good || person.Person != "" {
		return claimwatch.Caller{}, false
	}
	return person.caller(), true
}

// Revoke ends a key, named by its id.
func (s *State) Revoke(id string) (Key, error) {
	k, good := s.ByID(id)
	if !good {
		return Key{}, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no key %s", id)
	}
	delete(s.byHash, k.SHA256)
	delete(s.byID, id)
	if s.revoked == nil {
		s.revoked = map[string]bool{}
	}
	s.revoked[k.SHA256] = true
	return k, nil
}

// SetInstitution takes the key_sha256 that the table institutions names for an
// institution; empty when it names none any more.
func (s *State) SetInstitution(institution, hash string) {
	if s.tables == nil {
		s.tables, s.owners = map[string]string{}, map[string]string{}
	}
	if old := s.owners[institution]; s.tables[old] == institution {
		delete(s.tables, old)
	}
	delete(s.owners, institution)
	if hash != "" {
		s.tables[hash] = institution
		s.owners[institution] = hash
	}
}

// Owner is the institution to which a key hash belongs, by table or journal; ""
// for none. Of two institutions only one may have it.
func (s *State) Owner(hash string) string {
	if owner := s.tables[hash]; owner != "" {
		return owner
	}
	return s.byHash[hash].InstitutionID
}

// Has says whether the key with this hash is good.
func (s *State) Has(hash string) bool {
	_, ok := s.byHash[hash]
	return ok
}

// Authenticate finds the caller of a token. It compares hashes, so that its
// time tells nothing about keys that exist.
func (s *State) Authenticate(token string) (claimwatch.Caller, bool) {
	hash := Hash(token)
	k, ok := s.byHash[hash]
	if !ok {
		institution := s.tables[hash]
		if institution == "" || s.revoked[hash] {
			return claimwatch.Caller{}, false
		}
		k = Key{SHA256: hash, InstitutionID: institution}
	}
	if subtle.ConstantTimeCompare([]byte(k.SHA256), []byte(hash)) != 1 {
		return claimwatch.Caller{}, false
	}
	return s.callerOf(k)
}

// Tables lists the keys that the table institutions names and that are good, in no order.
func (s *State) Tables() []Key {
	var keys []Key
	for hash, institution := range s.tables {
		if _, twice := s.byHash[hash]; institution != "" && !twice && !s.revoked[hash] {
			keys = append(keys, Key{SHA256: hash, InstitutionID: institution})
		}
	}
	return keys
}

// Keys lists the keys of the journal that are good, in no order.
func (s *State) Keys() []Key {
	keys := make([]Key, 0, len(s.byHash))
	for _, k := range s.byHash {
		keys = append(keys, k)
	}
	return keys
}
