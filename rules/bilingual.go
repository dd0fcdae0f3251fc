package rules

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Text is said in both languages. In YAML it is {zh: …, en: …}; a text without
// languages is English, for a rule of one's own needs no translation.
type Text struct {
	Chinese string
	English string
}

// UnmarshalYAML reads either form. Chinese sentences may stand on lines of
// their own: the blanks by which YAML joins them are dropped.
func (t *Text) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		t.English = node.Value
		return nil
	}
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: a text is {zh: …, en: …} or plain English", node.Line)
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if value.Kind != yaml.ScalarNode {
			return fmt.Errorf("line %d: %s must be a text", value.Line, key.Value)
		}
		switch key.Value {
		case "zh":
			t.Chinese = strings.ReplaceAll(value.Value, "。 ", "。")
		case "en":
			t.English = value.Value
		default:
			return fmt.Errorf("line %d: field %s not found: a text has zh and en", key.Line, key.Value)
		}
	}
	return nil
}
