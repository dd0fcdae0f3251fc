// Package adversary draws small worlds that are as awkward as the contract
// allows, for tests that hold two implementations of the rules against each
// other: times on and beside the boundaries of the rules, refunds of every odd
// kind, self-pay lines, leaves that overlap, transfers, revisions,
// cancellations, records that wait for their admission or lie ahead, items with
// rows of a city or without, tables that were never loaded.
//
// It is test support: it draws with rapid, so that a disagreement shrinks.
package adversary
