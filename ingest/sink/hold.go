package sink

import (
	"slices"

	"claimwatch"
)

// partition is how far the sink has come in a partition. It is a function of
// the log up to here, and of nothing else.
type partition struct {
	next  int64
	floor claimwatch.Instant // greatest reception time so far
	holds []hold             // atomic uploads whose last chunk has not come, in order of their first
}

// hold is an atomic upload of which some chunks are there.
type hold struct {
	upload claimwatch.Upload // of the chunk that came first
	first  int64             // its offset: reading must begin here again
	before claimwatch.Instant
	chunks []chunk
}

// chunk is a message of an upload.
type chunk struct {
	upload  claimwatch.Upload
	message claimwatch.Message
}

func (p *partition) clone() *partition {
	copied := *p
	copied.holds = slices.Clone(p.holds)
	return &copied
}

// progress is where reading would begin again, and the reception time there.
func (p *partition) progress() claimwatch.Progress {
	if len(p.holds) > 0 {
		return claimwatch.Progress{Next: p.holds[0].first, ReceivedAt: p.holds[0].before}
	}
	return claimwatch.Progress{Next: p.next, ReceivedAt: p.floor}
}

// abandon gives up the uploads that began more than AbandonAfter before at, and
// says how many.
func (p *partition) abandon(at claimwatch.Instant) int {
	before := len(p.holds)
	if before == 0 {
		return 0
	}
	p.holds = slices.DeleteFunc(p.holds, func(h hold) bool {
		return at > h.upload.ReceivedAt+claimwatch.Instant(AbandonAfter.Milliseconds())
	})
	return before - len(p.holds)
}

// outcomes of a chunk.
const (
	chunkHeld      = "held"
	chunkCopy      = "copy"      // the log holds it twice
	chunkComplete  = "complete"  // it was the last
	chunkAbandoned = "abandoned" // it was the last and others are missing
)

// hold keeps a chunk of an atomic upload. With the last one it gives all of
// them in order. before is the reception time before the chunk.
func (p *partition) hold(c chunk, before claimwatch.Instant) (outcome string, whole []chunk) {
	at := slices.IndexFunc(p.holds, func(h hold) bool {
		return h.upload.ReceiptID == c.upload.ReceiptID && h.upload.InstitutionID == c.upload.InstitutionID &&
			h.upload.Chunks == c.upload.Chunks
	})
	if at < 0 {
		at = len(p.holds)
		p.holds = append(p.holds, hold{upload: c.upload, first: c.message.Offset, before: before})
	}
	h := p.holds[at] // a copy: a batch that fails must leave what was
	if slices.ContainsFunc(h.chunks, func(o chunk) bool { return o.upload.Chunk == c.upload.Chunk }) {
		return chunkCopy, nil
	}
	h.chunks = append(slices.Clip(h.chunks), c)
	p.holds[at] = h
	if c.upload.Chunk != c.upload.Chunks-1 {
		return chunkHeld, nil
	}
	p.holds = slices.Delete(p.holds, at, at+1)
	if len(h.chunks) != h.upload.Chunks {
		return chunkAbandoned, nil
	}
	slices.SortFunc(h.chunks, func(a, b chunk) int { return a.upload.Chunk - b.upload.Chunk })
	return chunkComplete, h.chunks
}
