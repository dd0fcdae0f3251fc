package review

import (
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
	Text             string          // of a statement
	Seen             *Seen           // the finding as seen; not for statements
	Lines            []Part          // reject: the parts; none: the whole finding
	Until            *claimwatch.Day // extend: the last day; none: five working days more
	Assignee         string          // assign, refer: the key id of the person or a name of the body
	From             *Review         // inherit_notice: the review of the retracted finding
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
	next, err := r.At(c.At, calendar).Next(c.Action)
	if err != nil {
		return Event{}, err
	}
	event.State = next
	if err := checkActor(r, c); err != nil {
		return Event{}, err
	}
	if err := checkSuppressed(c); err != nil {
		return Event{}, err
	}
	switch c.Action {
	case claimwatch.ActionExplain:
		if strings.TrimSpace(c.Text) == "" {
			return Event{}, missing("text", "a statement needs a text")
		}
		return event, nil
	case claimwatch.ActionNotify:
		event.notice = &Notice{At: c.At}
	case claimwatch.ActionReject:
		if event.Lines, err = parts(c); err != nil {
			return Event{}, err
		}
		if err := checkTold(r, event.Lines); err != nil {
			return Event{}, err
		}
	case claimwatch.ActionExtend:
		if event.notice, err = extended(r.Notice, c, calendar); err != nil {
			return Event{}, err
		}
		event.Until = c.Until
	case claimwatch.ActionAssign, claimwatch.ActionRefer:
		event.Assignee = c.Assignee
	default: // a release has nothing of its own
	}
	if err := checkReason(c); err != nil {
		return Event{}, err
	}
	for _, basis := range c.Seen.Basis {
		if !basis.InForce {
			event.NotInForce = append(event.NotInForce, basis)
		}
	}
	return event, nil
}

// checkActor keeps the two sides apart: a hospital explains what concerns it
// and decides nothing, the agency decides and does not explain.
func checkActor(r *Review, c Command) error {
	if c.Action != claimwatch.ActionExplain {
		if c.Institution != "" {
			return claimwatch.Refuse(claimwatch.CodeForbidden, "a hospital does not decide")
		}
		if c.Seen == nil {
			return claimwatch.Refuse(claimwatch.CodeInvalid, "a decision carries the finding as it was seen")
		}
		return nil
	}
	if c.Institution == "" {
		return claimwatch.Refuse(claimwatch.CodeForbidden, "only the hospital explains")
	}
	if r.Decided == nil || !r.Decided.Concerns(c.Institution) {
		return claimwatch.Refuse(claimwatch.CodeNotFound, "there is no such finding")
	}
	return nil
}

// checkSuppressed refuses to tell a hospital of a finding, or to deny what it
// costs, while the agency's own whitelist says that it is none. It may be
// released, and what changes no facts may be done.
func checkSuppressed(c Command) error {
	if c.Seen == nil || c.Seen.SuppressedBy == nil || c.Action != claimwatch.ActionNotify && c.Action != claimwatch.ActionReject {
		return nil
	}
	return claimwatch.Refuse(claimwatch.CodeIllegalTransition,
		"whitelist row %s suppresses the finding: it allows no %s until the row is withdrawn or changed", *c.Seen.SuppressedBy, c.Action)
}

// checkTold refuses to reject lines of an institution that came into the
// finding after the notice: nobody has told it, and the law knows no silent denial.
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
	final := c.Action == claimwatch.ActionReject || c.Action == claimwatch.ActionRelease
	if final && strings.TrimSpace(c.Reason) == "" {
		return missing("reason", "a rejection and a release need a reason")
	}
	if len(c.Lines) > 0 && c.Action != claimwatch.ActionReject {
		return invalid("lines", "only a rejection takes lines")
	}
	return nil
}

// extended adds to the term of a notice. An extension never shortens it.
func extended(notice *Notice, c Command, calendar *term.Calendar) (*Notice, error) {
	longer := *notice
	due, _ := notice.Due(calendar)
	if c.Until == nil {
		// Five more than lie before the present last day, which an officer may
		// have named: counted from the notice alone they could end before it.
		longer.Extra = calendar.Count(notice.At.Day(), due)
		return &longer, nil
	}
	if *c.Until <= due {
		return nil, invalid("due_on", "an extension ends after "+due.String()+", the present last day")
	}
	longer.Until = c.Until
	return &longer, nil
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
	notice := *c.From.Notice
	notice.From = c.From.FindingID
	event.notice, event.State, event.From = &notice, c.From.State, c.From.FindingID
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
