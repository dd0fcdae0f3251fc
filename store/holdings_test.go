package store_test

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// holding is what the store must hold of one scope, computed the plain way.
type holding struct {
	known         bool
	offset, epoch int64 // of the current set, and of the evaluation that last changed it
	at, epochAt   claimwatch.Instant
	stands        map[string]claimwatch.Held
	gone          map[string]claimwatch.Held // as in the last set that had it
	changed       map[string]claimwatch.Change
	history       map[string][]store.FindingEvent
	due           []claimwatch.Due
}

// holdings are those of all scopes.
type holdings map[claimwatch.Scope]*holding

func (h holdings) of(scope claimwatch.Scope) *holding {
	if h[scope] == nil {
		h[scope] = &holding{
			stands: map[string]claimwatch.Held{}, gone: map[string]claimwatch.Held{},
			changed: map[string]claimwatch.Change{}, history: map[string][]store.FindingEvent{},
		}
	}
	return h[scope]
}

// step answers an evaluation and takes it over, unless it is late.
func (h *holding) step(e claimwatch.Evaluation, at claimwatch.Instant) map[claimwatch.Change][]claimwatch.Held {
	if h.known && e.Offset < h.offset {
		return map[claimwatch.Change][]claimwatch.Held{}
	}
	if h.known && e.Offset == h.offset {
		at = max(at, h.at+1)
	}
	changed, stands := map[string]claimwatch.Change{}, map[string]claimwatch.Held{}
	for _, f := range e.Findings {
		one := claimwatch.Held{Finding: f, Facts: f.FactsSHA256(), OpenedAt: at, RevisedAt: at}
		before, stood := h.stands[f.ID]
		switch {
		case !stood:
			changed[f.ID] = claimwatch.Opened
		case before.Facts != one.Facts || deref(before.SuppressedBy) != deref(one.SuppressedBy):
			changed[f.ID], one.OpenedAt = claimwatch.Revised, before.OpenedAt
		default:
			one.OpenedAt, one.RevisedAt = before.OpenedAt, before.RevisedAt
		}
		stands[f.ID] = one
		delete(h.gone, f.ID)
	}
	for id, one := range h.stands {
		if _, still := stands[id]; !still {
			changed[id], one.Retracted = claimwatch.RetractedNow, &at
			h.gone[id] = one
		}
	}
	if !h.known || len(changed) > 0 {
		h.epoch, h.epochAt, h.changed = e.Offset, at, changed
	}
	h.known, h.offset, h.at, h.due = true, e.Offset, at, e.Due
	h.stands = stands
	for id, change := range changed {
		event := store.FindingEvent{Change: change, At: at, Facts: h.last(id).Facts}
		if change != claimwatch.RetractedNow {
			event.SuppressedBy = h.last(id).SuppressedBy
		}
		h.history[id] = append(h.history[id], event)
	}
	return h.answer()
}

// answer is what the evaluation of the current offset changed, also when it is repeated.
func (h *holding) answer() map[claimwatch.Change][]claimwatch.Held {
	answer := map[claimwatch.Change][]claimwatch.Held{}
	if h.epoch != h.offset {
		return answer
	}
	for _, id := range sortedKeys(h.changed) {
		answer[h.changed[id]] = append(answer[h.changed[id]], h.last(id))
	}
	return answer
}

// last is a finding as it stands, or as it stood last.
func (h *holding) last(id string) claimwatch.Held {
	if one, ok := h.stands[id]; ok {
		return one
	}
	return h.gone[id]
}

// listed are the findings of a mode by id.
func (h holdings) listed(mode store.RetractedMode) []claimwatch.Held {
	list := []claimwatch.Held{}
	for _, one := range h {
		if mode != store.OnlyRetracted {
			list = slices.AppendSeq(list, maps.Values(one.stands))
		}
		if mode != store.WithoutRetracted {
			list = slices.AppendSeq(list, maps.Values(one.gone))
		}
	}
	slices.SortFunc(list, func(a, b claimwatch.Held) int { return strings.Compare(a.ID, b.ID) })
	return list
}

func deref(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// dueBy lists the scopes that time could have changed.
func (h holdings) dueBy(asOf claimwatch.Instant, presents map[string]claimwatch.Instant) []claimwatch.Scope {
	scopes := []claimwatch.Scope{}
	for scope, one := range h {
		if slices.ContainsFunc(one.due, func(d claimwatch.Due) bool {
			present, sends := presents[d.InstitutionID]
			return (d.InstitutionID == "" && d.At <= asOf) || (d.InstitutionID != "" && sends && d.At <= present)
		}) {
			scopes = append(scopes, scope)
		}
	}
	slices.Sort(scopes)
	return scopes
}

// compare holds every answer of the store about findings against the holdings.
func (h holdings) compare(t *testing.T, db *store.DB) {
	t.Helper()
	for _, mode := range []store.RetractedMode{store.WithoutRetracted, store.WithRetracted, store.OnlyRetracted} {
		items, next, err := db.Findings(t.Context(), store.FindingQuery{Retracted: mode, Limit: 1000})
		must(t, err)
		same(t, "findings", append([]claimwatch.Held{}, items...), h.listed(mode))
		same(t, "next", next, "")
	}
	facts, ids := map[string]string{}, []string{}
	must(t, db.AllFacts(t.Context(), func(id, hash, row string) error { facts[id], ids = hash+row, append(ids, id); return nil }))
	want, first := map[string]string{}, claimwatch.Instant(0)
	standing := []claimwatch.Scope{}
	for scope, one := range h {
		for id, held := range one.stands {
			want[id] = held.Facts + deref(held.SuppressedBy)
		}
		if len(one.stands) > 0 {
			standing = append(standing, scope)
		}
		for _, due := range one.due {
			first = cmp.Or(min(first, due.At), due.At)
		}
	}
	slices.Sort(standing)
	same(t, "facts", facts, want)
	same(t, "ids in order and each once", ids, sortedKeys(want))
	same(t, "scopes with findings", got(db.ScopesWithFindings(t.Context()))(t), standing)
	next, ok, err := db.NextDue(t.Context())
	must(t, err)
	same(t, "next due", next, first)
	same(t, "is anything due", ok, first > 0)
}
