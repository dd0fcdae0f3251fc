package audit

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/reference"
)

// publishers may set parameters of rules.
var publishers = []claimwatch.CallerRole{claimwatch.RoleDirector, claimwatch.RoleAdministrator}

func (a *Audit) registerRules(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-rules", Method: http.MethodGet, Path: "/v1/rules", Tags: []string{"rules"}, Summary: "The library of rules",
		Description: "Institutions read by which rules they are judged, without drafts.",
	}, a.listRules)
	huma.Register(api, huma.Operation{
		OperationID: "get-rule", Method: http.MethodGet, Path: "/v1/rules/{code}", Tags: []string{"rules"},
		Summary:     "A rule with its articles in full, query, cases and published parameters",
		Description: "An institution reads neither the query nor who published what, and of the published values those that count where it is.",
	}, a.getRule)
	huma.Register(api, huma.Operation{
		OperationID: "publish-parameters", Method: http.MethodPost, Path: "/v1/rules/{code}/parameters", Tags: []string{"rules"},
		DefaultStatus: http.StatusCreated, Summary: "Publish values of a rule's parameters",
		Description: "For a city or everywhere, for stays that begin on days from `from` to before `until` (findings of one day: for these days). " +
			"An entry of the journal; whom it concerns is evaluated again. A value for the city goes before one for everywhere, a later " +
			"publication before an earlier one.",
	}, a.publish)
	huma.Register(api, huma.Operation{
		OperationID: "withdraw-parameters", Method: http.MethodDelete, Path: "/v1/rules/{code}/parameters/{id}", Tags: []string{"rules"},
		Summary: "Withdraw what was published", Description: "As if it had never been there; the journal keeps both.",
	}, a.withdraw)
}

func (a *Audit) listRules(ctx context.Context, in *claimwatch.PageQuery) (out *rulesAnswer, err error) {
	caller, err := claimwatch.CallerOrHospital(ctx, claimwatch.StaffRoles()...)
	if err != nil {
		return nil, err
	}
	rules := a.deps.Book.List()
	if caller.IsHospital() {
		rules = slices.DeleteFunc(slices.Clone(rules), unheard)
	}
	out = &rulesAnswer{}
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(rules, *in, func(r RuleView) string { return r.Code })
	return out, err
}

func (a *Audit) getRule(ctx context.Context, in *ruleInput) (*ruleAnswer, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, claimwatch.StaffRoles()...)
	if err != nil {
		return nil, err
	}
	rule, err := a.rule(in.Code)
	if err == nil && caller.IsHospital() && unheard(rule) {
		rule, err = a.rule("") // as if it were not there
	}
	if err != nil {
		return nil, err
	}
	out := &ruleAnswer{}
	if err := a.judge(ctx, rule.Articles); err != nil {
		return nil, err
	}
	out.Body.RuleView = rule
	if out.Body.Published, err = a.published(ctx, rule.Code); err != nil {
		return nil, err
	}
	if caller.IsHospital() {
		own, _ := a.deps.Journal.Institution(caller.InstitutionID)
		out.Body.Query = ""
		out.Body.Published = publishedFor(out.Body.Published, own.City)
	}
	return out, nil
}

// unheard says that no institution is judged by a rule yet.
func unheard(rule RuleView) bool { return rule.State == "draft" }

// publishedFor keeps what counts for institutions of a city; the people behind it, and
// what was taken back, stay with the agency.
func publishedFor(all []PublicationView, city string) []PublicationView {
	kept := []PublicationView{}
	for _, p := range all {
		if p.WithdrawnAt != nil || p.City != "" && p.City != city {
			continue
		}
		p.By = ""
		kept = append(kept, p)
	}
	return kept
}

func (a *Audit) rule(code string) (RuleView, error) {
	rule, known := a.deps.Book.Rule(code)
	if !known {
		return rule, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no rule %q", code)
	}
	return rule, nil
}

