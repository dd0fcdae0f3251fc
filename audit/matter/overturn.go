package matter

import (
	"encoding/json"
	"fmt"
	"slices"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/term"
)

// hearing is until when an institution may answer what is intended: the five
// working days of Art. 32, which is the only term that the law gives to explain
// oneself, unless more was given.
var hearing = &Term{Law: shanxi + "32", Doc: "the institution answers what is intended", Due: func(m *Matter, calendar *term.Calendar) (claimwatch.Day, bool) {
	if by, named := m.GetDay("hear_by"); named {
		return by, false
	}
	d := calendar.Statement(m.Running.From)
	return d.On, d.Provisional
}}

func hearAhead(c *Case) error {
	by, named := c.GetDay("hear_by")
	if least := c.Calendar.Statement(c.Day()).On; named && by < least {
		return fault("hear_by", claimwatch.CodeRange, "the institution has five working days at least, until "+least.String())
	}
	return nil
}

// heard refuses to decide what an institution was told of and may still answer.
func heard(c *Case) error {
	announced, told := c.Matter.Last("announce")
	if answer, done := c.Matter.Last("answer"); !told || done && answer.Seq > announced.Seq {
		return nil
	}
	by, named := c.GetDay("hear_by")
	if !named {
		by = c.Calendar.Statement(announced.At.Day()).On
	}
	return notBefore(by+1, c, "the institution was told and may answer until the day before")
}

// servedInTime refuses a receipt that shows a measure older than its notice: it
// runs from the notice (Art. 45).
func servedInTime(c *Case) error {
	served, _ := c.GetDay("served_on")
	from, _ := c.GetDay("effective_from")
	switch {
	case served > c.Day():
		return fault("served_on", claimwatch.CodeFuture, "it was served today or before")
	case served > from:
		return refuse("the measure began on %s and was served on %s: nobody is bound before; lift it as overturned and notify one anew that begins later", from, served)
	}
	return nil
}

// mayLift: a hold is lifted when the inquiry is over. What the law gives a length or
// an acceptance (Art. 44, 45) ends early only when it should never have been.
func mayLift(c *Case) error {
	measure, overturned := c.Get("measure"), c.Get("overturned") == "true"
	lasting := slices.Contains([]string{MeasureSuspension, MeasureTermination, MeasureStaff}, measure)
	switch {
	case c.Procedure < 2 && measure == MeasureTermination:
		return refuse("a termination that was overturned is mended by loading the rows of agreements as they were, with the reason")
	case c.Procedure < 2 || !lasting || overturned && measure != MeasureTermination:
		return nil
	case !overturned:
		return fault("overturned", claimwatch.CodeMissing, "it is lifted only when it was overturned: say overturned=true; a suspension otherwise ends by acceptance on site (Art. 45)")
	}
	// Art. 40 knows how a termination falls: talks, coordination, review, litigation.
	m, known := c.Register.matters[c.Get("dispute_id")]
	if !known || m.Kind != "dispute" || m.InstitutionID != c.Matter.InstitutionID || m.State != "closed" ||
		m.Fields["matter_id"] != c.Matter.ID || !slices.Contains([]string{"overturned", "settled"}, m.Fields["outcome"]) {
		return fault("dispute_id", claimwatch.CodeRange, "name the closed dispute about this termination (its matter_id) that overturned or settled it (Art. 40)")
	}
	return nil
}

// keep notes the rows as they stood before a termination.
func keep(c *Case, before []agreement.Row) error {
	if len(before) == 0 {
		return nil
	}
	text, err := json.Marshal(before)
	if err != nil {
		return fmt.Errorf("write rows before: %w", err)
	}
	c.set("rows_before", string(text))
	return nil
}

// reinstate gives the rows back that a termination has cut, as if it had never been.
func reinstate(c *Case) ([]Row, error) {
	var before []agreement.Row
	if err := json.Unmarshal([]byte(c.Matter.Fields["rows_before"]), &before); err != nil {
		return nil, fmt.Errorf("read rows before: %w", err)
	}
	from, _ := c.GetDay("effective_from")
	for _, kind := range listOf(c.Get("kinds")) {
		if !c.Agreements.IsLast(c.Matter.InstitutionID, kind, from) {
			return nil, refuse("the %s agreement was changed after its termination: load the rows of agreements by hand, with the reason", kind)
		}
	}
	return agreementRows(before), nil
}
