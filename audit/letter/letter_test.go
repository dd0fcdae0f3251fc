package letter

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"claimwatch"
	"claimwatch/audit/paper"
	"claimwatch/audit/paper/papertest"
)

func day(text string) claimwatch.Day {
	d, err := claimwatch.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

func at(text string) (i claimwatch.Instant) {
	if err := i.UnmarshalText([]byte(text)); err != nil {
		panic(err)
	}
	return i
}

var (
	head = Head{
		Agency: "太原市工伤保险经办机构", Number: "并工险〔2026〕12号", InstitutionID: "H001", Institution: "太原市某某医院", Day: day("2026-03-02"),
		Handler: "审核员 0123456789abcdef", Checker: "复核员 fedcba9876543210", SHA256: strings.Repeat("5e", 32),
	}
	measures  = "山西省工伤医疗管理服务办法（2022年）"
	article32 = Article{Law: measures, Label: "第三十二条", Text: []string{
		"经办机构可通过信息系统智能审核、人工复审、委托有资质的第三方机构或专家评审等方式对协议机构的费用进行审核，所需经费由负责组织的经办机构按相关规定及标准支付，列入本单位经费开支，不得在工伤保险基金列支。发现协议机构费用有不符合规定的，应当及时告知协议机构并说明理由。协议机构应当在5个工作日内向经办机构作出说明。逾期不说明的，经办机构可拒付有关费用。协议机构违规申报费用，经审查核实的，经办机构不予支付。",
		"各设区市可根据本地情况探索医疗包干、对部分单病种按定额付费等结算方式，具体办法报省人力资源社会保障行政部门备案。",
	}}
	article23 = Article{Law: measures, Label: "第二十三条", Expired: true, Text: []string{"协议医疗、康复机构应当严格执行实名就医和购药管理规定，不得分解住院、挂床住院，不得重复收费、超标准收费、分解项目收费。"}}
	article45 = Article{Law: measures, Label: "第四十五条", Text: []string{"经办机构查实协议机构存在违约违规行为的，需要暂停服务或解除协议的，应及时通知对方，下达书面通知单，并自通知之日起暂停服务3-6月或解除协议。"}}
	ground    = []Ground{
		{"38.1", "对基金安全可能造成重大风险", "2025年10月至2026年2月共拒付重复收费、挂床住院63项，占审核费用的8.4%。", 63, 12_345_678},
		{"38.2", "未按规定提供数据", "三次文书调取逾期未答复。", 3, 0},
	}
)

func findings() []Finding {
	one := Finding{
		ID: "f_0123456789abcdef0123456789abcdef", Rule: "FEE-001", RuleName: "重复收费", Severity: claimwatch.Violation, Reason: "同一人同一日同一项目收取两次，医嘱只有一次。",
		Person: "P0000001", Stay: "S2026-00001", Articles: []Article{article23},
	}
	for i := range 12 {
		charged := claimwatch.Fen(25_600)
		line := Line{fmt.Sprintf("H001-2026-%06d", i), (day("2026-02-10") + claimwatch.Day(i)).String(), "330100001", "胸部CT平扫（含增强）=1+1", &charged, 12_800}
		one.Lines, one.Amount = append(one.Lines, line), one.Amount+line.Amount
	}
	two := Finding{ID: "f_fedcba9876543210fedcba9876543210", Rule: "ADM-002", RuleName: "挂床住院", Severity: claimwatch.Suspicion, Reason: "连续三日无人脸识别、护理及体征记录。", Person: "P0000002", Stay: "S2026-00002", Articles: []Article{article23, article32}}
	return []Finding{one, two}
}

func notice() Notice {
	return Notice{Head: head, Under: article32, Findings: findings(), Due: day("2026-03-09"), Provisional: true}
}

func settlement() Settlement {
	h := head
	s := Settlement{
		Head: h, Month: "2026-02", Closed: true, PayBy: day("2026-03-25"), List: "2026-0003", Under: Article{Law: measures, Label: "第三十三条"},
		Readings: []Reading{{Name: "以审核通过费用为基数预留10%", Applies: true}, {Name: "以费用总额为基数预留10%"}},
	}
	for i := range 30 {
		declared := claimwatch.Fen(100_000 + i)
		c := Claim{Stay: fmt.Sprintf("S2026-%05d", i), Person: fmt.Sprintf("P%07d", i), Declared: &declared, Sums: Sums{100_000, 80_000, 12_000, 5_000, 3_000}}
		if i == 7 {
			c.Declared = nil
		}
		s.Claims, s.Total = append(s.Claims, c), s.Total.add(c.Sums)
	}
	a := Adjustment{"2026-01", "H001-2026-000007", "结算后退费", Sums{-5_000, -5_000, 0, 0, 0}}
	s.Adjustments, s.Total = []Adjustment{a}, s.Total.add(a.Sums)
	s.Readings[0].Payable, s.Readings[1].Payable = 2_155_500, 2_095_500
	for i := range s.Readings {
		s.Readings[i].Retained = s.Total.Approved - s.Readings[i].Payable
	}
	return s
}

func yearEnd() YearEnd {
	y := YearEnd{Head: head, Year: 2025, Score: "86.5", Band: "80分（含）至90分", Percent: 90, Due: day("2026-03-31"), Under: Article{Law: measures, Label: "第三十四条", Text: []string{"80分（含80分）-90分的，返还90%。"}}}
	for m := range 12 {
		y.Months, y.Bond = append(y.Months, MonthBond{fmt.Sprintf("2025-%02d", m+1), 1_234_567}), y.Bond+1_234_567
	}
	y.Returned, y.Forfeited = 13_333_324, 1_481_480
	return y
}

// measure is what every notice has.
func measure() Measure {
	return Measure{
		Head: head, Agreement: "XY2026-001", Grounds: ground, Answer: "已退费并整改。", ReportTo: "太原市人力资源和社会保障局",
		Articles: []Article{article45, article32}, Dossier: "卷〔2026〕1号", Review: "太原市人民政府", Attached: []string{"处理建议卷宗"},
	}
}

func suspension() Suspension {
	return Suspension{Measure: measure(), Months: 3, From: day("2026-03-03"), Until: day("2026-06-03"), Held: true}
}

func termination() Termination {
	m := measure()
	m.Grounds, m.Answer, m.Heard = []Ground{{"39.1", "累计2次及以上被中止", "本协议期内已两次中止。", 0, 0}}, "", "2026年2月10日"
	m.Service = Service{How: "直接送达", On: day("2026-03-02"), Number: "送〔2026〕7号"}
	return Termination{Measure: m, From: day("2026-03-03"), Public: true}
}

func dossier() Dossier {
	d := Dossier{
		Head: head, Measure: "中止服务协议", Months: 4, Summary: "五个月内拒付63项，金额123,456.78元，占审核费用的8.4%，呈上升趋势。", Rules: []string{"拒付金额占比超过5%的，建议中止3个月；每超过2个百分点增加1个月，至多6个月。"},
		Grounds: ground, Against: []string{"首次建议中止。", "其中4项申诉后撤销。", "规则IDN-002因机构无人脸设备未评估。"}, Articles: []Article{article45},
		History: []Event{{at("2026-01-05T09:00:00+08:00"), "审核员 0123456789abcdef", "约谈"}, {at("2026-02-05T15:30:00+08:00"), "审核员 0123456789abcdef", "限期整改，期满未报"}},
	}
	for i := range 63 {
		d.Findings = append(d.Findings, DossierFinding{fmt.Sprintf("f_%032x", i), "FEE-001", "重复收费", day("2025-10-01") + claimwatch.Day(i*2), "已拒付", claimwatch.Fen(10_000 + i)})
	}
	return d
}

func evidence() Evidence {
	e := Evidence{
		Head: head, Subject: "本报告说明太原市某某医院2026年2月对同一服务重复收费的认定经过和依据。", Finding: findings()[0], State: "已拒付", RuleVersion: 2,
		RuleSays: "同一人、同一日、同一项目，除有多次医嘱支持外，只能收取一次。", Parameters: []paper.Pair{{Label: "参数 days", Value: "1"}}, QuerySHA256: strings.Repeat("c0", 32), AsOf: at("2026-03-01T00:00:00+08:00"),
		Correspondence: []Event{{at("2026-03-02T10:00:00+08:00"), "审核员 0123456789abcdef", "告知"}, {at("2026-03-04T10:00:00+08:00"), "机构 H001", "说明：系统重复上传。"}, {at("2026-03-05T10:00:00+08:00"), "审核员 0123456789abcdef", "拒付"}},
		HeadSeq:        1234, HeadSHA256: strings.Repeat("aa", 32), Verify: []string{"运行 claimwatch verify pack.zip，程序离线核对全部校验值和日志链。", "也可用任何SHA-256工具逐个核对文件。"},
	}
	for i := range 6 {
		e.Records = append(e.Records, EvidenceRecord{claimwatch.Fee, fmt.Sprintf("H001-2026-%06d", i), 1, at("2026-02-10T08:00:00+08:00"), at("2026-02-10T08:05:00+08:00"), "胸部CT平扫，数量1，单价256.00，金额256.00", strings.Repeat("0f", 32), fmt.Sprintf("records/%06d.json", i)})
		e.Journal = append(e.Journal, EvidenceEntry{uint64(1200 + i), at("2026-03-02T10:00:00+08:00"), "告知 f_0123456789abcdef", strings.Repeat("1d", 32)})
	}
	return e
}

// made is the PDF of a letter that adds up.
func made(t *testing.T, l paper.Letter, err error) []byte {
	t.Helper()
	if err != nil {
		t.Fatalf("Letter() error:\n%+v", err)
	}
	raw, err := l.PDF()
	if err != nil {
		t.Fatalf("PDF() error:\n%+v", err)
	}
	return raw
}

func TestLetters(t *testing.T) {
	told, err := notice().Letter()
	files := map[string][]byte{"notice.pdf": made(t, told, err)}
	settled, err := settlement().Letter()
	files["settlement.pdf"] = made(t, settled, err)
	ended, err := yearEnd().Letter()
	files["year-end.pdf"] = made(t, ended, err)
	report, err := evidence().Letter()
	files["evidence.pdf"] = made(t, report, err)
	files["suspension.pdf"] = made(t, suspension().Letter(), nil)
	files["termination.pdf"] = made(t, termination().Letter(), nil)
	order := Rectification{Measure: measure(), Matters: []string{"全面自查重复收费并退费。", "完善床位和人脸核验。"}, Due: day("2026-04-01")}
	files["rectification.pdf"] = made(t, order.Letter(), nil)
	order.Interview, order.At, order.Persons = true, "2026年3月6日15时，本机构三楼会议室", "法定代表人、医保科负责人"
	files["interview.pdf"] = made(t, order.Letter(), nil)
	stopped := measure()
	stopped.Review = ""
	files["stopped.pdf"] = made(t, Decision{Measure: stopped, Title: "停止工伤保险服务资格", What: "停止D00017（张*）工伤保险服务资格2年", Follows: []string{"停止期间其提供的服务，工伤保险基金不予结算。"}}.Letter(), nil)
	files["intent.pdf"] = made(t, Intent{Measure: measure(), What: "中止服务协议3个月", By: day("2026-03-09"), Provisional: true}.Letter(), nil)
	files["report.pdf"] = made(t, Report{Measure: measure(), To: "太原市人力资源和社会保障局", What: "自2026年3月3日起中止服务协议3个月"}.Letter(), nil)
	asks := Report{Measure: measure(), To: "太原市人力资源和社会保障局", What: "停止D00017工伤保险服务资格2年", Asks: true}
	papertest.Holds(t, made(t, asks.Letter(), nil), "处理意见请示", "本机构拟停止D00017", "报请你单位同意")
	files["dossier.pdf"] = made(t, dossier().Letter(), nil)
	files["handover.pdf"] = made(t, Handover{
		Head: head, To: "太原市人力资源和社会保障局", Case: "2026年第1号", Summary: "该院虚构住院费用。", Grounds: ground, Asked: "提请依法处理。", Articles: []Article{article45},
		Materials: []Material{{"证据包 pack.zip", strings.Repeat("0f", 32)}, {"处理建议卷宗", strings.Repeat("ab", 32)}},
	}.Letter(), nil)
	files["settlement.xlsx"], err = settlement().XLSX()
	if err != nil {
		t.Fatalf("XLSX() error:\n%+v", err)
	}
	papertest.Golden(t, files)
	for name, texts := range says {
		t.Run(name, func(t *testing.T) {
			papertest.Holds(t, files[name], append(texts, "太原市工伤保险经办机构", "编号：并工险〔2026〕12号", "太原市某某医院（H001）", "经办人：审核员 0123456789abcdef", "日期：2026年3月2日", head.SHA256)...)
		})
	}
}

// says is what stands in each paper.
var says = map[string][]string{
	"notice.pdf": {
		"不符合规定费用告知书", "2项问题，涉及金额1,536.00元（人民币壹仟伍佰叁拾陆元整）", "5个工作日内，即于2026年3月9日24时前", "系暂定", "同一笔费用至多拒付一次", "（一）重复收费（FEE-001，违规）", "医嘱只有一次", "（二）挂床住院（ADM-002，可疑）",
		"H001-2026-000011", "2026-02-21", "胸部CT平扫（含增强）=1+1", "128.00", "不因逾期自动发生", "第二十三条（在有关服务日已不在有效期）", "逾期不说明的，经办机构可拒付有关费用", "特此告知。",
	},
	"settlement.pdf":    {"工伤保险费用月度结算单", "2026年2月", "29,950.00元（人民币贰万玖仟玖佰伍拾元整）", "以费用总额为基数预留10%", "21,555.00", "20,955.00", "于2026年3月25日前拨付", "S2026-00029", "未报", "结算后退费", "-50.00", "1．拒付费用清单2026-0003"},
	"year-end.pdf":      {"2025年度工伤保险履约保证金年终清算单", "86.5分（80分（含）至90分）", "90%", "148,148.04", "133,333.24元（人民币壹拾叁万叁仟叁佰叁拾叁元贰角肆分）", "14,814.80元", "2025年12月"},
	"suspension.pdf":    {"中止工伤保险服务协议通知书", "（XY2026-001）3个月，自2026年3月3日起至2026年6月2日止", "第三十八条第（一）项", "123,456.78", "按服务日期不予结算", "验收通过后方可恢复协议", "自收到本通知书之日起60日内向太原市人民政府申请行政复议", "6个月内", "卷宗：卷〔2026〕1号", "送达回证", "受送达人：太原市某某医院", "你单位的陈述和申辩：已退费并整改。", "报告：太原市人力资源和社会保障局"},
	"termination.pdf":   {"解除工伤保险服务协议通知书", "自2026年3月3日起解除", "第三十九条第（一）项", "向社会公布", "本机构已于2026年2月10日告知", "未提出陈述和申辩", "直接送达", "送〔2026〕7号", "送达日期：2026年3月2日"},
	"stopped.pdf":       {"停止工伤保险服务资格通知书", "决定停止D00017（张*）工伤保险服务资格2年", "有管辖权的行政复议机关", "不予结算"},
	"intent.pdf":        {"拟处理告知书", "拟对你单位采取下列措施：中止服务协议3个月", "2026年3月9日24时前", "系暂定", "不视为承认", "不是处理决定"},
	"report.pdf":        {"处理情况报告", "太原市人力资源和社会保障局：", "决定自2026年3月3日起中止服务协议3个月"},
	"rectification.pdf": {"限期整改通知书", "（三）于2026年4月1日前书面报告"},
	"interview.pdf":     {"约谈通知书", "2026年3月6日15时", "医保科负责人"},
	"dossier.pdf":       {"处理建议卷宗", "仅为建议", "4个月", "三、不利于该建议的情况", "首次建议中止", "规则IDN-002", "至多6个月", "合计 63 项", "f_0000000000000000000000000000003e", "限期整改，期满未报"},
	"evidence.pdf":      {"证据报告", "FEE-001 重复收费，第2版", "2026-02-10 08:05:00", strings.Repeat("0f", 32), "records/000005.json", "费用明细", "系统重复上传", "第1234条 " + strings.Repeat("aa", 32), "claimwatch verify pack.zip", "1205"},
	"handover.pdf":      {"涉嫌违法违规案件移交函", "太原市人力资源和社会保障局：", "证据包 pack.zip", "接收回执", "提请依法处理"},
}

// A paper that does not add up is refused.
func TestSums(t *testing.T) {
	for name, write := range map[string]func() error{
		"a finding":     func() error { n := notice(); n.Findings[0].Amount++; _, err := n.Letter(); return err },
		"a stay":        func() error { s := settlement(); s.Claims[3].OnHold++; _, err := s.Letter(); return err },
		"the total":     func() error { s := settlement(); s.Total.Claimed++; s.Total.OnHold++; _, err := s.Letter(); return err },
		"a reading":     func() error { s := settlement(); s.Readings[1].Payable++; _, err := s.XLSX(); return err },
		"an adjustment": func() error { s := settlement(); s.Adjustments[0].Claimed++; _, err := s.XLSX(); return err },
		"a month":       func() error { y := yearEnd(); y.Months[0].Bond++; _, err := y.Letter(); return err },
		"the return":    func() error { y := yearEnd(); y.Returned++; _, err := y.Letter(); return err },
		"evidence":      func() error { e := evidence(); e.Finding.Lines = e.Finding.Lines[1:]; _, err := e.Letter(); return err },
	} {
		if err := write(); !errors.Is(err, ErrSums) {
			t.Errorf("%s that does not add up: %v", name, err)
		}
	}
}

// What is missing is said, not left blank.
func TestDrafts(t *testing.T) {
	s := settlement()
	s.Closed, s.Readings[0].Applies = false, false
	l, err := s.Letter()
	papertest.Holds(t, made(t, l, err), "（预览，未结账）", "暂不拨付")
	d := dossier()
	d.Number, d.Against, d.Institution = "", nil, ""
	papertest.Holds(t, made(t, d.Letter(), nil), "（草稿，未编号）", "请决定人员另行核查", "机构：H001")
	n := notice()
	n.Open, n.Findings[0].Due, n.Findings[1].Due = true, n.Due, n.Due+7
	n.Findings[0].Lines[0].Day, n.Findings[0].Lines[0].Claimed = "", nil
	l, err = n.Letter()
	raw := made(t, l, err)
	papertest.Holds(t, raw, "（当日未满，仍可能增加）", "本项说明期限：至2026年3月16日24时", "—")
	if strings.Count(papertest.Text(t, raw), "本项说明期限") != 1 {
		t.Error("the term of the notice is told again")
	}
	u := suspension()
	u.ByStay = true
	papertest.Holds(t, made(t, u.Letter(), nil), "该次就诊的费用按入院日期仍予结算")
}

func TestSettlementXLSX(t *testing.T) {
	raw, err := settlement().XLSX()
	if err != nil {
		t.Fatalf("XLSX() error:\n%+v", err)
	}
	file, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("OpenReader() error:\n%+v", err)
	}
	got := map[string]int{}
	for _, name := range file.GetSheetList() {
		rows, err := file.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatalf("GetRows() error:\n%+v", err)
		}
		got[name] = len(rows)
		if name == "按就诊" {
			if diff := cmp.Diff(rows[8], []string{"S2026-00007", "P0000007", "未报", "1000.00", "800.00", "120.00", "50.00", "30.00"}); diff != "" {
				t.Errorf("a stay (-got, +want):\n%s", diff)
			}
		}
	}
	if diff := cmp.Diff(got, map[string]int{"汇总": 13, "按就诊": 31, "调整": 2}); diff != "" {
		t.Errorf("rows by sheet (-got, +want):\n%s", diff)
	}
}
