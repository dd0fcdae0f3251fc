package journal

import (
	"cmp"
	"slices"

	"claimwatch"
	"claimwatch/audit/key"
)

// Authenticate finds the caller of a bearer token. A key of a person who is disabled lets
// nobody in.
func (j *Journal) Authenticate(token string) (claimwatch.Caller, bool) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	caller, ok := j.state.keys.Authenticate(token)
	if a, person := j.state.accounts.ByID(caller.KeyID); person && a.Disabled {
		return claimwatch.Caller{}, false
	}
	return j.placed(caller), ok
}

// Keys lists every bearer key that there was, by id. The keys of accounts are not among
// them: nobody holds their tokens.
func (j *Journal) Keys() []KnownKey {
	j.mu.RLock()
	defer j.mu.RUnlock()
	keys := make([]KnownKey, 0, len(j.state.knownKeys))
	for _, k := range j.state.knownKeys {
		keys = append(keys, j.state.withRights(k))
	}
	for _, k := range j.state.keys.Tables() {
		keys = append(keys, KnownKey{Key: k, ID: key.ID(k.SHA256), Table: true})
	}
	slices.SortFunc(keys, func(a, b KnownKey) int { return cmp.Compare(a.ID, b.ID) })
	return keys
}

// BearerKey gives a key of the journal by its id; ok is false for one of an account itself.
func (j *Journal) BearerKey(id string) (k KnownKey, ok bool) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	k, ok = j.state.knownKeys[id]
	return j.state.withRights(k), ok
}

// withRights gives a key of a person the rights that it has now.
func (s *State) withRights(k KnownKey) KnownKey {
	if k.Person != "" {
		person, _ := s.keys.ByID(k.Person)
		k.InstitutionID, k.Roles, k.City = person.InstitutionID, person.Roles, person.City
	}
	return k
}
