package claimwatch

import (
	"context"
	"slices"
)

// CallerRole is what a caller may do. A hospital's key has RoleHospital and an institution.
type CallerRole string

// The roles of the contract, section 6.
const (
	RoleHospital      CallerRole = "hospital"
	RoleOfficer       CallerRole = "officer"
	RoleReviewer      CallerRole = "reviewer"
	RoleDirector      CallerRole = "director"
	RoleClerk         CallerRole = "clerk"
	RoleSupervisor    CallerRole = "supervisor"
	RoleAdministrator CallerRole = "administrator"
)

// StaffRoles are the roles that a key of the agency may have.
func StaffRoles() []CallerRole {
	return []CallerRole{
		RoleOfficer, RoleReviewer, RoleDirector, RoleClerk, RoleSupervisor, RoleAdministrator,
	}
}

// Caller is who makes a request. A key is a person: where two people must
// decide, two keys must.
type Caller struct {
	KeyID         string // the first 16 hex digits of the key's SHA-256
	Roles         []CallerRole
	InstitutionID string // set for a hospital's key
	City          string // set for a key of a city's agency; empty: of the province
	// Jurisdiction says of an institution whether it lies in the city of the key;
	// nil for a key that has none.
	Jurisdiction func(institution string) bool
	// MustEnroll says that somebody has signed in without the second factor that their
	// roles need: until there is one they may do nothing but set it up.
	MustEnroll bool
}

// Has says whether the caller has any of the roles.
func (c Caller) Has(roles ...CallerRole) bool {
	return slices.ContainsFunc(roles, func(r CallerRole) bool { return slices.Contains(c.Roles, r) })
}

// Sees says whether the caller may know what concerns an institution: a hospital
// its own, a city's agency those of its city (who treats is supervised where the
// treatment takes place: Guangdong no. 4), the province's all.
func (c Caller) Sees(institution string) bool {
	switch {
	case c.IsHospital():
		return institution == c.InstitutionID
	case c.Jurisdiction != nil:
		return c.Jurisdiction(institution)
	default:
		return c.City == ""
	}
}

// SeesAll says whether the caller is of the agency of the whole province.
func (c Caller) SeesAll() bool { return !c.IsHospital() && c.City == "" }

// IsHospital says whether the caller is an institution's system.
func (c Caller) IsHospital() bool { return c.InstitutionID != "" }

type callerKey struct{}

// WithCaller puts the caller of a request into its context.
func WithCaller(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// CallerFrom gives the caller of a request; the zero Caller has no role.
func CallerFrom(ctx context.Context) Caller {
	c, _ := ctx.Value(callerKey{}).(Caller)
	return c
}

// CallerWith gives the caller of a request when it has one of the roles. It refuses others
// with CodeForbidden, and nobody with CodeUnauthenticated.
func CallerWith(ctx context.Context, roles ...CallerRole) (Caller, error) {
	caller := CallerFrom(ctx)
	switch {
	case caller.KeyID == "":
		return caller, Refuse(CodeUnauthenticated, "send Authorization: Bearer <key>")
	case !caller.Has(roles...):
		return caller, Refuse(CodeForbidden, "this key may not do that: it needs the role %s", roles[0])
	}
	return caller, nil
}

// CallerOrHospital gives the caller when it is a hospital or has one of the roles; it
// refuses as CallerWith does.
func CallerOrHospital(ctx context.Context, roles ...CallerRole) (Caller, error) {
	if caller := CallerFrom(ctx); caller.IsHospital() {
		return caller, nil
	}
	return CallerWith(ctx, roles...)
}

type commandKey struct{}

// WithCommandKey puts the scope and Idempotency-Key of a writing call into its
// context.
func WithCommandKey(ctx context.Context, key string) context.Context {
	return context.WithValue(ctx, commandKey{}, key)
}

// CommandKey gives what a command takes its id from, so that a command that was
// sent twice is one; ok is false when the caller sent no Idempotency-Key.
func CommandKey(ctx context.Context) (key string, ok bool) {
	key, ok = ctx.Value(commandKey{}).(string)
	return key, ok
}
