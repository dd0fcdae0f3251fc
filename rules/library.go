package rules

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed library
var embedded embed.FS

// Library is a set of rules, in the order of their codes. It never changes: a
// new one replaces it as a whole.
type Library struct {
	rules  []*Rule
	byCode map[string]*Rule
	drafts bool // drafts are evaluated too
	order  []string
	chosen []*Rule // that are evaluated, whatever their state; nil goes by state
	shapes *shapes // of its queries, for every engine that uses it
}

// Embedded reads the library that the binary carries.
func Embedded() (*Library, error) { return Config{}.Open() }

// LoadDir reads a library from a directory with one folder for each rule.
func LoadDir(dir string) (*Library, error) { return Config{Library: dir}.Open() }

// Open reads the library that the configuration names. What is wrong with it
// comes back as Faults.
func (c Config) Open() (*Library, error) { return load(c.root()) }

// root is where the library lies.
func (c Config) root() fs.FS {
	if c.Library != "" {
		return os.DirFS(c.Library)
	}
	return embeddedLibrary{}
}

// embeddedLibrary is the folder library of the binary as a file system.
type embeddedLibrary struct{}

// Open opens a file below library.
func (embeddedLibrary) Open(name string) (fs.File, error) {
	return embedded.Open(path.Join("library", name))
}

// Rules lists the rules in the order of their codes.
func (l *Library) Rules() []*Rule { return l.rules }

// Rule finds a rule by its code.
func (l *Library) Rule(code string) (*Rule, bool) {
	r, known := l.byCode[code]
	return r, known
}

// Choose gives the library with only those rules evaluated that keep says yes
// to, of any state. The others are there still: parameters may follow theirs.
func (l *Library) Choose(keep func(*Rule) bool) *Library {
	chosen := &Library{rules: l.rules, byCode: l.byCode, order: l.order, chosen: []*Rule{}, shapes: l.shapes}
	for _, r := range l.rules {
		if keep(r) {
			chosen.chosen = append(chosen.chosen, r)
		}
	}
	return chosen
}

// Active lists the rules that are evaluated: those on trial and the stable ones.
func (l *Library) Active() []*Rule {
	if l.chosen != nil {
		return slices.Clone(l.chosen)
	}
	return slices.DeleteFunc(slices.Clone(l.rules), func(r *Rule) bool {
		return r.State != Trial && r.State != Stable && (r.State != Draft || !l.drafts)
	})
}

// WithDrafts is the same library in which drafts are evaluated too: for cases and
// backtests, never live.
func (l *Library) WithDrafts() *Library {
	with := *l
	with.drafts = true
	return &with
}

// OnTrial says whether the findings of a rule touch no money: they are shown, and
// neither notified nor rejected nor attributed to. A rule that is not in the
// library is not on trial: what it found before stands.
func (l *Library) OnTrial(code string) bool {
	r, known := l.byCode[code]
	return known && r.State != Stable && r.State != Retired
}

// load reads every folder; all faults of all files come at once.
func load(root fs.FS) (*Library, error) {
	library, faults, err := read(root)
	if err != nil {
		return nil, err
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return library, nil
}

// read reads every folder that can be read and collects what is wrong with the others.
func read(root fs.FS) (*Library, Faults, error) {
	entries, err := fs.ReadDir(root, ".")
	if err != nil {
		return nil, nil, fmt.Errorf("read library: %w", err)
	}
	library := &Library{byCode: map[string]*Rule{}, shapes: &shapes{known: map[string]statement{}}}
	var faults Faults
	for _, entry := range entries {
		if !entry.IsDir() {
			continue
		}
		rule, found := readRule(root, entry.Name())
		faults = append(faults, found...)
		if rule != nil {
			library.rules = append(library.rules, rule)
			library.byCode[rule.Code] = rule
		}
	}
	faults = append(faults, library.checkParameters()...)
	faults = append(faults, library.readOrder(root)...)
	return library, faults, nil
}

// readRule reads one folder.
func readRule(root fs.FS, folder string) (*Rule, Faults) {
	file := path.Join(folder, "rule.yaml")
	text, err := fs.ReadFile(root, file)
	if err != nil {
		return nil, Faults{{File: file, Line: 1, Message: "is missing"}}
	}
	rule := &Rule{}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(rule); err != nil {
		return nil, yamlFaults(file, err)
	}
	rule.text = string(text)
	faults := checkRule(rule, folder, rule.text)
	query, err := fs.ReadFile(root, path.Join(folder, "query.sql"))
	if err != nil {
		faults = append(faults, Fault{File: path.Join(folder, "query.sql"), Line: 1, Message: "is missing"})
	}
	rule.Query = string(query)
	cases, found := readCases(root, folder)
	rule.Cases = cases
	return rule, append(faults, found...)
}

// yamlFaults takes the faults of a YAML file apart: the library reports many at once.
func yamlFaults(file string, err error) Faults {
	var many *yaml.TypeError
	if !errors.As(err, &many) {
		line, message := yamlLine(strings.TrimPrefix(err.Error(), "yaml: "))
		return Faults{{File: file, Line: line, Message: message}}
	}
	var faults Faults
	for _, text := range many.Errors {
		line, message := yamlLine(text)
		faults = append(faults, Fault{File: file, Line: line, Message: message})
	}
	return faults
}

// yamlLine splits "line 3: what" as the YAML library writes it.
func yamlLine(text string) (int, string) {
	line := 1
	if _, err := fmt.Sscanf(text, "line %d:", &line); err == nil {
		_, text, _ = strings.Cut(text, ": ")
	}
	return line, text
}
