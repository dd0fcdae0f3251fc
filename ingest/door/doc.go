// Package door is where hospital systems hand their records in: POST
// /v1/records, the receipts and the quarantine.
//
// A receipt is given once all replicas of the log have every accepted record,
// and not before: a body that ends early leaves nothing, and a log that does
// not answer is told as unavailable, which means unknown. What a sender may
// cost is bounded whatever it sends, and institutions are served in turn.
package door
