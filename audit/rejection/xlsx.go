package rejection

import (
	"strings"

	"claimwatch/audit/paper"
)

// XLSX writes the list as a spreadsheet: the columns of the CSV under Chinese heads,
// names beside the codes, amounts as exact numbers. The same list and names give the
// same bytes. An open list says 未封存.
func (l RejectedList) XLSX(n Names) ([]byte, error) {
	sheet := paper.Sheet{Name: "拒付费用清单", Above: []string{"拒付费用清单"}, Columns: []paper.Column{
		{Title: "问题编号", Weight: 38},
		{Title: "规则", Weight: 10},
		{Title: "规则名称", Weight: 20},
		{Title: "记录类别", Weight: 10},
		{Title: "记录号", Weight: 20},
		{Title: "人员", Weight: 14},
		{Title: "就诊号", Weight: 14},
		{Title: "发生时间", Weight: 32},
		{Title: "项目编码", Weight: 16},
		{Title: "项目名称", Weight: 26},
		{Title: "申报金额（元）", Weight: 14, Right: true},
		{Title: "拒付金额（元）", Weight: 14, Right: true},
		{Title: "理由", Weight: 44},
		{Title: "依据", Weight: 30},
		{Title: "决定人", Weight: 20},
		{Title: "决定时间", Weight: 32},
		{Title: "机构说明（摘要）", Weight: 40},
		{Title: "调整的清单", Weight: 12},
	}}
	if l.number() != "" {
		sheet.Above = append(sheet.Above, "编号："+l.number())
	}
	for _, pair := range l.about(n) {
		sheet.Above = append(sheet.Above, pair.Label+"："+pair.Value)
	}
	if l.SHA256 != "" {
		sheet.Below = []string{"内容校验 SHA-256：" + l.SHA256}
	}
	for _, item := range l.Items {
		sheet.Rows = append(sheet.Rows, []string{
			item.FindingID, item.Rule, n.Rules[item.Rule], item.Kind.String(), item.RecordID, item.PersonID, item.StayID, item.OccurredAt.String(),
			item.ItemCode, item.ItemName, item.Claimed.String(), item.Rejected.String(), item.Reason, strings.Join(n.cite(item.Basis), "；"),
			item.DecidedBy, item.DecidedAt.String(), item.Statement, item.Adjusts,
		})
	}
	sheet.Total = make([]string, len(sheet.Columns))
	sheet.Total[0], sheet.Total[11] = "合计", l.Total.String()
	return paper.Book{Title: "拒付费用清单", From: n.Agency, Day: l.day(), Sheets: []paper.Sheet{sheet}}.XLSX()
}
