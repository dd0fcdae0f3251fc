package journal

import "encoding/json"

// TypeErase erases the data of an earlier entry. The chain does not change: it
// holds the hash of the data, and that it was erased, by whom and why.
const TypeErase Type = "erase" // Erasure; the reason is the command's

// Erasure is the payload of erase.
type Erasure struct {
	Seq uint64 `json:"seq"` // the entry whose data goes
}

// Erases is the number of the entry that a command erases the data of; 0 for any
// other command.
func (c *Command) Erases() uint64 {
	var p Erasure
	if c.Type != TypeErase || json.Unmarshal(c.Payload, &p) != nil {
		return 0
	}
	return p.Seq
}
