package store

import (
	"maps"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// settings are pinned for every statement, so that neither a server's profile
// nor a new release changes what a query means. Hazards C1 to C17 say why.
func (c Config) settings() clickhouse.Settings {
	settings := clickhouse.Settings{
		// An insert is done when it is written, not when it is queued (C10).
		"async_insert": 0,
		// Identity decides, not a window of block hashes (C1-C9).
		"insert_deduplicate": 0,
		// One insert is one block is one part, and so is atomic (C4).
		"max_insert_block_size":       1_048_449,
		"min_insert_block_size_rows":  1_048_449,
		"min_insert_block_size_bytes": 268_402_944,
		"max_insert_threads":          1,
		// A missing right side of a join is NULL, never 0 (C15).
		"join_use_nulls": 1,
		// Days are those of the columns' own zone, never of a session (C17).
		"session_timezone": "",
		// What Go writes is exact; guessing at other layouts would hide faults.
		"date_time_input_format":  "basic",
		"date_time_output_format": "simple",
		// No partial answers.
		"read_overflow_mode":           "throw",
		"result_overflow_mode":         "throw",
		"timeout_overflow_mode":        "throw",
		"distributed_ddl_task_timeout": 180,
	}
	if c.MaxThreads > 0 {
		settings["max_threads"] = c.MaxThreads
	}
	if c.MaxMemoryBytes > 0 {
		settings["max_memory_usage"] = c.MaxMemoryBytes
	}
	maps.Copy(settings, c.extra)
	return settings
}
