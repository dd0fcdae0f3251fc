package audit

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"claimwatch"
)

// momentOf reads a time with an offset, or a day that stands for its midnight.
func momentOf(field, text string) (*claimwatch.Instant, error) {
	if text == "" {
		return nil, nil
	}
	if day, err := claimwatch.ParseDay(text); err == nil {
		at := day.Midnight()
		return &at, nil
	}
	var at claimwatch.Instant
	// A + that was not escaped in the address arrives as a space.
	if err := at.UnmarshalText([]byte(strings.ReplaceAll(text, " ", "+"))); err != nil {
		return nil, claimwatch.BadQuery(field, field+" is a time with an offset (2026-01-02T03:04:05+08:00) or a day (2026-01-02)")
	}
	return &at, nil
}

// A cursor says by which road a list was walked and how far: "s" through the
// store, "i" through ids that the journal knows, "o" through an ordered list.
func encodeCursor(road byte, at string) string {
	if at == "" {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(append([]byte{road}, at...))
}

func decodeCursor(road byte, text string) (at string, err error) {
	if text == "" {
		return "", nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(raw) < 2 || raw[0] != road {
		return "", claimwatch.BadQuery("cursor", "cursor is a next of an earlier answer to the same question")
	}
	return string(raw[1:]), nil
}

var states = []claimwatch.State{
	claimwatch.StateOpen, claimwatch.StateNotified, claimwatch.StateExplained, claimwatch.StateLapsed, claimwatch.StateRejected,
	claimwatch.StateReleased, claimwatch.StateAppealed, claimwatch.StateUpheld, claimwatch.StateOverturned, claimwatch.StateRetracted,
}

// findingFilter is a read and checked query for findings.
type findingFilter struct {
	FindingQuery
	state claimwatch.State
	mine  bool
	sort  listSort
	// lined are the findings with a line of the physician and item asked for, known
	// only where a list is not read out of the store; nil: whatever the lines.
	lined map[string]bool
}

// sortOf reads sort=; empty is the order of ids.
func sortOf(text string) (listSort, error) {
	switch s := listSort(text); s {
	case "", sortAmount, sortDueOn, sortSeverity, sortRevised:
		return s, nil
	default:
		return "", claimwatch.BadQuery("sort", "sort is amount, due_on, severity or revised")
	}
}

// order puts the order and the page into a filter.
func (in *listInput) order(f *findingFilter) (err error) {
	if f.sort, err = sortOf(in.Sort); err != nil {
		return err
	}
	f.Cursor = in.Cursor
	f.Limit, err = in.PageSize()
	return err
}

func (in *FilterInput) filter() (f findingFilter, err error) {
	f = findingFilter{state: claimwatch.State(in.State), mine: in.Mine, FindingQuery: FindingQuery{
		InstitutionID: in.InstitutionID, PersonID: in.PersonID, StayID: in.StayID, Rule: in.Rule,
		Severity: claimwatch.Severity(in.Severity), PhysicianID: in.PhysicianID, ItemCode: in.ItemCode,
	}}
	if f.state != "" && !slices.Contains(states, f.state) {
		return f, claimwatch.BadQuery("state", "there is no state "+strconv.Quote(in.State))
	}
	switch f.Severity {
	case "", claimwatch.Violation, claimwatch.Suspicion, claimwatch.Reminder:
	default:
		return f, claimwatch.BadQuery("severity", "severity is violation, suspicion or reminder")
	}
	if f.From, err = momentOf("from", in.From); err != nil {
		return f, err
	}
	if f.Until, err = momentOf("until", in.Until); err != nil {
		return f, err
	}
	if in.Suppressed != "" {
		suppressed := in.Suppressed == "true"
		f.Suppressed = &suppressed
	}
	if in.MinAmount != "" {
		var least claimwatch.Fen
		if err := least.UnmarshalText([]byte(in.MinAmount)); err != nil {
			return f, claimwatch.BadQuery("min_amount", "min_amount is yuan with at most two decimals, 128.50")
		}
		f.MinAmount = &least
	}
	return f, nil
}

// matches holds a view against the filter, for lists that the store must not
// filter: a hospital's, whose view is less than the store knows.
func (f *findingFilter) matches(v FindingView) bool {
	is := func(want, have string) bool { return want == "" || want == have }
	of := func(want string, have *string) bool { return want == "" || have != nil && want == *have }
	if !is(f.InstitutionID, v.InstitutionID) || !of(f.PersonID, v.PersonID) || !of(f.StayID, v.StayID) ||
		!is(f.Rule, v.Rule) || !is(string(f.Severity), string(v.Severity)) || !f.inState(v.State) {
		return false
	}
	if f.MinAmount != nil && v.Amount < *f.MinAmount || f.lined != nil && !f.lined[v.FindingID] {
		return false
	}
	if f.Suppressed != nil && *f.Suppressed != (v.SuppressedBy != nil) {
		return false
	}
	end := v.Until
	if end == nil {
		end = v.From
	}
	return (f.From == nil || end == nil || *end >= *f.From) && (f.Until == nil || v.From == nil || *v.From < *f.Until)
}

// inState says whether a state is asked for. Without a filter everything is but
// the retracted.
func (f *findingFilter) inState(s claimwatch.State) bool {
	if f.state == "" {
		return s != claimwatch.StateRetracted
	}
	return strings.EqualFold(string(f.state), string(s))
}
