package matter

import (
	"strconv"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/reference"
	"claimwatch/audit/term"
)

// course is Art. 6, 19, 36, 37 and 51: an agreement from its draft to its end.
var course = Spec{
	Kind: "agreement_course", Plural: "agreement-courses",
	Doc:     "Agreements: signed, filed, made public with objections, in force, suspended by own wish, held over, over.",
	Initial: "draft",
	Fields: []Field{
		agreementKind("kind"), id("agreement_id"), day("term_from"), day("term_until"), doc(yes("trusted"), "three good years in a row: two years (Art. 19)"),
		id("application_id"), id("renewal_id"), list("scope"), doc(list("settles_with"), "agencies that settle with it"),
		day("signed_on"), day("filed_on"), text("filing_no"), day("public_from"), doc(day("public_until"), "the last day for objections"),
		free("objection"), free("answer"), day("wish_from"), day("wish_until"), day("inspected_on"), day("from"), day("suspended_from"), day("ended_on"),
	},
	Steps: []Step{
		{
			Action: Open, By: officers, Needs: []string{"kind", "agreement_id", "term_from", "term_until"},
			Takes: []string{"trusted", "application_id", "renewal_id", "scope", "settles_with"}, Term: byMarch, Tells: true,
			Law: shanxi + "19", Doc: "Both have agreed on its text, for one year, or two with a trusted institution.", Check: mayDraft,
		},
		{
			Action: "sign", From: []State{"draft"}, To: "signed", By: officers, Second: seconds, Needs: []string{"signed_on"}, Tells: true,
			Law: shanxi + "6", Doc: "Both have signed.",
		},
		{
			Action: "file", From: []State{"signed"}, To: "filed", By: officers, Needs: []string{"filed_on"}, Takes: []string{"filing_no"},
			Law: shanxi + "6", Doc: "Filed with the administration of the same level.",
		},
		{
			Action: "publish", From: []State{"filed"}, To: "public", By: officers, Needs: []string{"public_from", "public_until"}, Tells: true,
			Term: named("public_until", shanxi+"6", "objections to the public notice"), Law: shanxi + "6", Doc: "Made public.", Check: spanOf("public_from", "public_until"),
		},
		{
			Action: "object", From: []State{"public"}, To: "objected", By: officers, Needs: []string{"objection"},
			Law: shanxi + "6", Doc: "Somebody objects.",
		},
		{
			Action: "settle_objection", From: []State{"objected"}, To: "public", By: officers, Second: seconds, Needs: []string{"answer"},
			Law: shanxi + "6", Doc: "The objection is answered and stands no more.",
		},
		{
			Action: "enter_into_force", From: []State{"public"}, To: "in_force", By: officers, Second: seconds, Tells: true, Term: renewalAsked,
			Law: shanxi + "19", Doc: "Nobody objects: in force.", Check: publicIsOver, Effect: begin,
		},
		{
			Action: "cancel", From: []State{"draft", "signed", "filed", "public", "objected"}, To: "cancelled", By: officers, Second: seconds, Tells: true,
			Law: shanxi + "19", Doc: "It does not come about.",
		},
		{
			Action: "request_suspension", From: []State{"in_force", "holdover"}, To: "suspension_requested", By: either, Needs: []string{"wish_from", "wish_until"}, Tells: true,
			Law: shanxi + "37", Doc: "The institution wishes a suspension of at most 180 days.", Check: atMost180,
		},
		{
			Action: "refuse_suspension", From: []State{"suspension_requested"}, To: "in_force", By: officers, Tells: true,
			Law: shanxi + "37", Doc: "The agency does not agree.",
		},
		{
			Action: "grant_suspension", From: []State{"suspension_requested"}, To: "suspended", By: officers, Second: seconds, Tells: true,
			Term: wishEnds, Law: shanxi + "37", Doc: "The agency agrees: fees are not settled until the agreement goes on.", Effect: suspendByWish,
		},
		{
			Action: "request_resumption", From: []State{"suspended"}, To: "resumption_requested", By: either, Tells: true,
			Law: shanxi + "37", Doc: "The institution wants the agreement to go on.",
		},
		{
			Action: "refuse_resumption", From: []State{"resumption_requested"}, To: "suspended", By: officers, Tells: true, Term: wishEnds,
			Law: shanxi + "37", Doc: "It cannot go on yet.",
		},
		{
			Action: "resume", From: []State{"resumption_requested"}, To: "in_force", By: officers, Second: seconds, Takes: []string{"inspected_on"}, Tells: true,
			Term: renewalAsked, Law: shanxi + "37", Doc: "Accepted: fees are settled again from that day on.", Effect: resumeFromWish,
		},
		{
			Action: "end_suspended", From: []State{"suspended"}, To: "ended", By: officers, Second: seconds, Tells: true,
			Law: shanxi + "37", Doc: "180 days have passed without a request: the agreement is over. The clock recommends it, people confirm it.", Check: wishIsOver, Effect: endFromWish,
		},
		{
			Action: "hold_over", From: []State{"in_force"}, To: "holdover", By: officers, Second: seconds, Tells: true,
			Law: shanxi + "51", Doc: "The term is over, nobody objects: the agreement goes on until a new one is signed.", Check: unopposed, Effect: holdOver,
		},
		{
			Action: "expire", From: []State{"in_force", "holdover"}, To: "ended", By: officers, Second: seconds, Tells: true,
			Law: shanxi + "36", Doc: "The term is over and the agreement does not go on.", Check: termIsOver, Effect: expireAgreement,
		},
		{
			Action: "terminate_by_consent", From: []State{"in_force", "holdover", "suspended"}, To: "ended", By: officers, Second: seconds, Needs: []string{"ended_on"}, Tells: true,
			Law: shanxi + "39", Doc: "The institution asks for the end and the agency agrees (Art. 39 (12)).", Check: notBack, Effect: terminateByConsent,
		},
		{
			Action: "close", From: []State{"in_force", "holdover", "suspended", "suspension_requested", "resumption_requested"}, To: "ended", By: officers,
			Law: shanxi + "39", Doc: "The agreement was terminated by a sanction, or the table says so: the file is closed.", Check: isOver,
		},
		{
			Action: "reinstate", From: []State{"ended"}, To: "in_force", By: officers, Second: seconds, Tells: true, Term: renewalAsked,
			Law: shanxi + "40", Doc: "Its termination was overturned and lifted: the agreement goes on.", Check: isBack,
		},
	},
	Final: []State{"ended", "cancelled"},
}

