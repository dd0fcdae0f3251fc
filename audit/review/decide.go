package review

import (
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/term"
)

// Command is what somebody wants to do about a finding.
type Command struct {
	FindingID        string
	Action           claimwatch.Action
	At               claimwatch.Instant // the product's clock
	By               string             // id of the key; "system"
	Institution      string             // of a hospital's key
	ExpectedRevision *int               // nil: a hospital's statement, which expects nothing
	Reason           string
	Text             string          // of a statement or appeal
	Seen             *Seen           // the finding as seen; not for statements
	Lines            []Part          // reject: the parts; none: the whole finding
	Until            *claimwatch.Day // extend: the last day; none: five working days more
	Assignee         string          // assign, refer: the key id of the person or a name of the body
	From             *Review         // inherit_notice: the review of the retracted finding

	// Procedure is by which rules the command was given: 0 for those of the first
	// release, which old entries of the log keep, else the present ones. What
	// follows is for these.
	Procedure   int
	Roles       []claimwatch.CallerRole // of the key
	SecondFrom  claimwatch.Fen          // a rejection above it needs a second person
	ClaimHours  int                     // how long a claim holds
	Attachments []string                // of a statement or appeal
}

// Decide says what a command does to a review, or refuses it: changed when the
// revision is not the one expected, illegal_transition when the procedure does
// not allow it, invalid or missing when the command itself is at fault. It
// changes nothing.
func Decide(r *Review, c Command, calendar *term.Calendar) (Event, error) {
	if c.ExpectedRevision != nil && *c.ExpectedRevision != r.Revision {
		return Event{}, claimwatch.Refuse(claimwatch.CodeChanged,
			"somebody was faster: the finding is at revision %d, you have seen %d; read it again", r.Revision, *c.ExpectedRevision)
	}
	event := Event{
		Revision: r.Revision + 1, Action: c.Action, At: c.At, By: c.By, Institution: c.Institution,
		Reason: c.Reason, Text: c.Text, seen: c.Seen,
	}
	if c.Seen != nil {
		if err := checkSeen(c); err != nil {
			return Event{}, err
		}
		event.Facts = c.Seen.Facts
	}
	switch c.Action {
	case ActionTell:
		return tell(r, event)
	case ActionInherit:
		return inherit(r, c, event)
	default:
		return decide(r, c, calendar, event)
	}
}

// checkSeen holds the copy against its own hash, so that nobody can journal a
// finding that no rule has ever said.
func checkSeen(c Command) error {
	finding := c.Seen.Finding()
	if c.Seen.FindingID != c.FindingID || finding.FactsSHA256() != c.Seen.Facts {
		return claimwatch.Refuse(claimwatch.CodeInvalid, "the copy of the finding is not the finding that it names")
	}
	return nil
}

func decide(r *Review, c Command, calendar *term.Calendar, event Event) (Event, error) {
	state := r.At(c.At, calendar)
	next, err := state.Next(c.Action)
	if err != nil {
		return Event{}, err
	}
	event.State = next
	for _, check := range []func() error{
		func() error { return checkOld(state, c) },
		func() error { return checkActor(r, c) },
		func() error { return checkLease(r, c) },
		func() error { return checkSuppressed(r, c) },
	} {
		if err := check(); err != nil {
			return Event{}, err
		}
	}
	if event, err = step(r, c, calendar, event); err != nil {
		return Event{}, err
	}
	if event.Proposed {
		event.State = state
	}
	if err := checkReason(c); err != nil {
		return Event{}, err
	}
	if c.Seen != nil {
		for _, basis := range c.Seen.Basis {
			if !basis.InForce {
				event.NotInForce = append(event.NotInForce, basis)
			}
		}
	}
	return event, nil
}

// step is what each action does, once the table allows it.
func step(r *Review, c Command, calendar *term.Calendar, event Event) (Event, error) {
	switch c.Action {
	case claimwatch.ActionNotify:
		return notify(r, c, event)
	case claimwatch.ActionExplain:
		return explain(r, c, calendar, event)
	case claimwatch.ActionExtend:
		return extend(r, c, calendar, event)
	case claimwatch.ActionReject:
		return reject(r, c, calendar, event)
	case claimwatch.ActionConfirm:
		return confirm(r, c, calendar, event)
	case claimwatch.ActionDecline:
		return decline(r, c, event)
	case claimwatch.ActionReopen:
		return propose(r, c, event)
	case claimwatch.ActionAppeal:
		return appeal(r, c, event)
	case claimwatch.ActionUphold, claimwatch.ActionOverturn:
		return judge(r, c, event)
	case claimwatch.ActionClaim, claimwatch.ActionUnclaim:
		return claim(r, c, event)
	case claimwatch.ActionAssign, claimwatch.ActionRefer:
		event.Assignee = c.Assignee
		return event, nil
	default: // a release has nothing of its own
		return event, nil
	}
}

