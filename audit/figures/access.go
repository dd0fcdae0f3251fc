package figures

import (
	"context"
	"encoding/base64"
	"slices"
	"strconv"

	"claimwatch"
)

// readers may read figures of institutions that they see; hospitals their own.
var readers = []claimwatch.CallerRole{
	claimwatch.RoleOfficer, claimwatch.RoleReviewer, claimwatch.RoleDirector, claimwatch.RoleClerk, claimwatch.RoleSupervisor,
}

// mayRead gives the caller when it may read figures at all.
func mayRead(ctx context.Context) (claimwatch.Caller, error) {
	caller := claimwatch.CallerFrom(ctx)
	switch {
	case caller.KeyID == "":
		return caller, claimwatch.Refuse(claimwatch.CodeUnauthenticated, "send Authorization: Bearer <key>")
	case !caller.IsHospital() && !caller.Has(readers...):
		return caller, claimwatch.Refuse(claimwatch.CodeForbidden, "this key may not do that: it needs the role %s", readers[0])
	}
	return caller, nil
}

// mayReadOf gives the caller when it may read those of a named institution.
func mayReadOf(ctx context.Context, institution string) (claimwatch.Caller, error) {
	caller, err := mayRead(ctx)
	if err == nil && !caller.Sees(institution) {
		return caller, claimwatch.Refuse(claimwatch.CodeForbidden, "this key does not see institution %s: a hospital sees itself, a city its institutions", institution)
	}
	return caller, err
}

func badQuery(field, message string) error {
	return &claimwatch.Error{Code: claimwatch.CodeBadQuery, Field: field, Message: message}
}

// PageQuery walks a list that is whole in memory (exported, for the parameters of an
// embedded struct count only then).
type PageQuery struct {
	Cursor string `query:"cursor" doc:"next of the answer before"`
	Limit  string `query:"limit" doc:"1 to 1000, 100 by default"`
}

const (
	defaultLimit = 100
	maxLimit     = 1000 // contract, section 2
)

func (q *PageQuery) limit() (int, error) {
	if q.Limit == "" {
		return defaultLimit, nil
	}
	n, err := strconv.Atoi(q.Limit)
	if err != nil || n < 1 || n > maxLimit {
		return 0, badQuery("limit", "limit is an integer from 1 to 1000")
	}
	return n, nil
}

// pageOf cuts a page behind the item that the cursor names; one that is gone since
// begins anew.
func pageOf[T any](all []T, q PageQuery, name func(*T) string) (items []T, next string, err error) {
	limit, err := q.limit()
	if err != nil {
		return nil, "", err
	}
	if q.Cursor != "" {
		after, err := base64.RawURLEncoding.DecodeString(q.Cursor)
		if err != nil {
			return nil, "", badQuery("cursor", "cursor is a next of an earlier answer to the same question")
		}
		at := slices.IndexFunc(all, func(one T) bool { return name(&one) == string(after) })
		all = all[at+1:]
	}
	if len(all) > limit {
		next = base64.RawURLEncoding.EncodeToString([]byte(name(&all[limit-1])))
		all = all[:limit]
	}
	return append([]T{}, all...), next, nil
}
