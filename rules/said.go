package rules

import (
	"encoding/json"
	"fmt"
	"slices"

	"claimwatch"
)

// Saying is what decides what a rule says: where it is equal, its findings are.
type Saying struct {
	Scope   string `json:"scope"` // person or institution
	Version int    `json:"version"`
	Hash    string `json:"sha256"` // the one of the lock
}

// Said is what a library says, by the codes of the rules that it evaluates.
type Said map[string]Saying

// Says is what the library evaluates; statements are those that make the tables
// and functions of the slice.
func (l *Library) Says(statements []string) (Said, error) {
	said, definitions := Said{}, byName(statements)
	for _, rule := range l.Active() {
		entry, err := l.lockOf(rule, definitions)
		if err != nil {
			return nil, err
		}
		said[rule.Code] = Saying{Scope: rule.Scope, Version: rule.Version, Hash: entry.hash}
	}
	return said, nil
}

// ReadSaid reads what Text wrote; an empty text is a library without rules.
func ReadSaid(text []byte) (Said, error) {
	said := Said{}
	if len(text) == 0 {
		return said, nil
	}
	if err := json.Unmarshal(text, &said); err != nil {
		return nil, fmt.Errorf("read what a library said: %w", err)
	}
	return said, nil
}

// Text writes it, the same for the same.
func (s Said) Text() ([]byte, error) {
	text, err := json.Marshal(s) // in the order of the codes
	if err != nil {
		return nil, fmt.Errorf("write what a library says: %w", err)
	}
	return text, nil
}

// Difference is what two libraries say differently.
type Difference struct {
	Codes                 []string // in their order
	persons, institutions bool
}

// Since tells how a library differs from any of those before. Rules that only one
// of them evaluates are among the codes.
func (s Said) Since(befores ...Said) (d Difference) {
	note := func(code string, saying Saying) {
		d.Codes = append(d.Codes, code)
		if saying.Scope == "institution" {
			d.institutions = true
		} else {
			d.persons = true
		}
	}
	for _, before := range befores {
		for _, side := range []Said{s, before} { // a rule may have had another scope
			for code, saying := range side {
				if s[code] != before[code] {
					note(code, saying)
				}
			}
		}
	}
	slices.Sort(d.Codes)
	d.Codes = slices.Compact(d.Codes)
	return d
}

// Concerns says whether any of the rules answers, or answered, about a scope.
func (d Difference) Concerns(scope claimwatch.Scope) bool {
	if _, across := scope.Institution(); across {
		return d.institutions
	}
	return d.persons
}
