// Package letter words the papers of the procedure: what an agency writes to an
// institution, to its superiors and to a court. Each is a struct of plain values
// with a method that makes the letter of it; it knows no journal, no store and no
// clock, so the same values give the same bytes. A paper whose sums do not add up
// is refused, never printed.
package letter
