package store

import (
	"context"
	"slices"

	"claimwatch"
	"claimwatch/store/slice"
)

// sliceReference keeps the reference rows that a slice has asked for, for as
// long as no newer load of their table is noted. A load is noted after its rows
// are there, so what was read under a note is at least as new as the note.
type sliceReference struct {
	loaded map[string]uint64 // table -> newest load
	rows   slice.Reference
	asked  map[string]map[string]bool // table -> keys that were looked up, found or not
	laws   []claimwatch.Law
}

// noteLoads forgets what a newer load may have changed.
func (s *Slice) noteLoads(ctx context.Context, on *DB) error {
	loaded, err := on.LoadedTables(ctx)
	if err != nil {
		return err
	}
	known := &s.reference
	if known.asked == nil || known.loaded["institutions"] != loaded["institutions"] || known.loaded["items"] != loaded["items"] {
		known.rows = slice.Reference{Institutions: map[string]slice.Institution{}, Items: map[string][]slice.Item{}}
		known.asked = map[string]map[string]bool{"institutions": {}, "items": {}}
	}
	if known.loaded["laws"] != loaded["laws"] {
		laws, err := on.lawsInForce(ctx)
		if err != nil {
			return err
		}
		known.laws = laws
	}
	known.loaded = loaded
	return nil
}

// lookUp reads the rows of the world's institutions and items that were not
// asked for yet.
func (s *Slice) lookUp(w *slice.World) []task {
	var tasks []task
	if missing := s.reference.missing("institutions", w.Institutions()); len(missing) > 0 {
		tasks = append(tasks, func(ctx context.Context, on *DB) error { return s.readInstitutions(ctx, on, missing) })
	}
	if missing := s.reference.missing("items", w.ItemCodes()); len(missing) > 0 {
		tasks = append(tasks, func(ctx context.Context, on *DB) error { return s.readItems(ctx, on, missing) })
	}
	return tasks
}

// missing are the keys of a table that nobody has looked up.
func (r *sliceReference) missing(table string, keys []string) []string {
	if _, loaded := r.loaded[table]; !loaded {
		return nil // there are no rows
	}
	return slices.DeleteFunc(keys, func(key string) bool { return r.asked[table][key] })
}

func (s *Slice) readInstitutions(ctx context.Context, on *DB, ids []string) error {
	var void bool
	var id string
	var row slice.Institution
	read := func() error {
		if !void {
			s.reference.rows.Institutions[id] = row
		}
		return nil
	}
	err := on.each(ctx, read, []any{&void, &id, &row.City, &row.Level, &row.FaceRequired}, `
		SELECT void, institution_id, city, level, face_required FROM ref_institutions
		WHERE institution_id IN {keys:Array(String)}
		ORDER BY seq DESC, line DESC LIMIT 1 BY institution_id`, named("keys", ids))
	if err != nil {
		return wrap("read institutions", err)
	}
	s.reference.have("institutions", ids)
	return nil
}

func (s *Slice) readItems(ctx context.Context, on *DB, codes []string) error {
	var void bool
	var code string
	var since, until int32
	var row slice.Item
	read := func() error {
		if !void {
			row.Since, row.Until = claimwatch.Day(since), claimwatch.Day(until)
			s.reference.rows.Items[code] = append(s.reference.rows.Items[code], row)
		}
		return nil
	}
	dest := []any{&void, &code, &row.Region, &since, &until, &row.Category, &row.Unit, &row.Cap1, &row.Cap2, &row.Cap3, &row.MaxPerDay}
	err := on.each(ctx, read, dest, `
		SELECT void, item_code, region, toInt32(valid_from), ifNull(toInt32(valid_until), toInt32(2147483647)),
			category, unit, price_cap_1, price_cap_2, price_cap_3, max_per_day
		FROM (
			SELECT * FROM ref_items WHERE item_code IN {keys:Array(String)}
			ORDER BY seq DESC, line DESC LIMIT 1 BY item_code, region, valid_from
		) ORDER BY item_code, region, valid_from DESC`, named("keys", codes))
	if err != nil {
		return wrap("read items", err)
	}
	s.reference.have("items", codes)
	return nil
}

// have notes that the rows of these keys are there, if there are any.
func (r *sliceReference) have(table string, keys []string) {
	for _, key := range keys {
		r.asked[table][key] = true
	}
}

// lawsInForce reads when each law is in force.
func (db *DB) lawsInForce(ctx context.Context) (laws []claimwatch.Law, err error) {
	var law claimwatch.Law
	var from, until int32
	read := func() error {
		law.From, law.Until = claimwatch.Day(from), claimwatch.Day(until)
		laws = append(laws, law)
		return nil
	}
	err = db.each(ctx, read, []any{&law.ID, &from, &until}, `
		SELECT law_id, toInt32(valid_from), ifNull(toInt32(valid_until), toInt32(2147483647))
		FROM (SELECT * FROM ref_laws ORDER BY seq DESC, line DESC LIMIT 1 BY law_id, valid_from) WHERE NOT void`)
	return laws, wrap("read laws", err)
}

// Knowledge tells which reference tables were ever loaded, and when the laws
// are in force, as of the last load of the slice.
func (s *Slice) Knowledge() (loaded map[string]bool, laws []claimwatch.Law) {
	loaded = make(map[string]bool, len(s.reference.loaded))
	for table := range s.reference.loaded {
		loaded[table] = true
	}
	return loaded, s.reference.laws
}
