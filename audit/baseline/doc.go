// Package baseline computes how long stays usually last, for each diagnosis
// group and level of institution (rules.md, ADM-015). It reads no store: counts
// of lengths come in, rows of the table los_baselines go out.
package baseline
