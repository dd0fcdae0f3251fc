package matter

import (
	"claimwatch"
)

// expert is Art. 3: the pools of province and cities, used by 13, 32 and 42.
var expert = Spec{
	Kind: "expert", Plural: "experts", Doc: "Experts of province and city, their field and the institutions in which they have an interest.",
	Initial: "active", NoInstitution: true, Anybody: true,
	Fields: []Field{
		free("name"), text("field"), text("city"), text("title"), doc(list("conflicts"), "institution ids for which the expert is recused"),
	},
	Steps: []Step{
		{Action: Open, By: officers, Needs: []string{"field", "city"}, Takes: []string{"name", "title", "conflicts"}, Law: shanxi + "3", Doc: "An expert joins the pool.", Check: ofNobody},
		{Action: "amend", From: []State{"active"}, By: officers, Takes: []string{"name", "field", "city", "title", "conflicts"}, Law: shanxi + "3", Doc: "Something is different now."},
		{Action: "retire", From: []State{"active"}, To: "retired", By: officers, Law: shanxi + "3", Doc: "The expert leaves the pool."},
		{Action: "return", From: []State{"retired"}, To: "active", By: officers, Law: shanxi + "3", Doc: "The expert is back."},
	},
}

func ofNobody(c *Case) error {
	if c.Matter.InstitutionID != "" {
		return fault("institution_id", claimwatch.CodeRange, "an expert belongs to no institution: name interests in conflicts")
	}
	return nil
}

// dispute is Art. 40. It suspends nothing by itself.
var dispute = Spec{
	Kind: "dispute", Plural: "disputes", Doc: "Disputes about an agreement or a decision: talks, coordination, review, litigation. They suspend nothing by themselves.",
	Initial: "open",
	Fields: []Field{
		word("about", "signing", "performance", "change", "termination", "sanction", "rejection", "medical_record"), id("matter_id"), id("finding_id"),
		word("route", "talks", "coordination", "administrative_review", "litigation"), text("case_no"), text("body"), day("filed_on"), free("claim"), free("result"),
		word("outcome", "settled", "upheld", "overturned", "retracted"), day("decided_on"),
	},
	Steps: []Step{
		{Action: Open, By: either, Needs: []string{"about", "route"}, Takes: []string{"matter_id", "finding_id", "case_no", "body", "filed_on", "claim"}, Tells: true, Law: shanxi + "40", Doc: "A dispute begins."},
		{Action: "go_to", From: []State{"open"}, By: either, Needs: []string{"route"}, Takes: []string{"case_no", "body", "filed_on", "claim"}, Tells: true, Law: shanxi + "40", Doc: "Before another body."},
		{Action: "note", From: []State{"open"}, By: officers, Takes: []string{"result"}, Law: shanxi + "40", Doc: "For the file."},
		{
			Action: "close", From: []State{"open"}, To: "closed", By: officers, Second: seconds, Needs: []string{"outcome", "decided_on"}, Takes: []string{"result", "case_no"}, Tells: true,
			Law: shanxi + "40", Doc: "Decided. What was overturned is mended by its own step: an appeal, a lift.",
		},
		{Action: "retract", From: []State{"open"}, To: "retracted", By: either, Tells: true, Law: shanxi + "40", Doc: "The institution gives it up."},
	},
	Final: []State{"closed", "retracted"},
}

// rectification is Art. 18, 43 and 45: what must be put right, and whether it was.
var rectification = Spec{
	Kind: "rectification", Plural: "rectifications", Doc: "Orders to put something right, the institution's report, the inspection.",
	Initial: "ordered",
	Fields: []Field{
		doc(free("what"), "what must be put right"), day("due_on"), id("sanction_id"), id("clue_id"), free("report"), day("inspected_on"), free("result"),
	},
	Steps: []Step{
		{Action: Open, By: officers, Needs: []string{"what", "due_on"}, Takes: []string{"sanction_id", "clue_id"}, Tells: true, Term: named("due_on", shanxi+"43", "the institution reports"), Law: shanxi + "43", Doc: "The order.", Check: dueAhead},
		{Action: "report", From: []State{"ordered"}, To: "reported", By: either, Takes: []string{"report"}, Tells: true, Law: shanxi + "43", Doc: "The institution reports that it is done."},
		{Action: "extend", From: []State{"ordered"}, To: "ordered", By: officers, Needs: []string{"due_on"}, Tells: true, Term: named("due_on", shanxi+"43", "the institution reports"), Law: shanxi + "43", Doc: "More time.", Check: dueAhead},
		{Action: "accept", From: []State{"reported"}, To: "accepted", By: officers, Needs: []string{"inspected_on"}, Takes: []string{"result"}, Tells: true, Law: shanxi + "45", Doc: "Inspected on site and accepted."},
		{Action: "reject", From: []State{"reported"}, To: "insufficient", By: officers, Needs: []string{"inspected_on", "result"}, Tells: true, Law: shanxi + "39", Doc: "Not put right: Art. 39 (1) when the agreement is suspended."},
		{Action: "mark_overdue", From: []State{"ordered"}, To: "insufficient", By: officers, Tells: true, Law: shanxi + "39", Doc: "The day has passed without a report.", Check: overdue},
	},
	Final: []State{"accepted", "insufficient"},
}

