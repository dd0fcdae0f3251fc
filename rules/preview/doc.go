// Package preview says what records would cause if they were accepted now: the
// same rules on the same slices, and nothing is stored. It tells an institution
// only what it may know: of whatever other institutions have to do with, the own
// part (design.md, decision 11).
package preview
