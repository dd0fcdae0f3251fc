package matter

import (
	"slices"
	"strings"
	"testing"

	"claimwatch"
)

func statesOf(spec *Spec) []State {
	states := []State{spec.Initial}
	for changed := true; changed; {
		changed = false
		for i := range spec.Steps {
			step := &spec.Steps[i]
			reached := slices.ContainsFunc(step.From, func(s State) bool { return slices.Contains(states, s) })
			if reached && step.To != "" && !slices.Contains(states, step.To) {
				states, changed = append(states, step.To), true
			}
		}
	}
	return states
}

// The tables are whole: what they name exists, every state can be reached, no
// action means two things in one state.
func TestDeclarations(t *testing.T) {
	kinds, plurals := map[Kind]bool{}, map[string]bool{}
	for _, spec := range Specs() {
		if kinds[spec.Kind] || plurals[spec.Plural] || spec.Doc == "" {
			t.Errorf("%s is declared twice, or says nothing", spec.Kind)
		}
		kinds[spec.Kind], plurals[spec.Plural] = true, true
		reached, seen, used := statesOf(&spec), map[string]bool{}, map[string]bool{}
		openings := 0
		for _, step := range spec.Steps {
			where := string(spec.Kind) + " " + string(step.Action)
			if step.Law == "" || !strings.HasSuffix(step.Doc, ".") || len(step.By) == 0 {
				t.Errorf("%s has no law, no sentence or nobody to take it", where)
			}
			if step.Action == Open {
				openings++
				if step.Second != nil || step.To != "" || step.From != nil {
					t.Errorf("%s: an opening has no second person and one state", where)
				}
			} else if len(step.From) == 0 {
				t.Errorf("%s starts nowhere", where)
			}
			if slices.Contains([]Action{Confirm, Decline, Withdraw}, step.Action) {
				t.Errorf("%s is the engine's own", where)
			}
			if step.Second != nil && slices.Contains(step.By, claimwatch.RoleHospital) {
				t.Errorf("%s lets a hospital propose to the agency's second person", where)
			}
			for _, from := range step.From {
				if !slices.Contains(reached, from) {
					t.Errorf("%s starts from %s, which nothing leads to", where, from)
				}
				if key := string(step.Action) + " " + string(from); seen[key] {
					t.Errorf("%s from %s is declared twice", where, from)
				} else {
					seen[key] = true
				}
			}
			for _, name := range step.names() {
				used[name] = true
				if _, known := spec.Field(name); !known {
					t.Errorf("%s names the field %s, which is not declared", where, name)
				}
			}
		}
		for _, final := range spec.Final {
			if !slices.Contains(reached, final) {
				t.Errorf("%s: nothing leads to the final %s", spec.Kind, final)
			}
		}
		if openings != 1 {
			t.Errorf("%s has %d openings", spec.Kind, openings)
		}
		worked := []string{"effective_from", "planned_until", "kinds", "ended_on", "lifted_on", "suspended_from", "from", "approved_on", "rows_before"}
		for _, field := range spec.Fields {
			if !used[field.Name] && !slices.Contains(worked, field.Name) {
				t.Errorf("%s: nothing takes the field %s", spec.Kind, field.Name)
			}
		}
	}
}

// What is not in the table is refused, for every kind, state and action, by
// whoever may do everything; and the refusal names what is possible.
func TestEveryUndeclaredStepIsRefused(t *testing.T) {
	all := staff("all", claimwatch.StaffRoles()...)
	var actions []Action
	for _, spec := range Specs() {
		for _, step := range spec.Steps {
			if !slices.Contains(actions, step.Action) && step.Action != Open {
				actions = append(actions, step.Action)
			}
		}
	}
	tried := 0
	for _, spec := range Specs() {
		for _, state := range append(statesOf(&spec), "nowhere") {
			for _, action := range append(slices.Clone(actions), Confirm, Decline, Withdraw) {
				if _, declared := spec.find(action, state); declared {
					continue
				}
				d := newDesk(t, "2026-03-02T10:00:00+08:00")
				d.register.Apply(Outcome{Matter: Matter{ID: "m", Kind: spec.Kind, State: state, InstitutionID: "H1", Told: true}})
				revision := 0
				for _, by := range []Actor{all, hospital} {
					tried++
					_, err := Decide(&d.register, d.world(), Command{Kind: spec.Kind, ID: "m", Action: action, By: by, At: d.at, ExpectedRevision: &revision})
					code := claimwatch.CodeOf(err)
					if code != claimwatch.CodeIllegalTransition && (code != claimwatch.CodeForbidden || by.InstitutionID == "") {
						t.Errorf("%s that is %s: %s by %s: %v", spec.Kind, state, action, by.Key, err)
					}
					for _, possible := range spec.Possible(state) {
						if code == claimwatch.CodeIllegalTransition && !strings.Contains(err.Error(), string(possible)) {
							t.Errorf("%s that is %s: the refusal does not name %s: %v", spec.Kind, state, possible, err)
						}
					}
				}
			}
		}
	}
	if tried < 5000 {
		t.Errorf("only %d were tried", tried)
	}
}

