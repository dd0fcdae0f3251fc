// Package inspection draws institutions and inspectors at random so that anyone
// can verify the draw afterwards (double-random inspection, Shanxi Art. 42): the
// list is fixed and its hash published before the seed can be known; the seed
// comes out of a public draw that was named in advance; the rest is arithmetic.
// It is pure.
package inspection
