package journal

import (
	"encoding/json"
	"fmt"
	"slices"

	"claimwatch"
	"claimwatch/audit/account"
	"claimwatch/audit/key"
)

// accountBook is who may sign in, with the entries about each.
type accountBook struct {
	account.State
	entries map[string][]uint64 // by account
	of      map[uint64]string   // entry to account
	// closed are those that the sign-on disabled, for it gave them nothing any more: it may
	// let them in again, and nobody whom a person has disabled.
	closed map[string]bool
}

func (b *accountBook) note(id string, seq uint64) {
	if b.entries == nil {
		b.entries, b.of = map[string][]uint64{}, map[uint64]string{}
	}
	b.entries[id] = append(b.entries[id], seq)
	b.of[seq] = id
}

// doAccount folds what becomes of an account. Account and rights come in one entry, so
// that neither is ever without the other.
func (s *State) doAccount(c Command, accepted *Accepted) error {
	var p AccountSet
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return fmt.Errorf("read account_set: %w", err)
	}
	var after account.Account
	if err := json.Unmarshal(c.Data, &after); err != nil {
		return fmt.Errorf("read account: %w", err)
	}
	before, known := s.accounts.ByID(p.AccountID)
	if err := s.checkAccount(c, &p, &before, &after, known); err != nil {
		return err
	}
	if err := s.accounts.Allows(after); err != nil {
		return err
	}
	if p.Key != nil {
		take := s.keys.Change
		if !known {
			take = s.keys.Add
		}
		if err := take(*p.Key); err != nil {
			return err
		}
		accepted.Key = p.Key
	}
	if err := s.accounts.Set(after); err != nil {
		return err // it was allowed above
	}
	s.accounts.note(after.ID, accepted.Seq)
	if before.Disabled != after.Disabled {
		if s.accounts.closed == nil {
			s.accounts.closed = map[string]bool{}
		}
		s.accounts.closed[after.ID] = after.Disabled && c.Actor.Key == SystemKey
	}
	return nil
}

// checkAccount says whether the one who asks may make this change, and whether the entry
// tells all of it.
func (s *State) checkAccount(c Command, p *AccountSet, before, after *account.Account, known bool) error {
	what, rest := account.Changes(before, after), len(s.accounts.entries[p.AccountID])
	if !known {
		what = []string{account.Created}
	} else if p.Key != nil {
		what = append(what, account.Rights)
	}
	switch {
	case c.FindingID != "":
		return claimwatch.Refuse(claimwatch.CodeInvalid, "an account is about no finding")
	case after.ID != p.AccountID || p.Key != nil && (key.ID(p.Key.SHA256) != p.AccountID || p.Key.Person != ""):
		return claimwatch.Refuse(claimwatch.CodeInvalid, "account, rights and data are not of one person")
	case c.ExpectedRevision == nil || *c.ExpectedRevision != rest:
		return claimwatch.Refuse(claimwatch.CodeChanged, "the account was changed meanwhile: look at it again")
	case !known && p.Key == nil:
		return claimwatch.Refuse(claimwatch.CodeInvalid, "a new account needs roles or an institution")
	case len(what) == 0 || !slices.Equal(what, p.What):
		return claimwatch.Refuse(claimwatch.CodeInvalid, "the entry says that %v changes of the account, and that is %v", p.What, what)
	case (after.Epoch != before.Epoch) != (known && voids(what)) || after.Epoch > before.Epoch+1:
		return claimwatch.Refuse(claimwatch.CodeInvalid, "sessions end with a new password, another second factor and when an account is disabled, and by nothing else")
	}
	if c.Actor.Key == SystemKey && after.Subject != "" {
		return s.maySignOn(before, after, known, what)
	}
	return s.mayChange(c.Actor, p, after, what)
}

// voids says whether a change ends the sessions of the account.
func voids(what []string) bool {
	return slices.ContainsFunc(what, func(w string) bool {
		return w == account.Password || w == account.Disabled || w == account.TOTP
	})
}

// Of their own account people change what proves that it is they; everything else is an
// administrator's, of others: nobody gives rights to themselves, and nobody knows or sets
// another's password.
func (s *State) mayChange(actor Actor, p *AccountSet, after *account.Account, what []string) error {
	own := []string{account.Password, account.TOTP, account.Link}
	switch {
	case actor.Key == SystemKey:
		if !slices.Equal(what, []string{account.Created}) || len(s.accounts.entries) > 0 {
			return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "there are accounts already: ask an administrator for one")
		}
	case actor.Key == p.AccountID:
		if slices.ContainsFunc(what, func(w string) bool { return !slices.Contains(own, w) }) || after.Link != "" || after.Disabled {
			return claimwatch.Refuse(claimwatch.CodeForbidden, "of your own account you change the password and the second factor: ask another administrator for the rest")
		}
	case !slices.Contains(actor.Roles, claimwatch.RoleAdministrator) || actor.InstitutionID != "":
		return claimwatch.Refuse(claimwatch.CodeForbidden, "only an administrator changes accounts of others: ask one")
	case slices.Contains(what, account.Password), slices.Contains(what, account.TOTP) && after.TOTP != "",
		slices.Contains(what, account.Created) && (after.Password != "" || after.TOTP != ""):
		return claimwatch.Refuse(claimwatch.CodeForbidden, "people choose their password and second factor themselves: give them a link")
	}
	return nil
}

// maySignOn says what the sign-on of the agency may do: make the account of a person whom
// it knows, and say of that person and no other their name, their rights, and that they
// have none any more. It gives no password, and brings nobody back whom a person has
// disabled.
func (s *State) maySignOn(before, after *account.Account, known bool, what []string) error {
	says := []string{account.Name, account.Rights, account.Disabled, account.Enabled}
	switch {
	case !known && (after.Password != "" || after.TOTP != "" || after.Link != "" || after.Disabled):
		return claimwatch.Refuse(claimwatch.CodeForbidden, "who comes by the sign-on has nothing else to sign in with")
	case !known:
		return nil
	case before.Subject != after.Subject || slices.ContainsFunc(what, func(w string) bool { return !slices.Contains(says, w) }):
		return claimwatch.Refuse(claimwatch.CodeForbidden, "the sign-on says names and rights of its own people, and nothing else")
	case before.Disabled && !s.accounts.closed[before.ID]:
		return claimwatch.Refuse(claimwatch.CodeForbidden, "a person has disabled the account: ask an administrator")
	}
	return nil
}

// eraseAccount says whether the data of an entry about an account may go, and takes it
// out: what a later entry has replaced, or what is left of somebody who is gone.
func (s *State) eraseAccount(seq uint64) error {
	id := s.accounts.of[seq]
	entries := s.accounts.entries[id]
	if entries[len(entries)-1] != seq {
		return nil
	}
	if a, _ := s.accounts.ByID(id); !a.Disabled {
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "the data of entry %d is what account %s is now: disable it first", seq, id)
	}
	s.accounts.Erase(id)
	return nil
}
