// Package proof makes the journal provable to somebody who trusts neither the
// server nor its operator. Beside the frozen chain of hashes it keeps a Merkle
// tree over the entries (RFC 6962; a record is the body of an entry), and signs
// its head as a note of the transparency-log format. A note that stands elsewhere
// shows any later change of what it covers; short proofs show that one entry is
// under it, or that a later head continues it.
//
// It is pure: keys and randomness are handed in, nothing is read or written.
package proof
