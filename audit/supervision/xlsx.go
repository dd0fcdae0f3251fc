package supervision

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"claimwatch/audit/paper"
)

// sortedHouses orders institutions by the amount at issue, the greatest first.
func sortedHouses(houses []House) []House {
	list := slices.Clone(houses)
	slices.SortStableFunc(list, func(a, b House) int {
		return cmp.Or(cmp.Compare(b.AtIssue, a.AtIssue), cmp.Compare(b.Rejected, a.Rejected), strings.Compare(a.InstitutionID, b.InstitutionID))
	})
	return list
}

// XLSX writes the report as a spreadsheet with native charts. The same report gives
// the same bytes.
func (r *Report) XLSX(sha256 string) ([]byte, error) {
	sheets := []paper.Sheet{r.summarySheet(), r.trendSheet(), r.ruleSheet(), r.houseSheet(), r.coverageSheet(), r.lateSheet()}
	for i := range sheets {
		sheets[i].Above = append([]string{r.title() + "　" + sheets[i].Name}, r.note())
	}
	if sha256 != "" {
		sheets[0].Below = []string{"内容校验 SHA-256：" + sha256}
	}
	return paper.Book{Title: r.title(), From: r.agency(), Day: r.day(), Sheets: sheets}.XLSX()
}

// amount and counted are columns of figures.
func amount(title string) paper.Column { return paper.Column{Title: title, Weight: 16, Right: true} }

func counted(title string) paper.Column {
	return paper.Column{Title: title, Weight: 12, Right: true, Count: true}
}

func (r *Report) summarySheet() paper.Sheet {
	s := paper.Sheet{Name: "概况", Columns: []paper.Column{{Title: "项目", Weight: 40}, {Title: "数值", Weight: 20, Right: true, Count: true}, {Title: "上月", Weight: 20, Right: true, Count: true}}}
	before := map[string]string{}
	for _, c := range r.Changes {
		before[c.Name] = c.Before
	}
	w, f, d, m := r.Watched, r.Found, r.Decided, r.Recovered
	median := ""
	if d.MedianDays != nil {
		median = d.MedianDays.String()
	}
	for _, row := range [][3]string{
		{"机构（家）", number(w.Institutions)}, {"协议有效（家）", number(w.WithAgreement)}, {"有数据上传（家）", number(w.Reporting)}, {"静默（家）", number(len(w.Silent))},
		{"上传记录（条）", number(w.Records), "records"}, {"住院人次", number(w.Stays), "stays"}, {"发生费用（元）", w.Charged.String(), "charged"},
		{"入院和费用记录（条）", number(w.Timed)}, {"迟报记录（条）", number(w.LateRecords)},
		{"疑点（件）", number(f.Findings), "findings"}, {"疑点金额（元，未扣除重复）", f.AtIssue.String(), "at_issue"},
		{"　违规（件）", number(f.Severities[0].Findings)}, {"　可疑（件）", number(f.Severities[1].Findings)}, {"　提醒（件）", number(f.Severities[2].Findings)},
		{"拒付决定（件）", number(d.Confirmed), "confirmed"}, {"放行决定（件）", number(d.Dismissed), "dismissed"}, {"机构说明（件）", number(d.Explained)}, {"申诉改判（件）", number(d.Overturned)},
		{"自告知至决定的中位数（天）", median},
		{"列入拒付清单（元）", m.Rejected.String(), "rejected"}, {"已结算（家）", number(m.Settled)}, {"结算扣除拒付（元）", m.Deducted.String()}, {"　其中调账（元）", m.Adjustments.String()}, {"结算核定（元）", m.Approved.String()},
	} {
		s.Rows = append(s.Rows, []string{row[0], row[1], before[row[2]]})
	}
	return s
}

func (r *Report) trendSheet() paper.Sheet {
	s := paper.Sheet{
		Name: "趋势", Columns: []paper.Column{{Title: "月份", Weight: 12}, amount("发生费用（元）"), counted("疑点（件）"), amount("疑点金额（元）"), amount("拒付金额（元）")},
		Charts: []paper.SheetChart{{Title: "近十二个月疑点金额与拒付金额", Bars: []int{3}, Lines: []int{4}}, {Title: "近十二个月发生费用", Bars: []int{1}}},
	}
	for _, t := range r.Trend {
		s.Rows = append(s.Rows, []string{t.Month.String(), t.Charged.String(), number(t.Findings), t.AtIssue.String(), t.Rejected.String()})
	}
	return s
}

