package audit

import (
	"fmt"
	"strconv"

	"claimwatch"
	"claimwatch/audit/evidence"
	"claimwatch/audit/paper"
	"claimwatch/audit/rejection"
)

// actions are the steps of the procedure as the report calls them.
var actions = map[claimwatch.Action]string{
	claimwatch.ActionNotify: "告知", claimwatch.ActionExplain: "机构说明", claimwatch.ActionReject: "拒付", claimwatch.ActionRelease: "放行",
	claimwatch.ActionExtend: "延期", claimwatch.ActionRefer: "专家评审", claimwatch.ActionAssign: "交办", claimwatch.ActionAppeal: "申诉",
	claimwatch.ActionUphold: "维持", claimwatch.ActionOverturn: "撤销", claimwatch.ActionReopen: "重新审核",
}

var severities = map[claimwatch.Severity]string{
	claimwatch.Violation: "违规", claimwatch.Suspicion: "可疑", claimwatch.Reminder: "提醒",
}

// paper is the report that a judge reads.
func (c *collection) paper() error {
	names, err := c.listNames(c.ctx, rejection.RejectedList{InstitutionID: c.detail.InstitutionID})
	if err != nil {
		return err
	}
	d := c.detail
	body := []paper.Block{paper.Pairs{
		{Label: "疑点编号", Value: d.FindingID}, {Label: "规则", Value: fmt.Sprintf("%s %s（第 %d 版）", d.Rule, c.rule.Name.Chinese, d.RuleVersion)},
		{Label: "性质", Value: severities[d.Severity]}, {Label: "协议机构", Value: d.InstitutionID + " " + names.Institution},
		{Label: "参保人员", Value: orNone(d.PersonID)}, {Label: "就诊号", Value: orNone(d.StayID)},
		{Label: "期间", Value: spanOf(d.From, d.Until)}, {Label: "涉及金额", Value: d.Amount.String() + " 元"}, {Label: "事实哈希", Value: d.FactsSHA256},
	}}
	lines := paper.Table{Title: "费用明细", Fine: true, Columns: []paper.Column{
		{Title: "机构", Weight: 3}, {Title: "记录", Weight: 4}, {Title: "种类", Weight: 3}, {Title: "作用", Weight: 2}, {Title: "金额（元）", Weight: 3, Right: true},
	}}
	for _, line := range d.Lines {
		role := "涉及"
		if line.Role == claimwatch.Violating {
			role = "违规"
		}
		lines.Rows = append(lines.Rows, []string{line.InstitutionID, line.RecordID, line.Kind.String(), role, line.Amount.String()})
	}
	body = append(body, lines, paper.Heading("法律依据"))
	for _, article := range c.articles {
		note := article.Note.Chinese
		body = append(body, paper.Quote{Source: article.Title.Chinese + article.Label.Chinese, Note: note, Text: article.Text})
	}
	body = append(body, c.steps(), c.sources())
	body = append(body, paper.Heading("核验"), paper.Paragraph(fmt.Sprintf(
		"账本共 %d 条，根哈希 %s，末条哈希 %s，由 %s 于 %s 签名。本报告所在证据包内各文件的哈希见 manifest.json，可离线核验。",
		c.head.Size, c.head.Root, c.head.Head, c.head.Origin, c.head.At)))
	letter := paper.Letter{
		From: names.Agency, Title: "监管疑点证据报告", Number: d.FindingID, Body: body, Day: c.at.Day(),
	}
	text, err := letter.PDF()
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return c.add(evidence.Part{Name: "report.pdf", Body: text}, nil)
}

// steps are what people and the system did, with the journal's numbers.
func (c *collection) steps() paper.Block {
	t := paper.Table{Title: "办理经过", Fine: true, Columns: []paper.Column{
		{Title: "账本", Weight: 2, Right: true}, {Title: "时间", Weight: 5}, {Title: "事项", Weight: 3}, {Title: "经手", Weight: 4}, {Title: "理由或说明", Weight: 9},
	}}
	for _, e := range c.detail.Journal {
		action, known := actions[e.Action]
		if !known {
			action = string(e.Action)
		}
		text := e.Reason
		if e.Text != "" {
			text = e.Text
		}
		if e.Erased {
			text = "（内容已删除）"
		}
		by := e.By
		if e.Institution != "" {
			by = e.Institution
		}
		t.Rows = append(t.Rows, []string{strconv.FormatUint(e.Entry, 10), e.At.String(), action, by, text})
	}
	if len(t.Rows) == 0 {
		return paper.Paragraph("尚未办理。")
	}
	return t
}

// sources are the records with their hashes and receipts.
func (c *collection) sources() paper.Block {
	t := paper.Table{Title: "原始记录", Fine: true, Columns: []paper.Column{
		{Title: "机构", Weight: 3}, {Title: "种类", Weight: 3}, {Title: "记录", Weight: 4}, {Title: "修订", Weight: 2, Right: true},
		{Title: "接收时间", Weight: 5}, {Title: "SHA-256", Weight: 9},
	}}
	for _, r := range c.records {
		t.Rows = append(t.Rows, []string{
			r.Record.InstitutionID, r.Record.Kind.String(), r.Record.RecordID, strconv.Itoa(int(r.Revision)), r.ReceivedAt.String(), r.SHA256,
		})
	}
	if len(t.Rows) == 0 {
		return paper.Paragraph("无原始记录。")
	}
	return t
}

func orNone(text *string) string {
	if text == nil {
		return "—"
	}
	return *text
}

func spanOf(from, until *claimwatch.Instant) string {
	switch {
	case from == nil:
		return "—"
	case until == nil:
		return from.String()
	default:
		return from.String() + " 至 " + until.String()
	}
}
