package matter

import (
	"claimwatch"
	"claimwatch/audit/term"
)

// named is a deadline that a field names.
func named(field, law, doc string) *Term {
	return &Term{Law: law, Doc: doc, Due: func(m *Matter, _ *term.Calendar) (claimwatch.Day, bool) {
		day, _ := m.GetDay(field)
		return day, false
	}}
}
