package store_test

import (
	"os"
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"claimwatch"
	"claimwatch/store"
	"claimwatch/store/embedded"
)

// What was acknowledged is there when the program starts again on its directory,
// and Close ends the engine that Open started.
func TestWhatWasAcknowledgedIsThereAfterAReopening(t *testing.T) {
	cfg := store.Config{Embedded: &embedded.Config{Dir: t.TempDir(), Candidate: os.Getenv("CLAIMWATCH_ENGINE"), Connections: 2}}
	core, told := observer.New(zap.InfoLevel)
	db := got(store.Open(t.Context(), cfg, zap.New(core)))(t)
	same(t, "what is logged", told.All()[0].Message, "embedded engine started")
	same(t, "database", db.Database(), "claimwatch")
	engine := db.Engine()
	same(t, "connections", engine.Connections(), 2)
	same(t, "the log names library and version", []any{told.All()[0].ContextMap()["library"], told.All()[0].ContextMap()["version"]}, []any{engine.Library(), engine.Version()})
	must(t, db.CreateTables(t.Context()))
	r := fee("f1", 12_345)
	must(t, db.InsertRecords(t.Context(), stored(2, 7, r)))
	f := finding("FEE-001", "p1", "a", 100)
	changes(t, db, 1000, evaluation(4, f))
	must(t, db.SaveProgress(t.Context(), store.RecordsConsumer, map[int]claimwatch.Progress{2: {Next: 8, ReceivedAt: 5}}))
	must(t, db.Close())
	if err := db.Ping(t.Context()); err == nil {
		t.Error("Ping() after Close() gives no error")
	}
	if err := engine.Close(); err != nil {
		t.Errorf("Close() of an engine that is closed:\n%+v", err)
	}

	again := got(store.Open(t.Context(), cfg, zap.NewNop()))(t)
	defer func() { must(t, again.Close()) }()
	same(t, "count", got(again.CountStored(t.Context()))(t), int64(1))
	same(t, "progress", got(again.LoadProgress(t.Context(), store.RecordsConsumer))(t), map[int]claimwatch.Progress{2: {Next: 8, ReceivedAt: 5}})
	same(t, "facts", allFacts(t, again), map[string]string{f.ID: f.FactsSHA256()})
	lines := got(again.Lines(t.Context(), r.OccurredAt, []claimwatch.Line{{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: "f1"}}))(t)
	same(t, "amount", lines[0].Net, claimwatch.Fen(12_345))
	same(t, "the same evaluation", changes(t, again, 2000, evaluation(4, f)), counts{claimwatch.Opened: 1})
	same(t, "a late one", changes(t, again, 2000, evaluation(3)), counts{})
}

// What could not be evaluated stands beside the findings, each with its own stay
// and reason, and a finding of no person and no stay is one of the institution.
func TestWhatWasNotEvaluatedIsKept(t *testing.T) {
	db := open(t)
	crowd := finding("ADM-017", "p1", "crowd", 0)
	crowd.PersonID, crowd.StayID, crowd.From = nil, nil, nil
	e := evaluation(1, crowd)
	e.Scope = claimwatch.InstitutionScope("H1")
	e.NotEvaluated = []claimwatch.NotEvaluated{
		{Rule: "IDN-001", InstitutionID: "H1", PersonID: "p1", StayID: "s1", Reason: "no face devices"},
		{Rule: "FEE-007", Reason: "table items not loaded"},
	}
	same(t, "changes", changes(t, db, 1000, e), counts{claimwatch.Opened: 1})
	var rules, institutions, persons, stays, reasons []string
	must(t, db.QueryRow(t.Context(), `SELECT persons, stays FROM finding_sets`).Scan(&persons, &stays))
	same(t, "what it is searched by", [][]string{persons, stays}, [][]string{{""}, {""}})
	must(t, db.QueryRow(t.Context(), `SELECT missed_rules, missed_institutions, missed_persons, missed_stays, missed_reasons
		FROM finding_sets`).Scan(&rules, &institutions, &persons, &stays, &reasons))
	same(t, "not evaluated", [][]string{rules, institutions, persons, stays, reasons}, [][]string{
		{"IDN-001", "FEE-007"}, {"H1", ""}, {"p1", ""}, {"s1", ""}, {"no face devices", "table items not loaded"},
	})
	items, _, err := db.Findings(t.Context(), store.FindingQuery{InstitutionID: "H1"})
	must(t, err)
	same(t, "finding without person, stay and time", items[0].Finding, crowd)
	nobody, _, err := db.Findings(t.Context(), store.FindingQuery{PersonID: "p1"})
	must(t, err)
	same(t, "findings of the person", len(nobody), 0)
	// The reasons may change without a finding that does.
	e.Offset, e.NotEvaluated = 2, e.NotEvaluated[:1]
	same(t, "changes", changes(t, db, 2000, e), counts{})
	same(t, "reasons left", number(t, db, "SELECT length(argMax(missed_rules, touched_offset)) FROM finding_sets"), uint64(1))
}
