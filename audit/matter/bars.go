package matter

import (
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/term"
)

// spans are the bars of Art. 11 that the law gives a length.
var spans = map[string]func(claimwatch.Day) term.Span{
	"11.2": term.BarAfterDeceit, "11.3": term.BarAfterIncident, "11.4": term.BarOfSiblings, "11.5": term.BarAfterTermination,
}

// BarredUntil is the first day on which the bars of Art. 11 in a refusal, or that
// of Art. 15, are over; ok is false when nothing bars, or nothing says until when.
func (m *Matter) BarredUntil() (until claimwatch.Day, ok bool) {
	if last, failed := m.failures(); failed == 2 && m.State == "failed" {
		return term.BarAfterFailure(last).Until, true
	}
	for _, bar := range m.bars() {
		if end, timed := m.barEnd(bar); timed && end > until {
			until, ok = end, true
		}
	}
	return until, ok
}

// Endless lists the bars that stand until two people lift them: those without a
// length in the law (1, 6, 7, 8), and those of which nobody has said since when,
// such as penalties that are not discharged after three years (5).
func (m *Matter) Endless() (endless []string) {
	for _, bar := range m.bars() {
		if _, timed := m.barEnd(bar); !timed {
			endless = append(endless, bar)
		}
	}
	return endless
}

// bars are those that an application was refused for and that were not lifted.
func (m *Matter) bars() []string {
	if m.State != "refused" {
		return nil
	}
	lifted := listOf(m.Fields["bars_lifted"])
	return slices.DeleteFunc(listOf(m.Fields["bars"]), func(bar string) bool { return slices.Contains(lifted, bar) })
}

func (m *Matter) barEnd(bar string) (end claimwatch.Day, timed bool) {
	since, dated := m.GetDay("bar_since")
	span, timed := spans[bar]
	if !dated || !timed {
		return 0, false
	}
	return span(since).Until, true
}

// barOver is the first day after a bar. The first procedure gave the last day free.
func barOver(c *Case, bar term.Span) claimwatch.Day {
	if c.Procedure < 2 {
		return bar.Until - 1
	}
	return bar.Until
}

func mayApply(c *Case) error {
	if came, named := c.GetDay("received_on"); c.Procedure >= 2 && named && came > c.Day() {
		return fault("received_on", claimwatch.CodeFuture, "the papers came today or before")
	}
	var err error
	c.Register.each("application", c.Matter.InstitutionID, func(m *Matter) {
		if err == nil {
			err = earlier(c, m)
		}
	})
	c.Register.each("sanction", c.Matter.InstitutionID, func(m *Matter) {
		if err == nil {
			err = terminated(c, m)
		}
	})
	c.Register.each("dishonesty", c.Matter.InstitutionID, func(m *Matter) {
		until, ends := m.GetDay("until")
		if err == nil && c.Procedure >= 2 && m.State == "listed" && !(ends && c.Day() >= until) {
			err = refuse("it is on the list of serious dishonesty (%s): it may apply when it is off the list (Art. 11 (1))", m.Number)
		}
	})
	return err
}

// earlier holds a new application against one from before. The bars of Art. 11 are
// the institution's, whatever it applies for; a failure (Art. 15) is that of a kind.
func earlier(c *Case, m *Matter) error {
	same := m.Fields["kind"] == c.Get("kind")
	_, failed := m.failures()
	until, barred := m.BarredUntil()
	if barred = barred && c.Day() < barOver(c, term.Span{Until: until}); barred && (same || c.Procedure >= 2 && m.State == "refused") {
		return refuse("%s bars a new application until %s (Art. 11, 15): apply from that day on", m.Number, barOver(c, term.Span{Until: until}))
	}
	if endless := m.Endless(); c.Procedure >= 2 && len(endless) > 0 {
		return refuse("%s was refused for %s, which nobody has lifted: show the agency that it is over (Art. 11)", m.Number, strings.Join(endless, ", "))
	}
	if same && !slices.Contains(c.Spec.Final, m.State) && !(m.State == "failed" && failed == 2) {
		return refuse("%s of the same kind is under way: it must end first", m.Number)
	}
	return nil
}

// terminated is Art. 11 (5): three years from the day on which the agreement ended,
// unless the institution itself wished it (39.12).
func terminated(c *Case, m *Matter) error {
	told, notified := m.Last("notify")
	violation := slices.ContainsFunc(listOf(m.Fields["grounds"]), func(g string) bool { return g != "39.12" })
	if m.Fields["measure"] != MeasureTermination || m.State != "in_force" || !notified || !violation {
		return nil
	}
	on := told.At.Day()
	if from, known := m.GetDay("effective_from"); known && c.Procedure >= 2 {
		on = from
	}
	if until := barOver(c, term.BarAfterTermination(on)); c.Day() < until {
		return refuse("its agreement was terminated for violations (%s): apply from %s on (Art. 11 (5))", m.Number, until)
	}
	return nil
}

// barsStand refuses to lift what does not stand.
func barsStand(c *Case) error {
	standing := c.Matter.bars()
	for _, bar := range listOf(c.Get("bars_lifted")) {
		if !slices.Contains(standing, bar) {
			return fault("bars_lifted", claimwatch.CodeRange, bar+" does not stand; standing: "+strings.Join(standing, ", "))
		}
	}
	return nil
}

// liftBars adds to what was lifted before.
func liftBars(c *Case) ([]Row, error) {
	lifted := append(listOf(c.Matter.Fields["bars_lifted"]), listOf(c.Get("bars_lifted"))...)
	slices.Sort(lifted)
	c.set("bars_lifted", strings.Join(lifted, ";"))
	return nil, nil
}
