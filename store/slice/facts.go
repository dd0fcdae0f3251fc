package slice

import (
	"maps"
	"slices"

	"claimwatch"
)

// Facts are the records of a few persons, every accepted revision of each, in
// any order. Cancelled ones and those ahead of as_of are among them.
type Facts struct {
	Admissions  []*Admission
	Transfers   []*Transfer
	Leaves      []*Leave
	Discharges  []*Discharge
	Orders      []*Order
	Fees        []*Fee
	Checks      []*Check
	CareRecords []*CareRecord
	Operations  []*Operation
	ExamReports []*Bare
	FrontPages  []*Bare
	Fittings    []*Bare
	Claims      []*Bare
}

// identity is what revisions of one record share within a kind.
type identity struct{ person, institution, record string }

// newest leaves of each record its highest revision, of contents sent twice the
// first in the log, and nothing when that is cancelled (rules.md 1.1).
func newest[F Fact](rows []F) []F {
	places := make(map[identity]int, len(rows))
	kept := rows[:0]
	for _, row := range rows {
		head := row.Common()
		key := identity{head.PersonID, head.InstitutionID, head.RecordID}
		place, seen := places[key]
		switch {
		case !seen:
			places[key] = len(kept)
			kept = append(kept, row)
		case head.replaces(kept[place].Common()):
			kept[place] = row
		}
	}
	live := kept[:0]
	for _, row := range kept {
		if !row.Common().Cancelled {
			live = append(live, row)
		}
	}
	return live
}

// replaces says whether h counts and not held, of two revisions of one record.
func (h *Head) replaces(held *Head) bool {
	switch {
	case h.Revision != held.Revision:
		return h.Revision > held.Revision
	case h.Offset != held.Offset:
		return h.Offset < held.Offset
	default:
		return h.Index < held.Index
	}
}

// World is what exists as of a moment: the live records, and what their places
// and times tell.
type World struct {
	facts Facts
	asOf  claimwatch.Instant
	// latest record of a stay, of any kind
	latest map[stayKey]claimwatch.Instant
	// Moved is, for each institution with records, its latest record among these
	// that moves its clock; 0 for none.
	Moved map[string]claimwatch.Instant
	// Upcoming is, for each person with live records after as_of, the first of
	// their times: when it comes, the record comes into being.
	Upcoming map[string]claimwatch.Instant
	items    map[string]bool // codes that fee lines name
}

type stayKey struct{ institution, person, stay string }

// has says whether a record is one of the stay.
func (s *Stay) has(h *Head) bool {
	return s.StayID == h.StayID && s.PersonID == h.PersonID && s.InstitutionID == h.InstitutionID
}

func (h *Head) stay() stayKey { return stayKey{h.InstitutionID, h.PersonID, h.StayID} }

// WorldOf takes the live records out of the facts, whose slices it owns from
// now on.
func WorldOf(f Facts, asOf claimwatch.Instant) *World {
	w := &World{
		asOf: asOf, latest: map[stayKey]claimwatch.Instant{}, Moved: map[string]claimwatch.Instant{},
		Upcoming: map[string]claimwatch.Instant{}, items: map[string]bool{},
	}
	w.facts = Facts{
		Admissions: exist(w, claimwatch.Admission, f.Admissions), Transfers: exist(w, claimwatch.Transfer, f.Transfers),
		Leaves: exist(w, claimwatch.Leave, f.Leaves), Discharges: exist(w, claimwatch.Discharge, f.Discharges),
		Orders: exist(w, claimwatch.Order, f.Orders), Fees: exist(w, claimwatch.Fee, f.Fees),
		Checks: exist(w, claimwatch.IdentityCheck, f.Checks), CareRecords: exist(w, claimwatch.CareRecord, f.CareRecords),
		Operations: exist(w, claimwatch.Operation, f.Operations), ExamReports: exist(w, claimwatch.ExamReport, f.ExamReports),
		FrontPages: exist(w, claimwatch.FrontPage, f.FrontPages), Fittings: exist(w, claimwatch.DeviceFitting, f.Fittings),
		Claims: exist(w, claimwatch.Claim, f.Claims),
	}
	for _, fee := range w.facts.Fees {
		w.items[fee.ItemCode] = true
	}
	return w
}

// exist leaves the live records at or before as_of (rules.md 1.2).
func exist[F Fact](w *World, kind claimwatch.Kind, rows []F) []F {
	rows = newest(rows)
	kept := rows[:0]
	for _, row := range rows {
		head := row.Common()
		if head.At > w.asOf {
			if first, known := w.Upcoming[head.PersonID]; !known || head.At < first {
				w.Upcoming[head.PersonID] = head.At
			}
			continue
		}
		kept = append(kept, row)
		key := head.stay()
		if last, known := w.latest[key]; !known || head.At > last {
			w.latest[key] = head.At
		}
		moved := w.Moved[head.InstitutionID]
		if kind.MovesClock() {
			moved = max(moved, head.At)
		}
		w.Moved[head.InstitutionID] = moved
	}
	return kept
}

// Institutions are those of the records.
func (w *World) Institutions() []string { return slices.Collect(maps.Keys(w.Moved)) }

// ItemCodes are those that fee lines name.
func (w *World) ItemCodes() []string { return slices.Collect(maps.Keys(w.items)) }
