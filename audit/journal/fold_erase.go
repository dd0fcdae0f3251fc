package journal

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/rejection"
	"claimwatch/audit/review"
)

// doErase folds the erasure of an entry's data: what somebody wrote or sent, and the
// names of items and of people. Rows of reference tables are facts that rules and lists rest on: a
// row is voided instead.
func (s *State) doErase(c Command, accepted *Accepted) error {
	var p Erasure
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return fmt.Errorf("read erasure: %w", err)
	}
	what, carries := s.ledger.data[p.Seq]
	by, gone := s.ledger.erased[p.Seq]
	switch {
	case !slices.Contains(c.Actor.Roles, claimwatch.RoleAdministrator):
		return claimwatch.Refuse(claimwatch.CodeForbidden, "only an administrator erases: ask one")
	case strings.TrimSpace(c.Reason) == "":
		return claimwatch.Refuse(claimwatch.CodeInvalid, "an erasure needs a reason: say who asked for it, and why")
	case p.Seq < 1 || p.Seq > s.seq:
		return claimwatch.Refuse(claimwatch.CodeNotFound, "there is no entry %d: GET /v1/journal lists them", p.Seq)
	case gone:
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "the data of entry %d is erased already, by entry %d", p.Seq, by)
	case !carries:
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "entry %d carries no data that could be erased", p.Seq)
	}
	switch what.Type {
	case TypeStatement, TypeAppeal:
		accepted.Erased, accepted.Listed = s.eraseStatement(p.Seq)
		for _, r := range accepted.Erased {
			accepted.About = append(accepted.About, r.FindingID)
		}
	case TypeDecision:
		accepted.Listed = s.rejections.EraseNames(what.FindingID)
		accepted.About = []string{what.FindingID}
	case TypeMatter:
		if m, there := s.matters.Erase(p.Seq); there {
			accepted.Matter = &m
		}
	case TypeAttachment:
		accepted.ErasedFile = s.eraseFile(what)
	case TypeAccountSet:
		if err := s.eraseAccount(p.Seq); err != nil {
			return err
		}
	default:
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition,
			"the data of entry %d (%s) is what lists and rules rest on; withdraw a row of a reference table with void", p.Seq, what.Type)
	}
	s.ledger.erased[p.Seq] = accepted.Seq
	accepted.Resealed = s.resealed(accepted.Listed)
	return nil
}

// resealed gives the sealed lists among those whose items changed.
func (s *State) resealed(listed []rejection.Listed) (lists []rejection.RejectedList) {
	among := map[[2]string]bool{}
	for _, item := range listed {
		list := [2]string{item.InstitutionID, item.Month}
		if !among[list] && s.rejections.Sealed(item.InstitutionID, item.Month) {
			lists = append(lists, s.rejections.List(item.InstitutionID, item.Month))
		}
		among[list] = true
	}
	return lists
}

// eraseStatement takes the text of a statement or an appeal out of every review that
// has it, for an inherited notice brings the statements of the finding before with it,
// and off the lists that quote it.
func (s *State) eraseStatement(seq uint64) (changed []review.Review, listed []rejection.Listed) {
	var findings []string
	var institution, text string
	for _, id := range slices.Sorted(maps.Keys(s.reviews)) {
		if who, said, there := s.reviews[id].Erase(seq); there {
			institution, text = who, said
			changed, findings = append(changed, *s.reviews[id]), append(findings, id)
		}
	}
	if len(findings) > 0 {
		listed = s.rejections.EraseStatement(findings, institution, text)
	}
	return changed, listed
}

// eraseFile takes an attachment from the institution that sent it, and gives its hash
// when nobody has it any more: then its bytes go.
func (s *State) eraseFile(what datum) string {
	known := s.attached[what.SHA256]
	if known == nil {
		return ""
	}
	known.owners = slices.DeleteFunc(known.owners, func(owner string) bool { return owner == what.InstitutionID })
	if len(known.owners) > 0 {
		return ""
	}
	delete(s.attached, what.SHA256)
	return what.SHA256
}
