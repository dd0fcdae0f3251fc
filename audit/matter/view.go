package matter

import (
	"maps"
	"slices"

	"claimwatch"
)

// seenBy says whether an actor may know of the matter: a hospital of its own
// ones, once it was told or has opened them itself.
func (m *Matter) seenBy(by Actor) bool {
	return by.InstitutionID == "" || by.InstitutionID == m.InstitutionID && m.Told
}

// For gives the matter as an actor may see it; ok is false when it may not. A
// hospital sees its own steps and those by which it was told, and nothing of what
// the agency does inside.
func (m *Matter) For(by Actor) (view Matter, ok bool) {
	if !m.seenBy(by) {
		return Matter{}, false
	}
	view = m.clone()
	if by.InstitutionID == "" {
		return view, true
	}
	spec, _ := SpecOf(m.Kind)
	inner := func(name string, _ string) bool {
		field, known := spec.Field(name)
		return !known || field.Inner
	}
	view.Proposal = nil
	view.History = slices.DeleteFunc(view.History, func(e TakenStep) bool {
		return !(e.Tells || e.Institution == by.InstitutionID)
	})
	// What it was told of, and what it said itself, is all that it reads.
	shown := map[string]bool{}
	for i := range view.History {
		e := &view.History[i]
		e.Maker, e.Voids = "", ""
		if e.Institution == "" {
			e.By = "agency"
		}
		e.Fields, e.Texts = maps.Clone(e.Fields), maps.Clone(e.Texts)
		maps.DeleteFunc(e.Fields, inner)
		maps.DeleteFunc(e.Texts, inner)
	}
	told := m.shownFields()
	for name := range told {
		shown[name] = true
	}
	hidden := func(name, value string) bool { return inner(name, value) || !shown[name] }
	maps.DeleteFunc(view.Fields, hidden)
	maps.DeleteFunc(view.Texts, hidden)
	if view.OpenedBy != "" && !m.openedByInstitution() {
		view.OpenedBy = "agency"
	}
	return view, true
}

func (m *Matter) openedByInstitution() bool {
	return len(m.History) > 0 && m.History[0].Institution != ""
}

// shownFields names the fields of events up to and with the last one that told
// the institution something, and of its own.
func (m *Matter) shownFields() map[string]bool {
	names, pending := map[string]bool{}, map[string]bool{}
	for _, e := range m.History {
		if e.Proposed {
			continue
		}
		for _, of := range []map[string]string{e.Fields, e.Texts} {
			for name := range of {
				pending[name] = true
				if e.Institution != "" {
					names[name] = true
				}
			}
		}
		if e.Tells {
			maps.Copy(names, pending)
		}
	}
	return names
}

// Possible lists what an actor may do about the matter now.
func (m *Matter) Possible(by Actor) (actions []Action) {
	spec, known := SpecOf(m.Kind)
	if !known || !m.seenBy(by) {
		return nil
	}
	for i := range spec.Steps {
		step := &spec.Steps[i]
		pending := m.Proposal != nil && by.InstitutionID == ""
		if slices.Contains(step.From, m.State) && hasRole(by, step.By) && !pending && !slices.Contains(actions, step.Action) {
			actions = append(actions, step.Action)
		}
	}
	if m.Proposal == nil || by.InstitutionID != "" {
		return actions
	}
	if m.Proposal.By == by.Key {
		return append(actions, Withdraw)
	}
	if step, declared := spec.find(m.Proposal.Action, m.State); declared && hasRole(by, step.Second) {
		actions = append(actions, Confirm, Decline)
	}
	return actions
}

// ActorOf is the actor that a caller is.
func ActorOf(c claimwatch.Caller) Actor {
	return Actor{Key: c.KeyID, Roles: c.Roles, InstitutionID: c.InstitutionID}
}
