package matter

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/term"
)

// Actor is who takes a step.
type Actor struct {
	Key           string
	Roles         []claimwatch.CallerRole
	InstitutionID string // of a hospital's key
}

// Matter is an entry of a register. Fields holds codes, days, ids and amounts in
// their canonical spelling; Texts what people wrote, which may be erased.
type Matter struct {
	ID            string             `json:"id"`
	Kind          Kind               `json:"kind"`
	Number        string             `json:"number"` // kind, year and a running number
	InstitutionID string             `json:"institution_id,omitempty"`
	PersonID      string             `json:"person_id,omitempty"`
	City          string             `json:"city,omitempty"`
	State         State              `json:"state"`
	Revision      int                `json:"revision"`
	OpenedAt      claimwatch.Instant `json:"opened_at"`
	OpenedBy      string             `json:"opened_by"`
	Told          bool               `json:"told"` // the institution knows of it
	Fields        map[string]string  `json:"fields"`
	Texts         map[string]string  `json:"texts"`
	Proposal      *ProposedStep      `json:"proposal"`
	Running       *Running           `json:"running,omitempty"`
	History       []TakenStep        `json:"history"`
}

// ProposedStep is a step that waits for a second person.
type ProposedStep struct {
	Action      Action             `json:"action"`
	By          string             `json:"by"`
	At          claimwatch.Instant `json:"at"`
	Seq         uint64             `json:"seq"` // journal entry
	Fields      map[string]string  `json:"fields,omitempty"`
	Texts       map[string]string  `json:"texts,omitempty"`
	Reason      string             `json:"reason,omitempty"`
	Attachments []string           `json:"attachments,omitempty"`
}

// Running is the deadline that runs: the step that has set it, and since when.
type Running struct {
	Action Action         `json:"action"`
	State  State          `json:"state"` // from which the step was taken
	From   claimwatch.Day `json:"from"`
}

// TakenStep is one accepted step.
type TakenStep struct {
	Revision    int                `json:"revision"`
	Seq         uint64             `json:"seq"` // journal entry
	Action      Action             `json:"action"`
	Of          Action             `json:"of,omitempty"` // confirm, decline, withdraw: the step that was proposed
	State       State              `json:"state"`        // afterwards
	At          claimwatch.Instant `json:"at"`
	By          string             `json:"by"`
	Institution string             `json:"institution_id,omitempty"` // of a hospital's step
	Proposed    bool               `json:"proposed,omitempty"`       // waits for a second person
	Maker       string             `json:"maker,omitempty"`          // who proposed what was confirmed
	Late        bool               `json:"late,omitempty"`           // after the deadline that ran
	Voids       Action             `json:"voids,omitempty"`          // a hospital's step that made this proposal void
	Tells       bool               `json:"tells,omitempty"`
	Fields      map[string]string  `json:"fields,omitempty"`
	Texts       map[string]string  `json:"texts,omitempty"`
	Reason      string             `json:"reason,omitempty"`
	Attachments []string           `json:"attachments,omitempty"` // SHA-256 of each
	TextsOf     uint64             `json:"texts_of,omitempty"`    // confirm: the entry that the texts were proposed in
	Erased      bool               `json:"erased,omitempty"`      // what was written here is gone
}

// Get gives a field or text; empty when it is not set.
func (m *Matter) Get(name string) string {
	return cmp.Or(m.Fields[name], m.Texts[name])
}

// GetDay gives a field that is a day.
func (m *Matter) GetDay(name string) (claimwatch.Day, bool) { return dayIn(m.Get(name)) }

// Last gives the latest event that took an action, confirmed where it needed
// that; ok is false when there is none.
func (m *Matter) Last(action Action) (TakenStep, bool) {
	for _, e := range slices.Backward(m.History) {
		if !e.Proposed && (e.Action == action || e.Action == Confirm && e.Of == action) {
			return e, true
		}
	}
	return TakenStep{}, false
}

// DueTerm is what is due and when.
type DueTerm struct {
	On          claimwatch.Day `json:"due_on"` // the last local day that is in time
	Provisional bool           `json:"due_provisional"`
	Doc         string         `json:"what"`
	Law         string         `json:"law,omitempty"`
}

// Due is the deadline that runs; nil for none.
func (m *Matter) Due(calendar *term.Calendar) *DueTerm {
	spec, known := SpecOf(m.Kind)
	if !known || m.Running == nil || slices.Contains(spec.Final, m.State) {
		return nil
	}
	step, known := spec.find(m.Running.Action, m.Running.State)
	if !known || step.Term == nil {
		return nil
	}
	on, provisional := step.Term.Due(m, calendar)
	if on == 0 {
		return nil
	}
	return &DueTerm{On: on, Provisional: provisional, Doc: step.Term.Doc, Law: step.Term.Law}
}

// Over says whether a deadline has passed at a moment: it does at the midnight
// after its last day. Nothing happens by it; a person takes the step.
func (d *DueTerm) Over(at claimwatch.Instant) bool { return d != nil && at >= (d.On+1).Midnight() }

// Register is every matter. The zero Register is empty.
type Register struct {
	matters map[string]*Matter
	order   map[Kind][]string // ids as they were opened
	numbers map[string]int
}

// Matter gives a matter by its id.
func (r *Register) Matter(id string) (Matter, bool) {
	m, ok := r.matters[id]
	if !ok {
		return Matter{}, false
	}
	return m.clone(), true
}

// All gives the matters of a kind as they were opened; of every institution when
// none is named.
func (r *Register) All(kind Kind, institution string) (list []Matter) {
	r.each(kind, institution, func(m *Matter) { list = append(list, m.clone()) })
	return list
}

func (r *Register) each(kind Kind, institution string, visit func(m *Matter)) {
	for _, id := range r.order[kind] {
		m := r.matters[id]
		if institution == "" || m.InstitutionID == institution {
			visit(m)
		}
	}
}

// number gives what the next matter of a kind and year is called.
func (r *Register) number(kind Kind, at claimwatch.Instant) (key, number string) {
	key = fmt.Sprintf("%s-%d", strings.ReplaceAll(string(kind), "_", "-"), at.Time().Year())
	return key, fmt.Sprintf("%s-%04d", key, r.numbers[key]+1)
}

func (m *Matter) clone() Matter {
	c := *m
	c.Fields, c.Texts, c.History = maps.Clone(m.Fields), maps.Clone(m.Texts), slices.Clone(m.History)
	if m.Proposal != nil {
		p := *m.Proposal
		c.Proposal = &p
	}
	if m.Running != nil {
		running := *m.Running
		c.Running = &running
	}
	return c
}
