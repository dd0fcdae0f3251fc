package store

import (
	"context"
	"encoding/json"
	"fmt"

	"claimwatch"
)

// Claiming gives the findings that stand, want money and are not suppressed, of
// persons: out of their own sets, and those that belong to them out of the sets of
// institutions. Whoever claims a line of theirs is among them, for rules across an
// institution look at its own lines.
func (db *DB) Claiming(ctx context.Context, persons, institutions []string) (findings []claimwatch.Finding, err error) {
	if len(persons) == 0 {
		return nil, nil
	}
	keys := make([]uint64, 0, len(persons)+len(institutions))
	for _, person := range persons {
		keys = append(keys, scopeKey(claimwatch.PersonScope(person)))
	}
	for _, institution := range institutions {
		keys = append(keys, scopeKey(claimwatch.InstitutionScope(institution)))
	}
	var body string
	read := func() error {
		var f claimwatch.Finding
		if err := json.Unmarshal([]byte(body), &f); err != nil {
			return fmt.Errorf("decode finding: %w", err)
		}
		findings = append(findings, f)
		return nil
	}
	err = db.each(ctx, read, []any{&body}, `
		SELECT body FROM (
			SELECT finding_ids, persons, amounts, suppressions, bodies FROM finding_sets WHERE scope_key IN {keys:Array(UInt64)}
			ORDER BY scope_key, scope, `+newestFirst+` LIMIT 1 BY scope_key, scope)
		ARRAY JOIN finding_ids AS id, persons AS person, amounts AS amount, suppressions AS suppressed, bodies AS body
		WHERE amount > 0 AND suppressed = '' AND person IN {persons:Array(String)}
		ORDER BY id LIMIT 1 BY id`, named("keys", keys), named("persons", persons))
	return findings, wrap("read who claims lines", err)
}
