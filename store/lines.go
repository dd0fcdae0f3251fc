package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/cespare/xxhash/v2"

	"claimwatch"
)

// LineFacts is what a line of a finding stands for: a fee or the fitting of a
// device as the store knows it.
type LineFacts struct {
	Revision   int32
	PersonID   string
	StayID     string
	OccurredAt claimwatch.Instant
	ItemCode   string
	ItemName   string
	Net        claimwatch.Fen // amount and its refunds together, at least 0
	Found      bool           // a live record with occurred_at <= as_of; the rest is empty otherwise
}

// chargeRow is the newest revision of a fee or a fitting.
type chargeRow struct {
	LineFacts
	id        claimwatch.Identity
	cancelled bool
	selfPay   bool
	amount    int64
	reverses  string
}

// folds says whether a refund has an effect on the line that it names: a
// self-pay refund takes nothing back from the fund (rules.md 1.7, 1.8).
func (refund chargeRow) folds(line chargeRow) bool {
	return line.reverses == "" && refund.PersonID == line.PersonID && refund.StayID == line.StayID && refund.selfPay == line.selfPay
}

// Lines gives the facts of lines in the order asked. Lines of kinds that cost
// nothing are not found. A refund counts as in rules.md 1.7: it names a live
// line that is no refund itself, of the same institution, person and stay.
func (db *DB) Lines(ctx context.Context, asOf claimwatch.Instant, lines []claimwatch.Line) ([]LineFacts, error) {
	facts := make([]LineFacts, len(lines))
	rows := map[claimwatch.Identity]chargeRow{}
	for part := range slices.Chunk(lines, lookupAtOnce) {
		if err := db.charges(ctx, part, rows); err != nil {
			return nil, fmt.Errorf("read %d lines: %w", len(lines), err)
		}
	}
	refunds := map[claimwatch.Identity][]chargeRow{}
	for _, row := range rows {
		if row.reverses != "" && !row.cancelled && row.OccurredAt <= asOf {
			of := row.id
			of.RecordID = row.reverses
			refunds[of] = append(refunds[of], row)
		}
	}
	for i, line := range lines {
		id := claimwatch.Identity{InstitutionID: line.InstitutionID, Kind: line.Kind, RecordID: line.RecordID}
		row, ok := rows[id]
		if !ok || row.cancelled || row.OccurredAt > asOf {
			continue
		}
		net := row.amount
		for _, refund := range refunds[id] {
			if refund.folds(row) {
				net += refund.amount
			}
		}
		if row.selfPay {
			net = 0 // no charge to the fund (rules.md 1.8)
		}
		row.Net, row.Found = claimwatch.Fen(max(net, 0)), true
		facts[i] = row.LineFacts
	}
	return facts, nil
}

// charges reads the newest revisions of the lines and of all refunds of their
// persons: identities tell the persons, by whom the fact tables are sorted.
func (db *DB) charges(ctx context.Context, lines []claimwatch.Line, rows map[claimwatch.Identity]chargeRow) error {
	wanted := map[claimwatch.Kind][]string{}
	var ids []claimwatch.Identity
	for _, line := range lines {
		if line.Kind == claimwatch.Fee || line.Kind == claimwatch.DeviceFitting {
			wanted[line.Kind] = append(wanted[line.Kind], line.InstitutionID+"|"+line.RecordID)
			ids = append(ids, claimwatch.Identity{InstitutionID: line.InstitutionID, Kind: line.Kind, RecordID: line.RecordID})
		}
	}
	known, err := db.LookupIdentities(ctx, ids)
	if err != nil {
		return err
	}
	seen := map[uint64]bool{}
	var persons []uint64
	for _, revisions := range known {
		for _, revision := range revisions {
			if key := xxhash.Sum64String(revision.PersonID); !seen[key] {
				seen[key] = true
				persons = append(persons, key)
			}
		}
	}
	extra := map[claimwatch.Kind]chargeColumns{
		claimwatch.Fee:           {"item_name, reverses, ifNull(self_pay, false)", "reverses != ''"},
		claimwatch.DeviceFitting: {"'', '', false", "false"},
	}
	for kind, texts := range wanted {
		if err := db.chargesOf(ctx, kind, extra[kind], persons, texts, rows); err != nil {
			return err
		}
	}
	return nil
}

// chargeColumns is what kinds that cost something do not have in common: further
// columns, and which rows are wanted beside those asked for.
type chargeColumns struct{ read, also string }

func (db *DB) chargesOf(
	ctx context.Context, kind claimwatch.Kind, extra chargeColumns, persons []uint64, texts []string, rows map[claimwatch.Identity]chargeRow,
) error {
	row := chargeRow{id: claimwatch.Identity{Kind: kind}}
	var revision uint32
	var occurred time.Time
	read := func() error {
		row.Revision, row.OccurredAt = int32(revision), claimwatch.InstantOf(occurred)
		rows[row.id] = row
		return nil
	}
	dest := []any{
		&row.id.InstitutionID, &row.id.RecordID, &revision, &row.cancelled, &row.PersonID, &row.StayID, &occurred,
		&row.ItemCode, &row.amount, &row.ItemName, &row.reverses, &row.selfPay,
	}
	return db.each(ctx, read, dest, `
		SELECT institution_id, record_id, revision, cancelled, person_id, stay_id, occurred_at, item_code, amount, `+extra.read+`
		FROM (SELECT * FROM `+factTable(kind)+` WHERE person_key IN {persons:Array(UInt64)}
			ORDER BY institution_id, record_id, revision DESC, log_offset, log_index LIMIT 1 BY institution_id, record_id)
		WHERE concat(institution_id, '|', record_id) IN {texts:Array(String)} OR `+extra.also,
		named("persons", persons), named("texts", texts))
}
