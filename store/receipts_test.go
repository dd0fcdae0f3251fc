package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"claimwatch"
	"claimwatch/store"
)

// today is a reception that is not 400 days old: older receipts leave by themselves.
func today() claimwatch.Instant { return claimwatch.InstantOf(time.Now()).Day().Midnight() }

func refusal(index int, code claimwatch.Code) claimwatch.Refusal {
	return claimwatch.Refusal{Index: index, RecordID: fmt.Sprintf("r%d", index), Code: code, Field: "amount", Message: "say it 'right'"}
}

// quarantined makes an item of the door, or of the sink when by is given.
func quarantined(receipt, by string, r claimwatch.Refusal) claimwatch.Quarantined {
	if by == "" {
		by = receipt
	}
	return claimwatch.Quarantined{
		ID: fmt.Sprintf("q_%s_%d", by, r.Index), InstitutionID: "H1", ReceivedAt: today(), ReceiptID: receipt, Refusal: r,
		Raw: []byte("{\"a\":1}\n\nDROP TABLE fees\x00\xff"),
	}
}

func receiptOf(t *testing.T, db *store.DB, id string) claimwatch.Receipt {
	t.Helper()
	receipt, ok, err := db.Receipt(t.Context(), id)
	must(t, err)
	same(t, "found", ok, true)
	return receipt
}

// An upload in two messages with a refusal by the door and two by the sink, in
// the order in which its parts arrive, each of them twice.
func TestReceiptSettles(t *testing.T) {
	db := open(t)
	_, ok, err := db.Receipt(t.Context(), "R1")
	must(t, err)
	same(t, "found before anything", ok, false)
	upload := claimwatch.Upload{ReceiptID: "R1", InstitutionID: "H1", ReceivedAt: today(), Chunks: 2, Refused: 1}
	part := func(chunk, accepted, duplicate int, refused ...claimwatch.Refusal) {
		t.Helper()
		one := upload
		one.Chunk = chunk
		for range 2 {
			must(t, db.InsertReceiptParts(t.Context(), []claimwatch.ReceiptPart{{Upload: one, Accepted: accepted, Duplicate: duplicate, Refused: refused}}))
		}
	}
	item := func(by string, r claimwatch.Refusal) {
		t.Helper()
		for range 2 {
			must(t, db.InsertQuarantined(t.Context(), []claimwatch.Quarantined{quarantined("R1", by, r)}, map[string]claimwatch.Upload{"R1": upload}))
		}
	}
	part(1, 3, 1, refusal(7, claimwatch.CodeConflict))
	want := claimwatch.Receipt{
		ReceiptID: "R1", InstitutionID: "H1", ReceivedAt: today(), Accepted: 3, Duplicate: 1,
		Refused: []claimwatch.Refusal{refusal(7, claimwatch.CodeConflict)},
	}
	same(t, "after one part", receiptOf(t, db, "R1"), want)
	item("3_14", refusal(7, claimwatch.CodeConflict)) // the sink's item of the same refusal
	same(t, "after the sink's item", receiptOf(t, db, "R1"), want)
	part(0, 2, 0)
	want.Accepted = 5
	same(t, "without the door's item", receiptOf(t, db, "R1"), want)
	item("", refusal(2, claimwatch.CodeScale))
	want.Settled = true
	want.Refused = []claimwatch.Refusal{refusal(2, claimwatch.CodeScale), refusal(7, claimwatch.CodeConflict)}
	same(t, "settled", receiptOf(t, db, "R1"), want)
}

// Nothing was acceptable: there is no record message, only quarantine.
func TestReceiptOfNothingAccepted(t *testing.T) {
	db := open(t)
	upload := claimwatch.Upload{ReceiptID: "R2", InstitutionID: "H1", ReceivedAt: today(), Refused: 2}
	for i, settled := range []bool{false, true} {
		must(t, db.InsertQuarantined(t.Context(), []claimwatch.Quarantined{quarantined("R2", "", refusal(1-i, claimwatch.CodeRange))}, map[string]claimwatch.Upload{"R2": upload}))
		receipt := receiptOf(t, db, "R2")
		same(t, "settled", receipt.Settled, settled)
		same(t, "refused", len(receipt.Refused), i+1)
	}
	same(t, "by index", receiptOf(t, db, "R2").Refused[0].Index, 0)
}

// Poison carries no counts; nobody can say when such a receipt is settled.
func TestReceiptOfUnknownCounts(t *testing.T) {
	db := open(t)
	must(t, db.InsertQuarantined(t.Context(), []claimwatch.Quarantined{quarantined("R3", "0_7", refusal(0, claimwatch.CodeSyntax))}, nil))
	same(t, "settled", receiptOf(t, db, "R3").Settled, false)
}

