package matter

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// decided gives a sanction that two people have decided.
func (d *desk) decided(given string) string {
	d.t.Helper()
	id := d.must(d.open(wang, "sanction", given))
	d.goes(wang, id, "propose", "", "decided")
	return id
}

func TestSuspensionAsASanction(t *testing.T) {
	d := newDesk(t, "2026-03-31T10:00:00+08:00")
	d.agree("medical", "2026-01-01", "2027-01-01")
	d.agree("rehab", "2026-01-01", "2027-01-01")
	for _, months := range []string{"2", "7"} {
		if _, err := d.open(wang, "sanction", "measure=agreement_suspended grounds=38.1 months="+months); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
			t.Errorf("%s months: %v", months, err)
		}
	}
	id := d.must(d.open(wang, "sanction", "measure=agreement_suspended grounds=38.1 findings=f_1;f_2"))
	d.stays(wang, id, "propose", "", claimwatch.CodeInvalid, "3 to 6 months")
	d.stays(wang, id, "notify", "notice=told", claimwatch.CodeIllegalTransition, "propose")
	d.goes(wang, id, "propose", "months=3", "decided")
	d.reads("2026-03-31 active")
	if _, err := d.take(hospital, id, "answer", "answer=no"); claimwatch.CodeOf(err) != claimwatch.CodeNotFound {
		t.Errorf("the hospital knows before the notice: %v", err)
	}
	// From the day of notice, not from the day that was wished for before it.
	d.day("2026-04-30")
	d.goes(wang, id, "notify", "from=2026-04-01 notice=told", "in_force")
	d.reads("2026-04-29 active", "2026-04-30 suspended", "2026-12-31 suspended")
	if r, _ := d.agreements.On("H1", "rehab", aDay(t, "2026-05-01")); r.Status != "suspended" {
		t.Errorf("the other agreement is %s", r.Status)
	}
	d.goes(hospital, id, "answer", "answer=we_disagree", "in_force")
	d.goes(wang, id, "report", "reported_on=2026-05-02", "in_force")
	if got := due(d, id); got != "2026-07-29" {
		t.Errorf("the last day of the suspension is %s", got)
	}
	d.stays(wang, id, "accept_resumption", "inspected_on=2026-05-01", claimwatch.CodeIllegalTransition, "apply_resumption")
	d.goes(hospital, id, "apply_resumption", "", "resumption_requested")
	d.day("2026-07-29")
	d.stays(wang, id, "accept_resumption", "inspected_on=2026-07-01", claimwatch.CodeIllegalTransition, "2026-07-30")
	d.goes(wang, id, "refuse_resumption", "inspected_on=2026-07-29 acceptance=beds_empty", "in_force")
	// The day alone restores nothing (Art. 45).
	d.day("2026-08-10")
	d.reads("2026-08-10 suspended")
	d.goes(hospital, id, "apply_resumption", "", "resumption_requested")
	d.stays(wang, id, "accept_resumption", "inspected_on=2026-08-11", claimwatch.CodeInvalid, "before the acceptance")
	d.stays(wang, id, "accept_resumption", "inspected_on=2026-08-09", claimwatch.CodeInvalid, "follows the application")
	d.stays(wang, id, "lift", "", claimwatch.CodeInvalid, "acceptance on site")
	d.goes(wang, id, "accept_resumption", "inspected_on=2026-08-10", "lifted")
	d.reads("2026-08-09 suspended", "2026-08-10 active", "2026-12-31 active", "2027-01-01 none")
}

func TestSuspensionThatEndsWithItsTerm(t *testing.T) {
	d := newDesk(t, "2026-03-31T10:00:00+08:00")
	d.policies[claimwatch.PolicySuspensionEnds] = "term"
	d.agree("medical", "2026-01-01", "2027-01-01")
	id := d.decided("measure=agreement_suspended grounds=38.2 months=3")
	d.goes(wang, id, "notify", "notice=told", "in_force")
	d.reads("2026-03-31 suspended", "2026-06-29 suspended", "2026-06-30 active")
	d.day("2026-07-15")
	d.goes(hospital, id, "apply_resumption", "", "resumption_requested")
	d.goes(wang, id, "accept_resumption", "inspected_on=2026-07-15", "lifted")
	d.reads("2026-06-29 suspended", "2026-06-30 active")
}

