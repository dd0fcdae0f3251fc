package matter

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
)

// value draws a cell that the type takes, most of the time.
func value(rt *rapid.T, f Field) string {
	if rapid.IntRange(0, 30).Draw(rt, "odd") == 0 {
		return rapid.SampledFrom([]string{"", "?", "-1", "9999-99-99"}).Draw(rt, "wrong")
	}
	switch {
	case f.Free:
		return "some text"
	case f.Words != nil && f.Type == claimwatch.ColumnList:
		return strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom(f.Words), 1, 2, rapid.ID[string]).Draw(rt, "words"), ";")
	case f.Words != nil:
		return rapid.SampledFrom(f.Words).Draw(rt, "word")
	}
	switch f.Type {
	case claimwatch.ColumnInt:
		return fmt.Sprint(rapid.Int64Range(f.Min, f.Max).Draw(rt, "count"))
	case claimwatch.ColumnDay:
		return claimwatch.Day(rapid.IntRange(20500, 21200).Draw(rt, "day")).String()
	case claimwatch.ColumnBool:
		return "true"
	case claimwatch.ColumnAmount, claimwatch.ColumnNumber:
		return fmt.Sprint(rapid.IntRange(0, 100).Draw(rt, "number"))
	case claimwatch.ColumnHash:
		return strings.Repeat("0a", 32)
	default:
		return rapid.SampledFrom([]string{"H2", "m_1", "x"}).Draw(rt, "id")
	}
}

// Random people take random steps: a state changes by a declared step only, who
// proposed never confirms, every accepted command is one event, and a refused
// one leaves nothing.
func TestModel(t *testing.T) {
	people := []Actor{wang, li, director, staff("chen", claimwatch.RoleReviewer), staff("boss", claimwatch.StaffRoles()...), reader, keeper, hospital, another}
	accepted, tried := map[Kind]int{}, map[Kind]int{}
	rapid.Check(t, func(rt *rapid.T) {
		d := newDesk(t, "2026-03-02T10:00:00+08:00")
		d.agree("medical", "2026-01-01", "2027-01-01")
		d.register.Apply(Outcome{Matter: Matter{
			ID: "m_1", Kind: "application", InstitutionID: "H1", State: "passed", Fields: map[string]string{"kind": "medical", "valid_years": "2"},
			History: []TakenStep{{Action: "pass", State: "passed", At: d.at}},
		}})
		d.opened = 1
		var ids []string
		for range rapid.IntRange(5, 60).Draw(rt, "steps") {
			d.at += claimwatch.Instant(rapid.IntRange(0, 40).Draw(rt, "days")) * 24 * 3600_000
			by := rapid.SampledFrom(people).Draw(rt, "by")
			var c Command
			if len(ids) == 0 || rapid.IntRange(0, 4).Draw(rt, "open") == 0 {
				spec := &Specs()[rapid.IntRange(0, len(Specs())-1).Draw(rt, "kind")]
				d.opened++
				c = Command{Kind: spec.Kind, ID: fmt.Sprintf("m_%d", d.opened), Action: Open, By: by, InstitutionID: "H1", PersonID: "P1"}
				if spec.NoInstitution && rapid.Bool().Draw(rt, "nobody's") {
					c.InstitutionID = ""
				}
				c.Fields = drawFields(rt, spec, spec.opening())
			} else {
				m, _ := d.register.Matter(rapid.SampledFrom(ids).Draw(rt, "matter"))
				spec, _ := SpecOf(m.Kind)
				c = Command{Kind: m.Kind, ID: m.ID, By: by, ExpectedRevision: &m.Revision}
				c.Action = rapid.SampledFrom(append(spec.Possible(m.State), Confirm, Confirm, Decline, Withdraw, "inquire")).Draw(rt, "action")
				if step, declared := spec.find(c.Action, m.State); declared {
					c.Fields = drawFields(rt, spec, step)
				}
			}
			c.At = d.at
			before, existed := d.register.Matter(c.ID)
			tried[c.Kind]++
			out, err := d.decide(c)
			after, exists := d.register.Matter(c.ID)
			if err != nil {
				if !reflect.DeepEqual(after, before) || exists != existed {
					rt.Fatalf("a refused %s leaves a trace: %v", c.Action, err)
				}
				continue
			}
			accepted[c.Kind]++
			if !existed {
				ids = append(ids, c.ID)
			}
			checkStep(rt, c, before, after)
			if out.Matter.Revision != len(after.History) {
				rt.Fatalf("revision %d with %d events", out.Matter.Revision, len(after.History))
			}
		}
	})
	for _, spec := range Specs() {
		if accepted[spec.Kind] == 0 && tried[spec.Kind] >= 300 {
			t.Errorf("no %s was ever accepted: the test does not reach it", spec.Kind)
		}
	}
}

