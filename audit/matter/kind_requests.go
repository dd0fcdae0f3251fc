package matter

import (
	"cmp"

	"claimwatch"
	"claimwatch/audit/term"
)

// change is Art. 35: what becomes of an institution, told within 30 working days.
var change = Spec{
	Kind: "change", Plural: "changes", Doc: "Mergers and changes of name, owner, head, level, address or scope.",
	Initial: "reported",
	Fields: []Field{
		word("what", "merger", "name", "ownership", "legal_representative", "level", "address", "scope"), day("approved_on"), text("approval_no"),
		free("details"), free("result"), yes("major"), id("sanction_id"),
	},
	Steps: []Step{
		{
			Action: Open, By: either, Needs: []string{"what", "approved_on"}, Takes: []string{"approval_no", "details"}, Tells: true,
			Law: shanxi + "35", Doc: "An institution reports a change, or the agency finds one that was not reported.",
		},
		{
			Action: "verify", From: []State{"reported", "reassessing"}, To: "verified", By: officers, Takes: []string{"result", "major"}, Tells: true,
			Law: shanxi + "35", Doc: "Checked; the agreement goes on with it.",
		},
		{
			Action: "reassess", From: []State{"reported"}, To: "reassessing", By: officers, Second: seconds, Takes: []string{"sanction_id", "result"}, Tells: true,
			Law: shanxi + "35", Doc: "The agreement is suspended first and the institution assessed anew.",
		},
		{
			Action: "refuse", From: []State{"reported", "reassessing"}, To: "refused", By: officers, Second: seconds, Takes: []string{"result", "major"}, Tells: true,
			Law: shanxi + "35", Doc: "The agreement does not go on with it.",
		},
	},
	Final: []State{"verified", "refused"},
}

// IsLate says whether a change was told after its term: Art. 39 (6) when it is a
// major one.
func (m *Matter) IsLate(world World) bool {
	approved, ok := m.GetDay("approved_on")
	if !ok || m.Kind != "change" {
		return false
	}
	return world.Calendar.ChangeReport(approved).Late(m.OpenedAt)
}

// renewal is Art. 36: asked by the institution, or organized by the agency.
var renewal = Spec{
	Kind: "renewal", Plural: "renewals", Doc: "Renewals: asked, negotiated, agreed or not.",
	Initial: "asked",
	Fields: []Field{
		agreementKind("kind"), id("agreement_id"), day("term_until"), doc(yes("networked"), "settles through the network (Guangdong 2)"),
		day("new_from"), day("new_until"), free("result"),
	},
	Steps: []Step{
		{
			Action: Open, By: either, Needs: []string{"kind", "agreement_id", "term_until"}, Takes: []string{"networked"}, Tells: true,
			Term: named("term_until", shanxi+"36", "agree before the term ends"), Law: shanxi + "36", Doc: "Renewal is asked three months before the end.",
		},
		{
			Action: "negotiate", From: []State{"asked", "negotiating"}, To: "negotiating", By: officers, Takes: []string{"networked"}, Tells: true,
			Term: named("term_until", shanxi+"36", "agree before the term ends"), Law: shanxi + "36", Doc: "Both talk, with what the agreement, assessments and inspections have shown.",
		},
		{
			Action: "agree", From: []State{"asked", "negotiating"}, To: "agreed", By: officers, Second: seconds, Needs: []string{"new_from", "new_until"}, Takes: []string{"result"}, Tells: true,
			Law: shanxi + "36", Doc: "Agreed: sign it as a new agreement course.", Check: renewable,
		},
		{
			Action: "fail", From: []State{"asked", "negotiating"}, To: "failed", By: officers, Takes: []string{"result"}, Tells: true,
			Law: shanxi + "36", Doc: "Not agreed: the agreement ends with its term.",
		},
	},
	Final: []State{"agreed", "failed"},
}

