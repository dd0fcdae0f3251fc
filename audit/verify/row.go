package verify

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"claimwatch/audit/export"
	"claimwatch/audit/journal"
	"claimwatch/audit/proof"
)

// row is an entry as a copy of the journal has it, in digests: a journal is larger
// than memory.
type row struct {
	seq       uint64 // 0: the line cannot be read
	line      int
	at        int64
	sum       [32]byte // of the body as it stands
	leaf      proof.Hash
	listedSum *[32]byte   // as the copy says
	listed    *proof.Hash // as the copy says
	prev      [32]byte
	wrong     string // with the line by itself
	erases    uint64 // the entry that this one erases the data of
	erasedBy  uint64 // as the copy says
}

// readRow digests a body and holds what the copy says beside it against it.
func readRow(body []byte, seq uint64, sha256Text, leafText string) row {
	r := row{seq: seq, sum: sha256.Sum256(body), leaf: proof.Leaf(body)}
	if sum, ok := export.Hash(sha256Text); ok {
		r.listedSum = &sum
	} else {
		r.wrong = "its sha256 is no hash"
	}
	if leafText != "" {
		if leaf, err := proof.ParseHash(leafText); err == nil {
			r.listed = &leaf
		} else {
			r.wrong = "its leaf is no hash"
		}
	}
	entry, c, err := journal.ParseEntry(body)
	if err != nil {
		r.wrong = err.Error()
		return r
	}
	prev, ok := export.Hash(entry.Prev)
	if !ok {
		r.wrong = "the hash of the entry before is no hash"
	}
	r.prev, r.erases = prev, c.Erases()
	if entry.Seq != seq {
		r.wrong = fmt.Sprintf("the line says entry %d, the entry itself %d", seq, entry.Seq)
		if r.listedSum != nil && *r.listedSum == r.sum {
			r.seq = entry.Seq
		}
	}
	return r
}

func hexSum(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
