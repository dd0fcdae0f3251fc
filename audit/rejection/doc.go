// Package rejection is the rejected-fee list as a pure fold over the journal:
// per institution and local month of the line's service date, every rejection
// in the order of the journal. One yuan is rejected once: a rejection takes from
// a line at most what earlier ones have left of its net amount.
package rejection
