package letter

import (
	"fmt"

	"claimwatch"
	"claimwatch/audit/paper"
)

// Suspension is the 中止服务协议通知书 (Art. 38, 45): the written notice with which the
// term begins.
type Suspension struct {
	Measure
	Months int
	From   claimwatch.Day // first day without agreement
	Until  claimwatch.Day // first day after the suspension
	ByStay bool           // a stay that straddles the first day counts by its admission, else each fee by its day
	Held   bool           // payments are held during the inquiry
}

// Letter writes the notice.
func (s Suspension) Letter() paper.Letter {
	l := s.letter("中止工伤保险服务协议通知书")
	straddling := "中止首日前入院、该日仍在院的，中止期间发生的费用按服务日期不予结算。"
	if s.ByStay {
		straddling = "中止首日前入院、该日仍在院的，该次就诊的费用按入院日期仍予结算。"
	}
	l.Body = append([]paper.Block{
		paper.Paragraph(fmt.Sprintf("经查实，你单位存在下列情形。依照%s，决定中止与你单位的工伤保险服务协议（%s）%d个月，自%s起至%s止。",
			cites(s.Articles), s.Agreement, s.Months, paper.Date(s.From), paper.Date(s.Until-1))),
	}, s.reasons()...)
	l.Body = append(l.Body, paper.Heading("二、中止期间"))
	points := []string{"中止期间发生的工伤费用不予结算。" + straddling}
	if s.Held {
		points = append(points, "调查、处理期间暂停支付的相关费用，在调查处理结束后按规定拨付。")
	}
	l.Body = append(l.Body, numbered(append(points,
		"请妥善安排在院工伤职工的治疗和转诊，不得为中止期间的费用借用其他协议机构结算。",
		"期满后经你单位申请，本机构对整改情况进行现场检查，验收通过后方可恢复协议；超过协议有效期的，协议终止。",
		"协议有效期内累计两次以上被中止，或者中止期间未按要求整改、整改不到位的，应当解除协议。"))...)
	s.close(&l, "三")
	return l
}

// Termination is the 解除服务协议通知书 (Art. 39).
type Termination struct {
	Measure
	From   claimwatch.Day // first day without agreement
	Public bool           // the institution's name is made public
}

// Letter writes the notice.
func (t Termination) Letter() paper.Letter {
	l := t.letter("解除工伤保险服务协议通知书")
	l.Body = append([]paper.Block{
		paper.Paragraph(fmt.Sprintf("经查实，你单位存在下列情形。依照%s，决定自%s起解除与你单位的工伤保险服务协议（%s）。解除后产生的费用，工伤保险基金不再结算。",
			cites(t.Articles), paper.Date(t.From), t.Agreement)),
	}, t.reasons()...)
	points := []string{
		"解除前已发生的费用按规定审核结算，履约保证金在年终清算时处理。", "请将在院工伤职工妥善转至其他协议机构，并配合移交有关资料。",
		"协议机构标识由本机构收回。",
	}
	if t.Public {
		points = append(points, "本机构将向社会公布解除服务协议的机构名单。")
	}
	l.Body = append(l.Body, paper.Heading("二、后续事项"))
	l.Body = append(l.Body, numbered(points)...)
	t.close(&l, "三")
	return l
}

// Rectification is the 限期整改通知书, or with Interview the 约谈通知书 (Art. 43).
type Rectification struct {
	Measure
	Interview bool
	At        string // when and where the talk is
	Persons   string // who is asked to come
	Matters   []string
	Due       claimwatch.Day // until when it is put right; 0: no day is named
}

// Letter writes the notice.
func (r Rectification) Letter() paper.Letter {
	title, what := "限期整改通知书", "责令你单位限期整改"
	if r.Interview {
		title, what = "约谈通知书", "约谈你单位"
	}
	l := r.letter(title)
	l.Body = []paper.Block{paper.Paragraph("在日常管理、现场检查或者考核中发现你单位存在下列情形。依照" + cites(r.Articles) + "，决定" + what + "。")}
	if r.Interview {
		l.Body = append(l.Body, paper.Pairs{{Label: "时间和地点", Value: orLine(r.At)}, {Label: "参加人员", Value: orLine(r.Persons)}})
	}
	l.Body = append(append(l.Body, r.reasons()...), paper.Heading("二、要求"))
	points := r.Matters
	switch {
	case r.Due != 0:
		points = append(points, "于"+paper.Date(r.Due)+"前书面报告整改情况。逾期未改或者整改不到位的，将依照服务协议和有关规定采取进一步措施。")
	case r.Interview:
		points = append(points, "请按时参加；无故不到的，将依照服务协议和有关规定采取进一步措施。")
	}
	l.Body = append(l.Body, numbered(points)...)
	r.close(&l, "三")
	return l
}

