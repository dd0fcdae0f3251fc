package matter

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"claimwatch"
)

// Command is a step that somebody wants to take. Of Open the ID is new and the
// institution and person are named; of every other the matter has them.
type Command struct {
	Kind             Kind
	ID               string
	Action           Action
	At               claimwatch.Instant
	Seq              uint64 // of the journal entry
	By               Actor
	ExpectedRevision *int
	InstitutionID    string
	PersonID         string
	City             string // of the agency that opens it, for what belongs to no known institution
	Fields           map[string]string
	Texts            map[string]string // fields that are free
	Reason           string            // beside the chain; the door checks that there is one
	Attachments      []string
	// Procedure is that of whoever wrote the command: checks that came later are not
	// asked of it, so that an old log folds as it did.
	Procedure int
}

// Outcome is what a step does: the matter afterwards, and the rows that follow.
type Outcome struct {
	Matter Matter
	Rows   []Row
	number string // key of the running number; of Open only
}

// Decide says what a command does, or why it is refused: not_found, forbidden,
// changed, illegal_transition or invalid. It changes nothing.
func Decide(r *Register, world World, c Command) (Outcome, error) {
	spec, known := SpecOf(c.Kind)
	if !known {
		return Outcome{}, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no register %q", c.Kind)
	}
	d := decision{spec: spec, register: r, world: world, command: c}
	if c.Action == Open {
		return d.open()
	}
	m, ok := r.matters[c.ID]
	if !ok || m.Kind != c.Kind || !m.seenBy(c.By) {
		return Outcome{}, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no such %s", words(c.Kind))
	}
	d.matter = m.clone()
	if c.ExpectedRevision == nil || *c.ExpectedRevision != m.Revision {
		return Outcome{}, claimwatch.Refuse(claimwatch.CodeChanged,
			"the %s has revision %d by now: read it again", words(c.Kind), m.Revision)
	}
	switch c.Action {
	case Confirm, Decline, Withdraw:
		return d.second()
	default:
		return d.step()
	}
}

// Apply takes an outcome of Decide.
func (r *Register) Apply(o Outcome) {
	if r.matters == nil {
		r.matters, r.order, r.numbers = map[string]*Matter{}, map[Kind][]string{}, map[string]int{}
	}
	if o.number != "" {
		r.numbers[o.number]++
		r.order[o.Matter.Kind] = append(r.order[o.Matter.Kind], o.Matter.ID)
	}
	m := o.Matter.clone()
	r.matters[m.ID] = &m
}

// decision is one command on its way.
type decision struct {
	spec     *Spec
	register *Register
	world    World
	command  Command
	matter   Matter
}

func (d *decision) open() (Outcome, error) {
	c, step := d.command, d.spec.opening()
	if c.By.InstitutionID != "" && c.InstitutionID == "" {
		c.InstitutionID = c.By.InstitutionID
	}
	if err := mayTake(d.spec, Open, c.By); err != nil {
		return Outcome{}, err
	}
	institution, err := d.owner(c)
	if err != nil {
		return Outcome{}, err
	}
	key, number := d.register.number(c.Kind, c.At)
	d.matter = Matter{
		ID: c.ID, Kind: c.Kind, Number: number, InstitutionID: c.InstitutionID, PersonID: c.PersonID, City: cmp.Or(institution.City, c.City),
		OpenedAt: c.At, OpenedBy: c.By.Key, Fields: map[string]string{}, Texts: map[string]string{}, History: []TakenStep{},
	}
	out, err := d.take(step, c.Fields, c.Texts)
	out.number = key
	return out, err
}

// owner checks to whom a new matter belongs.
func (d *decision) owner(c Command) (Institution, error) {
	switch {
	case c.By.InstitutionID != "" && c.InstitutionID != c.By.InstitutionID:
		return Institution{}, claimwatch.Refuse(claimwatch.CodeForbidden, "a hospital opens what is its own")
	case c.InstitutionID == "" && d.spec.NoInstitution:
		return Institution{}, nil
	case c.InstitutionID == "":
		return Institution{}, fault("institution_id", claimwatch.CodeMissing, "institution_id is needed")
	}
	institution, known := d.world.Institution(c.InstitutionID)
	if !known && !d.spec.Anybody {
		return Institution{}, fault("institution_id", claimwatch.CodeRange, "there is no institution "+c.InstitutionID+": load the table institutions first")
	}
	return institution, nil
}

