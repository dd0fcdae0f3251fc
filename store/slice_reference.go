package store

import (
	"context"
	"maps"
	"strconv"
	"strings"

	"claimwatch"
	"claimwatch/store/slice"
)

// sliceReference keeps the reference rows that a slice has asked for, for as
// long as no newer load of their table is noted. A load is noted after its rows
// are there, so what was read under a note is at least as new as the note.
type sliceReference struct {
	loaded  map[string]uint64 // table -> newest load
	knownAt claimwatch.Instant
	rows    slice.Reference
	asked   map[string]map[string]bool // table -> keys that were looked up, found or not
	laws    []claimwatch.Law
}

// mostAsked is how many keys of a table are kept. Whoever is asked about more
// than so many persons forgets the first ones.
const mostAsked = 200_000

// noteLoads forgets what a newer load, or another moment of knowledge, may have
// changed.
func (s *Slice) noteLoads(knownAt claimwatch.Instant) task {
	return func(ctx context.Context, on *DB) error {
		loaded, err := on.loadedTables(ctx, knownAt)
		if err != nil {
			return err
		}
		s.conflicts = loaded[conflictsNoted] > 0
		delete(loaded, conflictsNoted)
		known := &s.reference
		if known.asked == nil || known.knownAt != knownAt {
			*known = sliceReference{knownAt: knownAt, asked: map[string]map[string]bool{}}
		}
		for _, shelf := range shelves {
			_, has := known.asked[shelf.name]
			if !has || known.loaded[shelf.table] != loaded[shelf.table] || len(known.asked[shelf.name]) > mostAsked {
				known.asked[shelf.name] = map[string]bool{}
				shelf.clear(&known.rows)
			}
		}
		if known.loaded["laws"] != loaded["laws"] {
			laws, err := on.lawsInForce(ctx, knownAt)
			if err != nil {
				return err
			}
			known.laws = laws
		}
		known.loaded, known.rows.Loaded = loaded, map[string]bool{}
		for table := range loaded {
			known.rows.Loaded[table] = true
		}
		return nil
	}
}

// conflictsNoted is the name under which loadedTables counts conflicts.
const conflictsNoted = "conflicts"

// loadedTables is LoadedTables as known at a moment, 0 for now, and how many
// conflicts are noted: mostly none, and then nobody needs to ask for them.
func (db *DB) loadedTables(ctx context.Context, knownAt claimwatch.Instant) (map[string]uint64, error) {
	known := "true"
	if knownAt != 0 {
		known = "loaded_at <= fromUnixTimestamp64Milli({known:Int64})"
	}
	tables := map[string]uint64{}
	var name string
	var seq uint64
	err := db.each(ctx, func() error { tables[name] = seq; return nil }, []any{&name, &seq}, `
		SELECT table_name, max(seq) FROM ref_loads WHERE `+known+` GROUP BY table_name
		UNION ALL SELECT '`+conflictsNoted+`', count() FROM conflicts`,
		named("known", millis(knownAt)))
	return tables, wrap("read loaded tables", err)
}

// lookUp reads what the world needs of every table and was not asked for yet;
// later is the second round, of those whose keys come out of other tables.
func (s *Slice) lookUp(w *slice.World, later bool) []task {
	var tasks []task
	for _, shelf := range shelves {
		if _, loaded := s.reference.loaded[shelf.table]; !loaded || shelf.later != later {
			continue // there are no rows, or it is not their turn
		}
		keys := []string{""} // of a table that is read whole
		if shelf.keys != nil {
			keys = shelf.keys(w, &s.reference.rows)
		}
		var missing []string
		for _, key := range keys {
			if !s.reference.asked[shelf.name][key] {
				missing = append(missing, key)
			}
		}
		if len(missing) > 0 {
			tasks = append(tasks, func(ctx context.Context, on *DB) error { return s.readShelf(ctx, on, shelf, missing) })
		}
	}
	return tasks
}

// readShelf reads the standing rows of a table with these keys.
func (s *Slice) readShelf(ctx context.Context, on *DB, shelf shelf, keys []string) error {
	var args []any
	conditions, still := []string{"true"}, "NOT void"
	if shelf.keys != nil {
		conditions = append(conditions, shelf.by)
		args = append(args, named("keys", keys))
	}
	if shelf.still != "" {
		still += " AND " + shelf.still
	}
	if s.reference.knownAt != 0 {
		conditions = append(conditions, "known_from <= fromUnixTimestamp64Milli("+strconv.FormatInt(millis(s.reference.knownAt), 10)+")")
	}
	table, err := tableOf(shelf.table)
	if err != nil {
		return err
	}
	var key []string
	for _, c := range table.Columns {
		if c.Key {
			key = append(key, quoteName(c.Name))
		}
	}
	one := strings.Join(key, ", ")
	dest, keep := shelf.read(&s.reference.rows)
	if err := on.each(ctx, func() error { keep(); return nil }, dest, `
		SELECT `+shelf.columns+` FROM (
			SELECT * FROM `+refTable(shelf.table)+` WHERE `+strings.Join(conditions, " AND ")+`
			ORDER BY seq DESC, line DESC LIMIT 1 BY `+one+`
		) WHERE `+still+` ORDER BY `+one, args...); err != nil {
		return wrap("read "+shelf.name, err)
	}
	for _, key := range keys {
		s.reference.asked[shelf.name][key] = true
	}
	return nil
}

// lawsInForce reads when each law is in force, as known at a moment, 0 for now.
func (db *DB) lawsInForce(ctx context.Context, knownAt claimwatch.Instant) (laws []claimwatch.Law, err error) {
	var law claimwatch.Law
	var from, until int32
	read := func() error {
		law.From, law.Until = claimwatch.Day(from), claimwatch.Day(until)
		laws = append(laws, law)
		return nil
	}
	known := "true"
	if knownAt != 0 {
		known = "known_from <= fromUnixTimestamp64Milli({known:Int64})"
	}
	err = db.each(ctx, read, []any{&law.ID, &from, &until}, `
		SELECT law_id, toInt32(valid_from), ifNull(toInt32(valid_until), toInt32(2147483647))
		FROM (SELECT * FROM ref_laws WHERE `+known+` ORDER BY seq DESC, line DESC LIMIT 1 BY law_id, valid_from) WHERE NOT void`,
		named("known", millis(knownAt)))
	return laws, wrap("read laws", err)
}

// Outdated tells whether a table was loaded since the last load of the slice that
// touches whoever has findings (TouchedBy). An evaluation that was under way then
// writes findings which that load has not seen, and that know nothing of it.
func (s *Slice) Outdated(ctx context.Context) (bool, error) {
	if s.reference.knownAt != 0 {
		return false, nil
	}
	loaded, err := s.db.LoadedTables(ctx)
	if err != nil {
		return false, err
	}
	return loaded["whitelist"] != s.reference.loaded["whitelist"] || loaded["laws"] != s.reference.loaded["laws"], nil
}

// Knowledge tells which reference tables were ever loaded, when the laws are in
// force and what is whitelisted, as of the last load of the slice.
func (s *Slice) Knowledge() claimwatch.Knowledge {
	rows := &s.reference.rows
	return claimwatch.Knowledge{Loaded: maps.Clone(rows.Loaded), Laws: s.reference.laws, Whitelist: maps.Clone(rows.Whitelist)}
}
