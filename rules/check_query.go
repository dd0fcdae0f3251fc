package rules

import (
	"context"
	"fmt"
	"regexp"
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
	c := queryCheck{rule: rule, file: file, code: mask(rule.Query, true), used: map[string]bool{}, shared: byName(on.Definitions())}
	c.define()
	root := parseTree(tree)
	c.windows = orderedWindows(root)
	c.walk(&node{}, root)
	c.words()
	for _, table := range rule.Reads.Tables {
		if !c.used[table] {
			c.fault(table, "reads.tables of rule.yaml names "+table+", which the query does not read")
		}
	}
	if len(c.faults) > 0 {
		return c.faults
	}
	// By itself too: brackets that close what stands around it are no way out.
	if _, err := on.Tree(ctx, query); err != nil {
		return Faults{{file, syntaxLine("\n"+query, err.Error()), "cannot be read: " + engineSays(err)}}
	}
	return c.returned(ctx, query, on)
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
