// Package oracle is an independent reading of rules.md used by tests: section 1
// and the rules as plain Go over a whole set of records, slow and
// meant to be obviously right. It was written from the text alone, never from
// the queries of the library; tests hold the two against each other.
//
// It imports the standard library and the words of the domain only. Where a
// sentence of the text can be read in two ways the comment says which reading
// was taken.
package oracle
