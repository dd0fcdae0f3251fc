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
// stays as it is for ever; what changes afterwards stands on the earliest open list
// after it. illegal_transition when it is sealed already. by are the ids of the
// keys that closed the month.
func (s *State) Seal(institution, month string, at claimwatch.Instant, by []string) (RejectedList, error) {
	if s.Sealed(institution, month) {
		return RejectedList{}, claimwatch.Refuse(claimwatch.CodeIllegalTransition,
			"the rejected-fee list of %s for %s is sealed as number %s: what changes now stands on the list of %s",
			institution, month, *s.List(institution, month).Number, s.Month(institution, month))
	}
	h := s.house(institution)
	claims := h.openClaims(month)
	list := newList(institution, month, h.items(claims))
	year := at.Day().String()[:4]
	number := fmt.Sprintf("%s-%04d", year, h.numbers[year]+1)
	list.Number, list.Sealed, list.SealedAt, list.SealedBy = &number, true, &at, slices.Clone(by)
	sum, err := contentSHA256(list)
	if err != nil {
		return RejectedList{}, err
	}
	list.SHA256 = sum
	h.numbers[year]++
	h.revision++
	h.sealed[month] = list
	for _, c := range claims {
		c.sealed, c.number = c.taken, number
		delete(h.open, c)
	}
	return s.List(institution, month), nil
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
