package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"go.uber.org/zap"
	"golang.org/x/sys/unix"

	"claimwatch/store"
	"claimwatch/store/embedded"
	"claimwatch/store/storetest"
)

// processorTime is what this process has used so far, engine threads included.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var usage unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// BenchmarkOpen is opening and closing an empty store in a process that has
// the library loaded.
func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		db, err := store.Open(b.Context(), store.Config{Embedded: &embedded.Config{Dir: dir}}, zap.NewNop())
		if err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkQuery is what a statement costs before it does anything.
func BenchmarkQuery(b *testing.B) {
	db := storetest.OpenWith(b, store.Config{MaxThreads: 1})
	for _, workers := range []int{1, 2, 4} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			b.SetParallelism(workers)
			began := processorTime(b)
			b.RunParallel(func(p *testing.PB) {
				var one uint8
				for p.Next() {
					if err := db.QueryRow(b.Context(), "SELECT 1").Scan(&one); err != nil {
						b.Error(err)
					}
				}
			})
			b.ReportMetric(float64((processorTime(b)-began).Microseconds())/float64(b.N), "cpu-us/op")
		})
	}
}

const (
	benchRows    = 50_000
	benchColumns = 25
)

// benchTable has the mix of a fee line: identifiers, amounts, times, flags.
func benchTable(fsync bool) string {
	kinds := []string{"UInt64", "String", "Int64", "UInt32", "DateTime64(3, 'Asia/Shanghai')"}
	columns := make([]string, benchColumns)
	for i := range columns {
		columns[i] = fmt.Sprintf("c%d %s", i, kinds[i%len(kinds)])
	}
	settings := "index_granularity = 256, min_compress_block_size = 4096, max_compress_block_size = 16384"
	if fsync {
		settings += ", fsync_after_insert = 1, fsync_part_directory = 1"
	}
	return "CREATE TABLE bench (" + strings.Join(columns, ", ") + ") ENGINE = MergeTree ORDER BY c0 SETTINGS " + settings
}

func fill(batch driver.Batch) error {
	numbers := make([]uint64, benchRows)
	texts := make([]string, benchRows)
	amounts := make([]int64, benchRows)
	small := make([]uint32, benchRows)
	times := make([]time.Time, benchRows)
	for i := range benchRows {
		numbers[i], texts[i], amounts[i] = uint64(i)*2654435761, fmt.Sprintf("item-%d", i%5000), int64(i)*100
		small[i], times[i] = uint32(i%300), time.UnixMilli(1_767_225_600_000+int64(i)*1000)
	}
	lists := []any{numbers, texts, amounts, small, times}
	for c := range benchColumns {
		if err := batch.Column(c).Append(lists[c%len(lists)]); err != nil {
			return err
		}
	}
	return nil
}

// BenchmarkInsert sends batches of 50,000 rows with 25 columns.
func BenchmarkInsert(b *testing.B) {
	for _, fsync := range []bool{false, true} {
		b.Run(fmt.Sprintf("fsync=%t", fsync), func(b *testing.B) {
			db := storetest.Open(b)
			if err := db.Exec(b.Context(), benchTable(fsync)); err != nil {
				b.Fatal(err)
			}
			began := processorTime(b)
			for b.Loop() {
				if err := db.Insert(b.Context(), "INSERT INTO bench", fill); err != nil {
					b.Fatal(err)
				}
			}
			used := processorTime(b) - began
			b.ReportMetric(float64(b.N)*benchRows/used.Seconds(), "rows/cpu-s")
			b.ReportMetric(float64(b.N)*benchRows/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// BenchmarkSmallInsert is the price of one more part: 100 rows.
func BenchmarkSmallInsert(b *testing.B) {
	for _, fsync := range []bool{false, true} {
		b.Run(fmt.Sprintf("fsync=%t", fsync), func(b *testing.B) {
			db := storetest.Open(b)
			if err := db.Exec(b.Context(), benchTable(fsync)); err != nil {
				b.Fatal(err)
			}
			began := processorTime(b)
			for b.Loop() {
				if err := db.Exec(b.Context(), "INSERT INTO bench (c0) SELECT number FROM numbers(100)"); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((processorTime(b)-began).Microseconds())/float64(b.N), "cpu-us/op")
		})
	}
}

// BenchmarkScan reads a million numbers through the whole stack.
func BenchmarkScan(b *testing.B) {
	db := storetest.Open(b)
	var number uint64
	for b.Loop() {
		rows, err := db.Query(b.Context(), "SELECT number FROM numbers(1000000)")
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			if err := rows.Scan(&number); err != nil {
				b.Fatal(err)
			}
		}
		if err := rows.Err(); err != nil {
			b.Fatal(err)
		}
		_ = rows.Close() // read to its end
	}
	b.ReportMetric(float64(b.N)*1e6/b.Elapsed().Seconds(), "rows/s")
}
