// Package full evaluates every rule over everything that is stored, as one does
// who has no touched persons: the peer of the evaluator. It uses the product's
// own rules and working tables, so that only the difference in what is
// evaluated is measured.
package full
