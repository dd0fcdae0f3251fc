package rules_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"golang.org/x/sys/unix"

	"claimwatch"
	"claimwatch/rules"
	"claimwatch/store"
)

func cpu() time.Duration {
	var u unix.Rusage
	_ = unix.Getrusage(unix.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func TestDebug(t *testing.T) {
	library, err := rules.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	_ = clickhouse.Settings{}
	_ = os.Args
	s := openStore(t)
	for i := 0; i < 3; i++ {
		start, c := time.Now(), cpu()
		_ = s.Load(t.Context(), []claimwatch.Scope{"c1.P1"}, 1798675200000, true)
		fmt.Println("load", time.Since(start), cpu()-c)
	}
	sqls, err := rules.Prepared(t.Context(), library, s)
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.OpenOn(t.Context(), s.db.Engine(), store.Config{Database: "slice_" + s.db.Database() + "_test"})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	set := clickhouse.Settings{"compile_expressions": 0, "compile_aggregate_expressions": 0, "compile_sort_description": 0, "max_threads": 1}
	for _, name := range []string{"EXPLAIN AST ", "EXPLAIN QUERY TREE run_passes=0, dump_tree=0, dump_ast=1 ", "EXPLAIN QUERY TREE run_passes=1, passes=1, dump_tree=0, dump_ast=1 ", "EXPLAIN QUERY TREE run_passes=1, dump_tree=0, dump_ast=1 ", "EXPLAIN PLAN ", "EXPLAIN PIPELINE ", ""} {
		fmt.Println("==", name)
		for _, code := range []string{"FEE-007", "IDN-002", "all"} {
			sql := name+sqls[code]
			var best, bw time.Duration = 1e18, 1e18
			for i := 0; i < 3; i++ {
				start, c := time.Now(), cpu()
				rows, err := db.Query(clickhouse.Context(t.Context(), clickhouse.WithSettings(set)), sql)
				if err != nil {
					fmt.Println(code, err)
					break
				}
				n := 0
				for rows.Next() {
					n++
				}
				rows.Close()
				best, bw = min(best, cpu()-c), min(bw, time.Since(start))
			}
			fmt.Println(code, best, bw)
		}
	}
	_ = strings.ToLower
}
