package rules

import (
	"slices"
	"strings"
)

// queryCheck walks the tree of one query.
type queryCheck struct {
	rule    *Rule
	file    string
	code    string            // the query without comments and quoted texts
	defined map[string]bool   // names that the query gives to parts of its own
	used    map[string]bool   // tables of the slice
	shared  map[string]string // definitions of the slice by name
	windows bool              // every named window has an order
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
		case "Identifier":
			c.identifier(child.name)
		case "Set", "InsertQuery", "CreateQuery", "DropQuery", "SystemQuery":
			c.fault("SETTINGS", "a rule changes no settings and nothing else")
		case "Literal":
			c.literal(n, child)
		case "QueryParameter":
			c.fault(child.name, "parameters are {name}, declared in rule.yaml")
		default:
			if !kinds[child.kind] {
				c.fault(child.name, "rules do without "+child.kind)
			}
		}
		c.walk(n, child)
	}
}

// identifier refuses names that are no columns of the slice: how rows are stored,
// and functions that the engine calls without brackets (NOW, CURRENT_DATE).
func (c *queryCheck) identifier(name string) {
	switch last := name[strings.LastIndex(name, ".")+1:]; {
	case strings.HasPrefix(last, "_"):
		c.fault(name, name+" tells how rows are stored: a rule sees the columns of store/slice/tables.sql")
	case callable[strings.ToLower(last)], strings.HasPrefix(strings.ToLower(last), "current_"):
		c.fault(name, name+" calls a function without brackets: time is as_of and the presents, never the machine's")
	case strings.ToLower(last) != last:
		c.fault(name, name+": names are written in small letters")
	}
}

func (c *queryCheck) literal(above, n *node) {
	number, isFloat := strings.CutPrefix(n.name, "Float64_")
	switch {
	case isFloat:
		c.fault(number, "no floating point: write fen, 1/10,000 or milliseconds")
	case above.kind == "SelectQuery" && !containsWord(c.code, "LIMIT"):
		// A number that stands beside the parts of a SELECT is its limit, or a condition that is none.
		c.fault("WHERE", "no bare number for a condition or a limit: a rule tells all of it")
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
	case strings.HasPrefix(n.name, "group") && (above.name != "arraySort" || len(parent.children) > 1):
		c.fault(n.name, n.name+" keeps the order of rows, which is no order: put it into arraySort, by itself")
	case strings.HasPrefix(n.name, "cw_") && c.shared[n.name] == "":
		c.fault(n.name, n.name+" is no function of store/slice/functions.sql")
	case !functions[n.name] && !strings.HasPrefix(n.name, "cw_"):
		c.fault(n.name, n.name+" is not among the functions that rules may call: docs/writing-rules.md lists them")
	}
	c.arguments(n)
}

// arguments looks at what a function is given, where the name alone says too little.
func (c *queryCheck) arguments(n *node) {
	var lists [][]*node
	for _, child := range n.children {
		if child.kind == "ExpressionList" {
			lists = append(lists, child.children)
		}
	}
	if len(lists) > 1 {
		c.fault(n.name, n.name+" takes no parameters in brackets of their own")
	}
	if len(lists) == 0 {
		return
	}
	given := lists[0]
	switch n.name {
	case "in", "notIn":
		if len(given) == 2 && (given[1].kind == "Identifier" || given[1].kind == "TableIdentifier") {
			c.fault(given[1].name, "IN a name could be a table: write a list or a subquery")
		}
	case "CAST":
		if len(given) == 2 && !castable(given[1]) {
			c.fault("CAST", "CAST to "+given[1].name+": only whole numbers, texts, days and lists of them are exact")
		}
	case "intDiv", "modulo":
		if name := money(n); name != "" {
			c.fault(n.name, n.name+" of "+name+": no division on money, cw_product, cw_share and cw_over round once and as the rules say")
		}
	case "argMin", "argMax":
		if len(given) == 2 && given[1].name != "tuple" {
			c.fault(n.name, n.name+": of equal rows it takes whichever comes first: compare a tuple that tells them apart")
		}
	case "row_number", "lagInFrame", "leadInFrame":
		if own := n.find("WindowDefinition"); own == nil && !c.windows || own != nil && own.find("OrderByElement") == nil {
			c.fault(n.name, n.name+" over rows without an order: OVER needs ORDER BY")
		}
	}
}

// find gives the first node of a kind at or below n.
func (n *node) find(kind string) *node {
	if n.kind == kind {
		return n
	}
	for _, child := range n.children {
		if found := child.find(kind); found != nil {
			return found
		}
	}
	return nil
}

// money is a column of money that is named at or below n.
func money(n *node) string {
	if last := n.name[strings.LastIndex(n.name, ".")+1:]; n.kind == "Identifier" && moneyColumns[last] {
		return n.name
	}
	for _, child := range n.children {
		if name := money(child); name != "" {
			return name
		}
	}
	return ""
}

// castable says whether a type keeps numbers exact.
func castable(n *node) bool {
	words := strings.FieldsFunc(n.name, func(r rune) bool { return strings.ContainsRune("'(), ", r) })
	return n.kind == "Literal" && !slices.ContainsFunc(words, func(word string) bool { return !exactTypes[word] })
}

// orderedWindows says whether all windows that a query names have an order.
func orderedWindows(n *node) bool {
	if n.kind == "WindowListElement" {
		return n.find("OrderByElement") != nil
	}
	return !slices.ContainsFunc(n.children, func(child *node) bool { return !orderedWindows(child) })
}
