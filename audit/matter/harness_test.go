package matter

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/term"
)

func anInstant(t testing.TB, text string) claimwatch.Instant {
	t.Helper()
	var at claimwatch.Instant
	if err := at.UnmarshalText([]byte(text)); err != nil {
		t.Fatalf("UnmarshalText(%q) error:\n%+v", text, err)
	}
	return at
}

func aDay(t testing.TB, text string) claimwatch.Day {
	t.Helper()
	day, err := claimwatch.ParseDay(text)
	if err != nil {
		t.Fatalf("ParseDay(%q) error:\n%+v", text, err)
	}
	return day
}

func staff(key string, roles ...claimwatch.CallerRole) Actor { return Actor{Key: key, Roles: roles} }

var (
	wang     = staff("wang", claimwatch.RoleOfficer)
	li       = staff("li", claimwatch.RoleOfficer)
	director = staff("zhao", claimwatch.RoleDirector)
	reader   = staff("sun", claimwatch.RoleSupervisor)
	keeper   = staff("qian", claimwatch.RoleAdministrator)
	hospital = Actor{Key: "h1", Roles: hospitals, InstitutionID: "H1"}
	another  = Actor{Key: "h2", Roles: hospitals, InstitutionID: "H2"}
)

// desk is a register with what a step may look at.
type desk struct {
	t          testing.TB
	register   Register
	calendar   term.Calendar
	agreements agreement.State
	policies   map[claimwatch.PolicyName]string
	at         claimwatch.Instant
	opened     int
	seq        uint64
}

func newDesk(t testing.TB, at string) *desk {
	t.Helper()
	return &desk{t: t, at: anInstant(t, at), policies: map[claimwatch.PolicyName]string{}}
}

func (d *desk) world() World {
	return World{
		Calendar: &d.calendar, Agreements: &d.agreements,
		Institution: func(id string) (Institution, bool) {
			return Institution{Kind: "medical", City: "Taiyuan", Level: 3}, strings.HasPrefix(id, "H")
		},
		Policy: func(name claimwatch.PolicyName, _ string, _ claimwatch.Day) string {
			if value, set := d.policies[name]; set {
				return value
			}
			return claimwatch.PolicyDefault(name)
		},
	}
}

func (d *desk) day(text string) { d.t.Helper(); d.at = aDay(d.t, text).Midnight() + 10*3600_000 }

// agree gives H1 an active agreement.
func (d *desk) agree(kind, from, until string) {
	d.t.Helper()
	end := aDay(d.t, until)
	begin := aDay(d.t, from)
	d.agreements.Set(agreement.Row{
		InstitutionID: "H1", Kind: kind, From: begin, AgreementID: "A-" + kind, Status: agreement.Active, Until: &end, TermFrom: &begin, TermUntil: &end,
	})
}

// decide takes a command and applies it, with its rows of agreements.
func (d *desk) decide(c Command) (Outcome, error) {
	d.t.Helper()
	c.At, c.Procedure = d.at, Procedure
	d.seq++
	c.Seq = d.seq
	spec, _ := SpecOf(c.Kind)
	from := State("")
	if m, known := d.register.Matter(c.ID); known {
		from = m.State
	}
	var err error
	if c.Fields, c.Texts, err = spec.Split(c.Action, from, c.Fields); err != nil {
		return Outcome{}, err
	}
	out, err := Decide(&d.register, d.world(), c)
	if err != nil {
		return out, err
	}
	for _, row := range out.Rows {
		table, known := claimwatch.TableNamed(row.Table)
		if !known {
			d.t.Fatalf("there is no table %s", row.Table)
		}
		read, err := row.Read(table)
		if err != nil {
			d.t.Fatalf("Read(%v) error:\n%+v", row, err)
		}
		if row.Table == "agreements" {
			d.agreements.Set(agreement.RowOf(read.Values, read.Void))
		}
	}
	d.register.Apply(out)
	return out, nil
}

// fields reads "a=1 b=2"; ~ stands for a space.
func fields(text string) map[string]string {
	out := map[string]string{}
	for _, pair := range strings.Fields(text) {
		name, value, _ := strings.Cut(pair, "=")
		out[name] = strings.ReplaceAll(value, "~", " ")
	}
	return out
}

func (d *desk) open(by Actor, kind Kind, given string) (string, error) {
	d.t.Helper()
	d.opened++
	id := fmt.Sprintf("m_%d", d.opened)
	c := Command{Kind: kind, ID: id, Action: Open, By: by, Fields: fields(given), Reason: "because"}
	spec, _ := SpecOf(kind)
	if !spec.NoInstitution || strings.Contains(given, "institution_id=") {
		c.InstitutionID = "H1"
	}
	if person, named := c.Fields["person_id"]; named {
		c.PersonID = person
		delete(c.Fields, "person_id")
	}
	if institution, named := c.Fields["institution_id"]; named {
		c.InstitutionID = institution
		delete(c.Fields, "institution_id")
	}
	_, err := d.decide(c)
	return id, err
}

func (d *desk) must(id string, err error) string {
	d.t.Helper()
	if err != nil {
		d.t.Fatalf("open: %v", err)
	}
	return id
}

func (d *desk) take(by Actor, id string, action Action, given string) (Outcome, error) {
	d.t.Helper()
	m, known := d.register.Matter(id)
	if !known {
		d.t.Fatalf("there is no matter %s", id)
	}
	return d.decide(Command{Kind: m.Kind, ID: id, Action: action, By: by, ExpectedRevision: &m.Revision, Fields: fields(given), Reason: "because"})
}

// goes takes a step that must be accepted, proposed by wang and confirmed by the
// director where it needs two.
func (d *desk) goes(by Actor, id string, action Action, given string, want State) []Row {
	d.t.Helper()
	out, err := d.take(by, id, action, given)
	if err != nil {
		d.t.Fatalf("%s: %v", action, err)
	}
	if out.Matter.Proposal != nil {
		if out, err = d.take(director, id, Confirm, ""); err != nil {
			d.t.Fatalf("confirm %s: %v", action, err)
		}
	}
	if out.Matter.State != want {
		d.t.Fatalf("%s leads to %s, want %s", action, out.Matter.State, want)
	}
	return out.Rows
}

// stays takes a step that must be refused with a code and a word of its message.
func (d *desk) stays(by Actor, id string, action Action, given string, code claimwatch.Code, word string) {
	d.t.Helper()
	before, _ := d.register.Matter(id)
	out, err := d.take(by, id, action, given)
	if err == nil && out.Matter.Proposal != nil {
		_, err = d.take(director, id, Confirm, "")
		before, _ = d.register.Matter(id)
	}
	if got := claimwatch.CodeOf(err); got != code || !strings.Contains(fmt.Sprint(err), word) {
		d.t.Errorf("%s: %v, want %s about %q", action, err, code, word)
	}
	after, _ := d.register.Matter(id)
	if diff := cmp.Diff(after, before); diff != "" {
		d.t.Errorf("a refused %s leaves a trace (-got, +want):\n%s", action, diff)
	}
}

func (d *desk) state(id string) State {
	m, _ := d.register.Matter(id)
	return m.State
}
