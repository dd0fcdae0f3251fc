package audit

import (
	"context"
	"fmt"

	"claimwatch"
	"claimwatch/audit/journal"
)

// Step is a step of what two persons do. Without an action it is confirm when a
// proposal stands, which a second person must, else propose.
type Step struct {
	Action   string `json:"action,omitempty" enum:"propose,confirm,withdraw" doc:"without it confirm when a proposal stands, which a second person must, else propose"`
	Proposal uint64 `json:"proposal,omitempty" doc:"confirm: journal entry of the proposal as seen; 409 changed when it was replaced"`
	Reason   string `json:"reason,omitempty" maxLength:"4000"`
}

// twoPersons are the commands of what one person proposes and a second confirms.
type twoPersons struct{ propose, confirm journal.Type }

// moneyWish reads what a caller wants of what two persons do for an institution;
// proposedBy is whose proposal stands, empty for none.
func (a *Audit) moneyWish(
	ctx context.Context, two twoPersons, institution string, body *Step, proposedBy string,
) (caller claimwatch.Caller, wish Step, err error) {
	if body != nil {
		wish = *body
	}
	if wish.Action == "" {
		wish.Action = a.meant(ctx, two, proposedBy)
	}
	roles := clerks
	if wish.Action == actionConfirm {
		roles = second
	}
	if caller, err = claimwatch.CallerWith(ctx, roles...); err != nil {
		return caller, wish, err
	}
	if _, err := house(caller, institution); err != nil {
		return caller, wish, err
	}
	return caller, wish, readableIfAny("reason", wish.Reason)
}

// meant is the action of a step that names none. One that was answered before under the
// same Idempotency-Key means what it meant then, when other proposals stood.
func (a *Audit) meant(ctx context.Context, two twoPersons, proposedBy string) string {
	if wish, sent := claimwatch.CommandKey(ctx); sent {
		switch answered := a.deps.Journal.Answered; {
		case answered(journal.CommandID(wish, string(two.propose), "")):
			return actionPropose
		case answered(journal.CommandID(wish, string(two.confirm), "")):
			return actionConfirm
		}
	}
	if proposedBy != "" {
		return actionConfirm
	}
	return actionPropose
}

// moneyStep sends a command about money. What is asked, for telling a repeat from
// another wish, is the caller's wish and what it is about, never what was worked out.
func (a *Audit) moneyStep(ctx context.Context, c journal.Command, wish, payload any, data []byte) error {
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return fmt.Errorf("read clock: %w", err)
	}
	c.At = at
	completed, err := command(ctx, c, wish, payload, data)
	if err == nil {
		_, err = a.deps.Journal.Do(ctx, completed)
	}
	a.count(string(c.Type), err)
	return err
}

// of is the beginning of a command of a caller.
func of(caller claimwatch.Caller, kind journal.Type, reason string) journal.Command {
	return journal.Command{Type: kind, Actor: journal.ActorOf(caller), Reason: reason}
}
