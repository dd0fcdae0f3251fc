package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"
	"go.uber.org/zap/zapcore"

	"claimwatch/audit/proof"
	"claimwatch/rules"
	"claimwatch/store"
	"claimwatch/store/embedded"
	"claimwatch/stream"
)

// settings are everything a node needs to start. run and demo fill them from
// flags, serve from a file.
type settings struct {
	Listen    string `koanf:"listen"`
	OpsListen string `koanf:"ops_listen"`
	Clock     string `koanf:"clock"` // wall or event
	Data      string `koanf:"data"`  // directory of the embedded log and store, and of the admin key
	Engine    string `koanf:"engine"`
	Rules     string `koanf:"rules"` // a directory instead of the built-in library
	LogLevel  string `koanf:"log_level"`

	Kafka      kafkaSettings      `koanf:"kafka"`
	ClickHouse clickhouseSettings `koanf:"clickhouse"`
	Check      checkSettings      `koanf:"check"`
	Journal    journalSettings    `koanf:"journal"`
	Signatures signatureSettings  `koanf:"signatures"`
	SignIn     signInSettings     `koanf:"sign_in"`
	Alerts     alertSettings      `koanf:"alerts"`
	// Parts lets a process do some of the work only: door, sink, rules, alerts. Empty is all.
	Parts []string `koanf:"parts"`

	store string       // another directory for the embedded store: replay builds there
	pace  rules.Config // tests make portions small
	// tellSetup is told the one-time link of the first administrator; nil: there is none.
	tellSetup func(link string)
}

// kafkaSettings name a real Kafka; without brokers the log is embedded.
type kafkaSettings struct {
	Brokers     []string        `koanf:"brokers"`
	Replication int             `koanf:"replication"`
	MinInSync   int             `koanf:"min_insync_replicas"`
	Partitions  map[string]int  `koanf:"partitions"`
	Security    stream.Security `koanf:"security"`
	// Listen is a fixed loopback address for the embedded log, so that other
	// processes of this machine can name it as their broker.
	Listen string `koanf:"listen"`
	// Session is how long a worker may be silent before others take over its
	// partitions; 0 is 10 s. Brokers refuse less than 6 s.
	Session time.Duration `koanf:"session"`
}

// clickhouseSettings name a ClickHouse server; without addresses the engine is
// embedded.
type clickhouseSettings struct {
	Addr     []string `koanf:"addr"`
	HTTP     bool     `koanf:"http"` // speak HTTP instead of the native protocol
	Database string   `koanf:"database"`
	User     string   `koanf:"user"`
	Password string   `koanf:"password"`
	// Listen serves the embedded engine to other processes on this address.
	Listen string `koanf:"listen"`
}

// checkSettings bound POST /v1/check, which must be no oracle for staying just
// below a threshold.
type checkSettings struct {
	PerSecond float64 `koanf:"per_second"` // calls of one key
	Burst     int     `koanf:"burst"`
	Slices    int     `koanf:"slices"` // evaluated at a time, each on a slice that stays open
	Records   int     `koanf:"records"`
	Persons   int     `koanf:"persons"`
}

// journalSettings are how heads of the journal are signed, and where they are
// published.
type journalSettings struct {
	// Key is a file with the private key; empty is DATA/journal.key, which is made at
	// the first start.
	Key string `koanf:"key"`
	// Algorithm of a key that is made: ed25519 or sm2.
	Algorithm string `koanf:"algorithm"`
	// Publish is a file to which every signed head is appended: on another machine, or
	// one that cannot be rewritten.
	Publish string `koanf:"publish"`
	// Every is how often a head that moved is signed at most.
	Every time.Duration `koanf:"every"`
}

func defaultSettings() settings {
	return settings{
		Listen: "127.0.0.1:8080", Clock: "wall", Data: "./claimwatch-data", LogLevel: "info",
		Check:   checkSettings{PerSecond: 2, Burst: 10, Slices: 2, Records: 1000, Persons: 20},
		Journal: journalSettings{Algorithm: string(proof.Ed25519), Every: 10 * time.Second}, Alerts: defaultAlerts(),
	}
}

