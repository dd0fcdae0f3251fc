package journal

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
)

// genesis stands before the first entry.
var genesis = strings.Repeat("0", 64)

// Entry is an accepted command in the chain. Body is what is hashed: its number,
// the hash of the entry before, and the command as it stands in the log.
type Entry struct {
	Seq  uint64 // from 1, without gaps
	Prev string // 64 hex digits
	Hash string // SHA-256 of Body
	Body []byte // {"seq":…,"prev":"…","command":{…}}
}

type entryBody struct {
	Seq     uint64          `json:"seq"`
	Prev    string          `json:"prev"`
	Command json.RawMessage `json:"command"`
}

// NewEntry chains a command in its canonical bytes to the entry before, whose hash
// is prev ("" for the beginning of the journal).
func NewEntry(seq uint64, prev string, canonical []byte) (Entry, error) {
	return newEntry(seq, cmp.Or(prev, genesis), canonical)
}

func newEntry(seq uint64, prev string, command []byte) (Entry, error) {
	body, err := marshal(entryBody{Seq: seq, Prev: prev, Command: command})
	if err != nil {
		return Entry{}, fmt.Errorf("write entry %d: %w", seq, err)
	}
	return Entry{Seq: seq, Prev: prev, Hash: hexSum(body), Body: body}, nil
}

// ParseEntry reads the body of an entry and computes its hash anew.
func ParseEntry(body []byte) (Entry, Command, error) {
	var read entryBody
	if err := json.Unmarshal(body, &read); err != nil {
		return Entry{}, Command{}, fmt.Errorf("read entry: %w", err)
	}
	var c Command
	if err := json.Unmarshal(read.Command, &c); err != nil {
		return Entry{}, Command{}, fmt.Errorf("read command of entry %d: %w", read.Seq, err)
	}
	return Entry{Seq: read.Seq, Prev: read.Prev, Hash: hexSum(body), Body: body}, c, nil
}

// VerifyChain holds entries against each other: each has the number after the
// one before and its hash. prev is the hash before the first ("" for the
// beginning of the journal).
func VerifyChain(prev string, entries []Entry) error {
	if prev == "" {
		prev = genesis
	}
	for i, entry := range entries {
		read, _, err := ParseEntry(entry.Body)
		if err != nil {
			return err
		}
		switch {
		case i > 0 && read.Seq != entries[i-1].Seq+1, i == 0 && prev == genesis && read.Seq != 1, read.Seq != entry.Seq:
			return fmt.Errorf("verify chain: entry %d stands where another belongs", read.Seq)
		case read.Prev != prev:
			return fmt.Errorf("verify chain: entry %d does not follow the one before", read.Seq)
		case read.Hash != entry.Hash:
			return fmt.Errorf("verify chain: entry %d was changed", read.Seq)
		}
		prev = read.Hash
	}
	return nil
}
