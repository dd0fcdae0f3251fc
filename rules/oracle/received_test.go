package oracle

import (
	"slices"
	"strings"
	"testing"
)

// received reads lines of records as log does; "recv=2026-03-02T08:00" tells when
// the record was received, without it as it happened.
func received(t *testing.T, text string) []Received {
	t.Helper()
	var out []Received
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		when := ""
		words = slices.DeleteFunc(words, func(word string) bool {
			moment, ok := strings.CutPrefix(word, "recv=")
			if ok {
				when = moment
			}
			return ok
		})
		r := Received{Record: record(t, words)}
		if r.ReceivedAt = r.OccurredAt; when != "" {
			r.ReceivedAt = at(t, when)
		}
		out = append(out, r)
	}
	return out
}
