// Package rejection is the rejected-fee lists as a pure fold over the journal: per
// institution and local month of the line's service date. One yuan is rejected once:
// what rejected findings ask for of a line is attributed (rules.md 1.21), at most the
// line's net amount together. A sealed list never changes; what changes after it
// stands as an adjustment on the next one.
package rejection
