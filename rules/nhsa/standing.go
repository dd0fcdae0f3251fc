package nhsa

import (
	"strings"

	"claimwatch"
)

// Standing is what the tables of the import hold: every row, withdrawn ones too,
// with its cells by column as CSV spells them.
type Standing struct {
	rows  map[string]map[string]*row // by table and key
	bases map[string][]*row          // rows of item_pairs and item_limits by their id without the day
	items map[string][]*row          // rows of items by code
	known map[string]Source          // editions by family and the first digits of their hash
}

// row is a row of a table; dirty when it is to be loaded.
type row struct {
	table, key string
	cells      map[string]string
	void       bool
	dirty      bool
}

// NewStanding gives a standing without rows.
func NewStanding() *Standing {
	return &Standing{
		rows:  map[string]map[string]*row{},
		bases: map[string][]*row{}, items: map[string][]*row{}, known: map[string]Source{},
	}
}

// Tables are the reference tables that an import reads and writes.
func Tables() []string { return []string{"item_pairs", "item_limits", "items"} }

// Add takes a row as it stands.
func (s *Standing) Add(table string, cells map[string]string, void bool) { s.add(table, cells, void) }

func (s *Standing) add(table string, cells map[string]string, void bool) *row {
	r := &row{table: table, key: keyOf(table, cells), cells: cells, void: void}
	if before := s.rows[table][r.key]; before != nil { // written again: a closed row that is stated anew
		before.cells, before.void = cells, void
		return before
	}
	if s.rows[table] == nil {
		s.rows[table] = map[string]*row{}
	}
	s.rows[table][r.key] = r
	if table == "items" {
		code := cells["item_code"]
		s.items[code] = append(s.items[code], r)
		claims, _ := splitClaims(cells["source"])
		for _, c := range claims {
			s.note(c.Source)
		}
		return r
	}
	s.bases[baseOf(r.key)] = append(s.bases[baseOf(r.key)], r)
	if source, ok := ParseSource(cells["source"]); ok {
		s.note(source)
	}
	return r
}

// note remembers of which edition a row is: a file is known by its hash under
// whatever name it comes back.
func (s *Standing) note(source Source) {
	s.known[source.Family()+"|"+source.SHA256[:min(shortHash, len(source.SHA256))]] = source
}

// edition finds what was imported from a file.
func (s *Standing) edition(sha256 string) (Source, bool) {
	for _, source := range s.known {
		if len(source.SHA256) >= shortHash && strings.HasPrefix(sha256, source.SHA256) {
			return source, true
		}
	}
	return Source{}, false
}

// newest is the day of the newest edition of a family that stands, 0 for none.
func (s *Standing) newest(family string) (day claimwatch.Day) {
	for _, source := range s.known {
		if source.Family() == family {
			day = max(day, source.Day)
		}
	}
	return day
}

// open finds the row of a base that is valid on a day, and says whether people
// here have withdrawn one.
func (s *Standing) open(base string, day claimwatch.Day) (open *row, withdrawn bool) {
	for _, r := range s.bases[base] {
		withdrawn = withdrawn || r.void
		if r.holds(day) && r.cells["valid_from"] <= day.String() {
			open = r
		}
	}
	return open, withdrawn
}

func keyOf(table string, cells map[string]string) string {
	t, _ := claimwatch.TableNamed(table)
	var key []string
	for _, c := range t.Columns {
		if c.Key {
			key = append(key, cells[c.Name])
		}
	}
	return strings.Join(key, "|")
}

// holds says whether a row is valid on a day or later.
func (r *row) holds(day claimwatch.Day) bool {
	until := r.cells["valid_until"]
	return !r.void && (until == "" || until > day.String()) // YYYY-MM-DD sorts as it means
}

// idColumn names the one key column of a table of rows that the import makes.
func idColumn(table string) string {
	if table == "item_pairs" {
		return "pair_id"
	}
	return "limit_id"
}