func (r *Report) ruleSheet() paper.Sheet {
	s := paper.Sheet{
		Name: "按规则", Columns: []paper.Column{
			{Title: "规则", Weight: 12}, {Title: "名称", Weight: 30}, counted("疑点（件）"), amount("疑点金额（元）"), counted("拒付（件）"), counted("放行（件）"), counted("命中就诊"), counted("未评估就诊"),
		},
		Total:  []string{"合计", "", number(r.Found.Findings), r.Found.AtIssue.String(), number(r.Decided.Confirmed), number(r.Decided.Dismissed), fmt.Sprint(r.Coverage.Hit), fmt.Sprint(r.Coverage.NotEvaluated)},
		Charts: []paper.SheetChart{{Title: "疑点金额最大的规则", Bars: []int{3}, Rows: mostBars}},
	}
	for _, one := range r.Rules {
		s.Rows = append(s.Rows, []string{
			one.Rule, one.Name, number(one.Findings), one.AtIssue.String(), number(one.Confirmed), number(one.Dismissed), fmt.Sprint(one.Hit), fmt.Sprint(one.NotEvaluated),
		})
	}
	return s
}

func (r *Report) houseSheet() paper.Sheet {
	s := paper.Sheet{
		Name: "按机构", Columns: []paper.Column{
			{Title: "机构", Weight: 26}, {Title: "编号", Weight: 12}, {Title: "统筹地区", Weight: 12}, {Title: "级别", Weight: 8, Right: true, Count: true}, counted("记录（条）"), counted("住院人次"),
			amount("发生费用（元）"), counted("疑点（件）"), amount("疑点金额（元）"), counted("拒付（件）"), counted("放行（件）"), amount("拒付（元）"), amount("已扣（元）"), counted("迟报（条）"), counted("逾期（件）"),
		},
		Charts: []paper.SheetChart{{Title: "疑点金额最大的机构", Bars: []int{8, 11}, Rows: mostBars}},
	}
	overdue := 0
	for _, h := range sortedHouses(r.Institutions) {
		overdue += h.Overdue
		s.Rows = append(s.Rows, []string{
			h.called(), h.InstitutionID, h.City, number(h.Level), number(h.Records), number(h.Stays), h.Charged.String(), number(h.Findings), h.AtIssue.String(),
			number(h.Confirmed), number(h.Dismissed), h.Rejected.String(), h.Deducted.String(), number(h.LateRecords), number(h.Overdue),
		})
	}
	s.Total = []string{
		"合计", "", "", "", number(r.Watched.Records), number(r.Watched.Stays), r.Watched.Charged.String(), number(r.Found.Findings), r.Found.AtIssue.String(),
		number(r.Decided.Confirmed), number(r.Decided.Dismissed), r.Recovered.Rejected.String(), r.Recovered.Deducted.String(), number(r.Watched.LateRecords), number(overdue),
	}
	return s
}

func (r *Report) coverageSheet() paper.Sheet {
	c := r.Coverage
	s := paper.Sheet{Name: "覆盖", Columns: []paper.Column{{Title: "评估结果", Weight: 50}, counted("规则×就诊")}}
	s.Rows = [][]string{{"命中", fmt.Sprint(c.Hit)}, {"通过", fmt.Sprint(c.Pass)}, {"未评估", fmt.Sprint(c.NotEvaluated)}}
	for _, why := range c.Reasons {
		s.Rows = append(s.Rows, []string{"　未评估：" + why.Reason, fmt.Sprint(why.Pairs)})
	}
	return s
}

func (r *Report) lateSheet() paper.Sheet {
	s := paper.Sheet{Name: "逾期", Columns: []paper.Column{{Title: "责任方", Weight: 14}, {Title: "事项", Weight: 24}, counted("逾期（件）")}}
	for _, one := range r.Late.Hospitals {
		s.Rows = append(s.Rows, []string{"协议机构", named(dueNames, one.Kind), number(one.Count)})
	}
	for _, one := range r.Late.Agency {
		s.Rows = append(s.Rows, []string{"经办机构", named(dueNames, one.Kind), number(one.Count)})
	}
	return s
}
