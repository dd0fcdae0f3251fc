package store

import (
	"context"

	"claimwatch"
)

// ChargedTotal gives what an institution has charged to the fund for services within
// an interval that happened up to asOf: the net amounts of which settlements are made
// (rules.md 1.7, 1.8), so that what was rejected of them can be held against it.
func (db *DB) ChargedTotal(
	ctx context.Context, institution string, asOf claimwatch.Instant, within claimwatch.Interval,
) (sum claimwatch.Fen, err error) {
	read := func() error { return nil }
	err = db.each(ctx, read, []any{(*int64)(&sum)}, `
		SELECT sum(amount) FROM (`+netFees+` UNION ALL `+netFittings+`)
		WHERE amount > 0 AND occurred <= {as_of:Int64} AND occurred >= {from:Int64} AND occurred < {until:Int64}`,
		named("institution", institution), named("as_of", millis(asOf)), named("from", millis(within.From)), named("until", millis(within.Until)),
		named("fee", uint8(claimwatch.Fee)), named("fitting", uint8(claimwatch.DeviceFitting)))
	return sum, wrap("sum what was charged", err)
}
