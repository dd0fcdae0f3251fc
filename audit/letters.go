package audit

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/letter"
	"claimwatch/audit/paper"
	"claimwatch/audit/rejection"
	"claimwatch/audit/settlement"
)

// measuresTitle is how the measures of Shanxi are cited where no rule cites them.
const measuresTitle = "山西省工伤医疗管理服务办法（2022年）"

// measuresLaw is their id in the library.
const measuresLaw = "shanxi-2022-measures"

// article cites an article of the measures.
func article(number string) letter.Article {
	return letter.Article{Law: measuresTitle, Label: paper.Article(number)}
}

// letterHead begins a letter to an institution. Names are those known at a moment, so
// that a paper of something closed stays as it is; nil: now.
func (a *Audit) letterHead(ctx context.Context, institution, number string, day claimwatch.Day, known *claimwatch.Instant) (letter.Head, error) {
	names, err := a.listNames(ctx, rejection.RejectedList{InstitutionID: institution, SealedAt: known})
	return letter.Head{Agency: names.Agency, Number: number, InstitutionID: institution, Institution: names.Institution, Day: day}, err
}

// paperOr answers with JSON or with the paper that a format names.
func paperOr(doc any, format, name string, write map[string]func() ([]byte, error)) (*rawAnswer, error) {
	draw, known := write[format]
	if !known {
		body, err := json.Marshal(doc)
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", name, err)
		}
		return &rawAnswer{ContentType: "application/json", Body: body}, nil
	}
	body, err := draw()
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", name, err)
	}
	at := slices.IndexFunc(paperTypes, func(one paperType) bool { return one.format == format })
	return &rawAnswer{ContentType: paperTypes[at].mediaType, Body: body, Disposition: fmt.Sprintf("attachment; filename=%q", name+"."+format)}, nil
}

