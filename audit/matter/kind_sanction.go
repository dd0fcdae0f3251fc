package matter

import (
	"slices"
	"strconv"
	"strings"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/term"
)

// The measures of Art. 43, mildest first, and the one of Art. 44.
const (
	MeasureInterview         = "interview"
	MeasureRectify           = "order_to_rectify"
	MeasureCriticism         = "public_criticism"
	MeasureWithhold          = "payment_withheld"
	MeasureDeduct            = "fees_deducted"
	MeasureNetwork           = "network_suspended"
	MeasureSuspension        = "agreement_suspended"
	MeasureForfeit           = "bond_forfeited"
	MeasureTermination       = "agreement_terminated"
	MeasureStaff             = "staff_suspended"
	leastMonths              = 3 // Art. 45
	mostMonths               = 6
	maxDossier         int64 = 1 << 20 // characters
)

// Measures lists the ladder of Art. 43 and, last, the measure of Art. 44.
func Measures() []string {
	return []string{
		MeasureInterview, MeasureRectify, MeasureCriticism, MeasureWithhold, MeasureDeduct, MeasureNetwork, MeasureSuspension,
		MeasureForfeit, MeasureTermination, MeasureStaff,
	}
}

// sanction is Art. 37 to 39 and 43 to 45. The program recommends, people decide:
// whoever proposes is never who confirms.
var sanction = Spec{
	Kind: "sanction", Plural: "sanctions", Doc: "Measures against an institution or its staff, from the recommendation to resumption.",
	Initial: "open",
	Fields: []Field{
		word("measure", Measures()...), words2("grounds", Grounds()...), count("months", leastMonths, mostMonths), day("from"),
		doc(agreementKind("agreement_kind"), "only this agreement; otherwise all of the institution"),
		list("findings"), amount("amount"), hash("dossier_sha256"), doc(word("origin", "data", "hand"), "recommended by data, or by hand"),
		inner(doc(longText("dossier"), "the case as JSON, with what speaks against it")),
		id("physician_id"), free("name_masked"), count("years", 1, 5), doc(text("consent_no"), "the administration's consent (Art. 44)"), day("consent_on"),
		text("notice_no"), doc(free("notice"), "what the institution is told"), day("due_on"), day("reported_on"), text("report_no"),
		doc(text("reported_to"), "which administration was told"),
		doc(free("intent"), "what the institution is told before anything is decided"), doc(day("hear_by"), "until when it may answer"),
		doc(word("service", "system", "in_person", "post", "left", "public_notice"), "how the notice was served"), day("served_on"), doc(text("service_no"), "number of the receipt"),
		free("answer"), day("inspected_on"), free("acceptance"), yes("overturned"), doc(id("dispute_id"), "the dispute that overturned it (Art. 40)"), day("lifted_on"),
		// What the product has worked out at the notice:
		day("effective_from"), day("planned_until"), list("kinds"), day("ended_on"),
		inner(doc(text("rows_before"), "rows of agreements as they stood before a termination")),
	},
	Steps: []Step{
		{
			Action: Open, By: officers, Needs: []string{"measure"},
			Takes: []string{"grounds", "months", "from", "agreement_kind", "findings", "amount", "dossier_sha256", "dossier", "origin", "physician_id", "name_masked", "years", "due_on"},
			Law:   shanxi + "43", Doc: "A sanction is recommended, by data or by hand.", Check: fits,
		},
		{
			Action: "announce", From: []State{"open"}, To: "announced", By: officers, Needs: []string{"intent"}, Takes: []string{"hear_by"}, Tells: true,
			Term: hearing, Law: shanxi + "45", Doc: "The institution is told what is intended and why, and may answer before anything is decided.", Check: hearAhead,
		},
		{
			Action: "amend", From: []State{"open", "announced"}, By: officers,
			Takes: []string{"grounds", "months", "from", "agreement_kind", "findings", "amount", "dossier_sha256", "dossier", "years", "due_on"},
			Law:   shanxi + "43", Doc: "What is recommended changes.", Check: fits,
		},
		{
			Action: "drop", From: []State{"open", "announced"}, To: "dropped", By: officers, Law: shanxi + "43", Doc: "The recommendation is not followed.",
		},
		{
			Action: "propose", From: []State{"open", "announced"}, To: "decided", By: officers, Second: seconds, Takes: []string{"months", "from", "agreement_kind", "years", "due_on"},
			Law: shanxi + "45", Doc: "Proposed; a reviewer or director confirms.", Check: complete,
		},
		{
			Action: "drop", From: []State{"decided"}, To: "dropped", By: officers, Second: seconds, Law: shanxi + "43", Doc: "Given up before notice.",
		},
		{
			Action: "notify", From: []State{"decided"}, To: "in_force", By: officers, Asks: []string{"notice"}, Takes: []string{"notice_no", "from", "consent_no", "consent_on", "reported_on", "report_no", "reported_to", "service"},
			Tells: true, Term: plannedEnd, Law: shanxi + "45", Doc: "The written notice. The measure runs from its day.", Check: mayNotify, Effect: impose,
		},
		{
			Action: "report", From: []State{"decided", "in_force", "resumption_requested", "lifted", "ended", "done"}, By: officers, Needs: []string{"reported_on"}, Takes: []string{"report_no", "reported_to"},
			Law: shanxi + "43", Doc: "Reported to the administration of the same level; of a person also to the authority of its profession (Art. 44).",
		},
		{
			Action: "serve", From: []State{"in_force", "resumption_requested", "lifted", "ended", "done"}, By: officers, Needs: []string{"service", "served_on"}, Takes: []string{"service_no"}, Tells: true,
			Law: shanxi + "45", Doc: "The written notice has reached the institution: the receipt.", Check: servedInTime,
		},
		{
			Action: "answer", From: []State{"announced", "in_force", "resumption_requested"}, By: either, Needs: []string{"answer"}, Tells: true,
			Law: shanxi + "45", Doc: "The institution's answer.",
		},
		{
			Action: "apply_resumption", From: []State{"in_force"}, To: "resumption_requested", By: either, Tells: true, Term: plannedEnd,
			Law: shanxi + "45", Doc: "The institution asks for resumption.", Check: isSuspension,
		},
		{
			Action: "refuse_resumption", From: []State{"resumption_requested"}, To: "in_force", By: officers, Needs: []string{"inspected_on", "acceptance"}, Tells: true, Term: plannedEnd,
			Law: shanxi + "45", Doc: "The inspection on site did not accept it: not rectified (Art. 39 (1)).",
		},
		{
			Action: "accept_resumption", From: []State{"resumption_requested"}, To: "lifted", By: officers, Second: seconds, Needs: []string{"inspected_on"}, Takes: []string{"acceptance"},
			Tells: true, Law: shanxi + "45", Doc: "Accepted on site after the term: the agreement goes on.", Check: mayResume, Effect: release,
		},
		{
			Action: "end", From: []State{"in_force", "resumption_requested"}, To: "ended", By: officers, Second: seconds, Tells: true,
			Law: shanxi + "37", Doc: "The suspension has outlasted the agreement's term: the agreement is over.", Check: outlasted, Effect: endWithTerm,
		},
		{
			Action: "lift", From: []State{"in_force", "resumption_requested"}, To: "lifted", By: officers, Second: seconds, Takes: []string{"overturned", "dispute_id"},
			Tells: true, Law: shanxi + "40", Doc: "A hold is over; any other measure is overturned as if it had never been. A termination names the dispute that overturned it.", Check: mayLift, Effect: release,
		},
		{
			Action: "complete", From: []State{"in_force"}, To: "done", By: officers, Tells: true, Law: shanxi + "43", Doc: "Done with: an interview held, an order followed.", Check: isMomentary,
		},
	},
	Final: []State{"dropped", "lifted", "ended", "done"},
}

