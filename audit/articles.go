package audit

import (
	"context"
	"fmt"
	"slices"

	"claimwatch"
)

// ArticleView is an article on which a rule rests, as people read it. The texts are
// empty of a law that the product does not quote.
type ArticleView struct {
	RuleArticle
	Title   RuleName      `json:"title" doc:"of the law"`
	Label   RuleName      `json:"label" doc:"how the article is cited"`
	Text    []string      `json:"text" nullable:"false" doc:"its paragraphs in full, in Chinese"`
	Gist    string        `json:"gist" doc:"a summary in English, no translation"`
	Note    RuleName      `json:"note" doc:"what is to know about the validity of the law"`
	InForce bool          `json:"in_force" doc:"today, by the clock of the product; a finding says whether it was on the service date"`
	Valid   []LawInterval `json:"valid" nullable:"false" doc:"when the law is in force: by the table laws where that has rows of it, else by its own text"`
}

// LawInterval is a time in which a law is in force.
type LawInterval struct {
	From  claimwatch.Day  `json:"from"`
	Until *claimwatch.Day `json:"until" doc:"first day that is no longer covered"`
}

func (i LawInterval) has(day claimwatch.Day) bool {
	return i.From <= day && (i.Until == nil || day < *i.Until)
}

func inForceOn(valid []LawInterval, day claimwatch.Day) bool {
	return slices.ContainsFunc(valid, func(one LawInterval) bool { return one.has(day) })
}

// judge says of articles when they are in force: rows of the table laws replace a
// law's own text (rules.md 1.24).
func (a *Audit) judge(ctx context.Context, articles []ArticleView) error {
	now, err := a.deps.Clock(ctx)
	if err != nil {
		return fmt.Errorf("read clock: %w", err)
	}
	loaded, err := a.lawIntervals(ctx)
	if err != nil {
		return err
	}
	for i := range articles {
		article := &articles[i]
		if valid, told := loaded[article.Law]; told {
			article.Valid = valid
		}
		article.InForce = inForceOn(article.Valid, now.Day())
	}
	return nil
}

// lawIntervals reads the table laws, by law.
func (a *Audit) lawIntervals(ctx context.Context) (map[string][]LawInterval, error) {
	t, err := table("laws")
	if err != nil {
		return nil, err
	}
	rows, _, err := a.deps.Tables.Rows(ctx, RowQuery{Table: t.Name})
	if err != nil {
		return nil, fmt.Errorf("read laws: %w", err)
	}
	at := func(name string) int {
		return slices.IndexFunc(t.Columns, func(c claimwatch.Column) bool { return c.Name == name })
	}
	law, from, until := at("law_id"), at("valid_from"), at("valid_until")
	intervals := map[string][]LawInterval{}
	for _, row := range rows {
		one := LawInterval{From: claimwatch.Day(row.Values[from].Num)}
		if end := row.Values[until]; end.Set {
			day := claimwatch.Day(end.Num)
			one.Until = &day
		}
		intervals[row.Values[law].Text] = append(intervals[row.Values[law].Text], one)
	}
	return intervals, nil
}
