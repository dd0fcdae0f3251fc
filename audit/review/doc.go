// Package review is the procedure of Shanxi Art. 32 as a pure fold: what a
// person, a hospital or the system may do about a finding in the state in which
// it is, and what follows. Time, calendar and facts are given; nothing here
// reads a clock, a store or the log.
package review