func TestSuspensionThatOutlastsTheAgreement(t *testing.T) {
	d := newDesk(t, "2026-10-15T10:00:00+08:00")
	d.agree("medical", "2026-01-01", "2027-01-01")
	id := d.decided("measure=agreement_suspended grounds=38.1 months=6")
	d.goes(wang, id, "notify", "notice=told", "in_force")
	d.day("2026-12-31")
	d.stays(wang, id, "end", "", claimwatch.CodeIllegalTransition, "outlasted")
	d.day("2027-04-15")
	d.goes(hospital, id, "apply_resumption", "", "resumption_requested")
	d.stays(wang, id, "accept_resumption", "inspected_on=2027-04-15", claimwatch.CodeIllegalTransition, "Art. 37")
	d.goes(wang, id, "end", "", "ended")
	d.reads("2026-12-31 suspended", "2027-01-01 none")
}

func TestOverturnedSuspensionNeverWas(t *testing.T) {
	d := newDesk(t, "2026-01-01T10:00:00+08:00")
	d.agree("medical", "2026-01-01", "2027-01-01")
	id := d.decided("measure=agreement_suspended grounds=38.1 months=3")
	d.goes(wang, id, "notify", "notice=told", "in_force") // on the very first day of the agreement
	d.reads("2026-01-01 suspended", "2026-12-31 suspended")
	d.day("2026-02-01")
	d.goes(wang, id, "lift", "overturned=true", "lifted")
	d.reads("2026-01-01 active", "2026-01-02 active", "2026-12-31 active", "2027-01-01 none")
	if rows := d.agreements.Of("H1"); len(rows) != 1 {
		t.Errorf("%d rows: %+v", len(rows), rows)
	}
}

func TestTermination(t *testing.T) {
	d := newDesk(t, "2026-03-31T10:00:00+08:00")
	d.agree("medical", "2026-01-01", "2027-01-01")
	if _, err := d.open(wang, "sanction", "measure=agreement_terminated grounds=38.1"); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
		t.Errorf("terminated on a ground of Art. 38: %v", err)
	}
	id := d.decided("measure=agreement_terminated grounds=39.3")
	d.goes(wang, id, "notify", "notice=told", "in_force")
	d.reads("2026-03-30 active", "2026-03-31 terminated", "2028-01-01 terminated")
	d.day("2029-03-31")
	if _, err := d.open(hospital, "application", "kind=medical"); claimwatch.CodeOf(err) != claimwatch.CodeIllegalTransition {
		t.Errorf("an application within three years: %v", err)
	}
	d.day("2029-04-01")
	d.must(d.open(hospital, "application", "kind=medical"))
	again := d.must(d.open(wang, "sanction", "measure=agreement_terminated grounds=39.3"))
	d.stays(wang, again, "propose", "", claimwatch.CodeIllegalTransition, "no agreement in force")
}

// Art. 40: what overturns a termination gives every row back, the suspension that
// ran before it too; nothing else lifts it.
func TestOverturnedTermination(t *testing.T) {
	d := newDesk(t, "2026-03-31T10:00:00+08:00")
	course := d.drafted()
	d.day("2026-05-01")
	suspended := d.decided("measure=agreement_suspended grounds=38.1 months=3")
	d.goes(wang, suspended, "notify", "notice=told", "in_force")
	before := d.agreements.Of("H1")
	d.day("2026-06-01")
	id := d.decided("measure=agreement_terminated grounds=39.3")
	d.goes(wang, id, "notify", "notice=told", "in_force")
	d.goes(wang, course, "close", "", "ended")
	d.reads("2026-05-31 suspended", "2026-06-01 terminated")
	dispute := d.must(d.open(hospital, "dispute", "about=termination route=litigation claim=no matter_id="+id))
	other := d.must(d.open(hospital, "dispute", "about=sanction route=talks claim=no matter_id="+suspended))
	d.goes(wang, other, "close", "outcome=overturned decided_on=2026-06-01", "closed")
	d.day("2026-09-01")
	d.stays(wang, id, "lift", "", claimwatch.CodeInvalid, "overturned")
	d.stays(wang, id, "lift", "overturned=true", claimwatch.CodeInvalid, "Art. 40")
	d.stays(wang, id, "lift", "overturned=true dispute_id="+dispute, claimwatch.CodeInvalid, "Art. 40") // not decided
	d.stays(wang, id, "lift", "overturned=true dispute_id="+other, claimwatch.CodeInvalid, "Art. 40")   // about something else
	d.stays(wang, course, "reinstate", "", claimwatch.CodeIllegalTransition, "lift the sanction")
	d.goes(wang, dispute, "close", "outcome=overturned decided_on=2026-08-30", "closed")
	if _, err := d.take(wang, id, "lift", "overturned=true dispute_id="+dispute); err != nil {
		t.Fatalf("lift: %v", err)
	}
	d.reads("2026-06-01 terminated") // one person has not lifted it
	d.stays(wang, id, Confirm, "", claimwatch.CodeForbidden, "")
	if _, err := d.take(director, id, Confirm, ""); err != nil {
		t.Fatalf("confirm: %v", err)
	}
	if diff := cmp.Diff(d.agreements.Of("H1"), before); diff != "" {
		t.Errorf("the rows after the lift (-got, +want):\n%s", diff)
	}
	d.goes(wang, course, "reinstate", "", "in_force")
	d.must(d.open(hospital, "application", "kind=rehab")) // and nothing bars it
}

