package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"strings"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/matter"
)

// MatterView is an entry of a register as the caller may see it.
type MatterView struct {
	ID            string               `json:"id" example:"m_0123456789abcdef0123456789abcdef"`
	Kind          matter.Kind          `json:"kind"`
	Number        string               `json:"number" example:"clue-2026-0007"`
	InstitutionID string               `json:"institution_id,omitempty"`
	PersonID      string               `json:"person_id,omitempty"`
	City          string               `json:"city,omitempty"`
	State         matter.State         `json:"state"`
	Revision      int                  `json:"revision" doc:"a step names it as expected_revision"`
	OpenedAt      claimwatch.Instant   `json:"opened_at"`
	OpenedBy      string               `json:"opened_by" doc:"id of a key; agency, when a hospital asks"`
	Fields        map[string]string    `json:"fields" doc:"as the register declares them (GET /v1/registers)"`
	Due           *matter.DueTerm      `json:"due" doc:"the deadline that runs"`
	Overdue       bool                 `json:"overdue" doc:"it has passed: nothing happens by itself, people take the step"`
	Late          bool                 `json:"late" doc:"it was opened after its own term (changes, renewals)"`
	Proposal      *matter.ProposedStep `json:"proposal" doc:"a step that waits for a second person"`
	Possible      []matter.Action      `json:"possible" nullable:"false" doc:"what the caller may do now"`
	History       []matter.TakenStep   `json:"history,omitempty" doc:"every step; not in lists"`
}

// viewMatter shows a matter to a caller; ok is false when the caller may not know
// of it.
func (a *Audit) viewMatter(standing journal.MatterStanding, caller claimwatch.Caller) (MatterView, bool) {
	if !a.seesMatter(&standing.Matter, caller) {
		return MatterView{}, false
	}
	by := matter.ActorOf(caller)
	m, ok := standing.For(by)
	if !ok {
		return MatterView{}, false
	}
	fields := map[string]string{}
	maps.Copy(fields, m.Fields)
	maps.Copy(fields, m.Texts)
	return MatterView{
		ID: m.ID, Kind: m.Kind, Number: m.Number, InstitutionID: m.InstitutionID, PersonID: m.PersonID, City: m.City, State: m.State,
		Revision: m.Revision, OpenedAt: m.OpenedAt, OpenedBy: m.OpenedBy, Fields: fields, Due: standing.Due, Overdue: standing.Overdue,
		Late: standing.Late, Proposal: m.Proposal, Possible: orEmpty(standing.Possible(by)), History: orEmpty(m.History),
	}, true
}

// seesMatter says whether a matter lies where the caller may look. What belongs to
// no known institution is of the city whose agency keeps it.
func (a *Audit) seesMatter(m *matter.Matter, caller claimwatch.Caller) bool {
	if caller.IsHospital() || caller.SeesAll() || caller.Sees(m.InstitutionID) {
		return true
	}
	_, known := a.deps.Journal.Institution(m.InstitutionID)
	return !known && m.City == caller.City
}

var attachmentForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// stepRequest is a step that somebody asks for; of a new matter ID is empty.
type stepRequest struct {
	Kind             matter.Kind       `json:"kind"`
	ID               string            `json:"id,omitempty"`
	Action           matter.Action     `json:"action"`
	InstitutionID    string            `json:"institution_id,omitempty"`
	PersonID         string            `json:"person_id,omitempty"`
	Reason           string            `json:"reason,omitempty"`
	Fields           map[string]string `json:"fields,omitempty"`
	ExpectedRevision *int              `json:"expected_revision,omitempty"`
	Attachments      []string          `json:"attachments,omitempty"`

	// asked is what the caller itself has asked for, when fields were worked out for
	// it: a repeat of the same wish may work out others.
	asked any
}

// step takes a step and shows the matter afterwards.
func (a *Audit) step(ctx context.Context, caller claimwatch.Caller, r stepRequest) (MatterView, error) {
	view, err := a.takeStep(ctx, caller, r)
	a.count(string(r.Kind)+"_"+string(r.Action), err)
	return view, err
}

func (a *Audit) takeStep(ctx context.Context, caller claimwatch.Caller, r stepRequest) (MatterView, error) {
	none := MatterView{}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return none, fmt.Errorf("read clock: %w", err)
	}
	c, err := a.stepCommand(ctx, caller, r, at)
	if err != nil {
		return none, err
	}
	answer, err := a.deps.Journal.Do(ctx, c)
	if err != nil {
		return none, err
	}
	standing, ok := a.deps.Journal.Matter(answer.Matter.ID, at)
	if !ok {
		return none, fmt.Errorf("the journal has no matter %s that it has just taken", answer.Matter.ID)
	}
	view, _ := a.viewMatter(standing, caller)
	return view, nil
}

