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

// Set takes an account as it is from now on; new, or the same person with other data. A
// login belongs to one person, and does so for ever once it stood in the journal: who
// did what must not change its meaning.
func (s *State) Set(a Account) error {
	if err := a.Check(); err != nil {
		return err
	}
	if owner, taken := s.byLogin[a.Login]; taken && owner != a.ID {
		return fault("login", "the login "+a.Login+" belongs to somebody else: choose another")
	}
	if before, known := s.byID[a.ID]; known && a.Since < before.Since {
		return claimwatch.Refuse(claimwatch.CodeChanged, "the account was changed meanwhile: look at it again")
	}
	if s.byID == nil {
		s.byID, s.byLogin = map[string]Account{}, map[string]string{}
	}
	s.byID[a.ID], s.byLogin[a.Login] = a, a.ID
	return nil
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
	return a, ok && a.Login == normal
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
	slices.SortFunc(all, func(a, b Account) int { return cmp.Compare(a.Login, b.Login) })
	return all
}
