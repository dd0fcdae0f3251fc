package store_test

import (
	"fmt"
	"slices"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// at makes a record of a person at a moment, with texts in some fields.
func at(kind claimwatch.Kind, person string, moment claimwatch.Instant, fields map[string]string) *claimwatch.Record {
	r := record(kind, "H-"+person, person, fmt.Sprintf("%s-%s-%d", kind, person, moment), moment)
	for name, text := range fields {
		set(r, name, claimwatch.Value{Text: text})
	}
	return r
}

// touched gives the scopes of a second load of a table; the first touches everybody.
func touched(t *testing.T, db *store.DB, table string, rows ...store.ReferenceRow) []claimwatch.Scope {
	t.Helper()
	must(t, db.SaveReference(t.Context(), load(table, 1)))
	scopes := got(db.TouchedBy(t.Context(), load(table, 2, rows...)))(t)
	if scopes == nil {
		return []claimwatch.Scope{}
	}
	return scopes
}

// A month is one of Shanghai: discharges in its first and its last millisecond
// belong to it, though in UTC the first is of the day before (C17).
func TestTouchedByTheEdgesOfAMonth(t *testing.T) {
	db := open(t)
	begin, end := clock("2026-03-01T00:00"), clock("2026-04-01T00:00")
	broken, ill := map[string]string{"diagnoses": "S82.1"}, map[string]string{"diagnoses": "J18.9" + claimwatch.ListSeparator + "S82.1"}
	must(t, db.InsertRecords(t.Context(), stored(0, 1,
		at(claimwatch.Discharge, "before", begin-1, broken), at(claimwatch.Discharge, "first", begin, broken),
		at(claimwatch.Discharge, "last", end-1, nil), at(claimwatch.Admission, "last", begin-5, broken),
		at(claimwatch.Discharge, "after", end, broken), at(claimwatch.Discharge, "ill", begin, ill),
		at(claimwatch.Admission, "admitted", begin+5, broken))))
	month := func(m string) store.ReferenceRow {
		return refRow("los_baselines", 1, map[string]string{"diagnosis_group": "S82", "month": m})
	}
	same(t, "March", touched(t, db, "los_baselines", month("2026-03")), []claimwatch.Scope{"first", "last"})
	same(t, "two months", touched(t, db, "los_baselines", month("2026-02"), month("2026-04")), []claimwatch.Scope{"after", "before"})
	same(t, "another", touched(t, db, "los_baselines", month("2025-03")), []claimwatch.Scope{})
}

// A changed day concerns who was admitted up to 120 days before it and until the
// day after it.
func TestTouchedByTheReachOfADay(t *testing.T) {
	db := open(t)
	const changed = claimwatch.Day(20_500)
	reach := (changed - 120).Midnight()
	urgent := map[string]string{"route": "emergency"}
	must(t, db.InsertRecords(t.Context(), stored(0, 1,
		at(claimwatch.Admission, "too early", reach-1, urgent), at(claimwatch.Admission, "early", reach, urgent),
		at(claimwatch.Admission, "late", (changed+2).Midnight()-1, urgent), at(claimwatch.Admission, "too late", (changed+2).Midnight(), urgent),
		at(claimwatch.Admission, "elective", changed.Midnight(), map[string]string{"route": "elective"}),
		at(claimwatch.Fee, "no admission", changed.Midnight(), nil))))
	same(t, "a day", touched(t, db, "calendar", refRow("calendar", int64(changed), nil)), []claimwatch.Scope{"early", "late"})
	same(t, "no day", touched(t, db, "calendar"), []claimwatch.Scope{})
	same(t, "two days and all between", touched(t, db, "calendar", refRow("calendar", int64(changed)+300, nil), refRow("calendar", int64(changed), nil)),
		[]claimwatch.Scope{"early", "late", "too late"})
}

// An item concerns whoever has a record of any kind that names it, also when the
// load withdraws it; a bed the institutions that charge for it; an item of a
// nursing level whoever was to be nursed at that level.
func TestTouchedByAnItem(t *testing.T) {
	db := open(t)
	moment := clock("2026-03-02T10:00")
	nursed := at(claimwatch.Order, "nursed", moment, map[string]string{"item_code": "N1"})
	nursed.Values[claimwatch.Order.Slot("nursing_level")] = claimwatch.Value{Num: 2, Set: true}
	must(t, db.InsertRecords(t.Context(), stored(0, 1, nursed,
		at(claimwatch.Fee, "charged", moment, map[string]string{"item_code": "I1", "category": "drug"}),
		at(claimwatch.Order, "ordered", moment, map[string]string{"item_code": "I1"}),
		at(claimwatch.ExamReport, "examined", moment, map[string]string{"item_code": "I1"}),
		at(claimwatch.DeviceFitting, "fitted", moment, map[string]string{"item_code": "I1"}),
		at(claimwatch.Fee, "lay", moment, map[string]string{"item_code": "B1", "category": "bed"}),
		at(claimwatch.Fee, "miscalled", moment, map[string]string{"item_code": "B2", "category": "other"}),
		at(claimwatch.Fee, "other", moment, map[string]string{"item_code": "I2", "category": "drug"}))))
	row := func(code, category string) store.ReferenceRow {
		return refRow("items", 1, map[string]string{"item_code": code, "category": category})
	}
	spec, _ := claimwatch.TableNamed("items")
	level := func(code string, n int64) store.ReferenceRow {
		r := row(code, "nursing")
		r.Values[slices.IndexFunc(spec.Columns, func(c claimwatch.Column) bool { return c.Name == "nursing_level" })] = claimwatch.Value{Num: n, Set: true}
		return r
	}
	void := row("I1", "drug")
	void.Void = true
	users := []claimwatch.Scope{"charged", "examined", "fitted", "ordered"}
	same(t, "its users", touched(t, db, "items", row("I1", "drug")), users)
	same(t, "withdrawn", touched(t, db, "items", void), users)
	same(t, "nobody's", touched(t, db, "items", row("I9", "drug")), []claimwatch.Scope{})
	same(t, "a bed by its line", touched(t, db, "items", row("B1", "drug")), []claimwatch.Scope{"inst:H-lay", "lay"})
	same(t, "a bed by its row", touched(t, db, "items", row("B2", "bed")), []claimwatch.Scope{"inst:H-miscalled", "miscalled"})
	elsewhere := row("B2", "other")
	elsewhere.Values[1] = claimwatch.Value{Text: "TY", Set: true}
	must(t, db.SaveReference(t.Context(), load("items", 1, row("B2", "bed"))))
	same(t, "a bed by the row of another region", touched(t, db, "items", elsewhere), []claimwatch.Scope{"inst:H-miscalled", "miscalled"})
	same(t, "of its level", touched(t, db, "items", level("I9", 2)), []claimwatch.Scope{"nursed"})
	same(t, "of another level", touched(t, db, "items", level("I9", 3)), []claimwatch.Scope{})
	must(t, db.SaveReference(t.Context(), load("items", 3, level("N7", 2))))
	same(t, "once of its level", touched(t, db, "items", level("N7", 3)), []claimwatch.Scope{"nursed"})
}

// A row of the whitelist concerns whoever has a finding of its rule, where it is
// about, unless an earlier version was about everybody.
func TestTouchedByTheWhitelist(t *testing.T) {
	db := open(t)
	_ = got(db.SaveEvaluations(t.Context(), []claimwatch.Evaluation{
		evaluation(1, finding("FEE-001", "p1", "a", 1)), {Scope: "p2", Offset: 2, Findings: []claimwatch.Finding{finding("FEE-001", "p2", "b", 1)}},
	}, 1000))(t)
	row := func(id string, texts map[string]string) store.ReferenceRow {
		texts["whitelist_id"], texts["rule"] = id, "FEE-001"
		return refRow("whitelist", 1, texts)
	}
	institution := finding("FEE-001", "p2", "b", 1).InstitutionID
	same(t, "a person", touched(t, db, "whitelist", row("W1", map[string]string{"person_id": "p2"})), []claimwatch.Scope{"p2"})
	same(t, "somebody else", touched(t, db, "whitelist", row("W1", map[string]string{"person_id": "p9"})), []claimwatch.Scope{})
	same(t, "an institution", touched(t, db, "whitelist", row("W1", map[string]string{"institution_id": institution})), []claimwatch.Scope{"p1", "p2"})
	same(t, "another", touched(t, db, "whitelist", row("W1", map[string]string{"institution_id": "H0"})), []claimwatch.Scope{})
	must(t, db.SaveReference(t.Context(), load("whitelist", 3, row("W1", map[string]string{}))))
	same(t, "once for all", touched(t, db, "whitelist", row("W1", map[string]string{"person_id": "p2"})), []claimwatch.Scope{"p1", "p2"})
}

// The lines that an officer names may be none, unknown, or of kinds that cost nothing.
func TestLinesOfNothing(t *testing.T) {
	db := open(t)
	same(t, "none", len(got(db.Lines(t.Context(), 1e12, nil))(t)), 0)
	lines := []claimwatch.Line{
		{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: "x"},
		{Kind: claimwatch.DeviceFitting, InstitutionID: "H1", RecordID: "x"},
		{Kind: claimwatch.Admission, InstitutionID: "H1", RecordID: "x"},
	}
	same(t, "unknown", got(db.Lines(t.Context(), 1e12, lines))(t), make([]store.LineFacts, 3))
}
