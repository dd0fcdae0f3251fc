package rules

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"claimwatch"
)

// units says how many decimals a parameter of a unit may have and what one of
// it is worth in the query: milliseconds for times, 1/10,000 for shares.
var units = map[string]struct {
	decimals int
	factor   int64
}{
	"count":   {0, 1},
	"days":    {0, 1},
	"hours":   {0, 60 * 60 * 1000},
	"minutes": {0, 60 * 1000},
	"share":   {4, 1},
	"score":   {4, 1},
}

// maxParameter bounds what a parameter may be set to, so that sums of times
// stay far from overflow.
const maxParameter = 1_000_000

// number reads a value of the parameter as the query sees it.
func (p Parameter) number(value string) (int64, error) {
	unit, known := units[p.Unit]
	if !known {
		return 0, fmt.Errorf("parameter %s: unknown unit %q", p.Name, p.Unit)
	}
	n, fault := claimwatch.ParseDecimal(value, unit.decimals, maxParameter)
	if fault != "" {
		return 0, fmt.Errorf("parameter %s: %q is no number of %s (%s)", p.Name, value, p.Unit, fault)
	}
	return n * unit.factor, nil
}

// check says whether a value is a number within the parameter's range.
func (p Parameter) check(value string) error {
	n, err := p.number(value)
	if err != nil {
		return err
	}
	least, err := p.number(p.Min)
	if err != nil {
		return err
	}
	most, err := p.number(p.Max)
	if err != nil {
		return err
	}
	if n < least || n > most {
		return fmt.Errorf("parameter %s: %s is outside %s to %s", p.Name, value, p.Min, p.Max)
	}
	return nil
}

// Settings are parameter values that differ from the defaults, by RULE.parameter.
type Settings map[string]string

// values gives every parameter of a rule as the query sees it.
func (l *Library) values(r *Rule, set Settings) (map[string]int64, error) {
	values := make(map[string]int64, len(r.Parameters))
	for _, p := range r.Parameters {
		owner, source := r, p
		if p.Of != "" {
			var err error
			if owner, source, err = l.origin(p); err != nil {
				return nil, err
			}
		}
		value := source.Default
		if given, isSet := set[owner.Code+"."+source.Name]; isSet {
			value = given
		}
		if err := source.check(value); err != nil {
			return nil, fmt.Errorf("rule %s: %w", owner.Code, err)
		}
		n, err := source.number(value)
		if err != nil {
			return nil, fmt.Errorf("rule %s: %w", owner.Code, err)
		}
		values[p.Name] = n
	}
	return values, nil
}

// Defaults lists the parameters of a rule with unit, default and range; those
// that follow another rule's take them from there and keep Of.
func (l *Library) Defaults(r *Rule) ([]Parameter, error) {
	defaults := make([]Parameter, len(r.Parameters))
	for i, p := range r.Parameters {
		if p.Of != "" {
			_, source, err := l.origin(p)
			if err != nil {
				return nil, fmt.Errorf("rule %s: %w", r.Code, err)
			}
			p.Unit, p.Default, p.Min, p.Max = source.Unit, source.Default, source.Min, source.Max
		}
		defaults[i] = p
	}
	return defaults, nil
}

// origin finds the parameter that another one follows.
func (l *Library) origin(p Parameter) (*Rule, Parameter, error) {
	code, name, _ := strings.Cut(p.Of, ".")
	owner, known := l.Rule(code)
	if !known {
		return nil, p, fmt.Errorf("parameter %s: follows %s, of a rule that is not in the library", p.Name, p.Of)
	}
	for _, source := range owner.Parameters {
		if source.Name == name && source.Of == "" {
			return owner, source, nil
		}
	}
	return nil, p, fmt.Errorf("parameter %s: %s has no parameter %s of its own", p.Name, code, name)
}

var placeholder = regexp.MustCompile(`\{([a-z_0-9]+)\}`)

// fill puts the values into the {name} placeholders of a query. They are
// integers, so nothing but digits gets into the text.
func fill(query string, values map[string]int64) (string, error) {
	var missing []string
	text := placeholder.ReplaceAllStringFunc(query, func(found string) string {
		n, known := values[found[1:len(found)-1]]
		if !known {
			missing = append(missing, found)
			return found
		}
		return strconv.FormatInt(n, 10)
	})
	if len(missing) > 0 {
		return "", fmt.Errorf("fill in parameters: %s not declared", strings.Join(missing, ", "))
	}
	return text, nil
}
