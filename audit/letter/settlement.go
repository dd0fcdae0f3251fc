package letter

import (
	"fmt"

	"claimwatch"
	"claimwatch/audit/paper"
)

// Sums are the parts of what was claimed: claimed = approved + rejected + on hold +
// not payable.
type Sums struct {
	Claimed, Approved, Rejected, OnHold, NotPayable claimwatch.Fen
}

func (s Sums) add(other Sums) Sums {
	return Sums{s.Claimed + other.Claimed, s.Approved + other.Approved, s.Rejected + other.Rejected, s.OnHold + other.OnHold, s.NotPayable + other.NotPayable}
}

func (s Sums) check(of string) error {
	if s.Claimed != s.Approved+s.Rejected+s.OnHold+s.NotPayable {
		return fmt.Errorf("%s: %w: %+v", of, ErrSums, s)
	}
	return nil
}

// Reading is what one reading of Art. 33 gives: of what the 10 % are taken.
type Reading struct {
	Name     string // 以审核通过费用为基数
	Retained claimwatch.Fen
	Payable  claimwatch.Fen
	Applies  bool
}

// Claim is the part of a stay.
type Claim struct {
	Stay, Person string
	Declared     *claimwatch.Fen // what the institution's own settlement list says; nil: none came
	Sums
}

// Adjustment corrects a month that is closed.
type Adjustment struct {
	Month  string // which it corrects, YYYY-MM
	Record string
	Reason string
	Sums   // differences
}

// Settlement is the 月度结算单 of an institution and month (Art. 33).
type Settlement struct {
	Head
	Month       string
	Closed      bool
	Total       Sums // claims and adjustments together
	Claims      []Claim
	Adjustments []Adjustment
	Readings    []Reading
	PayBy       claimwatch.Day
	List        string // number of the sealed rejected-fee list
	Under       Article
}

// check holds the sums together: each part, claims and adjustments against the total,
// both readings against what was approved.
func (s Settlement) check() error {
	var sum Sums
	for _, c := range s.Claims {
		if err := c.check("stay " + c.Stay); err != nil {
			return err
		}
		sum = sum.add(c.Sums)
	}
	for _, a := range s.Adjustments {
		if err := a.check("adjustment of " + a.Record); err != nil {
			return err
		}
		sum = sum.add(a.Sums)
	}
	if sum != s.Total {
		return fmt.Errorf("total %+v, parts %+v: %w", s.Total, sum, ErrSums)
	}
	for _, r := range s.Readings {
		if r.Retained+r.Payable != s.Total.Approved {
			return fmt.Errorf("reading %s: %w", r.Name, ErrSums)
		}
	}
	return nil
}

// Letter writes the statement. ErrSums: it does not add up.
func (s Settlement) Letter() (paper.Letter, error) {
	l := s.letter("工伤保险费用月度结算单")
	if err := s.check(); err != nil {
		return l, err
	}
	if !s.Closed {
		l.Note = "预览，未结账"
	}
	l.Body = []paper.Block{
		paper.Paragraph("依照" + s.Under.cite() + "，现将你单位" + paper.Month(s.Month) + "工伤保险费用结算如下。"),
		s.summary(), paper.Heading("一、预留与拨付"), s.readings(), s.payment(),
	}
	section := 1
	for _, part := range []struct {
		title string
		rows  int
		table func() paper.Table
	}{{"按就诊", len(s.Claims), s.claims}, {"对已结月份的调整", len(s.Adjustments), s.adjustments}} {
		if part.rows > 0 {
			section++
			l.Body = append(l.Body, paper.Heading(paper.Ordinal(section)+"、"+part.title), part.table())
		}
	}
	l.Body = append(l.Body, paper.Paragraph("申报＝审核通过＋拒付＋暂缓＋不予结算，逐笔相等。对已结月份的变动列入以后月份调整，不改动已结算的单据。"))
	if s.List != "" {
		l.Attachments = []string{"拒付费用清单" + s.List}
	}
	return l, nil
}

func (s Settlement) summary() paper.Pairs {
	return paper.Pairs{
		{Label: "申报", Value: money(s.Total.Claimed)},
		{Label: "审核通过", Value: money(s.Total.Approved)},
		{Label: "拒付", Value: money(s.Total.Rejected)},
		{Label: "暂缓", Value: money(s.Total.OnHold)},
		{Label: "不予结算", Value: money(s.Total.NotPayable)},
	}
}

func (s Settlement) readings() paper.Table {
	t := paper.Table{Columns: []paper.Column{{Title: "第三十三条的理解", Weight: 10}, {Title: "预留履约保证金（元）", Right: true}, {Title: "应拨付（元）", Right: true}, {Title: "本次适用", Weight: 3}}}
	for _, r := range s.Readings {
		applies := "否"
		if r.Applies {
			applies = "是"
		}
		t.Rows = append(t.Rows, []string{r.Name, paper.Yuan(r.Retained), paper.Yuan(r.Payable), applies})
	}
	return t
}

func (s Settlement) payment() paper.Block {
	for _, r := range s.Readings {
		if r.Applies {
			return paper.Paragraph("本月应拨付" + money(r.Payable) + "，预留履约保证金" + money(r.Retained) + "，于" + paper.Date(s.PayBy) + "前拨付。")
		}
	}
	return paper.Paragraph("适用何种理解尚未确定，暂不拨付。")
}

var sumColumns = []paper.Column{{Title: "申报", Right: true}, {Title: "通过", Right: true}, {Title: "拒付", Right: true}, {Title: "暂缓", Right: true}, {Title: "不予结算", Right: true}}

// texts writes the sums with a way of writing amounts, in the order of sumColumns.
func (s Sums) texts(write func(claimwatch.Fen) string) []string {
	return []string{write(s.Claimed), write(s.Approved), write(s.Rejected), write(s.OnHold), write(s.NotPayable)}
}

func (c Claim) declared(write func(claimwatch.Fen) string) string {
	if c.Declared == nil {
		return "未报"
	}
	return write(*c.Declared)
}

func (s Settlement) claims() paper.Table {
	t := paper.Table{Fine: true, Columns: append([]paper.Column{{Title: "就诊号", Weight: 6}, {Title: "人员", Weight: 5}, {Title: "结算清单", Right: true}}, sumColumns...)}
	var sum Sums
	for _, c := range s.Claims {
		t.Rows = append(t.Rows, append([]string{c.Stay, c.Person, c.declared(paper.Yuan)}, c.texts(paper.Yuan)...))
		sum = sum.add(c.Sums)
	}
	t.Total = append([]string{"合计", "", ""}, sum.texts(paper.Yuan)...)
	return t
}

func (s Settlement) adjustments() paper.Table {
	t := paper.Table{Fine: true, Columns: append([]paper.Column{{Title: "调整的月份", Weight: 4}, {Title: "记录号", Weight: 6}, {Title: "原因", Weight: 8}}, sumColumns...)}
	var sum Sums
	for _, a := range s.Adjustments {
		t.Rows = append(t.Rows, append([]string{a.Month, a.Record, a.Reason}, a.texts(paper.Yuan)...))
		sum = sum.add(a.Sums)
	}
	t.Total = append([]string{"合计", "", ""}, sum.texts(paper.Yuan)...)
	return t
}
