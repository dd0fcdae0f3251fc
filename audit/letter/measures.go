package letter

import (
	"fmt"

	"claimwatch"
	"claimwatch/audit/paper"
)

// remedies is what every measure says of how to contest it (Art. 40).
const remedies = "对本决定有异议的，可与本机构协商解决，或者请求同级人力资源社会保障行政部门协调处理，也可以依法提起行政复议或行政诉讼。"

// Suspension is the 中止服务协议通知书 (Art. 38, 45): the written notice with which the
// term begins.
type Suspension struct {
	Head
	Agreement string // its number
	Months    int
	From      claimwatch.Day // first day without agreement
	Until     claimwatch.Day // first day after the suspension
	Grounds   []Ground
	ByStay    bool   // a stay that straddles the first day counts by its admission, else each fee by its day
	Held      bool   // payments are held during the inquiry
	Answer    string // the institution's answer in short; empty: none
	ReportTo  string // the administration that is told
	Articles  []Article
	Dossier   string   // its number or hash
	Attached  []string // what comes with the notice
}

// Letter writes the notice.
func (s Suspension) Letter() paper.Letter {
	l := s.letter("中止工伤保险服务协议通知书")
	straddling := "中止首日前入院、该日仍在院的，中止期间发生的费用按服务日期不予结算。"
	if s.ByStay {
		straddling = "中止首日前入院、该日仍在院的，该次就诊的费用按入院日期仍予结算。"
	}
	l.Body = []paper.Block{
		paper.Paragraph(fmt.Sprintf("经查实，你单位存在下列情形。依照%s，决定中止与你单位的工伤保险服务协议（%s）%d个月，自%s起至%s止。",
			cites(s.Articles), s.Agreement, s.Months, paper.Date(s.From), paper.Date(s.Until-1))),
		paper.Heading("一、依据和事实"), grounds(s.Grounds),
	}
	if s.Answer != "" {
		l.Body = append(l.Body, paper.Paragraph("你单位的答复："+s.Answer))
	}
	l.Body = append(l.Body, paper.Heading("二、中止期间"))
	points := []string{"中止期间发生的工伤费用不予结算。" + straddling}
	if s.Held {
		points = append(points, "调查、处理期间暂停支付的相关费用，在调查处理结束后按规定拨付。")
	}
	l.Body = append(l.Body, numbered(append(points,
		"请妥善安排在院工伤职工的治疗和转诊，不得为中止期间的费用借用其他协议机构结算。",
		"期满后经你单位申请，本机构对整改情况进行现场检查，验收通过后方可恢复协议；超过协议有效期的，协议终止。",
		"协议有效期内累计两次以上被中止，或者中止期间未按要求整改、整改不到位的，应当解除协议。"))...)
	l.Body = append(l.Body, paper.Heading("三、有关条文"))
	l.Body = append(l.Body, quotes(s.Articles...)...)
	if s.ReportTo != "" {
		l.Body = append(l.Body, paper.Small("报告："+s.ReportTo))
	}
	if s.Dossier != "" {
		l.Body = append(l.Body, paper.Small("卷宗："+s.Dossier))
	}
	l.Body = append(l.Body, paper.Paragraph(remedies))
	l.Attachments = s.Attached
	return l
}

// Termination is the 解除服务协议通知书 (Art. 39).
type Termination struct {
	Head
	Agreement string
	From      claimwatch.Day // first day without agreement
	Grounds   []Ground
	Answer    string
	ReportTo  string
	Public    bool // the institution's name is made public
	Articles  []Article
	Dossier   string
	Attached  []string
}

// Letter writes the notice.
func (t Termination) Letter() paper.Letter {
	l := t.letter("解除工伤保险服务协议通知书")
	l.Body = []paper.Block{
		paper.Paragraph(fmt.Sprintf("经查实，你单位存在下列情形。依照%s，决定自%s起解除与你单位的工伤保险服务协议（%s）。解除后产生的费用，工伤保险基金不再结算。",
			cites(t.Articles), paper.Date(t.From), t.Agreement)),
		paper.Heading("一、依据和事实"), grounds(t.Grounds),
	}
	if t.Answer != "" {
		l.Body = append(l.Body, paper.Paragraph("你单位的答复："+t.Answer))
	}
	points := []string{"解除前已发生的费用按规定审核结算，履约保证金在年终清算时处理。", "请将在院工伤职工妥善转至其他协议机构，并配合移交有关资料。"}
	if t.Public {
		points = append(points, "本机构将向社会公布解除服务协议的机构名单。")
	}
	l.Body = append(l.Body, paper.Heading("二、后续事项"))
	l.Body = append(l.Body, numbered(points)...)
	l.Body = append(l.Body, paper.Heading("三、有关条文"))
	l.Body = append(l.Body, quotes(t.Articles...)...)
	if t.ReportTo != "" {
		l.Body = append(l.Body, paper.Small("报告："+t.ReportTo))
	}
	if t.Dossier != "" {
		l.Body = append(l.Body, paper.Small("卷宗："+t.Dossier))
	}
	l.Body = append(l.Body, paper.Paragraph(remedies))
	l.Attachments = t.Attached
	return l
}

// Rectification is the 限期整改通知书, or with Interview the 约谈通知书 (Art. 43).
type Rectification struct {
	Head
	Interview bool
	At        string // when and where the talk is
	Persons   string // who is asked to come
	Matters   []string
	Due       claimwatch.Day // until when it is put right
	Grounds   []Ground
	Articles  []Article
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
		l.Body = append(l.Body, paper.Pairs{{Label: "时间和地点", Value: r.At}, {Label: "参加人员", Value: r.Persons}})
	}
	l.Body = append(l.Body, paper.Heading("一、依据和事实"), grounds(r.Grounds), paper.Heading("二、要求"))
	l.Body = append(l.Body, numbered(append(r.Matters, "于"+paper.Date(r.Due)+"前书面报告整改情况。逾期未改或者整改不到位的，将依照服务协议和有关规定采取进一步措施。"))...)
	l.Body = append(l.Body, paper.Heading("三、有关条文"))
	l.Body = append(l.Body, quotes(r.Articles...)...)
	l.Body = append(l.Body, paper.Paragraph(remedies))
	return l
}
