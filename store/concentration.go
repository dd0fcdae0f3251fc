package store

import (
	"context"
	"fmt"
	"math"

	"claimwatch"
)

// TreatedAndCharged is what an institution has treated and charged within a window.
type TreatedAndCharged struct {
	Stays, Persons               int            // inpatient and rehab, admitted in the window
	Claimed                      claimwatch.Fen // as ChargedTotal
	Match, Mismatch, Unavailable int            // identity checks
}

// rowsAtOnce is about how many rows of a table are grouped by record at a time.
const rowsAtOnce = 2_000_000

// concentrationOf are the sums of one table over the newest revisions of the records
// of a range of persons: institution and three numbers.
var concentrationOf = map[claimwatch.Kind]struct{ columns, sums string }{
	claimwatch.Admission: {
		"class != 'outpatient' AS counts, person_key, stay_id",
		"toInt64(uniqExact(n.4, n.5)), toInt64(uniqExact(n.4)), toInt64(0)",
	},
	claimwatch.Fee:           {"NOT ifNull(self_pay, false) AS counts, amount", "toInt64(0), toInt64(0), toInt64(sum(n.4))"},
	claimwatch.DeviceFitting: {"true AS counts, amount", "toInt64(0), toInt64(0), toInt64(sum(n.4))"},
	claimwatch.IdentityCheck: {"true AS counts, result", "toInt64(countIf(n.4 = 'match')), toInt64(countIf(n.4 = 'mismatch')), toInt64(countIf(n.4 = 'unavailable'))"},
}

// Concentration sums up what every institution has treated and charged within an
// interval, by the newest revisions of records that happened up to asOf. Refunds
// count on their own day, self-pay lines do not.
func (db *DB) Concentration(ctx context.Context, asOf claimwatch.Instant, within claimwatch.Interval) (map[string]TreatedAndCharged, error) {
	sums := map[string]TreatedAndCharged{}
	within.Until = min(within.Until, asOf+1)
	if within.Until <= within.From {
		return sums, nil
	}
	for kind := range concentrationOf {
		if err := db.concentration(ctx, kind, within, sums); err != nil {
			return nil, fmt.Errorf("sum up %s of institutions: %w", factTable(kind), err)
		}
	}
	return sums, nil
}

// concentration adds one table, in parts by the persons that it is sorted by: all
// revisions of a record name one person.
func (db *DB) concentration(ctx context.Context, kind claimwatch.Kind, within claimwatch.Interval, sums map[string]TreatedAndCharged) error {
	var rows uint64
	if err := db.QueryRow(ctx, "SELECT count() FROM "+factTable(kind)).Scan(&rows); err != nil {
		return err
	}
	parts := rows/rowsAtOnce + 1
	of := concentrationOf[kind]
	query := `SELECT institution_id, ` + of.sums + ` FROM (
			SELECT institution_id, argMax(tuple(cancelled, toUnixTimestamp64Milli(occurred_at), ` + of.columns + `), (revision, -log_offset, -log_index)) AS n
			FROM ` + factTable(kind) + ` WHERE person_key >= {first:UInt64} AND person_key <= {last:UInt64} GROUP BY institution_id, record_id)
		WHERE NOT n.1 AND n.2 >= {from:Int64} AND n.2 < {until:Int64} AND n.3 GROUP BY institution_id`
	var institution string
	var numbers [3]int64
	read := func() error {
		s := sums[institution]
		switch kind {
		case claimwatch.Admission:
			s.Stays, s.Persons = s.Stays+int(numbers[0]), s.Persons+int(numbers[1])
		case claimwatch.IdentityCheck:
			s.Match, s.Mismatch, s.Unavailable = s.Match+int(numbers[0]), s.Mismatch+int(numbers[1]), s.Unavailable+int(numbers[2])
		default:
			s.Claimed += claimwatch.Fen(numbers[2])
		}
		sums[institution] = s
		return nil
	}
	for part := range parts {
		first, last := personKeys(part, parts)
		if err := db.each(ctx, read, []any{&institution, &numbers[0], &numbers[1], &numbers[2]}, query,
			named("first", first), named("last", last), named("from", millis(within.From)), named("until", millis(within.Until))); err != nil {
			return err
		}
	}
	return nil
}

// personKeys is the range of keys of persons, both included, that a part has.
func personKeys(part, parts uint64) (first, last uint64) {
	step := math.MaxUint64 / parts
	if part == parts-1 {
		return part * step, math.MaxUint64
	}
	return part * step, (part+1)*step - 1
}
