package figures

import (
	"context"

	"claimwatch"
)

// readers may read figures of institutions that they see; hospitals their own.
var readers = []claimwatch.CallerRole{
	claimwatch.RoleOfficer, claimwatch.RoleReviewer, claimwatch.RoleDirector, claimwatch.RoleClerk, claimwatch.RoleSupervisor,
}

// mayReadOf gives the caller when it may read those of a named institution; of "", those
// of every institution that it sees.
func mayReadOf(ctx context.Context, institution string) (claimwatch.Caller, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err == nil && institution != "" && !caller.Sees(institution) {
		return caller, claimwatch.Refuse(claimwatch.CodeForbidden, "this key does not see institution %s: a hospital sees itself, a city its institutions", institution)
	}
	return caller, err
}

// open gives the caller and the figures as they stand, when it may read those of a named
// institution ("": of every one that it sees).
func (f *Figures) open(ctx context.Context, institution string) (claimwatch.Caller, *snapshot, error) {
	caller, err := mayReadOf(ctx, institution)
	if err != nil {
		return caller, nil, err
	}
	s, err := f.keep.get(ctx)
	return caller, s, err
}
