package journal

import (
	"crypto/sha256"
	"encoding/hex"

	"claimwatch/audit/proof"
)

// ledger is what proofs and copies of the journal need to know of its entries,
// beside what they did. The zero ledger is that of an empty journal.
type ledger struct {
	tree   proof.Tree
	links  []link              // of the entries, in order
	about  map[string][]uint64 // finding to the entries about it
	data   map[uint64]datum    // entries that carry data
	erased map[uint64]uint64   // entry to the entry that erased its data
}

// link tells an entry in little room: the hash of its body, and the beginning of
// that of its command, to find it again in the log.
type link struct {
	entry   [sha256.Size]byte
	command [8]byte
}

// datum is the data of an entry, without its bytes.
type datum struct {
	Type                             Type
	FindingID, InstitutionID, SHA256 string
}

// Leaf is an entry as it is listed beside the checkpoints of a data directory:
// enough to name the very entry that was changed, dropped or inserted.
type Leaf struct {
	Seq     uint64
	Leaf    proof.Hash
	Entry   string // SHA-256 of its body, hex
	Command string // the first 16 hex digits of that of its command
}

func (l *ledger) add(entry Entry, c Command, canonical []byte, about []string) {
	l.tree.Append(proof.Leaf(entry.Body))
	sum := sha256.Sum256(canonical)
	l.links = append(l.links, link{sha256.Sum256(entry.Body), [8]byte(sum[:8])})
	if l.about == nil {
		l.about, l.data, l.erased = map[string][]uint64{}, map[uint64]datum{}, map[uint64]uint64{}
	}
	for _, finding := range append([]string{c.FindingID}, about...) {
		if seqs := l.about[finding]; finding != "" && (len(seqs) == 0 || seqs[len(seqs)-1] != entry.Seq) {
			l.about[finding] = append(seqs, entry.Seq)
		}
	}
	if c.DataSHA256 != "" {
		l.data[entry.Seq] = datum{c.Type, c.FindingID, c.Actor.InstitutionID, c.DataSHA256}
	}
}

// leaf describes an entry from 1 to the number of entries.
func (l *ledger) leaf(seq uint64) Leaf {
	hash, _ := l.tree.Leaf(seq)
	link := l.links[seq-1]
	return Leaf{Seq: seq, Leaf: hash, Entry: hex.EncodeToString(link.entry[:]), Command: hex.EncodeToString(link.command[:])}
}

// CommandMark is the mark by which Leaf finds a command in the log.
func CommandMark(canonical []byte) string { return hexSum(canonical)[:16] }
