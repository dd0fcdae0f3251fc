package journal

import "claimwatch"

// Reader puts the commands of a topic together without folding them: for copies of
// the journal, whose fold is known. The zero Reader begins at the first message.
type Reader struct {
	parts assembler
	seen  map[string]bool
}

// Read takes one message. It gives a command with its canonical bytes when the
// message completes one for the first time, as the fold does, else nil. A message
// that is no command has no effect.
func (r *Reader) Read(m claimwatch.Message) (*Command, []byte) {
	if r.seen == nil {
		r.seen = map[string]bool{}
		r.parts.known = func(id string) bool { return r.seen[id] }
	}
	c, canonical, err := r.parts.take(m)
	if err != nil || c == nil || r.seen[c.ID] {
		return nil, nil
	}
	r.seen[c.ID] = true
	return c, canonical
}
