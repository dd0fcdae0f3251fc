// Package key is who may call: API keys of persons and institutions as a pure
// fold over the journal. A key is cw_ and 32 random bytes; only its SHA-256 is
// kept, and its id is the first 16 hex digits of that.
package key
