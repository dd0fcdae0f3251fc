package audit

import (
	"encoding/json"
	"strings"
)

// namesAnother says whether evidence names an institution that is not the given
// one: under any key that ends in institution_id, or in one that is unreadable.
func namesAnother(evidence json.RawMessage, institution string) bool {
	var tree any
	if err := json.Unmarshal(evidence, &tree); err != nil {
		return true
	}
	return search(tree, institution)
}

func search(node any, institution string) bool {
	switch node := node.(type) {
	case map[string]any:
		for key, value := range node {
			if strings.Contains(key, "institution") && !only(value, institution) || search(value, institution) {
				return true
			}
		}
	case []any:
		for _, value := range node {
			if search(value, institution) {
				return true
			}
		}
	}
	return false
}

// only says whether a value, or every text of a list, is the institution.
func only(value any, institution string) bool {
	switch value := value.(type) {
	case string:
		return value == institution
	case []any:
		for _, element := range value {
			if text, isText := element.(string); isText && text != institution {
				return false
			}
		}
	}
	return true
}
