package rules

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"go.yaml.in/yaml/v3"
)

// orderFile lists the codes of a library in the order of its catalogue.
const orderFile = "order.yaml"

// Order gives the codes in the order of the catalogue: that of attribution
// (rules.md 1.21). It may name rules that the library does not have; a library
// without the file has the order of its codes.
func (l *Library) Order() []string { return slices.Clone(l.order) }

// readOrder reads the order and says which codes are no codes, named twice, or
// missing.
func (l *Library) readOrder(root fs.FS) Faults {
	text, err := fs.ReadFile(root, orderFile)
	if errors.Is(err, fs.ErrNotExist) {
		for _, r := range l.rules {
			l.order = append(l.order, r.Code)
		}
		return nil
	}
	if err != nil {
		return Faults{{File: orderFile, Line: 1, Message: fmt.Sprintf("cannot be read: %v", err)}}
	}
	if err := yaml.Unmarshal(text, &l.order); err != nil {
		return yamlFaults(orderFile, err)
	}
	var faults Faults
	for i, code := range l.order {
		line := lineOf(string(text), "- "+code, "#")
		switch {
		case !ruleCode.MatchString(code):
			faults = append(faults, Fault{orderFile, line, code + " must be like ADM-001"})
		case slices.Contains(l.order[:i], code):
			faults = append(faults, Fault{orderFile, line, code + " stands here twice"})
		}
	}
	for _, r := range l.rules {
		if !slices.Contains(l.order, r.Code) {
			faults = append(faults, Fault{orderFile, 1, r.Code + " has no place in the order"})
		}
	}
	return faults
}
