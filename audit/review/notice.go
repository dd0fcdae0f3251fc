package review

import (
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/term"
)

// Notice is when and on what terms one institution was told, and of which lines. An
// institution may have several: a supplementary one for lines that came in later.
type Notice struct {
	At            claimwatch.Instant `json:"at"`
	Extra         int                `json:"extra_days"`      // working days that officers have added
	Until         *claimwatch.Day    `json:"until,omitempty"` // a last day that an officer has named
	From          string             `json:"from,omitempty"`  // the retracted finding whose notice this is
	InstitutionID string             `json:"institution_id"`
	Lines         []LineID           `json:"lines,omitempty"` // its violating lines of which it was told
	Heard         bool               `json:"heard,omitempty"` // it has explained
}

// LineID names a line of the notice's institution.
type LineID struct {
	Kind     claimwatch.Kind `json:"kind"`
	RecordID string          `json:"record_id"`
}

// Due is the last local day on which a statement is in time; provisional says
// that it runs past the published calendar.
func (n *Notice) Due(calendar *term.Calendar) (day claimwatch.Day, provisional bool) {
	day, provisional = calendar.After(n.At.Day(), StatementDays+n.Extra)
	if n.Until != nil && *n.Until > day {
		return *n.Until, false
	}
	return day, provisional
}

// running says whether a statement to this notice is awaited and in time.
func (n *Notice) running(at claimwatch.Instant, calendar *term.Calendar) bool {
	due, _ := n.Due(calendar)
	return !n.Heard && at < (due+1).Midnight()
}

func (n *Notice) tells(p Part) bool {
	return n.InstitutionID == p.InstitutionID && slices.Contains(n.Lines, LineID{p.Kind, p.RecordID})
}

// concerned gives the institutions that a finding concerns with their violating
// lines, its own first.
func concerned(s *Seen) (institutions []string, lines map[string][]LineID) {
	institutions, lines = []string{s.InstitutionID}, map[string][]LineID{}
	for _, line := range s.Lines {
		if line.Role != claimwatch.Violating {
			continue
		}
		if !slices.Contains(institutions, line.InstitutionID) {
			institutions = append(institutions, line.InstitutionID)
		}
		lines[line.InstitutionID] = append(lines[line.InstitutionID], LineID{line.Kind, line.RecordID})
	}
	return institutions, lines
}

// notify tells every institution that does not know yet, and every other of the
// lines that it does not know yet: each gets a term of its own from now.
func notify(r *Review, c Command, event Event) (Event, error) {
	event.notices = slices.Clone(r.Notices)
	institutions, lines := concerned(c.Seen)
	for _, institution := range institutions {
		knows := false
		fresh := lines[institution]
		for _, n := range r.Notices {
			if n.InstitutionID == institution {
				knows = true
				fresh = slices.DeleteFunc(slices.Clone(fresh), func(l LineID) bool { return slices.Contains(n.Lines, l) })
			}
		}
		if knows && len(fresh) == 0 {
			continue
		}
		event.notices = append(event.notices, Notice{At: c.At, InstitutionID: institution, Lines: fresh})
		event.Told = append(event.Told, institution)
	}
	if len(event.Told) == 0 {
		return Event{}, claimwatch.Refuse(claimwatch.CodeIllegalTransition,
			"everybody whom the finding concerns was told of every line: there is nothing to add to the notice")
	}
	return event, nil
}

// explain hears an institution about everything for which its term runs.
func explain(r *Review, c Command, calendar *term.Calendar, event Event) (Event, error) {
	if strings.TrimSpace(c.Text) == "" {
		return Event{}, missing("text", "a statement needs a text")
	}
	event.notices = slices.Clone(r.Notices)
	heard, due := false, claimwatch.Day(0)
	for i := range event.notices {
		n := &event.notices[i]
		if n.InstitutionID != c.Institution {
			continue
		}
		if n.running(c.At, calendar) {
			n.Heard, heard = true, true
		}
		last, _ := n.Due(calendar)
		due = max(due, last)
	}
	if !heard && c.Procedure > 0 {
		return Event{}, claimwatch.Refuse(claimwatch.CodeIllegalTransition,
			"no statement is awaited from you: it was given already, or its term ended with %s", due)
	}
	event.Attachments = c.Attachments
	return event, nil
}

// extend gives more time to everybody who has not explained and whose term runs. An
// extension never shortens it.
func extend(r *Review, c Command, calendar *term.Calendar, event Event) (Event, error) {
	event.notices = slices.Clone(r.Notices)
	extended := false
	for i := range event.notices {
		n := &event.notices[i]
		if !n.running(c.At, calendar) {
			continue
		}
		extended = true
		due, _ := n.Due(calendar)
		switch {
		case c.Until == nil:
			// Five more than lie before the present last day, which an officer may
			// have named: counted from the notice alone they could end before it.
			n.Extra = calendar.Count(n.At.Day(), due)
		case *c.Until <= due:
			return Event{}, invalid("due_on", "an extension ends after "+due.String()+", the present last day")
		default:
			n.Until = c.Until
		}
	}
	if !extended {
		return Event{}, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "no term runs that could be extended")
	}
	event.Until = c.Until
	return event, nil
}

// checkHeard refuses to reject what was not told, and what is told to somebody who
// has neither explained nor let the term pass: the law knows no silent denial, and
// what one hospital says does not answer for another.
func checkHeard(r *Review, c Command, lines []Part, calendar *term.Calendar) error {
	for _, part := range lines {
		at := slices.IndexFunc(r.Notices, func(n Notice) bool { return n.tells(part) })
		if at < 0 {
			return claimwatch.Refuse(claimwatch.CodeIllegalTransition,
				"%s was not told about line %s: notify again, or reject the lines of which their institutions were told", part.InstitutionID, part.RecordID)
		}
	}
	for i := range r.Notices {
		n := &r.Notices[i]
		if (len(lines) == 0 || slices.ContainsFunc(lines, n.tells)) && n.running(c.At, calendar) {
			due, _ := n.Due(calendar)
			return claimwatch.Refuse(claimwatch.CodeIllegalTransition,
				"%s must still be heard: it may explain until the end of %s; wait, or reject the lines of others", n.InstitutionID, due)
		}
	}
	return nil
}

// passed gives the notices of a retracted finding to the one that took over its
// lines: of each institution those lines that it was told of.
func passed(from *Review, to *Seen) []Notice {
	_, lines := concerned(to)
	var notices []Notice
	for _, n := range from.Notices {
		if !to.Concerns(n.InstitutionID) {
			continue
		}
		n.From = from.FindingID
		n.Lines = slices.DeleteFunc(slices.Clone(n.Lines), func(l LineID) bool { return !slices.Contains(lines[n.InstitutionID], l) })
		notices = append(notices, n)
	}
	if len(notices) == 0 {
		n := *from.Notice
		n.From, n.InstitutionID, n.Lines = from.FindingID, to.InstitutionID, nil
		notices = append(notices, n)
	}
	return notices
}
