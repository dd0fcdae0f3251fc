package store_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/cespare/xxhash/v2"

	"claimwatch"
	"claimwatch/store"
)

func TestInsertRecordsKeepsEveryField(t *testing.T) {
	db := open(t)
	for _, kind := range claimwatch.Kinds() {
		for _, id := range []string{"r-1", "r-22"} { // with and without the optional fields
			r := record(kind, "H1", `p\'1`, id, clock("1991-04-14T01:30")) // half an hour before summer time
			r.Revision, r.Cancelled = 2, id == "r-1"
			must(t, db.InsertRecords(t.Context(), stored(3, 7, r)))
			same(t, kind.String()+" "+id, readFact(t, db, r), wantFact(r))
		}
	}
}

// readFact reads a row back as the texts that wantFact makes.
func readFact(t *testing.T, db *store.DB, r *claimwatch.Record) []string {
	t.Helper()
	parts := []string{
		"toString(person_key)", "person_id", "institution_id", "stay_id", "record_id", "toString(revision)", "toString(cancelled)",
		"toString(toUnixTimestamp64Milli(occurred_at))", "toString(toUnixTimestamp64Milli(received_at))", "hex(content_sha256)",
		"toString(log_partition)", "toString(log_offset)", "toString(log_index)",
	}
	for _, spec := range r.Kind.Fields() {
		name := "`" + spec.Name + "`"
		switch spec.Type {
		case claimwatch.TypeTime:
			name = "toString(toUnixTimestamp64Milli(" + name + "))"
		case claimwatch.TypeCodes:
			name = "arrayStringConcat(" + name + ", char(31))"
		}
		parts = append(parts, "ifNull(toString("+name+"), '')")
	}
	var fields []string
	must(t, db.QueryRow(t.Context(), "SELECT ["+strings.Join(parts, ", ")+"] FROM "+store.FactTable(r.Kind)+
		" WHERE record_id = {id:String}", clickhouse.Named("id", r.RecordID)).Scan(&fields))
	return fields
}

func wantFact(r *claimwatch.Record) []string {
	fields := []string{
		strconv.FormatUint(xxhash.Sum64String(r.PersonID), 10), r.PersonID, r.InstitutionID, r.StayID, r.RecordID,
		strconv.Itoa(int(r.Revision)), strconv.FormatBool(r.Cancelled), strconv.Itoa(int(r.OccurredAt)),
		strconv.Itoa(int(r.OccurredAt) + 5000), strings.ToUpper(fmt.Sprintf("%x", r.ContentHash())), "3", "7", "0",
	}
	for slot, spec := range r.Kind.Fields() {
		value := r.Values[slot]
		text := value.Text
		switch spec.Type {
		case claimwatch.TypeBool:
			text = strconv.FormatBool(value.Num != 0)
		case claimwatch.TypeInt, claimwatch.TypeAmount, claimwatch.TypeQuantity, claimwatch.TypePrice, claimwatch.TypeRatio, claimwatch.TypeTime:
			text = strconv.FormatInt(value.Num, 10)
		}
		if !value.Set {
			text = ""
		}
		fields = append(fields, text)
	}
	return fields
}

// One insert is one part, so it is there whole or not at all (C4, C5), though
// the records are of many years.
func TestInsertIsOnePart(t *testing.T) {
	db := open(t)
	var records []*claimwatch.Record
	for i := range 20_000 {
		records = append(records, record(claimwatch.Fee, "H1", "p"+strconv.Itoa(i%90), "f"+strconv.Itoa(i), clock("1995-01-01T00:00")+claimwatch.Instant(i)*50_000_000))
	}
	must(t, db.InsertRecords(t.Context(), stored(0, 1, records...)))
	for _, table := range []string{"fees", "identities"} {
		same(t, "parts of "+table, number(t, db, "SELECT count() FROM system.parts WHERE active AND database = currentDatabase() AND table = '"+table+"'"), uint64(1))
		same(t, "inserts of "+table, number(t, db, "SELECT toUInt64(max(max_block_number)) FROM system.parts WHERE database = currentDatabase() AND table = '"+table+"'"), uint64(1))
	}
	same(t, "rows", number(t, db, "SELECT count() FROM fees"), uint64(20_000))
}

// Two identical inserts are two: no window of block hashes drops the second (C1, C3, C9).
func TestInsertsAreNotDeduplicated(t *testing.T) {
	db := open(t)
	batch := stored(0, 1, record(claimwatch.Fee, "H1", "p1", "f1", clock("2026-01-02T03:04")))
	must(t, db.InsertRecords(t.Context(), batch))
	must(t, db.Exec(t.Context(), "TRUNCATE TABLE fees"))
	must(t, db.InsertRecords(t.Context(), batch))
	same(t, "rows after a rebuild", number(t, db, "SELECT count() FROM fees"), uint64(1))
	same(t, "identities of both", number(t, db, "SELECT count() FROM identities"), uint64(2))
	same(t, "records", got(db.CountStored(t.Context()))(t), int64(1))
}

// The last line of defence: a row that cannot be is refused with its whole insert (C23).
func TestConstraintRefusesWrongRows(t *testing.T) {
	db := open(t)
	good := record(claimwatch.Fee, "H1", "p1", "f1", clock("2026-01-02T03:04"))
	bad := record(claimwatch.Fee, "H1", "p1", "f2", clock("2026-01-02T03:04"))
	bad.Revision = 0
	err := db.InsertRecords(t.Context(), stored(0, 1, good, bad))
	var exception *clickhouse.Exception
	if !errors.As(err, &exception) || exception.Code != 469 {
		t.Errorf("InsertRecords() error:\n%+v, want code 469", err)
	}
	same(t, "rows", number(t, db, "SELECT count() FROM fees"), uint64(0))
}

func TestInsertRecordsRefusesWhatDoesNotFit(t *testing.T) {
	db := open(t)
	r := record(claimwatch.Fee, "H1", "p1", "f1", clock("2026-01-02T03:04"))
	batch := stored(0, 1, r)
	r.Values = r.Values[:3]
	if err := db.InsertRecords(t.Context(), batch); err == nil {
		t.Error("InsertRecords() took a record with too few values")
	}
	r.Kind = claimwatch.KindNone
	if err := db.InsertRecords(t.Context(), batch); err == nil {
		t.Error("InsertRecords() took a record without a kind")
	}
	must(t, db.InsertRecords(t.Context(), nil))
}

// Money is Int64 fen to the last digit, at both ends of what a record may hold (C13, C14).
func TestMoneyIsExact(t *testing.T) {
	db := open(t)
	for i, amount := range []int64{claimwatch.MaxAmount, -claimwatch.MaxAmount, 1, -1} {
		r := record(claimwatch.Fee, "H1", "p1", "f"+strconv.Itoa(i), clock("2026-01-02T03:04"))
		r.Values[claimwatch.Fee.Slot("amount")] = claimwatch.Value{Num: amount, Set: true}
		must(t, db.InsertRecords(t.Context(), stored(0, int64(i), r)))
		var back int64
		must(t, db.QueryRow(t.Context(), "SELECT amount FROM fees WHERE record_id = {id:String}", clickhouse.Named("id", r.RecordID)).Scan(&back))
		same(t, "amount", back, amount)
	}
	same(t, "decimals and floats in the schema", number(t, db, `SELECT count() FROM system.columns
		WHERE database = currentDatabase() AND (type LIKE '%Decimal%' OR type LIKE '%Float%')`), uint64(0))
}
