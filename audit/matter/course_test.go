package matter

import (
	"strings"
	"testing"

	"claimwatch"
)

// experts enters n experts and gives their ids; the last has an interest in H1.
func (d *desk) experts(n int) []string {
	d.t.Helper()
	var ids []string
	for i := range n {
		given := "field=orthopedics city=Taiyuan name=Zhang"
		if i == n-1 {
			given += " conflicts=H1;H7"
		}
		ids = append(ids, d.must(d.open(wang, "expert", given)))
	}
	return ids
}

func (d *desk) passed(kind string) string {
	d.t.Helper()
	id := d.must(d.open(hospital, "application", "kind="+kind+" papers=licence"))
	d.goes(wang, id, "accept", "", "accepted")
	d.goes(wang, id, "form_group", "experts="+strings.Join(d.experts(8)[:7], ";"), "assessing")
	d.goes(wang, id, "pass", "score=90 valid_years=1", "passed")
	return id
}

func due(d *desk, id string) string {
	m, _ := d.register.Matter(id)
	if at := m.Due(&d.calendar); at != nil {
		return at.On.String()
	}
	return ""
}

func TestApplication(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00") // a Monday
	id := d.must(d.open(hospital, "application", "kind=medical papers=application_form"))
	if got := due(d, id); got != "2026-03-09" {
		t.Errorf("missing papers are told by %s", got)
	}
	d.stays(hospital, id, "accept", "", claimwatch.CodeForbidden, "officer")
	if _, err := d.open(hospital, "application", "kind=medical"); claimwatch.CodeOf(err) != claimwatch.CodeIllegalTransition {
		t.Errorf("a second application: %v", err)
	}
	d.must(d.open(hospital, "application", "kind=rehab"))
	d.day("2026-03-10")
	d.goes(wang, id, "ask_papers", "missing=licence supplement_by=2026-03-20", "incomplete")
	if got := due(d, id); got != "2026-03-20" {
		t.Errorf("the papers come by %s", got)
	}
	if m, _ := d.register.Matter(id); !m.History[1].Late {
		t.Error("papers were asked a day late, and nothing says so")
	}
	d.stays(wang, id, "ask_papers", "missing=licence supplement_by=2026-03-21", claimwatch.CodeIllegalTransition, "possible: supplement")
	d.goes(hospital, id, "supplement", "papers=licence", "supplemented")
	d.stays(wang, id, "ask_papers", "missing=licence supplement_by=2026-03-21", claimwatch.CodeIllegalTransition, "accept")
	d.day("2026-03-31")
	d.goes(wang, id, "accept", "", "accepted")
	if got := due(d, id); got != "2026-06-30" {
		t.Errorf("assessed by %s, want the last day of three months", got)
	}
	// The time of supplements does not count.
	d.goes(wang, id, "pause", "missing=fund_forecast", "accepted")
	d.stays(wang, id, "pause", "missing=fund_forecast", claimwatch.CodeIllegalTransition, "resume")
	d.day("2026-04-10")
	d.goes(hospital, id, "resume", "papers=fund_forecast", "accepted")
	d.stays(hospital, id, "resume", "", claimwatch.CodeIllegalTransition, "nothing is asked")
	if got := due(d, id); got != "2026-07-09" {
		t.Errorf("assessed by %s, want nine days later: the day of acceptance counts in no case", got)
	}
	experts := d.experts(9)
	join := func(ids ...string) string { return "experts=" + strings.Join(ids, ";") }
	d.stays(wang, id, "form_group", join(experts[:6]...), claimwatch.CodeInvalid, "odd")
	d.stays(wang, id, "form_group", join(experts[:5]...), claimwatch.CodeInvalid, "odd")
	d.stays(wang, id, "form_group", join(experts[:8]...), claimwatch.CodeInvalid, "odd")
	d.stays(wang, id, "form_group", join(experts[2:]...), claimwatch.CodeInvalid, "interest")
	d.stays(wang, id, "form_group", join(append(experts[:6:6], experts[0])...), claimwatch.CodeInvalid, "twice")
	d.stays(wang, id, "form_group", join(append(experts[:6:6], "m_none")...), claimwatch.CodeInvalid, "no active expert")
	// People of the agency sit in the group too (Art. 13).
	d.stays(wang, id, "form_group", join(experts[:4]...)+" officials=k1;k2", claimwatch.CodeInvalid, "odd")
	d.stays(wang, id, "form_group", join(experts[:4]...)+" officials=k1;k2;k2", claimwatch.CodeInvalid, "twice")
	d.goes(wang, id, "form_group", join(experts[:4]...)+" officials=k1;k2;k3", "assessing")
	d.stays(wang, id, "pass", "score=89.9999 valid_years=1", claimwatch.CodeInvalid, "90")
	d.stays(wang, id, "pass", "score=95 valid_years=3", claimwatch.CodeInvalid, "1 and 2")
	d.stays(wang, id, "fail", "score=90 advice=x", claimwatch.CodeInvalid, "pass")
	d.goes(wang, id, "fail", "score=89.9999 advice=beds", "failed")
	// Again after three months; after the second time barred for a year.
	d.day("2026-07-10")
	d.stays(wang, id, "reassess", "", claimwatch.CodeIllegalTransition, "2026-07-11")
	d.day("2026-07-11")
	d.goes(wang, id, "reassess", "", "accepted")
	d.goes(wang, id, "form_group", join(experts[:7]...), "assessing")
	d.goes(wang, id, "fail", "score=10 advice=beds", "failed")
	d.stays(wang, id, "reassess", "", claimwatch.CodeIllegalTransition, "2027-07-12")
	d.day("2027-07-11")
	if _, err := d.open(hospital, "application", "kind=medical"); claimwatch.CodeOf(err) != claimwatch.CodeIllegalTransition || !strings.Contains(err.Error(), "2027-07-12") {
		t.Errorf("a barred application: %v", err)
	}
	d.day("2027-07-12")
	d.must(d.open(hospital, "application", "kind=medical"))
}