// AskedLate says whether renewal was asked less than three months before the end.
func (m *Matter) AskedLate() bool {
	until, ok := m.GetDay("term_until")
	return ok && m.Kind == "renewal" && m.OpenedAt.Day() > term.RenewalBy(until)
}

// renewable refuses whoever does not settle through the network: in principle no
// new agreement (Guangdong 2).
func renewable(c *Case) error {
	if c.Get("networked") == "false" {
		return fault("networked", claimwatch.CodeRange, "who does not settle through the network is not renewed (Guangdong 2)")
	}
	from, _ := c.GetDay("new_from")
	if until, _ := c.GetDay("new_until"); until <= from {
		return fault("new_until", claimwatch.CodeTimeOrder, "new_until must be later than new_from")
	}
	return nil
}

// documentRequest is Art. 22 and 24: papers that the agency wants, by a day. One
// that is refused counts as ground 38.2.
var documentRequest = Spec{
	Kind: "document_request", Plural: "document-requests", Doc: "Papers asked of an institution, with a day by which they must come.",
	Initial: "asked",
	Fields: []Field{
		doc(free("what"), "which papers"), list("findings"), list("records"), day("due_on"), id("clue_id"), free("answer"), text("original_no"),
	},
	Steps: []Step{
		{
			Action: Open, By: officers, Needs: []string{"what", "due_on"}, Takes: []string{"findings", "records", "clue_id"}, Tells: true,
			Term: named("due_on", shanxi+"22", "the papers come"), Law: shanxi + "22", Doc: "The agency asks.", Check: dueAhead,
		},
		{
			Action: "answer", From: []State{"asked"}, To: "answered", By: either, Takes: []string{"answer", "original_no"}, Tells: true,
			Law: shanxi + "22", Doc: "The papers come, as attachments or on paper.",
		},
		{
			Action: "extend", From: []State{"asked"}, To: "asked", By: officers, Needs: []string{"due_on"}, Tells: true,
			Term: named("due_on", shanxi+"22", "the papers come"), Law: shanxi + "22", Doc: "More time.", Check: dueAhead,
		},
		{
			Action: "ask_again", From: []State{"answered"}, To: "asked", By: officers, Needs: []string{"due_on"}, Takes: []string{"what"}, Tells: true,
			Term: named("due_on", shanxi+"22", "the papers come"), Law: shanxi + "22", Doc: "They are not what was asked for.", Check: dueAhead,
		},
		{
			Action: "accept", From: []State{"answered"}, To: "closed", By: officers, Tells: true, Law: shanxi + "22", Doc: "The papers are what was asked for.",
		},
		{
			Action: "mark_refused", From: []State{"asked"}, To: "refused", By: officers, Tells: true,
			Law: shanxi + "38", Doc: "The day has passed without them: they were refused.", Check: overdue,
		},
		{
			Action: "cancel", From: []State{"asked", "answered", "refused"}, To: "cancelled", By: officers, Tells: true, Law: shanxi + "22", Doc: "They are not needed, or came after all.",
		},
	},
	Final: []State{"closed", "refused", "cancelled"},
}

func dueAhead(c *Case) error {
	if due, _ := c.GetDay("due_on"); due < c.Day() {
		return fault("due_on", claimwatch.CodeRange, "due_on is today or later")
	}
	return nil
}

func overdue(c *Case) error {
	due, _ := c.GetDay("due_on")
	return notBefore(due+1, c, "the institution may answer until the day before")
}

