package journal

import (
	"slices"

	"claimwatch"
	"claimwatch/audit/proof"
)

// Mark is the head of the journal now, without origin and time: what a checkpoint
// is made of.
func (j *Journal) Mark() proof.Checkpoint {
	j.mu.RLock()
	defer j.mu.RUnlock()
	mark, err := j.state.mark(j.state.seq)
	if err != nil { // the tree has the size of the journal
		panic(err)
	}
	return mark
}

// MarkAt is the head as it was when the journal had size entries; not found when
// it has fewer.
func (j *Journal) MarkAt(size uint64) (proof.Checkpoint, error) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	if size > j.state.seq {
		return proof.Checkpoint{}, claimwatch.Refuse(claimwatch.CodeNotFound, "the journal has %d entries, not %d", j.state.seq, size)
	}
	return j.state.mark(size)
}

func (s *State) mark(size uint64) (proof.Checkpoint, error) {
	root, err := s.ledger.tree.Root(size)
	head := genesis
	if size > 0 {
		head = s.ledger.leaf(size).Entry
	}
	return proof.Checkpoint{Size: size, Root: root, Head: head}, err
}

// Mark is the head of a folded state, without origin and time.
func (s *State) Mark() proof.Checkpoint {
	mark, err := s.mark(s.seq)
	if err != nil { // the tree has the size of the journal
		panic(err)
	}
	return mark
}

// Inclusion proves that an entry is among the first size; not found when there
// are not so many.
func (j *Journal) Inclusion(seq, size uint64) (leaf proof.Hash, hashes []proof.Hash, err error) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	if seq < 1 || seq > size || size > j.state.seq {
		return leaf, nil, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no entry %d among the first %d of %d", seq, size, j.state.seq)
	}
	leaf, _ = j.state.ledger.tree.Leaf(seq)
	hashes, err = j.state.ledger.tree.Inclusion(seq, size)
	return leaf, hashes, err
}

// Consistency proves that the first size entries continue the first from.
func (j *Journal) Consistency(from, size uint64) ([]proof.Hash, error) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	if from < 1 || from > size || size > j.state.seq {
		return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "no proof leads from %d to %d of %d entries: from is at least 1 and at most size", from, size, j.state.seq)
	}
	return j.state.ledger.tree.Consistency(from, size)
}

// Leaves describes every entry of a folded state.
func (s *State) Leaves() []Leaf {
	list := make([]Leaf, s.seq)
	for i := range list {
		list[i] = s.ledger.leaf(uint64(i) + 1)
	}
	return list
}

// Leaves describes the entries after a number, up to a size that the journal has.
func (j *Journal) Leaves(after, size uint64) []Leaf {
	j.mu.RLock()
	defer j.mu.RUnlock()
	var list []Leaf
	for seq := after + 1; seq <= min(size, j.state.seq); seq++ {
		list = append(list, j.state.ledger.leaf(seq))
	}
	return list
}

// About lists the entries about a finding, in order.
func (j *Journal) About(findingID string) []uint64 {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return slices.Clone(j.state.ledger.about[findingID])
}

// Erased gives the entry that erased the data of an entry; 0 while none did.
func (j *Journal) Erased(seq uint64) uint64 {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.ledger.erased[seq]
}

// Outcome is the number and the hash of the entry that a command became; 0 for a
// command that was refused or is not known.
func (j *Journal) Outcome(commandID string) (seq uint64, hash string) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	answer := j.state.answers[commandID]
	return answer.Seq, answer.Hash
}

// Chain tells this journal from every other: the first 16 hex digits of the hash of
// its first entry. Empty while there is none.
func (j *Journal) Chain() string {
	first := j.Leaves(0, 1)
	if len(first) == 0 {
		return ""
	}
	return first[0].Entry[:16]
}
