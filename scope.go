package claimwatch

import "strings"

// Scope is what is evaluated as one: a person, or an institution for the rules
// that look across its persons. It is the key of the touched topic.
type Scope string

const institutionPrefix = "inst:"

// PersonScope is the scope of a person.
func PersonScope(personID string) Scope { return Scope(personID) }

// InstitutionScope is the scope of an institution. The colon is legal in a
// person_id too, so a person named inst:x shares the text; rules tell them
// apart because a person's slice is read by person_id and an institution's by
// institution_id.
func InstitutionScope(institutionID string) Scope { return Scope(institutionPrefix + institutionID) }

// Institution gives the institution of an institution scope.
func (s Scope) Institution() (id string, ok bool) {
	return strings.CutPrefix(string(s), institutionPrefix)
}
