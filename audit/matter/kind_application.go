package matter

import (
	"slices"
	"strconv"
	"strings"

	"claimwatch"
	"claimwatch/audit/term"
)

// Bounds of Art. 13 and 15.
const (
	leastExperts = 7       // an odd number
	passingScore = 90_0000 // in 1/10,000
)

// application is Art. 7 to 17: who wants to become an agreement institution.
var application = Spec{
	Kind: "application", Plural: "applications", Doc: "Applications of institutions, their papers, assessment and its validity.",
	Initial: "submitted", Anybody: true,
	Fields: []Field{
		agreementKind("kind"), day("received_on"), words2("papers", papers...), words2("missing", papers...),
		doc(words2("bars", bars...), "bars of Art. 11, by number"), doc(day("bar_since"), "the day from which the bar counts"),
		doc(words2("bars_lifted", bars...), "bars that stand no more"), doc(day("supplement_by"), "until when the missing papers come"),
		doc(list("experts"), "matter ids of the experts of the group"), doc(list("officials"), "keys of the agency's people in the group"), list("recused"), count("level", 1, 3),
		text("medical_insurance_no"), number("score"), count("valid_years", 1, 2), free("advice"), free("introduction"), free("opinion"),
		hash("sheet_sha256"),
	},
	Steps: []Step{
		{
			Action: Open, By: either, Needs: []string{"kind"}, Takes: []string{"received_on", "papers", "introduction"}, Tells: true,
			Term: missingPapers, Law: shanxi + "12",
			Doc: "An institution applies.", Check: mayApply,
		},
		{
			Action: "ask_papers", From: []State{"submitted"}, To: "incomplete", By: officers, Needs: []string{"missing"}, Asks: []string{"supplement_by"}, Tells: true,
			Term: named("supplement_by", shanxi+"13", "the missing papers come"),
			Law:  shanxi + "13", Doc: "Tell at once, and once only, everything that is missing, and by when it must come.", Check: supplementAhead,
		},
		{
			Action: "supplement", From: []State{"incomplete"}, To: "supplemented", By: either, Takes: []string{"papers", "introduction"}, Tells: true,
			Law: shanxi + "13", Doc: "The missing papers come.",
		},
		{
			Action: "accept", From: []State{"submitted", "supplemented"}, To: "accepted", By: officers, Tells: true,
			Term: assessmentTerm, Law: shanxi + "13", Doc: "The papers are complete and the conditions are met.",
		},
		{
			Action: "refuse", From: []State{"submitted", "supplemented", "incomplete"}, To: "refused", By: officers, Takes: []string{"bars", "bar_since"}, Tells: true,
			Law: shanxi + "11", Doc: "It does not meet the conditions, or is barred.",
		},
		{
			Action: "lift_bars", From: []State{"refused"}, By: officers, Second: seconds, Needs: []string{"bars_lifted"}, Tells: true,
			Law: shanxi + "11", Doc: "Bars of the refusal stand no more: of some only people know when they end.", Check: barsStand, Effect: liftBars,
		},
		{
			Action: "pause", From: []State{"accepted", "assessing"}, By: officers, Needs: []string{"missing"}, Tells: true,
			Law: shanxi + "13", Doc: "More papers are needed: the time until they come is not counted.", Check: notPaused,
		},
		{
			Action: "resume", From: []State{"accepted", "assessing"}, By: either, Takes: []string{"papers"}, Tells: true,
			Law: shanxi + "13", Doc: "The papers came: the time counts again.", Check: paused,
		},
		{
			Action: "form_group", From: []State{"accepted"}, To: "assessing", By: officers, Needs: []string{"experts"}, Takes: []string{"officials", "recused"},
			Term: assessmentTerm, Law: shanxi + "13", Doc: "Experts and people of the agency, an odd number of at least seven, no expert with an interest in the institution.", Check: group, Effect: formGroup,
		},
		{
			Action: "exempt", From: []State{"accepted"}, To: "passed", By: officers, Second: seconds, Needs: []string{"level", "medical_insurance_no", "valid_years"},
			Tells: true, Law: shanxi + "16", Doc: "A general hospital of level 2 or 3 that treats for the basic medical insurance needs no assessment.", Check: exempt,
		},
		{
			Action: "pass", From: []State{"assessing"}, To: "passed", By: officers, Second: seconds, Needs: []string{"score", "valid_years"}, Takes: []string{"sheet_sha256", "opinion"},
			Tells: true, Law: shanxi + "15", Doc: "90 and more passes, for one or two years.", Check: passes,
		},
		{
			Action: "fail", From: []State{"assessing"}, To: "failed", By: officers, Second: seconds, Needs: []string{"score", "advice"}, Takes: []string{"sheet_sha256"},
			Tells: true, Law: shanxi + "15", Doc: "Below 90: the reasons are told, with advice.", Check: fails,
		},
		{
			Action: "reassess", From: []State{"failed"}, To: "accepted", By: officers, Tells: true, Term: assessmentTerm,
			Law: shanxi + "15", Doc: "Once more, three months after the result was told.", Check: mayReassess,
		},
		{
			Action: "retract", From: []State{"submitted", "incomplete", "supplemented", "accepted", "assessing", "failed"}, To: "retracted", By: either, Tells: true,
			Law: shanxi + "2", Doc: "The institution does not want it any more.",
		},
	},
	Final: []State{"passed", "refused", "retracted"},
}