// checkOld keeps commands of the first release to what it allowed, so that an old
// log folds as it did: what was refused then must not come to be accepted.
func checkOld(state claimwatch.State, c Command) error {
	if c.Procedure > 0 {
		return nil
	}
	switch c.Action {
	case claimwatch.ActionReject, claimwatch.ActionRelease, claimwatch.ActionRefer, claimwatch.ActionAssign:
		return nil
	case claimwatch.ActionNotify:
		if state == claimwatch.StateOpen {
			return nil
		}
	case claimwatch.ActionExplain, claimwatch.ActionExtend:
		if state == claimwatch.StateNotified {
			return nil
		}
	default: // there were no others
	}
	return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "a finding that is %s does not allow %s", state, c.Action)
}

// checkActor keeps the two sides apart: a hospital explains and appeals what
// concerns it and decides nothing, the agency decides and does neither.
func checkActor(r *Review, c Command) error {
	if c.Action != claimwatch.ActionExplain && c.Action != claimwatch.ActionAppeal {
		switch {
		case c.Institution != "":
			return claimwatch.Refuse(claimwatch.CodeForbidden, "a hospital does not decide")
		case c.Seen == nil:
			return claimwatch.Refuse(claimwatch.CodeInvalid, "a decision carries the finding as it was seen")
		case c.Procedure > 0 && !c.has(deciders):
			return claimwatch.Refuse(claimwatch.CodeForbidden, "this key decides nothing: it needs the role officer, reviewer or director")
		}
		return nil
	}
	if c.Institution == "" {
		return claimwatch.Refuse(claimwatch.CodeForbidden, "only the hospital explains and appeals")
	}
	told := slices.ContainsFunc(r.Notices, func(n Notice) bool { return n.InstitutionID == c.Institution })
	if c.Procedure == 0 {
		told = r.Decided != nil && r.Decided.Concerns(c.Institution)
	}
	if !told {
		return claimwatch.Refuse(claimwatch.CodeNotFound, "there is no such finding")
	}
	return nil
}

// checkSuppressed refuses to tell a hospital of a finding, or to deny what it
// costs, while the agency's own whitelist says that it is none. It may be
// released, and what changes no facts may be done.
func checkSuppressed(r *Review, c Command) error {
	denies := c.Action == claimwatch.ActionNotify || c.Action == claimwatch.ActionReject ||
		c.Action == claimwatch.ActionConfirm && r.Proposed != nil && r.Proposed.Action == claimwatch.ActionReject
	if c.Seen == nil || c.Seen.SuppressedBy == nil || !denies {
		return nil
	}
	return claimwatch.Refuse(claimwatch.CodeIllegalTransition,
		"whitelist row %s suppresses the finding: it allows no %s until the row is withdrawn or changed", *c.Seen.SuppressedBy, c.Action)
}

// checkTold is what the first release asked of a rejection: that every institution
// of its lines was told about the finding.
func checkTold(r *Review, lines []Part) error {
	for _, part := range lines {
		if r.Decided == nil || !r.Decided.Concerns(part.InstitutionID) {
			return claimwatch.Refuse(claimwatch.CodeIllegalTransition,
				"%s was not told about this finding: reject the lines of those who were", part.InstitutionID)
		}
	}
	return nil
}

func checkReason(c Command) error {
	switch c.Action {
	case claimwatch.ActionReject, claimwatch.ActionRelease, claimwatch.ActionDecline, claimwatch.ActionReopen, claimwatch.ActionUphold, claimwatch.ActionOverturn:
		if strings.TrimSpace(c.Reason) == "" {
			return missing("reason", string(c.Action)+" needs a reason: write what the hospital is to read")
		}
	default: // the others may do without
	}
	if len(c.Lines) > 0 && c.Action != claimwatch.ActionReject {
		return invalid("lines", "only a rejection takes lines")
	}
	return nil
}

func tell(r *Review, event Event) (Event, error) {
	switch {
	case r.Notice == nil || !r.Retractable():
		return Event{}, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "nobody was notified who must be told")
	case r.Told:
		return Event{}, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "the hospital was told already")
	}
	event.State = r.State
	return event, nil
}

func inherit(r *Review, c Command, event Event) (Event, error) {
	switch {
	case r.State != "" && r.State != claimwatch.StateOpen:
		return Event{}, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "a finding that is %s has a notice of its own", r.State)
	case c.From == nil || c.From.Notice == nil || !c.From.Retractable() || c.From.Decided == nil:
		return Event{}, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "there is no notice to inherit")
	case c.Seen == nil || c.Seen.Rule != c.From.Decided.Rule:
		return Event{}, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "a notice passes within one rule only")
	}
	event.notices, event.State, event.From = passed(c.From, c.Seen), c.From.State, c.From.FindingID
	for _, old := range c.From.History {
		if old.Action == claimwatch.ActionExplain {
			event.retained = append(event.retained, old)
		}
	}
	return event, nil
}

func missing(field, message string) error {
	return &claimwatch.Error{
		Code: claimwatch.CodeInvalid, Field: field, Message: message,
		Faults: []claimwatch.Fault{{Column: field, Code: claimwatch.CodeMissing, Message: message}},
	}
}

func invalid(field, message string) error {
	return &claimwatch.Error{
		Code: claimwatch.CodeInvalid, Field: field, Message: message,
		Faults: []claimwatch.Fault{{Column: field, Code: claimwatch.CodeRange, Message: message}},
	}
}