// byMarch is 15 March of the year in which the term begins (Art. 6).
var byMarch = &Term{Law: shanxi + "6", Doc: "sign the year's agreement by 15 March", Due: func(m *Matter, _ *term.Calendar) (claimwatch.Day, bool) {
	begin, ok := m.GetDay("term_from")
	if !ok {
		return 0, false
	}
	return term.ContractsBy(begin.Date().Year()), false
}}

// renewalAsked is the last day on which renewal is asked in time: three months
// before the end of the term (Art. 36).
var renewalAsked = &Term{Law: shanxi + "36", Doc: "ask for renewal, or organize it", Due: func(m *Matter, _ *term.Calendar) (claimwatch.Day, bool) {
	until, ok := m.GetDay("term_until")
	if !ok {
		return 0, false
	}
	return term.RenewalBy(until), false
}}

// wishEnds is the 180th day of a suspension by own wish.
var wishEnds = &Term{Law: shanxi + "37", Doc: "the institution asks to go on, or the agreement ends", Due: func(m *Matter, _ *term.Calendar) (claimwatch.Day, bool) {
	return wishOver(m, Procedure) - 1, false
}}

func mayDraft(c *Case) error {
	from, _ := c.GetDay("term_from")
	until, _ := c.GetDay("term_until")
	months := 12
	if c.Get("trusted") == "true" {
		months = 24
	}
	switch {
	case until <= from:
		return fault("term_until", claimwatch.CodeTimeOrder, "term_until must be later than term_from")
	case until > term.AddMonths(from, months):
		return fault("term_until", claimwatch.CodeRange, "a term is one year, two for a trusted institution (Art. 19)")
	}
	if renewed := c.Get("renewal_id"); renewed != "" {
		m, known := c.Register.matters[renewed]
		if !known || m.Kind != "renewal" || m.InstitutionID != c.Matter.InstitutionID || m.State != "agreed" {
			return fault("renewal_id", claimwatch.CodeRange, "there is no agreed renewal of this institution with that id")
		}
		return nil
	}
	m, known := c.Register.matters[c.Get("application_id")]
	if !known || m.Kind != "application" || m.InstitutionID != c.Matter.InstitutionID || m.Fields["kind"] != c.Get("kind") {
		return fault("application_id", claimwatch.CodeRange, "name the institution's passed application of that kind, or an agreed renewal")
	}
	if valid, ok := m.ValidUntil(); !ok || c.Day() >= valid {
		return fault("application_id", claimwatch.CodeRange, "the assessment has not passed, or is not valid any more (Art. 15)")
	}
	return nil
}

