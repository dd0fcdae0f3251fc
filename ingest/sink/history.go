package sink

import "claimwatch"

// history is what is known of the identities of a batch: what the store told
// and what the batch itself has accepted so far.
type history struct {
	heads   map[identityKey]int32
	entries []entry
	scratch []claimwatch.Known
}

type entry struct {
	known claimwatch.Known
	key   identityKey
	next  int32 // the entry of the same identity before it, -1 for none
}

func newHistory() *history { return &history{heads: make(map[identityKey]int32)} }

func (h *history) reset() {
	clear(h.heads)
	clear(h.entries)
	h.entries = h.entries[:0]
}

func (h *history) add(key identityKey, known claimwatch.Known) {
	next := int32(-1)
	if head, ok := h.heads[key]; ok {
		next = head
	}
	h.heads[key] = int32(len(h.entries))
	h.entries = append(h.entries, entry{known: known, key: key, next: next})
}

// of gives what is known of an identity. The slice is good until the next call.
func (h *history) of(key identityKey) []claimwatch.Known {
	head, ok := h.heads[key]
	if !ok {
		return nil
	}
	h.scratch = h.scratch[:0]
	for i := head; i >= 0; i = h.entries[i].next {
		h.scratch = append(h.scratch, h.entries[i].known)
	}
	return h.scratch
}

// mark and rewind take back what was added since the mark.
func (h *history) mark() int { return len(h.entries) }

func (h *history) rewind(mark int) {
	for i := len(h.entries) - 1; i >= mark; i-- {
		if e := &h.entries[i]; e.next >= 0 {
			h.heads[e.key] = e.next
		} else {
			delete(h.heads, e.key)
		}
	}
	clear(h.entries[mark:])
	h.entries = h.entries[:mark]
}
