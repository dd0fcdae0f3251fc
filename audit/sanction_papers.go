package audit

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"strconv"
	"strings"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/letter"
	"claimwatch/audit/matter"
	"claimwatch/audit/paper"
	"claimwatch/audit/sanction"
	"claimwatch/audit/term"
)

// services name how a notice was served, as receipts call it.
var services = map[string]string{
	"system": "通过工伤保险信息系统送达", "in_person": "直接送达", "post": "邮寄送达", "left": "留置送达", "public_notice": "公告送达",
}

// writeSanction writes a paper of a sanction: notice, intent or report.
func (a *Audit) writeSanction(ctx context.Context, shown *shownMatter, name string) (paper.Letter, error) {
	v := wholeOf(&shown.standing)
	m, day, err := a.measure(ctx, v, shown.at, name)
	if err != nil {
		return paper.Letter{}, err
	}
	switch name {
	case "intent":
		announced, told := taken(v, "announce")
		if !told {
			return paper.Letter{}, claimwatch.Refuse(claimwatch.CodeNotFound, "nothing was announced")
		}
		i := letter.Intent{Measure: m, What: a.whatOf(v, m, day, false)}
		at := announced.At.Day()
		due := a.deps.Journal.Statement(at)
		i.By, i.Provisional = dayField(v, due.On, "hear_by"), due.Provisional && v.Fields["hear_by"] == ""
		return i.Letter(), nil
	case "report":
		_, told := taken(v, "notify")
		return letter.Report{
			Measure: m, To: cmp.Or(m.ReportTo, "同级人力资源社会保障行政部门"), What: a.whatOf(v, m, day, true),
			Asks: !told && v.Fields["measure"] == matter.MeasureStaff,
		}.Letter(), nil
	default:
		return a.noticeOf(v, m, day), nil
	}
}

// wholeOf is a sanction as its papers need it: the same whoever reads them, for they
// print nothing that the institution is not told.
func wholeOf(standing *journal.MatterStanding) *MatterView {
	m := &standing.Matter
	fields := maps.Clone(m.Fields)
	maps.Copy(fields, m.Texts)
	return &MatterView{InstitutionID: m.InstitutionID, Number: m.Number, State: m.State, Fields: fields, History: m.History}
}

// chineseNumber is the number of a paper that was given none: sanction-2026-0003 is
// 工险处〔2026〕3号.
func chineseNumber(number string) string {
	kind, rest, _ := strings.Cut(number, "-")
	year, n, ok := strings.Cut(rest, "-")
	of := map[string]string{"sanction": "工险处", "handover": "工险移"}[kind]
	if !ok || of == "" {
		return number
	}
	return of + "〔" + year + "〕" + strings.TrimLeft(n, "0") + "号"
}

// measure is what every paper of a sanction has, and the day of the paper.
func (a *Audit) measure(ctx context.Context, v *MatterView, at claimwatch.Instant, name string) (m letter.Measure, day claimwatch.Day, err error) {
	of := matter.Action("notify")
	if name == "intent" {
		of = "announce"
	}
	day, known, number := at.Day(), (*claimwatch.Instant)(nil), ""
	step, told := taken(v, of)
	if told {
		day, known, number = step.At.Day(), &step.At, chineseNumber(v.Number)
		if of == "announce" { // a paper of its own, with a number of its own
			number = strings.Replace(number, "工险处", "工险告", 1)
		}
	}
	switch {
	case name == "report":
		day, number = dayField(v, at.Day(), "reported_on"), v.Fields["report_no"]
		m.ReportTo = v.Fields["reported_to"]
	case told && name == "notice":
		number, m.ReportTo = cmp.Or(v.Fields["notice_no"], number), step.Fields["reported_to"]
	}
	head, err := a.letterHead(ctx, v.InstitutionID, number, day, known)
	if err != nil {
		return m, day, err
	}
	m.Head = head
	if decided, ok := taken(v, "propose"); ok && name == "report" { // others are signed by hand
		m.Handler, m.Checker = decided.Maker, decided.By
	}
	m.Dossier = v.Fields["dossier_sha256"]
	m.Review = a.deps.Journal.Policy(claimwatch.PolicyReviewBody, v.InstitutionID, day)
	m.Answer = heardOf(v, of)
	if announced, told := taken(v, "announce"); told && name != "intent" {
		m.Heard = paper.Date(announced.At.Day())
	}
	m.Service = letter.Service{How: services[v.Fields["service"]], On: dayField(v, 0, "served_on"), Number: v.Fields["service_no"]}
	if name == "intent" {
		m.Service = letter.Service{}
	}
	facts := v.Fields["notice"]
	if name == "intent" || facts == "" {
		facts = cmp.Or(v.Fields["intent"], facts)
	}
	m.Agreement = a.agreementNumbers(v, dayField(v, day, "effective_from", "from"))
	var numbers []string
	m.Grounds, numbers = groundsOf(v, facts)
	m.Articles, err = a.quoted(ctx, day, append(numbers, articlesOf(v.Fields["measure"])...)...)
	return m, day, err
}

