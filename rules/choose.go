package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"claimwatch"
)

// EveryRule stands for the whole library where a rule can be named.
const EveryRule = "*"

// ReasonError is why a rule that failed to run is not evaluated.
const ReasonError = reasonError

// Resolve reads parameter values that somebody wants to try with a rule, or with
// EveryRule: by name, or as RULE.name. What is wrong comes back at once, with
// what is allowed.
func (l *Library) Resolve(code string, set map[string]string) (Settings, []claimwatch.Fault) {
	settings, faults := Settings{}, []claimwatch.Fault(nil)
	rule, known := l.Rule(code)
	if !known && code != EveryRule {
		return nil, []claimwatch.Fault{{Column: "rule", Message: fmt.Sprintf("there is no rule %s, see claimwatch rules list", code)}}
	}
	for _, name := range slices.Sorted(maps.Keys(set)) {
		full := name
		if !strings.Contains(name, ".") && rule != nil {
			full = code + "." + name
		}
		if message := l.wrong(rule, full, set[name]); message != "" {
			faults = append(faults, claimwatch.Fault{Column: "set." + name, Message: message})
			continue
		}
		settings[full] = set[name]
	}
	return settings, faults
}

// wrong says why a parameter cannot be set so, "" when it can.
func (l *Library) wrong(rule *Rule, full, value string) string {
	code, name, _ := strings.Cut(full, ".")
	owner, known := l.Rule(code)
	if !known {
		return fmt.Sprintf("%s names no rule: write RULE.parameter", full)
	}
	at := slices.IndexFunc(owner.Parameters, func(p Parameter) bool { return p.Name == name })
	if at < 0 {
		return fmt.Sprintf("%s has no parameter %q; it has %s", code, name, list(owner))
	}
	p := owner.Parameters[at]
	if p.Of != "" {
		return fmt.Sprintf("%s is that of %s: set %s", full, p.Of, p.Of)
	}
	if rule != nil && owner != rule && !rule.follows(Settings{full: value}) {
		return fmt.Sprintf("%s does not depend on %s; it has %s", rule.Code, full, list(rule))
	}
	if err := p.check(value); err != nil {
		return fmt.Sprintf("%v; allowed are %s to %s %s", err, p.Min, p.Max, p.Unit)
	}
	return ""
}

// list tells the parameters of a rule with their ranges.
func list(r *Rule) string {
	var parts []string
	for _, p := range r.Parameters {
		if p.Of != "" {
			parts = append(parts, fmt.Sprintf("%s (that of %s)", p.Name, p.Of))
		} else {
			parts = append(parts, fmt.Sprintf("%s (%s to %s %s, by default %s)", p.Name, p.Min, p.Max, p.Unit, p.Default))
		}
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}

// follows says whether a parameter of the rule is set.
func (r *Rule) follows(set Settings) bool {
	return slices.ContainsFunc(r.Parameters, func(p Parameter) bool {
		_, own := set[r.Code+"."+p.Name]
		_, shared := set[p.Of]
		return own && p.Of == "" || shared
	})
}

// Concerned are the rules that must run to know what a rule, or EveryRule, says
// with some settings: itself, whatever its state, and the active ones that share
// what is set.
func (l *Library) Concerned(code string, set Settings) []*Rule {
	active := l.Active()
	return slices.DeleteFunc(slices.Clone(l.rules), func(r *Rule) bool {
		concerned := code == EveryRule || r.follows(set)
		return r.Code != code && !(concerned && slices.Contains(active, r))
	})
}
