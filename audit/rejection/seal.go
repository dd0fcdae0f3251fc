package rejection

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"claimwatch"
)

// Seal fixes the list of an institution and month (YYYY-MM): its items, a number
// that runs by institution and year of sealing, and the hash of its content. It
// stays as it is for ever; what changes afterwards stands on the list of the month
// after it. Months are sealed in their order: illegal_transition for one that is
// sealed already or lies before one, and while an earlier one has open items. by are
// the ids of the keys that closed the month, names what the papers of the list print
// beside codes from now on; nil: what is known whenever they are printed.
func (s *State) Seal(institution, month string, at claimwatch.Instant, by []string, names *Names) (RejectedList, error) {
	if err := s.CheckSeal(institution, month); err != nil {
		return RejectedList{}, err
	}
	h := s.house(institution)
	claims := h.openClaims(month)
	list := newList(institution, month, h.items(claims))
	year := at.Day().String()[:4]
	number := fmt.Sprintf("%s-%04d", year, h.numbers[year]+1)
	list.Number, list.Sealed, list.SealedAt, list.SealedBy = &number, true, &at, slices.Clone(by)
	list.Names = names
	sum, err := contentSHA256(list)
	if err != nil {
		return RejectedList{}, err
	}
	list.SHA256 = sum
	h.numbers[year]++
	h.revision++
	h.sealed[month], h.last = list, month
	for _, c := range claims {
		c.sealed, c.number = c.taken, number
		delete(h.open, c)
	}
	return s.List(institution, month), nil
}

// CheckSeal says why the list of an institution and month cannot be sealed now; nil
// when it can.
func (s *State) CheckSeal(institution, month string) error {
	h := s.houses[institution]
	switch {
	case h == nil:
		return nil
	case s.Sealed(institution, month):
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition,
			"the rejected-fee list of %s for %s is sealed as number %s: what changes now stands on the list of %s",
			institution, month, *h.sealed[month].Number, following(h.last))
	case month <= h.last:
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition,
			"%s of %s is closed with %s: what was rejected of it since stands on the list of %s", month, institution, h.last, following(h.last))
	}
	for c := range h.open {
		if other := h.month(h.lines[c.part.Charge.Line()].month); other < month {
			return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "the list of %s for an earlier month has items: seal %s first", institution, h.earliest())
		}
	}
	return nil
}

// earliest is the first month that has open items.
func (h *house) earliest() string {
	first := ""
	for c := range h.open {
		if month := h.month(h.lines[c.part.Charge.Line()].month); first == "" || month < first {
			first = month
		}
	}
	return first
}

// Sealed says whether the list of an institution and month is sealed.
func (s *State) Sealed(institution, month string) bool {
	h := s.houses[institution]
	if h == nil {
		return false
	}
	_, sealed := h.sealed[month]
	return sealed
}

// contentSHA256 is the hash of a list's JSON without sha256 and without the texts
// of the hospital, item_name (empty) and statement (left out): they stand beside the
// journal's chain and may be erased, and the fold of a log without them must give
// the same hash. Their own hashes are in the chain.
func contentSHA256(list RejectedList) (string, error) {
	list.Items, list.SHA256 = slices.Clone(list.Items), ""
	for i := range list.Items {
		list.Items[i].ItemName, list.Items[i].Statement = "", ""
	}
	raw, err := json.Marshal(list)
	if err != nil {
		return "", fmt.Errorf("write list: %w", err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}
