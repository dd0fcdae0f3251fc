package oracle

import (
	"maps"
	"slices"

	"claimwatch"
)

// personLines are the lines of a person in all stays, in the order of records.
func (w *world) personLines(person string) []line {
	var out []line
	for _, s := range w.stays {
		if s.personID == person {
			out = append(out, s.lines...)
		}
	}
	slices.SortFunc(out, func(a, b line) int { return compareRecords(a.Record, b.Record) })
	return out
}

// personRecords are the records of a kind of a person in all stays, in the order of records.
func (w *world) personRecords(person string, kind claimwatch.Kind) []*claimwatch.Record {
	var out []*claimwatch.Record
	for _, s := range w.stays {
		if s.personID == person {
			out = append(out, s.of(kind)...)
		}
	}
	slices.SortFunc(out, compareRecords)
	return out
}

// ofItem filters lines by item.
func ofItem(lines []line, codes ...string) []line {
	var out []line
	for _, l := range lines {
		if slices.Contains(codes, l.item) {
			out = append(out, l)
		}
	}
	return out
}

// byDay groups lines by their local days, in their order.
func byDay(lines []line) map[claimwatch.Day][]line {
	out := map[claimwatch.Day][]line{}
	for _, l := range lines {
		out[l.day()] = append(out[l.day()], l)
	}
	return out
}

// persons are those with records that exist, in no order.
func (w *world) persons() []string {
	var out []string
	for _, s := range w.stays {
		if !slices.Contains(out, s.personID) {
			out = append(out, s.personID)
		}
	}
	return out
}

// perPerson judges each person, over all stays.
func perPerson(judge func(*trial, string) []*finding) func(*trial) {
	return func(t *trial) {
		for _, person := range t.persons() {
			t.found = append(t.found, judge(t, person)...)
		}
	}
}

// aboutRecord is a finding whose subject is a record by itself (1.16).
func aboutRecord(rule string, severity claimwatch.Severity, r *claimwatch.Record) *finding {
	return findingOf(rule, severity, r.InstitutionID, r.RecordID)
}

// noRow says that the item of a line has no row: its stay cannot be judged.
func (t *trial) noRow(l *line) { t.notTold(l.stay.key, ReasonNoRow) }

// all gives the findings of groups, in no order.
func all[K comparable](groups map[K]*finding) []*finding {
	return slices.Collect(maps.Values(groups))
}