// paperResponses documents an answer that is JSON or a paper.
func paperResponses[T any](api huma.API, about string, mediaTypes ...string) map[string]*huma.Response {
	content := map[string]*huma.MediaType{"application/json": {Schema: api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")}}
	for _, mediaType := range mediaTypes {
		content[mediaType] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	return map[string]*huma.Response{fmt.Sprint(http.StatusOK): {Description: about, Content: content}}
}

// noticeLetter writes a notice. Names of items and what was charged are those of the
// store as of the notice; what the institution was told is the journal's.
func (a *Audit) noticeLetter(ctx context.Context, v NoticeView) ([]byte, error) {
	var known *claimwatch.Instant
	if v.Complete {
		end := (v.Day + 1).Midnight() - 1
		known = &end
	}
	head, err := a.letterHead(ctx, v.InstitutionID, v.Number, v.Day, known)
	if err != nil {
		return nil, err
	}
	under, err := a.quoted(ctx, v.Day, "32")
	if err != nil {
		return nil, err
	}
	n := letter.Notice{Head: head, Under: under[0], Open: !v.Complete}
	for i, item := range v.Items {
		f, err := a.toldFinding(ctx, item)
		if err != nil {
			return nil, err
		}
		if i == 0 || item.DueOn < n.Due {
			n.Due = item.DueOn
		}
		n.Provisional = n.Provisional || item.Provisional
		n.Findings = append(n.Findings, f)
	}
	l, err := n.Letter()
	if err != nil {
		return nil, err
	}
	return l.PDF()
}

// toldFinding is a finding as a notice tells it.
func (a *Audit) toldFinding(ctx context.Context, item NoticeFinding) (letter.Finding, error) {
	f := letter.Finding{
		ID: item.FindingID, Rule: item.Rule, RuleName: cmp.Or(item.RuleName.Chinese, item.Rule), Severity: item.Severity, Reason: item.Reason, Amount: item.Amount,
		Due: item.DueOn, Person: deref(item.PersonID), Stay: deref(item.StayID), Articles: a.citedIn(item.Rule, item.Basis),
	}
	facts, err := a.deps.Lines(ctx, item.NotifiedAt, item.Lines)
	if err != nil {
		return f, fmt.Errorf("read lines of notice: %w", err)
	}
	for i, line := range item.Lines {
		if line.Role != claimwatch.Violating {
			continue
		}
		one := letter.Line{Record: line.RecordID, Amount: line.Amount}
		if fact := facts[i]; fact.Found {
			one.Day, one.ItemCode, one.ItemName, one.Claimed = fact.OccurredAt.Day().String(), fact.ItemCode, fact.ItemName, &fact.Net
		}
		f.Lines = append(f.Lines, one)
	}
	return f, nil
}

func deref(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// citedIn gives the articles on which a finding rests as letters quote them.
func (a *Audit) citedIn(code string, basis []claimwatch.Basis) (articles []letter.Article) {
	var full []ArticleView
	if a.deps.Book != nil {
		rule, _ := a.deps.Book.Rule(code)
		full = rule.Articles
	}
	for _, b := range basis {
		one := letter.Article{Law: b.Law, Label: paper.Article(b.Article), Expired: !b.InForce}
		at := slices.IndexFunc(full, func(v ArticleView) bool { return v.Law == b.Law && v.Article == b.Article })
		if at >= 0 {
			one.Law, one.Label, one.Text = cmp.Or(full[at].Title.Chinese, b.Law), cmp.Or(full[at].Label.Chinese, one.Label), full[at].Text
		}
		articles = append(articles, one)
	}
	return articles
}

// settlementLetter is a settlement as its papers say it.
func (a *Audit) settlementLetter(ctx context.Context, s *settlement.Settlement) (letter.Settlement, error) {
	day, known := s.AsOf.Day(), (*claimwatch.Instant)(nil)
	if s.Closed != nil {
		day, known = s.Closed.At.Day(), &s.Closed.At
	}
	head, err := a.letterHead(ctx, s.InstitutionID, deref(s.Number), day, known)
	if list := a.deps.Journal.Rejections(s.InstitutionID, s.Month.String()); list.Names != nil {
		head.Agency, head.Institution = list.Names.Agency, list.Names.Institution // two papers of one close
	}
	head.SHA256, head.Handler, head.Checker = s.SHA256, signedBy(s.Proposed), signedBy(s.Closed)
	out := letter.Settlement{
		Head: head, Month: s.Month.String(), Closed: s.Stage == settlement.StageClosed, Total: sums(s.Parts), PayBy: s.PayBy, List: deref(s.RejectedList), Under: article("33"),
		Readings: []letter.Reading{
			{Name: "预留审核通过费用的10%", Retained: s.Readings.Approved.Retained, Payable: s.Readings.Approved.Payable, Applies: s.BondBase == settlement.BaseApproved},
			{Name: "预留费用总额的10%", Retained: s.Readings.Total.Retained, Payable: s.Readings.Total.Payable, Applies: s.BondBase == settlement.BaseTotal},
		},
	}
	for i := range s.Claims {
		c := &s.Claims[i]
		out.Claims = append(out.Claims, letter.Claim{Stay: c.StayID, Person: c.PersonID, Declared: c.Declared, Sums: sums(c.Parts)})
	}
	for i := range s.Adjustments {
		c := &s.Adjustments[i]
		out.Adjustments = append(out.Adjustments, letter.Adjustment{Month: c.Month.String(), Record: c.RecordID, Reason: why(c.Why), Sums: sums(c.Parts)})
	}
	return out, err
}

func signedBy(s *settlement.Signature) string {
	if s == nil {
		return ""
	}
	return s.By
}

func sums(p settlement.Parts) letter.Sums {
	return letter.Sums{Claimed: p.Claimed, Approved: p.Approved, Rejected: p.Rejected, OnHold: p.OnHold, NotPayable: p.NotPayable}
}

// why says in words why a line of an earlier month is not paid now.
func why(w settlement.Why) string {
	var texts []string
	switch w.Because {
	case "":
	case "suspended":
		texts = append(texts, "服务协议中止")
	case "terminated":
		texts = append(texts, "服务协议解除")
	default:
		texts = append(texts, w.Because)
	}
	if w.Hold != "" {
		texts = append(texts, "暂缓"+w.Hold)
	}
	if len(texts) == 0 {
		return "结算后变动"
	}
	return strings.Join(texts, "；")
}

// yearEndLetter writes a year end.
func (a *Audit) yearEndLetter(ctx context.Context, y *settlement.YearEnd) ([]byte, error) {
	day, known, number := y.DueOn, (*claimwatch.Instant)(nil), ""
	if y.Closed != nil {
		day, known, number = y.Closed.At.Day(), &y.Closed.At, fmt.Sprintf("%d年度", y.Year)
	}
	head, err := a.letterHead(ctx, y.InstitutionID, number, day, known)
	if err != nil {
		return nil, err
	}
	head.Handler, head.Checker = signedBy(y.Proposed), signedBy(y.Closed)
	out := letter.YearEnd{
		Head: head, Year: y.Year, Score: y.Score, Band: band(y.Percent), Percent: int(y.Percent), Bond: y.Bond, Returned: y.Returned, Forfeited: y.Forfeited,
		Due: y.DueOn, Under: article("34"),
	}
	for _, m := range y.Months {
		out.Months = append(out.Months, letter.MonthBond{Month: m.Month.String(), Bond: m.Retained})
	}
	l, err := out.Letter()
	if err != nil {
		return nil, err
	}
	return l.PDF()
}

// band is the band of scores of Art. 34 that gives a share.
func band(percent int64) string {
	switch percent {
	case 100:
		return "90分（含）以上"
	case 90:
		return "80分（含）至90分"
	case 80:
		return "70分（含）至80分"
	case 70:
		return "60分（含）至70分"
	default:
		return "60分以下"
	}
}
