package main

import (
	"maps"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit"
	"claimwatch/rules"
)

// ruleBook shows the library to the audit stage, with the laws of the binary.
type ruleBook struct {
	shelf *rules.Shelf
	laws  []rules.Law
}

func (b ruleBook) List() []audit.RuleView {
	list := make([]audit.RuleView, 0, len(b.shelf.Library().Rules()))
	for _, r := range b.shelf.Library().Rules() {
		list = append(list, b.view(r))
	}
	return list
}

func (b ruleBook) Rule(code string) (audit.RuleView, bool) {
	r, known := b.shelf.Library().Rule(code)
	if !known {
		return audit.RuleView{}, false
	}
	v := b.view(r)
	v.About, v.CannotTell, v.Answer = b.said(r, r.About), b.said(r, r.CannotTell), b.said(r, r.Answer)
	v.Query = r.Query
	v.Reads = slices.Sorted(maps.Keys(r.Reads.Reference))
	for _, name := range slices.Sorted(maps.Keys(r.Reads.Looks)) {
		if !slices.Contains(v.Reads, name) {
			v.Reads = append(v.Reads, name)
		}
	}
	for _, file := range r.Cases {
		for _, c := range file.Cases {
			v.CaseNames = append(v.CaseNames, c.Name)
		}
	}
	for _, article := range r.Basis {
		v.Articles = append(v.Articles, b.article(article))
	}
	return v, true
}

// said is a text of the rule with its parameters' defaults put in; nil when it has none.
func (b ruleBook) said(r *rules.Rule, text rules.Text) *audit.RuleName {
	defaults, err := b.shelf.Library().Defaults(r)
	if err != nil || text == (rules.Text{}) { // a library whose parameters follow nothing was not loaded
		return nil
	}
	for _, p := range defaults {
		text.Chinese = strings.ReplaceAll(strings.ReplaceAll(text.Chinese, "{"+p.Name+"} ", p.Default), "{"+p.Name+"}", p.Default)
		text.English = strings.ReplaceAll(text.English, "{"+p.Name+"}", p.Default)
	}
	return (*audit.RuleName)(&text)
}

// article is an article in full, with when its law is in force by its own text.
func (b ruleBook) article(a rules.Article) audit.ArticleView {
	v := audit.ArticleView{RuleArticle: audit.RuleArticle(a), Text: []string{}, Valid: []audit.LawInterval{}}
	for _, law := range b.laws {
		if law.ID != a.Law {
			continue
		}
		v.Title, v.Note = audit.RuleName(law.Title), audit.RuleName(law.Note)
		from, err := claimwatch.ParseDay(law.From)
		until, bad := claimwatch.ParseDay(law.Until)
		if err == nil && bad == nil { // a test of the library reads both
			v.Valid = append(v.Valid, audit.LawInterval{From: from, Until: &until})
		}
		for _, passage := range law.Articles {
			if passage.Article == a.Article {
				v.Label, v.Text, v.Gist = audit.RuleName(passage.Label), passage.Text, passage.Gist
			}
		}
	}
	return v
}

func (b ruleBook) CheckValue(code, name, value string) error {
	return b.shelf.Library().CheckValue(code, name, value)
}

func (b ruleBook) OnTrial(code string) bool { return b.shelf.Library().OnTrial(code) }

func (b ruleBook) view(r *rules.Rule) audit.RuleView {
	v := audit.RuleView{
		Code: r.Code, Name: audit.RuleName(r.Name), Version: r.Version, State: string(r.State), Trial: b.shelf.Library().OnTrial(r.Code),
		Severity: r.Severity, Scope: r.Scope, Stays: r.Stays, LookBack: audit.RuleName(r.LookBack), Time: audit.RuleName(r.Time),
		Requires: append([]string{}, r.Requires...), Grounds: append([]string{}, r.Grounds...),
		Basis: []audit.RuleArticle{}, Parameters: []audit.ParameterView{},
	}
	for _, article := range r.Basis {
		v.Basis = append(v.Basis, audit.RuleArticle(article))
	}
	for _, p := range r.Parameters {
		v.Parameters = append(v.Parameters, audit.ParameterView{
			Name: p.Name, Unit: p.Unit, Default: p.Default, Min: p.Min, Max: p.Max, Of: p.Of, About: audit.RuleName(p.About),
		})
	}
	for _, file := range r.Cases {
		v.Cases += len(file.Cases)
	}
	return v
}
