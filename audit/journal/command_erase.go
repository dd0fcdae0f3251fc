package journal

// TypeErase erases the data of an earlier entry. The chain does not change: it
// holds the hash of the data, and that it was erased, by whom and why.
const TypeErase Type = "erase" // Erasure; the reason is the command's

// Erasure is the payload of erase.
type Erasure struct {
	Seq uint64 `json:"seq"` // the entry whose data goes
}
