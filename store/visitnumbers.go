package store

import (
	"context"
	"strings"
	"sync"

	"claimwatch"
)

// visitNumber is a kind of records of a person under a number of an institution.
type visitNumber struct {
	institution, stay, person string
	kind                      claimwatch.Kind
}

// numbers are visit numbers that this process has written: a stay sends records
// for days, and only the first of each kind is news.
type numbers struct {
	mutex   sync.Mutex
	written map[visitNumber]bool
}

// mostNumbers bounds what is remembered, about 200 bytes each. Whoever is
// forgotten is written again, which changes nothing.
const mostNumbers = 100_000

// news are the numbers of records that are not known to be written, each once.
func (n *numbers) news(records []claimwatch.Stored) (rows []visitNumber) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	seen := map[visitNumber]bool{}
	for i := range records {
		r := records[i].Record
		row := visitNumber{r.InstitutionID, r.StayID, r.PersonID, r.Kind}
		if r.StayID != "" && !n.written[row] && !seen[row] {
			seen[row] = true
			rows = append(rows, row)
		}
	}
	return rows
}

// keep remembers what is written. The texts are copied: they may be part of a
// whole upload.
func (n *numbers) keep(rows []visitNumber) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	if n.written == nil || len(n.written)+len(rows) > mostNumbers {
		n.written = map[visitNumber]bool{}
	}
	for _, row := range rows {
		n.written[visitNumber{strings.Clone(row.institution), strings.Clone(row.stay), strings.Clone(row.person), row.kind}] = true
	}
}

// insertVisitNumbers notes whom records under a visit number name.
func (db *DB) insertVisitNumbers(ctx context.Context, records []claimwatch.Stored) error {
	rows := db.numbers.news(records)
	if len(rows) == 0 {
		return nil
	}
	if err := db.insert(ctx, "visit_numbers",
		column{"institution_id", "String", valuesOf(rows, func(v visitNumber) string { return v.institution })},
		column{"stay_id", "String", valuesOf(rows, func(v visitNumber) string { return v.stay })},
		column{"person_id", "String", valuesOf(rows, func(v visitNumber) string { return v.person })},
		column{"kind", "UInt8", valuesOf(rows, func(v visitNumber) uint8 { return uint8(v.kind) })}); err != nil {
		return err
	}
	db.numbers.keep(rows) // only now: what failed is written again
	return nil
}
