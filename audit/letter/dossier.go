package letter

import (
	"fmt"

	"claimwatch"
	"claimwatch/audit/paper"
)

// Dossier is the 卷宗 of a recommended measure: what was computed, by which stated
// rules, and what speaks against it. The program recommends, people decide.
type Dossier struct {
	Head
	Measure  string
	Summary  string
	Months   int      // proposed; 0: the measure has no term
	Rules    []string // by which measure and months are proposed
	Grounds  []Ground
	Findings []DossierFinding
	Against  []string // what speaks against it; never left out
	History  []Event
	Articles []Article
}

// DossierFinding is a finding on which the recommendation rests.
type DossierFinding struct {
	ID       string
	Rule     string
	RuleName string
	Day      claimwatch.Day
	State    string
	Amount   claimwatch.Fen
}

// Letter writes the dossier.
func (d Dossier) Letter() paper.Letter {
	l := d.letter("处理建议卷宗")
	l.To = ""
	about := paper.Pairs{{Label: "机构", Value: d.institution()}, {Label: "建议措施", Value: d.Measure}}
	if d.Months > 0 {
		about = append(about, paper.Pair{Label: "建议期限", Value: fmt.Sprintf("%d个月", d.Months)})
	}
	l.Body = []paper.Block{
		paper.Paragraph("本卷宗由程序依照下列规则汇总，仅为建议；是否采取措施，由两名有权人员分别审查后决定。"),
		about, paper.Heading("一、概要"), paper.Paragraph(d.Summary), paper.Heading("二、依据和事实"), grounds(d.Grounds),
		paper.Heading("三、不利于该建议的情况"),
	}
	against := d.Against
	if len(against) == 0 {
		against = []string{"按现有数据未发现；请决定人员另行核查。"}
	}
	l.Body = append(l.Body, numbered(against)...)
	l.Body = append(l.Body, paper.Heading("四、建议所依的规则"))
	l.Body = append(l.Body, numbered(d.Rules)...)
	l.Body = append(l.Body, paper.Heading("五、问题清单"))
	if len(d.Findings) == 0 {
		l.Body = append(l.Body, paper.Paragraph("该建议不以拒付问题为依据。"))
	} else {
		l.Body = append(l.Body, d.findings())
	}
	l.Body = append(l.Body, paper.Heading("六、经过"), events(d.History), paper.Heading("七、有关条文"))
	l.Body = append(l.Body, quotes(d.Articles...)...)
	l.Body = append(l.Body, paper.Small("卷宗内容以校验值为准；与卷宗数据一并保存。"))
	return l
}

func (d Dossier) findings() paper.Table {
	t := paper.Table{Fine: true, Columns: []paper.Column{
		{Title: "问题编号", Weight: 10},
		{Title: "规则", Weight: 8},
		{Title: "日期", Weight: 5},
		{Title: "状态", Weight: 4},
		{Title: "金额（元）", Right: true},
	}}
	var sum claimwatch.Fen
	for _, f := range d.Findings {
		t.Rows = append(t.Rows, []string{f.ID, f.Rule + " " + f.RuleName, f.Day.String(), f.State, paper.Yuan(f.Amount)})
		sum += f.Amount
	}
	t.Total = []string{fmt.Sprintf("合计 %d 项", len(d.Findings)), "", "", "", paper.Yuan(sum)}
	return t
}
