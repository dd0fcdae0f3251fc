// Command bench measures each claim of speed beside its peer in one run and
// writes the figures, with the command that made them, into docs/benchmarks.md.
// Absolute times depend on the machine; the ratios are what a change is held
// against. The naive sink that the whole path is compared with is in
// bench/naive, what both use to evaluate full tables in bench/full.
package main
