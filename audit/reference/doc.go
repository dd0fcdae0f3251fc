// Package reference is the loading of reference tables: a file is read and
// checked as a whole against the columns of claimwatch.Tables, every fault is
// named with its line, and a file with a fault changes nothing. State is what
// the journal's fold keeps of the tables to tell changed rows from unchanged
// ones and to refuse rows that overlap: hashes and intervals, no rows.
package reference