// spanOf refuses a span that ends before it begins.
func spanOf(from, until string) func(c *Case) error {
	return func(c *Case) error {
		a, _ := c.GetDay(from)
		if b, ok := c.GetDay(until); ok && b < a {
			return fault(until, claimwatch.CodeTimeOrder, until+" must not be before "+from)
		}
		return nil
	}
}

func publicIsOver(c *Case) error {
	until, _ := c.GetDay("public_until")
	return notBefore(until+1, c, "the public notice runs until then")
}

func atMost180(c *Case) error {
	from, _ := c.GetDay("wish_from")
	until, _ := c.GetDay("wish_until")
	switch {
	case until <= from:
		return fault("wish_until", claimwatch.CodeTimeOrder, "wish_until must be later than wish_from")
	case until > from+term.OwnWishDays:
		return fault("wish_until", claimwatch.CodeRange, "at most 180 days (Art. 37)")
	}
	return nil
}

func begin(c *Case) ([]Row, error) {
	from, _ := c.GetDay("term_from")
	open, _ := c.GetDay("public_until")
	first := max(from, open+1)
	until, _ := c.GetDay("term_until")
	if first >= until {
		return nil, fault("term_until", claimwatch.CodeTimeOrder, "the term is over before the public notice is")
	}
	c.set("from", first.String())
	rows, err := c.Agreements.Begin(agreement.Row{
		InstitutionID: c.Matter.InstitutionID, Kind: c.Get("kind"), From: first, AgreementID: c.Get("agreement_id"),
		Status: agreement.Active, Until: &until, TermFrom: &from, TermUntil: &until,
	})
	return agreementRows(rows), err
}

func suspendByWish(c *Case) ([]Row, error) {
	from, _ := c.GetDay("wish_from")
	from = max(from, c.Day()) // nobody's fees are taken back by a wish
	c.set("suspended_from", from.String())
	rows, err := c.Agreements.Suspend(c.Matter.InstitutionID, c.Get("kind"), from, nil)
	return agreementRows(rows), err
}

func resumeFromWish(c *Case) ([]Row, error) {
	from, _ := c.GetDay("suspended_from")
	rows, err := c.Agreements.End(c.Matter.InstitutionID, c.Get("kind"), from, c.Day())
	return agreementRows(rows), err
}

// wishOver is the first day after a suspension by own wish: 180 days, or less when
// the agreement's own term ends before (Art. 37).
func wishOver(m *Matter, procedure int) claimwatch.Day {
	from, _ := m.GetDay("suspended_from")
	over := term.OwnWish(from).Until
	if until, ends := m.GetDay("term_until"); ends && until < over && until > from && procedure >= 2 {
		return until
	}
	return over
}

func wishIsOver(c *Case) error {
	return notBefore(wishOver(c.Matter, c.Procedure), c, "180 days or the term, Art. 37")
}

func endFromWish(c *Case) ([]Row, error) { return closeOn(c, wishOver(c.Matter, c.Procedure)) }

func termIsOver(c *Case) error {
	until, _ := c.GetDay("term_until")
	return notBefore(until, c, "the term runs until then")
}