// publish puts values of parameters into the journal.
func (a *Audit) publish(ctx context.Context, in *publishInput) (*publishAnswer, error) {
	caller, err := province(ctx, publishers)
	if err != nil {
		return nil, err
	}
	rule, err := a.rule(in.Code)
	if err != nil {
		return nil, err
	}
	if err := a.acceptable(rule, in.Body); err != nil {
		return nil, err
	}
	out := &publishAnswer{}
	out.Body.Rule = rule.Code
	if out.Body.ID, err = publicationID(ctx, rule.Code, in.Body); err != nil {
		return nil, err
	}
	until := ""
	if in.Body.Until != nil {
		until = in.Body.Until.String()
	}
	var rows []map[string]string
	for _, name := range slices.Sorted(maps.Keys(in.Body.Set)) {
		rows = append(rows, map[string]string{
			"parameter_id": out.Body.ID, "name": name, "rule": rule.Code, "value": in.Body.Set[name], "city": in.Body.City,
			"from": in.Body.From.String(), "until": until, "reason": in.Body.Reason,
		})
	}
	load, err := a.saveParameters(ctx, caller, rows, false)
	if err != nil {
		return nil, err
	}
	out.Body.Version = load.Version
	return out, nil
}

// acceptable says what is wrong with a publication, all of it at once.
func (a *Audit) acceptable(rule RuleView, b publishBody) error {
	var faults []claimwatch.Fault
	fault := func(field, message string) {
		faults = append(faults, claimwatch.Fault{Column: field, Code: claimwatch.CodeInvalid, Message: message})
	}
	if rule.State == "retired" {
		fault("code", rule.Code+" is retired")
	}
	for _, name := range slices.Sorted(maps.Keys(b.Set)) {
		if err := a.deps.Book.CheckValue(rule.Code, name, b.Set[name]); err != nil {
			fault("set."+name, err.Error())
		}
	}
	if b.Until != nil && *b.Until <= b.From {
		fault("until", "until must be later than from")
	}
	if err := readable("reason", b.Reason); err != nil {
		fault("reason", err.Error())
	}
	if len(faults) == 0 {
		return nil
	}
	refused := claimwatch.Refuse(claimwatch.CodeInvalid, "%s: %d faults, nothing was published", rule.Code, len(faults))
	refused.Faults = faults
	return refused
}

// publicationID is the same for a repeat under one Idempotency-Key.
func publicationID(ctx context.Context, code string, b publishBody) (string, error) {
	asked, err := b.asked(code)
	if err != nil {
		return "", fmt.Errorf("write publication: %w", err)
	}
	wish, sent := claimwatch.CommandKey(ctx)
	if !sent {
		wish = rand.Text()
	}
	sum := sha256.Sum256(append([]byte(wish+"\n"), asked...))
	return "v_" + hex.EncodeToString(sum[:8]), nil
}

// saveParameters loads rows of rule_parameters, given by column.
func (a *Audit) saveParameters(ctx context.Context, caller claimwatch.Caller, objects []map[string]string, void bool) (*journal.LoadAnswer, error) {
	t, err := table(claimwatch.RuleParameters)
	if err != nil {
		return nil, err
	}
	var faults []claimwatch.Fault
	rows := make([]reference.Row, len(objects))
	for i, object := range objects {
		rows[i] = reference.Row{Line: i + 1, Void: void, Values: make([]claimwatch.Value, len(t.Columns))}
		for c, column := range t.Columns {
			if object[column.Name] == "" {
				continue
			}
			value, fault := reference.ParseCell(column, object[column.Name])
			if fault != nil {
				faults = append(faults, claimwatch.Fault{Column: column.Name, Code: claimwatch.CodeInvalid, Message: fault.String()})
			}
			rows[i].Values[c] = value
		}
	}
	if len(faults) > 0 {
		refused := claimwatch.Refuse(claimwatch.CodeInvalid, "%d faults, nothing was published", len(faults))
		refused.Faults = faults
		return nil, refused
	}
	return a.loadBecause(ctx, caller, t, rows, objects[0]["reason"])
}

