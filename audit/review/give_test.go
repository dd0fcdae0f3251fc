package review

import (
	"claimwatch"
	"claimwatch/audit/term"
)

// give decides a command under the present procedure, by somebody with every role
// and below any limit unless the command says otherwise.
func give(r *Review, c Command, calendar *term.Calendar) (Event, error) {
	c.Procedure = Procedure
	if c.Roles == nil {
		c.Roles = []claimwatch.CallerRole{claimwatch.RoleOfficer, claimwatch.RoleReviewer, claimwatch.RoleDirector}
	}
	if c.SecondFrom == 0 {
		c.SecondFrom = 1 << 40
	}
	if c.ClaimHours == 0 {
		c.ClaimHours = 24
	}
	return Decide(r, c, calendar)
}
