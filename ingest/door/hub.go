package door

import (
	"cmp"
	"slices"
	"sync"

	"claimwatch"
)

const (
	// hubReceipts and hubRefusals bound what the hub remembers: receipts under
	// way and those that were settled last.
	hubReceipts = 20_000
	hubRefusals = 200_000
)

// Hub brings the sink's verdicts to the uploads that wait for them in the same
// process. It remembers the last receipts, so that a question for one is not
// answered with less than its sender has seen already.
type Hub struct {
	mu       sync.Mutex
	entries  map[string]*entry
	order    []string // in order of Open
	refusals int
}

type entry struct {
	receipt claimwatch.Receipt
	left    int    // messages that the sink has not settled
	seen    []bool // by chunk: the log may hold a message twice, the first counts
	parts   []claimwatch.ReceiptPart
	done    chan struct{} // closed when settled; receipt does not change afterwards
}

// NewHub makes an empty hub.
func NewHub() *Hub { return &Hub{entries: make(map[string]*entry)} }

// Open begins to collect the parts of an upload of so many messages; with none
// it is settled at once.
func (h *Hub) Open(receipt claimwatch.Receipt, chunks int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	e := &entry{receipt: receipt, left: chunks, seen: make([]bool, chunks), done: make(chan struct{})}
	h.entries[receipt.ReceiptID] = e
	h.order = append(h.order, receipt.ReceiptID)
	h.refusals += len(receipt.Refused)
	if chunks == 0 {
		h.settle(e)
	}
	for len(h.order) > 1 && (len(h.entries) > hubReceipts || h.refusals > hubRefusals) {
		h.forget(h.order[0])
		h.order = h.order[1:]
	}
}

// Drop forgets an upload that was not acknowledged.
func (h *Hub) Drop(receiptID string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.forget(receiptID)
	if at := slices.Index(h.order, receiptID); at >= 0 {
		h.order = slices.Delete(h.order, at, at+1)
	}
}

func (h *Hub) forget(receiptID string) {
	if e := h.entries[receiptID]; e != nil {
		h.refusals -= len(e.receipt.Refused)
		delete(h.entries, receiptID)
	}
}

// Settled takes in how the sink settled a message.
func (h *Hub) Settled(part claimwatch.ReceiptPart) {
	h.mu.Lock()
	defer h.mu.Unlock()
	e := h.entries[part.Upload.ReceiptID]
	if e == nil || e.receipt.InstitutionID != part.Upload.InstitutionID || part.Upload.Chunk >= len(e.seen) ||
		e.seen[part.Upload.Chunk] {
		return
	}
	e.seen[part.Upload.Chunk] = true
	e.parts = append(e.parts, part)
	if e.left--; e.left == 0 {
		h.settle(e)
	}
}

// settle adds up the parts.
func (h *Hub) settle(e *entry) {
	e.receipt.Settled = true
	e.receipt.Accepted = 0
	door := len(e.receipt.Refused)
	refused := slices.Clone(e.receipt.Refused)
	for _, part := range e.parts {
		e.receipt.Accepted += part.Accepted
		e.receipt.Duplicate += part.Duplicate
		refused = append(refused, part.Refused...)
	}
	slices.SortStableFunc(refused, func(a, b claimwatch.Refusal) int { return cmp.Compare(a.Index, b.Index) })
	if refused == nil {
		refused = []claimwatch.Refusal{}
	}
	e.receipt.Refused = refused
	h.refusals += len(refused) - door
	e.parts = nil
	close(e.done)
}

// Find gives a receipt as far as it is known here, and a channel that closes
// when it is settled.
func (h *Hub) Find(receiptID string) (receipt claimwatch.Receipt, settled <-chan struct{}, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	e := h.entries[receiptID]
	if e == nil {
		return claimwatch.Receipt{}, nil, false
	}
	return e.receipt, e.done, true
}
