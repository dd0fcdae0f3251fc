package rules_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"golang.org/x/sys/unix"

	"claimwatch/store"
)

func cpu() time.Duration {
	var u unix.Rusage
	_ = unix.Getrusage(unix.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func TestZZ(t *testing.T) {
	s := openStore(t)
	db, err := store.OpenOn(t.Context(), s.db.Engine(), store.Config{Database: s.db.Database(), MaxThreads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	sl := "`slice_" + s.db.Database() + "_test`"
	for _, set := range []clickhouse.Settings{{}, {"compile_expressions": 0, "compile_aggregate_expressions": 0, "compile_sort_description": 0}, {"query_plan_enable_optimizations": 0}, {"enable_analyzer": 0}, {"log_queries": 0, "log_profile_events": 0, "query_profiler_real_time_period_ns": 0, "query_profiler_cpu_time_period_ns": 0, "opentelemetry_start_trace_probability": 0, "memory_profiler_step": 0, "use_query_condition_cache": 0, "use_hedged_requests": 0}} {
		fmt.Println("==", set)
		for _, q := range []string{
			"SELECT 1",
			"SELECT * FROM " + sl + ".stays",
			"SELECT stay FROM " + sl + ".stays",
			"INSERT INTO " + sl + ".presents SELECT 'a', 1",
			"INSERT INTO " + sl + ".known_claims SELECT * FROM " + sl + ".known_claims",
			"SELECT institution_id FROM fees WHERE person_key IN (SELECT person_key FROM " + sl + ".scopes)",
			"SELECT * FROM (SELECT * FROM claims WHERE person_key IN (SELECT person_key FROM " + sl + ".scopes) AND person_id IN (SELECT person_id FROM " + sl + ".scopes) ORDER BY revision DESC, log_offset, log_index LIMIT 1 BY person_id, institution_id, record_id) WHERE NOT cancelled",
			"SELECT cw_spans([(1,2)::Tuple(Int64,Int64)])",
			"SELECT cw_midnight(day) FROM " + sl + ".known_fees",
			"TRUNCATE ALL TABLES FROM " + sl,
		} {
			var best time.Duration = 1e18
			ctx := clickhouse.Context(t.Context(), clickhouse.WithSettings(set))
			for i := 0; i < 8; i++ {
				c := cpu()
				if q[0] == 'S' {
					rows, err := db.Query(ctx, q)
					if err != nil {
						fmt.Println(err)
						break
					}
					for rows.Next() {
					}
					rows.Close()
				} else if err := db.Exec(ctx, q); err != nil {
					fmt.Println(err)
				}
				best = min(best, cpu()-c)
			}
			fmt.Printf("%8.2f ms  %s\n", float64(best.Microseconds())/1000, q[:min(len(q), 90)])
		}
	}
}
