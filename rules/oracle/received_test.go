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

// loaded replaces tables of the reference, given as table, rows, table, rows.
func loaded(tables ...string) func(Reference) {
	return func(ref Reference) {
		for i := 0; i < len(tables); i += 2 {
			ref[tables[i]] = rows(tables[i+1])
		}
	}
}

// untold holds what a rule does not evaluate, "s1 row missing", against a log.
func untold(t *testing.T, rule, text string, ref func(Reference), want ...string) {
	t.Helper()
	reference := standard()
	if ref != nil {
		ref(reference)
	}
	var got []string
	for _, n := range Evaluate(received(t, text), reference, at(t, "2026-03-31T00:00"), true).NotEvaluated {
		if n.Rule == rule {
			got = append(got, n.StayID+" "+n.Reason)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("Evaluate() does not evaluate %s for %q, want %q, of\n%s", rule, got, want, text)
	}
}

// belongs says to what a rule's only finding belongs (1.18), "h1|p1|s1".
func belongs(t *testing.T, rule, text, want string) {
	t.Helper()
	reference := standard()
	for _, table := range []string{"referrals", "agreements", "persons"} {
		reference[table] = rows("")
	}
	var got []string
	for _, f := range Evaluate(received(t, text), reference, at(t, "2026-03-31T00:00"), true).Findings {
		if f.Rule != rule {
			continue
		}
		k := key{institutionID: f.InstitutionID}
		if f.PersonID != nil {
			k.personID = *f.PersonID
		}
		if f.StayID != nil {
			k.stayID = *f.StayID
		}
		got = append(got, k.text())
	}
	if !slices.Equal(got, []string{want}) {
		t.Errorf("Evaluate() gives %s to %q, want %s", rule, got, want)
	}
}
