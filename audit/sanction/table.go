package sanction

import (
	"claimwatch"
)

// StatedRule is one stated rule: what must be there, and what is recommended then. The
// numbers of the table are the agency's own; the law names 3 to 6 months and the
// grounds, nothing else. Every dossier shows the lines that it rests on.
type StatedRule struct {
	Code    string         `json:"code"`
	Measure string         `json:"measure"`
	Ground  string         `json:"ground,omitempty"` // that it rests on; empty: those of its entries
	Least   int            `json:"least,omitempty"`  // so many at least
	Amount  claimwatch.Fen `json:"amount"`           // and so much together at least
	Steps   []StatedMonths `json:"steps,omitempty"`  // months by what was reached; the last that holds counts
	Says    string         `json:"says"`
	feeds   feed
}

// StatedMonths is a length: from a share (in 1/10,000 of what was charged) or a number on.
type StatedMonths struct {
	Share  int64 `json:"share,omitempty"`
	Count  int   `json:"count,omitempty"`
	Months int   `json:"months"`
}

// feed is where the facts of a line come from.
type feed uint8

const (
	feedFindings feed = iota + 1 // every rejected finding
	feedGround                   // rejected findings with the line's ground
	feedData                     // rejected findings of the rules DAT
	feedWarnings                 // rejected findings after warnings
	feedRequests
	feedClues
	feedInquiries
	feedSuspensions
	feedNotRectified
	feedFrauds
	feedChanges
)

// table is every stated rule, mildest measure first. Grounds that are not in it
// (38.3, 38.4, 39.2, 39.5, 39.7 to 39.14 and the settling of fees for others,
// 39.4) come from verified clues that name them, or by hand.
var table = []StatedRule{
	{
		Code: "S-01", Measure: "interview", Least: 3, feeds: feedFindings,
		Says: "an interview from three rejected findings in twelve months on",
	},
	{
		Code: "S-02", Measure: "order_to_rectify", Least: 10, Amount: 10_000_00, feeds: feedFindings,
		Says: "an order to rectify from ten rejected findings of together 10,000 yuan on",
	},
	{
		Code: "S-03", Measure: "public_criticism", Least: 2, feeds: feedWarnings,
		Says: "public criticism when findings were rejected after each of two warnings",
	},
	{
		Code: "S-04", Measure: "payment_withheld", Least: 1, feeds: feedInquiries,
		Says: "payments may be withheld while an inquiry runs (Art. 45)",
	},
	{
		Code: "S-05", Measure: "agreement_suspended", Ground: "38.1", Least: 3, Amount: 10_000_00, feeds: feedGround,
		Steps: []StatedMonths{{Share: 500, Months: 3}, {Share: 1000, Months: 4}, {Share: 2000, Months: 5}, {Share: 3000, Months: 6}},
		Says:  "suspension when rejected findings that endanger the fund (three at least, 10,000 yuan) are 5 % of what was charged: 3 months, from 10 % on 4, from 20 % on 5, from 30 % on 6",
	},
	{
		Code: "S-06", Measure: "agreement_suspended", Ground: "38.1", Least: 3, feeds: feedWarnings,
		Steps: []StatedMonths{{Count: 3, Months: 3}, {Count: 5, Months: 4}},
		Says:  "suspension when findings were rejected after each of three warnings: 3 months, from five on 4",
	},
	{
		Code: "S-07", Measure: "agreement_suspended", Ground: "38.2", Least: 1, feeds: feedRequests,
		Steps: []StatedMonths{{Count: 1, Months: 3}, {Count: 2, Months: 4}, {Count: 3, Months: 6}},
		Says:  "suspension when documents were refused: once 3 months, twice 4, more often 6",
	},
	{
		Code: "S-08", Measure: "agreement_suspended", Ground: "38.2", Least: 20, feeds: feedData,
		Steps: []StatedMonths{{Count: 20, Months: 3}, {Count: 50, Months: 4}, {Count: 100, Months: 6}},
		Says:  "suspension when data were late, missing or changed (rules DAT) in twenty rejected findings: 3 months, from fifty on 4, from a hundred on 6",
	},
	{
		Code: "S-09", Measure: "agreement_suspended", Ground: "38", Least: 1, feeds: feedClues,
		Steps: []StatedMonths{{Count: 1, Months: 3}, {Count: 2, Months: 4}, {Count: 4, Months: 6}},
		Says:  "suspension on the grounds of verified clues (Art. 18): one 3 months, from two on 4, from four on 6",
	},
	{
		Code: "T-01", Measure: "agreement_terminated", Ground: "39.1", Least: 2, feeds: feedSuspensions,
		Says: "termination when the agreement was suspended twice within its term",
	},
	{
		Code: "T-02", Measure: "agreement_terminated", Ground: "39.1", Least: 1, feeds: feedNotRectified,
		Says: "termination when what led to a suspension was not put right",
	},
	{
		Code: "T-03", Measure: "agreement_terminated", Ground: "39.3", Least: 1, feeds: feedFrauds,
		Says: "termination when the administration or justice has confirmed a fraud",
	},
	{
		Code: "T-04", Measure: "agreement_terminated", Ground: "39.6", Least: 1, feeds: feedChanges,
		Says: "termination when a major change was not told within thirty working days",
	},
	{
		Code: "T-05", Measure: "agreement_terminated", Ground: "39", Least: 1, feeds: feedClues,
		Says: "termination on the grounds of Art. 39 that verified clues name",
	},
}

// Table lists every stated rule.
func Table() []StatedRule { return table }

// Fed says of each ground of Art. 38 and 39 where it comes from: data, register
// or hand.
func Fed(ground string) string {
	switch ground {
	case "38.1", "38.2", "39.1":
		return "data"
	case "39.3", "39.4", "39.6", "39.9":
		return "register"
	default:
		return "hand"
	}
}

// againstShare is the share below which what was rejected is little, in 1/10,000.
const againstShare = 100

// longer is how many months a suspension is longer after an earlier one within
// the term; six stay the most (Art. 45).
const (
	longer = 1
	most   = 6
)