// handover is Art. 46 and 41: a case goes to the administration, or to justice.
var handover = Spec{
	Kind: "handover", Plural: "handovers", Doc: "Cases handed to the administration or to justice, with their evidence packs.",
	Initial: "prepared",
	Fields: []Field{
		word("to", "administration", "justice"), text("authority"), list("findings"), id("sanction_id"), list("packs"), amount("amount"), day("sent_on"),
		text("receipt_no"), day("received_on"), free("wanted"), free("outcome"), text("case_no"), doc(yes("fraud"), "fraud was confirmed (Art. 39 (3))"),
	},
	Steps: []Step{
		{Action: Open, By: officers, Needs: []string{"to", "authority"}, Takes: []string{"findings", "sanction_id", "packs", "amount"}, Law: shanxi + "46", Doc: "Prepared, with the SHA-256 of each evidence pack.", Check: packs},
		{Action: "amend", From: []State{"prepared"}, By: officers, Takes: []string{"findings", "sanction_id", "packs", "amount", "authority"}, Law: shanxi + "46", Doc: "What is handed over changes.", Check: packs},
		{Action: "send", From: []State{"prepared"}, To: "sent", By: officers, Second: seconds, Needs: []string{"sent_on", "packs"}, Law: shanxi + "46", Doc: "Handed over.", Check: packs},
		{Action: "receive", From: []State{"sent"}, To: "received", By: officers, Needs: []string{"received_on"}, Takes: []string{"receipt_no", "case_no"}, Law: shanxi + "46", Doc: "The other side confirms."},
		{Action: "ask_more", From: []State{"received"}, To: "supplementing", By: officers, Needs: []string{"wanted"}, Law: shanxi + "41", Doc: "The administration wants more."},
		{Action: "supplement", From: []State{"supplementing"}, To: "received", By: officers, Needs: []string{"packs"}, Law: shanxi + "41", Doc: "More is handed over.", Check: packs},
		{Action: "close", From: []State{"received"}, To: "closed", By: officers, Needs: []string{"outcome"}, Takes: []string{"case_no", "fraud"}, Law: shanxi + "46", Doc: "What became of it."},
		{Action: "cancel", From: []State{"prepared"}, To: "cancelled", By: officers, Second: seconds, Law: shanxi + "46", Doc: "It is not handed over."},
	},
	Final: []State{"closed", "cancelled"},
}

// packs wants the packs by their hash: what was handed over can be shown later.
func packs(c *Case) error {
	for _, pack := range listOf(c.Get("packs")) {
		if !isHash(pack) {
			return fault("packs", claimwatch.CodeFormat, "an evidence pack is named by its SHA-256, 64 hex digits")
		}
	}
	return nil
}

func isHash(text string) bool {
	if len(text) != 64 {
		return false
	}
	for i := range len(text) {
		if c := text[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// dishonesty is Guangdong 5: the list of those in serious dishonesty.
var dishonesty = Spec{
	Kind: "dishonesty", Plural: "dishonesty-list", Doc: "Institutions and persons on the list of serious dishonesty.",
	Initial: "proposed",
	Fields: []Field{
		word("basis", "great_loss", "bad_influence"), id("sanction_id"), id("handover_id"), day("from"), day("until"), free("facts"), free("repair"), text("decision_no"),
	},
	Steps: []Step{
		{Action: Open, By: officers, Needs: []string{"basis", "facts"}, Takes: []string{"sanction_id", "handover_id"}, Law: guangdong + "5", Doc: "Somebody is to be listed."},
		{Action: "list", From: []State{"proposed"}, To: "listed", By: officers, Second: seconds, Needs: []string{"from", "decision_no"}, Takes: []string{"until"}, Tells: true, Law: guangdong + "5", Doc: "The administration has decided: listed.", Check: spanOf("from", "until"), Term: named("until", guangdong+"5", "the entry ends")},
		{Action: "drop", From: []State{"proposed"}, To: "dropped", By: officers, Law: guangdong + "5", Doc: "Not listed."},
		{Action: "remove", From: []State{"listed"}, To: "removed", By: officers, Second: seconds, Takes: []string{"repair", "until"}, Tells: true, Law: guangdong + "5", Doc: "Off the list: the time is over, or it was repaired."},
	},
	Final: []State{"dropped", "removed"},
}

// plaque is Guangdong 6 and Shanxi 20: the plaque at the door, and its return.
var plaque = Spec{
	Kind: "plaque", Plural: "plaques", Doc: "Plaques of agreement institutions, and their return within five working days.",
	Initial: "issued",
	Fields: []Field{
		text("plaque_no"), agreementKind("kind"), day("issued_on"), doc(day("ended_on"), "the day on which the agreement ended"), day("returned_on"), day("reported_on"),
	},
	Steps: []Step{
		{Action: Open, By: officers, Needs: []string{"plaque_no", "kind", "issued_on"}, Tells: true, Law: guangdong + "6", Doc: "Handed out."},
		{Action: "recall", From: []State{"issued"}, To: "recalled", By: officers, Needs: []string{"ended_on"}, Tells: true, Term: plaqueBack, Law: guangdong + "6", Doc: "The agreement ended: it comes back."},
		{Action: "take_back", From: []State{"recalled", "issued"}, To: "returned", By: officers, Needs: []string{"returned_on"}, Takes: []string{"reported_on"}, Tells: true, Law: guangdong + "6", Doc: "It is back."},
		{Action: "report", From: []State{"returned"}, By: officers, Needs: []string{"reported_on"}, Law: guangdong + "6", Doc: "The province was told."},
	},
}
