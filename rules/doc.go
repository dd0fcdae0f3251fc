// Package rules is stage 2 of the flow: it watches what institutions charge.
//
//	touched -> slice -> library -> findings
//
// A rule is a folder of library/: rule.yaml (what it is, on which law it rests,
// its parameters, what it reads), query.sql (one query over plain tables of a
// slice) and cases/ (its proofs, run on the real engine). The Engine runs the
// whole library over a slice of a few persons and makes findings out of the
// rows; the Evaluator does so for whoever was touched, the Timer says who is
// due because time has passed, and EvaluateAll sweeps everybody.
//
// What rules.md defines once is worked out once: facts, nets, stays and gaps in
// the slice's own views, and subject, belonging, span, order of lines and legal
// basis here, out of the one shape that every query returns (see columns).
package rules
