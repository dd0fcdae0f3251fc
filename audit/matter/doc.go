// Package matter is the one engine for what people keep: clues, applications,
// agreements and their changes, requests, disputes, sanctions, assessments. A
// matter is an entry of a register with a course. Each kind is declared as data
// (kind_*.go): its fields, who may take which step from which state, who must
// second it, what deadline it sets and which reference rows follow from it. What
// is not declared is refused, with what is possible instead. The package is
// pure: the moment, the calendar and the agreements are given.
package matter