func TestApplicationWithoutAssessment(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	id := d.must(d.open(hospital, "application", "kind=medical"))
	d.goes(wang, id, "accept", "", "accepted")
	d.stays(wang, id, "exempt", "level=1 medical_insurance_no=14 valid_years=1", claimwatch.CodeInvalid, "level 2 and 3")
	d.stays(wang, id, "exempt", "level=2 medical_insurance_no=14 valid_years=1", claimwatch.CodeInvalid, "another level")
	d.goes(wang, id, "exempt", "level=3 medical_insurance_no=14 valid_years=2", "passed")
	m, _ := d.register.Matter(id)
	if until, ok := m.ValidUntil(); !ok || until.String() != "2028-03-02" {
		t.Errorf("valid until %s (%t)", until, ok)
	}
	rehab := d.must(d.open(hospital, "application", "kind=rehab"))
	d.goes(wang, rehab, "accept", "", "accepted")
	d.stays(wang, rehab, "exempt", "level=3 medical_insurance_no=14 valid_years=2", claimwatch.CodeInvalid, "general hospitals")
}

// Every bar of Art. 11, in a refused application of another kind: those with a
// length end by themselves, all others when two people lift them.
func TestBarsOfArticle11(t *testing.T) {
	for _, c := range []struct{ given, over string }{
		{"bars=11.1", ""},
		{"bars=11.6 bar_since=2025-02-28", ""},
		{"bars=11.7", ""},
		{"bars=11.8", ""},
		{"bars=11.2 bar_since=2025-02-28", "2028-02-29"},
		{"bars=11.3 bar_since=2026-03-02", "2029-03-03"},
		{"bars=11.4 bar_since=2026-03-01", "2027-03-02"},
		{"bars=11.5 bar_since=2024-02-29", "2027-03-01"},
		{"bars=11.5", ""}, // the penalties are not discharged, whoever knows until when
		{"bars=11.4;11.2 bar_since=2025-02-28", "2028-02-29"},
	} {
		d := newDesk(t, "2026-03-02T10:00:00+08:00")
		id := d.must(d.open(hospital, "application", "kind=medical"))
		d.goes(wang, id, "refuse", c.given, "refused")
		barred := func(day, word string) {
			t.Helper()
			d.day(day)
			if _, err := d.open(hospital, "application", "kind=rehab"); claimwatch.CodeOf(err) != claimwatch.CodeIllegalTransition || !strings.Contains(err.Error(), word) {
				t.Errorf("%s on %s: %v", c.given, day, err)
			}
		}
		if c.over != "" {
			barred((aDay(t, c.over) - 1).String(), c.over)
			d.day(c.over)
		} else {
			barred("2036-03-02", "nobody has lifted")
			bar := strings.TrimPrefix(strings.Fields(c.given)[0], "bars=")
			d.stays(wang, id, "lift_bars", "bars_lifted=11.9", claimwatch.CodeInvalid, "bars_lifted")
			d.stays(wang, id, "lift_bars", "bars_lifted=11.3", claimwatch.CodeInvalid, "does not stand")
			if _, err := d.take(wang, id, "lift_bars", "bars_lifted="+bar); err != nil {
				t.Fatalf("lift_bars: %v", err)
			}
			barred("2036-03-02", "nobody has lifted") // one person has
			d.stays(wang, id, Confirm, "", claimwatch.CodeForbidden, "")
			if _, err := d.take(director, id, Confirm, ""); err != nil {
				t.Fatalf("confirm: %v", err)
			}
		}
		d.must(d.open(hospital, "application", "kind=rehab"))
	}
}

