package store_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"

	"claimwatch"
	"claimwatch/store"
	"claimwatch/store/storetest"
)

// canary stands for everything that an error must not tell: it is in every
// value that calls hands over.
const canary = "440106198001011234"

// calls are all that a store can be asked for or given, with the canary in it.
func calls() map[string]func(context.Context, *store.DB) error {
	type call = func(context.Context, *store.DB) error
	person, scope := canary, claimwatch.Scope(canary)
	at := clock("2026-01-02T03:04")
	batch := stored(0, 1, record(claimwatch.Fee, canary, canary, canary, at))
	one := finding("FEE-001", person, canary, 1)
	ids := []claimwatch.Identity{{InstitutionID: canary, Kind: claimwatch.Fee, RecordID: canary}}
	agency := refRow("agencies", 0, map[string]string{"agency_id": canary, "city": canary, "name": canary})
	upload := claimwatch.Upload{ReceiptID: canary, InstitutionID: canary}
	return map[string]call{
		"InsertRecords": func(ctx context.Context, db *store.DB) error { return db.InsertRecords(ctx, batch) },
		"InsertConflicts": func(ctx context.Context, db *store.DB) error {
			return db.InsertConflicts(ctx, []claimwatch.Conflict{{Identity: ids[0], PersonID: canary, StayID: canary}})
		},
		"LookupIdentities": func(ctx context.Context, db *store.DB) error {
			_, err := db.LookupIdentities(ctx, ids)
			return err
		},
		"EachIdentityKey": func(ctx context.Context, db *store.DB) error {
			return db.EachIdentityKey(ctx, []int{1}, func([16]byte) {})
		},
		"CountStored": func(ctx context.Context, db *store.DB) error { _, err := db.CountStored(ctx); return err },
		"Latest":      func(ctx context.Context, db *store.DB) error { _, _, err := db.Latest(ctx); return err },
		"SaveClocks": func(ctx context.Context, db *store.DB) error {
			return db.SaveClocks(ctx, []claimwatch.Clock{{InstitutionID: canary}}, 1)
		},
		"Clocks":      func(ctx context.Context, db *store.DB) error { _, err := db.Clocks(ctx, canary); return err },
		"ExactClock":  func(ctx context.Context, db *store.DB) error { _, _, err := db.ExactClock(ctx, canary, at); return err },
		"ExactClocks": func(ctx context.Context, db *store.DB) error { _, err := db.ExactClocks(ctx, at); return err },
		"PersonsOf":   func(ctx context.Context, db *store.DB) error { _, err := db.PersonsOf(ctx, canary); return err },
		"Scopes":      func(ctx context.Context, db *store.DB) error { _, err := db.Scopes(ctx); return err },
		"Lines": func(ctx context.Context, db *store.DB) error {
			_, err := db.Lines(ctx, at, one.Lines)
			return err
		},
		"SaveEvaluations": func(ctx context.Context, db *store.DB) error {
			_, err := db.SaveEvaluations(ctx, []claimwatch.Evaluation{{Scope: scope, Findings: []claimwatch.Finding{one}}}, at)
			return err
		},
		"Findings": func(ctx context.Context, db *store.DB) error {
			_, _, err := db.Findings(ctx, store.FindingQuery{PersonID: canary, IDs: []string{canary}})
			return err
		},
		"Finding": func(ctx context.Context, db *store.DB) error { _, _, _, err := db.Finding(ctx, canary); return err },
		"AllFacts": func(ctx context.Context, db *store.DB) error {
			return db.AllFacts(ctx, func(_, _, _ string) error { return nil })
		},
		"ScopesWithFindings": func(ctx context.Context, db *store.DB) error {
			_, err := db.ScopesWithFindings(ctx)
			return err
		},
		"DueScopes": func(ctx context.Context, db *store.DB) error {
			_, err := db.DueScopes(ctx, at, map[string]claimwatch.Instant{canary: at})
			return err
		},
		"NextDue": func(ctx context.Context, db *store.DB) error { _, _, err := db.NextDue(ctx); return err },
		"SaveJournal": func(ctx context.Context, db *store.DB) error {
			return db.SaveJournal(ctx, []store.JournalRow{{Seq: 1, Actor: canary, Body: []byte(canary)}})
		},
		"Journal": func(ctx context.Context, db *store.DB) error {
			_, err := db.Journal(ctx, store.JournalQuery{Limit: 1})
			return err
		},
		"JournalHead": func(ctx context.Context, db *store.DB) error { _, _, err := db.JournalHead(ctx); return err },
		"SaveReviews": func(ctx context.Context, db *store.DB) error {
			return db.SaveReviews(ctx, []store.ReviewRow{{Seq: 1, FindingID: canary}})
		},
		"Reviews": func(ctx context.Context, db *store.DB) error {
			_, _, err := db.Review(ctx, canary)
			return err
		},
		"SaveRejected": func(ctx context.Context, db *store.DB) error {
			return db.SaveRejected(ctx, []store.RejectedRow{{Seq: 1, RecordID: canary, Body: []byte(canary)}})
		},
		"Rejected": func(ctx context.Context, db *store.DB) error { _, err := db.Rejected(ctx, canary, canary); return err },
		"SaveRejectedLists": func(ctx context.Context, db *store.DB) error {
			return db.SaveRejectedLists(ctx, []store.RejectedListRow{{Seq: 1, Number: canary, Body: []byte(canary)}})
		},
		"RejectedLists": func(ctx context.Context, db *store.DB) error { _, err := db.RejectedLists(ctx, canary); return err },
		"SaveAttachments": func(ctx context.Context, db *store.DB) error {
			return db.SaveAttachments(ctx, []store.AttachmentRow{{Seq: 1, SHA256: canary, Body: []byte(canary)}})
		},
		"Attachment": func(ctx context.Context, db *store.DB) error { _, _, err := db.Attachment(ctx, canary); return err },
		"SaveKeys": func(ctx context.Context, db *store.DB) error {
			return db.SaveKeys(ctx, []store.KeyRow{{Seq: 1, Hash: canary, Label: canary}})
		},
		"Keys": func(ctx context.Context, db *store.DB) error { _, err := db.Keys(ctx); return err },
		"SaveIdempotent": func(ctx context.Context, db *store.DB) error {
			return db.SaveIdempotent(ctx, store.IdempotentAnswer{Scope: canary, Key: canary, Body: []byte(canary)})
		},
		"Idempotent": func(ctx context.Context, db *store.DB) error {
			_, _, err := db.Idempotent(ctx, canary, canary, at)
			return err
		},
		"InsertReceiptParts": func(ctx context.Context, db *store.DB) error {
			return db.InsertReceiptParts(ctx, []claimwatch.ReceiptPart{{Upload: upload}})
		},
		"Receipt": func(ctx context.Context, db *store.DB) error { _, _, err := db.Receipt(ctx, canary); return err },
		"InsertQuarantined": func(ctx context.Context, db *store.DB) error {
			return db.InsertQuarantined(ctx, []claimwatch.Quarantined{{ID: canary, Raw: []byte(canary)}}, nil)
		},
		"Quarantine": func(ctx context.Context, db *store.DB) error {
			_, _, err := db.Quarantine(ctx, store.QuarantineQuery{InstitutionID: canary})
			return err
		},
		"SaveReference": func(ctx context.Context, db *store.DB) error {
			return db.SaveReference(ctx, load("agencies", 1, agency))
		},
		"LoadedTables": func(ctx context.Context, db *store.DB) error { _, err := db.LoadedTables(ctx); return err },
		"Reference": func(ctx context.Context, db *store.DB) error {
			_, _, err := db.Reference(ctx, store.ReferenceQuery{Table: "agencies", Where: map[string]string{"city": canary}})
			return err
		},
		"ReferenceHistory": func(ctx context.Context, db *store.DB) error {
			_, err := db.ReferenceHistory(ctx, "agencies", []claimwatch.Value{{Text: canary, Set: true}})
			return err
		},
		"TouchedBy": func(ctx context.Context, db *store.DB) error {
			_, err := db.TouchedBy(ctx, load("laws", 2))
			return err
		},
		"SaveProgress": func(ctx context.Context, db *store.DB) error {
			return db.SaveProgress(ctx, "c", map[int]claimwatch.Progress{0: {Next: 1}})
		},
		"LoadProgress": func(ctx context.Context, db *store.DB) error { _, err := db.LoadProgress(ctx, "c"); return err },
	}
}

