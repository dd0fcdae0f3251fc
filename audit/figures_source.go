package audit

import (
	"context"
	"fmt"
	"strconv"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/figures"
	"claimwatch/audit/term"
)

// FigureReaders read what figures are made of. Late is in milliseconds: what DAT-001
// allows from the bedside to the first reception.
type FigureReaders struct {
	Config       figures.Config
	Sums         func(ctx context.Context, asOf claimwatch.Instant, late int64) (figures.Sums, error)
	LastReceived func(ctx context.Context) (map[string]claimwatch.Instant, error)
	Uploads      func(ctx context.Context, q figures.UploadQuery) ([]figures.UploadSum, string, error)
	Health       func(ctx context.Context, institution string, received, happened claimwatch.Interval, late int64) (figures.Health, error)
}

// figures hands the stage's readers to its figures.
func (a *Audit) figures() *figures.Figures {
	read := a.deps.Figures
	return figures.New(read.Config, figures.Deps{
		Clock: a.deps.Clock, Now: a.deps.Now,
		Sums: func(ctx context.Context, asOf claimwatch.Instant) (figures.Sums, error) {
			return read.Sums(ctx, asOf, a.late())
		},
		Findings: a.figureFindings, Told: a.deps.Journal.Noticed, Institutions: a.figureInstitutions, Physicians: a.figurePhysicians,
		Agreements: a.deps.Journal.AgreementRows, InForce: a.inForce, Rejected: a.figureRejected, LastReceived: read.LastReceived,
		Uploads: uploadReader{a},
	})
}

// ruleHours is the parameter hours of a rule as the library has it.
func (a *Audit) ruleHours(code string, otherwise int) int {
	if a.deps.Book == nil {
		return otherwise
	}
	rule, _ := a.deps.Book.Rule(code)
	for _, p := range rule.Parameters {
		if p.Name == "hours" {
			if n, err := strconv.Atoi(p.Default); err == nil {
				return n
			}
		}
	}
	return otherwise
}

func (a *Audit) late() int64 { return int64(a.ruleHours("DAT-001", 48)) * 3_600_000 }

type uploadReader struct{ a *Audit }

func (u uploadReader) Uploads(ctx context.Context, q figures.UploadQuery) ([]figures.UploadSum, string, error) {
	return u.a.deps.Figures.Uploads(ctx, q)
}

func (u uploadReader) Health(ctx context.Context, institution string, received, happened claimwatch.Interval) (figures.Health, error) {
	return u.a.deps.Figures.Health(ctx, institution, received, happened, u.a.late())
}

func (u uploadReader) LateAfter() int   { return u.a.ruleHours("DAT-001", 48) }
func (u uploadReader) SilentAfter() int { return u.a.ruleHours("DAT-003", 6) }

// figureFindings gives the findings that are not retracted, decided ones too whose
// facts have vanished since.
func (a *Audit) figureFindings(ctx context.Context, asOf claimwatch.Instant) (list []figures.Finding, err error) {
	err = a.deps.Places(ctx, FindingQuery{Retracted: WithRetracted}, func(p Place) error {
		if state := shownAs(p.Retracted, a.deps.Journal.Standing(p.ID, asOf)); state != claimwatch.StateRetracted {
			list = append(list, figures.Finding{
				ID: p.ID, Rule: p.Rule, InstitutionID: p.InstitutionID, Severity: p.Severity, Amount: p.Amount, From: p.From, OpenedAt: p.OpenedAt, State: state,
			})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read places of findings: %w", err)
	}
	return list, nil
}

// tableObjects reads a whole reference table.
func (a *Audit) tableObjects(ctx context.Context, name string) (objects []map[string]string, err error) {
	t, err := table(name)
	if err != nil {
		return nil, err
	}
	rows, _, err := a.deps.Tables.Rows(ctx, RowQuery{Table: t.Name})
	if err != nil {
		return nil, fmt.Errorf("read table %s: %w", name, err)
	}
	for _, row := range rows {
		objects = append(objects, rowObject(t, row.Values))
	}
	return objects, nil
}

func (a *Audit) figureInstitutions(ctx context.Context) (list []figures.Institution, err error) {
	rows, err := a.tableObjects(ctx, "institutions")
	for _, o := range rows {
		level, _ := strconv.Atoi(o["level"]) // checked when they were loaded
		list = append(list, figures.Institution{ID: o["institution_id"], Name: o["name"], Kind: o["kind"], City: o["city"], Level: level})
	}
	return list, err
}

func (a *Audit) figurePhysicians(ctx context.Context, on claimwatch.Day) (map[string]figures.Person, error) {
	rows, err := a.tableObjects(ctx, "physicians")
	people := make(map[string]figures.Person, len(rows))
	for _, o := range rows {
		p := people[o["physician_id"]]
		p.ID, p.NameMasked = o["physician_id"], o["name_masked"]
		if from, err := claimwatch.ParseDay(o["suspended_from"]); err == nil && from <= on {
			until, err := claimwatch.ParseDay(o["suspended_until"])
			p.Suspended = p.Suspended || err != nil || on < until
		}
		people[p.ID] = p
	}
	return people, err
}

// inForce is the status of an institution on a day: of several agreements the best.
func (a *Audit) inForce(institution string, on claimwatch.Day) string {
	best := ""
	for _, v := range a.deps.Journal.Agreements(institution, on) {
		switch v.Status {
		case agreement.Active:
			return string(v.Status)
		case agreement.Suspended:
			best = string(v.Status)
		default:
			if best == "" {
				best = string(v.Status)
			}
		}
	}
	return best
}

func (a *Audit) figureRejected() (list []figures.Rejected) {
	for _, l := range a.deps.Journal.AllRejections() {
		if month, err := term.ParseMonth(l.Month); err == nil { // the fold writes no other
			list = append(list, figures.Rejected{InstitutionID: l.InstitutionID, Month: month, Total: l.Total})
		}
	}
	return list
}