// What was lifted stays lifted when more is lifted later.
func TestBarsAreLiftedOneByOne(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	id := d.must(d.open(hospital, "application", "kind=medical"))
	d.goes(wang, id, "refuse", "bars=11.1;11.7", "refused")
	d.goes(wang, id, "lift_bars", "bars_lifted=11.7", "refused")
	if _, err := d.open(hospital, "application", "kind=medical"); err == nil || !strings.Contains(err.Error(), "11.1,") {
		t.Errorf("with one of two bars lifted: %v", err)
	}
	d.goes(wang, id, "lift_bars", "bars_lifted=11.1", "refused")
	d.must(d.open(hospital, "application", "kind=medical"))
}

// Whoever is on the list of dishonesty may not apply (Art. 11 (1)).
func TestTheDishonestMayNotApply(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	id := d.must(d.open(wang, "dishonesty", "basis=great_loss facts=x"))
	d.goes(wang, id, "list", "from=2026-03-02 decision_no=3", "listed")
	if _, err := d.open(hospital, "application", "kind=medical"); err == nil || !strings.Contains(err.Error(), "dishonesty-2026-0001") {
		t.Errorf("a listed institution: %v", err)
	}
	d.goes(wang, id, "remove", "repair=paid", "removed")
	d.must(d.open(hospital, "application", "kind=medical"))
}

// Papers that came before they were entered count from the day they came.
func TestPapersThatCameBefore(t *testing.T) {
	d := newDesk(t, "2026-03-05T10:00:00+08:00")
	if _, err := d.open(hospital, "application", "kind=medical received_on=2026-03-06"); claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
		t.Errorf("papers of tomorrow: %v", err)
	}
	id := d.must(d.open(hospital, "application", "kind=medical received_on=2026-03-02"))
	if got := due(d, id); got != "2026-03-09" {
		t.Errorf("missing papers are told by %s", got)
	}
}

// An old command folds by the checks of its time: no bar without an end, the last
// day of a bar free.
func TestOldCommandsFoldAsTheyDid(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	id := d.must(d.open(hospital, "application", "kind=medical"))
	d.goes(wang, id, "refuse", "bars=11.1;11.4 bar_since=2025-03-02", "refused")
	old := Command{Kind: "application", ID: "old", Action: Open, By: hospital, At: d.at, InstitutionID: "H1", Fields: fields("kind=medical")}
	if _, err := Decide(&d.register, d.world(), old); err != nil {
		t.Errorf("an application from before: %v", err)
	}
	old.Procedure = Procedure
	if _, err := Decide(&d.register, d.world(), old); err == nil {
		t.Error("the same today is no different")
	}
}

