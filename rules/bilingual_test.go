package rules_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"claimwatch/rules"
)

// TestTextIsReadInEitherForm: with languages, or plain English; a language that
// nobody shows is a fault with its line.
func TestTextIsReadInEitherForm(t *testing.T) {
	for name, test := range map[string]struct {
		yaml  string
		want  rules.Text
		fault string
	}{
		"both":          {yaml: "{zh: 甲, en: A}", want: rules.Text{Chinese: "甲", English: "A"}},
		"plain":         {yaml: "the stay", want: rules.Text{English: "the stay"}},
		"sentences":     {yaml: "zh: >-\n  甲。\n  乙。\nen: >-\n  A.\n  B.", want: rules.Text{Chinese: "甲。乙。", English: "A. B."}},
		"one language":  {yaml: "{en: A}", want: rules.Text{English: "A"}},
		"no such":       {yaml: "zh: 甲\nfr: A", fault: "line 2: field fr not found"},
		"list":          {yaml: "zh: [甲]", fault: "line 1: zh must be a text"},
		"list of texts": {yaml: "[甲, A]", fault: "line 1: a text"},
	} {
		t.Run(name, func(t *testing.T) {
			var got rules.Text
			err := yaml.Unmarshal([]byte(test.yaml), &got)
			switch {
			case test.fault != "":
				if err == nil || !strings.Contains(err.Error(), test.fault) {
					t.Errorf("Unmarshal() error:\n%+v\nwant %s", err, test.fault)
				}
			case err != nil:
				t.Errorf("Unmarshal() error:\n%+v", err)
			default:
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("Unmarshal() (-want, +got):\n%s", diff)
				}
			}
		})
	}
}
