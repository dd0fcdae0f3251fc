package rejection

import (
	"cmp"
	"slices"
	"strconv"

	"claimwatch"
	"claimwatch/audit/paper"
)

// Names are what papers print beside codes. A sealed list carries those that were
// known when it was sealed, so that its bytes are always the same, whatever library or
// table is loaded later. What is missing is printed as its code.
type Names struct {
	Agency      string            `json:"agency"`
	Institution string            `json:"institution"`
	Rules       map[string]string `json:"rules" doc:"in Chinese, by code"`
	Articles    map[string]string `json:"articles" doc:"how articles are cited, by law and article with a space between"`
}

// articleKey is the key of an article in Names, and how a list cites it without them.
func articleKey(law, article string) string { return law + " " + article }

// Cite says how an article is cited on the papers.
func (n Names) Cite(law, article, text string) { n.Articles[articleKey(law, article)] = text }

// cite gives articles as they are cited in Chinese.
func (n Names) cite(list []claimwatch.Basis) []string {
	texts := make([]string, len(list))
	for i, b := range list {
		key := articleKey(b.Law, b.Article)
		if texts[i] = cmp.Or(n.Articles[key], key); !b.InForce {
			texts[i] += "（服务日已不在有效期）"
		}
	}
	return texts
}

func (n Names) rule(code string) string {
	if name := n.Rules[code]; name != "" {
		return code + " " + name
	}
	return code
}

func (n Names) institution(l RejectedList) string {
	if n.Institution == "" {
		return l.InstitutionID
	}
	return n.Institution + "（" + l.InstitutionID + "）"
}

// day is that of the paper: of the seal, else of the latest decision, else the first
// of the month. It is a function of the list, so the paper is one too.
func (l RejectedList) day() claimwatch.Day {
	if l.SealedAt != nil {
		return l.SealedAt.Day()
	}
	if len(l.Items) > 0 {
		latest := slices.MaxFunc(l.Items, func(a, b RejectedItem) int { return int(a.DecidedAt.Day()) - int(b.DecidedAt.Day()) })
		return latest.DecidedAt.Day()
	}
	first, err := claimwatch.ParseDay(l.Month + "-01")
	if err != nil {
		return 0
	}
	return first
}

// about are the lines over the table.
func (l RejectedList) about(n Names) paper.Pairs {
	return paper.Pairs{
		{Label: "协议机构", Value: n.institution(l)},
		{Label: "费用月份", Value: paper.Month(l.Month)},
		{Label: "笔数", Value: strconv.Itoa(len(l.Items))},
		{Label: "拒付合计", Value: paper.Yuan(l.Total) + "元（" + paper.Capitals(l.Total) + "）"},
		{Label: "状态", Value: l.status()},
	}
}

func (l RejectedList) status() string {
	if !l.Sealed {
		return "未封存（仍可能变化）"
	}
	if l.SealedAt == nil {
		return "已封存"
	}
	return "已封存（" + paper.Date(l.SealedAt.Day()) + "），此后变动列入以后月份清单调整"
}

func (l RejectedList) number() string {
	if l.Number == nil {
		return ""
	}
	return *l.Number
}
