package stream

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const kafkaGo = "github.com/segmentio/kafka-go"

// K1: one constructor makes writers, and one package knows kafka-go.
func TestOnlyOnePlaceMakesWriters(t *testing.T) {
	var found []string
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules"):
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel("..", path)
		if err != nil {
			return err
		}
		found = append(found, offences(filepath.ToSlash(rel), file)...)
		return nil
	})
	if err != nil {
		t.Fatalf("walk the repository:\n%+v", err)
	}
	want := []string{"stream/writer.go makes a kafka.Writer"}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("uses of kafka-go (-want, +got):\n%s", diff)
	}
}

// offences are the places that make a writer, and imports outside of stream.
// bench/ holds the naive sink that the product is measured against.
func offences(path string, file *ast.File) []string {
	var out []string
	for _, imp := range file.Imports {
		target := strings.Trim(imp.Path.Value, `"`)
		ours := filepath.ToSlash(filepath.Dir(path)) == "stream" || strings.HasPrefix(path, "bench/")
		if (target == kafkaGo || strings.HasPrefix(target, kafkaGo+"/")) && !ours {
			out = append(out, fmt.Sprintf("%s imports %s", path, target))
		}
	}
	if strings.HasPrefix(path, "bench/") {
		return out
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if isSelector(n.Type, "kafka", "Writer", "WriterConfig") {
				out = append(out, path+" makes a kafka.Writer")
			}
		case *ast.CallExpr:
			if isSelector(n.Fun, "kafka", "NewWriter") ||
				(isIdent(n.Fun, "new") && len(n.Args) == 1 && isSelector(n.Args[0], "kafka", "Writer")) {
				out = append(out, path+" makes a kafka.Writer")
			}
		case *ast.ValueSpec:
			if isSelector(n.Type, "kafka", "Writer") {
				out = append(out, path+" makes a kafka.Writer")
			}
		}
		return true
	})
	return out
}

func isIdent(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

func isSelector(e ast.Expr, pkg string, names ...string) bool {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok || !isIdent(sel.X, pkg) {
		return false
	}
	for _, name := range names {
		if sel.Sel.Name == name {
			return true
		}
	}
	return false
}

func TestLintSeesEveryWayToMakeAWriter(t *testing.T) {
	for name, src := range map[string]string{
		"literal":        "var w = &kafka.Writer{}",
		"zero value":     "var w kafka.Writer",
		"new":            "var w = new(kafka.Writer)",
		"old way":        "var w = kafka.NewWriter(cfg)",
		"old way config": "var cfg = kafka.WriterConfig{}",
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\n"+src, parser.SkipObjectResolution)
		if err != nil {
			t.Fatalf("ParseFile() error:\n%+v", err)
		}
		if got := offences("ingest/x.go", file); len(got) != 1 {
			t.Errorf("%s: offences are %v, want one", name, got)
		}
	}
	file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nimport _ \""+kafkaGo+"\"", parser.ImportsOnly)
	if err != nil {
		t.Fatalf("ParseFile() error:\n%+v", err)
	}
	if got := offences("ingest/x.go", file); len(got) != 1 {
		t.Errorf("import: offences are %v, want one", got)
	}
}
