package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/coverage"
)

// StayRecord is the newest revision of a record, a cancelled one too.
type StayRecord struct {
	Record     *claimwatch.Record
	ReceivedAt claimwatch.Instant
}

// Stays reads what is stored of one stay.
type Stays interface {
	// StayRecords gives every record under a visit number in the order of records.
	StayRecords(ctx context.Context, institution, stay string) ([]StayRecord, error)
	// Present is how far an institution has come as of a moment; false while it has
	// no record that moves its clock.
	Present(ctx context.Context, institution string, asOf claimwatch.Instant) (claimwatch.Instant, bool, error)
}

// StayView is everything about one visit number of an institution, as a timeline.
type StayView struct {
	InstitutionID string              `json:"institution_id"`
	StayID        string              `json:"stay_id"`
	AsOf          claimwatch.Instant  `json:"as_of"`
	Present       *claimwatch.Instant `json:"present" doc:"how far the institution has come: its open gaps do not grow beyond"`
	Persons       []StayPerson        `json:"persons" nullable:"false" doc:"whom the records name; more than one shares the number"`
	Records       []RecordView        `json:"records" nullable:"false" doc:"the newest revision of each, in the order of records"`
	Findings      []FindingView       `json:"findings" nullable:"false" doc:"those that speak of the stay or belong to it"`
	Coverage      []coverage.Row      `json:"coverage" nullable:"false"`
}

// StayPerson is a person under a visit number; without admission there is no stay.
type StayPerson struct {
	PersonID     string              `json:"person_id"`
	Class        string              `json:"class,omitempty" enum:"inpatient,rehab,outpatient"`
	AdmittedAt   *claimwatch.Instant `json:"admitted_at"`
	DischargedAt *claimwatch.Instant `json:"discharged_at"`
}

// RecordView is a record of the timeline.
type RecordView struct {
	Kind       claimwatch.Kind    `json:"kind"`
	RecordID   string             `json:"record_id"`
	Revision   int32              `json:"revision"`
	PersonID   string             `json:"person_id"`
	OccurredAt claimwatch.Instant `json:"occurred_at"`
	ReceivedAt claimwatch.Instant `json:"received_at" doc:"reception of this revision"`
	Cancelled  bool               `json:"cancelled"`
	Ahead      bool               `json:"ahead" doc:"later than as_of: it does not exist yet"`
	Net        *claimwatch.Fen    `json:"net,omitempty" doc:"of a fee line or a fitting: the amount less its refunds"`
	Diagnoses  []NamedCode        `json:"diagnoses,omitempty" nullable:"false" doc:"of an admission, a discharge or a front page: primary first, with names"`
	Procedures []NamedCode        `json:"procedures,omitempty" nullable:"false" doc:"of a front page or an operation, with names"`
	Record     json.RawMessage    `json:"record" doc:"the record in its canonical form"`
}

type stayInput struct {
	InstitutionID string `path:"institution_id"`
	StayID        string `path:"stay_id"`
}

type stayAnswer struct{ Body StayView }

func (a *Audit) registerStays(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "get-stay", Method: http.MethodGet, Path: "/v1/stays/{institution_id}/{stay_id}", Tags: []string{"findings"},
		Summary: "Everything about one stay, as a timeline",
	}, a.stay)
}

func (a *Audit) stay(ctx context.Context, in *stayInput) (*stayAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, readers...)
	if err != nil {
		return nil, err
	}
	if !caller.Sees(in.InstitutionID) {
		return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no record of such a stay")
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	view := StayView{InstitutionID: in.InstitutionID, StayID: in.StayID, AsOf: at}
	if err := a.stayRecords(ctx, &view); err != nil {
		return nil, err
	}
	if err := a.stayCoverage(ctx, &view); err != nil {
		return nil, err
	}
	if len(view.Records) == 0 && len(view.Coverage) == 0 {
		return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no record of such a stay")
	}
	if view.Findings, err = a.stayFindings(ctx, &view, caller); err != nil {
		return nil, err
	}
	if present, moved, err := a.deps.Stays.Present(ctx, in.InstitutionID, at); err != nil {
		return nil, fmt.Errorf("read present: %w", err)
	} else if moved {
		view.Present = &present
	}
	return &stayAnswer{Body: view}, nil
}

