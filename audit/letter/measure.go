package letter

import (
	"cmp"

	"claimwatch"
	"claimwatch/audit/paper"
)

// Measure is what the notice of every measure of Art. 43 and 44 has.
type Measure struct {
	Head
	Agreement string // number of the agreement; empty: none is named
	Grounds   []Ground
	Articles  []Article
	Heard     string // when the institution was told what is intended; empty: it was not
	Answer    string // what it answered in short; empty: nothing
	Review    string // the body that reviews the decision; empty: none is set
	ReportTo  string // the administration that is told
	Dossier   string // number or hash of the dossier
	Attached  []string
	Service   Service
}

// Service is how and when the notice reached the institution; the zero Service
// leaves lines for the pen.
type Service struct {
	How    string
	On     claimwatch.Day // 0: not known yet
	Number string         // of the receipt
}

// remedies is what every measure says of how to contest it: Art. 40 of the measures,
// with the terms of the laws on review (Art. 20) and litigation (Art. 46) without which
// an instruction is none.
func (m Measure) remedies() paper.Paragraph {
	return paper.Paragraph("如对本决定有异议，可以与本机构协商，或者请求同级人力资源社会保障行政部门协调处理；也可以自收到本通知书之日起60日内向" +
		cmp.Or(m.Review, "有管辖权的行政复议机关") + "申请行政复议，或者自收到本通知书之日起6个月内依法向有管辖权的人民法院提起行政诉讼。争议期间不停止本决定的执行，依法停止执行的除外。")
}

// reasons are the grounds with the facts, and what the institution said to them.
func (m Measure) reasons() []paper.Block {
	blocks := []paper.Block{paper.Heading("一、依据和事实"), grounds(m.Grounds)}
	for _, g := range m.Grounds {
		if g.Facts != "" {
			blocks = append(blocks, paper.Paragraph("事实："+g.Facts))
		}
	}
	switch {
	case m.Answer != "":
		blocks = append(blocks, paper.Paragraph("你单位的陈述和申辩："+m.Answer))
	case m.Heard != "":
		blocks = append(blocks, paper.Paragraph("本机构已于"+m.Heard+"告知你单位拟作出的处理，你单位在期限内未提出陈述和申辩。"))
	}
	return blocks
}

// close ends a notice: articles, remedies, to whom it is reported, the receipt.
func (m Measure) close(l *paper.Letter, heading string) {
	if texts := quotes(m.Articles...); len(texts) > 0 {
		l.Body = append(l.Body, paper.Heading(heading+"、有关条文"))
		l.Body = append(l.Body, texts...)
	}
	l.Body = append(l.Body, m.remedies())
	if m.ReportTo != "" {
		l.Body = append(l.Body, paper.Small("报告："+m.ReportTo))
	}
	if m.Dossier != "" {
		l.Body = append(l.Body, paper.Small("卷宗："+m.Dossier))
	}
	l.Body = append(l.Body, m.receipt())
	l.Attachments = m.Attached
}

// receipt is the 送达回证 that is signed and comes back.
func (m Measure) receipt() paper.Together {
	line := "＿＿＿＿＿＿＿＿"
	on := line
	if m.Service.On != 0 {
		on = paper.Date(m.Service.On)
	}
	return paper.Together{
		paper.Heading("送达回证"),
		paper.Pairs{
			{Label: "受送达人", Value: m.institution()},
			{Label: "送达方式", Value: cmp.Or(m.Service.How, line)},
			{Label: "送达日期", Value: on},
			{Label: "回证编号", Value: cmp.Or(m.Service.Number, line)},
			{Label: "受送达人签收（盖章）", Value: line},
			{Label: "送达人", Value: line},
		},
	}
}