// A row that was loaded after the termination is not written over.
func TestOverturnedTerminationAfterANewAgreement(t *testing.T) {
	d := newDesk(t, "2026-03-31T10:00:00+08:00")
	d.agree("medical", "2026-01-01", "2027-01-01")
	id := d.decided("measure=agreement_terminated grounds=39.3")
	d.goes(wang, id, "notify", "notice=told", "in_force")
	d.agree("medical", "2026-04-10", "2027-01-01")
	dispute := d.must(d.open(hospital, "dispute", "about=termination route=talks claim=no matter_id="+id))
	d.goes(wang, dispute, "close", "outcome=settled decided_on=2026-03-31", "closed")
	d.stays(wang, id, "lift", "overturned=true dispute_id="+dispute, claimwatch.CodeIllegalTransition, "by hand")
}

// Who was told what is intended answers first, or lets five working days pass.
func TestHearing(t *testing.T) {
	d := newDesk(t, "2026-03-31T10:00:00+08:00") // a Tuesday
	d.agree("medical", "2026-01-01", "2027-01-01")
	open := func() string {
		return d.must(d.open(wang, "sanction", "measure=agreement_suspended grounds=38.1 months=3"))
	}
	id := open()
	d.stays(wang, id, "announce", "intent=x hear_by=2026-04-06", claimwatch.CodeInvalid, "2026-04-07")
	d.goes(wang, id, "announce", "intent=three~months", "announced")
	if got := due(d, id); got != "2026-04-07" {
		t.Errorf("heard until %s", got)
	}
	d.day("2026-04-07")
	d.stays(wang, id, "propose", "", claimwatch.CodeIllegalTransition, "2026-04-08")
	d.goes(hospital, id, "answer", "answer=we_disagree", "announced")
	d.goes(wang, id, "propose", "", "decided")
	silent := open()
	d.goes(wang, silent, "announce", "intent=x hear_by=2026-04-20", "announced")
	d.day("2026-04-20")
	d.stays(wang, silent, "propose", "", claimwatch.CodeIllegalTransition, "2026-04-21")
	d.day("2026-04-21")
	d.goes(wang, silent, "propose", "", "decided")
}

// The receipt of the notice: nobody is bound before it (Art. 45).
func TestService(t *testing.T) {
	d := newDesk(t, "2026-03-31T10:00:00+08:00")
	d.agree("medical", "2026-01-01", "2027-01-01")
	id := d.decided("measure=agreement_suspended grounds=38.1 months=3")
	d.goes(wang, id, "notify", "notice=told from=2026-04-07 service=post reported_to=HRSS", "in_force")
	d.day("2026-04-09")
	d.stays(wang, id, "serve", "service=post served_on=2026-04-10", claimwatch.CodeInvalid, "today or before")
	d.stays(wang, id, "serve", "service=post served_on=2026-04-08", claimwatch.CodeIllegalTransition, "notify one anew")
	d.goes(wang, id, "serve", "service=post served_on=2026-04-07 service_no=7", "in_force")
}

func TestHold(t *testing.T) {
	d := newDesk(t, "2026-03-31T10:00:00+08:00")
	id := d.decided("measure=payment_withheld grounds=38.1 from=2026-02-01")
	rows := d.goes(wang, id, "notify", "notice=told", "in_force")
	if len(rows) != 1 || rows[0].Table != "holds" || rows[0].Cells["from"] != "2026-02-01" || rows[0].Cells["until"] != "" || rows[0].Cells["hold_id"] != "sanction-2026-0001" {
		t.Errorf("rows = %+v", rows)
	}
	d.stays(wang, id, "complete", "", claimwatch.CodeIllegalTransition, "lifted")
	d.day("2026-05-01")
	rows = d.goes(wang, id, "lift", "", "lifted")
	if len(rows) != 1 || rows[0].Void || rows[0].Cells["until"] != "2026-05-01" || rows[0].Cells["hold_id"] != "sanction-2026-0001" {
		t.Errorf("rows of the release = %+v", rows)
	}
}