func longText(name string) Field {
	f := free(name)
	f.Max = maxDossier
	return f
}

// plannedEnd is the last day of a suspension's term. Resumption needs acceptance
// after it.
var plannedEnd = &Term{Law: shanxi + "45", Doc: "the term ends: application, inspection and acceptance, or termination", Due: func(m *Matter, _ *term.Calendar) (claimwatch.Day, bool) {
	if until, ok := m.GetDay("planned_until"); ok {
		return until - 1, false
	}
	due, _ := m.GetDay("due_on")
	return due, false
}}

// fits checks that measure and fields belong together.
func fits(c *Case) error {
	measure := c.Get("measure")
	if measure == MeasureStaff && c.Get("physician_id") == "" {
		return fault("physician_id", claimwatch.CodeMissing, "name the person of Art. 44 by physician_id")
	}
	if (measure == MeasureSuspension || measure == MeasureTermination) && c.Get("grounds") == "" {
		return fault("grounds", claimwatch.CodeMissing, "name the grounds of Art. 38 or 39")
	}
	if measure == MeasureTermination && !slices.ContainsFunc(listOf(c.Get("grounds")), func(g string) bool { return strings.HasPrefix(g, "39.") }) {
		return fault("grounds", claimwatch.CodeRange, "an agreement is terminated on a ground of Art. 39")
	}
	return nil
}