// loadSettings reads a serve file; every unknown key is a fault.
func loadSettings(path string) (settings, error) {
	s := defaultSettings()
	k := koanf.New(".")
	if err := k.Load(file.Provider(path), yaml.Parser()); err != nil {
		return s, fmt.Errorf("read configuration %s: %w", path, err)
	}
	strict := &mapstructure.DecoderConfig{
		ErrorUnused: true, Result: &s, TagName: "koanf", DecodeHook: mapstructure.StringToTimeDurationHookFunc(),
	}
	if err := k.UnmarshalWithConf("", &s, koanf.UnmarshalConf{DecoderConfig: strict}); err != nil {
		return s, fmt.Errorf("read configuration %s: %w", path, err)
	}
	return s, s.check()
}

func (s settings) check() error {
	if s.Clock != "wall" && s.Clock != "event" {
		return wrongUsage("clock is wall or event, not %q", s.Clock)
	}
	for _, part := range s.Parts {
		if !slices.Contains([]string{"door", "sink", "rules", "alerts"}, part) {
			return wrongUsage("parts are door, sink, rules and alerts, not %q", part)
		}
	}
	if c := s.Check; c.PerSecond <= 0 || c.Burst < 1 || c.Slices < 1 || c.Records < 1 || c.Persons < 1 {
		return wrongUsage("check: every limit is above 0")
	}
	if j := s.Journal; j.Algorithm != string(proof.Ed25519) && j.Algorithm != string(proof.SM2) || j.Every <= 0 {
		return wrongUsage("journal: the algorithm is ed25519 or sm2, and every is above 0")
	}
	if err := s.SignIn.check(); err != nil {
		return err
	}
	if s.Kafka.Listen != "" && len(s.Kafka.Brokers) > 0 {
		return wrongUsage("kafka.listen is for the embedded log, kafka.brokers for another one: name one of them")
	}
	if _, err := zapcore.ParseLevel(s.LogLevel); err != nil {
		return wrongUsage("log_level is debug, info, warn or error, not %q", s.LogLevel)
	}
	if s.ClickHouse.Listen != "" && len(s.ClickHouse.Addr) > 0 {
		return wrongUsage("clickhouse.listen is for the embedded store, clickhouse.addr for another one: name one of them")
	}
	if s.ClickHouse.Listen != "" {
		return loopbackOnly(s.ClickHouse.Listen)
	}
	return nil
}

// does says whether this process does a part of the work.
func (s settings) does(part string) bool {
	if len(s.Parts) == 0 {
		return true
	}
	for _, p := range s.Parts {
		if p == part {
			return true
		}
	}
	return false
}

func (s settings) streamConfig(embeddedAddr string) stream.Config {
	cfg := stream.Local(embeddedAddr)
	if len(s.Kafka.Brokers) > 0 {
		cfg = stream.Default()
		cfg.Brokers = s.Kafka.Brokers
		cfg.Security = s.Kafka.Security
		if s.Kafka.Replication > 0 {
			cfg.Replication = s.Kafka.Replication
		}
		if s.Kafka.MinInSync > 0 {
			cfg.MinInSync = s.Kafka.MinInSync
		}
		for topic, count := range s.Kafka.Partitions {
			cfg.Partitions["claimwatch."+strings.TrimPrefix(topic, "claimwatch.")] = count
		}
	}
	if s.Kafka.Session > 0 {
		cfg.Group.Session = s.Kafka.Session
	}
	cfg.Now = clock
	return cfg
}

func (s settings) storeConfig(storeDir string) store.Config {
	if len(s.ClickHouse.Addr) > 0 {
		return store.Config{
			Addr: s.ClickHouse.Addr, HTTP: s.ClickHouse.HTTP, Database: s.ClickHouse.Database, User: s.ClickHouse.User, Password: s.ClickHouse.Password,
		}
	}
	return store.Config{Embedded: &embedded.Config{
		Library: s.Engine, Candidate: os.Getenv("CLAIMWATCH_ENGINE"), CacheDir: cacheDir(os.UserCacheDir), Dir: storeDir,
	}}
}

// logDir and storeDir are where the embedded parts keep their files.
func (s settings) logDir() string { return filepath.Join(s.Data, "log") }

func (s settings) storeDir() string {
	if s.store != "" {
		return s.store
	}
	return filepath.Join(s.Data, "store")
}

// makeData makes the data directory, readable by its owner only.
func (s settings) makeData() error {
	if err := os.MkdirAll(s.Data, 0o700); err != nil {
		return fmt.Errorf("make data directory: %w", err)
	}
	return nil
}
