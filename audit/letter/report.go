package letter

import (
	"fmt"

	"claimwatch"
	"claimwatch/audit/paper"
)

// Report is the 报告 of a decided measure to the administration of the same level
// (Art. 43).
type Report struct {
	Head
	To        string // the administration
	CopyTo    string // 抄送; empty: nobody
	Measure   string
	Agreement string // numbers; empty: none is concerned
	Decided   claimwatch.Day
	Notified  *claimwatch.Day // nil: the institution is not told yet
	NoticeNo  string
	From      *claimwatch.Day // first day of the measure
	Until     *claimwatch.Day // first day after it
	Grounds   []Ground
	Answer    string   // of the institution, in short
	Against   []string // what speaks against it
	Articles  []Article
	Dossier   string
}

// Letter writes the report.
func (r Report) Letter() paper.Letter {
	l := r.letter("关于对协议机构作出处理的报告")
	l.To = r.To
	pairs := paper.Pairs{{Label: "协议机构", Value: r.institution()}, {Label: "处理措施", Value: r.Measure}, {Label: "决定日期", Value: paper.Date(r.Decided)}}
	add := func(label, value string) {
		if value != "" {
			pairs = append(pairs, paper.Pair{Label: label, Value: value})
		}
	}
	add("服务协议", r.Agreement)
	if r.Notified != nil {
		add("书面通知", paper.Date(*r.Notified)+"，"+r.NoticeNo)
	} else {
		add("书面通知", "尚未通知")
	}
	if r.From != nil && r.Until != nil {
		add("期限", fmt.Sprintf("自%s起至%s止", paper.Date(*r.From), paper.Date(*r.Until-1)))
	} else if r.From != nil {
		add("起始日期", paper.Date(*r.From))
	}
	l.Body = []paper.Block{
		paper.Paragraph("依照" + cites(r.Articles) + "，现将本机构对协议机构" + r.institution() + "作出" + r.Measure + "处理的有关情况报告如下。"),
		pairs, paper.Heading("一、依据和事实"), grounds(r.Grounds),
	}
	answer := r.Answer
	if answer == "" {
		answer = "未作答复。"
	}
	l.Body = append(l.Body, paper.Heading("二、协议机构的答复"), paper.Paragraph(answer), paper.Heading("三、不利于该处理的情况"))
	if len(r.Against) == 0 {
		l.Body = append(l.Body, paper.Paragraph("该处理由人员提出，未附数据卷宗。"))
	}
	l.Body = append(l.Body, numbered(r.Against)...)
	if r.Dossier != "" {
		l.Body = append(l.Body, paper.Small("卷宗："+r.Dossier))
	}
	if r.CopyTo != "" {
		l.Body = append(l.Body, paper.Small("抄送："+r.CopyTo))
	}
	l.Body = append(l.Body, paper.Paragraph("特此报告。"))
	return l
}
