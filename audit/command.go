package audit

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/rejection"
	"claimwatch/audit/review"
)

// decision makes the command of an officer's decision: it is about the facts as
// they are now, of which the caller says that it has seen them.
func (a *Audit) decision(ctx context.Context, caller claimwatch.Caller, id string, body decisionBody) (journal.Command, error) {
	none := journal.Command{}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return none, fmt.Errorf("read clock: %w", err)
	}
	wish := journal.Command{
		Type: journal.TypeDecision, At: at, FindingID: id, ExpectedRevision: &body.ExpectedRevision, Reason: body.Reason,
		Actor: journal.ActorOf(caller),
	}
	if again, answered := a.repeated(ctx, wish, body); answered {
		return again, nil
	}
	held, _, standing, err := a.find(ctx, id, at, caller)
	if err != nil {
		return none, err
	}
	action := claimwatch.Action(body.Action)
	if rejects(action, standing) { // also by confirming what somebody else proposed
		action = claimwatch.ActionReject
	}
	if err := a.refuseTrial(held.Rule, action); err != nil {
		return none, err
	}
	if body.FactsSHA256 != held.Facts {
		return none, claimwatch.Refuse(claimwatch.CodeChanged, "the facts have changed since they were seen: read the finding again")
	}
	if state := shown(held, standing); state == claimwatch.StateRetracted {
		_, err := state.Next(claimwatch.Action(body.Action))
		return none, err
	}
	if err := readableIfAny("reason", body.Reason); err != nil {
		return none, err
	}
	if err := readableIfAny("to", body.To); err != nil {
		return none, err
	}
	if action == claimwatch.ActionRefer {
		if err := a.recused(body.To, review.See(held.Finding)); err != nil {
			return none, err
		}
	}
	payload := journal.Decision{
		Action: claimwatch.Action(body.Action), Finding: review.See(held.Finding), Lines: parts(body.Lines), DueOn: body.DueOn, To: body.To,
		Procedure: review.Procedure,
	}
	var names []byte
	if rejects(payload.Action, standing) {
		payload.Rank = slices.Index(a.deps.Order(), held.Rule) + 1
		if payload.Charges, names, err = a.charges(ctx, at, held.Lines); err != nil {
			return none, err
		}
	}
	return command(ctx, wish, body, payload, names)
}

// recused refuses to refer a finding to an expert of the register who has an interest
// in an institution that it concerns, or who is not in the pool any more (Art. 3, 13, 32).
func (a *Audit) recused(to string, seen *review.Seen) error {
	for _, m := range a.deps.Journal.Matters("expert", "", 0) {
		if m.ID != to && m.Number != to {
			continue
		}
		if m.State != "active" {
			return invalid("to", m.Number+" is not in the pool any more: name another expert")
		}
		for _, institution := range nonEmpty(strings.Split(m.Fields["conflicts"], ";")...) {
			if seen.Concerns(institution) {
				return invalid("to", m.Number+" has an interest in "+institution+" and is recused: name another expert")
			}
		}
	}
	return nil
}

// rejects says whether a decision may put lines on a list: a rejection, or its
// confirmation.
func rejects(action claimwatch.Action, standing journal.Standing) bool {
	return action == claimwatch.ActionReject ||
		action == claimwatch.ActionConfirm && standing.Proposed != nil && standing.Proposed.Action == claimwatch.ActionReject
}

// charges reads the violating lines as they were charged. The names of items
// are the hospital's text and go beside the chain.
func (a *Audit) charges(ctx context.Context, at claimwatch.Instant, lines []claimwatch.Line) ([]rejection.Charge, []byte, error) {
	var violating []claimwatch.Line
	for _, line := range lines {
		if line.Role == claimwatch.Violating && line.Amount > 0 {
			violating = append(violating, line)
		}
	}
	if len(violating) == 0 {
		return nil, nil, nil
	}
	facts, err := a.deps.Lines(ctx, at, violating)
	if err != nil {
		return nil, nil, fmt.Errorf("read %d lines: %w", len(violating), err)
	}
	charges, names := make([]rejection.Charge, len(violating)), make([]string, len(violating))
	for i, line := range violating {
		if i >= len(facts) || !facts[i].Found {
			return nil, nil, claimwatch.Refuse(claimwatch.CodeChanged,
				"line %s does not exist any more: the finding is about to change, read it again", line.RecordID)
		}
		f := facts[i]
		charges[i] = rejection.Charge{
			Kind: line.Kind, InstitutionID: line.InstitutionID, RecordID: line.RecordID, Revision: f.Revision, PersonID: f.PersonID,
			StayID: f.StayID, OccurredAt: f.OccurredAt, ItemCode: f.ItemCode, Net: f.Net,
		}
		names[i] = f.ItemName
	}
	data, err := json.Marshal(names)
	if err != nil {
		return nil, nil, fmt.Errorf("write names of items: %w", err)
	}
	return charges, data, nil
}

// repeated gives a wish that the journal has answered before, under the same Idempotency-Key:
// who asks again, because the answer was lost, is told the same whatever has changed since.
// Checks of what is there now are not for it.
func (a *Audit) repeated(ctx context.Context, c journal.Command, request any) (journal.Command, bool) {
	again, err := command(ctx, c, request, nil, nil)
	return again, err == nil && a.deps.Journal.Answered(again.ID)
}

// command completes a command: an id that is the same when the same wish comes
// again under one Idempotency-Key, and what was asked, to tell it from another
// wish under that key.
func command(ctx context.Context, c journal.Command, request, payload any, data []byte) (journal.Command, error) {
	asked, err := json.Marshal(request)
	if err != nil {
		return c, fmt.Errorf("write request: %w", err)
	}
	sum := sha256.Sum256(asked)
	c.Request = hex.EncodeToString(sum[:])
	if wish, sent := claimwatch.CommandKey(ctx); sent {
		c.ID = journal.CommandID(wish, string(c.Type), c.FindingID)
	} else {
		c.ID = journal.CommandID(rand.Text())
	}
	return journal.NewCommand(c, payload, data)
}
