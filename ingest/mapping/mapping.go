package mapping

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"time"

	"go.yaml.in/yaml/v3"

	"claimwatch"
)

// Mapping is a mapping file, read and checked.
type Mapping struct {
	Zone    string            `yaml:"zone"`    // IANA zone of times without an offset
	Time    string            `yaml:"time"`    // Go layout of times, RFC 3339 by default
	Lookups map[string]Lookup `yaml:"lookups"` // further files, read whole, found by key
	Files   []File            `yaml:"files"`

	location *time.Location
}

// Lookup is a file whose columns other files may use: {PATIENT>patients.CITY}.
type Lookup struct {
	File string `yaml:"file"`
	Key  string `yaml:"key"`
}

// File says what one CSV file becomes. One file may appear several times, once
// for each kind that its rows become.
type File struct {
	File   string           `yaml:"file"`
	Kind   string           `yaml:"kind"`
	Comma  string           `yaml:"comma"`
	When   []Condition      `yaml:"when"`   // rows that do not meet all are left out, and counted
	Fields map[string]Field `yaml:"fields"` // by field of the record

	kind claimwatch.Kind
}

// Condition is a test of one column, or of a column of a looked-up row.
type Condition struct {
	Column   string   `yaml:"column"` // COLUMN or COLUMN>lookup.COLUMN
	In       []string `yaml:"in"`
	NotIn    []string `yaml:"not_in"`
	NotEmpty bool     `yaml:"not_empty"`
	Empty    bool     `yaml:"empty"`

	part part
}

// Field says where a field's value comes from. In the file it may be just the
// template.
type Field struct {
	Template string            `yaml:"template"` // text with {COLUMN}, {COLUMN>lookup.COLUMN} and {#}, the row's number
	List     []string          `yaml:"list"`     // templates of the elements; empty elements are left out
	Map      map[string]string `yaml:"map"`      // code map, applied to the filled template
	Default  *string           `yaml:"default"`  // when the map has no such code, or the value is empty
	Time     string            `yaml:"time"`     // layout of this field, when it differs
	Zone     string            `yaml:"zone"`

	template template
	list     []template
	location *time.Location
}

// UnmarshalYAML takes a bare text as the template.
func (f *Field) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		f.Template = node.Value
		return nil
	}
	type plain Field // without this method
	return node.Decode((*plain)(f))
}

// Load reads a mapping file and names every fault of it at once.
func Load(path string) (*Mapping, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read mapping: %w", err)
	}
	m, err := Parse(text)
	if err != nil {
		return nil, fmt.Errorf("mapping %s: %w", path, err)
	}
	return m, nil
}

// Parse reads the text of a mapping file.
func Parse(text []byte) (*Mapping, error) {
	m := &Mapping{}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(m); err != nil {
		return nil, fmt.Errorf("read YAML: %w", err)
	}
	if err := m.prepare(); err != nil {
		return nil, err
	}
	return m, nil
}

// prepare checks the mapping and compiles its templates.
func (m *Mapping) prepare() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if m.Time == "" {
		m.Time = time.RFC3339Nano
	}
	m.location = claimwatch.Shanghai
	if m.Zone != "" {
		location, err := time.LoadLocation(m.Zone)
		if err != nil {
			fault("zone %q: no such zone", m.Zone)
		}
		m.location = location
	}
	if len(m.Files) == 0 {
		fault("files: name at least one file")
	}
	for name, lookup := range m.Lookups {
		if lookup.File == "" || lookup.Key == "" {
			fault("lookups.%s: give file and key", name)
		}
	}
	for i := range m.Files {
		m.prepareFile(&m.Files[i], fault)
	}
	return errors.Join(faults...)
}

func (m *Mapping) prepareFile(f *File, fault func(string, ...any)) {
	where := fmt.Sprintf("file %q", f.File)
	if f.File == "" {
		fault("files: an entry without file")
	}
	kind, ok := claimwatch.ParseKind(f.Kind)
	if !ok {
		fault("%s: kind %q is none of the contract's", where, f.Kind)
		return
	}
	f.kind = kind
	if len([]rune(f.Comma)) > 1 {
		fault("%s: comma is one character", where)
	}
	for i, condition := range f.When {
		hole, err := parseHole(condition.Column)
		if err == nil {
			err = m.checkLookup(hole)
		}
		if err != nil {
			fault("%s: when: %w", where, err)
		}
		f.When[i].part = hole
	}
	specs := specsOf(kind)
	for name, field := range f.Fields {
		if _, known := specs[name]; !known {
			fault("%s: a record of kind %s has no field %q", where, f.Kind, name)
			continue
		}
		if err := m.prepareField(&field); err != nil {
			fault("%s: field %s: %w", where, name, err)
		}
		f.Fields[name] = field
	}
	for name, spec := range specs {
		if _, given := f.Fields[name]; spec.Required && !given && name != "kind" {
			fault("%s: the required field %q of kind %s has no source", where, name, f.Kind)
		}
	}
}

func (m *Mapping) prepareField(f *Field) error {
	var err error
	if f.template, err = parseTemplate(f.Template); err != nil {
		return err
	}
	for _, element := range f.List {
		t, err := parseTemplate(element)
		if err != nil {
			return err
		}
		f.list = append(f.list, t)
	}
	if f.Time == "" {
		f.Time = m.Time
	}
	f.location = m.location
	if f.Zone != "" {
		if f.location, err = time.LoadLocation(f.Zone); err != nil {
			return fmt.Errorf("zone %q: no such zone", f.Zone)
		}
	}
	for _, t := range append([]template{f.template}, f.list...) {
		for _, part := range t {
			if err := m.checkLookup(part); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *Mapping) checkLookup(p part) error {
	if _, ok := m.Lookups[p.lookup]; p.lookup != "" && !ok {
		return fmt.Errorf("lookup %q is not declared under lookups", p.lookup)
	}
	return nil
}

// specsOf lists every field of a kind by name.
func specsOf(k claimwatch.Kind) map[string]claimwatch.Spec {
	specs := map[string]claimwatch.Spec{}
	for _, spec := range append(claimwatch.CommonFields(k), k.Fields()...) {
		specs[spec.Name] = spec
	}
	return specs
}