// papers are those of Art. 12; the licence stands apart from the certificate.
var papers = []string{"application_form", "licence", "level_certificate", "rules_and_accounts", "information_system", "fund_forecast"}

// bars are the eight of Art. 11.
var bars = []string{"11.1", "11.2", "11.3", "11.4", "11.5", "11.6", "11.7", "11.8"}

// ValidUntil is the first day on which a passed assessment is not valid any more.
func (m *Matter) ValidUntil() (until claimwatch.Day, ok bool) {
	for _, action := range []Action{"pass", "exempt"} {
		if e, done := m.Last(action); done && m.State == "passed" {
			years, _ := strconv.Atoi(m.Fields["valid_years"])
			span, err := term.Validity(e.At.Day(), years)
			return span.Until, err == nil
		}
	}
	return 0, false
}

// failures counts the assessments that failed, and gives the day of the last.
func (m *Matter) failures() (last claimwatch.Day, n int) {
	for _, e := range m.History {
		if e.Action == Confirm && e.Of == "fail" {
			last, n = e.At.Day(), n+1
		}
	}
	return last, n
}

func group(c *Case) error {
	if isPaused(c.Matter) {
		return refuse("papers are asked for: resume first")
	}
	members, officials := listOf(c.Get("experts")), listOf(c.fields["officials"])
	if n := len(members) + len(officials); n < leastExperts || n%2 == 0 {
		return fault("experts", claimwatch.CodeRange, "the group has an odd number of at least 7 members, experts and officials together (Art. 13)")
	}
	for i, one := range officials {
		if slices.Contains(officials[:i], one) || slices.Contains(members, one) || slices.Contains(listOf(c.Get("recused")), one) {
			return fault("officials", claimwatch.CodeConflict, one+" is named twice, or recused")
		}
	}
	for i, member := range members {
		m, known := c.Register.matters[member]
		switch {
		case !known || m.Kind != "expert" || m.State != "active":
			return fault("experts", claimwatch.CodeRange, member+" is no active expert of the register")
		case slices.Contains(listOf(m.Fields["conflicts"]), c.Matter.InstitutionID):
			return fault("experts", claimwatch.CodeConflict, m.Number+" has an interest in the institution and must be recused (Art. 13)")
		case slices.Contains(members[:i], member), slices.Contains(listOf(c.Get("recused")), member):
			return fault("experts", claimwatch.CodeConflict, m.Number+" is named twice, or recused")
		}
	}
	return nil
}