// heardOf is what the institution said before the step that a paper is about: what it
// answers to a notice does not stand in that notice.
func heardOf(v *MatterView, of matter.Action) (answer string) {
	for _, step := range v.History {
		switch {
		case step.Action == of && !step.Proposed:
			return answer
		case step.Action == "answer":
			answer = step.Texts["answer"]
		}
	}
	return answer
}

// articlesOf are the articles on which a measure rests beside its grounds.
func articlesOf(measure string) []string {
	switch measure {
	case matter.MeasureSuspension:
		return []string{"37", "43", "45"}
	case matter.MeasureTermination:
		return []string{"43", "45"}
	case matter.MeasureWithhold:
		return []string{"43", "45"}
	case matter.MeasureStaff:
		return []string{"44"}
	case matter.MeasureForfeit:
		return []string{"33", "43"}
	case matter.MeasureDeduct:
		return []string{"32", "43"}
	default:
		return []string{"43"}
	}
}

// groundsOf gives the grounds of a sanction, and their numbers. What was verified
// belongs to all of them together and stands with the first.
func groundsOf(v *MatterView, facts string) (list []letter.Ground, numbers []string) {
	numbers = nonEmpty(strings.Split(v.Fields["grounds"], ";")...)
	findings := len(nonEmpty(strings.Split(v.Fields["findings"], ";")...))
	var amount claimwatch.Fen
	_ = amount.UnmarshalText([]byte(v.Fields["amount"])) // absent: nothing
	for i, code := range numbers {
		g := letter.Ground{Code: code, Text: groundText(code)}
		if i == 0 {
			g.Facts, g.Findings, g.Amount = facts, findings, amount
		}
		list = append(list, g)
	}
	if len(list) == 0 { // a measure without a ground of Art. 38 or 39
		list = []letter.Ground{{Code: "43", Text: "违约行为", Facts: facts, Findings: findings, Amount: amount}}
	}
	return list, numbers
}

// groundText is the item of a ground, its punctuation as in print.
func groundText(code string) string {
	return strings.NewReplacer(",", "，", ";", "；", "(", "（", ")", "）").Replace(sanction.GroundText(code))
}

// whatOf says a measure in words.
func (a *Audit) whatOf(v *MatterView, m letter.Measure, day claimwatch.Day, dated bool) string {
	measure := v.Fields["measure"]
	what, months := measureNames[measure], v.Fields["months"]
	from := dayField(v, day, "effective_from", "from")
	switch measure {
	case matter.MeasureSuspension, matter.MeasureNetwork:
		what += cmp.Or(months, "3至6") + "个月"
	case matter.MeasureStaff:
		what = fmt.Sprintf("停止%s%s工伤保险服务资格%s年", v.Fields["physician_id"], inParentheses(v.Fields["name_masked"]), cmp.Or(v.Fields["years"], "1至5"))
	case matter.MeasureDeduct, matter.MeasureForfeit:
		if v.Fields["amount"] != "" {
			what += v.Fields["amount"] + "元"
		}
	}
	if m.Agreement != "" && strings.HasPrefix(measure, "agreement_") {
		what += "（" + m.Agreement + "）"
	}
	if dated {
		what = "自" + paper.Date(from) + "起" + what
	}
	return what
}

