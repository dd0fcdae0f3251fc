// Package verify holds copies of the journal and evidence packs against their
// signed heads, offline: exports, saved answers, files of checkpoints, the log of a
// stopped process, packs. It names whatever was changed, is missing, stands in
// another place or was added, all of it at once, and trusts nothing but the key that
// it is given and the heads that stand elsewhere.
package verify