// Art. 44: one to five years, and only with the consent of the administration.
func TestStaff(t *testing.T) {
	d := newDesk(t, "2026-03-31T10:00:00+08:00")
	if _, err := d.open(wang, "sanction", "measure=staff_suspended grounds=38.1"); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
		t.Errorf("nobody is named: %v", err)
	}
	if _, err := d.open(wang, "sanction", "measure=staff_suspended grounds=38.1 physician_id=D1 years=6"); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
		t.Errorf("six years: %v", err)
	}
	id := d.decided("measure=staff_suspended grounds=38.1 physician_id=D1 years=2 name_masked=Z*")
	d.stays(wang, id, "notify", "notice=told", claimwatch.CodeInvalid, "consent")
	d.stays(wang, id, "notify", "notice=told consent_no=7 consent_on=2026-04-01", claimwatch.CodeInvalid, "before the notice")
	rows := d.goes(wang, id, "notify", "notice=told consent_no=7 consent_on=2026-03-30", "in_force")
	if len(rows) != 1 || rows[0].Table != "physicians" || rows[0].Cells["suspended_from"] != "2026-03-31" || rows[0].Cells["suspended_until"] != "2028-03-31" ||
		rows[0].Cells["name_masked"] != "Z*" {
		t.Errorf("rows = %+v", rows)
	}
	d.stays(wang, id, "lift", "", claimwatch.CodeInvalid, "overturned")
	if rows = d.goes(wang, id, "lift", "overturned=true", "lifted"); len(rows) != 1 || !rows[0].Void {
		t.Errorf("rows of the lift = %+v", rows)
	}
}

// Nobody takes a sanction alone, and no measure does more than it says.
func TestOtherMeasures(t *testing.T) {
	for _, given := range []string{"interview", "order_to_rectify due_on=2026-05-01", "public_criticism", "fees_deducted amount=10.00", "bond_forfeited"} {
		d := newDesk(t, "2026-03-31T10:00:00+08:00")
		id := d.must(d.open(wang, "sanction", "grounds=38.1 measure="+given))
		if _, err := d.take(director, id, "propose", ""); err != nil {
			t.Fatalf("%s: %v", given, err)
		}
		d.stays(director, id, Confirm, "", claimwatch.CodeForbidden, "second person")
		if _, err := d.take(staff("chen", claimwatch.RoleReviewer), id, Confirm, ""); err != nil {
			t.Fatalf("%s: %v", given, err)
		}
		if rows := d.goes(wang, id, "notify", "notice=told", "in_force"); len(rows) != 0 {
			t.Errorf("%s writes %+v", given, rows)
		}
		d.stays(hospital, id, "apply_resumption", "", claimwatch.CodeIllegalTransition, "suspension")
		d.goes(wang, id, "complete", "", "done")
	}
}

// What the hospital reads of a sanction: what it was told, and what it said.
func TestWhatTheHospitalReads(t *testing.T) {
	d := newDesk(t, "2026-03-31T10:00:00+08:00")
	d.agree("medical", "2026-01-01", "2027-01-01")
	id := d.must(d.open(wang, "sanction", "measure=agreement_suspended grounds=38.1 months=3 dossier={secret}"))
	d.goes(wang, id, "propose", "", "decided")
	m, _ := d.register.Matter(id)
	if _, ok := m.For(hospital); ok {
		t.Error("the hospital reads it before the notice")
	}
	d.goes(wang, id, "notify", "notice=three~months", "in_force")
	m, _ = d.register.Matter(id)
	if _, ok := m.For(another); ok {
		t.Error("another hospital reads it")
	}
	view, ok := m.For(hospital)
	if !ok || len(view.History) != 1 || view.History[0].By != "agency" || view.OpenedBy != "agency" || view.Texts["dossier"] != "" ||
		view.Texts["notice"] != "three months" || view.Fields["months"] != "3" {
		t.Errorf("the hospital reads %+v (%t)", view, ok)
	}
	if _, err := d.take(wang, id, "report", "reported_on=2026-04-01 report_no=77"); err != nil {
		t.Fatalf("report: %v", err)
	}
	m, _ = d.register.Matter(id)
	if view, _ = m.For(hospital); view.Fields["report_no"] != "" || len(view.History) != 1 {
		t.Errorf("the hospital reads of the report: %+v", view.Fields)
	}
	if full, _ := m.For(wang); len(full.History) != 5 || full.Texts["dossier"] != "{secret}" {
		t.Errorf("the officer reads %d events", len(full.History))
	}
}
