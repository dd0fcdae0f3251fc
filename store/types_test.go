package store_test

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"claimwatch/store/storetest"
)

func shanghai(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// nasty is text that breaks whatever pastes it into a statement.
const nasty = "it's \"q\" `b` \\ \\n \t\r\n\n\nDROP TABLE t;\n\x00\x01\xff 中文 {p:String} $1 ? --"

// Every type of the schema comes back as it went in, in a batch of several
// rows with the limits among them.
func TestTypesRoundTrip(t *testing.T) {
	db := storetest.Open(t)
	zone := shanghai(t)
	huge, _ := new(big.Int).SetString("-170141183460469231731687303715884105728", 10)
	for number, test := range []struct {
		kind   string
		values []any
	}{
		{"String", []any{"", nasty, strings.Repeat("x\n\n", 100_000)}},
		{"FixedString(4)", []any{"ab\x00\n", "\n\n\n\n"}},
		{"UInt8", []any{uint8(0), uint8(math.MaxUint8)}},
		{"UInt16", []any{uint16(0), uint16(math.MaxUint16)}},
		{"UInt32", []any{uint32(0), uint32(math.MaxUint32)}},
		{"UInt64", []any{uint64(0), uint64(math.MaxUint64)}},
		{"Int64", []any{int64(math.MinInt64), int64(-1), int64(math.MaxInt64)}},
		{"Int128", []any{*huge, *big.NewInt(0), *new(big.Int).Not(huge)}},
		{"Bool", []any{true, false}},
		{"Decimal(18, 4)", []any{decimal.RequireFromString("99999999999999.9999"), decimal.RequireFromString("-0.0001")}},
		{"Date32", []any{time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2299, 12, 31, 0, 0, 0, 0, time.UTC)}},
		{"DateTime64(3, 'Asia/Shanghai')", []any{
			time.Date(1990, 7, 1, 1, 30, 0, 999e6, zone), time.Date(2026, 2, 28, 23, 59, 59, 999e6, zone), time.Date(1969, 12, 31, 0, 0, 0, 1e6, zone),
		}},
		{"Array(String)", []any{[]string{}, []string{nasty, ""}}},
		{"Array(UInt64)", []any{[]uint64{math.MaxUint64}, []uint64{}}},
		{"Array(Tuple(String, Int64))", []any{[][]any{{nasty, int64(-1)}, {"", int64(0)}}, [][]any{}}},
		{"Nullable(Int64)", []any{ptr(int64(0)), (*int64)(nil)}},
		{"Nullable(String)", []any{ptr(""), (*string)(nil), ptr(`\N`)}},
		{"Map(String, Int64)", []any{map[string]int64{nasty: 1, "": -1}, map[string]int64{}}},
		{"LowCardinality(String)", []any{"a", "a", nasty}},
	} {
		t.Run(test.kind, func(t *testing.T) {
			t.Parallel()
			table := fmt.Sprintf("t%d", number)
			run(t, db, "CREATE TABLE "+table+" (n UInt32, v "+test.kind+") ENGINE = MergeTree ORDER BY n")
			err := db.Insert(t.Context(), "INSERT INTO "+table+" (n, v)", func(batch driver.Batch) error {
				for i, value := range test.values {
					if err := batch.Append(uint32(i), value); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatalf("Insert() error:\n%+v", err)
			}
			rows, err := db.Query(t.Context(), "SELECT v FROM "+table+" ORDER BY n")
			if err != nil {
				t.Fatalf("Query() error:\n%+v", err)
			}
			compareRows(t, rows, test.values)
		})
	}
}

func compareRows(t *testing.T, rows driver.Rows, want []any) {
	t.Helper()
	defer rows.Close()
	var got []any
	for rows.Next() {
		into := newLike(want[len(got)])
		if err := rows.Scan(into.pointer); err != nil {
			t.Fatalf("Scan() error:\n%+v", err)
		}
		got = append(got, into.value())
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("Err():\n%+v", err)
	}
	bigs := cmp.Comparer(func(a, b big.Int) bool { return a.Cmp(&b) == 0 })
	if diff := cmp.Diff(want, got, bigs); diff != "" {
		t.Errorf("rows (-want, +got):\n%.2000s", diff)
	}
}

// Values travel as parameters into every type that statements use, and are
// never part of the text.
func TestParameters(t *testing.T) {
	db := storetest.Open(t)
	zone := shanghai(t)
	at := time.Date(2026, 2, 28, 23, 59, 59, 123e6, zone)
	for _, test := range []struct {
		kind  string
		value any
		want  string
	}{
		{"String", nasty, nasty},
		{"String", "", ""},
		{"String", "NULL", "NULL"},
		{"String", `\N`, `\N`},
		{"Nullable(String)", nil, "<null>"},
		{"UInt64", uint64(math.MaxUint64), "18446744073709551615"},
		{"Int64", int64(math.MinInt64), "-9223372036854775808"},
		{"Bool", true, "true"},
		{"Array(String)", []string{nasty, "", "b'"}, "['" + escaped(nasty) + "','','b\\'']"},
		{"Array(UInt64)", []uint64{1, math.MaxUint64}, "[1,18446744073709551615]"},
		{"Array(String)", []string{}, "[]"},
		{"DateTime64(3, 'Asia/Shanghai')", clickhouse.DateNamed("p", at, clickhouse.MilliSeconds), "2026-02-28 23:59:59.123"},
		{"Date32", "1900-01-01", "1900-01-01"},
		{"Identifier", "one", "0"},
	} {
		t.Run(test.kind, func(t *testing.T) {
			query := "SELECT ifNull(toString({p:" + test.kind + "}), '<null>')"
			if test.kind == "Identifier" {
				query = "SELECT toString(dummy) FROM system.{p:Identifier}"
			}
			argument := any(clickhouse.Named("p", test.value))
			if dated, is := test.value.(driver.NamedDateValue); is {
				argument = dated
			}
			var got string
			if err := db.QueryRow(t.Context(), query, argument).Scan(&got); err != nil {
				t.Fatalf("Scan() error:\n%+v", err)
			}
			if got != test.want {
				t.Errorf("{p:%s} of %q = %q, want %q", test.kind, test.value, got, test.want)
			}
		})
	}
}

func TestLargeResult(t *testing.T) {
	db := storetest.Open(t)
	rows, err := db.Query(t.Context(), "SELECT number, toString(number) FROM numbers(1000000) ORDER BY number")
	if err != nil {
		t.Fatalf("Query() error:\n%+v", err)
	}
	defer rows.Close()
	var number, next uint64
	var text string
	for ; rows.Next(); next++ {
		if err := rows.Scan(&number, &text); err != nil {
			t.Fatalf("Scan() error:\n%+v", err)
		}
		if number != next || text != fmt.Sprint(next) {
			t.Fatalf("row %d is %d, %q", next, number, text)
		}
	}
	if err := rows.Err(); err != nil || next != 1_000_000 {
		t.Errorf("%d rows, Err() = %v", next, err)
	}
}

func ptr[T any](v T) *T { return &v }

// escaped is how ClickHouse writes a text inside an array.
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\t", `\t`, "\r", `\r`, "\x00", `\0`).Replace(s)
}
