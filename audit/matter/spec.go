package matter

import (
	"maps"
	"slices"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/term"
)

// Procedure is the present set of checks; a Command without one was written before
// there were any but the first.
const Procedure = 2

// Kind is a register.
type Kind string

// State is where a matter stands in the course of its kind.
type State string

// Action is a step that a person takes.
type Action string

// Open begins every matter. Confirm, Decline and Withdraw are about a step that
// was proposed and needs a second person; the engine knows them for every kind.
const (
	Open     Action = "open"
	Confirm  Action = "confirm"
	Decline  Action = "decline"
	Withdraw Action = "withdraw"
)

// Roles that the declarations name.
var (
	officers  = []claimwatch.CallerRole{claimwatch.RoleOfficer, claimwatch.RoleReviewer, claimwatch.RoleDirector}
	seconds   = []claimwatch.CallerRole{claimwatch.RoleReviewer, claimwatch.RoleDirector}
	hospitals = []claimwatch.CallerRole{claimwatch.RoleHospital}
	either    = append(officers[:3:3], claimwatch.RoleHospital)
)

// Field is one thing that a matter of a kind may say. Free ones are texts of
// people: they travel beside the chain, which holds their hash. Inner ones are
// never shown to the institution.
type Field struct {
	claimwatch.Column
	Free, Inner bool
	Doc         string
}

// Step is one row of a kind's transition table.
type Step struct {
	Action Action
	From   []State // of Open: none
	To     State   // empty: the state stays
	By     []claimwatch.CallerRole
	Second []claimwatch.CallerRole // who may confirm; none: one person decides
	Needs  []string                // fields that the step must name
	Asks   []string                // and those that new ones must name: the door asks, the fold takes older ones without
	Takes  []string                // and those that it may
	Term   *Term                   // the deadline that runs from the step on
	Tells  bool                    // the institution is told by it, or takes it itself
	Check  func(c *Case) error
	Effect func(c *Case) ([]Row, error)
	Law    string // article, "shanxi-2022-measures 18"
	Doc    string // one sentence
}

// Term is a deadline that a step sets. It is derived whenever it is asked for: a
// calendar that comes later moves it.
type Term struct {
	Law string
	Doc string // what is due
	Due func(m *Matter, calendar *term.Calendar) (day claimwatch.Day, provisional bool)
}

// Spec declares a kind.
type Spec struct {
	Kind    Kind
	Plural  string // in the API: /v1/{plural}
	Doc     string
	Fields  []Field
	Steps   []Step
	Initial State
	// Anybody: institutions that are not in the table institutions too, such as
	// those that apply.
	Anybody bool
	// NoInstitution: a matter that may belong to none.
	NoInstitution bool
	// Final states: nothing follows, and no deadline runs.
	Final []State
}

// Row is a row of a reference table that follows from a step, in the spelling of
// CSV cells.
type Row struct {
	Table string
	Void  bool
	Cells map[string]string
}

// Institution is what steps need to know of an institution.
type Institution struct {
	Kind, City string
	Level      int
}

// World is what a step may look at beside its own matter: all of it folded from
// the journal.
type World struct {
	Calendar    *term.Calendar
	Agreements  *agreement.State
	Institution func(id string) (Institution, bool)
	Policy      func(name claimwatch.PolicyName, city string, on claimwatch.Day) string
}

// Case is a step about to be taken, as its checks and effects see it.
type Case struct {
	World
	Register *Register
	Matter   *Matter // before the step
	Spec     *Spec
	Step     *Step
	By       Actor
	At       claimwatch.Instant
	Maker    string // who proposed what is confirmed; empty otherwise
	// Procedure of the command; see Procedure.
	Procedure int
	fields    map[string]string
	texts     map[string]string
}

// Day is the local day of the step.
func (c *Case) Day() claimwatch.Day { return c.At.Day() }

// Get gives a field as it is after the step: named by it, or kept from before.
func (c *Case) Get(name string) string {
	if value, named := c.fields[name]; named {
		return value
	}
	if value, named := c.texts[name]; named {
		return value
	}
	return c.Matter.Get(name)
}

// set adds a field that follows from the step: an effect keeps what it has done.
func (c *Case) set(name, value string) {
	c.fields = maps.Clone(c.fields)
	if c.fields == nil {
		c.fields = map[string]string{}
	}
	c.fields[name] = value
}

// GetDay gives a field that is a day; ok is false when it is not set.
func (c *Case) GetDay(name string) (day claimwatch.Day, ok bool) { return dayIn(c.Get(name)) }

func dayIn(text string) (claimwatch.Day, bool) {
	day, err := claimwatch.ParseDay(text)
	return day, err == nil && text != ""
}

// Field finds a field of the kind by its name.
func (s *Spec) Field(name string) (Field, bool) {
	at := slices.IndexFunc(s.Fields, func(f Field) bool { return f.Name == name })
	if at < 0 {
		return Field{}, false
	}
	return s.Fields[at], true
}

// find gives the step that an action is from a state; ok is false when the table
// has none.
func (s *Spec) find(action Action, from State) (*Step, bool) {
	for i := range s.Steps {
		step := &s.Steps[i]
		if step.Action == action && (action == Open || slices.Contains(step.From, from)) {
			return step, true
		}
	}
	return nil, false
}

// Possible lists the actions that are declared from a state.
func (s *Spec) Possible(from State) (actions []Action) {
	for i := range s.Steps {
		if step := &s.Steps[i]; slices.Contains(step.From, from) && !slices.Contains(actions, step.Action) {
			actions = append(actions, step.Action)
		}
	}
	return actions
}

// Specs lists every kind.
func Specs() []Spec { return specs }

// SpecOf finds a kind.
func SpecOf(kind Kind) (*Spec, bool) {
	for i := range specs {
		if specs[i].Kind == kind {
			return &specs[i], true
		}
	}
	return nil, false
}
