package store

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/sync/errgroup"

	"claimwatch"
)

// MaxInsert is how many records one InsertRecords takes: an insert must fit
// one block to be all or nothing (hazard C4).
const MaxInsert = 1_000_000

// insertsAtOnce is how many fact tables are written at a time.
const insertsAtOnce = 4

// InsertRecords writes accepted records: first the event clock, then one insert
// for each kind, then what rules across persons read, then their identities. Whatever it was interrupted at, calling
// it again with the same records is harmless; an error means that any part may
// be there (hazard C12). Identities come last, so that a record that the store
// claims to know is in its fact table.
func (db *DB) InsertRecords(ctx context.Context, records []claimwatch.Stored) error {
	if len(records) > MaxInsert {
		return fmt.Errorf("insert records: %d are more than %d", len(records), MaxInsert)
	}
	if len(records) == 0 {
		return nil
	}
	if err := db.raiseEventClock(ctx, records); err != nil {
		return err
	}
	byKind := map[claimwatch.Kind][]*claimwatch.Stored{}
	for i := range records {
		kind := records[i].Record.Kind
		if kind.Fields() == nil || len(records[i].Record.Values) != len(kind.Fields()) {
			return fmt.Errorf("insert records: record %d is of %s with %d values", i, kind, len(records[i].Record.Values))
		}
		byKind[kind] = append(byKind[kind], &records[i])
	}
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(insertsAtOnce)
	for kind, rows := range byKind {
		group.Go(func() error { return db.insert(groupCtx, factTable(kind), factColumns(kind, rows)...) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if err := db.insertAcross(ctx, byKind, records); err != nil {
		return err
	}
	return db.insertIdentities(ctx, records)
}

// factColumns turns records of one kind into the columns of its table.
func factColumns(kind claimwatch.Kind, rows []*claimwatch.Stored) []column {
	n := len(rows)
	personKeys, revisions := make([]uint64, n), make([]uint32, n)
	persons, institutions, stays, ids := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	cancelled, occurred, received := make([]bool, n), make([]int64, n), make([]int64, n)
	hashes := make([]byte, 0, n*sha256.Size)
	fields := kind.Fields()
	values := make([]valueColumn, len(fields))
	for i, spec := range fields {
		values[i] = newValueColumn(spec, n)
	}
	for i, row := range rows {
		r := row.Record
		personKeys[i], persons[i] = xxhash.Sum64String(r.PersonID), r.PersonID
		institutions[i], stays[i], ids[i] = r.InstitutionID, r.StayID, r.RecordID
		revisions[i], cancelled[i] = uint32(r.Revision), r.Cancelled
		occurred[i], received[i] = millis(r.OccurredAt), millis(row.ReceivedAt)
		hashes = append(hashes, row.Hash[:]...)
		for slot, c := range values {
			c.add(r.Values[slot])
		}
	}
	columns := append(make([]column, 0, 13+len(fields)),
		column{"person_key", "UInt64", personKeys},
		column{"person_id", "String", persons},
		column{"institution_id", "String", institutions},
		column{"stay_id", "String", stays},
		column{"record_id", "String", ids},
		column{"revision", "UInt32", revisions},
		column{"cancelled", "Bool", cancelled},
		column{"occurred_at", timeType, occurred},
		column{"received_at", timeType, received},
		column{"content_sha256", "FixedString(32)", pieces(hashes, sha256.Size)},
	)
	columns = append(columns, positionColumns(rows)...)
	for i, spec := range fields {
		columns = append(columns, column{spec.Name, fieldType(spec), values[i].values()})
	}
	return columns
}

func positionColumns(rows []*claimwatch.Stored) []column {
	n := len(rows)
	partitions, offsets, indexes := make([]int32, n), make([]int64, n), make([]int32, n)
	for i, row := range rows {
		partitions[i], offsets[i], indexes[i] = row.Position.Partition, row.Position.Offset, row.Position.Index
	}
	return []column{
		{"log_partition", "Int32", partitions},
		{"log_offset", "Int64", offsets},
		{"log_index", "Int32", indexes},
	}
}
