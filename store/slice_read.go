package store

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"claimwatch"
	"claimwatch/store/slice"
)

// task is a statement that may run on either of a slice's writers.
type task func(ctx context.Context, on *DB) error

// spread runs tasks over both writers at once, in their order: each statement
// costs its planning, whatever few rows it moves. The dear ones come first.
func (s *Slice) spread(ctx context.Context, tasks []task) error {
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for _, writer := range []*DB{s.db, s.beside} {
		group.Go(func() error {
			for i := next.Add(1); int(i) <= len(tasks); i = next.Add(1) {
				if err := tasks[i-1](ctx, writer); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// readings are the tasks that read the records of a condition.
func readings(f *slice.Facts, where string) []task {
	return []task{
		reading(claimwatch.Fee, &f.Fees, where), reading(claimwatch.IdentityCheck, &f.Checks, where),
		reading(claimwatch.Order, &f.Orders, where), reading(claimwatch.Admission, &f.Admissions, where),
		reading(claimwatch.CareRecord, &f.CareRecords, where), reading(claimwatch.Discharge, &f.Discharges, where),
		reading(claimwatch.Operation, &f.Operations, where), reading(claimwatch.Transfer, &f.Transfers, where),
		reading(claimwatch.Leave, &f.Leaves, where), reading(claimwatch.ExamReport, &f.ExamReports, where),
		reading(claimwatch.FrontPage, &f.FrontPages, where), reading(claimwatch.DeviceFitting, &f.Fittings, where),
		reading(claimwatch.Claim, &f.Claims, where),
	}
}

// reading reads every accepted revision of the records of a kind into rows.
// Should two persons share a key, both are read, and nobody asks about the other.
func reading[T any, F interface {
	*T
	slice.Fact
}](kind claimwatch.Kind, rows *[]F, where string, args ...any) task {
	return func(ctx context.Context, on *DB) error {
		var row T
		head := F(&row).Common()
		var names strings.Builder
		dest := []any{
			&head.InstitutionID, &head.PersonID, &head.StayID, &head.RecordID, (*int64)(&head.At), (*int64)(&head.ReceivedAt),
			&head.Revision, &head.Cancelled, &head.Offset, &head.Index,
		}
		for _, field := range F(&row).Own() {
			names.WriteString(", " + readField(field))
			dest = append(dest, placeOf(field))
		}
		var block []T // of rows that stay where they are
		read := func() error {
			if len(block) == cap(block) {
				block = make([]T, 0, min(max(8, 2*cap(block)), 4096))
			}
			block = append(block, row)
			*rows = append(*rows, &block[len(block)-1])
			return nil
		}
		err := on.each(ctx, read, dest, `
			SELECT institution_id, person_id, stay_id, record_id, toUnixTimestamp64Milli(occurred_at), toUnixTimestamp64Milli(received_at),
				revision, cancelled, log_offset, log_index`+names.String()+`
			FROM `+factTable(kind)+` WHERE `+where, args...)
		return wrap("read "+factTable(kind), err)
	}
}

// readField reads a field as its place takes it.
func readField(field slice.Field) string {
	name := quoteName(field.Name)
	switch field.Place.(type) {
	case *claimwatch.Instant, **claimwatch.Instant:
		return "toUnixTimestamp64Milli(" + name + ")"
	case *bool: // absent is false
		return "ifNull(" + name + ", false)"
	default:
		return name
	}
}

// placeOf gives the place of a field in a type that the driver knows.
func placeOf(field slice.Field) any {
	switch place := field.Place.(type) {
	case *claimwatch.Instant:
		return (*int64)(place)
	case **claimwatch.Instant:
		return optionalInstant{place}
	default:
		return place
	}
}

// optionalInstant scans a nullable instant.
type optionalInstant struct{ place **claimwatch.Instant }

// Scan takes what the driver read.
func (o optionalInstant) Scan(value any) error {
	switch at := value.(type) {
	case nil:
		*o.place = nil
	case int64:
		instant := claimwatch.Instant(at)
		*o.place = &instant
	case *int64:
		return o.Scan(*at)
	default:
		return fmt.Errorf("read instant: %T", value)
	}
	return nil
}
