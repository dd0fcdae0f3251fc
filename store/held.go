package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"claimwatch"
)

// setHead tells rows of a scope apart.
type setHead struct {
	scope       string
	offset      int64
	epoch       uint64
	evaluatedAt time.Time
}

// heads gives the rows of the scopes, for each scope in newestFirst order, and
// when the epoch of each began.
func (db *DB) heads(ctx context.Context, keys []uint64) (map[string][]setHead, map[setHead]claimwatch.Instant, error) {
	byScope, began := map[string][]setHead{}, map[setHead]claimwatch.Instant{}
	var head setHead
	var epochAt time.Time
	read := func() error {
		byScope[head.scope] = append(byScope[head.scope], head)
		began[head] = claimwatch.InstantOf(epochAt)
		return nil
	}
	err := db.each(ctx, read, []any{&head.scope, &head.offset, &head.epoch, &head.evaluatedAt, &epochAt}, `
		SELECT scope, touched_offset, epoch, evaluated_at, epoch_at FROM finding_sets
		WHERE scope_key IN {keys:Array(UInt64)} ORDER BY scope, `+newestFirst, named("keys", keys))
	return byScope, began, err
}

// held reads findings by id from the sets of some scopes, each as in the last
// set that had it, with the time of its retraction if that is not the current one.
func (db *DB) held(ctx context.Context, keys []uint64, ids []string) (map[string]claimwatch.Held, error) {
	found := make(map[string]claimwatch.Held, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	byScope, began, err := db.heads(ctx, keys)
	if err != nil {
		return nil, err
	}
	var head setHead
	var id, body, facts string
	var opened, revised time.Time
	read := func() error {
		one := claimwatch.Held{Facts: facts, OpenedAt: claimwatch.InstantOf(opened), RevisedAt: claimwatch.InstantOf(revised)}
		if err := json.Unmarshal([]byte(body), &one.Finding); err != nil {
			return fmt.Errorf("decode finding %s: %w", id, err)
		}
		if later := slices.Index(byScope[head.scope], head); later > 0 {
			since := began[byScope[head.scope][later-1]]
			one.Retracted = &since
		}
		found[id] = one
		return nil
	}
	dest := []any{&id, &body, &facts, &opened, &revised, &head.scope, &head.offset, &head.epoch, &head.evaluatedAt}
	err = db.each(ctx, read, dest, `
		SELECT id, body, fact, opened, revised, scope, touched_offset, epoch, evaluated_at FROM (
			SELECT scope, touched_offset, epoch, evaluated_at, finding_ids, bodies, facts, opened_at, revised_at
			FROM finding_sets WHERE scope_key IN {keys:Array(UInt64)})
		ARRAY JOIN finding_ids AS id, bodies AS body, facts AS fact, opened_at AS opened, revised_at AS revised
		WHERE id IN {ids:Array(String)} ORDER BY id, `+newestFirst+` LIMIT 1 BY id`,
		named("keys", keys), named("ids", ids))
	return found, err
}

// lastSeen reads findings that have just been retracted.
func (db *DB) lastSeen(ctx context.Context, scopes []claimwatch.Scope, gone map[string]claimwatch.Instant) ([]claimwatch.Held, error) {
	keys := rowOf(scopes, func(s *claimwatch.Scope) uint64 { return scopeKey(*s) })
	held, err := db.held(ctx, keys, slices.Collect(maps.Keys(gone)))
	if err != nil {
		return nil, err
	}
	list := make([]claimwatch.Held, 0, len(held))
	for id, one := range held {
		since := gone[id]
		one.Retracted = &since
		list = append(list, one)
	}
	return list, nil
}

// FindingEvent is something that happened to a finding.
type FindingEvent struct {
	Change claimwatch.Change
	At     claimwatch.Instant
	Facts  string // the facts hash from then on; of a retraction the one it had
	// SuppressedBy is the whitelist row that applied from then on, nil for none.
	SuppressedBy *string
	// Knowledge is the knowledge version that its evidence names; 0 for none.
	Knowledge uint64
}

// Finding gives one finding, retracted ones too, and what happened to it,
// oldest first. ok is false when no rule ever raised it.
func (db *DB) Finding(ctx context.Context, id string) (one claimwatch.Held, history []FindingEvent, ok bool, err error) {
	var keys []uint64
	var key uint64
	err = db.each(ctx, func() error { keys = append(keys, key); return nil }, []any{&key},
		`SELECT DISTINCT scope_key FROM finding_sets WHERE has(finding_ids, {id:String})`, named("id", id))
	if err != nil || len(keys) == 0 {
		return claimwatch.Held{}, nil, false, wrap("find finding", err)
	}
	held, err := db.held(ctx, keys, []string{id})
	if err != nil {
		return claimwatch.Held{}, nil, false, fmt.Errorf("read finding: %w", err)
	}
	if one, ok = held[id]; !ok {
		return claimwatch.Held{}, nil, false, nil
	}
	if history, err = db.history(ctx, keys, id); err != nil {
		return claimwatch.Held{}, nil, false, fmt.Errorf("read history of finding: %w", err)
	}
	if len(history) == 0 {
		// It is in the row of a late worker alone, which counts for nothing and
		// goes away when rows are merged.
		return claimwatch.Held{}, nil, false, nil
	}
	return one, history, true, nil
}

// history compares the epochs of a finding's scope. A row that a late worker
// wrote after a newer one is no part of it: its offset is below that of an
// earlier epoch.
func (db *DB) history(ctx context.Context, keys []uint64, id string) (events []FindingEvent, err error) {
	var offset, reached int64
	var epochAt time.Time
	var knowledge uint64
	var facts, suppressed, before, quiet string
	reached = -1
	read := func() error {
		if offset < reached {
			return nil
		}
		reached = offset
		event := FindingEvent{At: claimwatch.InstantOf(epochAt), Facts: facts, Knowledge: knowledge}
		if row := suppressed; row != "" {
			event.SuppressedBy = &row
		}
		switch {
		case facts == before && suppressed == quiet:
			return nil
		case before == "":
			event.Change = claimwatch.Opened
		case facts == "":
			event.Change, event.Facts = claimwatch.RetractedNow, before
		default:
			event.Change = claimwatch.Revised
		}
		before, quiet = facts, suppressed
		events = append(events, event)
		return nil
	}
	err = db.each(ctx, read, []any{&offset, &epochAt, &knowledge, &facts, &suppressed}, `
		SELECT touched_offset, epoch_at, JSONExtractUInt(bodies[indexOf(finding_ids, {id:String})], 'evidence', 'knowledge_version'), facts[indexOf(finding_ids, {id:String})], suppressions[indexOf(finding_ids, {id:String})]
		FROM finding_sets
		WHERE scope_key IN {keys:Array(UInt64)}
			AND scope IN (SELECT scope FROM finding_sets WHERE scope_key IN {keys:Array(UInt64)} AND has(finding_ids, {id:String}))
		ORDER BY scope, epoch, touched_offset DESC, evaluated_at DESC LIMIT 1 BY scope, epoch`,
		named("keys", keys), named("id", id))
	return events, err
}

// wrap says what was being done, or nothing when it went well.
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}
