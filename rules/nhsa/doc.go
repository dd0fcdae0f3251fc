// Package nhsa reads the spreadsheets of the national administration's two
// libraries (rules and knowledge of smart supervision) and says which rows of
// the reference tables they come to. It knows no store and no server: files and
// the rows that stand are handed in, rows to load and a report come out.
// docs/adr/0011-national-knowledge.md says how the sheets are read.
package nhsa
