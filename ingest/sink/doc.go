// Package sink moves accepted records from the log into the store: 1 insert,
// 2 publish who is touched, 3 commit. What becomes of a record (new, duplicate,
// conflict, identity changed) depends on the log before its position and on
// nothing else, so that repeats, batch borders and a second sink that wakes up
// late give the same rows, the same receipts and the same quarantine.
//
// Poison never stops the line: what cannot be read goes to quarantine with a
// code, and the sink goes on. A store that does not answer does stop it: the
// batch comes again until it does.
package sink
