package store

import (
	"context"
	"slices"

	"claimwatch"
)

// institutions adds the institutions of the load and everybody with a record there.
func (t *touching) institutions(ctx context.Context) error {
	if err := t.institutionsAlone(ctx); err != nil {
		return err
	}
	return t.personsWith(ctx, []string{"institution_id"}, `SELECT person_id FROM identities WHERE institution_id IN {values:Array(String)}`)
}

func (t *touching) institutionsAlone(ctx context.Context) error {
	ids, err := t.values(ctx, "institution_id")
	for _, id := range ids {
		t.scopes[claimwatch.InstitutionScope(id)] = true
	}
	return err
}

// persons adds the persons of the load and the institutions where they have
// records: rules across an institution may read the persons table.
func (t *touching) persons(ctx context.Context) error {
	persons, err := t.values(ctx, "person_id")
	if err != nil {
		return err
	}
	for part := range slices.Chunk(persons, listedAtOnce) {
		institutions, err := t.db.texts(ctx, `SELECT DISTINCT institution_id FROM identities WHERE person_id IN {persons:Array(String)}`,
			named("persons", part))
		if err != nil {
			return err
		}
		known, err := t.db.texts(ctx, `SELECT DISTINCT person_id FROM identities WHERE person_id IN {persons:Array(String)}`, named("persons", part))
		if err != nil {
			return err
		}
		t.add(personScopes(known))
		t.add(institutionScopes(institutions))
	}
	return nil
}

// nursing adds everybody with nursing lines when the load changes an item of
// nursing: what a level should have cost is the smallest cap among all items of
// the level (rules.md, FEE-015), so such a row concerns lines of other items.
func (t *touching) nursing(ctx context.Context) error {
	codes, err := t.values(ctx, "item_code")
	if err != nil {
		return err
	}
	concerned := false
	for _, row := range t.load.Rows {
		for i, c := range t.table.Columns {
			concerned = concerned || (c.Name == "nursing_level" && row.Values[i].Set) || (c.Name == "category" && row.Values[i].Text == "nursing")
		}
	}
	if !concerned {
		for part := range slices.Chunk(codes, listedAtOnce) {
			old, err := t.db.texts(ctx, `SELECT item_code FROM ref_items
				WHERE item_code IN {codes:Array(String)} AND (isNotNull(nursing_level) OR category = 'nursing') LIMIT 1`, named("codes", part))
			if err != nil {
				return err
			}
			concerned = concerned || len(old) > 0
		}
	}
	if !concerned {
		return nil
	}
	persons, err := t.db.texts(ctx, `SELECT DISTINCT person_id FROM fees WHERE category = 'nursing'
		OR item_code IN (SELECT item_code FROM ref_items WHERE isNotNull(nursing_level) OR category = 'nursing')`)
	t.add(personScopes(persons))
	return err
}

// beds adds the institutions that charge for beds with items of the load, or
// would: what a bed day is their rows tell (rules.md, ADM-012).
func (t *touching) beds(ctx context.Context) error {
	codes, err := t.values(ctx, "item_code")
	if err != nil {
		return err
	}
	var beds []string
	item := slices.IndexFunc(t.table.Columns, func(c claimwatch.Column) bool { return c.Name == "item_code" })
	category := slices.IndexFunc(t.table.Columns, func(c claimwatch.Column) bool { return c.Name == "category" })
	for _, row := range t.load.Rows {
		if row.Values[category].Text == "bed" {
			beds = append(beds, row.Values[item].Text)
		}
	}
	for part := range slices.Chunk(codes, listedAtOnce) {
		institutions, err := t.db.texts(ctx, `SELECT DISTINCT institution_id FROM fees WHERE item_code IN {codes:Array(String)}
				AND (category = 'bed' OR item_code IN {beds:Array(String)} OR item_code IN (SELECT item_code FROM ref_items WHERE category = 'bed'))`,
			named("codes", part), named("beds", beds))
		if err != nil {
			return err
		}
		t.add(institutionScopes(institutions))
	}
	return nil
}

// calendarReach is how many days before a changed day a stay may begin whose
// term of working days can reach it, with margin: the longest term of a rule is
// five working days, the longest run of holidays ten days.
const calendarReach = 120

// calendar adds everybody admitted within reach of the days of the load.
func (t *touching) calendar(ctx context.Context) error {
	at := slices.IndexFunc(t.table.Columns, func(c claimwatch.Column) bool { return c.Name == "day" })
	days := make([]int64, 0, len(t.load.Rows))
	for _, row := range t.load.Rows {
		days = append(days, row.Values[at].Num)
	}
	if len(days) == 0 {
		return nil
	}
	from := claimwatch.Day(slices.Min(days) - calendarReach).Midnight()
	until := claimwatch.Day(slices.Max(days) + 2).Midnight()
	persons, err := t.db.texts(ctx, `SELECT DISTINCT person_id FROM admissions
		WHERE occurred_at >= fromUnixTimestamp64Milli({from:Int64}) AND occurred_at < fromUnixTimestamp64Milli({until:Int64})`,
		named("from", millis(from)), named("until", millis(until)))
	t.add(personScopes(persons))
	return err
}

// whitelist adds the scopes with findings of the rules of the load.
func (t *touching) whitelist(ctx context.Context) error {
	rules, err := t.values(ctx, "rule")
	if err != nil || len(rules) == 0 {
		return err
	}
	scopes, err := t.db.texts(ctx, `SELECT DISTINCT scope FROM finding_sets WHERE hasAny(rules, {rules:Array(String)})`, named("rules", rules))
	t.add(scopesOf(scopes))
	return err
}
