// Package province is a simulated province: reference tables and streams of
// records as hospitals would upload them, for the demo, the benchmarks and the
// tests. One seed gives one province, byte for byte.
//
// It is clean by construction: its stays cause no finding of the first twelve
// rules. Into it are planted violations and near-violations of each rule;
// Plants names them with the subject of the finding that each must, or must
// not, cause. Hospitals are not tidy either: refunds, corrections, duplicates,
// conflicts, cancellations, orders, leaves and admissions handed in late are
// part of the stream, and none of them causes a finding that stays.
package province
