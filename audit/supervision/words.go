package supervision

import (
	"strconv"

	"claimwatch"
	"claimwatch/audit/paper"
)

// The words of the papers, by those of the report.
var (
	changeNames = map[string]string{
		"records": "上传记录（条）", "stays": "住院人次", "charged": "发生费用（元）", "findings": "疑点（件）", "at_issue": "疑点金额（元）",
		"confirmed": "拒付决定（件）", "dismissed": "放行决定（件）", "rejected": "拒付金额（元）",
	}
	severityNames = map[claimwatch.Severity]string{claimwatch.Violation: "违规", claimwatch.Suspicion: "可疑", claimwatch.Reminder: "提醒"}
	dueNames      = map[string]string{
		"statement": "机构说明", "lease": "认领到期", "renewal_asked": "续签申请", "term_end": "协议期满", "suspension_end": "中止期满",
		"assessed_until": "评估有效期", "settlement": "月度结算", "payment": "拨付", "year_end": "年终清算",
	}
)

// named is the word for a name, or the name where there is none.
func named(words map[string]string, name string) string {
	if word, known := words[name]; known {
		return word
	}
	return name
}

func (r *Report) title() string { return "工伤保险医疗费用监管月报" }

// scope is what the report is about, as papers call it.
func (r *Report) scope() string {
	if r.City == "" {
		return "全省"
	}
	return r.City
}

func (r *Report) agency() string {
	if r.Agency == "" {
		return r.scope() + "工伤保险经办机构"
	}
	return r.Agency
}

// note says whether the month was over and of which moment the figures are.
func (r *Report) note() string {
	at := r.AsOf.Time().In(claimwatch.Shanghai).Format("2006年1月2日15时04分")
	if !r.Complete {
		return paper.Month(r.Month.String()) + "　" + r.scope() + "　月份未完，数据截至" + at
	}
	return paper.Month(r.Month.String()) + "　" + r.scope() + "　数据截至" + at
}

// share writes a part of a whole in percent, with one decimal.
func share(part, whole int64) string {
	if whole == 0 {
		return "—"
	}
	tenths := (part*2000 + whole) / (2 * whole)
	return strconv.FormatInt(tenths/10, 10) + "." + strconv.FormatInt(tenths%10, 10) + "%"
}

// day is the day of the papers.
func (r *Report) day() claimwatch.Day { return r.AsOf.Day() }

func number(n int) string { return strconv.Itoa(n) }

// called is how papers call an institution.
func (h *House) called() string {
	if h.Name == "" {
		return h.InstitutionID
	}
	return h.Name
}
