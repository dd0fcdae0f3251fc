package store

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"claimwatch"
)

// institutions adds the institutions of the load, for their beds, and everybody
// with a record there, for its level, its city and what it requires.
func (t *touching) institutions(ctx context.Context) error {
	ids, err := t.values(ctx, "institution_id")
	if err != nil {
		return err
	}
	t.add(institutionScopes(ids))
	return t.personsWith(ctx, []string{"institution_id"}, `SELECT person_id FROM identities WHERE institution_id IN {values:Array(String)}`)
}

// catalogue adds whom a load of items touches: the persons with any record of
// the items, the institutions with bed lines of them (ADM-012), and whoever has
// an order of the nursing levels that the items are of.
func (t *touching) catalogue(ctx context.Context) error {
	if err := t.items(ctx, claimwatch.KindNone, "item_code"); err != nil {
		return err
	}
	if err := t.beds(ctx); err != nil {
		return err
	}
	return t.nursing(ctx)
}

// beds adds the institutions with lines of the items that are or were beds, by a
// row of the item under any key or, should there have been none, by themselves.
func (t *touching) beds(ctx context.Context) error {
	codes, err := t.values(ctx, "item_code")
	if err != nil {
		return err
	}
	var loaded []string
	for _, row := range t.load.Rows {
		if at(t.table, row, "category").Text == "bed" {
			loaded = append(loaded, at(t.table, row, "item_code").Text)
		}
	}
	for part := range slices.Chunk(codes, listedAtOnce) {
		institutions, err := t.db.texts(ctx, `SELECT DISTINCT institution_id FROM fees
			WHERE item_code IN {codes:Array(String)} AND (category = 'bed' OR item_code IN {loaded:Array(String)} OR item_code IN (
				SELECT item_code FROM ref_items WHERE item_code IN {codes:Array(String)} AND category = 'bed'))`,
			named("codes", part), named("loaded", loaded))
		if err != nil {
			return err
		}
		t.add(institutionScopes(institutions))
	}
	return nil
}

// at is the value of a column.
func at(table claimwatch.Table, row ReferenceRow, column string) claimwatch.Value {
	return row.Values[slices.IndexFunc(table.Columns, func(c claimwatch.Column) bool { return c.Name == column })]
}

// nursing adds everybody with an order of a nursing level that an item of the
// load has or had: what a level should have cost is the smallest cap among all
// items of the level (rules.md, FEE-015), so such a row concerns lines of other
// items.
func (t *touching) nursing(ctx context.Context) error {
	levels := map[string]bool{}
	for _, row := range t.load.Rows {
		if level := at(t.table, row, "nursing_level"); level.Set {
			levels[strconv.FormatInt(level.Num, 10)] = true
		}
	}
	codes, err := t.values(ctx, "item_code")
	if err != nil {
		return err
	}
	for part := range slices.Chunk(codes, listedAtOnce) {
		old, err := t.db.texts(ctx, `SELECT DISTINCT toString(assumeNotNull(nursing_level)) FROM ref_items
			WHERE item_code IN {codes:Array(String)} AND isNotNull(nursing_level)`, named("codes", part))
		if err != nil {
			return err
		}
		for _, level := range old {
			levels[level] = true
		}
	}
	if len(levels) == 0 {
		return nil
	}
	persons, err := t.db.texts(ctx, `SELECT DISTINCT person_id FROM orders WHERE toString(nursing_level) IN {levels:Array(String)}`,
		named("levels", slices.Sorted(maps.Keys(levels))))
	t.add(personScopes(persons))
	return err
}

// baselines adds everybody discharged in a month of the load whose discharge or
// admission names a diagnosis of one of its groups first (rules.md 1.11).
func (t *touching) baselines(ctx context.Context) error {
	months, err := t.values(ctx, "month")
	if err != nil {
		return err
	}
	groups, err := t.values(ctx, "diagnosis_group")
	if err != nil {
		return err
	}
	persons, err := t.db.texts(ctx, `SELECT DISTINCT person_id FROM discharges
		WHERE formatDateTime(occurred_at, '%Y-%m') IN {months:Array(String)} AND (
			substringUTF8(diagnoses[1], 1, 3) IN {groups:Array(String)} OR person_id IN (
				SELECT person_id FROM admissions WHERE substringUTF8(diagnoses[1], 1, 3) IN {groups:Array(String)}))`,
		named("months", months), named("groups", groups))
	t.add(personScopes(persons))
	return err
}

// calendarReach is how many days before a changed day a stay may begin whose
// term of working days can reach it, with margin: the longest term of a rule is
// five working days, the longest run of holidays ten days.
const calendarReach = 120

// calendar adds everybody admitted as an emergency within reach of the days of
// the load (IDN-005).
func (t *touching) calendar(ctx context.Context) error {
	days := make([]int64, 0, len(t.load.Rows))
	for _, row := range t.load.Rows {
		days = append(days, at(t.table, row, "day").Num)
	}
	if len(days) == 0 {
		return nil
	}
	from := claimwatch.Day(slices.Min(days) - calendarReach).Midnight()
	until := claimwatch.Day(slices.Max(days) + 2).Midnight()
	persons, err := t.db.texts(ctx, `SELECT DISTINCT person_id FROM admissions
		WHERE route = 'emergency' AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}) AND occurred_at < fromUnixTimestamp64Milli({until:Int64})`,
		named("from", millis(from)), named("until", millis(until)))
	t.add(personScopes(persons))
	return err
}

// whitelist adds the scopes with findings of the rules of the load, of its
// institutions and persons when every row names one.
func (t *touching) whitelist(ctx context.Context) error {
	rules, err := t.values(ctx, "rule")
	if err != nil || len(rules) == 0 {
		return err
	}
	where := "hasAny(rules, {rules:Array(String)})"
	args := []any{named("rules", rules)}
	for column, found := range map[string]string{"institution_id": "institutions", "person_id": "persons"} {
		ids, all, err := t.named(ctx, column)
		if err != nil {
			return err
		}
		if all {
			where += " AND hasAny(" + found + ", {" + found + ":Array(String)})"
			args = append(args, named(found, ids))
		}
	}
	scopes, err := t.db.texts(ctx, `SELECT DISTINCT scope FROM finding_sets WHERE `+where, args...)
	t.add(scopesOf(scopes))
	return err
}

// named gives the values of a column of the whitelist in the loaded rows and in
// every earlier version of them, and whether all of these have one.
func (t *touching) named(ctx context.Context, column string) (values []string, all bool, err error) {
	for _, row := range t.load.Rows {
		if !at(t.table, row, column).Set {
			return nil, false, nil
		}
	}
	ids, err := t.values(ctx, "whitelist_id")
	if err != nil {
		return nil, false, err
	}
	for part := range slices.Chunk(ids, listedAtOnce) {
		var without uint64
		if err := t.db.QueryRow(ctx, `SELECT count() FROM ref_whitelist WHERE whitelist_id IN {ids:Array(String)} AND `+quoteName(column)+` = ''`,
			named("ids", part)).Scan(&without); err != nil || without > 0 {
			return nil, false, err
		}
	}
	values, err = t.values(ctx, column)
	return values, true, err
}
