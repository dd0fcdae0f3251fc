package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"claimwatch/audit/journal"
	"claimwatch/audit/letter"
	"claimwatch/audit/matter"
	"claimwatch/audit/paper"
	"claimwatch/audit/sanction"
)

// stepNames are the steps of a sanction as its dossier calls them.
var stepNames = map[matter.Action]string{
	matter.Open: "建议", "announce": "告知拟作出的处理", "amend": "变更建议", "drop": "不予采取", "propose": "提出处理意见", "notify": "书面通知", "serve": "送达",
	"report": "报告行政部门", "answer": "机构陈述", "apply_resumption": "机构申请恢复", "refuse_resumption": "现场验收未通过", "accept_resumption": "现场验收通过",
	"end": "协议终止", "lift": "解除或者撤销措施", "complete": "办结", matter.Confirm: "复核同意", matter.Decline: "复核不同意", matter.Withdraw: "撤回",
}

func stepName(step *matter.TakenStep) string {
	name := stepNames[step.Action]
	if name == "" {
		name = string(step.Action)
	}
	if step.Of != "" {
		name += "：" + stepNames[step.Of]
	}
	if step.Proposed {
		name += "（待复核）"
	}
	return name
}

// dossierLetter writes a dossier as it was hashed, with what has happened since.
func (a *Audit) dossierLetter(ctx context.Context, standing journal.MatterStanding) ([]byte, error) {
	var d sanction.Dossier
	if err := json.Unmarshal([]byte(standing.Texts["dossier"]), &d); err != nil {
		return nil, fmt.Errorf("read dossier: %w", err)
	}
	head, err := a.letterHead(ctx, standing.InstitutionID, standing.Number, d.MadeAt.Day(), &d.MadeAt)
	if err != nil {
		return nil, err
	}
	head.SHA256 = standing.Fields["dossier_sha256"]
	r := d.Recommendation
	out := letter.Dossier{
		Head: head, Measure: measureNames[r.Measure], Months: r.Months,
		Summary: fmt.Sprintf("依据%s至%s的数据。", paper.Date(d.Facts.From), paper.Date(d.Facts.Until-1)),
	}
	if len(r.Findings) > 0 {
		out.Summary += fmt.Sprintf("涉及拒付问题%d项，金额%s元。", len(r.Findings), paper.Yuan(r.Amount))
	}
	if c := d.Facts.Charged; c != nil {
		out.Summary += fmt.Sprintf("同期申报费用%s元。", paper.Yuan(*c))
	}
	for _, point := range r.For {
		out.Rules = append(out.Rules, argued(point))
	}
	for _, point := range r.Against {
		out.Against = append(out.Against, argued(point))
	}
	for _, code := range r.Grounds {
		out.Grounds = append(out.Grounds, groundOf(&d, code))
	}
	for _, f := range d.Facts.Findings {
		if slices.Contains(r.Findings, f.ID) {
			out.Findings = append(out.Findings, letter.DossierFinding{ID: f.ID, Rule: f.Rule, RuleName: a.ruleName(f.Rule), Day: f.DecidedAt.Day(), State: stateOf(&f), Amount: f.Amount})
		}
	}
	for i := range standing.History {
		step := &standing.History[i]
		who := step.By
		if step.Institution != "" {
			who = "机构 " + step.Institution
		}
		out.History = append(out.History, letter.Event{At: step.At, Who: who, What: stepName(step)})
	}
	if out.Articles, err = a.quoted(ctx, d.MadeAt.Day(), append(slices.Clone(r.Grounds), articlesOf(r.Measure)...)...); err != nil {
		return nil, err
	}
	return out.Letter().PDF()
}

// argued is an argument in Chinese with what fills it. A dossier from before there
// were two languages has English only.
func argued(p sanction.Argument) string {
	text := p.Zh
	if text == "" {
		text = p.Says
	}
	if p.Line != "" {
		text = p.Line + "　" + text + fmt.Sprintf("。实际：%d项", p.Count)
		if p.Amount > 0 {
			text += "，金额" + paper.Yuan(p.Amount) + "元"
		}
	} else if p.Count > 0 && !strings.Contains(text, strconv.Itoa(p.Count)) {
		text += fmt.Sprintf("（%d）", p.Count)
	}
	for i, number := range p.Entries {
		if i == 0 {
			text += "："
		} else {
			text += "、"
		}
		text += number
	}
	return text + "。"
}

// groundOf is a ground with the findings of the lines that rest on it.
func groundOf(d *sanction.Dossier, code string) letter.Ground {
	g := letter.Ground{Code: code, Text: groundText(code)}
	var counted []string
	for _, line := range d.Lines {
		for _, p := range d.Recommendation.For {
			if line.Code == p.Line && line.Ground == code {
				counted = append(counted, p.Findings...)
			}
		}
	}
	for _, f := range d.Facts.Findings {
		if slices.Contains(counted, f.ID) {
			g.Findings, g.Amount = g.Findings+1, g.Amount+f.Amount
		}
	}
	return g
}

func stateOf(f *sanction.Finding) string {
	if f.Appealed {
		return "拒付，申诉中"
	}
	return "拒付"
}

func (a *Audit) ruleName(code string) string {
	if a.deps.Book == nil {
		return ""
	}
	rule, _ := a.deps.Book.Rule(code)
	return rule.Name.Chinese
}
