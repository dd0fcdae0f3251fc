package store

import (
	"context"
	"maps"

	"claimwatch"
)

// publishedParameters reads the values of rule parameters that stand, as known at
// a moment (0 for now), in the order in which they were published.
func (db *DB) publishedParameters(ctx context.Context, knownAt claimwatch.Instant) (published []claimwatch.PublishedParameter, err error) {
	var p claimwatch.PublishedParameter
	var from, until int32
	read := func() error {
		p.From, p.Until = claimwatch.Day(from), claimwatch.Day(until)
		published = append(published, p)
		return nil
	}
	known := "true"
	if knownAt != 0 {
		known = "known_from <= fromUnixTimestamp64Milli({known:Int64})"
	}
	err = db.each(ctx, read, []any{&p.ID, &p.Rule, &p.Name, &p.Value, &p.City, &from, &until, &p.Seq}, `
		SELECT parameter_id, rule, name, value, city, toInt32(from), ifNull(toInt32(until), toInt32(2147483647)), seq
		FROM (SELECT * FROM ref_rule_parameters WHERE `+known+` ORDER BY seq DESC, line DESC LIMIT 1 BY parameter_id, name)
		WHERE NOT void ORDER BY seq, parameter_id, name`, named("known", millis(knownAt)))
	return published, wrap("read parameters of rules", err)
}

// Published gives the values of rule parameters that stand as of the last load
// of the slice, in the order in which they were published.
func (s *Slice) Published() []claimwatch.PublishedParameter { return s.reference.published }

// Versions gives for each reference table that was ever loaded the journal entry
// of its newest load, as of the last load of the slice.
func (s *Slice) Versions() map[string]uint64 { return maps.Clone(s.reference.loaded) }

// cities adds everybody with a record at an institution of the cities of the load,
// and these institutions; a row without a city concerns everybody.
func (t *touching) cities(ctx context.Context) error {
	cities, err := t.values(ctx, "city")
	if err != nil {
		return err
	}
	for _, row := range t.load.Rows {
		for i, column := range t.table.Columns {
			if column.Name == "city" && row.Values[i].Text == "" {
				everybody, err := t.db.Scopes(ctx)
				t.add(everybody)
				return err
			}
		}
	}
	institutions, err := t.db.texts(ctx, `SELECT DISTINCT institution_id FROM ref_institutions WHERE city IN {cities:Array(String)}`,
		named("cities", cities))
	if err != nil {
		return err
	}
	t.add(institutionScopes(institutions))
	persons, err := t.db.texts(ctx, `SELECT DISTINCT person_id FROM identities WHERE institution_id IN {institutions:Array(String)}`,
		named("institutions", institutions))
	t.add(personScopes(persons))
	return err
}
