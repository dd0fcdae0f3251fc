package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cespare/xxhash/v2"

	"claimwatch"
)

// StayRecord is the newest revision of a record, a cancelled one too.
type StayRecord struct {
	Record     *claimwatch.Record
	ReceivedAt claimwatch.Instant // of this revision
}

// StayRecords gives every record under a visit number of an institution in the
// order of records (rules.md 1.6), whoever it names as the person.
func (db *DB) StayRecords(ctx context.Context, institution, stay string) (list []StayRecord, err error) {
	of := []any{named("institution", institution), named("stay", stay)}
	persons := map[claimwatch.Kind][]uint64{}
	var kind uint8
	var person string
	read := func() error {
		persons[claimwatch.Kind(kind)] = append(persons[claimwatch.Kind(kind)], xxhash.Sum64String(person))
		return nil
	}
	if err := db.each(ctx, read, []any{&kind, &person}, `
		SELECT DISTINCT kind, person_id FROM visit_numbers
		WHERE institution_id = {institution:String} AND stay_id = {stay:String}`, of...); err != nil {
		return nil, fmt.Errorf("find kinds of a stay: %w", err)
	}
	for kind, keys := range persons {
		more, err := db.recordsOf(ctx, kind, append(of[:2:2], named("persons", keys)))
		if err != nil {
			return nil, fmt.Errorf("read %s of a stay: %w", factTable(kind), err)
		}
		list = append(list, more...)
	}
	slices.SortFunc(list, func(a, b StayRecord) int {
		return cmp.Or(cmp.Compare(a.Record.OccurredAt, b.Record.OccurredAt), strings.Compare(a.Record.RecordID, b.Record.RecordID),
			cmp.Compare(a.Record.Kind, b.Record.Kind))
	})
	return list, nil
}

// recordsOf reads the newest revisions of one kind.
func (db *DB) recordsOf(ctx context.Context, kind claimwatch.Kind, args []any) (list []StayRecord, err error) {
	fields := kind.Fields()
	texts, numbers := make([]string, len(fields)), make([]*int64, len(fields))
	var columns strings.Builder
	var row claimwatch.Record
	var revision uint32
	var occurred, received time.Time
	dest := []any{&row.InstitutionID, &row.PersonID, &row.StayID, &row.RecordID, &revision, &row.Cancelled, &occurred, &received}
	for i, spec := range fields {
		if isText(spec.Type) {
			dest = append(dest, &texts[i])
		} else {
			dest = append(dest, &numbers[i])
		}
		columns.WriteString(", " + plainField(spec))
	}
	read := func() error {
		one := row
		one.Kind, one.Revision, one.OccurredAt = kind, int32(revision), claimwatch.InstantOf(occurred)
		one.Values = make([]claimwatch.Value, len(fields))
		for i, spec := range fields {
			switch {
			case isText(spec.Type):
				empty := spec.Required && spec.Type == claimwatch.TypeCodes // a list that has to be there may be empty
				one.Values[i] = claimwatch.Value{Text: texts[i], Set: texts[i] != "" || empty}
			case numbers[i] != nil:
				one.Values[i] = claimwatch.Value{Num: *numbers[i], Set: true}
			}
		}
		list = append(list, StayRecord{Record: &one, ReceivedAt: claimwatch.InstantOf(received)})
		return nil
	}
	err = db.each(ctx, read, dest, `
		SELECT institution_id, person_id, stay_id, record_id, revision, cancelled, occurred_at, received_at`+columns.String()+`
		FROM (SELECT * FROM `+factTable(kind)+`
			WHERE person_key IN {persons:Array(UInt64)} AND institution_id = {institution:String} AND stay_id = {stay:String}
			ORDER BY record_id, revision DESC, log_offset, log_index LIMIT 1 BY record_id)`, args...)
	return list, err
}

// isText says whether a field is kept as a text.
func isText(t claimwatch.Type) bool {
	switch t {
	case claimwatch.TypeBool, claimwatch.TypeInt, claimwatch.TypeAmount, claimwatch.TypeQuantity, claimwatch.TypePrice,
		claimwatch.TypeRatio, claimwatch.TypeTime:
		return false
	default:
		return true
	}
}

// plainField reads a field as a text or as a number that may be absent.
func plainField(spec claimwatch.Spec) string {
	name := quoteName(spec.Name)
	switch {
	case spec.Type == claimwatch.TypeCodes:
		return "arrayStringConcat(" + name + ", char(31))"
	case isText(spec.Type):
		return name
	case spec.Type == claimwatch.TypeTime:
		return "CAST(toUnixTimestamp64Milli(" + name + ") AS Nullable(Int64))"
	default:
		return "CAST(" + name + " AS Nullable(Int64))"
	}
}