// drafted gives an agreement course in force from 2026-04-01 to 2027-04-01.
func (d *desk) drafted() string {
	d.t.Helper()
	application := d.passed("medical")
	for given, word := range map[string]string{
		"kind=medical agreement_id=A1 term_from=2026-04-01 term_until=2027-04-02 application_id=" + application: "one year",
		"kind=medical agreement_id=A1 term_from=2026-04-01 term_until=2026-04-01 application_id=" + application: "later",
		"kind=medical agreement_id=A1 term_from=2026-04-01 term_until=2027-04-01":                               "passed application",
		"kind=rehab agreement_id=A1 term_from=2026-04-01 term_until=2027-04-01 application_id=" + application:   "passed application",
		"kind=medical agreement_id=A1 term_from=2026-04-01 term_until=2027-04-01 renewal_id=" + application:     "agreed renewal",
	} {
		if _, err := d.open(wang, "agreement_course", given); claimwatch.CodeOf(err) != claimwatch.CodeInvalid || !strings.Contains(err.Error(), word) {
			d.t.Errorf("%s: %v, want invalid about %q", given, err, word)
		}
	}
	id := d.must(d.open(wang, "agreement_course", "kind=medical agreement_id=A1 term_from=2026-04-01 term_until=2027-04-01 application_id="+application))
	if got := due(d, id); got != "2026-03-15" {
		d.t.Errorf("signed by %s, want 15 March", got)
	}
	d.goes(wang, id, "sign", "signed_on=2026-03-10", "signed")
	d.goes(wang, id, "file", "filed_on=2026-03-11", "filed")
	d.goes(wang, id, "publish", "public_from=2026-03-12 public_until=2026-04-02", "public")
	d.goes(wang, id, "object", "objection=too_far", "objected")
	d.stays(wang, id, "enter_into_force", "", claimwatch.CodeIllegalTransition, "settle_objection")
	d.goes(wang, id, "settle_objection", "answer=it_is_not", "public")
	d.day("2026-04-02")
	d.stays(wang, id, "enter_into_force", "", claimwatch.CodeIllegalTransition, "2026-04-03")
	d.day("2026-04-03")
	d.goes(wang, id, "enter_into_force", "", "in_force")
	return id
}

func (d *desk) on(day string) string {
	d.t.Helper()
	r, ok := d.agreements.On("H1", "medical", aDay(d.t, day))
	if !ok {
		return "none"
	}
	return string(r.Status)
}

func (d *desk) reads(want ...string) {
	d.t.Helper()
	for _, pair := range want {
		day, status, _ := strings.Cut(pair, " ")
		if got := d.on(day); got != status {
			d.t.Errorf("on %s the agreement is %s, want %s", day, got, status)
		}
	}
}

func TestAgreementFromDraftToEnd(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	id := d.drafted()
	d.reads("2026-04-02 none", "2026-04-03 active", "2027-03-31 active", "2027-04-01 none")
	if got := due(d, id); got != "2026-12-31" {
		t.Errorf("renewal is asked by %s, want three months before the end", got)
	}
	d.stays(wang, id, "hold_over", "", claimwatch.CodeIllegalTransition, "2027-04-01")
	d.day("2027-04-01")
	d.goes(wang, id, "hold_over", "", "holdover")
	d.reads("2027-04-01 active", "2029-01-01 active")
	d.day("2027-05-10")
	d.goes(wang, id, "expire", "", "ended")
	d.reads("2027-05-09 active", "2027-05-10 none")
}

func TestSuspensionByOwnWish(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	id := d.drafted()
	d.day("2026-06-01")
	d.stays(hospital, id, "request_suspension", "wish_from=2026-06-10 wish_until=2026-12-08", claimwatch.CodeInvalid, "180")
	d.stays(another, id, "request_suspension", "wish_from=2026-06-10 wish_until=2026-12-07", claimwatch.CodeNotFound, "no such")
	d.goes(hospital, id, "request_suspension", "wish_from=2026-06-10 wish_until=2026-12-07", "suspension_requested")
	d.goes(wang, id, "grant_suspension", "", "suspended")
	d.reads("2026-06-09 active", "2026-06-10 suspended", "2026-12-31 suspended")
	if got := due(d, id); got != "2026-12-06" {
		t.Errorf("the 180th day is %s, want 2026-12-06", got)
	}
	d.day("2026-12-06")
	d.stays(wang, id, "end_suspended", "", claimwatch.CodeIllegalTransition, "2026-12-07")
	d.goes(hospital, id, "request_resumption", "", "resumption_requested")
	d.goes(wang, id, "resume", "inspected_on=2026-12-05", "in_force")
	d.reads("2026-12-05 suspended", "2026-12-06 active")
	// A second time, and nobody asks.
	d.goes(hospital, id, "request_suspension", "wish_from=2026-12-01 wish_until=2026-12-31", "suspension_requested")
	d.goes(wang, id, "grant_suspension", "", "suspended")
	d.reads("2026-12-05 suspended", "2026-12-06 suspended")
	// 180 days would be over on 2027-06-04; the agreement's own term is before (Art. 37).
	d.day("2027-03-31")
	d.stays(wang, id, "end_suspended", "", claimwatch.CodeIllegalTransition, "2027-04-01")
	d.day("2027-04-01")
	d.goes(wang, id, "end_suspended", "", "ended")
	d.reads("2026-12-06 suspended", "2027-03-31 suspended", "2027-04-01 none")
	if rows := d.agreements.Of("H1"); len(rows) != 3 {
		t.Errorf("%d rows of agreements: %+v", len(rows), rows)
	}
}

