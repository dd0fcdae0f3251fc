package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"claimwatch"
)

// InsertReceiptParts notes how the sink settled messages of uploads. A part
// that is noted again after a crash is the same part.
func (db *DB) InsertReceiptParts(ctx context.Context, parts []claimwatch.ReceiptPart) error {
	if len(parts) == 0 {
		return nil
	}
	n := len(parts)
	ids, institutions, received, atomic := make([]string, n), make([]string, n), make([]int64, n), make([]bool, n)
	signed := make([]string, n)
	counts := map[string][]int32{}
	indexes, texts := make([][]int32, n), map[string][][]string{}
	for i, part := range parts {
		upload := part.Upload
		ids[i], institutions[i], atomic[i] = upload.ReceiptID, upload.InstitutionID, upload.Atomic
		received[i] = millis(upload.ReceivedAt)
		if s := upload.Signature; s != nil {
			by, err := json.Marshal(s.Signer)
			if err != nil {
				return fmt.Errorf("write who signed: %w", err)
			}
			signed[i] = string(by)
		}
		for name, value := range map[string]int{
			"chunk": upload.Chunk, "chunks": upload.Chunks, "refused_at_door": upload.Refused,
			"accepted": part.Accepted, "duplicate": part.Duplicate,
		} {
			counts[name] = append(counts[name], int32(value))
		}
		row := map[string][]string{"refused_record_id": {}, "refused_code": {}, "refused_field": {}, "refused_message": {}}
		indexes[i] = []int32{}
		for _, refusal := range part.Refused {
			indexes[i] = append(indexes[i], int32(refusal.Index))
			row["refused_record_id"] = append(row["refused_record_id"], refusal.RecordID)
			row["refused_code"] = append(row["refused_code"], string(refusal.Code))
			row["refused_field"] = append(row["refused_field"], refusal.Field)
			row["refused_message"] = append(row["refused_message"], refusal.Message)
		}
		for name, values := range row {
			texts[name] = append(texts[name], values)
		}
	}
	columns := []column{
		{"receipt_id", "String", ids},
		{"institution_id", "String", institutions},
		{"received_at", timeType, received},
		{"atomic", "Bool", atomic},
		{"signed_by", "String", signed},
		{"refused_index", "Array(Int32)", indexes},
	}
	for name, values := range counts {
		columns = append(columns, column{name, "Int32", values})
	}
	for name, values := range texts {
		columns = append(columns, column{name, "Array(String)", values})
	}
	return db.insert(ctx, "receipts", columns...)
}

// settling collects what is known of an upload from its parts and its
// quarantined records.
type settling struct {
	receipt       claimwatch.Receipt
	chunks        int // unknownCount before any row told
	refusedAtDoor int
	parts         int
	fromDoor      map[int]bool // indexes whose door refusals have arrived
	refusals      map[int]claimwatch.Refusal
}

// Receipt is the answer to an upload as far as it is known: settled once every
// record message has been passed by the sink and every refusal of the door is
// in quarantine. ok is false while neither is there.
func (db *DB) Receipt(ctx context.Context, receiptID string) (receipt claimwatch.Receipt, ok bool, err error) {
	s := settling{chunks: unknownCount, refusedAtDoor: unknownCount, fromDoor: map[int]bool{}, refusals: map[int]claimwatch.Refusal{}}
	s.receipt.ReceiptID = receiptID
	parts, err := db.receiptParts(ctx, &s)
	if err != nil {
		return claimwatch.Receipt{}, false, fmt.Errorf("read receipt: %w", err)
	}
	items, err := db.receiptRefusals(ctx, &s)
	if err != nil {
		return claimwatch.Receipt{}, false, fmt.Errorf("read receipt: %w", err)
	}
	if parts+items == 0 {
		return claimwatch.Receipt{}, false, nil
	}
	s.receipt.Settled = s.chunks >= 0 && s.parts >= s.chunks && len(s.fromDoor) >= s.refusedAtDoor
	s.receipt.Refused = make([]claimwatch.Refusal, 0, len(s.refusals))
	for _, refusal := range s.refusals {
		s.receipt.Refused = append(s.receipt.Refused, refusal)
	}
	slices.SortFunc(s.receipt.Refused, func(a, b claimwatch.Refusal) int { return cmp.Compare(a.Index, b.Index) })
	return s.receipt, true, nil
}

// receiptParts reads how the messages of the upload were settled.
func (db *DB) receiptParts(ctx context.Context, s *settling) (rows int, err error) {
	var chunks, refused, accepted, duplicate int32
	var received time.Time
	var indexes []int32
	var ids, codes, fields, messages []string
	var signed string
	read := func() error {
		rows++
		s.chunks, s.refusedAtDoor = int(chunks), int(refused)
		s.parts++
		s.receipt.ReceivedAt = claimwatch.InstantOf(received)
		if signed != "" {
			if err := json.Unmarshal([]byte(signed), &s.receipt.SignedBy); err != nil {
				return fmt.Errorf("read who signed: %w", err)
			}
		}
		s.receipt.Accepted += int(accepted)
		s.receipt.Duplicate += int(duplicate)
		for i, index := range indexes {
			s.refusals[int(index)] = claimwatch.Refusal{
				Index: int(index), RecordID: ids[i], Code: claimwatch.Code(codes[i]), Field: fields[i], Message: messages[i],
			}
		}
		return nil
	}
	// The log can hold a message twice (hazard K4), and the copy settles as all
	// duplicates: the part that accepted the most is the first one's.
	dest := []any{&s.receipt.InstitutionID, &received, &chunks, &refused, &accepted, &duplicate, &indexes, &ids, &codes, &fields, &messages, &signed}
	err = db.each(ctx, read, dest, `
		SELECT institution_id, received_at, chunks, refused_at_door, accepted, duplicate,
			refused_index, refused_record_id, refused_code, refused_field, refused_message, signed_by
		FROM receipts WHERE receipt_id = {receipt:String} ORDER BY chunk, accepted DESC LIMIT 1 BY chunk`, named("receipt", s.receipt.ReceiptID))
	return rows, err
}

// receiptRefusals reads the refused records of the upload. Those of the door
// are told from those of the sink by their quarantine_id.
func (db *DB) receiptRefusals(ctx context.Context, s *settling) (rows int, err error) {
	var id, institution, code string
	var received time.Time
	var index, chunks, refused int32
	var refusal claimwatch.Refusal
	read := func() error {
		rows++
		refusal.Index, refusal.Code = int(index), claimwatch.Code(code)
		if chunks != unknownCount && s.chunks == unknownCount {
			s.chunks, s.refusedAtDoor = int(chunks), int(refused)
		}
		if id == "q_"+s.receipt.ReceiptID+"_"+strconv.Itoa(refusal.Index) {
			s.fromDoor[refusal.Index] = true
		}
		if s.receipt.InstitutionID == "" {
			s.receipt.InstitutionID, s.receipt.ReceivedAt = institution, claimwatch.InstantOf(received)
		}
		s.refusals[refusal.Index] = refusal
		return nil
	}
	dest := []any{&id, &institution, &received, &index, &refusal.RecordID, &code, &refusal.Field, &refusal.Message, &chunks, &refused}
	err = db.each(ctx, read, dest, `
		SELECT quarantine_id, institution_id, received_at, index, record_id, code, field, message, chunks, refused_at_door
		FROM quarantine WHERE receipt_id = {receipt:String} ORDER BY quarantine_id LIMIT 1 BY quarantine_id`,
		named("receipt", s.receipt.ReceiptID))
	return rows, err
}
