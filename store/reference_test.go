package store_test

import (
	"fmt"
	"slices"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// refRow makes a row from texts of some columns; n is what numbers get.
func refRow(table string, n int64, texts map[string]string) store.ReferenceRow {
	spec, _ := claimwatch.TableNamed(table)
	row := store.ReferenceRow{Values: make([]claimwatch.Value, len(spec.Columns))}
	for i, c := range spec.Columns {
		text, given := texts[c.Name]
		if !given && c.Optional {
			continue
		}
		switch c.Type {
		case claimwatch.ColumnBool:
			row.Values[i] = claimwatch.Value{Num: 1, Set: true}
		case claimwatch.ColumnInt, claimwatch.ColumnAmount, claimwatch.ColumnPrice, claimwatch.ColumnNumber, claimwatch.ColumnDay, claimwatch.ColumnTime:
			row.Values[i] = claimwatch.Value{Num: n, Set: true}
		default:
			row.Values[i] = claimwatch.Value{Text: text, Set: text != ""}
		}
	}
	return row
}

func load(table string, seq uint64, rows ...store.ReferenceRow) store.ReferenceLoad {
	return store.ReferenceLoad{Table: table, Seq: seq, KnownFrom: claimwatch.Instant(seq) * 1000, Actor: "key", Rows: rows}
}

// read gives a table as "first text: seq".
func read(t *testing.T, db *store.DB, q store.ReferenceQuery) []string {
	t.Helper()
	rows, _, err := db.Reference(t.Context(), q)
	must(t, err)
	list := []string{}
	for _, row := range rows {
		list = append(list, fmt.Sprintf("%s: %d", row.Values[0].Text, row.Seq))
	}
	return list
}

// Every column of every table comes back as it was, with its optional columns
// empty and filled, on days before 1970 too.
func TestReferenceKeepsEveryColumn(t *testing.T) {
	db := open(t)
	for _, table := range claimwatch.Tables() {
		full := map[string]string{}
		for _, c := range table.Columns {
			full[c.Name] = "it's " + c.Name
			if c.Type == claimwatch.ColumnList {
				full[c.Name] = "a" + claimwatch.ListSeparator + "b"
			}
		}
		short := map[string]string{}
		for _, c := range table.Columns {
			if !c.Optional {
				short[c.Name] = "z"
			}
		}
		want := []store.ReferenceRow{refRow(table.Name, -12_000, full), refRow(table.Name, 7, short)}
		must(t, db.SaveReference(t.Context(), load(table.Name, 5, want...)))
		rows, next, err := db.Reference(t.Context(), store.ReferenceQuery{Table: table.Name})
		must(t, err)
		same(t, "next", next, "")
		if len(rows) == 2 && rows[0].Values[0] != want[0].Values[0] {
			slices.Reverse(rows)
		}
		for i := range want {
			want[i].Seq, want[i].KnownFrom, want[i].Actor = 5, 5000, "key"
		}
		same(t, table.Name, rows, want)
	}
	same(t, "loaded", len(got(db.LoadedTables(t.Context()))(t)), len(claimwatch.Tables()))
}

func TestReferenceVersions(t *testing.T) {
	db := open(t)
	agency := func(id, city string) store.ReferenceRow {
		return refRow("agencies", 0, map[string]string{"agency_id": id, "city": city, "name": "n"})
	}
	withdrawn := agency("b", "T")
	withdrawn.Void = true
	for range 2 { // every load repeated after a crash
		must(t, db.SaveReference(t.Context(), load("agencies", 1, agency("a", "T"), agency("b", "T"), agency("b", "U"))))
		must(t, db.SaveReference(t.Context(), load("agencies", 3, agency("a", "U"), agency("c", "U"))))
		must(t, db.SaveReference(t.Context(), load("agencies", 4, withdrawn)))
	}
	query := store.ReferenceQuery{Table: "agencies"}
	same(t, "now", read(t, db, query), []string{"a: 3", "c: 3"})
	query.WithVoid = true
	same(t, "with void", read(t, db, query), []string{"a: 3", "b: 4", "c: 3"})
	query.WithVoid, query.AsOfSeq = false, 3
	same(t, "as of 3", read(t, db, query), []string{"a: 3", "b: 1", "c: 3"})
	query.Where = map[string]string{"city": "U"}
	same(t, "the last of a load counts", read(t, db, query), []string{"a: 3", "b: 1", "c: 3"})
	query.Where = map[string]string{"city": "T"}
	same(t, "filter on the current row", read(t, db, query), []string{})
	history := got(db.ReferenceHistory(t.Context(), "agencies", []claimwatch.Value{{Text: "b", Set: true}}))(t)
	same(t, "history", len(history), 3)
	same(t, "withdrawn", history[2].Void, true)
	query.Where = map[string]string{"city` = '' OR 1": "T"}
	if _, _, err := db.Reference(t.Context(), query); claimwatch.CodeOf(err) != claimwatch.CodeBadQuery {
		t.Errorf("Reference() error:\n%+v, want bad_query", err)
	}
	if _, _, err := db.Reference(t.Context(), store.ReferenceQuery{Table: "fees"}); claimwatch.CodeOf(err) != claimwatch.CodeNotFound {
		t.Errorf("Reference() error:\n%+v, want not_found", err)
	}
}

func TestReferencePages(t *testing.T) {
	db := open(t)
	var rows []store.ReferenceRow
	for i := range 30 {
		rows = append(rows, refRow("physicians", int64(i), map[string]string{
			"physician_id": fmt.Sprintf("d%02d", i/2), "suspended_from": []string{"", "x"}[i%2], "name_masked": "n", "institution_id": "H1",
		}))
	}
	rows[0].Values[1], rows[2].Values[1] = claimwatch.Value{}, claimwatch.Value{}
	must(t, db.SaveReference(t.Context(), load("physicians", 1, rows...)))
	query, count := store.ReferenceQuery{Table: "physicians", Limit: 7}, 0
	for {
		page, next, err := db.Reference(t.Context(), query)
		must(t, err)
		count += len(page)
		if query.Cursor = next; next == "" {
			break
		}
	}
	same(t, "rows", count, 30)
}

func TestEmptyLoadIsALoad(t *testing.T) {
	db := open(t)
	same(t, "never", got(db.LoadedTables(t.Context()))(t), map[string]uint64{})
	must(t, db.SaveReference(t.Context(), load("laws", 7)))
	same(t, "loaded", got(db.LoadedTables(t.Context()))(t), map[string]uint64{"laws": 7})
	same(t, "rows", read(t, db, store.ReferenceQuery{Table: "laws"}), []string{})
}

// Whom a load touches, for each table: one person is concerned, another is not.
func TestTouchedBy(t *testing.T) {
	db := open(t)
	touched, other := clock("2026-03-02T10:00"), clock("2025-03-02T10:00")
	with := func(kind claimwatch.Kind, person string, at claimwatch.Instant, fields map[string]string) *claimwatch.Record {
		institution := map[string]string{"p1": "H1", "p2": "H2", "p3": "H3"}[person]
		r := record(kind, institution, person, fmt.Sprintf("%s-%d", person, at), at)
		for name, text := range fields {
			r.Values[kind.Slot(name)] = claimwatch.Value{Text: text, Set: true}
		}
		return r
	}
	must(t, db.InsertRecords(t.Context(), stored(0, 1,
		with(claimwatch.Admission, "p1", touched, map[string]string{"injury_case_id": "C1", "physician_id": "D1", "route": "emergency", "diagnoses": "A01.1"}),
		with(claimwatch.Discharge, "p1", touched+1, nil),
		with(claimwatch.Order, "p1", touched+1, map[string]string{"item_code": "I3", "physician_id": "D2"}),
		with(claimwatch.Fee, "p1", touched+2, map[string]string{"item_code": "I1", "category": "bed"}),
		with(claimwatch.Admission, "p2", other, nil),
		with(claimwatch.Discharge, "p2", other+1, nil),
		with(claimwatch.Fee, "p2", other+2, map[string]string{"item_code": "N1", "category": "nursing"}),
		with(claimwatch.Order, "p3", other, map[string]string{"item_code": "I3"}),
	)))
	_ = got(db.SaveEvaluations(t.Context(), []claimwatch.Evaluation{evaluation(1, finding("FEE-001", "p1", "a", 1))}, 1000))(t)
	day := int64(touched.Day())
	everybody := []claimwatch.Scope{"p3", "p2", "p1", "inst:H1", "inst:H2", "inst:H3"} // persons in the order of the tables
	for table, test := range map[string]struct {
		texts map[string]string
		n     int64
		want  []claimwatch.Scope
	}{
		"institutions":    {map[string]string{"institution_id": "H1"}, 1, []claimwatch.Scope{"inst:H1", "p1"}},
		"agreements":      {map[string]string{"institution_id": "H1"}, 1, []claimwatch.Scope{"p1"}},
		"persons":         {map[string]string{"person_id": "p1"}, 1, []claimwatch.Scope{"p1"}},
		"injury_cases":    {map[string]string{"injury_case_id": "C1", "person_id": "p3"}, 1, []claimwatch.Scope{"p1"}},
		"items":           {map[string]string{"item_code": "I1", "category": "drug"}, 1, []claimwatch.Scope{"inst:H1", "p1"}},
		"item_limits":     {map[string]string{"limit_id": "L", "item_code": "I1"}, 1, []claimwatch.Scope{"p1"}},
		"item_pairs":      {map[string]string{"pair_id": "P", "item_code": "N1", "included_code": "I1"}, 1, []claimwatch.Scope{"p1"}},
		"item_packages":   {map[string]string{"package_code": "K", "component_codes": "X" + claimwatch.ListSeparator + "I1"}, 1, []claimwatch.Scope{"p1"}},
		"swaps":           {map[string]string{"high_code": "I1", "low_code": "I3"}, 1, []claimwatch.Scope{"p1"}},
		"physicians":      {map[string]string{"physician_id": "D2"}, 1, []claimwatch.Scope{"p1"}},
		"referrals":       {map[string]string{"referral_id": "R", "person_id": "p1"}, 1, []claimwatch.Scope{"p1"}},
		"appraisals":      {map[string]string{"appraisal_id": "A", "person_id": "p1"}, 1, []claimwatch.Scope{"p1"}},
		"los_baselines":   {map[string]string{"diagnosis_group": "A01", "month": "2026-03"}, 1, []claimwatch.Scope{"p1"}},
		"whitelist":       {map[string]string{"whitelist_id": "W", "rule": "FEE-001"}, 1, []claimwatch.Scope{"p1"}},
		"calendar":        {nil, day + 7, []claimwatch.Scope{"p1"}},
		"laws":            {map[string]string{"law_id": "S"}, 1, []claimwatch.Scope{"p1"}},
		"agencies":        {map[string]string{"agency_id": "G"}, 1, []claimwatch.Scope{}},
		"assessments":     {map[string]string{"institution_id": "H1"}, 2020, []claimwatch.Scope{}},
		"holds":           {map[string]string{"hold_id": "H", "institution_id": "H1"}, 1, []claimwatch.Scope{}},
		"policies":        {map[string]string{"policy": "pay_day"}, 1, []claimwatch.Scope{}},
		"rule_parameters": {map[string]string{"parameter_id": "P", "rule": "ADM-001", "name": "days"}, 1, slices.Clone(everybody)},
	} {
		t.Run(table, func(t *testing.T) {
			row := refRow(table, test.n, test.texts)
			first, all := load(table, 10), everybody
			if store.NoRuleReads(table) {
				all = nil
			}
			same(t, "first load", got(db.TouchedBy(t.Context(), first))(t), all)
			must(t, db.SaveReference(t.Context(), first))
			same(t, "first load, saved", got(db.TouchedBy(t.Context(), first))(t), all)
			for _, when := range []string{"before", "after"} {
				scopes := got(db.TouchedBy(t.Context(), load(table, 20, row)))(t)
				slices.Sort(test.want)
				if scopes == nil {
					scopes = []claimwatch.Scope{}
				}
				same(t, when, scopes, test.want)
				must(t, db.SaveReference(t.Context(), load(table, 20, row)))
			}
		})
	}
	same(t, "tables thought through", len(claimwatch.Tables()), 21)
}

// What is published for a city concerns who was ever there, with the city of the
// row and with that of the row before.
func TestTouchedByTheParametersOfACity(t *testing.T) {
	db := open(t)
	for i, place := range []string{"1", "2", "3"} {
		must(t, db.InsertRecords(t.Context(), stored(0, int64(i), record(claimwatch.Admission, "H"+place, "p"+place, "a"+place, 1e12))))
		must(t, db.SaveReference(t.Context(), load("institutions", uint64(i+1),
			refRow("institutions", 1, map[string]string{"institution_id": "H" + place, "city": "city " + place}))))
	}
	must(t, db.SaveReference(t.Context(), load(claimwatch.RuleParameters, 4)))
	publish := func(seq uint64, city string) store.ReferenceLoad {
		return load(claimwatch.RuleParameters, seq, refRow(claimwatch.RuleParameters, 1, map[string]string{"parameter_id": "P", "name": "days", "city": city}))
	}
	must(t, db.SaveReference(t.Context(), publish(5, "city 1")))
	same(t, "the city", got(db.TouchedBy(t.Context(), publish(5, "city 1")))(t), []claimwatch.Scope{"inst:H1", "p1"})
	same(t, "another city", got(db.TouchedBy(t.Context(), publish(6, "city 3")))(t), []claimwatch.Scope{"inst:H1", "inst:H3", "p1", "p3"})
	same(t, "everywhere", len(got(db.TouchedBy(t.Context(), publish(6, "")))(t)), 6)
}

// A row that moves from one person or item to another touches both.
func TestTouchedByTheOldVersionToo(t *testing.T) {
	db := open(t)
	for i, person := range []string{"p1", "p2"} {
		must(t, db.InsertRecords(t.Context(), stored(0, int64(i), record(claimwatch.Admission, "H1", person, "a"+person, 1e12))))
	}
	must(t, db.SaveReference(t.Context(), load("referrals", 1)))
	must(t, db.SaveReference(t.Context(), load("referrals", 2, refRow("referrals", 1, map[string]string{"referral_id": "R", "person_id": "p1"}))))
	moved := load("referrals", 3, refRow("referrals", 1, map[string]string{"referral_id": "R", "person_id": "p2"}))
	same(t, "scopes", got(db.TouchedBy(t.Context(), moved))(t), []claimwatch.Scope{"p1", "p2"})
	// Nursing: what a level costs depends on all its items.
	nursing := record(claimwatch.Order, "H1", "p9", "o", 1e12)
	nursing.Values[claimwatch.Order.Slot("nursing_level")] = claimwatch.Value{Num: 1, Set: true}
	must(t, db.InsertRecords(t.Context(), stored(0, 9, nursing)))
	must(t, db.SaveReference(t.Context(), load("items", 4, refRow("items", 1, map[string]string{"item_code": "N7", "category": "nursing", "nursing_level": "1"}))))
	plain := load("items", 5, refRow("items", 1, map[string]string{"item_code": "N7", "category": "drug"}))
	same(t, "an item that was nursing", got(db.TouchedBy(t.Context(), plain))(t), []claimwatch.Scope{"p9"})
	// A row of the whitelist that is about another rule from now on.
	_ = got(db.SaveEvaluations(t.Context(), []claimwatch.Evaluation{
		{Scope: "p1", Offset: 1, Findings: []claimwatch.Finding{finding("FEE-001", "p1", "a", 1)}},
		{Scope: "inst:H1", Offset: 1, Findings: []claimwatch.Finding{finding("ADM-012", "p2", "b", 1)}},
	}, 1000))(t)
	row := map[string]string{"whitelist_id": "W", "rule": "FEE-001"}
	must(t, db.SaveReference(t.Context(), load("whitelist", 6, refRow("whitelist", 1, row))))
	row["rule"] = "ADM-012"
	same(t, "a row about another rule", got(db.TouchedBy(t.Context(), load("whitelist", 7, refRow("whitelist", 1, row))))(t),
		[]claimwatch.Scope{"inst:H1", "p1"})
}
