package matter

import (
	"claimwatch"
)

// Grounds are the grounds of Shanxi Art. 38 (suspension) and 39 (termination).
func Grounds() []string {
	return []string{
		"38.1", "38.2", "38.3", "38.4", "39.1", "39.2", "39.3", "39.4", "39.5", "39.6", "39.7", "39.8", "39.9",
		"39.10", "39.11", "39.12", "39.13", "39.14",
	}
}

// clue is Art. 18, 29 and 49: what somebody says or sees, the inquiry, and its
// result. A verified clue becomes a ground of a sanction.
var clue = Spec{
	Kind: "clue", Plural: "clues", Doc: "Complaints, reports, what daily review, monitoring and inspections bring to light, and the inquiry.",
	Initial: "open", Anybody: true, NoInstitution: true,
	Fields: []Field{
		doc(word("source", "complaint", "report", "daily_review", "monitoring", "inspection"), "where it comes from (Art. 18, 29, 49)"),
		doc(word("about", "institution", "staff", "employer", "insured_person"), "whom it is about"),
		day("received_on"), id("finding_id"), id("inspection_id"), yes("anonymous"),
		doc(free("subject"), "what was said"),
		word("method", "telephone", "on_site", "network", "documents"), text("assigned_to"),
		doc(free("result"), "what the inquiry has found"),
		words2("grounds", Grounds()...), amount("amount"),
	},
	Steps: []Step{
		{
			Action: Open, By: either, Needs: []string{"source", "about", "subject"}, Takes: []string{"received_on", "finding_id", "inspection_id", "anonymous"},
			Law: shanxi + "29", Doc: "A clue comes in. A hospital reports others, never itself (Art. 49).", Check: openClue,
		},
		{
			Action: "inquire", From: []State{"open", "inquiry"}, To: "inquiry", By: officers, Needs: []string{"method"}, Takes: []string{"assigned_to"},
			Law: shanxi + "29", Doc: "Somebody looks into it: by telephone, on site, through the network or in papers.",
		},
		{
			Action: "note", From: []State{"open", "inquiry"}, By: officers, Takes: []string{"result", "assigned_to"},
			Law: shanxi + "18", Doc: "What has come to light so far.",
		},
		{
			Action: "verify", From: []State{"inquiry"}, To: "verified", By: officers, Needs: []string{"result"}, Takes: []string{"grounds", "amount"},
			Law: shanxi + "18", Doc: "It is true. With grounds it supports a sanction.",
		},
		{
			Action: "dismiss", From: []State{"open", "inquiry"}, To: "unfounded", By: officers, Takes: []string{"result"},
			Law: shanxi + "18", Doc: "It is not true, or cannot be shown.",
		},
		{
			Action: "reopen", From: []State{"verified", "unfounded"}, To: "inquiry", By: officers, Second: seconds,
			Law: shanxi + "18", Doc: "The inquiry begins anew.",
		},
	},
	Final: []State{"verified", "unfounded"},
}

func openClue(c *Case) error {
	if c.By.InstitutionID != "" && (c.Get("about") == "institution" || c.Get("source") != "report") {
		return fault("about", claimwatch.CodeRange, "a hospital reports (source report) staff, employers and insured persons")
	}
	return nil
}

// Verified gives the grounds that verified clues about an institution have
// brought, by the id of the clue.
func (r *Register) Verified(institution string) map[string][]string {
	grounds := map[string][]string{}
	r.each("clue", institution, func(m *Matter) {
		if m.State == "verified" && (m.Fields["about"] == "institution" || m.Fields["about"] == "staff") && m.Fields["grounds"] != "" {
			grounds[m.ID] = listOf(m.Fields["grounds"])
		}
	})
	return grounds
}
