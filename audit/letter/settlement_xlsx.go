package letter

import (
	"claimwatch"
	"claimwatch/audit/paper"
)

// XLSX writes the settlement as a spreadsheet: summary, stays, adjustments. ErrSums:
// it does not add up.
func (s Settlement) XLSX() ([]byte, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	title := s.institution() + "　" + paper.Month(s.Month) + "　月度结算单"
	if !s.Closed {
		title += "（预览，未结账）"
	}
	summary := paper.Sheet{Name: "汇总", Above: []string{title, "编号：" + s.Number}, Columns: []paper.Column{{Title: "项目", Weight: 40}, {Title: "金额（元）", Weight: 18, Right: true}}}
	for i, text := range s.Total.texts(claimwatch.Fen.String) {
		summary.Rows = append(summary.Rows, []string{sumColumns[i].Title, text})
	}
	for _, r := range s.Readings {
		name := r.Name
		if r.Applies {
			name += "（本次适用）"
		}
		summary.Rows = append(summary.Rows, []string{name + "：预留", r.Retained.String()}, []string{name + "：拨付", r.Payable.String()})
	}
	claims := paper.Sheet{Name: "按就诊", Columns: wide(paper.Column{Title: "就诊号", Weight: 22}, paper.Column{Title: "人员", Weight: 18}, paper.Column{Title: "结算清单", Weight: 14, Right: true})}
	for _, c := range s.Claims {
		claims.Rows = append(claims.Rows, append([]string{c.Stay, c.Person, c.declared(claimwatch.Fen.String)}, c.texts(claimwatch.Fen.String)...))
	}
	adjustments := paper.Sheet{Name: "调整", Columns: wide(paper.Column{Title: "调整的月份", Weight: 12}, paper.Column{Title: "记录号", Weight: 22}, paper.Column{Title: "原因", Weight: 30})}
	for _, a := range s.Adjustments {
		adjustments.Rows = append(adjustments.Rows, append([]string{a.Month, a.Record, a.Reason}, a.texts(claimwatch.Fen.String)...))
	}
	if s.SHA256 != "" {
		summary.Below = []string{"内容校验 SHA-256：" + s.SHA256}
	}
	return paper.Book{Title: "月度结算单", From: s.Agency, Day: s.Day, Sheets: []paper.Sheet{summary, claims, adjustments}}.XLSX()
}

// wide puts columns before those of the sums.
func wide(columns ...paper.Column) []paper.Column {
	for _, c := range sumColumns {
		c.Weight = 14
		columns = append(columns, c)
	}
	return columns
}
