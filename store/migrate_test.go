package store_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/store"
	"claimwatch/store/storetest"
)

// schema is the whole schema as one text.
func schema(t *testing.T, db *store.DB) string {
	t.Helper()
	var page bytes.Buffer
	must(t, db.DescribeSchema(t.Context(), &page))
	return page.String()
}

func TestMigrateFromFormerStates(t *testing.T) {
	want := migrated(t)
	status := got(want.MigrationStatus(t.Context()))(t)
	same(t, "status", status, store.MigrationStatus{Applied: status.Latest, Latest: status.Latest})
	same(t, "current", status.Current(), true)
	wantSchema := schema(t, want)
	for version := int64(1); version < status.Latest; version++ {
		if version%9 != 0 && version < status.Latest-3 {
			continue // the tables of the first release do not know each other: a sample of its states is enough
		}
		db := storetest.Open(t)
		must(t, db.MigrateTo(t.Context(), version))
		before := got(db.MigrationStatus(t.Context()))(t)
		same(t, "pending", int64(len(before.Pending)), status.Latest-version)
		same(t, "current", before.Current(), false)
		must(t, db.Migrate(t.Context()))
		if diff := cmp.Diff(wantSchema, schema(t, db)); diff != "" {
			t.Errorf("schema from version %d (-want, +got):\n%s", version, diff)
		}
	}
}

// A crash between a statement and the note that it ran repeats the statement;
// rows that are there by then stay.
func TestMigrateAgainAfterACrash(t *testing.T) {
	db := migrated(t)
	want := schema(t, db)
	must(t, db.InsertRecords(t.Context(), stored(0, 1, record(claimwatch.Fee, "H1", "p1", "f1", clock("2026-01-02T03:04")))))
	must(t, db.Exec(t.Context(), "TRUNCATE TABLE schema_versions"))
	must(t, db.Migrate(t.Context()))
	must(t, db.Migrate(t.Context()))
	same(t, "schema", schema(t, db), want)
	same(t, "records", got(db.CountStored(t.Context()))(t), int64(1))
}

func TestMigrateRefusesANewerDatabase(t *testing.T) {
	db := migrated(t)
	must(t, db.Exec(t.Context(), "INSERT INTO schema_versions SELECT 99999, now64(3)"))
	if err := db.Migrate(t.Context()); !errors.Is(err, store.ErrNewerSchema) {
		t.Errorf("Migrate() error:\n%+v, want %v", err, store.ErrNewerSchema)
	}
	same(t, "current", got(db.MigrationStatus(t.Context()))(t).Current(), false)
}

func TestMigrationsAreOneStatementEach(t *testing.T) {
	files, err := filepath.Glob("migrations/*.sql")
	must(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		must(t, err)
		same(t, "statements of "+file, strings.Count(string(text), ";"), 1)
		if !regexp.MustCompile(`(?s)-- \+goose Up\n(CREATE TABLE IF NOT EXISTS|CREATE OR REPLACE VIEW|ALTER TABLE \w+ (ADD (COLUMN|INDEX) IF NOT EXISTS|COMMENT COLUMN IF EXISTS|MODIFY)|INSERT INTO (movements|mentions|receptions|conflicts|visit_numbers)\b)`).Match(text) {
			t.Errorf("%s is not idempotent", file)
		}
		if strings.Contains(string(text), "goose Down") {
			t.Errorf("%s goes backward", file)
		}
	}
}

// columnsOf lists name and type of a table's columns.
func columnsOf(t *testing.T, db *store.DB, table string) map[string]string {
	t.Helper()
	var names, types []string
	must(t, db.QueryRow(t.Context(), "SELECT groupArray(name), groupArray(type) FROM system.columns WHERE database = currentDatabase() AND table = '"+table+"'").Scan(&names, &types))
	columns := map[string]string{}
	for i, name := range names {
		columns[name] = types[i]
	}
	return columns
}

// The migrations are held against the field table and the reference tables of
// the root package: a field that is added there needs a migration here.
func TestTablesFollowTheFields(t *testing.T) {
	db := migrated(t)
	for _, kind := range claimwatch.Kinds() {
		want := map[string]string{
			"person_key": "UInt64", "person_id": "String", "institution_id": "String", "stay_id": "String", "record_id": "String",
			"revision": "UInt32", "cancelled": "Bool", "occurred_at": "DateTime64(3, 'Asia/Shanghai')",
			"received_at": "DateTime64(3, 'Asia/Shanghai')", "content_sha256": "FixedString(32)",
			"log_partition": "Int32", "log_offset": "Int64", "log_index": "Int32",
		}
		for _, spec := range kind.Fields() {
			want[spec.Name] = store.FieldType(spec)
		}
		same(t, store.FactTable(kind), columnsOf(t, db, store.FactTable(kind)), want)
	}
	for _, table := range claimwatch.Tables() {
		want := map[string]string{"seq": "UInt64", "line": "UInt32", "known_from": "DateTime64(3, 'Asia/Shanghai')", "void": "Bool", "actor": "String"}
		for _, c := range table.Columns {
			want[c.Name] = store.RefType(c)
		}
		same(t, table.Name, columnsOf(t, db, "ref_"+table.Name), want)
	}
}

func TestSchemaPage(t *testing.T) {
	db := migrated(t)
	page := schema(t, db)
	for line := range strings.SplitSeq(page, "\n") {
		if strings.HasPrefix(line, "| `") && strings.HasSuffix(line, "|  |") {
			t.Errorf("a column without a comment: %s", line)
		}
	}
	path := filepath.Join("..", "docs", "schema.md")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		must(t, os.WriteFile(path, []byte(page), 0o644))
	}
	golden, err := os.ReadFile(path)
	must(t, err)
	if diff := cmp.Diff(string(golden), page); diff != "" {
		t.Errorf("docs/schema.md is stale, run UPDATE_GOLDEN=1 go test ./store -run TestSchemaPage (-want, +got):\n%s", diff)
	}
}

// No table derives from another behind our back (C6, C7), none is cut into
// partitions that an insert could be torn over (C5), a row that was
// acknowledged survives a power cut (C11), and times are Shanghai's (C17).
func TestTablesAvoidTheHazards(t *testing.T) {
	db := migrated(t)
	same(t, "materialized views", number(t, db, "SELECT count() FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%View%' AND engine != 'View'"), uint64(0))
	same(t, "partitioned", number(t, db, "SELECT count() FROM system.tables WHERE database = currentDatabase() AND partition_key != ''"), uint64(0))
	same(t, "LowCardinality", number(t, db, "SELECT count() FROM system.columns WHERE database = currentDatabase() AND type LIKE '%LowCardinality%'"), uint64(0))
	same(t, "times of another zone", number(t, db, `SELECT count() FROM system.columns
		WHERE database = currentDatabase() AND type LIKE '%DateTime%' AND type NOT LIKE '%DateTime64(3, \'Asia/Shanghai\')%'`), uint64(0))
	for _, kind := range claimwatch.Kinds() {
		same(t, "fsync of "+store.FactTable(kind), number(t, db, `SELECT count() FROM system.tables WHERE database = currentDatabase()
			AND name = '`+store.FactTable(kind)+`' AND create_table_query LIKE '%fsync_after_insert = 1%fsync_part_directory = 1%'`), uint64(1))
	}
}