func TestReceiptWithoutRefusals(t *testing.T) {
	db := open(t)
	upload := claimwatch.Upload{ReceiptID: "R4", InstitutionID: "H1", ReceivedAt: today(), Chunks: 1, Atomic: true}
	must(t, db.InsertReceiptParts(t.Context(), []claimwatch.ReceiptPart{{Upload: upload, Accepted: 4}}))
	same(t, "receipt", receiptOf(t, db, "R4"), claimwatch.Receipt{
		ReceiptID: "R4", InstitutionID: "H1", ReceivedAt: today(), Settled: true, Accepted: 4, Refused: []claimwatch.Refusal{},
	})
}

// Who signed an upload stands in its receipt, and nothing in that of an unsigned one.
func TestReceiptSaysWhoSigned(t *testing.T) {
	db := open(t)
	signer := claimwatch.Signer{Subject: `CN=某医院,O="<x>"`, Serial: "65", SHA256: "ab"}
	for id, s := range map[string]*claimwatch.Signature{"R1": {DER: []byte{1}, Digests: make([]byte, 32), Signer: signer}, "R2": nil} {
		upload := claimwatch.Upload{ReceiptID: id, InstitutionID: "H1", ReceivedAt: today(), Chunks: 2, Signature: s}
		for upload.Chunk = range 2 {
			must(t, db.InsertReceiptParts(t.Context(), []claimwatch.ReceiptPart{{Upload: upload, Accepted: 1}}))
		}
	}
	same(t, "signed", receiptOf(t, db, "R1").SignedBy, &signer)
	same(t, "unsigned", receiptOf(t, db, "R2").SignedBy, (*claimwatch.Signer)(nil))
}

func TestReceiptsLeaveAfter400Days(t *testing.T) {
	db := open(t)
	const day = 86_400_000
	for id, age := range map[string]claimwatch.Instant{"kept": 399 * day, "gone": 402 * day} {
		upload := claimwatch.Upload{ReceiptID: id, InstitutionID: "H1", ReceivedAt: today() - age, Chunks: 1}
		must(t, db.InsertReceiptParts(t.Context(), []claimwatch.ReceiptPart{{Upload: upload, Accepted: 1}}))
	}
	must(t, db.Exec(t.Context(), "OPTIMIZE TABLE receipts FINAL"))
	for id, want := range map[string]bool{"kept": true, "gone": false} {
		_, ok, err := db.Receipt(t.Context(), id)
		must(t, err)
		same(t, id, ok, want)
	}
}

func TestQuarantine(t *testing.T) {
	db := open(t)
	var items []claimwatch.Quarantined
	for i := range 25 {
		item := quarantined(fmt.Sprintf("R%d", i%3), "", refusal(i, claimwatch.CodeRange))
		item.ReceivedAt += claimwatch.Instant(i / 2 * 1000)
		if i%5 == 0 {
			item.InstitutionID, item.Refusal.Code = "H2", claimwatch.CodeSyntax
		}
		items = append(items, item)
	}
	must(t, db.InsertQuarantined(t.Context(), items, nil))
	must(t, db.InsertQuarantined(t.Context(), items[3:9], nil))
	for name, test := range map[string]struct {
		query store.QuarantineQuery
		keep  func(claimwatch.Quarantined) bool
	}{
		"all":         {store.QuarantineQuery{}, func(claimwatch.Quarantined) bool { return true }},
		"institution": {store.QuarantineQuery{InstitutionID: "H2"}, func(q claimwatch.Quarantined) bool { return q.InstitutionID == "H2" }},
		"code":        {store.QuarantineQuery{Code: "range"}, func(q claimwatch.Quarantined) bool { return q.Refusal.Code == "range" }},
		"receipt":     {store.QuarantineQuery{ReceiptID: "R1"}, func(q claimwatch.Quarantined) bool { return q.ReceiptID == "R1" }},
		"id":          {store.QuarantineQuery{QuarantineID: "q_R1_4"}, func(q claimwatch.Quarantined) bool { return q.ID == "q_R1_4" }},
		"from":        {store.QuarantineQuery{From: ptr2(today() + 9000)}, func(q claimwatch.Quarantined) bool { return q.ReceivedAt >= today()+9000 }},
		"until":       {store.QuarantineQuery{Until: ptr2(today() + 9000)}, func(q claimwatch.Quarantined) bool { return q.ReceivedAt < today()+9000 }},
	} {
		t.Run(name, func(t *testing.T) {
			var all []claimwatch.Quarantined
			for test.query.Limit = 4; ; {
				page, next, err := db.Quarantine(t.Context(), test.query)
				must(t, err)
				all = append(all, page...)
				if test.query.Cursor = next; next == "" {
					break
				}
			}
			same(t, "newest first", slices.IsSortedFunc(all, func(a, b claimwatch.Quarantined) int { return int(b.ReceivedAt - a.ReceivedAt) }), true)
			slices.SortFunc(all, func(a, b claimwatch.Quarantined) int { return a.Refusal.Index - b.Refusal.Index })
			var want []claimwatch.Quarantined
			for _, item := range items {
				if test.keep(item) {
					want = append(want, item)
				}
			}
			same(t, "items", all, want)
		})
	}
}
