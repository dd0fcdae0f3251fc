package audit

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
)

// Who may do what (contract, sections 2 and 6). A supervisor reads, an
// administrator keeps tables and keys and decides nothing.
var (
	readers = []claimwatch.CallerRole{
		claimwatch.RoleOfficer, claimwatch.RoleReviewer, claimwatch.RoleDirector, claimwatch.RoleClerk, claimwatch.RoleSupervisor,
	}
	deciders       = []claimwatch.CallerRole{claimwatch.RoleOfficer, claimwatch.RoleReviewer, claimwatch.RoleDirector}
	administrators = []claimwatch.CallerRole{claimwatch.RoleAdministrator}
)

// rolesFirst refuses callers without one of the roles before their body is read: what is
// wrong with it is nothing to them.
func rolesFirst(api huma.API, roles []claimwatch.CallerRole) huma.Middlewares {
	return huma.Middlewares{func(c huma.Context, next func(huma.Context)) {
		if _, err := claimwatch.CallerWith(c.Context(), roles...); err != nil {
			_ = huma.WriteErr(api, c, http.StatusForbidden, "", err) // the caller has gone: nobody to tell
			return
		}
		next(c)
	}}
}

// province gives the caller when it has one of the roles in the whole province:
// what it asks for cannot be cut down to a city.
func province(ctx context.Context, roles []claimwatch.CallerRole) (claimwatch.Caller, error) {
	caller, err := claimwatch.CallerWith(ctx, roles...)
	if err == nil && !caller.SeesAll() {
		return caller, claimwatch.Refuse(claimwatch.CodeForbidden, "this is for keys of the province: a key of %s sees its own institutions only", caller.City)
	}
	return caller, err
}
