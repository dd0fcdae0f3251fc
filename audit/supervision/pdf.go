package supervision

import (
	"fmt"

	"claimwatch"
	"claimwatch/audit/paper"
)

// mostBars is how many rules and institutions a chart shows.
const mostBars = 10

// PDF draws the report. sha256 is the hash of the JSON whose figures it shows, printed
// at the foot; the same report gives the same bytes.
func (r *Report) PDF(sha256 string) ([]byte, error) {
	l := paper.Letter{From: r.agency(), Title: r.title(), Note: r.note(), Day: r.day(), SHA256: sha256}
	l.Body = append(l.Body, r.summary()...)
	l.Body = append(l.Body, paper.Heading("二、本月与上月"), r.changeTable(), r.trendChart())
	l.Body = append(l.Body, r.coverageBlocks()...)
	l.Body = append(l.Body, paper.Heading("四、按规则"), r.ruleChart(), r.ruleTable(), paper.Heading("五、按机构"), r.houseChart(), r.houseTable())
	l.Body = append(l.Body, r.lateBlocks()...)
	return l.PDF()
}

func (r *Report) summary() []paper.Block {
	w, f, d, m := r.Watched, r.Found, r.Decided, r.Recovered
	silent := "无"
	if len(w.Silent) > 0 {
		silent = ""
		for i, s := range w.Silent {
			if i > 0 {
				silent += "、"
			}
			silent += (&House{InstitutionID: s.InstitutionID, Name: s.Name}).called()
		}
	}
	median := "—"
	if d.MedianDays != nil {
		median = d.MedianDays.String() + "天"
	}
	severities := ""
	for i, s := range f.Severities {
		if i > 0 {
			severities += "，"
		}
		severities += fmt.Sprintf("%s%d件", severityNames[s.Severity], s.Findings)
	}
	return []paper.Block{
		paper.Heading("一、概况"),
		paper.Pairs{
			{Label: "监管范围", Value: fmt.Sprintf("机构%d家，其中协议有效%d家，本月有数据上传%d家；住院%d人次，记录%d条，发生费用%s元", w.Institutions, w.WithAgreement, w.Reporting, w.Stays, w.Records, paper.Yuan(w.Charged))},
			{Label: "数据时效", Value: fmt.Sprintf("入院和费用记录%d条，其中迟报%d条（%s）", w.Timed, w.LateRecords, share(int64(w.LateRecords), int64(w.Timed)))},
			{Label: "静默机构", Value: silent},
			{Label: "发现疑点", Value: fmt.Sprintf("%d件，涉及金额%s元（未扣除重复）；%s", f.Findings, paper.Yuan(f.AtIssue), severities)},
			{Label: "处理决定", Value: fmt.Sprintf("拒付%d件，放行%d件，机构说明%d件，申诉改判%d件；自告知至决定的中位数%s", d.Confirmed, d.Dismissed, d.Explained, d.Overturned, median)},
			{Label: "追回情况", Value: fmt.Sprintf("列入本月拒付清单%s元；已结算%d家，扣除拒付%s元（其中调账%s元），核定%s元", paper.Yuan(m.Rejected), m.Settled, paper.Yuan(m.Deducted), paper.Yuan(m.Adjustments), paper.Yuan(m.Approved))},
		},
	}
}

func (r *Report) changeTable() paper.Table {
	t := paper.Table{Columns: []paper.Column{{Title: "指标", Weight: 4}, {Title: "本月", Right: true}, {Title: "上月", Right: true}, {Title: "增减", Right: true}}}
	for _, c := range r.Changes {
		t.Rows = append(t.Rows, []string{named(changeNames, c.Name), c.Now, c.Before, c.difference()})
	}
	return t
}

// difference is now less before, with its sign.
func (c Change) difference() string {
	var now, before claimwatch.Fen
	if now.UnmarshalText([]byte(c.Now)) != nil || before.UnmarshalText([]byte(c.Before)) != nil {
		return ""
	}
	text := (now - before).String()
	if !c.money() {
		text = text[:len(text)-len(".00")]
	}
	if now > before {
		text = "+" + text
	}
	return text
}

// money says that the figure has decimals: whole numbers have none.
func (c Change) money() bool { return len(c.Now) > 3 && c.Now[len(c.Now)-3] == '.' }

func (r *Report) trendChart() paper.Chart {
	c := paper.Chart{Title: "图1　近十二个月疑点金额与拒付金额", Unit: "元", Scale: 100}
	issue, rejected := paper.ChartSeries{Name: "疑点金额"}, paper.ChartSeries{Name: "拒付金额"}
	for _, t := range r.Trend {
		c.Labels = append(c.Labels, t.Month.String())
		issue.Values, rejected.Values = append(issue.Values, int64(t.AtIssue)), append(rejected.Values, int64(t.Rejected))
	}
	c.Bars, c.Line = []paper.ChartSeries{issue}, &rejected
	return c
}

func (r *Report) coverageBlocks() []paper.Block {
	c := r.Coverage
	all := c.Hit + c.Pass + c.NotEvaluated
	t := paper.Table{Columns: []paper.Column{{Title: "未评估原因", Weight: 6}, {Title: "规则×就诊", Right: true}, {Title: "占比", Right: true}}}
	for _, why := range c.Reasons {
		t.Rows = append(t.Rows, []string{why.Reason, fmt.Sprint(why.Pairs), share(why.Pairs, all)})
	}
	blocks := []paper.Block{
		paper.Heading("三、规则覆盖"),
		paper.Paragraph(fmt.Sprintf("截至数据时点，%d条规则对就诊共作出%d次评估：命中%d次（%s），通过%d次（%s），未评估%d次（%s）。未评估不等于通过。",
			c.Rules, all, c.Hit, share(c.Hit, all), c.Pass, share(c.Pass, all), c.NotEvaluated, share(c.NotEvaluated, all))),
	}
	if len(t.Rows) > 0 {
		blocks = append(blocks, t)
	}
	return blocks
}

