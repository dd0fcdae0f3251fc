// Package audit is where findings become decisions and lists: what officers and
// hospitals do over HTTP, and what the product does by itself when facts change
// under a notified finding.
//
// Its parts are pure folds, each in a folder: review (the procedure of Art. 32),
// rejection (the rejected-fee list), reference (tables), key (who may call).
// journal is the order in which everything happened; this package asks it and
// the store, and changes nothing but through it.
package audit
