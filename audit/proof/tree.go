package proof

import (
	"errors"
	"fmt"
	"math"

	"golang.org/x/mod/sumdb/tlog"
)

// Hash is a node of the tree, SHA-256. Its text is base64.
type Hash = tlog.Hash

// Leaf is the hash of an entry's body in the tree.
func Leaf(body []byte) Hash { return tlog.RecordHash(body) }

// ParseHash reads the base64 text of a hash, in the one spelling that String gives:
// base64 has others, and a copy could be changed without being another one.
func ParseHash(text string) (Hash, error) {
	hash, err := tlog.ParseHash(text)
	if err == nil && hash.String() != text {
		return Hash{}, errors.New("read hash: its last letter has bits that mean nothing")
	}
	return hash, err
}

// Tree is the Merkle tree over a growing list of records, numbered from 1 like
// entries. It keeps two hashes a record. The zero Tree is empty.
type Tree struct {
	size   int64
	stored stored
}

// stored are the complete subtrees in the order of tlog.StoredHashIndex.
type stored []Hash

// ReadHashes implements tlog.HashReader.
func (s stored) ReadHashes(indexes []int64) ([]Hash, error) {
	list := make([]Hash, len(indexes))
	for i, index := range indexes {
		if index < 0 || index >= int64(len(s)) {
			return nil, fmt.Errorf("read hash %d of %d", index, len(s))
		}
		list[i] = s[index]
	}
	return list, nil
}

// Append adds a record by its leaf, in O(log n).
func (t *Tree) Append(leaf Hash) {
	hashes, err := tlog.StoredHashesForRecordHash(t.size, leaf, t.stored)
	if err != nil { // the tree holds every subtree that it asks for
		panic(err)
	}
	t.stored = append(t.stored, hashes...)
	t.size++
}

// Size is the number of records.
func (t *Tree) Size() uint64 { return uint64(t.size) }

// Leaf gives the leaf of a record; false when there is none of the number.
func (t *Tree) Leaf(seq uint64) (Hash, bool) {
	if seq < 1 || seq > t.Size() {
		return Hash{}, false
	}
	return t.stored[tlog.StoredHashIndex(0, int64(seq)-1)], true
}

// Root is the root of the tree as it was when it had size records.
func (t *Tree) Root(size uint64) (Hash, error) {
	if size > t.Size() {
		return Hash{}, fmt.Errorf("root of %d records: there are %d", size, t.size)
	}
	return tlog.TreeHash(int64(size), t.stored)
}

// Inclusion proves that a record is under the root of the first size records.
func (t *Tree) Inclusion(seq, size uint64) ([]Hash, error) {
	if seq < 1 || seq > size || size > t.Size() {
		return nil, fmt.Errorf("prove record %d of %d: there are %d", seq, size, t.size)
	}
	hashes, err := tlog.ProveRecord(int64(size), int64(seq)-1, t.stored)
	return orEmpty(hashes), err
}

// Consistency proves that the tree of the first size records continues that of
// the first from; from is at least 1.
func (t *Tree) Consistency(from, size uint64) ([]Hash, error) {
	if from < 1 || from > size || size > t.Size() {
		return nil, fmt.Errorf("prove that %d records continue %d: there are %d", size, from, t.size)
	}
	hashes, err := tlog.ProveTree(int64(size), int64(from), t.stored)
	return orEmpty(hashes), err
}

func orEmpty(hashes []Hash) []Hash {
	if hashes == nil {
		return []Hash{}
	}
	return hashes
}

// CheckInclusion holds a proof of Inclusion against the root of a checkpoint.
func CheckInclusion(hashes []Hash, seq uint64, leaf Hash, c Checkpoint) error {
	if seq < 1 || seq > c.Size || c.Size > math.MaxInt64 {
		return fmt.Errorf("check record %d: the checkpoint covers %d", seq, c.Size)
	}
	return tlog.CheckRecord(hashes, int64(c.Size), c.Root, int64(seq)-1, leaf)
}

// CheckConsistency holds a proof of Consistency against two checkpoints.
func CheckConsistency(hashes []Hash, from, to Checkpoint) error {
	if from.Size < 1 || from.Size > to.Size || to.Size > math.MaxInt64 {
		return fmt.Errorf("check that %d records continue %d", to.Size, from.Size)
	}
	return tlog.CheckTree(hashes, int64(to.Size), to.Root, int64(from.Size), from.Root)
}
