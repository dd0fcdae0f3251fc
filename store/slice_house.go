package store

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"claimwatch"
	"claimwatch/store/slice"
)

// loadHouses works out institutions with what happened across their persons.
// Only who lay where is read of all persons; the facts of those who shared a
// bed, or whose end is not known, are read in full.
func (s *Slice) loadHouses(ctx context.Context, institutions []string, after int, when claimwatch.Moment) (*slice.Houses, error) {
	if len(institutions) == 0 {
		return &slice.Houses{}, nil
	}
	var moves slice.Facts
	received := map[string]claimwatch.Instant{}
	if err := s.spread(ctx, []task{
		func(ctx context.Context, on *DB) error {
			return on.readMovements(ctx, &moves, institutions, when.KnownAt)
		},
		func(ctx context.Context, on *DB) (err error) {
			received, err = on.receptionsKnown(ctx, institutions, when.KnownAt)
			return err
		},
	}); err != nil {
		return nil, err
	}
	world := slice.WorldOf(moves, when.AsOf)
	var presents map[string]claimwatch.Instant
	own := maps.Clone(world.Moved)
	for _, institution := range institutions {
		own[institution] = max(own[institution], 0)
	}
	tasks := append(s.lookUp(world, false), func(ctx context.Context, _ *DB) (err error) {
		presents, err = s.presents(ctx, own, when)
		return err
	})
	if err := s.spread(ctx, tasks); err != nil {
		return nil, err
	}
	houses := world.Houses(presents, &s.reference.rows, after)
	for _, house := range houses.All {
		if at, heard := received[house.InstitutionID]; heard {
			house.LastReceived = &at
		}
	}
	full, err := s.full(ctx, houses, houses.Undecided(), presents, when)
	if err != nil {
		return nil, err
	}
	houses.End(full.Stays)
	if full, err = s.full(ctx, houses, houses.Sharing(), presents, when); err != nil {
		return nil, err
	}
	houses.Charge(full)
	return houses, nil
}

// full works out the tables of persons of the houses from all their facts.
func (s *Slice) full(
	ctx context.Context, houses *slice.Houses, persons []string, presents map[string]claimwatch.Instant, when claimwatch.Moment,
) (slice.Tables, error) {
	if len(persons) == 0 {
		return slice.Tables{}, nil
	}
	var facts slice.Facts
	if err := s.spread(ctx, readings(&facts, personsWith(keysOf(personScopes(persons)), when.KnownAt))); err != nil {
		return slice.Tables{}, err
	}
	world := slice.WorldOf(facts, when.AsOf)
	houses.Heed(world)
	for _, later := range []bool{false, true} {
		if err := s.spread(ctx, s.lookUp(world, later)); err != nil {
			return slice.Tables{}, err
		}
	}
	return world.Tables(presents, &slice.Others{}, &s.reference.rows), nil
}

// readMovements reads who lay where in some institutions.
func (db *DB) readMovements(ctx context.Context, f *slice.Facts, institutions []string, knownAt claimwatch.Instant) error {
	var head slice.Head
	var kind, class, ward, bed string
	read := func() error {
		switch kind {
		case "admission":
			f.Admissions = append(f.Admissions, &slice.Admission{Head: head, Class: class, Ward: ward, Bed: bed})
		case "transfer":
			f.Transfers = append(f.Transfers, &slice.Transfer{Head: head, Ward: ward, Bed: bed})
		default:
			f.Discharges = append(f.Discharges, &slice.Discharge{Head: head})
		}
		return nil
	}
	dest := []any{
		&kind, &head.InstitutionID, &head.PersonID, &head.StayID, &head.RecordID, (*int64)(&head.At), (*int64)(&head.ReceivedAt),
		&head.Revision, &head.Cancelled, &head.Offset, &head.Index, &class, &ward, &bed,
	}
	known := "true"
	if knownAt != 0 {
		known = "received_at <= fromUnixTimestamp64Milli({known:Int64})"
	}
	err := db.each(ctx, read, dest, `
		SELECT kind, institution_id, person_id, stay_id, record_id, toUnixTimestamp64Milli(occurred_at), toUnixTimestamp64Milli(received_at),
			revision, cancelled, log_offset, log_index, class, ward, bed
		FROM movements WHERE institution_id IN {institutions:Array(String)} AND `+known,
		named("institutions", institutions), named("known", millis(knownAt)))
	return wrap("read movements", err)
}

// Receptions tell when each institution was last heard of, all of them when none
// are named.
func (db *DB) Receptions(ctx context.Context, institutions []string) (map[string]claimwatch.Instant, error) {
	last, where := map[string]claimwatch.Instant{}, conditions{}
	if len(institutions) > 0 {
		where.add("institution_id IN {institutions:Array(String)}", named("institutions", institutions))
	}
	var id string
	var at time.Time
	read := func() error { last[id] = claimwatch.InstantOf(at); return nil }
	err := db.each(ctx, read, []any{&id, &at}, `
		SELECT institution_id, max(received_at) FROM receptions `+where.clause()+` GROUP BY institution_id`, where.args...)
	return last, wrap("read receptions", err)
}