// service are the calls that need no tables.
var service = map[string]func(context.Context, *store.DB) error{
	"Migrate":         func(ctx context.Context, db *store.DB) error { return db.Migrate(ctx) },
	"MigrationStatus": func(ctx context.Context, db *store.DB) error { _, err := db.MigrationStatus(ctx); return err },
	"CheckSettings":   func(ctx context.Context, db *store.DB) error { return db.CheckSettings(ctx) },
	"DescribeSchema":  func(ctx context.Context, db *store.DB) error { return db.DescribeSchema(ctx, io.Discard) },
	"Ping":            func(ctx context.Context, db *store.DB) error { return db.Ping(ctx) },
	"Select": func(ctx context.Context, db *store.DB) error {
		return db.Select(ctx, &[]struct{ N uint8 }{}, "SELECT 1 AS N")
	},
}

// silent fails when an error tells more than what went wrong.
func silent(t *testing.T, name string, err error) {
	t.Helper()
	if err == nil {
		t.Errorf("%s: no error", name)
	} else if strings.Contains(err.Error(), canary) {
		t.Errorf("%s tells a person: %v", name, err)
	}
}

// The row that a constraint refuses is not told, whatever is wrong with it.
func TestARefusedRowIsNotTold(t *testing.T) {
	db := storetest.Open(t)
	run(t, db, "CREATE TABLE t (p String, CONSTRAINT nobody CHECK p = '') ENGINE = Memory")
	err := db.Exec(t.Context(), "INSERT INTO t SELECT {p:String}", clickhouse.Named("p", canary))
	silent(t, "Exec()", err)
	if !strings.Contains(err.Error(), "`nobody`") || errorCode(err) != 469 {
		t.Errorf("Exec() error:\n%+v, want code 469 and the constraint", err)
	}
	var n uint64
	err = db.QueryRow(t.Context(), "SELECT nothing FROM t WHERE p = {p:String}", clickhouse.Named("p", canary)).Scan(&n)
	silent(t, "Scan()", err)
	if !strings.Contains(err.Error(), "`nothing`") || !strings.Contains(err.Error(), "UNKNOWN_IDENTIFIER") {
		t.Errorf("Scan() error:\n%+v, want the identifier and what is wrong with it", err)
	}
}

