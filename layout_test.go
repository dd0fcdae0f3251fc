package claimwatch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "claimwatch"

// source is one parsed Go file of the module.
type source struct {
	path string // slash-separated, from the root
	dir  string // "." for the root package
	test bool
	file *ast.File
}

// imports lists what the file imports.
func (s source) imports(t *testing.T) (paths []string) {
	t.Helper()
	for _, spec := range s.file.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatalf("%s: import %s: %v", s.path, spec.Path.Value, err)
		}
		paths = append(paths, name)
	}
	return paths
}

// sources parses every Go file of the module. It reads the files themselves: a
// version that asks `go list` is answered from the test cache.
func sources(t *testing.T) (all []source) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != "." {
			base := entry.Name()
			_, modErr := os.Stat(filepath.Join(name, "go.mod")) // a module of its own
			if strings.HasPrefix(base, ".") || base == "node_modules" || base == "testdata" || modErr == nil {
				return fs.SkipDir
			}
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		slashed := filepath.ToSlash(name)
		all = append(all, source{slashed, path.Dir(slashed), strings.HasSuffix(name, "_test.go"), file})
		return nil
	})
	if err != nil || len(all) < 20 {
		t.Fatalf("parse the module: %d files, %v", len(all), err)
	}
	return all
}

// top is the first folder of a package's path: its stage or technology.
func top(dir string) string {
	first, _, _ := strings.Cut(dir, "/")
	return first
}

// stages know the words of the domain and nothing else of the module.
var stages = []string{"ingest", "rules", "audit", "alerts"}

// owners names the folders that alone may import a library.
var owners = map[string][]string{
	"github.com/segmentio/kafka-go":       {"stream"},
	"github.com/twmb/franz-go":            {"stream"},
	"github.com/ClickHouse/clickhouse-go": {"store"},
	"github.com/ClickHouse/ch-go":         {"store"},
	"github.com/ebitengine/purego":        {"store"},
	"github.com/pressly/goose":            {"store"},
	"github.com/alecthomas/kong":          {"cmd"},
}

// wiring are the folders that may import every other: they put the parts together.
var wiring = []string{"cmd", "e2e", "bench"}

// fault says why a file of dir must not import a path, "" when it may.
func fault(dir, imported string) string {
	from := top(dir)
	for library, folders := range owners {
		if strings.HasPrefix(imported, library) && !slices.Contains(folders, from) && from != "bench" {
			return "only " + strings.Join(folders, ", ") + " may import " + library
		}
	}
	inside := imported == module || strings.HasPrefix(imported, module+"/")
	to := top(strings.TrimPrefix(strings.TrimPrefix(imported, module), "/"))
	switch {
	case dir == ".":
		standard := !strings.Contains(strings.Split(imported, "/")[0], ".") && !inside
		if !standard && imported != "github.com/shopspring/decimal" {
			return "the root imports the standard library and decimal only"
		}
	case !inside || imported == module || from == to || slices.Contains(wiring, from):
		return ""
	case slices.Contains(stages, from):
		return "a stage imports the root and its own folder only: declare what you need, cmd hands it over"
	case from == "stream" || from == "store":
		return "stream and store import the root and their own folder only"
	case slices.Contains(wiring, to):
		return "nobody imports " + to
	case slices.Contains(stages, to) || to == "stream" || to == "store":
		return from + " must not know " + to + ": cmd puts them together"
	}
	return ""
}

func TestWhoMayImportWhom(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, imported := range s.imports(t) {
			if why := fault(s.dir, imported); why != "" {
				t.Errorf("%s imports %s: %s", s.path, imported, why)
			}
		}
	}
}

// TestStagesDoNotTestEachOther holds tests to the direction of the flow too:
// what needs two stages belongs to e2e.
func TestStagesDoNotTestEachOther(t *testing.T) {
	for _, s := range sources(t) {
		from := top(s.dir)
		if !s.test || !slices.Contains(stages, from) {
			continue
		}
		for _, imported := range s.imports(t) {
			to, inside := strings.CutPrefix(imported, module+"/")
			if inside && top(to) != from && slices.Contains(stages, top(to)) {
				t.Errorf("%s imports %s: tests across stages belong to e2e", s.path, imported)
			}
		}
	}
}

// TestLayoutRules breaks each rule once, so that TestWhoMayImportWhom can fail.
func TestLayoutRules(t *testing.T) {
	for _, c := range []struct {
		dir, imported string
		refused       bool
	}{
		{".", "strings", false},
		{".", "go/parser", false},
		{".", "github.com/shopspring/decimal", false},
		{".", "go.uber.org/zap", true},
		{".", "claimwatch/store", true},
		{"ingest/door", "claimwatch", false},
		{"ingest/door", "claimwatch/ingest/wire", false},
		{"ingest/door", "claimwatch/audit", true},
		{"rules", "claimwatch/store", true},
		{"audit/review", "claimwatch/stream", true},
		{"ingest/sink", "github.com/segmentio/kafka-go", true},
		{"stream", "github.com/segmentio/kafka-go", false},
		{"rules", "github.com/ClickHouse/clickhouse-go/v2", true},
		{"store/embedded", "github.com/ClickHouse/clickhouse-go/v2/lib/proto", false},
		{"store", "claimwatch/ingest/decode", true},
		{"cmd/claimwatch", "claimwatch/store", false},
		{"store", "claimwatch/cmd/claimwatch", true},
		{"api", "claimwatch/audit", true},
		{"api", "claimwatch", false},
		{"e2e", "claimwatch/store", false},
	} {
		if got := fault(c.dir, c.imported); (got != "") != c.refused {
			t.Errorf("%s imports %s: %q, want refused %v", c.dir, c.imported, got, c.refused)
		}
	}
}

// TestEveryPackageHasAComment wants one sentence that begins as godoc wants it.
func TestEveryPackageHasAComment(t *testing.T) {
	comments := map[string]bool{}
	for _, s := range sources(t) {
		if s.test || strings.HasSuffix(s.file.Name.Name, "_test") {
			continue
		}
		doc := s.file.Doc.Text()
		begins := strings.HasPrefix(doc, "Package "+s.file.Name.Name+" ") || s.file.Name.Name == "main" && strings.HasPrefix(doc, "Command ")
		comments[s.dir] = comments[s.dir] || begins
	}
	for dir, has := range comments {
		if !has {
			t.Errorf("%s has no package comment", dir)
		}
	}
}