// formGroup: the people of an earlier group sit in no later one by themselves.
func formGroup(c *Case) ([]Row, error) {
	c.set("officials", c.fields["officials"])
	return nil, nil
}

func exempt(c *Case) error {
	if c.Get("kind") != "medical" || c.Get("level") == "1" {
		return fault("level", claimwatch.CodeRange, "only general hospitals of level 2 and 3 need no assessment (Art. 16)")
	}
	if known, ok := c.Institution(c.Matter.InstitutionID); ok && c.Get("level") != strconv.Itoa(known.Level) {
		return fault("level", claimwatch.CodeRange, "the table institutions gives it another level")
	}
	return nil
}

func scoreOf(c *Case) int64 {
	score, _ := claimwatch.ParseDecimal(c.Get("score"), 4, 1_000_0000) // checked as a number
	return score
}

func passes(c *Case) error {
	if isPaused(c.Matter) {
		return refuse("papers are asked for: resume first")
	}
	if score := scoreOf(c); score < passingScore || score > 100_0000 {
		return fault("score", claimwatch.CodeRange, "90 to 100 passes (Art. 15); below that the action is fail")
	}
	return nil
}

func fails(c *Case) error {
	if isPaused(c.Matter) {
		return refuse("papers are asked for: resume first")
	}
	if scoreOf(c) >= passingScore {
		return fault("score", claimwatch.CodeRange, "90 and more passes (Art. 15): the action is pass")
	}
	return nil
}

func mayReassess(c *Case) error {
	last, n := c.Matter.failures()
	if n >= 2 {
		return refuse("it has failed twice: a new application is possible from %s on (Art. 15)", barOver(c, term.BarAfterFailure(last)))
	}
	return notBefore(barOver(c, term.Span{Until: term.Reassessment(last)}), c, "three months after the result, Art. 15")
}

// missingPapers counts from the day on which the papers came, which may be before
// somebody has entered them.
var missingPapers = &Term{Law: shanxi + "13", Doc: "say once which papers are missing, or accept", Due: func(m *Matter, calendar *term.Calendar) (claimwatch.Day, bool) {
	came := m.Running.From
	if named, ok := m.GetDay("received_on"); ok {
		came = min(came, named)
	}
	d := calendar.MissingPapers(came)
	return d.On, d.Provisional
}}

func supplementAhead(c *Case) error {
	if by, _ := c.GetDay("supplement_by"); c.Get("supplement_by") != "" && by < c.Day() {
		return fault("supplement_by", claimwatch.CodeRange, "supplement_by is today or later")
	}
	return nil
}

// assessmentTerm is three months from acceptance, without the days on which the
// institution supplemented papers.
var assessmentTerm = &Term{Law: shanxi + "13", Doc: "assess within three months, without the time of supplements", Due: func(m *Matter, _ *term.Calendar) (claimwatch.Day, bool) {
	var begin, since claimwatch.Day
	var waited []term.Span
	paused := false
	for _, e := range m.History {
		switch {
		case e.Action == "accept", e.Action == "reassess":
			begin, waited, paused = e.At.Day(), nil, false
		case e.Action == "pause":
			since, paused = e.At.Day(), true
		case e.Action == "resume":
			waited, paused = append(waited, term.Span{From: since, Until: e.At.Day()}), false
		}
	}
	if paused || begin == 0 {
		return 0, false // the institution's time runs, not the agency's
	}
	return term.Assessment(begin, waited...), false
}}

func isPaused(m *Matter) bool {
	for _, e := range slices.Backward(m.History) {
		switch {
		case e.Action == "pause":
			return true
		case slices.Contains([]Action{"resume", "accept", "reassess"}, e.Action):
			return false
		}
	}
	return false
}

func notPaused(c *Case) error {
	if isPaused(c.Matter) {
		return refuse("papers are asked for already: resume first")
	}
	return nil
}

func paused(c *Case) error {
	if !isPaused(c.Matter) {
		return refuse("nothing is asked for: the time counts")
	}
	return nil
}

// listOf splits a list field.
func listOf(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ";")
}