// appraisal is Art. 27: what the appraisal of a person's capacity concluded.
var appraisal = Spec{
	Kind: "appraisal", Plural: "appraisals", Doc: "Conclusions of appraisals that a person is to have a device, with the standard.",
	Initial: "recorded", NoInstitution: true, Anybody: true,
	Fields: []Field{
		id("appraisal_id"),
		{Column: claimwatch.Column{Name: "item_code", Type: claimwatch.ColumnItem}},
		day("approved_on"), text("conclusion_no"),
		amount("limit"), free("standard"), text("body_part"),
	},
	Steps: []Step{
		{
			Action: Open, By: officers, Needs: []string{"item_code", "approved_on"}, Takes: []string{"appraisal_id", "conclusion_no", "limit", "standard", "body_part"},
			Law: shanxi + "27", Doc: "A conclusion is entered.", Check: hasPerson, Effect: appraisalRow,
		},
		{
			Action: "withdraw_conclusion", From: []State{"recorded"}, To: "withdrawn", By: officers, Second: seconds,
			Law: shanxi + "27", Doc: "The conclusion does not stand.", Effect: appraisalGone,
		},
	},
	Final: []State{"withdrawn"},
}

func hasPerson(c *Case) error {
	if c.Matter.PersonID == "" {
		return fault("person_id", claimwatch.CodeMissing, "person_id is needed")
	}
	return nil
}

func appraisalRow(c *Case) ([]Row, error) {
	return []Row{{Table: "appraisals", Cells: map[string]string{
		"appraisal_id": cmp.Or(c.Get("appraisal_id"), c.Matter.Number), "person_id": c.Matter.PersonID,
		"item_code": c.Get("item_code"), "approved_on": c.Get("approved_on"),
	}}}, nil
}

func appraisalGone(c *Case) ([]Row, error) {
	rows, err := appraisalRow(c)
	rows[0].Void = true
	return rows, err
}

// referralRequest is Art. 28: the institution proposes, the agency agrees.
var referralRequest = Spec{
	Kind: "referral_request", Plural: "referral-requests", Doc: "Referrals proposed by institutions, agreed by the agency.",
	Initial: "proposed",
	Fields: []Field{
		id("to_institution_id"), id("stay_id"), free("medical_reason"), id("referral_id"), day("approved_on"),
	},
	Steps: []Step{
		{
			Action: Open, By: either, Needs: []string{"to_institution_id"}, Takes: []string{"stay_id", "medical_reason"}, Tells: true,
			Law: shanxi + "28", Doc: "The institution proposes.", Check: mayRefer,
		},
		{
			Action: "approve", From: []State{"proposed"}, To: "approved", By: officers, Takes: []string{"referral_id"}, Tells: true,
			Law: shanxi + "28", Doc: "The agency agrees from today on.", Effect: referralRow,
		},
		{
			Action: "refuse", From: []State{"proposed"}, To: "refused", By: officers, Tells: true, Law: shanxi + "28", Doc: "The agency does not agree.",
		},
		{
			Action: "retract", From: []State{"proposed"}, To: "retracted", By: either, Tells: true, Law: shanxi + "28", Doc: "Not needed any more.",
		},
		{
			Action: "revoke", From: []State{"approved"}, To: "revoked", By: officers, Second: seconds, Tells: true,
			Law: shanxi + "28", Doc: "It should not have been approved.", Effect: referralGone,
		},
	},
	Final: []State{"approved", "refused", "retracted", "revoked"},
}

func mayRefer(c *Case) error {
	if err := hasPerson(c); err != nil {
		return err
	}
	to := c.Get("to_institution_id")
	if _, known := c.Institution(to); !known || to == c.Matter.InstitutionID {
		return fault("to_institution_id", claimwatch.CodeRange, "name another institution of the table institutions")
	}
	return nil
}

func referralRow(c *Case) ([]Row, error) {
	referral := cmp.Or(c.Get("referral_id"), c.Matter.Number)
	c.set("referral_id", referral)
	if c.Get("approved_on") == "" {
		c.set("approved_on", c.Day().String())
	}
	return []Row{{Table: "referrals", Cells: map[string]string{
		"referral_id": referral, "person_id": c.Matter.PersonID, "from_institution_id": c.Matter.InstitutionID,
		"to_institution_id": c.Get("to_institution_id"), "approved_on": c.Get("approved_on"),
	}}}, nil
}

func referralGone(c *Case) ([]Row, error) {
	rows, err := referralRow(c)
	rows[0].Void = true
	return rows, err
}
