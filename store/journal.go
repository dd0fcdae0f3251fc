package store

import (
	"context"
	"time"

	"claimwatch"
)

// JournalRow is an entry of the journal as the fold accepted it.
type JournalRow struct {
	Seq            uint64 // from 1, without gaps
	At             claimwatch.Instant
	CommandID      string
	Type           string
	Actor          string
	Body           []byte // canonical bytes, which the hash is of
	PrevHash, Hash string // hex
}

// SaveJournal writes entries; those that are there already stay as they are,
// for every process folds the same ones.
func (db *DB) SaveJournal(ctx context.Context, rows []JournalRow) error {
	if len(rows) == 0 {
		return nil
	}
	type row = JournalRow
	return db.insert(ctx, "journal",
		column{"seq", "UInt64", rowOf(rows, func(r *row) uint64 { return r.Seq })},
		column{"at", timeType, rowOf(rows, func(r *row) int64 { return millis(r.At) })},
		column{"command_id", "String", rowOf(rows, func(r *row) string { return r.CommandID })},
		column{"type", "String", rowOf(rows, func(r *row) string { return r.Type })},
		column{"actor", "String", rowOf(rows, func(r *row) string { return r.Actor })},
		column{"body", "String", rowOf(rows, func(r *row) string { return string(r.Body) })},
		column{"prev_hash", "String", rowOf(rows, func(r *row) string { return r.PrevHash })},
		column{"hash", "String", rowOf(rows, func(r *row) string { return r.Hash })})
}

// JournalQuery asks for entries in order.
type JournalQuery struct {
	After       uint64 // those with greater numbers
	Back        bool   // newest first: those with smaller numbers than After, or all when it is 0
	Actor, Type string
	From, Until *claimwatch.Instant // [From, Until)
	Limit       int
}

// Journal reads entries in order.
func (db *DB) Journal(ctx context.Context, q JournalQuery) ([]JournalRow, error) {
	var where conditions
	order := "seq"
	switch {
	case !q.Back:
		where.add("seq > {after:UInt64}", named("after", q.After))
	case q.After > 0:
		where.add("seq < {after:UInt64}", named("after", q.After))
	}
	if q.Back {
		order = "seq DESC"
	}
	where.text("actor = {actor:String}", "actor", q.Actor)
	where.text("type = {type:String}", "type", q.Type)
	where.instant("at >= fromUnixTimestamp64Milli({from:Int64})", "from", q.From)
	where.instant("at < fromUnixTimestamp64Milli({until:Int64})", "until", q.Until)
	rows, err := db.journal(ctx, where.clause()+` ORDER BY `+order+` LIMIT 1 BY seq LIMIT {limit:UInt32}`,
		append(where.args, named("limit", page(q.Limit)))...)
	return rows, wrap("read journal", err)
}

// JournalHead is the newest entry; ok is false for an empty journal.
func (db *DB) JournalHead(ctx context.Context) (head JournalRow, ok bool, err error) {
	rows, err := db.journal(ctx, `ORDER BY seq DESC LIMIT 1`)
	if err != nil || len(rows) == 0 {
		return JournalRow{}, false, wrap("read head of journal", err)
	}
	return rows[0], true, nil
}

func (db *DB) journal(ctx context.Context, which string, args ...any) (rows []JournalRow, err error) {
	var row JournalRow
	var at time.Time
	var body string
	read := func() error {
		row.At, row.Body = claimwatch.InstantOf(at), []byte(body)
		rows = append(rows, row)
		return nil
	}
	err = db.each(ctx, read, []any{&row.Seq, &at, &row.CommandID, &row.Type, &row.Actor, &body, &row.PrevHash, &row.Hash},
		`SELECT seq, at, command_id, type, actor, body, prev_hash, hash FROM journal `+which, args...)
	return rows, err
}
