package audit

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"claimwatch"
)

// afterRank is what the cursor of an ordered list holds: a page begins behind it,
// whatever has come or gone before it meanwhile.
type afterRank struct {
	Sort listSort
	rank
}

func (s listSort) encode(at rank) string {
	text, err := json.Marshal(afterRank{s, at})
	if err != nil {
		return "" // numbers and a text
	}
	return encodeCursor('o', string(text))
}

func (s listSort) decode(cursor string) (after *rank, err error) {
	text, err := decodeCursor('o', cursor)
	if err != nil || text == "" {
		return nil, err
	}
	var read afterRank
	if json.Unmarshal([]byte(text), &read) != nil || read.Sort != s {
		return nil, claimwatch.BadQuery("cursor", "cursor is a next of an earlier answer to the same question")
	}
	return &read.rank, nil
}

// ranked is where one of a list stands.
type ranked struct {
	rank
	index int
}

// rankedPage cuts a page out of a list that has no order yet. Each rank is made once: to
// put a hundred thousand in order compares them two million times.
func rankedPage[T any](list []T, s listSort, rankOf func(*T) rank, cursor string, limit int) (items []T, next string, err error) {
	after, err := s.decode(cursor)
	if err != nil {
		return nil, "", err
	}
	behind := make([]ranked, 0, len(list))
	for i := range list {
		if at := rankOf(&list[i]); after == nil || at.compare(*after) > 0 {
			behind = append(behind, ranked{at, i})
		}
	}
	slices.SortFunc(behind, func(x, y ranked) int { return x.compare(y.rank) })
	if len(behind) > limit {
		behind = behind[:limit]
		next = s.encode(behind[limit-1].rank)
	}
	items = make([]T, len(behind))
	for i, one := range behind {
		items[i] = list[one.index]
	}
	return items, next, nil
}

// byRank lists findings in an order that the store does not keep.
func (a *Audit) byRank(
	ctx context.Context, f findingFilter, at claimwatch.Instant, caller claimwatch.Caller,
) (items []FindingView, next string, err error) {
	s := cmp.Or(f.sort, sortRevised)
	all, err := a.placed(ctx, f, at, caller)
	if err != nil {
		return nil, "", err
	}
	chosen, next, err := rankedPage(all, s, s.rank, f.Cursor, f.Limit)
	if err != nil {
		return nil, "", err
	}
	ids := make([]string, len(chosen))
	for i := range chosen {
		ids[i] = chosen[i].ID
	}
	items = make([]FindingView, 0, len(ids))
	if len(ids) == 0 {
		return items, "", nil
	}
	views, err := a.views(ctx, ids, at, caller)
	if err != nil {
		return nil, "", err
	}
	for _, id := range ids {
		if v, ok := views[id]; ok {
			items = append(items, v)
		}
	}
	return items, next, nil
}
