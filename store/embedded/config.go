package embedded

import (
	"fmt"
	"runtime"
)

// Config says where the engine and its data are and how much of the machine it
// may take. Zero values take the defaults named below.
type Config struct {
	// Library is the path of libchdb.so; empty looks for it, see Find.
	Library string
	// Candidate is a second explicit path, which the caller has read from the
	// environment variable CLAIMWATCH_ENGINE. Library comes before it.
	Candidate string
	// CacheDir is the user's cache directory, searched for an engine; empty
	// skips that place.
	CacheDir string
	// Dir is the data directory. It is made if it is missing.
	Dir string
	// Connections is how many statements run at once. Default: twice the
	// processors, at least 4. More of them wait their turn.
	Connections int
	// MaxMemoryBytes is the ceiling for the engine's own memory, beyond which
	// statements fail with code 241. Default: 60 % of the machine's memory.
	MaxMemoryBytes int64
	// CacheBytes bounds the caches of marks and indexes. Default 256 MiB.
	CacheBytes int64
	// MergeThreads is how many background merges run at once. Default 2.
	MergeThreads int
}

const (
	defaultCacheBytes   = 256 << 20
	defaultMergeThreads = 2
	minConnections      = 4
	// idleThreads is how many threads the engine keeps for the next statement.
	// By its own default it keeps a thousand, and has 150 after some merges.
	idleThreads = 16
)

// withDefaults fills what the caller left open.
func (c Config) withDefaults() Config {
	if c.Connections <= 0 {
		c.Connections = max(minConnections, 2*runtime.NumCPU())
	}
	if c.CacheBytes <= 0 {
		c.CacheBytes = defaultCacheBytes
	}
	if c.MergeThreads <= 0 {
		c.MergeThreads = defaultMergeThreads
	}
	return c
}

// args are the clickhouse-local arguments that start the engine. Only the
// first connection of a process is asked for them; the others repeat the path.
func (c Config) args() []string {
	args := []string{
		"clickhouse",
		"--path=" + c.Dir,
		"--logger.level=fatal",
		fmt.Sprintf("--background_pool_size=%d", c.MergeThreads),
		fmt.Sprintf("--max_thread_pool_free_size=%d", idleThreads),
		fmt.Sprintf("--mark_cache_size=%d", c.CacheBytes/2),
		fmt.Sprintf("--index_mark_cache_size=%d", c.CacheBytes/4),
		fmt.Sprintf("--primary_index_cache_size=%d", c.CacheBytes/4),
	}
	if c.MaxMemoryBytes > 0 {
		args = append(args, fmt.Sprintf("--max_server_memory_usage=%d", c.MaxMemoryBytes))
	} else {
		args = append(args, "--max_server_memory_usage_to_ram_ratio=0.6")
	}
	return args
}