func drawFields(rt *rapid.T, spec *Spec, step *Step) map[string]string {
	given := map[string]string{}
	for _, name := range step.Needs {
		f, _ := spec.Field(name)
		given[name] = value(rt, f)
	}
	for _, name := range step.Takes {
		if rapid.Bool().Draw(rt, name) {
			f, _ := spec.Field(name)
			given[name] = value(rt, f)
		}
	}
	return given
}

// checkStep reads the tables a second time, by itself.
func checkStep(rt *rapid.T, c Command, before, after Matter) {
	spec, _ := SpecOf(c.Kind)
	last := after.History[len(after.History)-1]
	if last.By != c.By.Key || last.At != c.At || last.State != after.State || len(after.History) != len(before.History)+1 {
		rt.Fatalf("the event %+v is not that of %s by %s", last, c.Action, c.By.Key)
	}
	if c.By.Has(claimwatch.RoleSupervisor) && !c.By.Has(claimwatch.RoleOfficer) || c.By.InstitutionID == "H2" && after.InstitutionID != "H2" {
		rt.Fatalf("%s took %s", c.By.Key, c.Action)
	}
	if c.Action == Open {
		if after.State != spec.Initial || last.Proposed {
			rt.Fatalf("opened as %s", after.State)
		}
		return
	}
	action := c.Action
	if action == Confirm {
		action = before.Proposal.Action
		if before.Proposal.By == c.By.Key || last.Maker != before.Proposal.By || after.Proposal != nil {
			rt.Fatalf("%s confirmed what %s proposed", c.By.Key, before.Proposal.By)
		}
	}
	at := slices.IndexFunc(spec.Steps, func(s Step) bool { return s.Action == action && slices.Contains(s.From, before.State) })
	if at < 0 {
		if (action != Decline && action != Withdraw) || after.State != before.State || after.Proposal != nil {
			rt.Fatalf("%s was accepted from %s", action, before.State)
		}
		return
	}
	step := spec.Steps[at]
	want := step.To
	if want == "" || step.Second != nil && c.Action != Confirm {
		want = before.State
	}
	if after.State != want {
		rt.Fatalf("%s from %s leads to %s, want %s", action, before.State, after.State, want)
	}
	kept := before.Proposal != nil && c.By.InstitutionID != "" && step.To == ""
	if (after.Proposal != nil) != (step.Second != nil && c.Action != Confirm || kept) {
		rt.Fatalf("%s leaves the proposal %+v", action, after.Proposal)
	}
	if before.Proposal != nil && c.By.InstitutionID == "" && c.Action != Confirm {
		rt.Fatalf("%s was taken beside a proposal", action)
	}
	if voids := before.Proposal != nil && after.Proposal == nil && c.Action != Confirm; voids != (last.Voids != "") {
		rt.Fatalf("%s voids %q", action, last.Voids)
	}
}

// Has says whether the actor has a role.
func (a Actor) Has(role claimwatch.CallerRole) bool { return slices.Contains(a.Roles, role) }
