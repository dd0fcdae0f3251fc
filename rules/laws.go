package rules

import (
	"bytes"
	"fmt"

	"go.yaml.in/yaml/v3"
)

// Law is a legal text on which rules rest, with those of its articles that
// somebody has to read: the quoted ones of the library (rules.md 1.24).
type Law struct {
	ID       string       `yaml:"id"`
	Title    Text         `yaml:"title"`
	Short    Text         `yaml:"short"` // for tables
	From     string       `yaml:"from"`  // first day in force by its own text
	Until    string       `yaml:"until"` // first day no longer in force by its own text
	Note     Text         `yaml:"note"`  // what is to know about its validity
	Articles []LawPassage `yaml:"articles"`
}

// LawPassage is an article in full.
type LawPassage struct {
	Article string   `yaml:"article"`
	Label   Text     `yaml:"label"` // how it is cited
	Gist    string   `yaml:"gist"`  // an English summary, no translation
	Text    []string `yaml:"text"`  // its paragraphs, in Chinese
}

// Laws reads the legal texts that the binary carries. Errors are those of the
// file, which a test reads.
func Laws() ([]Law, error) {
	text, err := embedded.ReadFile("library/laws.yaml")
	if err != nil {
		return nil, fmt.Errorf("read laws: %w", err)
	}
	var laws []Law
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&laws); err != nil {
		return nil, fmt.Errorf("read laws: %w", err)
	}
	return laws, nil
}
