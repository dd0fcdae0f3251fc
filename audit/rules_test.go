package audit

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"claimwatch"
	"claimwatch/audit/journal"
)

type publication1 struct {
	ID, Rule string
	Version  uint64
}

type ruleDetail struct {
	RuleView
	Published []PublicationView
}

// What is published, and taken back, stands in the journal with author and reason.
func TestPublishAndWithdraw(t *testing.T) {
	d := newDesk(t)
	director := claimwatch.Caller{KeyID: "d14ec70400000000", Roles: []claimwatch.CallerRole{claimwatch.RoleDirector}}
	body := map[string]any{
		"set": map[string]string{"days": "10", "hours": "5"}, "city": "Taiyuan", "from": "2026-03-01", "until": "2026-04-01", "reason": "as the office of 1 March says",
	}
	path := "/v1/rules/FEE-001/parameters"
	d.refused(d.call(officer, "POST", path, body), 403, claimwatch.CodeForbidden)
	d.refused(d.call(hospital, "POST", path, body), 403, claimwatch.CodeForbidden)
	first := good[publication1](d, d.call(director, "POST", path, body))
	if first.Rule != "FEE-001" || first.Version != 1 || first.ID == "" {
		t.Errorf("published: %+v", first)
	}
	body["city"], body["until"] = "", nil
	second := good[publication1](d, d.call(admin, "POST", path, body))

	got := good[ruleDetail](d, d.call(officer, "GET", "/v1/rules/FEE-001", nil))
	at, from := claimwatch.Instant(0), claimwatch.Day(0)
	_ = at.UnmarshalText([]byte("2026-03-02T10:00:00+08:00"))
	from, _ = claimwatch.ParseDay("2026-03-01")
	until := from + 31
	view := func(p publication1, name, value string) PublicationView {
		return PublicationView{ID: p.ID, Name: name, Value: value, From: from, Reason: "as the office of 1 March says", Version: p.Version, At: at, By: admin.KeyID, InForce: true}
	}
	want := []PublicationView{view(first, "days", "10"), view(first, "hours", "5"), view(second, "days", "10"), view(second, "hours", "5")}
	for i := range want[:2] {
		want[i].City, want[i].Until, want[i].By = "Taiyuan", &until, director.KeyID
	}
	if diff := cmp.Diff(want, got.Published); diff != "" {
		t.Errorf("published (-want, +got):\n%s", diff)
	}
	if got.Query == "" || len(got.CaseNames) != 2 {
		t.Errorf("rule = %+v", got.RuleView)
	}
	// An institution elsewhere: what counts everywhere, and nobody behind it.
	own := good[ruleDetail](d, d.call(hospital, "GET", "/v1/rules/FEE-001", nil))
	told := []PublicationView{view(second, "days", "10"), view(second, "hours", "5")}
	told[0].By, told[1].By = "", ""
	if diff := cmp.Diff(told, own.Published); diff != "" {
		t.Errorf("published for an institution (-want, +got):\n%s", diff)
	}
	if own.Query != "" || len(own.Articles) == 0 {
		t.Errorf("rule for an institution = %+v", own.RuleView)
	}

	d.clock("2026-03-05T10:00:00+08:00")
	d.refused(d.call(officer, "DELETE", path+"/"+first.ID+"?reason=x", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(admin, "DELETE", path+"/v_none?reason=x", nil), 404, claimwatch.CodeNotFound)
	d.refused(d.call(admin, "DELETE", "/v1/rules/FEE-002/parameters/"+first.ID+"?reason=x", nil), 404, claimwatch.CodeNotFound)
	withdrawn := good[publication1](d, d.call(admin, "DELETE", path+"/"+first.ID+"?reason=a+mistake", nil))
	if withdrawn.Version != 3 {
		t.Errorf("withdrawn: %+v", withdrawn)
	}
	d.refused(d.call(admin, "DELETE", path+"/"+first.ID+"?reason=again", nil), 404, claimwatch.CodeNotFound)
	later := good[ruleDetail](d, d.call(officer, "GET", "/v1/rules/FEE-001", nil)).Published
	_ = at.UnmarshalText([]byte("2026-03-05T10:00:00+08:00"))
	for i := range want[:2] {
		want[i].InForce, want[i].WithdrawnAt, want[i].WithdrawnBy, want[i].Withdrawal = false, &at, admin.KeyID, "a mistake"
	}
	if diff := cmp.Diff(want, later, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("after the withdrawal (-want, +got):\n%s", diff)
	}

	var reasons []string
	for _, entry := range d.rows.Entries {
		_, command, err := journal.ParseEntry(entry.Body)
		if err != nil {
			t.Fatalf("ParseEntry() error:\n%+v", err)
		}
		reasons = append(reasons, command.Actor.Key+" "+command.Reason)
	}
	if diff := cmp.Diff([]string{
		director.KeyID + " as the office of 1 March says", admin.KeyID + " as the office of 1 March says", admin.KeyID + " a mistake",
	}, reasons); diff != "" {
		t.Errorf("authors and reasons of the journal (-want, +got):\n%s", diff)
	}
}

// The articles of a rule say when they are in force: by the law's own text, until
// rows of the table laws extend it.
func TestArticlesInForce(t *testing.T) {
	d := newDesk(t)
	article := func() string {
		a := good[ruleDetail](d, d.call(officer, "GET", "/v1/rules/FEE-001", nil)).Articles[0]
		text := fmt.Sprintf("%s %s %t", a.Law, a.Article, a.InForce)
		for _, one := range a.Valid {
			until := "open"
			if one.Until != nil {
				until = one.Until.String()
			}
			text += " " + one.From.String() + ".." + until
		}
		return text
	}
	check := func(when, want string) {
		t.Helper()
		if got := article(); got != "shanxi-2022-measures 23 "+want {
			t.Errorf("%s: %s, want %s", when, got, want)
		}
	}
	d.clock("2024-08-07T23:59:59+08:00")
	check("on its last day", "true 2022-08-08..2024-08-08")
	d.clock("2024-08-08T00:00:00+08:00")
	check("on the day after", "false 2022-08-08..2024-08-08")
	head := "law_id,valid_from,valid_until,title,source\n"
	good[journal.LoadAnswer](d, d.call(admin, "PUT", "/v1/reference/laws", head+"another,2022-01-01,,t,s\n"))
	check("when another law is loaded", "false 2022-08-08..2024-08-08")
	good[journal.LoadAnswer](d, d.call(admin, "PUT", "/v1/reference/laws", head+
		"shanxi-2022-measures,2022-08-08,2024-08-08,t,s\nshanxi-2022-measures,2024-09-01,,t,s\n"))
	check("between two periods", "false 2022-08-08..2024-08-08 2024-09-01..open")
	d.clock("2024-09-01T00:00:00+08:00")
	check("once extended", "true 2022-08-08..2024-08-08 2024-09-01..open")
	if got := good[page[RuleView]](d, d.call(officer, "GET", "/v1/rules", nil)); got.Items[0].Articles != nil {
		t.Errorf("a list with texts: %+v", got.Items)
	}
}

// A publication with faults changes nothing, and every fault is named.
func TestPublishRefuses(t *testing.T) {
	d := newDesk(t)
	path := "/v1/rules/FEE-001/parameters"
	p := d.refused(d.call(admin, "POST", path, map[string]any{
		"set": map[string]string{"days": "91", "dayz": "1"}, "from": "2026-03-01", "until": "2026-03-01", "reason": " ",
	}), 422, claimwatch.CodeInvalid)
	var fields []string
	for _, fault := range p.Faults {
		fields = append(fields, fault.Column)
	}
	if diff := cmp.Diff([]string{"set.days", "set.dayz", "until", "reason"}, fields); diff != "" {
		t.Errorf("faults (-want, +got):\n%s", diff)
	}
	body := map[string]any{"set": map[string]string{"days": "9"}, "from": "2026-03-01", "reason": "why"}
	d.refused(d.call(admin, "POST", "/v1/rules/FEE-999/parameters", body), 404, claimwatch.CodeNotFound)
	d.refused(d.call(admin, "GET", "/v1/rules/FEE-999", nil), 404, claimwatch.CodeNotFound)
	table := "parameter_id,name,rule,value,from,reason\nX,days,FEE-001,9,2026-03-01,r\n"
	d.refused(d.call(admin, "PUT", "/v1/reference/rule_parameters", table), 422, claimwatch.CodeInvalid)
	if rows := good[page[rowView]](d, d.call(officer, "GET", "/v1/reference/rule_parameters", nil)); len(rows.Items) != 0 {
		t.Errorf("rows = %+v", rows.Items)
	}
	if got := good[page[RuleView]](d, d.call(officer, "GET", "/v1/rules", nil)); len(got.Items) != 1 || got.Items[0].Query != "" {
		t.Errorf("rules = %+v", got.Items)
	}
}

// Institutions read the rules, but not those that judge nobody yet.
func TestInstitutionsReadRules(t *testing.T) {
	d := newDesk(t)
	if got := good[page[RuleView]](d, d.call(hospital, "GET", "/v1/rules", nil)); len(got.Items) != 1 {
		t.Errorf("rules = %+v", got.Items)
	}
	d.book.draft = true
	if got := good[page[RuleView]](d, d.call(hospital, "GET", "/v1/rules", nil)); len(got.Items) != 0 {
		t.Errorf("drafts = %+v", got.Items)
	}
	d.refused(d.call(hospital, "GET", "/v1/rules/FEE-001", nil), 404, claimwatch.CodeNotFound)
	if got := good[page[RuleView]](d, d.call(officer, "GET", "/v1/rules", nil)); len(got.Items) != 1 {
		t.Errorf("rules for the agency = %+v", got.Items)
	}
}

// What a rule on trial finds is shown, and goes neither to the hospital nor to money.
func TestTrialTouchesNoMoney(t *testing.T) {
	d := newDesk(t)
	held := d.facts.put(sample("H1|P1|S1", false))
	d.book.trial = true
	for _, action := range []string{"notify", "reject"} {
		d.refused(d.decide(officer, held, action, 0), 409, claimwatch.CodeIllegalTransition)
	}
	if got := good[FindingDetail](d, d.call(officer, "GET", "/v1/findings/"+held.ID, nil)); got.State != claimwatch.StateOpen || got.Attributed.String() != "0.00" {
		t.Errorf("state %s, attributed %s, want open and nothing", got.State, got.Attributed)
	}
	good[FindingDetail](d, d.call(officer, "POST", "/v1/findings/"+held.ID+"/decisions", map[string]any{
		"action": "assign", "to": "desk 4", "expected_revision": 0, "facts_sha256": held.Facts,
	}))
	d.book.trial = false
	good[FindingDetail](d, d.decide(officer, held, "notify", 1))
}
