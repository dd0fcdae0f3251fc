package store

import (
	"context"

	"claimwatch"
)

// ChargedTotal gives what an institution has charged to the fund for services within
// an interval, by the newest revisions of its fees and device fittings that
// happened up to asOf. Refunds count on their own day; self-pay lines do not.
func (db *DB) ChargedTotal(
	ctx context.Context, institution string, asOf claimwatch.Instant, within claimwatch.Interval,
) (sum claimwatch.Fen, err error) {
	until := min(within.Until, asOf+1)
	if until <= within.From {
		return 0, nil
	}
	for kind, selfPay := range map[claimwatch.Kind]string{claimwatch.Fee: "ifNull(self_pay, false)", claimwatch.DeviceFitting: "false"} {
		var part int64
		read := func() error {
			sum += claimwatch.Fen(part)
			return nil
		}
		err := db.each(ctx, read, []any{&part}, `
			SELECT sum(amount) FROM (
				SELECT amount, cancelled, `+selfPay+` AS own, occurred_at FROM `+factTable(kind)+` WHERE institution_id = {institution:String}
				ORDER BY record_id, revision DESC, log_offset, log_index LIMIT 1 BY record_id)
			WHERE NOT cancelled AND NOT own
				AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}) AND occurred_at < fromUnixTimestamp64Milli({until:Int64})`,
			named("institution", institution), named("from", int64(within.From)), named("until", int64(until)))
		if err != nil {
			return 0, wrap("sum what was charged", err)
		}
	}
	return sum, nil
}
