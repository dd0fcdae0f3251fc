package account

import (
	"cmp"
	"slices"

	"claimwatch"
)

// State is every account. The zero State has none.
type State struct {
	byID    map[string]Account
	byLogin map[string]string // login to id
}

// Allows says whether an account may be as it is given: well formed, with a login that is
// nobody else's. A login belongs to one person for ever once it stood in the journal: who
// did what must not change its meaning.
func (s *State) Allows(a Account) error {
	if err := a.Check(); err != nil {
		return err
	}
	if owner, taken := s.byLogin[a.Login]; taken && owner != a.ID {
		return fault("login", "the login "+a.Login+" belongs to somebody else: choose another")
	}
	if other, taken := s.BySubject(a.Subject); taken && other.ID != a.ID {
		return fault("subject", "this person of the sign-on has the account "+other.Login)
	}
	if before := s.byID[a.ID]; a.Epoch < before.Epoch {
		return claimwatch.Refuse(claimwatch.CodeChanged, "the account was changed meanwhile: look at it again")
	}
	return nil
}

// Set takes an account as it is from now on; new, or the same person with other data.
func (s *State) Set(a Account) error {
	if err := s.Allows(a); err != nil {
		return err
	}
	if s.byID == nil {
		s.byID, s.byLogin = map[string]Account{}, map[string]string{}
	}
	s.byID[a.ID], s.byLogin[a.Login] = a, a.ID
	return nil
}

// Erase takes everything out of an account by which its person can be known or can sign
// in. Its logins stay nobody else's.
func (s *State) Erase(id string) {
	if a, known := s.byID[id]; known {
		s.byID[id] = Account{ID: id, Disabled: true, Epoch: a.Epoch}
	}
}

// ByLink gives the account whose one-time link has this SHA-256.
func (s *State) ByLink(hash string) (Account, bool) {
	for _, a := range s.byID {
		if hash != "" && a.Link == hash {
			return a, true
		}
	}
	return Account{}, false
}

// ByID gives the account of a person.
func (s *State) ByID(id string) (Account, bool) {
	a, ok := s.byID[id]
	return a, ok
}

// ByLogin gives the account with this login, in whatever case it is typed.
func (s *State) ByLogin(login string) (Account, bool) {
	normal, _ := Normal(login)
	a, ok := s.byID[s.byLogin[normal]]
	return a, ok && a.Login == normal && normal != ""
}

// BySubject gives the account of a person of the agency's sign-on.
func (s *State) BySubject(subject string) (Account, bool) {
	for _, a := range s.byID {
		if subject != "" && a.Subject == subject {
			return a, true
		}
	}
	return Account{}, false
}

// All lists every account by login.
func (s *State) All() []Account {
	all := make([]Account, 0, len(s.byID))
	for _, a := range s.byID {
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b Account) int { return cmp.Or(cmp.Compare(a.Login, b.Login), cmp.Compare(a.ID, b.ID)) })
	return all
}
