// Package slice works out, from the records of a few persons, what the rules ask
// about: stays, net fee lines, orders with the time they are active, and pairs
// of stays that look like one. It is the one place where section 1 of rules.md
// is applied to records; rules see the tables that come out of it. It knows
// nothing of ClickHouse, keeps nothing, and gives the same for any order of rows.
//
// Instants are claimwatch.Instant, days local days of Asia/Shanghai, money fen,
// quantities and shares 1/10,000, unit prices 1/1,000,000 yuan.
package slice