func TestEndByConsent(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	id := d.drafted()
	d.stays(wang, id, "close", "", claimwatch.CodeIllegalTransition, "active")
	d.stays(wang, id, "terminate_by_consent", "ended_on=2026-04-02", claimwatch.CodeInvalid, "later")
	d.goes(wang, id, "terminate_by_consent", "ended_on=2026-08-01", "ended")
	d.reads("2026-07-31 active", "2026-08-01 terminated", "2027-06-01 terminated")
	// It is no violation: the institution may apply again at once.
	d.must(d.open(hospital, "application", "kind=medical"))
}

func TestRenewalLeadsToANewTerm(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	d.drafted()
	d.day("2027-01-01")
	id := d.must(d.open(hospital, "renewal", "kind=medical agreement_id=A1 term_until=2027-04-01"))
	m, _ := d.register.Matter(id)
	if !m.AskedLate() {
		t.Error("asked a day late, and nothing says so")
	}
	d.goes(wang, id, "negotiate", "networked=false", "negotiating")
	d.stays(wang, id, "agree", "new_from=2027-04-01 new_until=2028-04-01", claimwatch.CodeInvalid, "network")
	d.goes(wang, id, "negotiate", "networked=true", "negotiating")
	d.goes(wang, id, "agree", "new_from=2027-04-01 new_until=2028-04-01", "agreed")
	next := d.must(d.open(wang, "agreement_course", "kind=medical agreement_id=A2 term_from=2027-04-01 term_until=2029-04-01 trusted=true renewal_id="+id))
	d.goes(wang, next, "sign", "signed_on=2027-03-01", "signed")
	d.goes(wang, next, "file", "filed_on=2027-03-01", "filed")
	d.goes(wang, next, "publish", "public_from=2027-03-01 public_until=2027-03-08", "public")
	d.day("2027-03-09")
	d.goes(wang, next, "enter_into_force", "", "in_force")
	d.reads("2027-03-31 active", "2027-04-01 active", "2029-03-31 active", "2029-04-01 none")
}

// Who did not agree on a renewal is not held over (Art. 36, 51).
func TestFailedRenewalEndsWithTheTerm(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	id := d.drafted()
	d.day("2026-12-01")
	renewal := d.must(d.open(hospital, "renewal", "kind=medical agreement_id=A1 term_until=2027-04-01"))
	d.goes(wang, renewal, "fail", "result=no", "failed")
	d.day("2027-04-01")
	d.stays(wang, id, "hold_over", "", claimwatch.CodeIllegalTransition, "expire")
	d.goes(wang, id, "expire", "", "ended")
}

// The rows of own wishes and sanctions keep every day of the agreement, wherever
// they begin and end.
func TestSuspensionOnTheFirstDay(t *testing.T) {
	d := newDesk(t, "2026-04-01T10:00:00+08:00")
	d.agree("medical", "2026-04-01", "2027-04-01")
	from := aDay(t, "2026-04-01")
	rows, err := d.agreements.Suspend("H1", "medical", from, nil)
	if err != nil {
		t.Fatalf("Suspend() error:\n%+v", err)
	}
	for _, r := range rows {
		d.agreements.Set(r)
	}
	d.reads("2026-04-01 suspended", "2026-06-30 suspended")
	if rows, err = d.agreements.End("H1", "medical", from, aDay(t, "2026-07-01")); err != nil {
		t.Fatalf("End() error:\n%+v", err)
	}
	for _, r := range rows {
		d.agreements.Set(r)
	}
	d.reads("2026-04-01 suspended", "2026-06-30 suspended", "2026-07-01 active", "2027-03-31 active", "2027-04-01 none")
	if _, err := d.agreements.Suspend("H1", "medical", from, nil); err == nil {
		t.Error("a second suspension takes the place of the first")
	}
	if _, err := d.agreements.Suspend("H1", "rehab", from, nil); err == nil {
		t.Error("an agreement that is not there is suspended")
	}
}
