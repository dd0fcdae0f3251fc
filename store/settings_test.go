package store_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"claimwatch/store"
	"claimwatch/store/storetest"
)

// A server that forbids a setting, or has another, is noticed before anything
// is written: the error names the setting and what it is (C1, C4, C10, C15, C17).
func TestMigrateRefusesOtherSettings(t *testing.T) {
	db := storetest.Open(t)
	must(t, db.CheckSettings(t.Context()))
	for name, test := range map[string]struct {
		value any
		want  string
	}{
		"async_insert":          {1, `async_insert is "1" instead of "0"`},
		"insert_deduplicate":    {1, `insert_deduplicate is "1" instead of "0"`},
		"join_use_nulls":        {0, `join_use_nulls is "0" instead of "1"`},
		"max_insert_block_size": {65_536, `max_insert_block_size is "65536" instead of "1048449"`},
		"session_timezone":      {"UTC", `session_timezone is "UTC" instead of ""`},
	} {
		other := got(db.WithSetting(t.Context(), name, test.value))(t)
		for what, err := range map[string]error{"CheckSettings": other.CheckSettings(t.Context()), "Migrate": other.Migrate(t.Context())} {
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%s() with %s = %v:\n%v, want %s", what, name, test.value, err, test.want)
			}
		}
		must(t, other.Close())
	}
	harmless := got(db.WithSetting(t.Context(), "max_threads", 1))(t)
	must(t, harmless.CheckSettings(t.Context()))
	must(t, harmless.Close())
	same(t, "tables", number(t, db, "SELECT count() FROM system.tables WHERE database = currentDatabase()"), uint64(0))
}

// Two processes that start at once migrate one database; asking how far it is
// changes nothing but the table of versions.
func TestMigrateFromTwoProcessesAtOnce(t *testing.T) {
	db := storetest.Open(t)
	before := got(db.MigrationStatus(t.Context()))(t)
	same(t, "applied", before.Applied, int64(0))
	same(t, "all are pending", int64(len(before.Pending)), before.Latest)
	same(t, "first", before.Pending[0], "00001_admissions.sql")
	same(t, "tables after asking", number(t, db, "SELECT count() FROM system.tables WHERE database = currentDatabase() AND name != 'schema_versions'"), uint64(0))
	var group sync.WaitGroup
	faults := make([]error, 2)
	for i := range faults {
		group.Go(func() { faults[i] = db.Migrate(t.Context()) })
	}
	group.Wait()
	must(t, errors.Join(faults...))
	after := got(db.MigrationStatus(t.Context()))(t)
	same(t, "status", after, store.MigrationStatus{Applied: before.Latest, Latest: before.Latest})
	want := schema(t, db)
	must(t, db.Migrate(t.Context()))
	same(t, "schema after migrating again", schema(t, db), want)
	same(t, "versions", number(t, db, "SELECT uniqExact(version) FROM schema_versions WHERE version > 0"), uint64(before.Latest))
	if err := db.TakeBack(t.Context(), 7); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("going back a version: %v, want unsupported", err)
	}
	same(t, "version after it", got(db.MigrationStatus(t.Context()))(t).Applied, before.Latest)
}
