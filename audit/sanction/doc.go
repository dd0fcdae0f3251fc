// Package sanction works out which measures of Shanxi Art. 43 the data of an
// institution would support: by stated rules (table.go), each with what speaks
// against it. The program recommends, people decide. It is pure: the facts are
// handed in.
package sanction
