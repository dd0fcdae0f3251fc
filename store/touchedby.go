package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"claimwatch"
)

// touching collects the scopes that a load touches.
type touching struct {
	db     *DB
	load   ReferenceLoad
	table  claimwatch.Table
	scopes map[claimwatch.Scope]bool
}

// listedAtOnce bounds the values of one query.
const listedAtOnce = 10_000

// TouchedBy lists the scopes that a load could change, before or after it is
// saved: too many do no harm, one too few would be a finding that is wrong for
// ever. The rows as they were before count as well as those loaded. The first
// load of a table touches everybody, since rules that were "not evaluated:
// table not loaded" now are.
func (db *DB) TouchedBy(ctx context.Context, load ReferenceLoad) ([]claimwatch.Scope, error) {
	table, err := tableOf(load.Table)
	if err != nil {
		return nil, err
	}
	var earlier uint64
	if err := db.QueryRow(ctx, `SELECT count() FROM ref_loads WHERE table_name = {table:String} AND seq < {seq:UInt64}`,
		named("table", load.Table), named("seq", load.Seq)).Scan(&earlier); err != nil {
		return nil, fmt.Errorf("read loads of %s: %w", load.Table, err)
	}
	if earlier == 0 {
		return db.Scopes(ctx)
	}
	t := &touching{db: db, load: load, table: table, scopes: map[claimwatch.Scope]bool{}}
	if err := t.find(ctx); err != nil {
		return nil, fmt.Errorf("find scopes touched by %s: %w", load.Table, err)
	}
	return slices.Sorted(maps.Keys(t.scopes)), nil
}

// find knows what each table is about.
func (t *touching) find(ctx context.Context) error {
	switch t.load.Table {
	case "institutions", "agreements":
		return t.institutions(ctx)
	case "assessments", "holds":
		return t.institutionsAlone(ctx)
	case "persons", "referrals", "appraisals":
		return t.persons(ctx)
	case "injury_cases":
		if err := t.persons(ctx); err != nil {
			return err
		}
		return t.personsWith(ctx, []string{"injury_case_id"}, `SELECT person_id FROM admissions WHERE injury_case_id IN {values:Array(String)}`)
	case "items":
		if err := t.items(ctx, "item_code"); err != nil {
			return err
		}
		return t.nursing(ctx)
	case "item_limits":
		return t.items(ctx, "item_code")
	case "item_pairs":
		return t.items(ctx, "item_code", "included_code")
	case "item_packages":
		return t.items(ctx, "package_code", "component_codes")
	case "swaps":
		return t.items(ctx, "high_code", "low_code")
	case "physicians":
		return t.personsWith(ctx, []string{"physician_id"}, `
			SELECT person_id FROM fees WHERE physician_id IN {values:Array(String)}
			UNION ALL SELECT person_id FROM orders WHERE physician_id IN {values:Array(String)}
			UNION ALL SELECT person_id FROM admissions WHERE physician_id IN {values:Array(String)}
			UNION ALL SELECT person_id FROM operations WHERE surgeon_id IN {values:Array(String)}`)
	case "los_baselines":
		return t.personsWith(ctx, []string{"month"}, `SELECT person_id FROM discharges
			WHERE formatDateTime(occurred_at, '%Y-%m') IN {values:Array(String)}`)
	case "calendar":
		return t.calendar(ctx)
	case "whitelist":
		return t.whitelist(ctx)
	case "laws":
		scopes, err := t.db.ScopesWithFindings(ctx)
		t.add(scopes)
		return err
	case claimwatch.RuleParameters:
		return t.cities(ctx)
	case "agencies":
		return nil // names on documents; no rule reads them
	default:
		scopes, err := t.db.Scopes(ctx) // a table that nobody has thought through
		t.add(scopes)
		return err
	}
}

func (t *touching) add(scopes []claimwatch.Scope) {
	for _, scope := range scopes {
		t.scopes[scope] = true
	}
}

// values are the texts of some columns in the loaded rows and in every earlier
// version of their keys.
func (t *touching) values(ctx context.Context, columns ...string) ([]string, error) {
	seen := map[string]bool{}
	keys := make([]string, 0, len(t.load.Rows))
	for _, row := range t.load.Rows {
		keys = append(keys, strings.Join(keyTexts(t.table, row.Values), claimwatch.ListSeparator))
	}
	for _, name := range columns {
		at := slices.IndexFunc(t.table.Columns, func(c claimwatch.Column) bool { return c.Name == name })
		for _, row := range t.load.Rows {
			for _, text := range row.Values[at].List() {
				seen[text] = true
			}
		}
		column, _, _ := refParts(t.table.Columns[at])
		for part := range slices.Chunk(keys, listedAtOnce) {
			old, err := t.db.texts(ctx, `SELECT DISTINCT arrayJoin(splitByChar(char(31), `+column+`)) FROM `+refTable(t.load.Table)+`
				WHERE arrayStringConcat([`+refKey(t.table)+`], char(31)) IN {keys:Array(String)}`, named("keys", part))
			if err != nil {
				return nil, err
			}
			for _, text := range old {
				seen[text] = true
			}
		}
	}
	delete(seen, "")
	return slices.Sorted(maps.Keys(seen)), nil
}

// personsWith adds the persons that a query finds for values of columns.
func (t *touching) personsWith(ctx context.Context, columns []string, query string) error {
	values, err := t.values(ctx, columns...)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(values, listedAtOnce) {
		persons, err := t.db.texts(ctx, `SELECT DISTINCT person_id FROM (`+query+`)`, named("values", part))
		if err != nil {
			return err
		}
		t.add(personScopes(persons))
	}
	return nil
}

// items adds the persons with any record of the items.
func (t *touching) items(ctx context.Context, columns ...string) error {
	var parts []string
	for _, kind := range claimwatch.Kinds() {
		if kind.Slot("item_code") >= 0 {
			parts = append(parts, `SELECT person_id FROM `+factTable(kind)+` WHERE item_code IN {values:Array(String)}`)
		}
	}
	return t.personsWith(ctx, columns, strings.Join(parts, " UNION ALL "))
}
