package letter

import (
	"fmt"

	"claimwatch"
	"claimwatch/audit/paper"
)

// Notice is the 告知书 of Shanxi Art. 32: what does not conform, why, and by when the
// institution may explain. One an institution and day.
type Notice struct {
	Head
	Under       Article // on which telling and term rest
	Findings    []Finding
	Due         claimwatch.Day // the last day on which a statement is in time
	Provisional bool           // the day lies beyond the published calendar
}

// Finding is what a rule found, as the institution reads it: its own lines only.
type Finding struct {
	ID       string
	Rule     string
	RuleName string
	Severity claimwatch.Severity
	Reason   string // in plain words
	Person   string
	Stay     string
	Lines    []Line
	Amount   claimwatch.Fen
	Articles []Article
}

// Line is a charged line of a finding.
type Line struct {
	Record   string
	Day      claimwatch.Day
	ItemCode string
	ItemName string
	Claimed  claimwatch.Fen // net of refunds
	Amount   claimwatch.Fen // at issue
}

// Letter writes the notice. ErrSums: the lines of a finding are not its amount.
func (n Notice) Letter() (paper.Letter, error) {
	l := n.letter("不符合规定费用告知书")
	var total claimwatch.Fen
	articles := []Article{n.Under}
	var told []paper.Block
	for i, f := range n.Findings {
		if err := f.check(); err != nil {
			return l, err
		}
		total += f.Amount
		articles = append(articles, f.Articles...)
		told = append(told, f.blocks(i+1)...)
	}
	due := "请你单位自本告知书送达次日起5个工作日内，即于" + paper.Date(n.Due) + "24时前，向本机构作出说明。"
	if n.Provisional {
		due += "该日超出已公布的工作日历，系暂定；日历公布后重新计算并另行告知。"
	}
	l.Body = append(l.Body,
		paper.Paragraph(fmt.Sprintf("经审核，你单位申报的工伤保险费用中有%d项问题，涉及金额%s。依照%s，现予告知并说明理由。各项问题可能涉及同一笔费用，同一笔费用至多拒付一次。", len(n.Findings), money(total), n.Under.cite())),
		paper.Paragraph(due), paper.Heading("一、告知事项"))
	l.Body = append(l.Body, told...)
	l.Body = append(l.Body, paper.Heading("二、如何说明"))
	l.Body = append(l.Body, numbered([]string{
		"通过工伤保险信息系统，按问题编号逐项提交书面说明；可附病历、医嘱、护理记录、检查报告等佐证材料。",
		"认为费用确属误记的，可在期限内冲正（退费）后说明。",
		"逾期不说明的，经办机构可以拒付有关费用；是否拒付，由经办人员审查后另行决定，不因逾期自动发生。",
		"对拒付决定不服的，可以提出申诉，由未参与原决定的人员处理。",
	})...)
	l.Body = append(l.Body, paper.Heading("三、有关条文"))
	l.Body = append(l.Body, quotes(articles...)...)
	l.Body = append(l.Body, paper.Flush("特此告知。"))
	return l, nil
}

func (f Finding) check() error {
	var sum claimwatch.Fen
	for _, line := range f.Lines {
		sum += line.Amount
	}
	if sum != f.Amount {
		return fmt.Errorf("finding %s of %s, lines of %s: %w", f.ID, f.Amount, sum, ErrSums)
	}
	return nil
}

func (f Finding) blocks(number int) []paper.Block {
	about := paper.Pairs{{Label: "问题编号", Value: f.ID}}
	if f.Person != "" {
		about = append(about, paper.Pair{Label: "人员及就诊", Value: f.Person + "　" + f.Stay})
	}
	about = append(about, paper.Pair{Label: "理由", Value: f.Reason}, paper.Pair{Label: "依据", Value: cites(f.Articles)}, paper.Pair{Label: "涉及金额", Value: paper.Yuan(f.Amount) + "元"})
	blocks := []paper.Block{paper.Together{paper.Heading(fmt.Sprintf("（%s）%s（%s，%s）", paper.Ordinal(number), f.RuleName, f.Rule, severity(f.Severity))), about}}
	if len(f.Lines) > 0 {
		blocks = append(blocks, lines(f.Lines))
	}
	return blocks
}

func severity(s claimwatch.Severity) string {
	switch s {
	case claimwatch.Violation:
		return "违规"
	case claimwatch.Suspicion:
		return "可疑"
	case claimwatch.Reminder:
		return "提醒"
	}
	return string(s)
}

func lines(list []Line) paper.Table {
	t := paper.Table{Columns: []paper.Column{
		{Title: "记录号", Weight: 7},
		{Title: "服务日期", Weight: 5},
		{Title: "项目", Weight: 12},
		{Title: "申报（元）", Right: true},
		{Title: "涉及（元）", Right: true},
	}}
	var claimed, amount claimwatch.Fen
	for _, line := range list {
		t.Rows = append(t.Rows, []string{line.Record, line.Day.String(), line.ItemCode + " " + line.ItemName, paper.Yuan(line.Claimed), paper.Yuan(line.Amount)})
		claimed, amount = claimed+line.Claimed, amount+line.Amount
	}
	t.Total = []string{"合计", "", "", paper.Yuan(claimed), paper.Yuan(amount)}
	return t
}
