// Package claimwatch holds the words of the domain: what hospitals upload
// (Record, Kind, Field), what rules find (Finding), what people decide
// (Review), and the quantities they are made of (Fen, Day, Instant).
//
// It imports the standard library and shopspring/decimal only. Every other
// package of the module speaks these words; the stages (ingest, rules, audit,
// alerts) import nothing else of the module, and cmd/claimwatch wires them.
package claimwatch
