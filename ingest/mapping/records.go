package mapping

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"claimwatch"
)

// Row is what became of one row of a file.
type Row struct {
	File    string
	Line    int    // of the file, the header is line 1
	Skipped bool   // left out by a condition
	Record  []byte // one line of JSON
	Fault   error  // the row could not be turned into a record
}

// Each turns every row of every file below dir into a record, in the order of
// the mapping. A file or column that is missing is an error before the first row.
func (m *Mapping) Each(dir string, yield func(Row) error) error {
	tables := map[string]*table{}
	for name, lookup := range m.Lookups {
		t, err := readTable(dir, lookup)
		if err != nil {
			return err
		}
		tables[name] = t
	}
	if err := m.checkColumns(dir, tables); err != nil {
		return err
	}
	for i := range m.Files {
		if err := m.Files[i].each(dir, tables, yield); err != nil {
			return err
		}
	}
	return nil
}

// checkColumns names every column that the mapping uses and a file lacks.
func (m *Mapping) checkColumns(dir string, tables map[string]*table) error {
	var faults []error
	for i := range m.Files {
		f := &m.Files[i]
		s, err := openSheet(filepath.Join(dir, f.File), f.Comma)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		for _, name := range f.columns() {
			if _, ok := s.header[name]; !ok {
				faults = append(faults, fmt.Errorf("file %s has no column %q", f.File, name))
			}
		}
		s.close()
		for _, p := range f.parts() {
			if p.lookup == "" {
				continue
			}
			if _, ok := tables[p.lookup].header[p.found]; !ok {
				faults = append(faults, fmt.Errorf("lookup %s has no column %q", p.lookup, p.found))
			}
		}
	}
	return errors.Join(faults...)
}

func (f *File) parts() []part {
	var parts []part
	for _, field := range f.Fields {
		for _, t := range append([]template{field.template}, field.list...) {
			parts = append(parts, t...)
		}
	}
	for _, condition := range f.When {
		parts = append(parts, condition.part)
	}
	return parts
}

func (f *File) columns() []string {
	var names []string
	for _, p := range f.parts() {
		if p.column != "" {
			names = append(names, p.column)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (f *File) each(dir string, tables map[string]*table, yield func(Row) error) error {
	s, err := openSheet(filepath.Join(dir, f.File), f.Comma)
	if err != nil {
		return err
	}
	defer s.close()
	for {
		r, err := s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("file %s: %w", f.File, err)
		}
		r.tables = tables
		out := Row{File: f.File, Line: r.line}
		if f.leavesOut(r) {
			out.Skipped = true
		} else {
			out.Record, out.Fault = f.record(r)
		}
		if err := yield(out); err != nil {
			return err
		}
	}
}

func (f *File) leavesOut(r *row) bool {
	for _, c := range f.When {
		value := c.part.value(r)
		if (len(c.In) > 0 && !slices.Contains(c.In, value)) || slices.Contains(c.NotIn, value) {
			return true
		}
		if (c.NotEmpty && value == "") || (c.Empty && value != "") {
			return true
		}
	}
	return false
}

// record builds the JSON of a row. Absent values are left out: the door says
// which of them a record cannot do without.
func (f *File) record(r *row) ([]byte, error) {
	out := append([]byte(`{"kind":`), strconv.Quote(f.Kind)...)
	for _, spec := range append(claimwatch.CommonFields(f.kind), f.kind.Fields()...) {
		field, given := f.Fields[spec.Name]
		if !given {
			continue
		}
		value, err := field.value(spec, r)
		if err != nil {
			return nil, fmt.Errorf("field %s: %w", spec.Name, err)
		}
		if value == nil {
			continue
		}
		text, err := json.Marshal(value)
		if err != nil {
			return nil, fmt.Errorf("field %s: %w", spec.Name, err)
		}
		out = append(out, ',')
		out = append(out, strconv.Quote(spec.Name)...)
		out = append(out, ':')
		out = append(out, text...)
	}
	return append(out, '}'), nil
}

// value gives a field's value as JSON wants it for its type; nil when absent.
func (f *Field) value(spec claimwatch.Spec, r *row) (any, error) {
	if spec.Type == claimwatch.TypeCodes {
		return f.elements(r), nil
	}
	text := f.mapped(f.template.fill(r))
	if text == "" {
		return nil, nil
	}
	switch spec.Type {
	case claimwatch.TypeTime:
		t, err := time.ParseInLocation(f.Time, text, f.location)
		if err != nil {
			return nil, fmt.Errorf("time %q does not fit the layout %q", text, f.Time)
		}
		return t.Truncate(time.Millisecond).Format(time.RFC3339Nano), nil
	case claimwatch.TypeInt:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%q is no whole number", text)
		}
		return n, nil
	case claimwatch.TypeBool:
		switch strings.ToLower(text) {
		case "true", "1", "y", "yes":
			return true, nil
		case "false", "0", "n", "no":
			return false, nil
		}
		return nil, fmt.Errorf("%q is neither true nor false", text)
	default:
		return text, nil
	}
}

// mapped puts the value through the code map; a code that the map does not
// know becomes the default, and without one stays as it is for the door to judge.
func (f *Field) mapped(text string) string {
	if len(f.Map) > 0 {
		if to, ok := f.Map[text]; ok {
			return to
		}
		if f.Default != nil {
			return *f.Default
		}
	}
	if text == "" && f.Default != nil {
		return *f.Default
	}
	return text
}

func (f *Field) elements(r *row) []string {
	list := []string{}
	for _, t := range f.list {
		if text := f.mapped(t.fill(r)); text != "" {
			list = append(list, text)
		}
	}
	return list
}