// stepCommand checks what the fold cannot: what the caller may know of, and the
// texts, which travel beside the chain.
func (a *Audit) stepCommand(ctx context.Context, caller claimwatch.Caller, r stepRequest, at claimwatch.Instant) (journal.Command, error) {
	none := journal.Command{}
	spec, known := matter.SpecOf(r.Kind)
	if !known {
		return none, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no register %q", r.Kind)
	}
	seen, err := a.seenMatter(caller, r, at)
	if err != nil {
		return none, err
	}
	if err := a.checkStep(caller, r); err != nil {
		return none, err
	}
	var asked any = r
	if r.asked != nil {
		asked = r.asked
	}
	if r.Kind == "inspection" && r.Action == "reveal" {
		if r.Fields, err = reveal(&seen, r.Fields); err != nil {
			return none, err
		}
	}
	if packs := seen.Get("packs"); r.Kind == "handover" && r.Action == "send" && r.Fields["packs"] == "" && packs != "" {
		r.Fields = maps.Clone(r.Fields) // the fold wants them named: those of the preparation are sent
		if r.Fields == nil {
			r.Fields = map[string]string{}
		}
		r.Fields["packs"] = packs
	}
	fields, texts, err := spec.Split(r.Action, seen.State, r.Fields)
	if err != nil {
		return none, err
	}
	for name, text := range texts {
		if err := readableIfAny(name, text); err != nil {
			return none, err
		}
	}
	data, err := json.Marshal(journal.MatterTexts{Reason: r.Reason, Texts: texts})
	if err != nil {
		return none, fmt.Errorf("write texts of %s: %w", r.Kind, err)
	}
	return command(ctx, journal.Command{
		Type: journal.TypeMatter, At: at, Actor: journal.ActorOf(caller), ExpectedRevision: r.ExpectedRevision,
	}, asked, journal.Matter{
		Kind: r.Kind, MatterID: r.ID, Action: r.Action, InstitutionID: r.InstitutionID, PersonID: r.PersonID, Fields: fields,
		Attachments: r.Attachments, City: caller.City, Procedure: matter.Procedure,
	}, data)
}

// seenMatter is the matter that a step is about, which the caller must be allowed
// to know; the zero Matter for a new one.
func (a *Audit) seenMatter(caller claimwatch.Caller, r stepRequest, at claimwatch.Instant) (matter.Matter, error) {
	if r.ID == "" {
		if !caller.IsHospital() && r.InstitutionID != "" && !caller.Sees(r.InstitutionID) {
			return matter.Matter{}, claimwatch.Refuse(claimwatch.CodeForbidden, "this key keeps the registers of %s only", caller.City)
		}
		return matter.Matter{}, nil
	}
	standing, ok := a.deps.Journal.Matter(r.ID, at)
	if _, seen := standing.For(matter.ActorOf(caller)); !ok || !seen || standing.Kind != r.Kind || !a.seesMatter(&standing.Matter, caller) {
		return matter.Matter{}, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no such %s", strings.ReplaceAll(string(r.Kind), "_", " "))
	}
	return standing.Matter, nil
}

// checkStep holds a request to the forms of texts and ids.
func (a *Audit) checkStep(caller claimwatch.Caller, r stepRequest) error {
	if strings.TrimSpace(r.Reason) == "" && !caller.IsHospital() {
		return invalid("reason", "every step of the agency says why")
	}
	if err := readableIfAny("reason", r.Reason); err != nil {
		return err
	}
	for name, id := range map[string]string{"institution_id": r.InstitutionID, "person_id": r.PersonID} {
		if id != "" && !idForm.MatchString(id) {
			return invalid(name, name+" is 1-64 of A-Za-z0-9._:-")
		}
	}
	for _, sum := range r.Attachments {
		if !attachmentForm.MatchString(sum) {
			return invalid("attachments", "an attachment is named by its SHA-256, 64 hex digits")
		}
	}
	return nil
}

var idForm = regexp.MustCompile(`^[A-Za-z0-9._:-]{1,64}$`)

func invalid(field, message string) error {
	return &claimwatch.Error{Code: claimwatch.CodeInvalid, Field: field, Message: message}
}
