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
		doc(list("experts"), "matter ids of the experts of the group"), list("recused"), count("level", 1, 3),
		text("medical_insurance_no"), number("score"), count("valid_years", 1, 2), free("advice"), free("introduction"), free("opinion"),
		hash("sheet_sha256"),
	},
	Steps: []Step{
		{
			Action: Open, By: either, Needs: []string{"kind"}, Takes: []string{"received_on", "papers", "introduction"}, Tells: true,
			Term: legal("say once which papers are missing, or accept", shanxi+"13", (*term.Calendar).MissingPapers), Law: shanxi + "12",
			Doc: "An institution applies.", Check: mayApply,
		},
		{
			Action: "ask_papers", From: []State{"submitted"}, To: "incomplete", By: officers, Needs: []string{"missing"}, Tells: true,
			Law: shanxi + "13", Doc: "Tell at once, and once only, everything that is missing.",
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
			Action: "pause", From: []State{"accepted", "assessing"}, By: officers, Needs: []string{"missing"}, Tells: true,
			Law: shanxi + "13", Doc: "More papers are needed: the time until they come is not counted.", Check: notPaused,
		},
		{
			Action: "resume", From: []State{"accepted", "assessing"}, By: either, Takes: []string{"papers"}, Tells: true,
			Law: shanxi + "13", Doc: "The papers came: the time counts again.", Check: paused,
		},
		{
			Action: "form_group", From: []State{"accepted"}, To: "assessing", By: officers, Needs: []string{"experts"}, Takes: []string{"recused"},
			Term: assessmentTerm, Law: shanxi + "13", Doc: "An odd number of at least seven, none with an interest in the institution.", Check: group,
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

// BarredUntil is the first day on which the bar of Art. 11 or 15 is over; ok is
// false when nothing bars, or nothing says until when.
func (m *Matter) BarredUntil() (until claimwatch.Day, ok bool) {
	if last, failed := m.failures(); failed == 2 && m.State == "failed" {
		return term.BarAfterFailure(last).Until, true
	}
	since, dated := m.GetDay("bar_since")
	for _, bar := range listOf(m.Fields["bars"]) {
		span, timed := map[string]func(claimwatch.Day) term.Span{
			"11.2": term.BarAfterDeceit, "11.3": term.BarAfterIncident, "11.4": term.BarOfSiblings, "11.5": term.BarAfterTermination,
		}[bar]
		if m.State == "refused" && dated && timed && span(since).Until > until {
			until, ok = span(since).Until, true
		}
	}
	return until, ok
}

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

func mayApply(c *Case) error {
	var err error
	c.Register.each("application", c.Matter.InstitutionID, func(m *Matter) {
		if m.Fields["kind"] != c.Get("kind") || err != nil {
			return
		}
		if until, barred := m.BarredUntil(); barred && c.Day() < until {
			err = refuse("%s bars a new application until %s (Art. 11, 15): apply from that day on", m.Number, until)
		} else if _, failed := m.failures(); !slices.Contains(c.Spec.Final, m.State) && !(m.State == "failed" && failed == 2) {
			err = refuse("%s of the same kind is under way: it must end first", m.Number)
		}
	})
	if err != nil {
		return err
	}
	c.Register.each("sanction", c.Matter.InstitutionID, func(m *Matter) {
		told, notified := m.Last("notify")
		violation := slices.ContainsFunc(listOf(m.Fields["grounds"]), func(g string) bool { return g != "39.12" })
		if m.Fields["measure"] != MeasureTermination || m.State != "in_force" || !notified || !violation {
			return
		}
		if until := term.BarAfterTermination(told.At.Day()).Until; c.Day() < until {
			err = refuse("its agreement was terminated for violations (%s): apply from %s on (Art. 11 (5))", m.Number, until)
		}
	})
	return err
}

func group(c *Case) error {
	if isPaused(c.Matter) {
		return refuse("papers are asked for: resume first")
	}
	members := listOf(c.Get("experts"))
	if len(members) < leastExperts || len(members)%2 == 0 {
		return fault("experts", claimwatch.CodeRange, "the group has an odd number of at least 7 members (Art. 13)")
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
		return refuse("it has failed twice: a new application is possible from %s on (Art. 15)", term.BarAfterFailure(last).Until)
	}
	return notBefore(term.Reassessment(last), c, "three months after the result, Art. 15")
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
