package letter

import (
	"fmt"

	"claimwatch"
	"claimwatch/audit/paper"
)

// MonthBond is the bond that a month's settlement retained.
type MonthBond struct {
	Month string
	Bond  claimwatch.Fen
}

// YearEnd is the 年终清算单 (Art. 34): what of the bond is returned by the score of the
// annual assessment, and what falls to the fund.
type YearEnd struct {
	Head
	Year      int
	Score     string // as decided, a decimal
	Band      string // 80分（含）至90分
	Percent   int    // of the bond that is returned
	Months    []MonthBond
	Bond      claimwatch.Fen
	Returned  claimwatch.Fen
	Forfeited claimwatch.Fen
	Due       claimwatch.Day // 31 March of the next year
	Under     Article
}

// Letter writes the statement. ErrSums: it does not add up.
func (y YearEnd) Letter() (paper.Letter, error) {
	l := y.letter(fmt.Sprintf("%d年度工伤保险履约保证金年终清算单", y.Year))
	t := paper.Table{Columns: []paper.Column{{Title: "月份", Weight: 1}, {Title: "预留履约保证金（元）", Right: true}}}
	var sum claimwatch.Fen
	for _, m := range y.Months {
		t.Rows = append(t.Rows, []string{paper.Month(m.Month), paper.Yuan(m.Bond)})
		sum += m.Bond
	}
	t.Total = []string{"合计", paper.Yuan(sum)}
	if sum != y.Bond || y.Returned+y.Forfeited != y.Bond {
		return l, fmt.Errorf("bond %s, of months %s, returned %s, forfeited %s: %w", y.Bond, sum, y.Returned, y.Forfeited, ErrSums)
	}
	l.Body = []paper.Block{
		paper.Paragraph(fmt.Sprintf("依照%s，根据你单位%d年度考核结果，对履约保证金清算如下。", y.Under.cite(), y.Year)),
		paper.Pairs{
			{Label: "年度考核得分", Value: y.Score + "分（" + y.Band + "）"},
			{Label: "返还比例", Value: fmt.Sprintf("%d%%", y.Percent)},
			{Label: "履约保证金", Value: money(y.Bond)},
			{Label: "返还", Value: money(y.Returned)},
			{Label: "扣除并入基金", Value: money(y.Forfeited)},
			{Label: "清算期限", Value: paper.Date(y.Due)},
		},
		paper.Heading("各月预留"), t,
	}
	l.Body = append(l.Body, paper.Heading("有关条文"))
	l.Body = append(l.Body, quotes(y.Under)...)
	l.Body = append(l.Body, paper.Flush("对本清算有异议的，请向本机构提出。"))
	return l, nil
}
