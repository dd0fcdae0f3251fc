package matter

import (
	"claimwatch"
	"claimwatch/audit/term"
)

// legal is a deadline of package term, counted from the day of the step.
func legal(doc, law string, due func(c *term.Calendar, from claimwatch.Day) term.Deadline) *Term {
	return &Term{Law: law, Doc: doc, Due: func(m *Matter, calendar *term.Calendar) (claimwatch.Day, bool) {
		d := due(calendar, m.Running.From)
		return d.On, d.Provisional
	}}
}

// named is a deadline that a field names.
func named(field, law, doc string) *Term {
	return &Term{Law: law, Doc: doc, Due: func(m *Matter, _ *term.Calendar) (claimwatch.Day, bool) {
		day, _ := m.GetDay(field)
		return day, false
	}}
}