// A call that cannot be done says so, with the context's own error where that
// is why, and without a value of anybody's.
func TestFailuresSayWhyAndNobody(t *testing.T) {
	db := storetest.Open(t) // without a table
	for name, call := range calls() {
		err := call(t.Context(), db)
		silent(t, name+" without tables", err)
		same(t, "code of "+name, errorCode(err), int32(60))
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	late, done := context.WithDeadline(t.Context(), clock("2026-01-01T00:00").Time())
	defer done()
	closed := got(store.OpenOn(t.Context(), db.Engine(), store.Config{Database: db.Database()}))(t)
	must(t, closed.Close())
	all := calls()
	for name, call := range service {
		all[name] = call
	}
	for name, call := range all {
		if err := call(gone, db); !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), canary) {
			t.Errorf("%s with a cancelled context = %v, want the context's error alone", name, err)
		}
		if err := call(late, db); !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), canary) {
			t.Errorf("%s after its deadline = %v, want the context's error alone", name, err)
		}
		if name != "MigrationStatus" { // it opens a connection of its own
			silent(t, name+" of a closed store", call(t.Context(), closed))
		}
	}
	same(t, "tables that came to be meanwhile", number(t, db, "SELECT count() FROM system.tables WHERE database = currentDatabase()"), uint64(0))
	var page bytes.Buffer
	must(t, db.DescribeSchema(t.Context(), &page)) // the other handles did the open one no harm
}
