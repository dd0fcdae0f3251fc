package audit

import (
	"strings"

	"claimwatch"
)

// Names gives the name of a code in Chinese; ok is false where none is known.
type Names func(code string) (name string, ok bool)

// NamedCode is a code with its name.
type NamedCode struct {
	Code string `json:"code" example:"S72.0"`
	Name string `json:"name,omitempty" doc:"in Chinese; missing when it is not known" example:"股骨颈骨折"`
}

// named gives the codes of a field of a record in their order, with names; none of
// a record that has no such field.
func named(r *claimwatch.Record, field string, names Names) (list []NamedCode) {
	text := r.Field(field).Text
	if text == "" {
		return nil
	}
	for code := range strings.SplitSeq(text, claimwatch.ListSeparator) {
		one := NamedCode{Code: code}
		if names != nil {
			if name, known := names(code); known {
				one.Name = name
			}
		}
		list = append(list, one)
	}
	return list
}
