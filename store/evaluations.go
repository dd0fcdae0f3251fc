package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"

	"claimwatch"
)

// scopeKey is what finding_sets is sorted by.
func scopeKey(scope claimwatch.Scope) uint64 { return xxhash.Sum64String(string(scope)) }

// SaveEvaluations writes one row per scope with its whole finding set and tells
// what that opened, revised and retracted. An evaluation that answers an older
// touched message than the set in the store changes nothing; one that got past
// this check at the same moment as a newer one loses when read. Running it
// again with the same offsets and findings gives the same answer and leaves the
// same state.
func (db *DB) SaveEvaluations(
	ctx context.Context, evaluations []claimwatch.Evaluation, evaluatedAt claimwatch.Instant,
) (map[claimwatch.Change][]claimwatch.Held, error) {
	newest := map[claimwatch.Scope]*claimwatch.Evaluation{}
	for i := range evaluations {
		one := &evaluations[i]
		if before := newest[one.Scope]; before == nil || before.Offset <= one.Offset {
			newest[one.Scope] = one
		}
	}
	current, err := db.currentSets(ctx, newest)
	if err != nil {
		return nil, fmt.Errorf("read finding sets: %w", err)
	}
	var rows []findingSet
	var changed []findingSet
	for scope, evaluation := range newest {
		before, known := current[scope]
		if known && before.offset > evaluation.Offset {
			continue
		}
		set, err := nextSet(evaluation, before, known, evaluatedAt)
		if err != nil {
			return nil, fmt.Errorf("make finding set: %w", err)
		}
		rows = append(rows, set)
		if set.epochOffset == set.offset && len(set.changedIDs) > 0 {
			changed = append(changed, set)
		}
	}
	slices.SortFunc(rows, func(a, b findingSet) int { return strings.Compare(string(a.scope), string(b.scope)) })
	if err := db.insertSets(ctx, rows); err != nil {
		return nil, err
	}
	return db.changesOf(ctx, changed)
}

// nextSet is the row that follows before: what is the same carries over when it
// was noticed, and the epoch grows only when findings, their facts or what
// suppresses them changed.
func nextSet(e *claimwatch.Evaluation, before findingSet, known bool, evaluatedAt claimwatch.Instant) (findingSet, error) {
	set := findingSet{
		scope: e.Scope, partition: int32(e.Partition), offset: e.Offset, asOf: e.AsOf, evaluatedAt: evaluatedAt,
		epoch: before.epoch, epochAt: before.epochAt, epochOffset: before.epochOffset,
		changedIDs: before.changedIDs, changes: before.changes,
		findings: e.Findings, hits: e.Hits, missed: e.NotEvaluated, due: e.Due,
	}
	if known && before.offset == e.Offset {
		set.evaluatedAt = max(evaluatedAt, before.evaluatedAt+1) // of two rows of one offset the later counts
	}
	old := make(map[string]int, len(before.ids))
	for i, id := range before.ids {
		old[id] = i
	}
	var changedIDs, changes []string
	change := func(id string, c claimwatch.Change) {
		changedIDs, changes = append(changedIDs, id), append(changes, string(c))
	}
	for i := range e.Findings {
		finding := &e.Findings[i]
		body, err := encodeBody(finding)
		if err != nil {
			return findingSet{}, err
		}
		facts, suppressed := finding.FactsSHA256(), textOf(finding.SuppressedBy)
		opened, revised := set.evaluatedAt, set.evaluatedAt
		if at, stood := old[finding.ID]; !stood {
			change(finding.ID, claimwatch.Opened)
		} else {
			opened = before.opened[at]
			if before.facts[at] == facts && before.suppressions[at] == suppressed {
				revised = before.revised[at]
			} else {
				change(finding.ID, claimwatch.Revised)
			}
			delete(old, finding.ID)
		}
		set.ids, set.facts, set.bodies = append(set.ids, finding.ID), append(set.facts, facts), append(set.bodies, body)
		set.suppressions = append(set.suppressions, suppressed)
		set.opened, set.revised = append(set.opened, opened), append(set.revised, revised)
	}
	for _, id := range before.ids {
		if _, gone := old[id]; gone {
			change(id, claimwatch.RetractedNow)
		}
	}
	if !known || len(changes) > 0 {
		set.epochAt, set.epochOffset = set.evaluatedAt, e.Offset
		set.changedIDs, set.changes = changedIDs, changes
	}
	if len(changes) > 0 {
		set.epoch++
	}
	return set, nil
}

// encodeBody writes a finding as JSON without escapes for HTML.
func encodeBody(finding *claimwatch.Finding) (string, error) {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(finding); err != nil {
		return "", fmt.Errorf("encode finding: %w", err)
	}
	return strings.TrimSuffix(text.String(), "\n"), nil
}

// changesOf gives the findings that the sets changed. Retracted ones are no
// longer in them: their last body comes from the set before.
func (db *DB) changesOf(ctx context.Context, sets []findingSet) (map[claimwatch.Change][]claimwatch.Held, error) {
	out := map[claimwatch.Change][]claimwatch.Held{}
	gone := map[string]claimwatch.Instant{}
	var scopes []claimwatch.Scope
	for _, set := range sets {
		index := make(map[string]int, len(set.ids))
		for i, id := range set.ids {
			index[id] = i
		}
		for i, id := range set.changedIDs {
			if at, stands := index[id]; stands {
				change := claimwatch.Change(set.changes[i])
				out[change] = append(out[change], claimwatch.Held{
					Finding: set.findings[at], Facts: set.facts[at], OpenedAt: set.opened[at], RevisedAt: set.revised[at],
				})
				continue
			}
			gone[id] = set.epochAt
			scopes = append(scopes, set.scope)
		}
	}
	if len(gone) > 0 {
		held, err := db.lastSeen(ctx, scopes, gone)
		if err != nil {
			return nil, fmt.Errorf("read retracted findings: %w", err)
		}
		out[claimwatch.RetractedNow] = held
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b claimwatch.Held) int { return strings.Compare(a.ID, b.ID) })
	}
	return out, nil
}