// stayRecords adds the records with their nets, and the persons that they name.
func (a *Audit) stayRecords(ctx context.Context, view *StayView) error {
	list, err := a.deps.Stays.StayRecords(ctx, view.InstitutionID, view.StayID)
	if err != nil {
		return fmt.Errorf("read records of a stay: %w", err)
	}
	view.Records, view.Persons = make([]RecordView, len(list)), []StayPerson{}
	var lines []claimwatch.Line
	var places []int
	for i, one := range list {
		r := one.Record
		view.Records[i] = RecordView{
			Kind: r.Kind, RecordID: r.RecordID, Revision: r.Revision, PersonID: r.PersonID, OccurredAt: r.OccurredAt, ReceivedAt: one.ReceivedAt,
			Cancelled: r.Cancelled, Ahead: r.OccurredAt > view.AsOf, Record: claimwatch.AppendCanonical(nil, r),
			Diagnoses: named(r, "diagnoses", a.deps.Diagnosis), Procedures: named(r, "procedures", a.deps.Procedure),
		}
		if r.Kind == claimwatch.Operation {
			view.Records[i].Procedures = named(r, "procedure_code", a.deps.Procedure)
		}
		if r.Kind == claimwatch.DeviceFitting || r.Kind == claimwatch.Fee && !r.Field("reverses").Set {
			lines = append(lines, claimwatch.Line{Kind: r.Kind, InstitutionID: r.InstitutionID, RecordID: r.RecordID})
			places = append(places, i)
		}
		view.addPerson(r)
	}
	slices.SortFunc(view.Persons, func(x, y StayPerson) int { return strings.Compare(x.PersonID, y.PersonID) })
	facts, err := a.deps.Lines(ctx, view.AsOf, lines)
	if err != nil {
		return fmt.Errorf("read %d lines: %w", len(lines), err)
	}
	for i, fact := range facts {
		if fact.Found {
			view.Records[places[i]].Net = &fact.Net
		}
	}
	return nil
}

// addPerson notes whom a record names. Of several admissions and discharges the
// first counts (rules.md 1.3), and they come in that order.
func (v *StayView) addPerson(r *claimwatch.Record) {
	at := slices.IndexFunc(v.Persons, func(p StayPerson) bool { return p.PersonID == r.PersonID })
	if at < 0 {
		at = len(v.Persons)
		v.Persons = append(v.Persons, StayPerson{PersonID: r.PersonID})
	}
	if r.Cancelled || r.OccurredAt > v.AsOf {
		return
	}
	person := &v.Persons[at]
	switch {
	case r.Kind == claimwatch.Admission && person.AdmittedAt == nil:
		person.Class, person.AdmittedAt = r.Field("class").Text, &r.OccurredAt
	case r.Kind == claimwatch.Discharge && person.DischargedAt == nil:
		person.DischargedAt = &r.OccurredAt
	default:
	}
}

// stayCoverage adds what every rule says of the stay.
func (a *Audit) stayCoverage(ctx context.Context, view *StayView) error {
	view.Coverage = []coverage.Row{}
	rules, asked := a.deps.Rules(), &coverageInput{InstitutionID: view.InstitutionID, StayID: view.StayID}
	for _, person := range view.Persons {
		query := CoverageQuery{PersonID: person.PersonID, AsOf: view.AsOf, Limit: 1}
		list, _, err := a.deps.Coverage.Coverage(ctx, query)
		if err != nil {
			return fmt.Errorf("read coverage: %w", err)
		}
		for _, said := range list {
			for _, row := range coverage.Rows(rules, said) {
				if asked.asksFor(row) {
					view.Coverage = append(view.Coverage, row)
				}
			}
		}
	}
	return nil
}

// stayFindings gives the findings that speak of the stay: those that hit it and
// those that belong to it, by id, without retracted ones.
func (a *Audit) stayFindings(ctx context.Context, view *StayView, caller claimwatch.Caller) ([]FindingView, error) {
	ids := map[string]bool{}
	for _, row := range view.Coverage {
		for _, id := range row.Findings {
			ids[id] = true
		}
	}
	for _, person := range view.Persons {
		query := FindingQuery{InstitutionID: view.InstitutionID, PersonID: person.PersonID, StayID: view.StayID, Retracted: WithRetracted, Limit: claimwatch.MaxPage}
		for {
			held, next, err := a.deps.Findings.Findings(ctx, query)
			if err != nil {
				return nil, fmt.Errorf("read findings of a stay: %w", err)
			}
			for _, one := range held {
				ids[one.ID] = true
			}
			if query.Cursor = next; next == "" {
				break
			}
		}
	}
	findings := []FindingView{}
	for chunk := range slices.Chunk(sortedKeys(ids), claimwatch.MaxPage) {
		views, err := a.views(ctx, chunk, view.AsOf, caller)
		if err != nil {
			return nil, err
		}
		for _, id := range chunk {
			if v, there := views[id]; there && v.State != claimwatch.StateRetracted {
				findings = append(findings, v)
			}
		}
	}
	return findings, a.attribute(ctx, view.AsOf, findings)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
