package store

import (
	"crypto/tls"
	"errors"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"claimwatch/store/embedded"
)

// Config says which ClickHouse to use. Exactly one of Embedded and Addr is set.
type Config struct {
	// Embedded runs the engine inside the process; Dir is then required.
	Embedded *embedded.Config
	// Addr are the host:port pairs of a server's native protocol.
	Addr []string
	// HTTP speaks HTTP to Addr instead: to a server, or to the engine that
	// another claimwatch process serves.
	HTTP bool
	// Database holds every table. Open makes it if it is missing. Default
	// "claimwatch".
	Database string
	// User and Password sign in to a server; the embedded engine has no users.
	User     string
	Password string
	// TLS speaks TLS to the server when it is set.
	TLS *tls.Config
	// Connections is how many statements run at once. Default 8 to a server;
	// with the embedded engine that of embedded.Config.
	Connections int
	// MaxThreads bounds the threads of one statement; 0 leaves it to
	// ClickHouse, which takes one per processor.
	MaxThreads int
	// MaxMemoryBytes bounds the memory of one statement; 0 is no limit but the
	// server's own.
	MaxMemoryBytes int64
	// DialTimeout bounds connecting to a server. Default 10 s.
	DialTimeout time.Duration

	// extra are settings of a slice's connections.
	extra clickhouse.Settings
}

const (
	defaultDatabase    = "claimwatch"
	defaultConnections = 8
	defaultDialTimeout = 10 * time.Second
	// waitForever is given to clickhouse-go where a limit of its own would cut
	// across the caller's context.
	waitForever = 24 * time.Hour
)

func (c Config) withDefaults() Config {
	if c.Database == "" {
		c.Database = defaultDatabase
	}
	if c.Connections <= 0 {
		c.Connections = defaultConnections
	}
	if c.DialTimeout <= 0 {
		c.DialTimeout = defaultDialTimeout
	}
	return c
}

func (c Config) validate() error {
	switch {
	case c.Embedded == nil && len(c.Addr) == 0:
		return errors.New("neither an embedded engine nor the address of a server is configured")
	case c.Embedded != nil && len(c.Addr) > 0:
		return errors.New("both an embedded engine and the address of a server are configured")
	case c.Embedded != nil && c.Embedded.Dir == "":
		return errors.New("the embedded engine has no data directory")
	}
	return nil
}