func TestWhoMayTakeAStep(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	id := d.must(d.open(wang, "clue", "source=complaint about=institution subject=beds_without_patients institution_id=H1"))
	for _, by := range []Actor{reader, keeper, staff("clerk", claimwatch.RoleClerk), staff("nobody"), staff("liar", claimwatch.RoleHospital)} {
		d.stays(by, id, "inquire", "method=on_site", claimwatch.CodeForbidden, "officer")
		if _, err := d.open(by, "clue", "source=complaint about=institution subject=x"); claimwatch.CodeOf(err) != claimwatch.CodeForbidden {
			t.Errorf("%s opens a clue: %v", by.Key, err)
		}
	}
	// A hospital does not learn that there is a clue about it.
	for _, by := range []Actor{hospital, another} {
		d.stays(by, id, "inquire", "method=on_site", claimwatch.CodeNotFound, "no such clue")
	}
	if m, _ := d.register.Matter(id); m.seenBy(hospital) {
		t.Error("the hospital sees the clue")
	}
	zero := 0
	if _, err := d.decide(Command{Kind: "clue", ID: id, Action: "inquire", By: wang, ExpectedRevision: &zero, Fields: fields("method=on_site")}); claimwatch.CodeOf(err) != claimwatch.CodeChanged {
		t.Errorf("an old revision: %v", err)
	}
	if _, err := d.decide(Command{Kind: "clue", ID: "m_x", Action: "inquire", By: wang, ExpectedRevision: &zero}); claimwatch.CodeOf(err) != claimwatch.CodeNotFound {
		t.Errorf("an unknown clue: %v", err)
	}
	if _, err := d.decide(Command{Kind: "dispute", ID: id, Action: "note", By: wang, ExpectedRevision: &zero}); claimwatch.CodeOf(err) != claimwatch.CodeNotFound {
		t.Errorf("a clue as a dispute: %v", err)
	}
}

func TestFields(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	for given, word := range map[string]string{
		"source=complaint about=institution":                                      "needs subject",
		"about=institution subject=x":                                             "needs source",
		"source=rumor about=institution subject=x":                                "none of",
		"source=complaint about=institution subject=x received_on=2026-02-30":     "YYYY-MM-DD",
		"source=complaint about=institution subject=x method=on_site":             "takes no method",
		"source=complaint about=institution subject=x nonsense=1":                 "takes no nonsense",
		"source=complaint about=institution subject=x finding_id=a|b":             "A-Za-z0-9",
		"source=complaint about=institution subject=" + strings.Repeat("x", 4001): "at most 4000",
	} {
		_, err := d.open(wang, "clue", given)
		if claimwatch.CodeOf(err) != claimwatch.CodeInvalid || !strings.Contains(err.Error(), word) {
			t.Errorf("%.60s: %v, want invalid about %q", given, err, word)
		}
	}
	id := d.must(d.open(wang, "clue", "source=complaint about=staff subject=x~y institution_id=H1 anonymous=1"))
	m, _ := d.register.Matter(id)
	if m.Fields["anonymous"] != "true" || m.Texts["subject"] != "x y" || m.Fields["subject"] != "" || m.City != "Taiyuan" || m.Number != "clue-2026-0001" {
		t.Errorf("the matter = %+v", m)
	}
}

// Whoever proposes never confirms, whatever roles the key has.
func TestTwoPeople(t *testing.T) {
	d := newDesk(t, "2026-03-02T10:00:00+08:00")
	boss := staff("boss", claimwatch.StaffRoles()...)
	id := d.must(d.open(wang, "clue", "source=report about=staff subject=x institution_id=H1"))
	d.goes(wang, id, "dismiss", "", "unfounded")
	if _, err := d.take(boss, id, "reopen", ""); err != nil || d.state(id) != "unfounded" {
		t.Fatalf("reopen: %v, %s", err, d.state(id))
	}
	d.stays(boss, id, Confirm, "", claimwatch.CodeForbidden, "second person")
	d.stays(boss, id, Decline, "", claimwatch.CodeForbidden, "second person")
	d.stays(wang, id, Confirm, "", claimwatch.CodeForbidden, "reviewer or director")
	d.stays(wang, id, Withdraw, "", claimwatch.CodeForbidden, "decline")
	d.stays(li, id, "reopen", "", claimwatch.CodeIllegalTransition, "waits for a second person")
	d.stays(director, id, Confirm, "method=on_site", claimwatch.CodeInvalid, "takes no fields")
	if _, err := d.take(director, id, Decline, ""); err != nil || d.state(id) != "unfounded" {
		t.Errorf("decline: %v, %s", err, d.state(id))
	}
	d.stays(director, id, Confirm, "", claimwatch.CodeIllegalTransition, "nothing waits")
	if _, err := d.take(boss, id, "reopen", ""); err != nil {
		t.Fatalf("reopen: %v", err)
	}
	if _, err := d.take(boss, id, Withdraw, ""); err != nil || d.state(id) != "unfounded" {
		t.Errorf("withdraw: %v, %s", err, d.state(id))
	}
	d.goes(wang, id, "reopen", "", "inquiry")
	m, _ := d.register.Matter(id)
	last := m.History[len(m.History)-1]
	if last.Of != "reopen" || last.By != "zhao" || last.Maker != "wang" || m.Revision != len(m.History) {
		t.Errorf("the last event = %+v, revision %d of %d", last, m.Revision, len(m.History))
	}
}
