package rules

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Parser tells how the engine itself reads a query.
type Parser interface {
	Prober
	// Tree gives the syntax tree, one node a line, indented by depth.
	Tree(ctx context.Context, sql string) ([]string, error)
	// Definitions are the statements that make the tables and functions of the
	// slice: what a query means depends on them.
	Definitions() []string
}

// Check gives every fault of every file of a library (a directory, or "" for
// the one of the binary): metadata, parameters, cases, what each query does
// as the engine's own parser sees it, and what has changed under a version that
// is locked. No faults: the library may replace another.
func Check(ctx context.Context, dir string, on Parser) (Faults, error) {
	library, faults, err := read(Config{Library: dir}.root())
	if err != nil {
		return nil, err
	}
	for _, rule := range library.rules {
		if rule.Query == "" {
			continue
		}
		faults = append(faults, checkQuery(ctx, rule, on)...)
		if ctx.Err() != nil {
			return nil, fmt.Errorf("check library: %w", ctx.Err())
		}
	}
	found, err := library.checkLock(Config{Library: dir}, on.Definitions(), faults)
	return append(faults, found...).sorted(), err
}

// checkQuery says what a query does that a rule must not do.
func checkQuery(ctx context.Context, rule *Rule, on Parser) Faults {
	file := rule.Code + "/query.sql"
	// Any numbers do: what is wrong with the parameters is said of rule.yaml.
	query := placeholder.ReplaceAllString(rule.Query, "1")
	// In brackets, as it will run: nothing can follow it there.
	tree, err := on.Tree(ctx, "SELECT * FROM (\n"+query+"\n)")
	if err != nil {
		return Faults{{file, syntaxLine(query, err.Error()), "cannot be read: " + engineSays(err)}}
	}
	c := queryCheck{rule: rule, file: file, defined: definedNames(rule.Query), used: map[string]bool{}}
	c.walk(&node{}, parseTree(tree))
	c.words()
	for _, table := range rule.Reads.Tables {
		if !c.used[table] {
			c.fault(table, "reads.tables of rule.yaml names "+table+", which the query does not read")
		}
	}
	if len(c.faults) == 0 {
		if _, _, err := on.Columns(ctx, query); err != nil {
			c.faults = append(c.faults, Fault{file, 1, "cannot run: " + engineSays(err)})
		}
	}
	return c.faults
}

var syntaxPosition = regexp.MustCompile(`\(line (\d+), col`)

// syntaxLine takes the line out of the engine's message; the query begins on
// the second line of what was parsed.
func syntaxLine(query, message string) int {
	line := 0
	if found := syntaxPosition.FindStringSubmatch(message); found != nil {
		_, _ = fmt.Sscan(found[1], &line) // digits, by the pattern
	}
	return min(max(line-1, 1), strings.Count(query, "\n")+1)
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// engineSays is the engine's message without what the way to it added.
func engineSays(err error) string {
	text := firstLine(err.Error())
	if _, message, wrapped := strings.Cut(text, "message: "); wrapped {
		text = message
	}
	return text
}

var definition = regexp.MustCompile(`(?i)\b([a-z_][a-z0-9_]*)\s+AS\s+\(`)

// definedNames are the names that a query gives to parts of its own.
func definedNames(query string) map[string]bool {
	names := map[string]bool{}
	for _, found := range definition.FindAllStringSubmatch(query, -1) {
		names[found[1]] = true
	}
	return names
}

// node is one node of the syntax tree.
type node struct {
	kind, name string
	children   []*node
}

// parseTree builds the tree from indented lines like " Function sum (children 1)".
func parseTree(lines []string) *node {
	root := &node{}
	path := []*node{root}
	for _, line := range lines {
		text := strings.TrimLeft(line, " ")
		depth := min(len(line)-len(text), len(path)-1)
		kind, name, _ := strings.Cut(text, " ")
		if at := strings.Index(name, " ("); at >= 0 && kind != "Literal" {
			name = name[:at]
		}
		n := &node{kind: kind, name: strings.TrimSpace(name)}
		parent := path[depth]
		parent.children = append(parent.children, n)
		path = append(path[:depth+1], n)
	}
	return root
}

// queryCheck walks the tree of one query.
type queryCheck struct {
	rule    *Rule
	file    string
	defined map[string]bool
	used    map[string]bool
	faults  Faults
}

func (c *queryCheck) fault(word, message string) {
	c.faults = append(c.faults, Fault{c.file, lineOf(c.rule.Query, word, "--"), message})
}

func (c *queryCheck) walk(above, n *node) {
	for _, child := range n.children {
		switch child.kind {
		case "Function":
			c.function(above, n, child)
		case "TableIdentifier":
			c.table(child.name)
		case "Set", "InsertQuery", "CreateQuery", "DropQuery", "SystemQuery":
			c.fault("SETTINGS", "a rule changes no settings and nothing else")
		case "Literal":
			if strings.HasPrefix(child.name, "Float64_") {
				c.fault(strings.TrimPrefix(child.name, "Float64_"), "no floating point: write fen, 1/10,000 or milliseconds")
			}
		case "QueryParameter":
			c.fault(child.name, "parameters are {name}, declared in rule.yaml")
		}
		c.walk(n, child)
	}
}

// table holds a table against what rule.yaml says.
func (c *queryCheck) table(name string) {
	if c.defined[name] {
		return
	}
	c.used[name] = true
	if !slices.Contains(c.rule.Reads.Tables, name) {
		c.fault(name, "reads "+name+", which reads.tables of rule.yaml does not name")
	}
	if !slices.Contains(sliceTables, name) {
		c.fault(name, name+" is no table of the slice: store/slice/tables.sql lists them")
	}
}

// function holds a function against the list of those that are exact and give
// the same for any order of rows.
// Arguments stand in an ExpressionList: above it is the function around.
func (c *queryCheck) function(above, parent, n *node) {
	switch {
	case parent.kind == "TableExpression":
		c.fault(n.name, "no table functions: "+n.name)
	case forbidden[n.name] != "":
		word := n.name
		if n.name == "divide" {
			word = "/"
		}
		c.fault(word, n.name+": "+forbidden[n.name])
	case strings.HasPrefix(n.name, "group") && above.name != "arraySort":
		c.fault(n.name, n.name+" keeps the order of rows, which is no order: put it into arraySort")
	case !functions[n.name] && !strings.HasPrefix(n.name, "cw_"):
		c.fault(n.name, n.name+" is not among the functions that rules may call: docs/writing-rules.md lists them")
	}
	if n.name == "in" || n.name == "notIn" {
		for _, list := range n.children {
			if len(list.children) == 2 && list.children[1].kind == "Identifier" {
				c.fault(list.children[1].name, "IN a name could be a table: write a list or a subquery")
			}
		}
	}
}

// words finds what leaves no name in the tree.
func (c *queryCheck) words() {
	for _, word := range []string{"LIMIT", "SAMPLE", "FINAL", "SETTINGS", "FORMAT", "OFFSET"} {
		if at := lineOf(c.rule.Query, word, "--"); at > 1 || containsWord(firstLine(c.rule.Query), word) && !strings.HasPrefix(c.rule.Query, "--") {
			c.faults = append(c.faults, Fault{c.file, at, "no " + word + ": a rule tells all of it, in no order"})
		}
	}
}
