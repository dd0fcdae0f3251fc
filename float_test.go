package claimwatch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// floatWords are the ways to a binary fraction: types, conversions of text, and
// the methods and makers of shopspring/decimal and math/big that know floats.
var floatWords = []string{
	"float32", "float64", "complex64", "complex128", "Float", "Float32", "Float64", "InexactFloat64", "ParseFloat", "FormatFloat", "AppendFloat",
	"NewFromFloat", "NewFromFloat32", "NewFromFloatWithExponent", "SetFloat64", "Float32frombits", "Float64frombits",
}

// moneyWords stand in the names of whatever holds money.
var moneyWords = []string{"fen", "amount", "price", "quantity", "decimal", "money", "yuan", "product"}

func speaksOfMoney(node ast.Node) (word string) {
	ast.Inspect(node, func(node ast.Node) bool {
		name, ok := node.(*ast.Ident)
		if ok && slices.ContainsFunc(moneyWords, func(w string) bool { return strings.Contains(strings.ToLower(name.Name), w) }) {
			word = name.Name
		}
		return word == ""
	})
	return word
}

// isMetric says that a call hands a count to Prometheus, whose interface is of
// floats: counter.Add(float64(n)). An amount may not go there either.
func isMetric(call *ast.CallExpr) bool {
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) != 1 || !slices.Contains([]string{"Add", "Set", "Observe"}, method.Sel.Name) {
		return false
	}
	conversion, ok := call.Args[0].(*ast.CallExpr)
	if !ok || len(conversion.Args) != 1 {
		return false
	}
	name, ok := conversion.Fun.(*ast.Ident)
	return ok && name.Name == "float64" && speaksOfMoney(conversion.Args[0]) == ""
}

// floats lists where a file speaks of floats: words, literals and the functions
// of math, counts on their way to metrics aside.
func floats(file *ast.File) (found []string) {
	ast.Inspect(file, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.CallExpr:
			return !isMetric(n)
		case *ast.SelectorExpr:
			from, ok := n.X.(*ast.Ident)
			if ok && from.Name == "math" && !strings.HasPrefix(n.Sel.Name, "Max") && !strings.HasPrefix(n.Sel.Name, "Min") {
				found = append(found, "math."+n.Sel.Name)
			}
		case *ast.Ident:
			if slices.Contains(floatWords, n.Name) {
				found = append(found, n.Name)
			}
		case *ast.BasicLit:
			if n.Kind == token.FLOAT || n.Kind == token.IMAG {
				found = append(found, n.Value)
			}
		}
		return true
	})
	return found
}

// moneyFolders are where amounts are read, judged, decided or stored.
var moneyFolders = []string{".", "ingest", "rules", "audit", "store"}

// floatFiles may speak of floats throughout, for they hold no money: it is an
// error of theirs when they do. Beside them every metrics.go is one.
var floatFiles = []string{
	"ingest/sink/filter.go", // the error rate of a Bloom filter
	"ingest/door/bounds.go", // the bounds of counts in a JSON schema
	"audit/paper/draw.go",   // points on a page
	"audit/paper/width.go",  // widths of columns
}

// floatExports hand sums to Prometheus, whose interface is of floats, in yuan. It is the
// last step: nothing but Prometheus is given what is a float there.
var floatExports = []string{"audit/board/board.go"}

func isFloatFile(name string) bool {
	return strings.HasSuffix(name, "metrics.go") || slices.Contains(floatFiles, name)
}

// TestNoFloatIsReachableFromMoney parses every file of the packages through which
// money passes: none of them speaks of floats at all, the metrics aside, and
// those do not speak of money.
func TestNoFloatIsReachableFromMoney(t *testing.T) {
	seen := 0
	for _, s := range sources(t) {
		if s.test || !slices.Contains(moneyFolders, top(s.dir)) {
			continue
		}
		seen++
		if slices.Contains(floatExports, s.path) {
			continue
		}
		if !isFloatFile(s.path) {
			if found := floats(s.file); len(found) > 0 {
				t.Errorf("%s speaks of floats: %v", s.path, found)
			}
			continue
		}
		if word := speaksOfMoney(s.file); word != "" {
			t.Errorf("%s may hold floats and speaks of money: %s", s.path, word)
		}
	}
	if seen < 15 {
		t.Errorf("only %d files were read", seen)
	}
}

// TestFloatsAreFound breaks the rule in each way, so that the test above can fail.
func TestFloatsAreFound(t *testing.T) {
	for _, body := range []string{
		"var x float64", "func f(n int64) { _ = float32(n) }", "var x = 0.9", "var x = d.InexactFloat64()", `var x, _ = strconv.ParseFloat("1", 64)`,
		"var x = decimal.NewFromFloat(y)", "var x *big.Float", "type T struct{ A []map[string]float64 }", "var x = 1e2", "var x = math.Round(y)",
		"func f() { m.Add(float64(line.Amount)) }", "func f() { m.Observe(float64(n) * x, 0.5) }", "func f() { m.Set(float64(feeFen)) }",
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\n"+body, 0)
		if err != nil {
			t.Fatalf("ParseFile(%s) error:\n%+v", body, err)
		}
		if len(floats(file)) == 0 {
			t.Errorf("no float found in %s", body)
		}
	}
	file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nvar x = 12 // 0.5 float64\nvar y = \"float64\"\nvar z = math.MaxInt32\nfunc f() { m.Add(float64(len(z))) }", 0)
	if err != nil {
		t.Fatalf("ParseFile() error:\n%+v", err)
	}
	if found := floats(file); len(found) > 0 {
		t.Errorf("floats() = %v, want none", found)
	}
}
