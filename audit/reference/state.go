package reference

import (
	"claimwatch"
)

// State is what is known of every table: which keys say what (as hashes), and
// the spans of validity. The zero State is empty.
type State struct {
	tables map[string]*tableState
}

type tableState struct {
	version uint64              // journal sequence of the latest load
	rows    map[string]rowState // by key
	first   map[string]int      // live rows by the first cell of their key: what others refer to
	spans   map[string]map[claimwatch.Day]span
}

type rowState struct {
	hash [16]byte
	void bool
}

// Outcome is what a load did.
type Outcome struct {
	Table     string
	Version   uint64
	Rows      int
	Changed   []Row // what is new or says something else now
	Unchanged int
}

// Version is the journal sequence of the latest load of a table; 0 when it was
// never loaded.
func (s *State) Version(table string) uint64 {
	if t := s.tables[table]; t != nil {
		return t.version
	}
	return 0
}

// Check refuses rows that cannot stand beside what is loaded already: rows of
// one key that overlap in validity. It changes nothing.
func (s *State) Check(t claimwatch.Table, rows []Row) error {
	var f faults
	if t.Within[0] != "" {
		s.table(t.Name).overlaps(t, rows, &f)
	}
	return f.err(t.Name)
}

// Load takes checked rows: an upsert by key. A row that says what is known
// already, or withdraws what does not exist, is unchanged.
func (s *State) Load(t claimwatch.Table, rows []Row, version uint64) Outcome {
	if s.tables == nil {
		s.tables = map[string]*tableState{}
	}
	state := s.table(t.Name)
	s.tables[t.Name] = state
	state.version = version
	out := Outcome{Table: t.Name, Version: version, Rows: len(rows)}
	for i := range rows {
		row := &rows[i]
		key := row.Key(t)
		next := rowState{hash: row.hash(t), void: row.Void}
		before, known := state.rows[key]
		if known && before == next || !known && row.Void {
			out.Unchanged++
			continue
		}
		state.rows[key] = next
		state.count(t, row, known && !before.void)
		state.setSpan(t, row)
		out.Changed = append(out.Changed, *row)
	}
	return out
}

func (s *State) table(name string) *tableState {
	if t := s.tables[name]; t != nil {
		return t
	}
	return &tableState{rows: map[string]rowState{}, first: map[string]int{}, spans: map[string]map[claimwatch.Day]span{}}
}

func (t *tableState) count(table claimwatch.Table, row *Row, wasLive bool) {
	first := FormatCell(table.Columns[0], row.Values[0])
	switch {
	case wasLive && row.Void:
		t.first[first]--
	case !wasLive && !row.Void:
		t.first[first]++
	}
}

// Has says whether a live row of a table has this first key cell.
func (s *State) Has(table, first string) bool {
	t := s.tables[table]
	return t != nil && t.first[first] > 0
}
