package journal

import (
	"encoding/json"
	"fmt"

	"claimwatch"
	"claimwatch/audit/entitlement"
	"claimwatch/audit/term"
)

// TypeEntitlementAsked says that somebody asks what a person is entitled to
// (entitlement.Ask). It is written before the answer is given.
const TypeEntitlementAsked Type = "entitlement_asked"

// doEntitlement folds a question about a person. One that is not answered is an
// entry too: who looks for persons is seen.
func (s *State) doEntitlement(c Command, seq uint64, answer *Answer) error {
	var ask entitlement.Ask
	if err := json.Unmarshal(c.Payload, &ask); err != nil {
		return fmt.Errorf("read question about a person: %w", err)
	}
	most := s.policies.Number(claimwatch.PolicyOpeningsADay, s.institutions[ask.InstitutionID].City, c.At.Day())
	asked, err := s.entitlements.Decide(ask, entitlement.Asker{
		Key: c.Actor.Key, InstitutionID: c.Actor.InstitutionID, At: c.At, Seq: seq,
	}, most)
	if err != nil {
		return err
	}
	s.entitlements.Apply(asked)
	answer.Granted = asked.Granted
	return nil
}

// Asked lists who has asked what a person is entitled to, in the order of the journal.
func (j *Journal) Asked(person string) []entitlement.Asked {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.entitlements.Of(person)
}

// EmergencyPapers is until when the formalities of an emergency that is admitted on a
// day are made up (Shanxi Art. 26), by the calendar as it is loaded.
func (j *Journal) EmergencyPapers(admitted claimwatch.Day) term.Deadline {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.calendar.EmergencyPapers(admitted)
}
