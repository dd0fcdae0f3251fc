package rules

import (
	"context"
	"regexp"
	"slices"
	"strings"
)

// leftOut are words that leave no name in the engine's tree, and why not. They
// are sought outside of comments and quoted texts.
var leftOut = map[string]string{
	"LIMIT": allOfIt, "SAMPLE": allOfIt, "FINAL": allOfIt, "SETTINGS": allOfIt, "FORMAT": allOfIt, "OFFSET": allOfIt,
	"TOP": allOfIt, "FETCH": allOfIt, "TOTALS": allOfIt, "OUTFILE": allOfIt,
	"ANY": firstComes, "SEMI": firstComes, "ASOF": firstComes, "PASTE": firstComes, "DISTINCT ON": firstComes,
	"RECURSIVE": "a query ends after as many steps as it has rows",
}

const (
	allOfIt    = "a rule tells all of it, in no order"
	firstComes = "it takes whichever row comes first"
)

var distinctOn = regexp.MustCompile(`(?i)\bDISTINCT\s+ON\b`)

// words finds what leaves no name in the tree, and signs that could hide a word.
func (c *queryCheck) words() {
	code := distinctOn.ReplaceAllStringFunc(c.code, func(found string) string {
		return "DISTINCT ON" + strings.Repeat("\n", strings.Count(found, "\n"))
	})
	number := 0
	for line := range strings.Lines(code) {
		number++
		for word, why := range leftOut {
			if containsWord(line, word) {
				c.faults = append(c.faults, Fault{c.file, number, "no " + word + ": " + why})
			}
		}
		if strings.ContainsFunc(line, func(r rune) bool { return r == '$' || r > '~' }) {
			c.faults = append(c.faults, Fault{c.file, number, "signs other than ASCII, and $, stand in comments and quoted texts only"})
		}
	}
	rest := c.rule.Query
	for line := 1; rest != ""; {
		length, what := span(rest)
		if what == comment && !strings.HasPrefix(rest, "--") {
			c.faults = append(c.faults, Fault{c.file, line, "a comment begins with -- and ends with its line"})
		}
		line += strings.Count(rest[:length], "\n")
		rest = rest[length:]
	}
}

var definition = regexp.MustCompile(`(?i)\b([a-z_][a-z0-9_]*)\s+AS\s+\(\s*(?:SELECT|WITH)\b`)

// define notes the names that a query gives to parts of its own. One that is
// also a table could be read where the part is not known.
func (c *queryCheck) define() {
	c.defined = map[string]bool{}
	for _, found := range definition.FindAllStringSubmatch(c.code, -1) {
		if name := found[1]; slices.Contains(sliceTables, name) {
			c.fault(name, "a part of the query has the name of the table "+name)
		} else {
			c.defined[name] = true
		}
	}
}

// returned asks the engine what the query gives back, without running it.
func (c *queryCheck) returned(ctx context.Context, query string, on Prober) Faults {
	names, types, err := on.Columns(ctx, query)
	if err != nil {
		return Faults{{c.file, 1, "cannot run: " + engineSays(err)}}
	}
	for i, name := range names {
		switch {
		case !slices.ContainsFunc(columns, func(known column) bool { return known.name == name }):
			c.fault(name, "returns "+name+", which is no column of a finding: rules/columns.go lists them")
		case slices.Index(names, name) < i:
			c.fault(name, "returns "+name+" twice")
		case strings.Contains(types[i], "Float") || strings.Contains(types[i], "Decimal"):
			c.fault(name, name+" is "+types[i]+": no floating point and no decimals, amounts are whole fen")
		}
	}
	if len(c.faults) > 0 {
		return c.faults
	}
	shaped, err := shape(ctx, c.rule.Code, query, on)
	if err == nil {
		_, _, err = on.Columns(ctx, shaped.sql)
	}
	if err != nil {
		return Faults{{c.file, 1, "does not give the columns of a finding: " + engineSays(err)}}
	}
	return nil
}
