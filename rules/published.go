package rules

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"claimwatch"
)

// variant is a rule with the values of its parameters that hold for some of the
// slice's stays.
type variant struct {
	prepared
	set Settings // of its parameters, those that are not the defaults
}

// tagOf tells the variants of a rule apart. The values are numbers: nothing in
// them ends the text in which they stand.
func tagOf(r *Rule, set Settings) string { return strings.TrimSpace(r.Code + " " + set.key()) }

// schedule says which values of parameters hold where and when.
type schedule struct {
	library   *Library
	asked     Settings // of the caller: they hold everywhere
	published map[string][]claimwatch.PublishedParameter
}

// newSchedule sorts what is published by RULE.parameter.
func newSchedule(library *Library, asked Settings, published []claimwatch.PublishedParameter) schedule {
	s := schedule{library: library, asked: asked, published: map[string][]claimwatch.PublishedParameter{}}
	for _, p := range published {
		name := p.Rule + "." + p.Name
		s.published[name] = append(s.published[name], p)
	}
	return s
}

// names are the parameters on which a rule depends, its own and those that it
// follows, as RULE.parameter.
func (s schedule) names(r *Rule) []string {
	names := make([]string, len(r.Parameters))
	for i, p := range r.Parameters {
		names[i] = r.Code + "." + p.Name
		if p.Of != "" {
			names[i] = p.Of
		}
	}
	return names
}

// touches says whether anything is published for a rule.
func (s schedule) touches(r *Rule) bool {
	return slices.ContainsFunc(s.names(r), func(name string) bool { return len(s.published[name]) > 0 })
}

// at gives the values in force for a rule in a city on a day: what the caller
// asks for, else what is published for the city, else for everywhere; of several
// the latest publication. Parameters without any keep their default.
func (s schedule) at(r *Rule, city string, day claimwatch.Day) Settings {
	set := Settings{}
	for _, name := range s.names(r) {
		if value, asked := s.asked[name]; asked {
			set[name] = value
			continue
		}
		own := false
		for _, p := range s.published[name] { // the latest last
			if day < p.From || day >= p.Until || p.City != "" && p.City != city {
				continue
			}
			if here := p.City != ""; here || !own {
				set[name], own = p.Value, here
			}
		}
	}
	return set
}

// key writes settings as a text that is the same for the same values.
func (set Settings) key() string {
	words := make([]string, 0, len(set))
	for _, name := range slices.Sorted(maps.Keys(set)) {
		words = append(words, name+"="+set[name])
	}
	return strings.Join(words, " ")
}

// everywhere lists every set of values of a rule that holds somewhere at some
// time: what is published changes on few days and in few cities.
func (s schedule) everywhere(r *Rule) []Settings {
	days, cities := map[claimwatch.Day]bool{0: true}, map[string]bool{"": true}
	for _, name := range s.names(r) {
		for _, p := range s.published[name] {
			days[p.From], days[p.Until], cities[p.City] = true, true, true
		}
	}
	sets := map[string]Settings{}
	for day := range days {
		for city := range cities {
			set := s.at(r, city, day)
			sets[set.key()] = set
		}
	}
	all := make([]Settings, 0, len(sets))
	for _, key := range slices.Sorted(maps.Keys(sets)) {
		all = append(all, sets[key])
	}
	return all
}

// variants gives each rule once for every set of values that may apply to what
// the slice holds. Without publications each rule is there once, as prepared. A
// rule that does not take a published value any more comes back in unfit.
func (e *Engine) variants(ctx context.Context, s schedule, rules []prepared) (all []variant, unfit map[*Rule]error, err error) {
	unfit = map[*Rule]error{}
	for _, rule := range rules {
		if !s.touches(rule.Rule) {
			all = append(all, variant{prepared: rule, set: s.at(rule.Rule, "", 0)})
			continue
		}
		for _, set := range s.everywhere(rule.Rule) {
			values, err := e.library.values(rule.Rule, set)
			if err != nil {
				unfit[rule.Rule] = err
				continue
			}
			v := variant{prepared: rule, set: set}
			v.tag = tagOf(rule.Rule, set)
			if v.statement, err = e.fillIn(ctx, v, values); err != nil {
				return nil, nil, err
			}
			all = append(all, v)
		}
	}
	return all, unfit, nil
}

// fillIn prepares a rule with other values, once for each of them.
func (e *Engine) fillIn(ctx context.Context, v variant, values map[string]int64) (statement, error) {
	if shaped, known := e.filled[v.tag]; known {
		return shaped, nil
	}
	query, err := fill(v.Query, values)
	if err != nil {
		return statement{}, fmt.Errorf("prepare %s: %w", v.tag, err)
	}
	shaped, err := shape(ctx, v.tag, query, e.slice)
	if err != nil {
		return statement{}, err
	}
	if e.filled == nil || len(e.filled) > mostFilled {
		e.filled = map[string]statement{}
	}
	e.filled[v.tag] = shaped
	return shaped, nil
}

// mostFilled bounds the statements that are kept.
const mostFilled = 1000

// shown are the values of a variant's parameters by their names in the rule.
func (l *Library) shown(v variant) map[string]string {
	shown := map[string]string{}
	for _, p := range v.Parameters {
		name, value := v.Code+"."+p.Name, p.Default
		if p.Of != "" {
			name = p.Of
			if _, source, err := l.origin(p); err == nil {
				value = source.Default
			}
		}
		if set, given := v.set[name]; given {
			value = set
		}
		shown[p.Name] = value
	}
	return shown
}

// placed says where and when a finding counts for parameters (ADR 0014): on the
// day that its subject names, else on that of the admission of the stay to which
// it belongs; in the city of the stay's institution.
func (a *answer) placed(d *draft) (city string, day claimwatch.Day) {
	of, named := a.stays[d.owner()]
	day = of.AdmittedAt.Day()
	if d.rule.Span == SpanDay && d.day != 0 {
		day = d.day
	}
	if !named && len(d.about) > 0 {
		return a.cityOf(d.about[0]), day
	}
	return of.City, day
}

// placedRow is the same for what could not be evaluated.
func (a *answer) placedRow(rule *Rule, r row) (city string, day claimwatch.Day) {
	return a.placed(&draft{
		rule: rule, stay: cmp.Or(r.stay, r.belongs, r.lineStay), about: r.about, day: claimwatch.Day(r.day),
	})
}

// cityOf is the city of an institution that has a stay in the slice.
func (a *answer) cityOf(institution string) string {
	for _, s := range a.stays {
		if s.InstitutionID == institution && s.City != "" {
			return s.City
		}
	}
	return ""
}

// applies says whether the values with which a row was found are those in force
// for what it is about.
func (a *answer) applies(v variant, city string, day claimwatch.Day) bool {
	return !a.schedule.touches(v.Rule) || tagOf(v.Rule, a.schedule.at(v.Rule, city, day)) == v.tag
}