// withdraw takes a publication back.
func (a *Audit) withdraw(ctx context.Context, in *withdrawInput) (*publishAnswer, error) {
	caller, err := province(ctx, publishers)
	if err != nil {
		return nil, err
	}
	if err := readable("reason", in.Reason); err != nil {
		return nil, err
	}
	published, err := a.published(ctx, in.Code)
	if err != nil {
		return nil, err
	}
	var rows []map[string]string
	for _, p := range published {
		if p.ID != in.ID || p.WithdrawnAt != nil {
			continue
		}
		row := map[string]string{
			"parameter_id": p.ID, "name": p.Name, "rule": in.Code, "value": p.Value, "city": p.City, "from": p.From.String(), "reason": in.Reason,
		}
		if p.Until != nil {
			row["until"] = p.Until.String()
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "nothing that stands was published for %s as %s", in.Code, in.ID)
	}
	load, err := a.saveParameters(ctx, caller, rows, true)
	if err != nil {
		return nil, err
	}
	out := &publishAnswer{}
	out.Body.ID, out.Body.Rule, out.Body.Version = in.ID, in.Code, load.Version
	return out, nil
}

// published reads what was published for a rule, withdrawn values too, in the
// order of publication.
func (a *Audit) published(ctx context.Context, code string) ([]PublicationView, error) {
	t, err := table(claimwatch.RuleParameters)
	if err != nil {
		return nil, err
	}
	now, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	current, _, err := a.deps.Tables.Rows(ctx, RowQuery{Table: t.Name, WithVoid: true})
	if err != nil {
		return nil, fmt.Errorf("read parameters: %w", err)
	}
	list := []PublicationView{}
	for _, row := range current {
		if rowObject(t, row.Values)["rule"] != code {
			continue
		}
		versions := []StoredRow{row}
		if row.Void {
			if versions, err = a.deps.Tables.RowHistory(ctx, t.Name, row.Values[:2]); err != nil {
				return nil, fmt.Errorf("read history of parameters: %w", err)
			}
		}
		list = append(list, publication(t, versions, now.Day()))
	}
	slices.SortFunc(list, func(x, y PublicationView) int {
		return cmp.Or(cmp.Compare(x.Version, y.Version), cmp.Compare(x.ID, y.ID), cmp.Compare(x.Name, y.Name))
	})
	return list, nil
}

// publication is a published value out of the versions of its row: as it was
// published, and as it was withdrawn.
func publication(t claimwatch.Table, versions []StoredRow, today claimwatch.Day) PublicationView {
	first, last := versions[0], versions[len(versions)-1]
	row := rowObject(t, first.Values)
	p := PublicationView{
		ID: row["parameter_id"], Name: row["name"], Value: row["value"], City: row["city"], Reason: row["reason"],
		Version: first.Seq, At: first.KnownFrom, By: first.Actor,
	}
	for i, column := range t.Columns {
		switch day := claimwatch.Day(first.Values[i].Num); {
		case column.Name == "from":
			p.From = day
		case column.Name == "until" && first.Values[i].Set:
			p.Until = &day
		}
	}
	if last.Void {
		p.WithdrawnAt, p.WithdrawnBy, p.Withdrawal = &last.KnownFrom, last.Actor, rowObject(t, last.Values)["reason"]
	}
	p.InForce = !last.Void && p.From <= today && (p.Until == nil || today < *p.Until)
	return p
}

// refuseTrial keeps what a rule on trial finds away from hospitals and money.
func (a *Audit) refuseTrial(rule string, action claimwatch.Action) error {
	touches := action == claimwatch.ActionNotify || action == claimwatch.ActionReject
	if a.deps.Book == nil || !a.deps.Book.OnTrial(rule) || !touches {
		return nil
	}
	return claimwatch.Refuse(claimwatch.CodeIllegalTransition,
		"%s is on trial: what it finds is shown, and neither notified nor rejected before the rule is stable", rule)
}
