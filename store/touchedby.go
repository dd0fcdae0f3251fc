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

// NoRuleReads says of a table that no rule reads it: names on documents, and what
// settlements alone look at. A load of it touches nobody.
func NoRuleReads(table string) bool {
	switch table {
	case "agencies", "assessments", "holds", claimwatch.Policies:
		return true
	default:
		return false
	}
}

// TouchedBy lists the scopes that a load could change, before or after it is
// saved: too many do no harm, one too few would be a finding that is wrong for
// ever. The rows as they were before count as well as those loaded. The first
// load of a table touches everybody, since rules that were "not evaluated:
// table not loaded" now are.
func (db *DB) TouchedBy(ctx context.Context, load ReferenceLoad) ([]claimwatch.Scope, error) {
	table, err := tableOf(load.Table)
	if err != nil || NoRuleReads(load.Table) {
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

// find knows what each table is about: which records its rows are looked up
// for. rules/touched_test.go holds it against all rules.
func (t *touching) find(ctx context.Context) error {
	switch t.load.Table {
	case "institutions":
		return t.institutions(ctx)
	case "agreements":
		return t.personsWith(ctx, []string{"institution_id"}, `SELECT person_id FROM identities WHERE institution_id IN {values:Array(String)}`)
	case "persons", "referrals", "appraisals":
		return t.personsWith(ctx, []string{"person_id"}, `SELECT person_id FROM identities WHERE person_id IN {values:Array(String)}`)
	case "injury_cases":
		return t.personsWith(ctx, []string{"injury_case_id"}, `SELECT person_id FROM admissions WHERE injury_case_id IN {values:Array(String)}`)
	case "items":
		return t.catalogue(ctx)
	case "item_limits":
		return t.items(ctx, claimwatch.Fee, "item_code")
	case "item_pairs":
		return t.items(ctx, claimwatch.Fee, "included_code")
	case "item_packages":
		return t.items(ctx, claimwatch.Fee, "component_codes")
	case "swaps":
		return t.items(ctx, claimwatch.Fee, "high_code")
	case "physicians":
		return t.personsWith(ctx, []string{"physician_id"}, `
			SELECT person_id FROM fees WHERE physician_id IN {values:Array(String)}
			UNION ALL SELECT person_id FROM orders WHERE physician_id IN {values:Array(String)}`)
	case "los_baselines":
		return t.baselines(ctx)
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

// items adds the persons with records of a kind, or of any kind with an item for
// KindNone, that name the items of some columns.
func (t *touching) items(ctx context.Context, only claimwatch.Kind, columns ...string) error {
	var parts []string
	for _, kind := range claimwatch.Kinds() {
		if kind.Slot("item_code") >= 0 && (kind == only || only == claimwatch.KindNone) {
			parts = append(parts, `SELECT person_id FROM `+factTable(kind)+` WHERE item_code IN {values:Array(String)}`)
		}
	}
	return t.personsWith(ctx, columns, strings.Join(parts, " UNION ALL "))
}