// step takes a declared step.
func (d *decision) step() (Outcome, error) {
	c := d.command
	if err := mayTake(d.spec, c.Action, c.By); err != nil {
		return Outcome{}, err
	}
	step, declared := d.spec.find(c.Action, d.matter.State)
	if !declared {
		return Outcome{}, d.illegal()
	}
	if !hasRole(c.By, step.By) {
		return Outcome{}, forbidden(step.By)
	}
	if p := d.matter.Proposal; p != nil && c.By.InstitutionID == "" {
		return Outcome{}, claimwatch.Refuse(claimwatch.CodeIllegalTransition,
			"%s was proposed and waits for a second person: confirm, decline or withdraw it first", p.Action)
	}
	return d.take(step, c.Fields, c.Texts)
}

// second confirms, declines or withdraws what was proposed.
func (d *decision) second() (Outcome, error) {
	c, p := d.command, d.matter.Proposal
	if c.By.InstitutionID != "" {
		return Outcome{}, forbidden(seconds)
	}
	if p == nil {
		return Outcome{}, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "nothing waits for a second person; %s", d.possible())
	}
	step, declared := d.spec.find(p.Action, d.matter.State)
	if !declared {
		return Outcome{}, d.illegal()
	}
	if len(c.Fields)+len(c.Texts) > 0 {
		return Outcome{}, claimwatch.Refuse(claimwatch.CodeInvalid, "%s is about what was proposed and takes no fields", c.Action)
	}
	if c.Action == Withdraw {
		if c.By.Key != p.By {
			return Outcome{}, claimwatch.Refuse(claimwatch.CodeForbidden, "only who proposed %s withdraws it: decline it", p.Action)
		}
		return d.drop(p), nil
	}
	if err := claimwatch.CheckSecond(p.By, c.By.Key); err != nil {
		return Outcome{}, err
	}
	if !hasRole(c.By, step.Second) {
		return Outcome{}, forbidden(step.Second)
	}
	if c.Action == Decline {
		return d.drop(p), nil
	}
	return d.finish(step, p, p.Fields, p.Texts)
}

// drop ends a proposal without taking its step.
func (d *decision) drop(p *ProposedStep) Outcome {
	d.matter.Proposal = nil
	d.note(TakenStep{Action: d.command.Action, Of: p.Action, Maker: p.By, State: d.matter.State})
	return Outcome{Matter: d.matter}
}

// take takes a step with its fields, or proposes it when it needs two people.
func (d *decision) take(step *Step, given, givenTexts map[string]string) (Outcome, error) {
	fields, texts, err := d.spec.read(step, given, givenTexts)
	if err != nil {
		return Outcome{}, err
	}
	if step.Second == nil {
		return d.finish(step, nil, fields, texts)
	}
	if err := d.check(step, fields, texts, ""); err != nil {
		return Outcome{}, err
	}
	c := d.command
	d.matter.Proposal = &ProposedStep{
		Action: c.Action, By: c.By.Key, At: c.At, Seq: c.Seq, Fields: fields, Texts: texts, Reason: c.Reason, Attachments: c.Attachments,
	}
	d.note(TakenStep{Action: c.Action, Proposed: true, Fields: fields, Texts: texts})
	return Outcome{Matter: d.matter}, nil
}

// check asks the step's own condition.
func (d *decision) check(step *Step, fields, texts map[string]string, maker string) error {
	if step.Check == nil {
		return nil
	}
	return step.Check(d.caseOf(step, fields, texts, maker))
}

func (d *decision) caseOf(step *Step, fields, texts map[string]string, maker string) *Case {
	return &Case{
		World: d.world, Register: d.register, Matter: &d.matter, Spec: d.spec, Step: step, By: d.command.By, At: d.command.At, Maker: maker,
		Procedure: d.command.Procedure,
		fields:    fields, texts: texts,
	}
}

