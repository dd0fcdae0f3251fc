package journal

import (
	"claimwatch"
	"claimwatch/audit/account"
	"claimwatch/audit/key"
)

// Person is an account with its rights.
type Person struct {
	account.Account
	Revision int     // entries about it
	Key      key.Key // its rights; the zero Key when they were revoked
	Good     bool    // neither disabled nor revoked: it may sign in
	Closed   bool    // disabled by the sign-on, which gave it nothing any more
}

// Person gives the account with this id.
func (j *Journal) Person(id string) (Person, bool) {
	return j.person(func(s *account.State) (account.Account, bool) { return s.ByID(id) })
}

// PersonByLogin gives the account with this login.
func (j *Journal) PersonByLogin(login string) (Person, bool) {
	return j.person(func(s *account.State) (account.Account, bool) { return s.ByLogin(login) })
}

// PersonByLink gives the account whose one-time link has this SHA-256.
func (j *Journal) PersonByLink(hash string) (Person, bool) {
	return j.person(func(s *account.State) (account.Account, bool) { return s.ByLink(hash) })
}

// PersonBySubject gives the account of a person of the agency's sign-on.
func (j *Journal) PersonBySubject(subject string) (Person, bool) {
	return j.person(func(s *account.State) (account.Account, bool) { return s.BySubject(subject) })
}

func (j *Journal) person(find func(*account.State) (account.Account, bool)) (Person, bool) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	a, known := find(&j.state.accounts.State)
	if !known {
		return Person{}, false
	}
	return j.state.person(a), true
}

// People lists every account by login.
func (j *Journal) People() []Person {
	j.mu.RLock()
	defer j.mu.RUnlock()
	all := j.state.accounts.All()
	people := make([]Person, len(all))
	for i, a := range all {
		people[i] = j.state.person(a)
	}
	return people
}

func (s *State) person(a account.Account) Person {
	rights, good := s.keys.ByID(a.ID)
	return Person{Account: a, Revision: len(s.accounts.entries[a.ID]), Key: rights, Good: good && !a.Disabled, Closed: s.accounts.closed[a.ID]}
}

// Caller is who somebody is that has signed in: what the key of their account may do now.
// ok is false for an account that is disabled, or whose key was revoked.
func (j *Journal) Caller(accountID string) (caller claimwatch.Caller, ok bool) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	a, known := j.state.accounts.ByID(accountID)
	caller, ok = j.state.keys.Caller(accountID)
	if !known || a.Disabled || !ok {
		return claimwatch.Caller{}, false
	}
	return j.placed(caller), true
}

// placed gives a caller of a city the institutions that it sees.
func (j *Journal) placed(caller claimwatch.Caller) claimwatch.Caller {
	if caller.City != "" {
		caller.Jurisdiction = func(institution string) bool {
			known, _ := j.Institution(institution)
			return known.City == caller.City
		}
	}
	return caller
}
