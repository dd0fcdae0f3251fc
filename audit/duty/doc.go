// Package duty adds up who did what: the report by which the separation of duties is
// looked after (Shanxi Art. 30). Its book is folded from the journal.
package duty
