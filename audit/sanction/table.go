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
	Zh      string         `json:"says_zh"`
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
	feedCertain                  // rejected findings that are violations, not suspicions
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
		Zh:   "十二个月内拒付问题满3项的，建议约谈",
	},
	{
		Code: "S-02", Measure: "order_to_rectify", Least: 10, Amount: 10_000_00, feeds: feedFindings,
		Says: "an order to rectify from ten rejected findings of together 10,000 yuan on",
		Zh:   "十二个月内拒付问题满10项且合计满10,000元的，建议限期整改",
	},
	{
		Code: "S-03", Measure: "public_criticism", Least: 2, feeds: feedWarnings,
		Says: "public criticism when after each of two warnings the institution did again what was rejected, or did not follow the order",
		Zh:   "两次约谈、整改或者通报之后均又发生被拒付的问题，或者未按要求整改的，建议通报批评",
	},
	{
		Code: "S-04", Measure: "payment_withheld", Least: 1, feeds: feedInquiries,
		Says: "payments may be withheld while an inquiry runs (Art. 45)",
		Zh:   "调查期间可以暂停支付相关费用（第四十五条）",
	},
	{
		Code: "S-05", Measure: "agreement_suspended", Ground: "38.1", Least: 3, Amount: 10_000_00, feeds: feedGround,
		Steps: []StatedMonths{{Share: 500, Months: 3}, {Share: 1000, Months: 4}, {Share: 2000, Months: 5}, {Share: 3000, Months: 6}},
		Says:  "suspension when rejected findings that endanger the fund (three at least, 10,000 yuan) are 5 % of what was charged: 3 months, from 10 % on 4, from 20 % on 5, from 30 % on 6",
		Zh:    "危及基金安全的拒付问题满3项、合计满10,000元且占申报费用5%以上的，建议中止3个月；10%以上4个月，20%以上5个月，30%以上6个月",
	},
	{
		Code: "S-06", Measure: "agreement_suspended", Ground: "38.1", Least: 3, feeds: feedWarnings,
		Steps: []StatedMonths{{Count: 3, Months: 3}, {Count: 5, Months: 4}},
		Says:  "suspension when after each of three warnings the institution did again what was rejected, or did not follow the order: 3 months, from five on 4",
		Zh:    "三次约谈、整改或者通报之后均又发生被拒付的问题，或者未按要求整改的，建议中止3个月；五次以上4个月",
	},
	{
		Code: "S-07", Measure: "agreement_suspended", Ground: "38.2", Least: 1, feeds: feedRequests,
		Steps: []StatedMonths{{Count: 1, Months: 3}, {Count: 2, Months: 4}, {Count: 3, Months: 6}},
		Says:  "suspension when documents were refused: once 3 months, twice 4, more often 6",
		Zh:    "逾期未提供所调取材料一次的，建议中止3个月；两次4个月，三次以上6个月",
	},
	{
		Code: "S-08", Measure: "agreement_suspended", Ground: "38.2", Least: 20, feeds: feedData,
		Steps: []StatedMonths{{Count: 20, Months: 3}, {Count: 50, Months: 4}, {Count: 100, Months: 6}},
		Says:  "suspension when data were late, missing or changed (rules DAT) in twenty rejected findings: 3 months, from fifty on 4, from a hundred on 6",
		Zh:    "数据迟报、缺报或者事后更改（DAT规则）的拒付问题满20项的，建议中止3个月；50项以上4个月，100项以上6个月",
	},
	{
		Code: "S-09", Measure: "agreement_suspended", Ground: "38", Least: 1, feeds: feedClues,
		Steps: []StatedMonths{{Count: 1, Months: 3}, {Count: 2, Months: 4}, {Count: 4, Months: 6}},
		Says:  "suspension on the grounds of verified clues (Art. 18): one 3 months, from two on 4, from four on 6",
		Zh:    "经查实的线索（第十八条）构成第三十八条情形一件的，建议中止3个月；两件以上4个月，四件以上6个月",
	},
	{
		Code: "S-10", Measure: "agreement_suspended", Ground: "38.1", Least: 10, Amount: 10_000_00, feeds: feedCertain,
		Steps: []StatedMonths{{Share: 1000, Months: 3}, {Share: 2000, Months: 4}, {Share: 3000, Months: 5}},
		Says:  "suspension when rejected violations of whatever rule (ten at least, 10,000 yuan) are 10 % of what was charged: 3 months, from 20 % on 4, from 30 % on 5",
		Zh:    "确定违规的拒付问题（不论规则）满10项、合计满10,000元且占申报费用10%以上的，建议中止3个月；20%以上4个月，30%以上5个月",
	},
	{
		Code: suspendedTwice, Measure: "agreement_terminated", Ground: "39.1", Least: 2, feeds: feedSuspensions,
		Says: "termination when the agreement was suspended twice within its term",
		Zh:   "协议有效期内被中止两次以上的，建议解除",
	},
	{
		Code: "T-02", Measure: "agreement_terminated", Ground: "39.1", Least: 1, feeds: feedNotRectified,
		Says: "termination when what led to a suspension was not put right: not accepted on site, an order of that time not followed, or resumption not asked for within thirty days after its term",
		Zh:   "中止期间未整改或者整改不到位的，建议解除：现场验收未通过、未按整改要求执行，或者期满后30日内未申请恢复",
	},
	{
		Code: "T-03", Measure: "agreement_terminated", Ground: "39.3", Least: 1, feeds: feedFrauds,
		Says: "termination when the administration or justice has confirmed a fraud",
		Zh:   "经行政部门或者司法机关查实有欺诈骗保行为的，建议解除",
	},
	{
		Code: "T-04", Measure: "agreement_terminated", Ground: "39.6", Least: 1, feeds: feedChanges,
		Says: "termination when a major change was not told within thirty working days",
		Zh:   "被发现重大信息变更后30个工作日内未办理变更的，建议解除",
	},
	{
		Code: "T-05", Measure: "agreement_terminated", Ground: "39", Least: 1, feeds: feedClues,
		Says: "termination on the grounds of Art. 39 that verified clues name",
		Zh:   "经查实的线索构成第三十九条情形的，建议解除",
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

// suspendedTwice is the line of Art. 39 (1), first half.
const suspendedTwice = "T-01"

// ApplyWithin is how many days after the term of a suspension nobody has to think
// that an institution does not put right what it was suspended for: the law wants an
// application (Art. 45) and names no term for it.
const ApplyWithin = 30

// againstShare is the share below which what was rejected is little, in 1/10,000.
const againstShare = 100

// longer is how many months a suspension is longer after an earlier one within
// the term; six stay the most (Art. 45).
const (
	longer = 1
	most   = 6
)
