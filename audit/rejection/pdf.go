package rejection

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"claimwatch/audit/paper"
)

// PDF writes the list as a letter to the institution, 拒付费用清单. The same list and
// names give the same bytes. An open list says 未封存.
func (l RejectedList) PDF(n Names) ([]byte, error) {
	table := paper.Table{Fine: true, Columns: []paper.Column{
		{Title: "序号", Right: true},
		{Title: "规则", Weight: 11},
		{Title: "记录号", Weight: 12},
		{Title: "人员", Weight: 8},
		{Title: "就诊号", Weight: 9},
		{Title: "服务日期", Weight: 8},
		{Title: "项目", Weight: 17},
		{Title: "申报（元）", Right: true},
		{Title: "拒付（元）", Right: true},
		{Title: "理由", Weight: 30},
		{Title: "依据", Weight: 5},
		{Title: "决定", Weight: 8},
	}}
	articles, deciders := legend{sign: "[%d]"}, legend{sign: "人%d"}
	for i, item := range l.Items {
		reason := item.Reason
		if item.Adjusts != "" {
			reason = "调整清单" + item.Adjusts + "：" + reason
		}
		if item.Statement != "" {
			reason += "\n机构说明：" + item.Statement
		}
		table.Rows = append(table.Rows, []string{
			strconv.Itoa(i + 1), n.rule(item.Rule), item.RecordID, item.PersonID, item.StayID, item.OccurredAt.Day().String(),
			item.ItemCode + "\n" + item.ItemName, paper.Yuan(item.Claimed), paper.Yuan(item.Rejected), reason,
			articles.refer(n.cite(item.Basis)...), item.DecidedAt.Day().String() + "\n" + deciders.refer(strings.Split(item.DecidedBy, ";")...),
		})
	}
	table.Total = []string{"", "合计", "", "", "", "", "", "", paper.Yuan(l.Total)}
	letter := paper.Letter{
		From: n.Agency, Title: "拒付费用清单", Number: l.number(), To: n.institution(l), Day: l.day(), SHA256: l.SHA256, Wide: true,
		Body: []paper.Block{
			paper.Paragraph("依照有关规定，你单位" + paper.Month(l.Month) + "申报的工伤保险费用中，下列费用经告知、听取说明并经审查核实，不予支付。同一笔费用涉及多个问题的，只拒付一次。"),
			l.about(n), table, paper.Small("依据：" + articles.String()), paper.Small("决定人（密钥编号）：" + deciders.String()),
		},
	}
	if len(l.Items) == 0 {
		letter.Body = []paper.Block{paper.Paragraph("你单位" + paper.Month(l.Month) + "没有被拒付的费用。"), l.about(n)}
	}
	if !l.Sealed {
		letter.Note = "未封存，仅供核对"
	}
	if len(l.SealedBy) > 0 {
		letter.Handler = l.SealedBy[0]
	}
	if len(l.SealedBy) > 1 {
		letter.Checker = l.SealedBy[1]
	}
	return letter.PDF()
}

// legend says once under the table what would stand in every row: rows only refer
// to it.
type legend struct {
	sign    string
	entries []string
}

func (l *legend) refer(entries ...string) string {
	signs := make([]string, len(entries))
	for i, entry := range entries {
		at := slices.Index(l.entries, entry)
		if at < 0 {
			at = len(l.entries)
			l.entries = append(l.entries, entry)
		}
		signs[i] = fmt.Sprintf(l.sign, at+1)
	}
	return strings.Join(signs, " ")
}

func (l *legend) String() string {
	texts := make([]string, len(l.entries))
	for i, entry := range l.entries {
		texts[i] = fmt.Sprintf(l.sign, i+1) + " " + entry
	}
	return strings.Join(texts, "；")
}
