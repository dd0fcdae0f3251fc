package claimwatch

import (
	"encoding/base64"
	"slices"
	"strconv"
)

// MaxPage is how many items a page of a list holds at most (contract, section 2).
const MaxPage = 1000

const defaultPage = 100

// PageQuery asks for a page of a list (contract, section 2). Queries of lists embed it.
type PageQuery struct {
	Cursor string `query:"cursor" doc:"next of the answer before"`
	Limit  string `query:"limit" doc:"1 to 1000, 100 by default"`
}

// PageSize reads how many items are asked for; it refuses what is no integer from 1 to
// 1000 with CodeBadQuery.
func (q PageQuery) PageSize() (int, error) {
	if q.Limit == "" {
		return defaultPage, nil
	}
	n, err := strconv.Atoi(q.Limit)
	if err != nil || n < 1 || n > MaxPage {
		return 0, BadQuery("limit", "limit is an integer from 1 to 1000")
	}
	return n, nil
}

// PageOf cuts the page asked for out of a list that is whole in memory; name tells its
// items apart. The cursor is the name of the last item that was given: when that is gone
// since, the page is refused with CodeBadQuery, for what follows it is not known.
func PageOf[T any](all []T, q PageQuery, name func(T) string) (items []T, next string, err error) {
	most, err := q.PageSize()
	if err != nil {
		return nil, "", err
	}
	if q.Cursor != "" {
		last, bad := base64.RawURLEncoding.DecodeString(q.Cursor)
		at := slices.IndexFunc(all, func(one T) bool { return name(one) == string(last) })
		if bad != nil || at < 0 {
			return nil, "", BadQuery("cursor", "cursor is a next of an earlier answer to the same question, and its item is still in the list: begin anew")
		}
		all = all[at+1:]
	}
	items = append([]T{}, all[:min(most, len(all))]...)
	if len(all) > most {
		next = base64.RawURLEncoding.EncodeToString([]byte(name(items[most-1])))
	}
	return items, next, nil
}
