package letter

import (
	"strconv"

	"claimwatch/audit/paper"
)

// Handover is the 移交函 with which a case goes to the administration, or by it to
// justice (Art. 46).
type Handover struct {
	Head
	To        string // the administration
	Case      string // number or name of the case
	Summary   string
	Grounds   []Ground
	Materials []Material
	Asked     string // what the receiver is asked to do
	Articles  []Article
}

// Material is a paper or a file that is handed over.
type Material struct {
	Name   string
	SHA256 string
}

// Letter writes the letter, with the receipt that comes back signed.
func (h Handover) Letter() paper.Letter {
	l := h.letter("涉嫌违法违规案件移交函")
	l.To = h.To
	t := paper.Table{Columns: []paper.Column{{Title: "序号", Right: true}, {Title: "材料", Weight: 8}, {Title: "校验值（SHA-256）", Weight: 12}}}
	for i, m := range h.Materials {
		t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), m.Name, m.SHA256})
	}
	l.Body = []paper.Block{
		paper.Paragraph("本机构在工作中发现协议机构" + h.institution() + "涉嫌违法违规。在追究违约责任的同时，依照" + cites(h.Articles) + "，现将有关情况报告你单位，并将调查材料一并移交。" + h.Asked),
		paper.Pairs{{Label: "案件", Value: h.Case}},
		paper.Heading("一、基本情况"), paper.Paragraph(h.Summary),
		paper.Heading("二、依据和事实"), grounds(h.Grounds),
	}
	for _, g := range h.Grounds {
		if g.Facts != "" {
			l.Body = append(l.Body, paper.Paragraph("事实："+g.Facts))
		}
	}
	l.Body = append(l.Body, paper.Heading("三、移交材料"), t)
	if texts := quotes(h.Articles...); len(texts) > 0 {
		l.Body = append(append(l.Body, paper.Heading("四、有关条文")), texts...)
	}
	l.Body = append(l.Body, paper.Together{
		paper.Heading("接收回执"), paper.Paragraph("上列材料已核对校验值并接收。"),
		paper.Pairs{{Label: "接收单位（盖章）", Value: "＿＿＿＿＿＿＿＿"}, {Label: "接收人", Value: "＿＿＿＿＿＿＿＿"}, {Label: "接收日期", Value: "＿＿＿＿＿＿＿＿"}},
	})
	return l
}
