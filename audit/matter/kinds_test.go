package matter

import (
	"strings"
	"testing"

	"claimwatch"
)

func TestClue(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	id := d.must(d.open(wang, "clue", "source=complaint about=institution subject=empty~beds institution_id=H1"))
	d.stays(wang, id, "verify", "result=true", claimwatch.CodeIllegalTransition, "inquire")
	d.goes(wang, id, "inquire", "method=on_site", "inquiry")
	d.goes(wang, id, "note", "result=twelve~beds", "inquiry")
	d.stays(wang, id, "verify", "result=true grounds=40.1", claimwatch.CodeInvalid, "none of")
	d.goes(wang, id, "verify", "result=twelve~beds grounds=38.1;39.3", "verified")
	staffed := d.must(d.open(wang, "clue", "source=complaint about=insured_person subject=x institution_id=H1"))
	d.goes(wang, staffed, "inquire", "method=telephone", "inquiry")
	d.goes(wang, staffed, "verify", "result=x grounds=38.1", "verified")
	if got := d.register.Verified("H1"); len(got) != 1 || strings.Join(got[id], " ") != "38.1 39.3" {
		t.Errorf("Verified() = %v: a clue about somebody else is no ground against the institution", got)
	}
	d.goes(wang, id, "reopen", "", "inquiry")
	if got := d.register.Verified("H1"); len(got) != 0 {
		t.Errorf("Verified() = %v after it was reopened", got)
	}
	// Art. 49: a hospital reports others, and reads its own report only.
	for _, given := range []string{"source=report about=institution subject=x", "source=complaint about=employer subject=x"} {
		if _, err := d.open(hospital, "clue", given+" institution_id=H1"); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
			t.Errorf("%s: %v", given, err)
		}
	}
	if _, err := d.open(hospital, "clue", "source=report about=employer subject=x institution_id=H2"); claimwatch.CodeOf(err) != claimwatch.CodeForbidden {
		t.Errorf("in the name of another: %v", err)
	}
	own := d.must(d.open(hospital, "clue", "source=report about=employer subject=x institution_id=H1"))
	m, _ := d.register.Matter(own)
	if _, ok := m.For(hospital); !ok {
		t.Error("the hospital does not read what it reported")
	}
}

func TestDocumentRequest(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	if _, err := d.open(wang, "document_request", "what=x due_on=2026-03-01"); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
		t.Errorf("due yesterday: %v", err)
	}
	id := d.must(d.open(wang, "document_request", "what=files due_on=2026-03-09"))
	d.day("2026-03-09")
	d.stays(wang, id, "mark_refused", "", claimwatch.CodeIllegalTransition, "2026-03-10")
	d.goes(wang, id, "extend", "due_on=2026-03-12", "asked")
	d.day("2026-03-12")
	d.stays(wang, id, "mark_refused", "", claimwatch.CodeIllegalTransition, "2026-03-13")
	d.day("2026-03-13")
	d.goes(hospital, id, "answer", "answer=here", "answered")
	m, _ := d.register.Matter(id)
	if !m.History[2].Late || m.History[1].Late {
		t.Errorf("late: %+v", m.History)
	}
	d.goes(wang, id, "ask_again", "due_on=2026-03-16", "asked")
	d.day("2026-03-17")
	d.goes(wang, id, "mark_refused", "", "refused")
	d.stays(hospital, id, "answer", "answer=here", claimwatch.CodeIllegalTransition, "cancel")
}

func TestReferralsAndAppraisals(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	for given, word := range map[string]string{
		"to_institution_id=H2": "person_id", "person_id=P1 to_institution_id=H1": "another", "person_id=P1 to_institution_id=X": "another",
	} {
		if _, err := d.open(hospital, "referral_request", given); claimwatch.CodeOf(err) != claimwatch.CodeInvalid || !strings.Contains(err.Error(), word) {
			t.Errorf("%s: %v", given, err)
		}
	}
	id := d.must(d.open(hospital, "referral_request", "person_id=P1 to_institution_id=H2 medical_reason=no~MRI"))
	d.stays(hospital, id, "approve", "", claimwatch.CodeForbidden, "officer")
	rows := d.goes(wang, id, "approve", "", "approved")
	want := map[string]string{"referral_id": "referral-request-2026-0001", "person_id": "P1", "from_institution_id": "H1", "to_institution_id": "H2", "approved_on": "2026-03-02"}
	for name, value := range want {
		if len(rows) != 1 || rows[0].Table != "referrals" || rows[0].Cells[name] != value {
			t.Fatalf("rows = %+v, want %s %s", rows, name, value)
		}
	}
	d.day("2026-03-05")
	if rows = d.goes(wang, id, "revoke", "", "revoked"); len(rows) != 1 || !rows[0].Void || rows[0].Cells["approved_on"] != "2026-03-02" {
		t.Errorf("rows of the revocation = %+v", rows)
	}
	if _, err := d.open(wang, "appraisal", "item_code=D-1 approved_on=2026-03-01"); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
		t.Errorf("an appraisal of nobody: %v", err)
	}
	appraised := d.must(d.open(wang, "appraisal", "person_id=P1 item_code=D-1 approved_on=2026-03-01 limit=1200.00"))
	if rows = d.goes(wang, appraised, "withdraw_conclusion", "", "withdrawn"); len(rows) != 1 || rows[0].Table != "appraisals" || !rows[0].Void {
		t.Errorf("rows of the withdrawal = %+v", rows)
	}
}

