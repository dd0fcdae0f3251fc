package journal

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/review"
)

// doErase folds the erasure of an entry's data. Only texts that somebody wrote go:
// rows of reference tables are facts that rules and lists rest on (a row is voided
// instead), and the names of items stand on rejected-fee lists, which are exported
// byte for byte. Statements, appeals and attached files may go.
func (s *State) doErase(c Command, accepted *Accepted) error {
	var p Erasure
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return fmt.Errorf("read erasure: %w", err)
	}
	what, carries := s.ledger.data[p.Seq]
	_, gone := s.ledger.erased[p.Seq]
	switch {
	case !slices.Contains(c.Actor.Roles, claimwatch.RoleAdministrator):
		return claimwatch.Refuse(claimwatch.CodeForbidden, "only an administrator erases: ask one")
	case strings.TrimSpace(c.Reason) == "":
		return claimwatch.Refuse(claimwatch.CodeInvalid, "an erasure needs a reason: say who asked for it, and why")
	case p.Seq < 1 || p.Seq > s.seq:
		return claimwatch.Refuse(claimwatch.CodeNotFound, "there is no entry %d: GET /v1/journal lists them", p.Seq)
	case gone:
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "the data of entry %d is erased already, by entry %d", p.Seq, s.ledger.erased[p.Seq])
	case !carries:
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "entry %d carries no data that could be erased", p.Seq)
	case what != TypeStatement && what != TypeAppeal && what != TypeAttachment:
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition,
			"the data of entry %d (%s) is what lists and rules rest on; withdraw a row of a reference table with void", p.Seq, what)
	}
	s.ledger.erased[p.Seq] = accepted.Seq
	accepted.Gone = s.eraseFile(p.Seq)
	accepted.Erased = s.eraseStatement(p.Seq, accepted)
	for _, r := range accepted.Erased {
		accepted.About = append(accepted.About, r.FindingID)
	}
	return nil
}

// eraseStatement takes the text of a statement out of every review that has it: an
// inherited notice brings the statements of the finding before with it.
// Lists show its beginning, sealed ones too: there it goes as well, and the hash of
// their content, which leaves texts out, stays good.
func (s *State) eraseStatement(seq uint64, accepted *Accepted) []review.Review {
	var changed []review.Review
	for _, id := range slices.Sorted(maps.Keys(s.reviews)) {
		r := s.reviews[id]
		if !r.Erase(seq) {
			continue
		}
		changed = append(changed, *r)
		for _, e := range r.History {
			if e.Entry == seq && e.Action == claimwatch.ActionExplain {
				listed, sealed := s.rejections.Forget(id, e.Institution)
				accepted.Listed, accepted.Resealed = append(accepted.Listed, listed...), append(accepted.Resealed, sealed...)
			}
		}
	}
	return changed
}

// eraseFile takes an attachment away, given by its entry, and says which bytes
// nobody has any more; "" while another side has sent the same file.
func (s *State) eraseFile(seq uint64) string {
	for sum, known := range s.attached {
		for owner, entry := range known.owners {
			if entry != seq {
				continue
			}
			if delete(known.owners, owner); len(known.owners) > 0 {
				return ""
			}
			delete(s.attached, sum)
			return sum
		}
	}
	return ""
}
