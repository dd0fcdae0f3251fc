package nhsa

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"claimwatch"
)

// Options of a plan.
type Options struct {
	// From is the first day on which rows of the files are valid; 0: the day on
	// which each file was saved.
	From claimwatch.Day
	// Factor is the share of its price that a second operation may cost. No sheet
	// tells it: without one the pairs are loaded, and FEE-023 raises nothing.
	Factor string
}

// Load is what is to be loaded into a table: whole rows, cells by column.
type Load struct {
	Table string
	Rows  []map[string]string
}

// Plan says what to load so that the tables hold what the books state, and
// reports on every row. Where a row was withdrawn or changed by hand, or a column
// of an item holds what the import has not written, that stays and is told.
func Plan(books []*Book, standing *Standing, o Options) ([]Load, []Report, error) {
	p := planner{standing: standing, options: o}
	for _, b := range books {
		e, err := p.edition(b)
		if err != nil {
			return nil, nil, err
		}
		p.editions = append(p.editions, e)
	}
	inOrder := slices.SortedStableFunc(slices.Values(p.editions), func(a, b *edition) int { return cmp.Compare(a.day, b.day) })
	for _, e := range inOrder {
		p.apply(e)
	}
	reports := make([]Report, len(p.editions))
	for i, e := range p.editions {
		reports[i] = e.report()
	}
	return p.loads(), reports, nil
}

type planner struct {
	standing *Standing
	options  Options
	editions []*edition
}

// edition is a book on its way into the tables.
type edition struct {
	book   *Book
	batch  string
	day    claimwatch.Day
	counts map[string]*Counts
	landed map[Place]bool
	missed map[Place]string
	differ []Difference

	reserved map[Place]string
}

func (p *planner) edition(b *Book) (*edition, error) {
	e := &edition{
		book: b, batch: b.Batch, day: p.options.From,
		counts: map[string]*Counts{}, landed: map[Place]bool{}, missed: map[Place]string{}, reserved: map[Place]string{},
	}
	if before, ok := p.standing.edition(b.SHA256); ok {
		// The same file under another name, or without the day that was given then, is no new edition.
		e.batch, e.day = before.Batch, before.Day
	}
	if e.day == 0 {
		e.day = b.Saved
	}
	if e.day == 0 {
		return nil, fmt.Errorf("%s does not tell when it was saved: say from which day it is valid", b.File)
	}
	return e, nil
}

// apply holds every list of a book against what stands.
func (p *planner) apply(e *edition) {
	kinds := map[string][]Statement{}
	for _, s := range e.book.Stated {
		kinds[s.Kind] = append(kinds[s.Kind], s)
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		source := Source{Batch: e.batch, Kind: kind, Day: e.day, SHA256: e.book.SHA256, File: e.book.File}
		if newest := p.standing.newest(source.Family()); newest > e.day {
			for _, s := range kinds[kind] {
				e.miss(s, "a newer edition is loaded, of "+newest.String())
			}
			continue
		}
		stated := map[*row]map[string]bool{} // rows that the list wants, items rows with the columns
		for _, s := range kinds[kind] {
			source.Place = s.at()
			if s.Table == "items" {
				p.item(e, s, source, stated)
			} else {
				p.entry(e, s, source, stated)
			}
		}
		p.end(e, source, stated)
		p.standing.note(source)
	}
}

// entry puts a pair or a limit into its table.
func (p *planner) entry(e *edition, s Statement, source Source, stated map[*row]map[string]bool) {
	base := base(source.Family(), s)
	open, withdrawn := p.standing.open(base, e.day)
	cells := p.cells(e, s, open)
	if open == nil && withdrawn {
		e.miss(s, whyWithdrawn)
		return
	}
	count := e.count(s.Table)
	if open != nil {
		stated[open] = nil
		_, ours := ParseSource(open.cells["source"])
		switch {
		case says(open.cells, cells):
			count.Unchanged++
			e.land(s)
			return
		case !ours:
			e.miss(s, whyByHand)
			e.differs(open, cells)
			return
		case open.cells["valid_from"] < e.day.String():
			open.cells["valid_until"], open.dirty = e.day.String(), true
			count.Ended++
			count.New++
		default: // the same day again: the row is corrected
			count.Changed++
		}
	} else {
		count.New++
	}
	cells[idColumn(s.Table)] = base + "-" + strings.ReplaceAll(e.day.String(), "-", "")
	cells["valid_from"], cells["source"] = e.day.String(), source.String()
	r := p.standing.add(s.Table, cells, false)
	r.dirty = true
	stated[r] = nil
	e.land(s)
}

// end ends what the edition before had and this one has no more.
func (p *planner) end(e *edition, source Source, stated map[*row]map[string]bool) {
	for _, table := range []string{"item_pairs", "item_limits"} {
		for _, r := range p.standing.rows[table] {
			from, ours := ParseSource(r.cells["source"])
			if _, kept := stated[r]; kept || !ours || from.Family() != source.Family() || !r.holds(e.day) {
				continue
			}
			// A row must hold a day at least.
			until := max(e.day, from.Day+1).String()
			if r.cells["valid_until"] != until {
				r.cells["valid_until"], r.dirty = until, true
				e.count(table).Ended++
			}
		}
	}
	for _, r := range p.standing.rows["items"] {
		p.release(e, r, source.Family(), stated[r])
	}
}

// cells are those that a statement fills. The factor of a second operation, which
// no sheet tells, is that of the command, otherwise what stands.
func (p *planner) cells(e *edition, s Statement, open *row) map[string]string {
	cells := maps.Clone(s.Cells)
	if cells["scope"] != "secondary" {
		return cells
	}
	factor := p.options.Factor
	if factor == "" && open != nil {
		factor = open.cells["factor"]
	}
	if factor != "" {
		cells["factor"] = factor
		return cells
	}
	for _, from := range s.From {
		e.reserved[from] = noteFactor
	}
	return cells
}

// says reports whether a row says what the cells say, however numbers are spelled.
func says(standing, cells map[string]string) bool {
	for _, name := range []string{"item_code", "included_code", "scope", "absolute", "kind"} {
		if standing[name] != cells[name] {
			return false
		}
	}
	for _, name := range []string{"days", "max", "factor"} {
		if !equal(standing[name], cells[name]) {
			return false
		}
	}
	return true
}

func equal(a, b string) bool {
	m, badA := claimwatch.ParseDecimal(a, 4, claimwatch.MaxPrice)
	n, badB := claimwatch.ParseDecimal(b, 4, claimwatch.MaxPrice)
	return a == b || badA == "" && badB == "" && m == n
}

// base is the id of a row without its day: the same thing of the same list has
// the same id in every edition.
func base(family string, s Statement) string {
	sum := sha256.Sum256([]byte(family + "|" + s.identity()))
	return "nhsa-" + hex.EncodeToString(sum[:8])
}

const dayDigits = len("-20260101")

func baseOf(id string) string { return id[:max(0, len(id)-dayDigits)] }

// loads gathers the rows that are new or say something else, in order of key.
func (p *planner) loads() []Load {
	var loads []Load
	for _, table := range Tables() {
		load := Load{Table: table}
		for _, key := range slices.Sorted(maps.Keys(p.standing.rows[table])) {
			if r := p.standing.rows[table][key]; r.dirty {
				load.Rows = append(load.Rows, r.cells)
			}
		}
		if len(load.Rows) > 0 {
			loads = append(loads, load)
		}
	}
	return loads
}