// unopposed is Art. 51: neither side objects. A renewal on which they did not agree
// ends the agreement with its term (Art. 36).
func unopposed(c *Case) error {
	err := termIsOver(c)
	c.Register.each("renewal", c.Matter.InstitutionID, func(m *Matter) {
		if err == nil && c.Procedure >= 2 && m.State == "failed" && m.Fields["agreement_id"] == c.Get("agreement_id") {
			err = refuse("%s failed: the agreement ends with its term (Art. 36); take the step expire", m.Number)
		}
	})
	return err
}

func holdOver(c *Case) ([]Row, error) {
	until, _ := c.GetDay("term_until")
	rows, err := c.Agreements.Holdover(c.Matter.InstitutionID, c.Get("kind"), until)
	return agreementRows(rows), err
}

func expireAgreement(c *Case) ([]Row, error) {
	if c.Matter.State == "holdover" {
		return closeOn(c, c.Day()) // from the day on which somebody objects to going on
	}
	until, _ := c.GetDay("term_until")
	c.set("ended_on", until.String())
	return nil, nil // the row ends by itself
}

func closeOn(c *Case, on claimwatch.Day) ([]Row, error) {
	c.set("ended_on", on.String())
	rows, err := c.Agreements.Close(c.Matter.InstitutionID, c.Get("kind"), on)
	return agreementRows(rows), err
}

// notBack: what was treated under the agreement stays so; nobody agrees it away.
func notBack(c *Case) error {
	asked := c.Day()
	if p := c.Matter.Proposal; p != nil {
		asked = p.At.Day() // the second person may come a day later
	}
	if on, _ := c.GetDay("ended_on"); c.Procedure >= 2 && on < asked {
		return fault("ended_on", claimwatch.CodeRange, "the agreement ends on the day on which both agree, or later")
	}
	return nil
}

func terminateByConsent(c *Case) ([]Row, error) {
	on, _ := c.GetDay("ended_on")
	rows, err := c.Agreements.Terminate(c.Matter.InstitutionID, c.Get("kind"), on)
	return agreementRows(rows), err
}

func isOver(c *Case) error {
	r, ok := c.Agreements.On(c.Matter.InstitutionID, c.Get("kind"), c.Day())
	if ok && r.Status != agreement.Terminated {
		return refuse("the agreement is %s: terminate it by a sanction or by consent", r.Status)
	}
	return nil
}

// isBack wants the agreement of the file in force again.
func isBack(c *Case) error {
	r, ok := c.Agreements.On(c.Matter.InstitutionID, c.Get("kind"), c.Day())
	if !ok || r.Status == agreement.Terminated || r.AgreementID != c.Get("agreement_id") {
		return refuse("the agreement %s does not go on by the table: lift the sanction that ended it first", c.Get("agreement_id"))
	}
	return nil
}

// agreementRows spells rows of the table agreements.
func agreementRows(rows []agreement.Row) []Row {
	var out []Row
	for _, r := range rows {
		cells := map[string]string{
			"institution_id": r.InstitutionID, "kind": r.Kind, "from": r.From.String(), "agreement_id": r.AgreementID,
			"status": string(r.Status), "holdover": strconv.FormatBool(r.Holdover),
		}
		for name, day := range map[string]*claimwatch.Day{"until": r.Until, "term_from": r.TermFrom, "term_until": r.TermUntil} {
			if day != nil {
				cells[name] = day.String()
			}
		}
		out = append(out, Row{Table: "agreements", Void: r.Void, Cells: cells})
	}
	return out
}

// Read gives the row as the table has it.
func (r *Row) Read(table claimwatch.Table) (reference.Row, error) {
	row := reference.Row{Void: r.Void, Values: make([]claimwatch.Value, len(table.Columns))}
	for i, column := range table.Columns {
		value, wrong := reference.ParseCell(column, r.Cells[column.Name])
		if wrong != nil {
			return row, fault(column.Name, claimwatch.CodeInvalid, wrong.String())
		}
		if !value.Set && !column.Optional && (column.Key || !r.Void) {
			return row, fault(column.Name, claimwatch.CodeMissing, "the row of "+table.Name+" needs "+column.Name)
		}
		row.Values[i] = value
	}
	return row, nil
}
