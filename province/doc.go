// Package province is a simulated province: reference tables and streams of
// records as hospitals would upload them, for the demo, the benchmarks and the
// tests. One seed gives one province, byte for byte.
//
// It is clean by construction: the stays in its wards cause no finding of any
// rule of rules.md. Into it are planted violations and near-violations of each
// rule, in two ways: some stays of the wards are bent (twist), and persons of
// their own play scenes (scene), now and then at a hospital of their own. Plants
// names them with the subject of the finding that each must, or must not, cause.
// Hospitals are not tidy either: refunds, corrections, duplicates,
// cancellations, orders, leaves and admissions handed in late are part of the
// stream, and none of them causes a finding that stays.
//
// The moment of sending is part of the stream: what DAT-001, DAT-003 and DAT-004
// find depends on it. Plants of these rules hold where records are received when
// they are sent; with the clock of events they are none.
package province
