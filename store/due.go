package store

import (
	"context"
	"fmt"
	"time"

	"claimwatch"
)

// DueScopes lists the scopes of which the passing of time could have changed
// the answer: a due time of an institution counts against its present, one
// without institution against as_of. An institution that is not in presents has
// no live record, so its present has reached nothing.
func (db *DB) DueScopes(ctx context.Context, asOf claimwatch.Instant, presents map[string]claimwatch.Instant) ([]claimwatch.Scope, error) {
	names, moments := []string{""}, []int64{millis(asOf)}
	last := asOf
	for institution, present := range presents {
		if institution == "" {
			continue
		}
		names, moments = append(names, institution), append(moments, millis(present))
		last = max(last, present)
	}
	texts, err := db.texts(ctx, `
		SELECT scope FROM (
			SELECT scope_key, scope, due_institutions, due_ats FROM finding_sets
			WHERE scope_key IN (SELECT scope_key FROM finding_sets WHERE due_min <= fromUnixTimestamp64Milli({last:Int64}))
			ORDER BY scope_key, scope, `+newestFirst+` LIMIT 1 BY scope_key, scope)
		WHERE arrayExists((institution, due) -> toUnixTimestamp64Milli(due)
			<= transform(institution, {names:Array(String)}, {moments:Array(Int64)}, toInt64(-9000000000000000)), due_institutions, due_ats)
		ORDER BY scope`,
		named("last", millis(last)), named("names", names), named("moments", moments))
	if err != nil {
		return nil, fmt.Errorf("read due scopes: %w", err)
	}
	return scopesOf(texts), nil
}

func scopesOf(texts []string) []claimwatch.Scope {
	return rowOf(texts, func(s *string) claimwatch.Scope { return claimwatch.Scope(*s) })
}

// personScopes are the scopes of persons.
func personScopes(persons []string) []claimwatch.Scope {
	return rowOf(persons, func(s *string) claimwatch.Scope { return claimwatch.PersonScope(*s) })
}

// institutionScopes are the scopes of institutions.
func institutionScopes(institutions []string) []claimwatch.Scope {
	return rowOf(institutions, func(s *string) claimwatch.Scope { return claimwatch.InstitutionScope(*s) })
}

// NextDue is the smallest due time of any current set, of either kind; ok is
// false when time changes nothing any more. Old rows that are not yet merged
// away are looked through from the smallest on until a current one is reached.
func (db *DB) NextDue(ctx context.Context) (at claimwatch.Instant, ok bool, err error) {
	for limit := uint64(256); ; limit *= 8 {
		var rows uint64
		var reached, first time.Time
		err := db.QueryRow(ctx, `
			WITH candidates AS (SELECT scope_key, due_min FROM finding_sets
				WHERE due_min < fromUnixTimestamp64Milli({never:Int64}) ORDER BY due_min LIMIT {limit:UInt64})
			SELECT (SELECT count() FROM candidates), (SELECT max(due_min) FROM candidates), min(due_min) FROM (
				SELECT due_min FROM finding_sets WHERE scope_key IN (SELECT scope_key FROM candidates)
				ORDER BY scope_key, scope, `+newestFirst+` LIMIT 1 BY scope_key, scope)`,
			named("never", millis(noDue)), named("limit", limit)).Scan(&rows, &reached, &first)
		if err != nil {
			return 0, false, fmt.Errorf("read next due time: %w", err)
		}
		if rows == 0 {
			return 0, false, nil
		}
		at := claimwatch.InstantOf(first)
		if rows < limit {
			return at, at < noDue, nil
		}
		if !first.After(reached) {
			return at, true, nil
		}
	}
}

// Scopes lists everything that has records: the persons in the order of the fact
// tables, so that those next to each other are read together, then the institutions.
func (db *DB) Scopes(ctx context.Context) ([]claimwatch.Scope, error) {
	persons, err := db.texts(ctx, `SELECT DISTINCT person_id FROM identities ORDER BY xxHash64(person_id), person_id`)
	if err != nil {
		return nil, fmt.Errorf("read persons: %w", err)
	}
	institutions, err := db.texts(ctx, `SELECT DISTINCT institution_id FROM identities ORDER BY institution_id`)
	if err != nil {
		return nil, fmt.Errorf("read institutions: %w", err)
	}
	return append(personScopes(persons), institutionScopes(institutions)...), nil
}

// ScopesWithFindings lists the scopes of which a finding stands.
func (db *DB) ScopesWithFindings(ctx context.Context) ([]claimwatch.Scope, error) {
	texts, err := db.texts(ctx, `
		SELECT scope FROM (
			SELECT scope_key, scope, finding_ids FROM finding_sets
			WHERE scope_key IN (SELECT scope_key FROM finding_sets WHERE notEmpty(finding_ids))
			ORDER BY scope_key, scope, `+newestFirst+` LIMIT 1 BY scope_key, scope)
		WHERE notEmpty(finding_ids) ORDER BY scope`)
	if err != nil {
		return nil, fmt.Errorf("read scopes with findings: %w", err)
	}
	return scopesOf(texts), nil
}
