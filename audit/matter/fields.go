package matter

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"claimwatch"
	"claimwatch/audit/reference"
)

// maxFree bounds a free text, in characters.
const maxFree = 4000

// read checks what a step names: only fields that it takes, all that it needs,
// each in its type. It gives codes in their canonical spelling, and the free
// texts apart. Every fault is named at once.
func (s *Spec) read(step *Step, given, givenTexts map[string]string) (fields, texts map[string]string, err error) {
	var faults []claimwatch.Fault
	add := func(name string, code claimwatch.Code, message string) {
		faults = append(faults, claimwatch.Fault{Column: name, Code: code, Message: message})
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		field, taken := s.taken(step, name)
		if !taken || field.Free {
			add(name, claimwatch.CodeUnknownField, string(step.Action)+" takes no "+name+"; it takes "+step.takes())
			continue
		}
		value, fault := reference.ParseCell(field.Column, given[name])
		switch {
		case fault != nil:
			add(name, claimwatch.CodeFormat, fault.String())
		case value.Set:
			if fields == nil {
				fields = map[string]string{}
			}
			fields[name] = spell(field.Column, value)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(givenTexts)) {
		field, taken := s.taken(step, name)
		switch text := givenTexts[name]; {
		case !taken || !field.Free:
			add(name, claimwatch.CodeUnknownField, string(step.Action)+" takes no "+name+"; it takes "+step.takes())
		case utf8.RuneCountInString(text) > field.most():
			add(name, claimwatch.CodeTooLong, fmt.Sprintf("at most %d characters", field.most()))
		case text != "":
			if texts == nil {
				texts = map[string]string{}
			}
			texts[name] = text
		}
	}
	for _, name := range step.Needs {
		// A free text that was erased is gone: the door has seen that it was there.
		if field, _ := s.Field(name); fields[name] == "" && !field.Free && given[name] == "" {
			add(name, claimwatch.CodeMissing, string(step.Action)+" needs "+name)
		}
	}
	if len(faults) == 0 {
		return fields, texts, nil
	}
	refused := claimwatch.Refuse(claimwatch.CodeInvalid, "%s of a %s: %s", step.Action, words(s.Kind), faults[0].Message)
	refused.Field, refused.Faults = faults[0].Column, faults
	return nil, nil, refused
}

// spell gives a value as it is kept: money always with both decimals.
func spell(c claimwatch.Column, v claimwatch.Value) string {
	if c.Type == claimwatch.ColumnAmount {
		return claimwatch.Fen(v.Num).String()
	}
	return reference.FormatCell(c, v)
}

// most is how many characters a free text may have.
func (f *Field) most() int {
	if f.Max > 0 {
		return int(f.Max)
	}
	return maxFree
}

// Split parts the fields that a caller names into codes and free texts, and
// checks that the free ones which the step needs are there. from is the state in
// which the caller has seen the matter; empty for a new one.
func (s *Spec) Split(action Action, from State, given map[string]string) (fields, texts map[string]string, err error) {
	fields, texts = map[string]string{}, map[string]string{}
	for name, value := range given {
		if field, known := s.Field(name); known && field.Free {
			texts[name] = value
			continue
		}
		fields[name] = value
	}
	step, declared := s.find(action, from)
	if !declared {
		return fields, texts, nil // the fold says what is possible instead
	}
	for _, name := range step.Needs {
		if field, _ := s.Field(name); field.Free && strings.TrimSpace(texts[name]) == "" {
			return nil, nil, fault(name, claimwatch.CodeMissing, string(action)+" needs "+name)
		}
	}
	for _, name := range step.Asks {
		if strings.TrimSpace(fields[name]+texts[name]) == "" {
			return nil, nil, fault(name, claimwatch.CodeMissing, string(action)+" needs "+name)
		}
	}
	return fields, texts, nil
}

// taken gives a field that a step takes.
func (s *Spec) taken(step *Step, name string) (Field, bool) {
	if !slices.Contains(step.names(), name) {
		return Field{}, false
	}
	return s.Field(name)
}

// names lists every field that the step takes.
func (s *Step) names() []string { return slices.Concat(s.Needs, s.Asks, s.Takes) }

func (s *Step) takes() string {
	all := s.names()
	if len(all) == 0 {
		return "no fields"
	}
	return strings.Join(all, ", ")
}

// fault is a refusal that names one field.
func fault(name string, code claimwatch.Code, message string) error {
	refused := claimwatch.Refuse(claimwatch.CodeInvalid, "%s", message)
	refused.Field, refused.Faults = name, []claimwatch.Fault{{Column: name, Code: code, Message: message}}
	return refused
}

func refuse(format string, args ...any) error {
	return claimwatch.Refuse(claimwatch.CodeIllegalTransition, format, args...)
}