func (r *Report) ruleChart() paper.Chart {
	c := paper.Chart{Title: "图2　疑点金额最大的规则", Unit: "元", Scale: 100}
	issue := paper.ChartSeries{Name: "疑点金额"}
	for _, one := range r.Rules[:min(mostBars, len(r.Rules))] {
		if one.AtIssue > 0 {
			c.Labels, issue.Values = append(c.Labels, one.Rule), append(issue.Values, int64(one.AtIssue))
		}
	}
	c.Bars = []paper.ChartSeries{issue}
	return c
}

func (r *Report) ruleTable() paper.Table {
	t := paper.Table{Fine: true, Columns: []paper.Column{
		{Title: "规则", Weight: 3}, {Title: "名称", Weight: 6}, {Title: "疑点", Right: true}, {Title: "疑点金额（元）", Right: true}, {Title: "拒付", Right: true},
		{Title: "放行", Right: true}, {Title: "未评估就诊", Right: true},
	}}
	var not int64
	for _, one := range r.Rules {
		if one.Findings+one.Confirmed+one.Dismissed == 0 {
			continue // only coverage speaks of it
		}
		not += one.NotEvaluated
		t.Rows = append(t.Rows, []string{
			one.Rule, one.Name, number(one.Findings), paper.Yuan(one.AtIssue), number(one.Confirmed), number(one.Dismissed), fmt.Sprint(one.NotEvaluated),
		})
	}
	t.Total = []string{"合计", "", number(r.Found.Findings), paper.Yuan(r.Found.AtIssue), number(r.Decided.Confirmed), number(r.Decided.Dismissed), fmt.Sprint(not)}
	return t
}

// byIssue are the institutions with the greatest amounts at issue.
func (r *Report) byIssue() []House {
	list := sortedHouses(r.Institutions)
	return list[:min(mostBars, len(list))]
}

func (r *Report) houseChart() paper.Chart {
	c := paper.Chart{Title: "图3　疑点金额最大的机构", Unit: "元", Scale: 100}
	issue, rejected := paper.ChartSeries{Name: "疑点金额"}, paper.ChartSeries{Name: "拒付金额"}
	for _, h := range r.byIssue() {
		if h.AtIssue > 0 || h.Rejected > 0 {
			c.Labels = append(c.Labels, h.called())
			issue.Values, rejected.Values = append(issue.Values, int64(h.AtIssue)), append(rejected.Values, int64(h.Rejected))
		}
	}
	c.Bars = []paper.ChartSeries{issue, rejected}
	return c
}

func (r *Report) houseTable() paper.Table {
	t := paper.Table{Fine: true, Columns: []paper.Column{
		{Title: "机构", Weight: 6}, {Title: "住院", Right: true}, {Title: "发生费用（元）", Right: true}, {Title: "疑点", Right: true}, {Title: "疑点金额（元）", Right: true},
		{Title: "拒付（元）", Right: true}, {Title: "已扣（元）", Right: true}, {Title: "逾期", Right: true},
	}}
	overdue, quiet := 0, 0
	for _, h := range r.Institutions {
		overdue += h.Overdue
		if h.nothing() {
			quiet++
			continue
		}
		t.Rows = append(t.Rows, []string{
			h.called(), number(h.Stays), paper.Yuan(h.Charged), number(h.Findings), paper.Yuan(h.AtIssue), paper.Yuan(h.Rejected), paper.Yuan(h.Deducted), number(h.Overdue),
		})
	}
	if quiet > 0 {
		t.Rows = append(t.Rows, []string{fmt.Sprintf("其他%d家：本月无数据、无疑点", quiet), "0", "0.00", "0", "0.00", "0.00", "0.00", "0"})
	}
	t.Total = []string{
		"合计", number(r.Watched.Stays), paper.Yuan(r.Watched.Charged), number(r.Found.Findings), paper.Yuan(r.Found.AtIssue),
		paper.Yuan(r.Recovered.Rejected), paper.Yuan(r.Recovered.Deducted), number(overdue),
	}
	return t
}

// nothing says that a month has nothing to tell of an institution.
func (h *House) nothing() bool {
	return h.Records == 0 && h.Stays == 0 && h.Charged == 0 && h.Findings == 0 && h.Confirmed == 0 && h.Dismissed == 0 && h.Rejected == 0 && h.Deducted == 0 && h.Overdue == 0
}

func (r *Report) lateBlocks() []paper.Block {
	t := paper.Table{Columns: []paper.Column{{Title: "责任方", Weight: 2}, {Title: "事项", Weight: 5}, {Title: "逾期（件）", Right: true}}}
	for _, one := range r.Late.Hospitals {
		t.Rows = append(t.Rows, []string{"协议机构", named(dueNames, one.Kind), number(one.Count)})
	}
	for _, one := range r.Late.Agency {
		t.Rows = append(t.Rows, []string{"经办机构", named(dueNames, one.Kind), number(one.Count)})
	}
	blocks := []paper.Block{paper.Heading("六、逾期事项")}
	if len(t.Rows) == 0 {
		return append(blocks, paper.Paragraph("期限在本月末以前的事项，截至数据时点均已办结。"))
	}
	return append(blocks, t)
}
