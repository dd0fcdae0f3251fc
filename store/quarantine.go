package store

import (
	"context"
	"fmt"
	"time"

	"claimwatch"
)

// InsertQuarantined writes refused records. uploads says for each receipt what
// the headers of its messages say of the whole upload: the receipt is settled
// by it. Repeats of an ID are one item.
func (db *DB) InsertQuarantined(ctx context.Context, items []claimwatch.Quarantined, uploads map[string]claimwatch.Upload) error {
	if len(items) == 0 {
		return nil
	}
	n := len(items)
	texts := make(map[string][]string, 8)
	text := func(name, value string) { texts[name] = append(texts[name], value) }
	received, indexes := make([]int64, n), make([]int32, n)
	chunks, refused := make([]int32, n), make([]int32, n)
	for i, item := range items {
		text("receipt_id", item.ReceiptID)
		text("quarantine_id", item.ID)
		text("institution_id", item.InstitutionID)
		text("record_id", item.Refusal.RecordID)
		text("code", string(item.Refusal.Code))
		text("field", item.Refusal.Field)
		text("message", item.Refusal.Message)
		text("raw", string(item.Raw))
		received[i], indexes[i] = millis(item.ReceivedAt), int32(item.Refusal.Index)
		chunks[i], refused[i] = unknownCount, unknownCount
		if upload, ok := uploads[item.ReceiptID]; ok {
			chunks[i], refused[i] = int32(upload.Chunks), int32(upload.Refused)
		}
	}
	columns := []column{
		{"received_at", timeType, received},
		{"index", "Int32", indexes},
		{"chunks", "Int32", chunks},
		{"refused_at_door", "Int32", refused},
	}
	for name, values := range texts {
		columns = append(columns, column{name, "String", values})
	}
	return db.insert(ctx, "quarantine", columns...)
}

// unknownCount stands for what the headers did not say.
const unknownCount = -1

// QuarantineQuery filters refused records; empty members do not filter.
type QuarantineQuery struct {
	InstitutionID string
	Code          string
	ReceiptID     string
	QuarantineID  string
	From, Until   *claimwatch.Instant // received_at in [From, Until)
	Cursor        string
	Limit         int // default 100, at most 1,000
}

// quarantineKey is the sort key of a page, newest first.
type quarantineKey struct {
	ReceivedAt int64
	ID         string
}

// Quarantine lists refused records, newest first. next is empty on the last page.
func (db *DB) Quarantine(ctx context.Context, q QuarantineQuery) (items []claimwatch.Quarantined, next string, err error) {
	where := conditions{}
	where.text("institution_id = {institution:String}", "institution", q.InstitutionID)
	where.text("code = {code:String}", "code", q.Code)
	where.text("receipt_id = {receipt:String}", "receipt", q.ReceiptID)
	where.text("quarantine_id = {id:String}", "id", q.QuarantineID)
	where.instant("received_at >= fromUnixTimestamp64Milli({from:Int64})", "from", q.From)
	where.instant("received_at < fromUnixTimestamp64Milli({until:Int64})", "until", q.Until)
	var after quarantineKey
	if ok, err := readCursor(q.Cursor, &after); err != nil {
		return nil, "", err
	} else if ok {
		where.add("(received_at, quarantine_id) < (fromUnixTimestamp64Milli({after:Int64}), {after_id:String})",
			named("after", after.ReceivedAt), named("after_id", after.ID))
	}
	limit := page(q.Limit)
	where.args = append(where.args, named("limit", limit+1))
	var item claimwatch.Quarantined
	var received time.Time
	var index int32
	var code, raw string
	read := func() error {
		item.ReceivedAt, item.Raw = claimwatch.InstantOf(received), []byte(raw)
		item.Refusal.Index, item.Refusal.Code = int(index), claimwatch.Code(code)
		items = append(items, item)
		return nil
	}
	dest := []any{
		&item.ID, &item.InstitutionID, &received, &item.ReceiptID, &index,
		&item.Refusal.RecordID, &code, &item.Refusal.Field, &item.Refusal.Message, &raw,
	}
	err = db.each(ctx, read, dest, `
		SELECT quarantine_id, institution_id, received_at, receipt_id, index, record_id, code, field, message, raw
		FROM quarantine `+where.clause()+`
		ORDER BY received_at DESC, quarantine_id DESC LIMIT 1 BY quarantine_id LIMIT {limit:UInt32}`, where.args...)
	if err != nil {
		return nil, "", fmt.Errorf("read quarantine: %w", err)
	}
	if len(items) > limit {
		items = items[:limit]
		last := items[limit-1]
		next = writeCursor(quarantineKey{int64(last.ReceivedAt), last.ID})
	}
	return items, next, nil
}
