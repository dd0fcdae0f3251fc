package store

import (
	"context"
	"fmt"
	"time"

	"claimwatch"
)

// UploadQuery asks for uploads, the newest first.
type UploadQuery struct {
	InstitutionIDs []string            // nil: of any
	From, Until    *claimwatch.Instant // received_at in [From, Until)
	Cursor         string
	Limit          int // default 100, at most 1,000
}

// UploadSum is what became of one upload, as far as it is known.
type UploadSum struct {
	ReceiptID, InstitutionID     string
	ReceivedAt                   claimwatch.Instant
	Accepted, Duplicate, Refused int
	Settled                      bool // all of its messages were passed by the sink
}

// uploads are the receipts with their sums: the messages of an upload, each once, and
// uploads of which the door let nothing through, which have quarantined records only.
func uploads(where string) string {
	return `(SELECT receipt_id, any(institution) AS institution_id, min(at) AS received_at, sum(a) AS accepted, sum(d) AS duplicate,
			max(door) + sum(sunk) AS refused, count() >= max(all) AS settled
		FROM (
			SELECT receipt_id, institution_id AS institution, received_at AS at, toInt64(accepted) AS a, toInt64(duplicate) AS d,
				toInt64(refused_at_door) AS door, toInt64(length(refused_index)) AS sunk, toInt64(chunks) AS all
			FROM receipts ` + where + ` ORDER BY receipt_id, chunk, accepted DESC LIMIT 1 BY receipt_id, chunk
			UNION ALL
			SELECT receipt_id, any(institution_id) AS institution, min(received_at) AS at, 0, 0, toInt64(max(refused_at_door)), 0, 0
			FROM quarantine ` + where + ` GROUP BY receipt_id HAVING receipt_id != '' AND max(chunks) = 0)
		GROUP BY receipt_id)`
}

// Uploads lists uploads, newest first. next is empty on the last page. It reads the
// receipts of the institutions and days asked for, 400 days at most.
func (db *DB) Uploads(ctx context.Context, q UploadQuery) (list []UploadSum, next string, err error) {
	var where conditions
	if q.InstitutionIDs != nil {
		where.add("institution_id IN {institutions:Array(String)}", named("institutions", q.InstitutionIDs))
	}
	where.instant("received_at >= fromUnixTimestamp64Milli({from:Int64})", "from", q.From)
	where.instant("received_at < fromUnixTimestamp64Milli({until:Int64})", "until", q.Until)
	limit := page(q.Limit)
	args := append(where.args, named("limit", limit+1))
	var after quarantineKey
	behind := ""
	if ok, err := readCursor(q.Cursor, &after); err != nil {
		return nil, "", err
	} else if ok {
		behind = " WHERE (received_at, receipt_id) < (fromUnixTimestamp64Milli({after:Int64}), {after_id:String})"
		args = append(args, named("after", after.ReceivedAt), named("after_id", after.ID))
	}
	var u UploadSum
	var received time.Time
	var accepted, duplicate, refused int64
	read := func() error {
		u.ReceivedAt, u.Accepted, u.Duplicate, u.Refused = claimwatch.InstantOf(received), int(accepted), int(duplicate), int(refused)
		list = append(list, u)
		return nil
	}
	err = db.each(ctx, read, []any{&u.ReceiptID, &u.InstitutionID, &received, &accepted, &duplicate, &refused, &u.Settled}, `
		SELECT receipt_id, institution_id, received_at, accepted, duplicate, refused, settled FROM `+uploads(where.clause())+behind+`
		ORDER BY received_at DESC, receipt_id DESC LIMIT {limit:UInt32}`, args...)
	if err != nil {
		return nil, "", fmt.Errorf("list uploads: %w", err)
	}
	if len(list) > limit {
		list = list[:limit]
		last := list[limit-1]
		next = writeCursor(quarantineKey{int64(last.ReceivedAt), last.ReceiptID})
	}
	return list, next, nil
}

// LastReceived is when each institution was last heard of with an accepted record.
func (db *DB) LastReceived(ctx context.Context) (map[string]claimwatch.Instant, error) {
	last := map[string]claimwatch.Instant{}
	var institution string
	var at time.Time
	read := func() error {
		last[institution] = claimwatch.InstantOf(at)
		return nil
	}
	err := db.each(ctx, read, []any{&institution, &at}, "SELECT institution_id, max(received_at) FROM receptions GROUP BY institution_id")
	return last, wrap("read receptions", err)
}