func inParentheses(text string) string {
	if text == "" {
		return ""
	}
	return "（" + text + "）"
}

// noticeOf is the written notice of a measure.
func (a *Audit) noticeOf(v *MatterView, m letter.Measure, day claimwatch.Day) paper.Letter {
	from := dayField(v, day, "effective_from", "from")
	months, _ := strconv.Atoi(v.Fields["months"])
	switch measure := v.Fields["measure"]; measure {
	case matter.MeasureSuspension:
		return letter.Suspension{
			Measure: m, Months: months, From: from, Until: dayField(v, term.AddMonths(from, months), "planned_until"),
			ByStay: a.byAdmission(v.InstitutionID)(from),
		}.Letter()
	case matter.MeasureTermination:
		return letter.Termination{Measure: m, From: from, Public: true}.Letter()
	case matter.MeasureInterview, matter.MeasureRectify:
		m.Agreement = ""
		return letter.Rectification{Measure: m, Interview: measure == matter.MeasureInterview, Due: dayField(v, 0, "due_on")}.Letter()
	default:
		return letter.Decision{
			Measure: m, Title: measureNames[measure], What: a.whatOf(v, m, day, measure != matter.MeasureCriticism), Follows: followsOf(v),
		}.Letter()
	}
}

// followsOf says what a measure without a form of its own brings with it.
func followsOf(v *MatterView) []string {
	switch v.Fields["measure"] {
	case matter.MeasureCriticism:
		return []string{"请对照整改，并书面报告整改情况。"}
	case matter.MeasureWithhold:
		return []string{"调查、处理期间暂停支付相关费用，在调查处理结束后按规定拨付。"}
	case matter.MeasureDeduct:
		return []string{"扣除的费用以拒付费用清单和月度结算单为准，同一笔费用至多扣除一次。"}
	case matter.MeasureNetwork:
		return []string{"暂停期间不得通过联网系统结算；期满后经你单位申请，本机构对整改情况进行现场检查，验收通过后方可恢复。"}
	case matter.MeasureForfeit:
		return []string{"扣除的保证金由经办机构收回并入工伤保险基金，在年终清算时处理。"}
	case matter.MeasureStaff:
		return []string{"停止期间该人员提供的服务，工伤保险基金不予结算。", "已报经同级人力资源社会保障行政部门同意" + consent(v) + "，并将通报相关主管部门。"}
	default:
		return nil
	}
}

func consent(v *MatterView) string {
	if v.Fields["consent_no"] == "" {
		return ""
	}
	return "（" + v.Fields["consent_no"] + "，" + paper.Date(dayField(v, 0, "consent_on")) + "）"
}

// quoted gives articles of the measures with their texts, each once, and says of each
// whether it was in force on a day. Of a ground the item is quoted, with the sentence
// over all items.
func (a *Audit) quoted(ctx context.Context, on claimwatch.Day, numbers ...string) (list []letter.Article, err error) {
	loaded, err := a.lawIntervals(ctx)
	if err != nil {
		return nil, err
	}
	for _, number := range numbers {
		one := article(number)
		if a.deps.Articles == nil {
			list = append(list, one)
			continue
		}
		whole, item, within := strings.Cut(number, ".")
		full := a.deps.Articles(RuleArticle{Law: measuresLaw, Article: whole})
		one.Law, one.Text = cmp.Or(full.Title.Chinese, one.Law), full.Text
		if n, _ := strconv.Atoi(item); within && n > 0 && n < len(full.Text) {
			one.Text = []string{full.Text[0], full.Text[n]}
		}
		valid := full.Valid
		if rows, told := loaded[measuresLaw]; told {
			valid = rows
		}
		one.Expired = !inForceOn(valid, on)
		list = append(list, one)
	}
	return list, nil
}
