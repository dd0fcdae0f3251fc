package claimwatch

import "strings"

// Scope is what is evaluated as one: a person, or an institution for the rules
// that look across its persons. It is the key of the touched topic.
type Scope string

const (
	institutionPrefix = "inst:"
	personPrefix      = "pers:"
)

// PersonScope is the scope of a person: the person_id itself. A colon is legal
// in a person_id, so one that begins like a prefix is prefixed, lest a person
// inst:x be taken for the institution x.
func PersonScope(personID string) Scope {
	if strings.HasPrefix(personID, institutionPrefix) || strings.HasPrefix(personID, personPrefix) {
		return Scope(personPrefix + personID)
	}
	return Scope(personID)
}

// InstitutionScope is the scope of an institution.
func InstitutionScope(institutionID string) Scope { return Scope(institutionPrefix + institutionID) }

// Institution gives the institution of an institution scope.
func (s Scope) Institution() (id string, ok bool) {
	return strings.CutPrefix(string(s), institutionPrefix)
}

// Person gives the person of a person's scope.
func (s Scope) Person() (id string, ok bool) {
	if strings.HasPrefix(string(s), institutionPrefix) {
		return "", false
	}
	return strings.TrimPrefix(string(s), personPrefix), true
}