// receptionsKnown is Receptions until a moment, 0 for now. Of an institution that
// was heard of since only the facts know when each of them came.
func (db *DB) receptionsKnown(
	ctx context.Context, institutions []string, knownAt claimwatch.Instant,
) (map[string]claimwatch.Instant, error) {
	last, err := db.Receptions(ctx, institutions)
	if err != nil || knownAt == 0 {
		return last, err
	}
	var since []string
	for id, at := range last {
		if at > knownAt {
			since = append(since, id)
			delete(last, id)
		}
	}
	if len(since) == 0 {
		return last, nil
	}
	var parts []string
	for _, kind := range claimwatch.Kinds() {
		parts = append(parts, "SELECT institution_id, received_at FROM "+factTable(kind)+` WHERE institution_id IN {institutions:Array(String)}
			AND received_at <= fromUnixTimestamp64Milli({known:Int64})`)
	}
	var id string
	var at time.Time
	read := func() error { last[id] = claimwatch.InstantOf(at); return nil }
	err = db.each(ctx, read, []any{&id, &at}, `
		SELECT institution_id, max(received_at) FROM (`+strings.Join(parts, " UNION ALL ")+`) GROUP BY institution_id`,
		named("institutions", since), named("known", millis(knownAt)))
	return last, wrap("read receptions of before", err)
}

// houseTables are the tables of rules across the persons of an institution.
func houseTables(h *slice.Houses) []filledTable {
	var patients []*slice.Stay
	for _, house := range h.All {
		patients = append(patients, house.Stays...)
	}
	return []filledTable{
		{"houses", len(h.All), func() []column { return houseColumns(h.All) }},
		{"patients", len(patients), func() []column { return patientColumns(patients) }},
		{"shared_beds", len(h.Shared), func() []column { return sharedColumns(h.Shared) }},
		{"bed_fees", len(h.BedFees), func() []column { return bedFeeColumns(h.BedFees) }},
	}
}

func houseColumns(houses []*slice.House) []column {
	type house = *slice.House
	rows := rowsOf[house](houses)
	return []column{
		rows.text("institution_id", func(h house) string { return h.InstitutionID }),
		rows.yes("institution_found", func(h house) bool { return h.Found }),
		of("beds", "Nullable(Int32)", houses, func(h house) *int32 { return h.Beds }),
		rows.at("as_of", func(h house) claimwatch.Instant { return h.AsOf }),
		rows.at("present", func(h house) claimwatch.Instant { return h.Present }),
		rows.optional("last_received", func(h house) *int64 { return optionalAt(h.LastReceived) }),
		of("open_stays", "UInt32", houses, func(h house) uint32 { return uint32(len(h.Open())) }),
	}
}

func patientColumns(stays []stayRow) []column {
	rows := rowsOf[stayRow](stays)
	return []column{
		rows.stay("stay", func(s stayRow) *slice.Stay { return s }),
		rows.text("institution_id", func(s stayRow) string { return s.InstitutionID }),
		rows.text("person_id", func(s stayRow) string { return s.PersonID }),
		rows.text("stay_id", func(s stayRow) string { return s.StayID }),
		rows.text("admission_id", func(s stayRow) string { return s.AdmissionID }),
		rows.at("admitted_at", func(s stayRow) claimwatch.Instant { return s.AdmittedAt }),
		rows.optional("discharged_at", func(s stayRow) *int64 { return optionalAt(s.DischargedAt) }),
		rows.at("ended_at", func(s stayRow) claimwatch.Instant { return s.EndedAt }),
	}
}

func sharedColumns(shared []*slice.SharedBed) []column {
	type pair = *slice.SharedBed
	rows := rowsOf[pair](shared)
	return []column{
		rows.stay("first", func(p pair) *slice.Stay { return p.First.Stay }),
		rows.stay("second", func(p pair) *slice.Stay { return p.Second.Stay }),
		of("subjects", "Array(String)", shared, func(p pair) []string { return subjectsOf(p.First.Stay, p.Second.Stay) }),
		rows.text("institution_id", func(p pair) string { return p.First.Stay.InstitutionID }),
		rows.text("ward", func(p pair) string { return p.First.Ward }),
		rows.text("bed", func(p pair) string { return p.First.Bed }),
		rows.at("from", pair.From),
		rows.at("until", pair.Until),
		of("named", namedType, shared, func(p pair) [][]any {
			return tuples([]slice.NamedRecord{p.First.Opener, p.Second.Opener}, namedTuple)
		}),
	}
}

// subjectsOf are the texts of a pair of stays as they stand in a subject.
func subjectsOf(a, b stayRow) []string {
	texts := []string{a.Subject(), b.Subject()}
	slices.Sort(texts)
	return texts
}

func bedFeeColumns(fees []*slice.Line) []column {
	type line = *slice.Line
	rows := rowsOf[line](fees)
	return []column{
		rows.stay("stay", func(l line) *slice.Stay { return l.Stay }),
		rows.text("record_id", func(l line) string { return l.RecordID }),
		rows.at("at", func(l line) claimwatch.Instant { return l.At }),
		rows.day("day", line.Day),
		rows.number("amount", func(l line) int64 { return l.Amount }),
	}
}