func orLine(text string) string {
	if text == "" {
		return "＿＿＿＿＿＿＿＿"
	}
	return text
}

// Decision is the notice of a measure that has no form of its own: public criticism,
// withheld payments, deducted fees, suspended settlement through the network, the bond
// (Art. 43), or a person who is stopped (Art. 44).
type Decision struct {
	Measure
	Title   string // 暂停拨付费用
	What    string // 决定……, without the full stop
	Follows []string
}

// Letter writes the notice.
func (d Decision) Letter() paper.Letter {
	l := d.letter(d.Title + "通知书")
	l.Body = append([]paper.Block{
		paper.Paragraph("经查实，你单位存在下列情形。依照" + cites(d.Articles) + "，决定" + d.What + "。"),
	}, d.reasons()...)
	next := "二"
	if len(d.Follows) > 0 {
		l.Body = append(append(l.Body, paper.Heading("二、后续事项")), numbered(d.Follows)...)
		next = "三"
	}
	d.close(&l, next)
	return l
}

// Intent is the 拟处理告知书: what is intended and why, before anything is decided, and
// until when the institution may answer.
type Intent struct {
	Measure
	What        string // 中止服务协议3个月
	By          claimwatch.Day
	Provisional bool // the day lies beyond the published calendar
}

// Letter writes the notice.
func (i Intent) Letter() paper.Letter {
	l := i.letter("拟处理告知书")
	l.Body = append([]paper.Block{
		paper.Paragraph("经初步查实，你单位存在下列情形。依照" + cites(i.Articles) + "，本机构拟对你单位采取下列措施：" + i.What + "。现将事实、理由和依据告知你单位。"),
	}, i.reasons()...)
	until := "你单位有权陈述和申辩，请于" + paper.Date(i.By) + "24时前通过工伤保险信息系统或者书面提出，可附证据材料。"
	if i.Provisional {
		until += "该日超出已公布的工作日历，系暂定；日历公布后重新计算并另行告知。"
	}
	l.Body = append(l.Body, paper.Heading("二、陈述和申辩"))
	l.Body = append(l.Body, numbered([]string{until, "本机构将听取你单位的意见，由两名有权人员分别审查后决定；逾期未提出的，不影响依法作出决定，也不视为承认。", "本告知书不是处理决定。"})...)
	if texts := quotes(i.Articles...); len(texts) > 0 {
		l.Body = append(append(l.Body, paper.Heading("三、有关条文")), texts...)
	}
	l.Body = append(l.Body, i.receipt())
	return l
}

// Report is the 报告 with which the administration of the same level is told of a
// suspension or termination (Art. 43), or asked to consent to a person being stopped
// (Art. 44).
type Report struct {
	Measure
	To   string // the administration
	What string // 自……起中止与该机构的服务协议3个月
	Asks bool   // for consent: nothing is decided before it
}

// Letter writes the report.
func (r Report) Letter() paper.Letter {
	title, begin, end := "处理情况报告", "决定", "。现将有关情况报告你单位。"
	if r.Asks {
		title, begin, end = "处理意见请示", "拟", "。现报请你单位同意。"
	}
	l := r.letter(title)
	l.To = r.To
	l.Body = []paper.Block{
		paper.Paragraph("经查实，协议机构" + r.institution() + "存在下列情形。依照" + cites(r.Articles) + "，本机构" + begin + r.What + end),
		paper.Heading("一、依据和事实"), grounds(r.Grounds),
	}
	for _, g := range r.Grounds {
		if g.Facts != "" {
			l.Body = append(l.Body, paper.Paragraph("事实："+g.Facts))
		}
	}
	if r.Answer != "" {
		l.Body = append(l.Body, paper.Paragraph("该机构的陈述和申辩："+r.Answer))
	}
	if texts := quotes(r.Articles...); len(texts) > 0 {
		l.Body = append(append(l.Body, paper.Heading("二、有关条文")), texts...)
	}
	if r.Dossier != "" {
		l.Body = append(l.Body, paper.Small("卷宗："+r.Dossier))
	}
	return l
}
