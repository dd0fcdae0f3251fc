package journal

import (
	"testing"

	"claimwatch"
)

// FuzzTake feeds the fold whatever could stand in the topic: it must not break,
// and what it accepts must verify.
func FuzzTake(f *testing.F) {
	for _, m := range encode(f, story(f)...) {
		f.Add(m.Value)
	}
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, value []byte) {
		var s State
		s.parts.known = func(id string) bool { _, known := s.answers[id]; return known }
		var entries []Entry
		for range 2 {
			command, canonical, err := s.parts.take(claimwatch.Message{Value: value, Headers: map[string]string{versionHeader: version}})
			if err != nil || command == nil {
				continue
			}
			if accepted, _ := s.Apply(*command, canonical); accepted != nil {
				entries = append(entries, accepted.Entry)
			}
		}
		if len(entries) > 1 {
			t.Fatalf("one message made %d entries", len(entries))
		}
		if err := VerifyChain("", entries); err != nil {
			t.Fatalf("VerifyChain() error:\n%+v", err)
		}
	})
}
