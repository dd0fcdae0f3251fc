package store

import (
	"context"
	"time"

	"claimwatch"
)

// SessionRow is a person who has signed in. The token itself is nowhere, only its hash.
type SessionRow struct {
	Hash          string // SHA-256 of the token, hex
	AccountID     string
	Epoch         int // of the account at the beginning
	Created, Seen claimwatch.Instant
	Ended         bool
}

// SaveSession writes what became of a session.
func (db *DB) SaveSession(ctx context.Context, r SessionRow) error {
	return db.insert(ctx, "sessions",
		column{"token_sha256", "String", []string{r.Hash}},
		column{"account_id", "String", []string{r.AccountID}},
		column{"epoch", "UInt32", []uint32{uint32(r.Epoch)}},
		column{"created_at", timeType, []int64{millis(r.Created)}},
		column{"seen_at", timeType, []int64{millis(r.Seen)}},
		column{"ended", "Bool", []bool{r.Ended}})
}

// Session gives a session by the hash of its token; ok is false for none.
func (db *DB) Session(ctx context.Context, hash string) (r SessionRow, ok bool, err error) {
	var created, seen time.Time
	var epoch uint32
	read := func() error {
		ok = true
		r.Hash, r.Epoch, r.Created, r.Seen = hash, int(epoch), claimwatch.InstantOf(created), claimwatch.InstantOf(seen)
		return nil
	}
	err = db.each(ctx, read, []any{&r.AccountID, &epoch, &created, &seen, &r.Ended}, `
		SELECT account_id, epoch, created_at, max(seen_at), max(ended) FROM sessions
		WHERE token_sha256 = {hash:String} GROUP BY account_id, epoch, created_at`, named("hash", hash))
	return r, ok, wrap("read session", err)
}