func isTimed(measure string) bool {
	return measure == MeasureSuspension || measure == MeasureNetwork
}

// complete checks what a decision needs beside what a recommendation does.
func complete(c *Case) error {
	if err := fits(c); err != nil {
		return err
	}
	if err := heard(c); err != nil {
		return err
	}
	switch measure := c.Get("measure"); {
	case isTimed(measure) && c.Get("months") == "":
		return fault("months", claimwatch.CodeMissing, "name 3 to 6 months (Art. 45)")
	case measure == MeasureStaff && c.Get("years") == "":
		return fault("years", claimwatch.CodeMissing, "name 1 to 5 years (Art. 44)")
	case measure == MeasureRectify && c.Get("due_on") == "":
		return fault("due_on", claimwatch.CodeMissing, "name the day by which it must be rectified")
	case measure == MeasureSuspension || measure == MeasureTermination:
		if len(kindsOf(c, c.Day())) == 0 {
			return refuse("%s has no agreement in force", c.Matter.InstitutionID)
		}
	}
	return nil
}

// kindsOf lists the agreements that the sanction is about.
func kindsOf(c *Case, on claimwatch.Day) []string {
	kinds := c.Agreements.Kinds(c.Matter.InstitutionID, on)
	if only := c.Get("agreement_kind"); only != "" {
		return slices.DeleteFunc(kinds, func(kind string) bool { return kind != only })
	}
	return kinds
}

// mayNotify wants the consent of the administration before a person loses the
// right to treat (Art. 44).
func mayNotify(c *Case) error {
	if c.Get("measure") != MeasureStaff {
		return nil
	}
	for _, name := range []string{"consent_no", "consent_on"} {
		if c.Get(name) == "" {
			return fault(name, claimwatch.CodeMissing, "Art. 44 needs the consent of the administration: name consent_no and consent_on")
		}
	}
	if on, _ := c.GetDay("consent_on"); on > c.Day() {
		return fault("consent_on", claimwatch.CodeFuture, "the consent comes before the notice")
	}
	return nil
}

// impose writes what follows from the notice. A measure begins on the day of its
// notice or later (Art. 45); a hold may reach back to fees that are not paid yet.
func impose(c *Case) ([]Row, error) {
	from, named := c.GetDay("from")
	measure := c.Get("measure")
	if !named || measure != MeasureWithhold {
		from = max(from, c.Day())
	}
	c.set("effective_from", from.String())
	months, _ := strconv.Atoi(c.Get("months"))
	if isTimed(measure) {
		c.set("planned_until", term.AddMonths(from, months).String())
	}
	switch measure {
	case MeasureWithhold:
		return []Row{holdRow(c, nil)}, nil
	case MeasureSuspension, MeasureTermination:
		return imposeOnAgreements(c, measure, from, term.AddMonths(from, months))
	case MeasureStaff:
		years, _ := strconv.Atoi(c.Get("years"))
		until := term.AddMonths(from, 12*years)
		c.set("planned_until", until.String())
		return []Row{staffRow(c, until)}, nil
	default:
		return nil, nil
	}
}

func imposeOnAgreements(c *Case, measure string, from, planned claimwatch.Day) ([]Row, error) {
	kinds := kindsOf(c, from)
	if len(kinds) == 0 {
		return nil, refuse("%s has no agreement in force on %s", c.Matter.InstitutionID, from)
	}
	var until *claimwatch.Day
	if c.Policy(claimwatch.PolicySuspensionEnds, c.Matter.City, from) == "term" {
		until = &planned
	}
	var all, before []agreement.Row
	var done []string
	for _, kind := range kinds {
		var rows []agreement.Row
		var err error
		if measure == MeasureTermination {
			rows, err = c.Agreements.Terminate(c.Matter.InstitutionID, kind, from)
			before = append(before, c.Agreements.Undo(rows)...)
		} else {
			rows, err = c.Agreements.Suspend(c.Matter.InstitutionID, kind, from, until)
		}
		if err != nil {
			return nil, err
		}
		all, done = append(all, rows...), append(done, kind)
	}
	c.set("kinds", strings.Join(done, ";"))
	return agreementRows(all), keep(c, before)
}

