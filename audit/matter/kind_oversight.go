package matter

import (
	"strconv"

	"claimwatch"
	"claimwatch/audit/term"
)

// plaqueBack is five working days after the end of the agreement (Guangdong 6).
var plaqueBack = &Term{Law: guangdong + "6", Doc: "the plaque comes back", Due: func(m *Matter, calendar *term.Calendar) (claimwatch.Day, bool) {
	ended, ok := m.GetDay("ended_on")
	if !ok {
		return 0, false
	}
	d := calendar.PlaqueBack(ended)
	return d.On, d.Provisional
}}

// inspection is Art. 42: a draw that anyone can verify afterwards, the visits, and
// what came of them. The draw itself is package inspection.
var inspection = Spec{
	Kind: "inspection", Plural: "inspections", Doc: "Double-random inspections: the draw committed, the seed published, drawn, held, reported.",
	Initial: "committed", NoInstitution: true, Anybody: true,
	Fields: []Field{
		doc(hash("commitment"), "SHA-256 of the list and a secret nonce, published before the seed is known"), doc(text("seed_source"), "which public draw gives the seed"),
		doc(day("seed_on"), "the day of that draw, still to come"), doc(inner(longText("inputs")), "the list as JSON, with the nonce"),
		doc(text("seed"), "the public seed as it was published"), list("institutions"), list("inspectors"), hash("draw_sha256"),
		doc(longText("draw"), "everything that is needed to draw again, as JSON"), list("clues"), free("result"), day("published_on"),
	},
	Steps: []Step{
		{Action: Open, By: officers, Needs: []string{"commitment", "seed_source", "seed_on", "inputs"}, Law: shanxi + "42", Doc: "The list is fixed before the seed can be known.", Check: seedAhead, Term: named("seed_on", shanxi+"42", "the seed is drawn")},
		{Action: "reveal", From: []State{"committed"}, To: "drawn", By: officers, Second: seconds, Needs: []string{"seed", "institutions", "inspectors", "draw_sha256", "draw"}, Law: shanxi + "42", Doc: "The public seed draws institutions and inspectors.", Check: seedIsOut},
		{Action: "publish", From: []State{"drawn"}, To: "published", By: officers, Needs: []string{"published_on"}, Takes: []string{"clues", "result"}, Law: shanxi + "42", Doc: "Held and made public; what was found goes on as clues."},
		{Action: "cancel", From: []State{"committed", "drawn"}, To: "cancelled", By: officers, Second: seconds, Law: shanxi + "42", Doc: "It does not take place."},
	},
	Final: []State{"published", "cancelled"},
}

func seedAhead(c *Case) error {
	if err := ofNobody(c); err != nil {
		return err
	}
	if on, _ := c.GetDay("seed_on"); on <= c.Day() {
		return fault("seed_on", claimwatch.CodeRange, "the seed is drawn on a day that is still to come")
	}
	return nil
}

func seedIsOut(c *Case) error {
	on, _ := c.GetDay("seed_on")
	return notBefore(on, c, "the seed is not drawn before")
}

// assessment is Art. 34, 47 and 48: the year's score, which decides the bond.
var assessment = Spec{
	Kind: "assessment", Plural: "assessments", Doc: "Annual assessments: proposed from data, entered by people, confirmed by a second.",
	Initial: "open",
	Fields: []Field{
		count("year", 1990, 2199), doc(number("proposed_score"), "what the data would give"), number("score"), number("satisfaction"), hash("sheet_sha256"),
		free("sheet"), free("heard"), doc(count("respondents", 0, 1_000_000), "insured persons who were asked (Art. 47)"),
	},
	Steps: []Step{
		{Action: Open, By: officers, Needs: []string{"year"}, Takes: []string{"proposed_score", "sheet"}, Law: shanxi + "34", Doc: "The sheet of a year.", Check: onceAYear},
		{
			Action: "enter", From: []State{"open", "entered"}, To: "entered", By: officers, Second: seconds, Needs: []string{"score", "satisfaction"},
			Takes: []string{"sheet_sha256", "sheet", "heard", "respondents"}, Tells: true, Law: shanxi + "34",
			Doc: "Score and satisfaction; employers and supervisors were heard (Art. 47, 48).", Check: atMost100, Effect: assessmentRow,
		},
	},
}

func onceAYear(c *Case) error {
	var err error
	c.Register.each("assessment", c.Matter.InstitutionID, func(m *Matter) {
		if m.Fields["year"] == c.Get("year") {
			err = refuse("%s is about that year already: enter its score there", m.Number)
		}
	})
	if year, _ := strconv.Atoi(c.Get("year")); err == nil && year > c.At.Time().Year() {
		return fault("year", claimwatch.CodeRange, "that year is still to come")
	}
	return err
}

func atMost100(c *Case) error {
	for _, name := range []string{"score", "satisfaction"} {
		if n, _ := claimwatch.ParseDecimal(c.Get(name), 4, 1_000_0000); n > 100_0000 || n == 0 && c.Get(name)[0] != '0' {
			return fault(name, claimwatch.CodeRange, name+" is 0 to 100")
		}
	}
	return nil
}

func assessmentRow(c *Case) ([]Row, error) {
	return []Row{{Table: "assessments", Cells: map[string]string{
		"institution_id": c.Matter.InstitutionID, "year": c.Get("year"), "score": c.Get("score"), "satisfaction": c.Get("satisfaction"),
	}}}, nil
}
