package audit

import (
	"context"
	"errors"
	"slices"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/signon"
)

// Reasons beside those of package signon, as the page says them.
const (
	reasonTaken    signon.Reason = "login_taken"
	reasonDisabled signon.Reason = "disabled"
	reasonKind     signon.Reason = "other_kind"
	reasonSlow     signon.Reason = "slow_down"
	reasonStarting signon.Reason = "starting"
	reasonFault    signon.Reason = "fault"
)

func refusedFor(reason signon.Reason, cause error) error {
	return &signon.Refusal{Reason: reason, Cause: cause}
}

// reasonOf is what the page says of an error.
func reasonOf(err error) signon.Reason {
	var refused *signon.Refusal
	switch {
	case errors.As(err, &refused):
		return refused.Reason
	case claimwatch.CodeOf(err) == claimwatch.CodeUnavailable:
		return signon.Away
	}
	return reasonFault
}

// signOnPerson gives the account of somebody who has signed on, as the sign-on says that
// they are now: made at the first time, found by issuer and subject afterwards, never by
// its login. None is for nobody to have: unknown says why.
func (a *Audit) signOnPerson(ctx context.Context, p signon.Person, unknown error) (journal.Person, error) {
	person, known := a.deps.Journal.PersonBySubject(p.Subject)
	switch {
	case unknown != nil && (!known || reasonOf(unknown) != signon.NoRights && reasonOf(unknown) != signon.Contradiction):
		return person, unknown
	case unknown != nil:
		return person, errors.Join(unknown, a.close(ctx, person))
	case !known:
		return a.firstSignOn(ctx, p)
	case !person.Good && !person.Closed:
		return person, refusedFor(reasonDisabled, nil)
	}
	return a.follow(ctx, person, p)
}

var bySignOn = journal.Actor{Key: journal.SystemKey}

// close ends what somebody has whom the sign-on gives nothing any more: sessions, and the
// keys that they have made.
func (a *Audit) close(ctx context.Context, person journal.Person) error {
	if person.Disabled {
		return nil
	}
	after := person.Account
	after.Disabled, after.Epoch = true, after.Epoch+1
	_, err := a.setAccount(ctx, bySignOn, person, after, nil)
	return err
}

func (a *Audit) firstSignOn(ctx context.Context, p signon.Person) (journal.Person, error) {
	made, rights, err := newAccount(p.Login, p.Name, p.Rights)
	if err != nil {
		return journal.Person{}, refusedFor(signon.BadLogin, err)
	}
	made.Subject = p.Subject
	person, err := a.setAccount(ctx, bySignOn, journal.Person{}, made, &rights)
	if claimwatch.CodeOf(err) == claimwatch.CodeInvalid {
		if other, known := a.deps.Journal.PersonBySubject(p.Subject); known {
			return a.follow(ctx, other, p) // the same person twice at once
		}
		return person, refusedFor(reasonTaken, nil) // without the login: logs name nobody
	}
	return person, err
}

// follow brings name and rights to what the sign-on says, and journals what is different.
func (a *Audit) follow(ctx context.Context, person journal.Person, p signon.Person) (journal.Person, error) {
	if (person.Key.InstitutionID != "") != (p.Rights.InstitutionID != "") {
		return person, refusedFor(reasonKind, nil)
	}
	after, rights := person.Account, &p.Rights
	after.Name, after.Disabled = p.Name, false
	had := slices.Sorted(slices.Values(person.Key.Roles))
	if slices.Equal(had, p.Rights.Roles) && person.Key.City == p.Rights.City && person.Key.InstitutionID == p.Rights.InstitutionID {
		rights = nil
	} else {
		rights.SHA256, rights.Label = person.Key.SHA256, person.Key.Label
	}
	if rights == nil && after == person.Account {
		return person, nil
	}
	a.log.Info("the sign-on changes an account", zap.String("account", person.ID), zap.Bool("rights", rights != nil))
	return a.setAccount(ctx, bySignOn, person, after, rights)
}