func TestChangesAreTold(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	// Without a calendar Monday to Friday are working days: 30 of them after a Monday are six weeks.
	for opened, late := range map[string]bool{"2026-04-13": false, "2026-04-14": true} {
		d.day(opened)
		id := d.must(d.open(hospital, "change", "what=name approved_on=2026-03-02"))
		m, _ := d.register.Matter(id)
		if got := m.IsLate(d.world()); got != late {
			t.Errorf("told on %s: late %t, want %t", opened, got, late)
		}
		d.goes(wang, id, "verify", "major=true", "verified")
	}
}

func TestAssessment(t *testing.T) {
	d := newDesk(t, "2026-12-20T10:00:00+08:00")
	id := d.must(d.open(wang, "assessment", "year=2026 proposed_score=91.5"))
	for given, code := range map[string]claimwatch.Code{"year=2026": claimwatch.CodeIllegalTransition, "year=2027": claimwatch.CodeInvalid} {
		if _, err := d.open(wang, "assessment", given); claimwatch.CodeOf(err) != code {
			t.Errorf("%s: %v, want %s", given, err, code)
		}
	}
	d.stays(wang, id, "enter", "score=100.0001 satisfaction=90", claimwatch.CodeInvalid, "0 to 100")
	d.stays(wang, id, "enter", "score=90", claimwatch.CodeInvalid, "needs satisfaction")
	rows := d.goes(wang, id, "enter", "score=89.5 satisfaction=100 respondents=40", "entered")
	if len(rows) != 1 || rows[0].Table != "assessments" || rows[0].Cells["score"] != "89.5" || rows[0].Cells["year"] != "2026" {
		t.Errorf("rows = %+v", rows)
	}
	if rows = d.goes(wang, id, "enter", "score=0 satisfaction=0", "entered"); rows[0].Cells["score"] != "0" {
		t.Errorf("rows of the correction = %+v", rows)
	}
}

func TestOtherRegisters(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	pack := strings.Repeat("ab", 32)
	handed := d.must(d.open(wang, "handover", "to=justice authority=police findings=f_1"))
	d.stays(wang, handed, "send", "sent_on=2026-03-02 packs=abc", claimwatch.CodeInvalid, "SHA-256")
	d.goes(wang, handed, "send", "sent_on=2026-03-02 packs="+pack, "sent")
	d.goes(wang, handed, "receive", "received_on=2026-03-03", "received")
	d.goes(wang, handed, "ask_more", "wanted=names", "supplementing")
	d.goes(wang, handed, "supplement", "packs="+pack+";"+strings.Repeat("cd", 32), "received")
	d.goes(wang, handed, "close", "outcome=fined", "closed")

	listed := d.must(d.open(wang, "dishonesty", "basis=great_loss facts=x"))
	if m, _ := d.register.Matter(listed); m.Told {
		t.Error("the hospital knows before it is listed")
	}
	d.stays(wang, listed, "list", "from=2026-03-02 until=2026-03-01 decision_no=1", claimwatch.CodeInvalid, "before from")
	d.goes(wang, listed, "list", "from=2026-03-02 until=2027-03-01 decision_no=1", "listed")
	d.goes(wang, listed, "remove", "", "removed")

	plated := d.must(d.open(wang, "plaque", "plaque_no=7 kind=medical issued_on=2026-03-02"))
	d.goes(wang, plated, "recall", "ended_on=2026-03-06", "recalled")
	if got := due(d, plated); got != "2026-03-13" {
		t.Errorf("the plaque is back by %s, want five working days after a Friday", got)
	}
	d.goes(wang, plated, "take_back", "returned_on=2026-03-10", "returned")

	disputed := d.must(d.open(hospital, "dispute", "about=sanction route=talks claim=no"))
	d.goes(hospital, disputed, "go_to", "route=litigation case_no=1", "open")
	d.stays(another, disputed, "retract", "", claimwatch.CodeNotFound, "no such")
	d.goes(wang, disputed, "close", "outcome=overturned decided_on=2026-03-02", "closed")

	ordered := d.must(d.open(wang, "rectification", "what=beds due_on=2026-03-05"))
	d.stays(wang, ordered, "mark_overdue", "", claimwatch.CodeIllegalTransition, "2026-03-06")
	d.goes(hospital, ordered, "report", "report=done", "reported")
	d.goes(wang, ordered, "reject", "inspected_on=2026-03-02 result=not~done", "insufficient")

	if _, err := d.open(wang, "inspection", "commitment="+pack+" seed_source=lottery seed_on=2026-03-02 inputs={}"); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
		t.Errorf("a seed of today: %v", err)
	}
	drawn := d.must(d.open(wang, "inspection", "commitment="+pack+" seed_source=lottery seed_on=2026-03-03 inputs={}"))
	reveal := "seed=010203 institutions=H1;H2 inspectors=wang draw={} draw_sha256=" + pack
	d.stays(wang, drawn, "reveal", reveal, claimwatch.CodeIllegalTransition, "2026-03-03")
	d.day("2026-03-03")
	d.goes(wang, drawn, "reveal", reveal, "drawn")

	if _, err := d.open(wang, "expert", "field=x city=y institution_id=H1"); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
		t.Errorf("an expert of a hospital: %v", err)
	}
	if _, err := d.open(wang, "document_request", "what=x due_on=2026-03-09 institution_id=X9"); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
		t.Errorf("an institution that nobody knows: %v", err)
	}
}
