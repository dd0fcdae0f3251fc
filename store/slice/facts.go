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
	ExamReports []*ExamReport
	FrontPages  []*FrontPage
	Fittings    []*Fitting
	Claims      []*Claim
}

// identity is what revisions of one record share within a kind.
type identity struct{ person, institution, record string }

// lineages are all rows of the records of a kind that have more than one.
type lineages[F Fact] map[identity][]F

// newest leaves of each record its highest revision, of contents sent twice the
// first in the log, and nothing when that is cancelled (rules.md 1.1). void are
// those that were cancelled.
func newest[F Fact](rows []F) (live []F, void []*Head, changed lineages[F]) {
	places := make(map[identity]int, len(rows))
	kept, firsts := rows[:0], make([]*Head, 0, len(rows))
	for _, row := range rows {
		head := row.Common()
		key := identity{head.PersonID, head.InstitutionID, head.RecordID}
		place, seen := places[key]
		if !seen {
			places[key] = len(kept)
			kept, firsts = append(kept, row), append(firsts, head)
			continue
		}
		if changed == nil {
			changed = lineages[F]{}
		}
		if changed[key] == nil {
			changed[key] = []F{kept[place]}
		}
		changed[key] = append(changed[key], row)
		if head.Revision < firsts[place].Revision || head.Revision == firsts[place].Revision && head.earlier(firsts[place]) {
			firsts[place] = head
		}
		if head.replaces(kept[place].Common()) {
			kept[place] = row
		}
	}
	for i, row := range kept {
		row.Common().FirstReceived = firsts[i].ReceivedAt
	}
	live = kept[:0]
	for _, row := range kept {
		if head := row.Common(); head.Cancelled {
			void = append(void, head)
		} else {
			live = append(live, row)
		}
	}
	return live, void, changed
}

// replaces says whether h counts and not held, of two revisions of one record.
func (h *Head) replaces(held *Head) bool {
	if h.Revision != held.Revision {
		return h.Revision > held.Revision
	}
	return h.earlier(held)
}

// earlier says whether h stands before held in the log of its institution.
func (h *Head) earlier(held *Head) bool {
	return h.Offset < held.Offset || h.Offset == held.Offset && h.Index < held.Index
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
	ahead    map[string]claimwatch.Instant // the same by institution
	later    []Fact                        // the live records after as_of
	// Wall says that reception times may be compared with as_of and with each other.
	Wall bool
	// Contradicted are records that were sent with two contents.
	Contradicted []claimwatch.Identity

	void    map[claimwatch.Kind][]*Head // records that are cancelled
	changed lineages[*Fee]              // all revisions of the fees that have several
}

type stayKey struct{ institution, person, stay string }

// has says whether a record is one of the stay.
func (s *Stay) has(h *Head) bool {
	return s.StayID == h.StayID && s.PersonID == h.PersonID && s.InstitutionID == h.InstitutionID
}

func (h *Head) stay() stayKey { return stayKey{h.InstitutionID, h.PersonID, h.StayID} }

// emptyWorld has nothing in it yet.
func emptyWorld(asOf claimwatch.Instant) *World {
	return &World{
		asOf: asOf, latest: map[stayKey]claimwatch.Instant{}, Moved: map[string]claimwatch.Instant{},
		Upcoming: map[string]claimwatch.Instant{}, ahead: map[string]claimwatch.Instant{}, void: map[claimwatch.Kind][]*Head{},
	}
}

// WorldOf takes the live records out of the facts, whose slices it owns from
// now on.
func WorldOf(f Facts, asOf claimwatch.Instant) *World {
	w := emptyWorld(asOf)
	w.facts = Facts{
		Admissions: exist(w, claimwatch.Admission, f.Admissions), Transfers: exist(w, claimwatch.Transfer, f.Transfers),
		Leaves: exist(w, claimwatch.Leave, f.Leaves), Discharges: exist(w, claimwatch.Discharge, f.Discharges),
		Orders: exist(w, claimwatch.Order, f.Orders), Fees: exist(w, claimwatch.Fee, f.Fees),
		Checks: exist(w, claimwatch.IdentityCheck, f.Checks), CareRecords: exist(w, claimwatch.CareRecord, f.CareRecords),
		Operations: exist(w, claimwatch.Operation, f.Operations), ExamReports: exist(w, claimwatch.ExamReport, f.ExamReports),
		FrontPages: exist(w, claimwatch.FrontPage, f.FrontPages), Fittings: exist(w, claimwatch.DeviceFitting, f.Fittings),
		Claims: exist(w, claimwatch.Claim, f.Claims),
	}
	return w
}

// exist leaves the live records at or before as_of (rules.md 1.2).
func exist[F Fact](w *World, kind claimwatch.Kind, rows []F) []F {
	rows, void, changed := newest(rows)
	if len(void) > 0 {
		w.void[kind] = append(w.void[kind], void...)
	}
	if fees, ok := any(changed).(lineages[*Fee]); ok {
		w.changed = fees
	}
	kept := rows[:0]
	for _, row := range rows {
		head := row.Common()
		if head.At > w.asOf {
			if first, known := w.Upcoming[head.PersonID]; !known || head.At < first {
				w.Upcoming[head.PersonID] = head.At
			}
			if first, known := w.ahead[head.InstitutionID]; !known || head.At < first {
				w.ahead[head.InstitutionID] = head.At
			}
			w.later = append(w.later, row)
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

// Persons are those of the records.
func (w *World) Persons() []string {
	persons := map[string]bool{}
	for key := range w.latest {
		persons[key.person] = true
	}
	return slices.Collect(maps.Keys(persons))
}

// InjuryCases are those that admissions name.
func (w *World) InjuryCases() []string {
	cases := map[string]bool{}
	for _, a := range w.facts.Admissions {
		cases[a.InjuryCaseID] = true
	}
	delete(cases, "")
	return slices.Collect(maps.Keys(cases))
}

// Physicians are those of fee lines and orders.
func (w *World) Physicians() []string {
	physicians := map[string]bool{}
	for _, f := range w.facts.Fees {
		physicians[f.PhysicianID] = true
	}
	for _, o := range w.facts.Orders {
		physicians[o.PhysicianID] = true
	}
	delete(physicians, "")
	return slices.Collect(maps.Keys(physicians))
}

// ItemCodes are those of fee lines, orders and fittings, what they stand in the
// place of, and all items of nursing, whose caps tell what a level may cost.
func (w *World) ItemCodes(known *Reference) []string {
	codes := maps.Clone(known.Nursing)
	if codes == nil {
		codes = map[string]bool{}
	}
	for _, f := range w.facts.Fees {
		codes[f.ItemCode] = true
		for _, swap := range known.Swaps[f.ItemCode] {
			codes[swap.Low] = true
		}
	}
	for _, o := range w.facts.Orders {
		codes[o.ItemCode] = true
	}
	for _, f := range w.facts.Fittings {
		codes[f.ItemCode] = true
	}
	return slices.Collect(maps.Keys(codes))
}