func holdRow(c *Case, until *claimwatch.Day) Row {
	row := Row{Table: "holds", Cells: map[string]string{
		"hold_id": c.Matter.Number, "institution_id": c.Matter.InstitutionID, "from": c.Get("effective_from"),
		"reason": "Art. 45, " + c.Matter.Number,
	}}
	if until != nil {
		row.Cells["until"] = until.String()
	}
	return row
}

func staffRow(c *Case, until claimwatch.Day) Row {
	name := c.Get("name_masked")
	if name == "" {
		name = "*" // erased, or never said: the table needs one
	}
	return Row{Table: "physicians", Cells: map[string]string{
		"physician_id": c.Get("physician_id"), "suspended_from": c.Get("effective_from"), "name_masked": name,
		"institution_id": c.Matter.InstitutionID, "suspended_until": until.String(),
	}}
}

func isSuspension(c *Case) error {
	if !isTimed(c.Get("measure")) {
		return refuse("resumption follows a suspension; this is %s", c.Get("measure"))
	}
	return nil
}

func mayResume(c *Case) error {
	planned, _ := c.GetDay("planned_until")
	if inspected, _ := c.GetDay("inspected_on"); inspected > c.Day() {
		return fault("inspected_on", claimwatch.CodeFuture, "the inspection comes before the acceptance")
	}
	if err := notBefore(planned, c, "the term of the suspension, Art. 45"); err != nil || c.Procedure < 2 {
		return err
	}
	inspected, _ := c.GetDay("inspected_on")
	if asked, _ := c.Matter.Last("apply_resumption"); inspected < asked.At.Day() {
		return fault("inspected_on", claimwatch.CodeTimeOrder, "the inspection on site follows the application of "+asked.At.Day().String()+" (Art. 45)")
	}
	goesOn := func(kind string) bool { return c.Agreements.GoesOn(c.Matter.InstitutionID, kind, c.Day()) }
	if kinds := listOf(c.Get("kinds")); len(kinds) > 0 && !slices.ContainsFunc(kinds, goesOn) {
		return refuse("the agreement's own term has ended during the suspension: it is over (Art. 37); take the step end")
	}
	return nil
}

// outlasted says that the agreement's own term ended during the suspension.
func outlasted(c *Case) error {
	if err := isSuspension(c); err != nil {
		return err
	}
	from, _ := c.GetDay("effective_from")
	for _, kind := range listOf(c.Get("kinds")) {
		_, until, ok := c.Agreements.Term(c.Matter.InstitutionID, kind, from)
		if ok && until != nil && c.Day() >= *until {
			return nil
		}
	}
	return refuse("no agreement that it suspends has outlasted its term (Art. 37)")
}

func endWithTerm(c *Case) ([]Row, error) {
	from, _ := c.GetDay("effective_from")
	var all []agreement.Row
	for _, kind := range listOf(c.Get("kinds")) {
		_, until, ok := c.Agreements.Term(c.Matter.InstitutionID, kind, from)
		if !ok || until == nil || c.Day() < *until {
			continue
		}
		rows, err := c.Agreements.End(c.Matter.InstitutionID, kind, from, *until)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
		c.set("ended_on", until.String())
	}
	return agreementRows(all), nil
}

// release ends what impose began: from the day on, or as if it had never been.
func release(c *Case) ([]Row, error) {
	from, _ := c.GetDay("effective_from")
	on := c.Day()
	if c.Get("overturned") == "true" {
		on = from
	}
	c.set("lifted_on", on.String())
	switch c.Get("measure") {
	case MeasureWithhold:
		row := holdRow(c, &on)
		row.Void = on <= from
		return []Row{row}, nil
	case MeasureStaff:
		row := staffRow(c, on)
		row.Void = on <= from
		return []Row{row}, nil
	case MeasureSuspension:
		var all []agreement.Row
		for _, kind := range listOf(c.Get("kinds")) {
			rows, err := c.Agreements.End(c.Matter.InstitutionID, kind, from, on)
			if err != nil {
				return nil, err
			}
			all = append(all, rows...)
		}
		return agreementRows(all), nil
	case MeasureTermination:
		return reinstate(c)
	default:
		return nil, nil
	}
}

func isMomentary(c *Case) error {
	if measure := c.Get("measure"); isTimed(measure) || measure == MeasureWithhold {
		return refuse("%s lasts until it is lifted or resumption is accepted", measure)
	}
	return nil
}
