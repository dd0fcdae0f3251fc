// Package handbook writes the handbook of the rules out of the library: one
// page a rule, in Chinese for those who charge and those who review, and in
// English. Everything on a page is data of the rule (texts, articles,
// parameters, what it reads, its first case that finds something); words.yaml
// and two templates hold what is the same on every page. docs/rules/ is kept
// current by a test, and `claimwatch rules show` prints the same.
package handbook
