package settlement

import (
	"claimwatch"
	"claimwatch/audit/term"
)

// LineID names a line of an institution.
type LineID struct {
	Kind     claimwatch.Kind `json:"kind"`
	RecordID string          `json:"record_id"`
}

// Line is a line that an institution charges, as it is known when its settlement
// is worked out, and what earlier closes have posted of it.
type Line struct {
	LineID
	PersonID   string
	StayID     string             // empty for a fitting outside of stays
	OccurredAt claimwatch.Instant // service date
	AdmittedAt *claimwatch.Instant
	Class      string         // of the stay; empty while its admission is not there
	Net        claimwatch.Fen // net of refunds, self-pay left out; 0 when it is cancelled
	// Booked is the month under which earlier closes have posted it; 0 when they
	// have posted nothing.
	Booked  term.Month
	Settled Parts
}

// agreement is the kind of agreement under which the line is charged.
func (l *Line) agreement() string {
	switch {
	case l.Kind == claimwatch.DeviceFitting:
		return "device"
	case l.Class == "rehab":
		return "rehab"
	default:
		return "medical"
	}
}

// Circumstances are what decides how the lines of an institution are split.
type Circumstances struct {
	Month      term.Month     // the month that is settled
	On         claimwatch.Day // the day of the settlement
	Rejected   map[LineID]claimwatch.Fen
	Listed     map[LineID]term.Month     // under which a rejected line stands on its list
	Undecided  map[LineID]claimwatch.Fen // what findings that nobody has decided want, all of them together
	Agreements Agreements
	Holds      []Hold
	// ByAdmission says whether on a service day the agency judges a suspension by the
	// day of admission (policy suspension_counts).
	ByAdmission func(service claimwatch.Day) bool
}

// Target is what the parts of a line are now, and why they are not all approved. In
// this order each takes what is left: rejected, not payable, on hold, approved. Findings
// that nobody has decided hold back only what no closed month has approved yet. A
// line of a later month than the settled one is worth nothing yet.
func (c *Circumstances) Target(l *Line) (parts Parts, why Why) {
	service := l.OccurredAt.Day()
	if l.Net <= 0 || c.month(l) > c.Month {
		return Parts{}, why
	}
	parts.Claimed = l.Net
	if c.Listed[l.LineID] <= c.Month { // else its list is that of a later month, and so is the deduction
		parts.Rejected = min(l.Net, max(0, c.Rejected[l.LineID]))
	}
	rest := l.Net - parts.Rejected
	if rest == 0 {
		return parts, why
	}
	if cause := c.Agreements.NotPayable(l.agreement(), c.counts(l, service)); cause != "" {
		parts.NotPayable = rest
		why.Because = cause
		return parts, why
	}
	for i := range c.Holds {
		if c.Holds[i].Covers(service, c.On) {
			parts.OnHold = rest
			why.Hold = c.Holds[i].ID
			return parts, why
		}
	}
	// What a closed month has approved is taken back by a decision, never by a question.
	asked := rest - min(rest, max(0, l.Settled.Approved))
	parts.OnHold = min(asked, max(0, c.Undecided[l.LineID]))
	parts.Approved = rest - parts.OnHold
	return parts, why
}

// month is where a line belongs: where it was booked, although its service date was
// corrected since; else where its rejected-fee list has it, for the two papers of a
// month must agree; else its service month.
func (c *Circumstances) month(l *Line) term.Month {
	if l.Booked != 0 {
		return l.Booked
	}
	if listed := c.Listed[l.LineID]; listed != 0 && c.Rejected[l.LineID] > 0 {
		return listed
	}
	return term.MonthOf(l.OccurredAt.Day())
}

// Why says what keeps a line from being approved beside decisions on findings.
type Why struct {
	Because string `json:"not_payable_because,omitempty"` // suspended or terminated
	Hold    string `json:"hold_id,omitempty"`
}

// counts is the day that decides about a suspension. A line without an admission
// counts by its service date.
func (c *Circumstances) counts(l *Line, service claimwatch.Day) claimwatch.Day {
	if l.AdmittedAt != nil && c.ByAdmission != nil && c.ByAdmission(service) {
		return l.AdmittedAt.Day()
	}
	return service
}
