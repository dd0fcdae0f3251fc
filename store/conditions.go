package store

import (
	"strings"

	"claimwatch"
)

// conditions builds a WHERE clause of fixed texts with parameters: no value
// ever becomes part of a text (hazard C18).
type conditions struct {
	texts []string
	args  []any
}

func (c *conditions) add(text string, args ...any) {
	c.texts = append(c.texts, text)
	c.args = append(c.args, args...)
}

// text adds a condition on a text unless the text is empty.
func (c *conditions) text(text, name, value string) {
	if value != "" {
		c.add(text, named(name, value))
	}
}

// instant adds a condition on an instant unless there is none.
func (c *conditions) instant(text, name string, value *claimwatch.Instant) {
	if value != nil {
		c.add(text, named(name, millis(*value)))
	}
}

// clause is the WHERE clause, empty without a condition.
func (c *conditions) clause() string {
	if len(c.texts) == 0 {
		return ""
	}
	return "WHERE " + strings.Join(c.texts, " AND ")
}
