// Package adversary draws small worlds that are as awkward as the contract
// allows, for tests that hold two implementations of the rules against each
// other: times on and beside the boundaries of the rules, refunds of every odd
// kind, self-pay lines, leaves that overlap, transfers, revisions,
// cancellations, late receptions, records that wait for their admission or lie
// ahead, items with rows of a city or without, tables that were never loaded.
//
// A world is a few stays, a few scenes and some noise. A scene stages what one
// or a few rules look for, on and beside their boundaries; what it needs of the
// reference tables it wishes for.
//
// It is test support: it draws with rapid, so that a disagreement shrinks.
package adversary
