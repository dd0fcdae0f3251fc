package store

import (
	"context"
	"fmt"
	"time"

	"claimwatch"
)

// FindingPlace is what findings are counted and ordered by.
type FindingPlace struct {
	ID, Rule, InstitutionID string
	PersonID, StayID        string // empty: it names none
	Severity                claimwatch.Severity
	Amount                  claimwatch.Fen
	From                    *claimwatch.Instant // of the services, nil: it names none
	OpenedAt, RevisedAt     claimwatch.Instant
	Retracted               bool
}

// placeColumns are those of searchable that a place is made of.
const placeColumns = "rule, institution, person, stay, severity, amount, revised, opened, from_at"

// FindingPlaces yields all findings of a query in no order. It reads narrow columns
// only: a hundred thousand of them are a few megabytes.
func (db *DB) FindingPlaces(ctx context.Context, q FindingQuery, yield func(FindingPlace) error) error {
	where, err := q.conditions()
	if err != nil {
		return err
	}
	var p FindingPlace
	var severity string
	var amount int64
	var revised, opened time.Time
	var from *time.Time
	var stands bool
	read := func() error {
		p.Severity, p.Amount, p.RevisedAt, p.Retracted = claimwatch.Severity(severity), claimwatch.Fen(amount), claimwatch.InstantOf(revised), !stands
		p.OpenedAt, p.From = claimwatch.InstantOf(opened), nil
		if from != nil {
			at := claimwatch.InstantOf(*from)
			p.From = &at
		}
		return yield(p)
	}
	columns := []any{&p.ID, &stands, &p.Rule, &p.InstitutionID, &p.PersonID, &p.StayID, &severity, &amount, &revised, &opened, &from}
	err = db.each(ctx, read, columns, "SELECT id, stands, "+placeColumns+" FROM ("+q.rows(where.clause()+placeColumns)+") "+
		where.clause()+" LIMIT 1 BY id", where.args...)
	if err != nil {
		return fmt.Errorf("read places of findings: %w", err)
	}
	return nil
}