// finish takes the step: p is the proposal that is confirmed, nil for a step of
// one person.
func (d *decision) finish(step *Step, p *ProposedStep, fields, texts map[string]string) (Outcome, error) {
	maker := ""
	if p != nil {
		maker = p.By
	}
	if err := d.check(step, fields, texts, maker); err != nil {
		return Outcome{}, err
	}
	var rows []Row
	if step.Effect != nil {
		taken := d.caseOf(step, fields, texts, maker)
		var err error
		if rows, err = step.Effect(taken); err != nil {
			return Outcome{}, err
		}
		fields = taken.fields
	}
	c := d.command
	due, before := d.matter.Due(d.world.Calendar), d.matter.State
	event := TakenStep{Action: c.Action, State: step.To, Maker: maker, Fields: fields, Texts: texts, Tells: step.Tells}
	if p != nil {
		event.Of, event.TextsOf = p.Action, p.Seq
	}
	if event.State == "" {
		event.State = before
	}
	if c.Action == Open {
		event.State = d.spec.Initial
	} else {
		event.Late = due.Over(c.At) && (step.To != "" || step.Tells)
	}
	maps.Copy(d.matter.Fields, fields)
	maps.Copy(d.matter.Texts, texts)
	if waiting := d.matter.Proposal; waiting != nil && (p != nil || step.To != "") {
		if p == nil {
			event.Voids = waiting.Action // a hospital's step makes it void: it was about another state
		}
		d.matter.Proposal = nil
	}
	d.matter.Told = d.matter.Told || step.Tells || c.By.InstitutionID != ""
	d.matter.State = event.State
	switch {
	case step.Term != nil:
		d.matter.Running = &Running{Action: step.Action, State: before, From: c.At.Day()}
	case step.To != "" && step.To != before:
		d.matter.Running = nil
	}
	d.note(event)
	return Outcome{Matter: d.matter, Rows: rows}, nil
}

// note appends an event, with what every event has of the command.
func (d *decision) note(e TakenStep) {
	c := d.command
	d.matter.Revision++
	e.Revision, e.At, e.By, e.Institution = d.matter.Revision, c.At, c.By.Key, c.By.InstitutionID
	e.Reason, e.Attachments, e.Seq = c.Reason, c.Attachments, c.Seq
	if e.State == "" {
		e.State = d.matter.State
	}
	d.matter.State = e.State
	d.matter.History = append(d.matter.History, e)
}

func (d *decision) illegal() error {
	return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "a %s that is %s does not allow %s; %s",
		words(d.spec.Kind), d.matter.State, d.command.Action, d.possible())
}

func (d *decision) possible() string {
	actions := d.spec.Possible(d.matter.State)
	if len(actions) == 0 {
		return "nothing follows any more"
	}
	names := make([]string, len(actions))
	for i, a := range actions {
		names[i] = string(a)
	}
	return "possible: " + strings.Join(names, ", ")
}

func (s *Spec) opening() *Step {
	step, _ := s.find(Open, "")
	return step
}

// mayTake refuses an action that nobody with the actor's roles takes in this kind.
func mayTake(spec *Spec, action Action, by Actor) error {
	var roles []claimwatch.CallerRole
	for i := range spec.Steps {
		if spec.Steps[i].Action == action {
			roles = append(roles, spec.Steps[i].By...)
		}
	}
	if len(roles) > 0 && !hasRole(by, roles) {
		return forbidden(roles)
	}
	return nil
}

// hasRole says whether an actor has any of the roles. A hospital's key has that
// one role, whatever else it says.
func hasRole(by Actor, roles []claimwatch.CallerRole) bool {
	if by.InstitutionID != "" {
		return slices.Contains(roles, claimwatch.RoleHospital)
	}
	return slices.ContainsFunc(by.Roles, func(role claimwatch.CallerRole) bool {
		return role != claimwatch.RoleHospital && slices.Contains(roles, role)
	})
}

func forbidden(roles []claimwatch.CallerRole) error {
	var names []string
	for _, role := range roles {
		if !slices.Contains(names, string(role)) {
			names = append(names, string(role))
		}
	}
	return claimwatch.Refuse(claimwatch.CodeForbidden, "this key may not do that: it needs the role %s", strings.Join(names, " or "))
}

// words spells a kind for people.
func words(kind Kind) string { return strings.ReplaceAll(string(kind), "_", " ") }
