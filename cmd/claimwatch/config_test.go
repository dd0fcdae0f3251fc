package main

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"claimwatch"
	"claimwatch/stream"
)

// TestSettingsOfAFile: what a file does not name keeps its default, and every
// key that the shipped file or its comments name is known.
func TestSettingsOfAFile(t *testing.T) {
	s, err := loadSettings(written(t, "serve.yaml", "clock: event\n"))
	must(t, err)
	want := defaultSettings()
	want.Clock = "event"
	if s.Listen != "127.0.0.1:8080" || s.LogLevel != "info" || s.Data != "./claimwatch-data" || s.Clock != want.Clock || s.OpsListen != "" {
		t.Errorf("settings %+v, want the defaults with the event clock", s)
	}
	s, err = loadSettings(written(t, "serve.yaml", `
listen: ""
kafka:
  brokers: ["b1:9092", "b2:9092"]
  replication: 3
  min_insync_replicas: 1
  partitions: {records: 8, claimwatch.touched: 6}
  session: 6s
  security: {tls: true}
clickhouse: {addr: ["c:9000"], http: true, database: d, user: u, password: p}
parts: [sink, rules]
`))
	must(t, err)
	same(t, "listen", s.Listen, "")
	same(t, "parts", []bool{s.does("door"), s.does("sink"), s.does("rules")}, []bool{false, true, true})
	log := s.streamConfig("127.0.0.1:1")
	same(t, "brokers", log.Brokers, []string{"b1:9092", "b2:9092"})
	same(t, "replication", []int{log.Replication, log.MinInSync}, []int{3, 1})
	same(t, "session", log.Group.Session, 6*time.Second)
	same(t, "partitions", log.Partitions, map[string]int{
		claimwatch.TopicRecords: 8, claimwatch.TopicTouched: 6, claimwatch.TopicJournal: 1, claimwatch.TopicQuarantine: 3, claimwatch.TopicChanges: 1, claimwatch.TopicAlerts: 1,
	})
	must(t, log.Validate())
	db := s.storeConfig("elsewhere")
	if db.Embedded != nil || !db.HTTP || db.Database != "d" || db.User != "u" || db.Password != "p" {
		t.Errorf("store %+v", db)
	}
}

// TestSettingsWithoutAFile: nothing named is everything embedded, below the data
// directory.
func TestSettingsWithoutAFile(t *testing.T) {
	t.Setenv("CLAIMWATCH_ENGINE", "/engines/libchdb.so")
	s := nodeFlags{Data: "here", Listen: "127.0.0.1:1", OpsListen: "127.0.0.1:2", Clock: "event", Engine: "lib", Rules: "r", LogLevel: "warn"}.settings()
	must(t, s.check())
	same(t, "parts", []bool{s.does("door"), s.does("sink"), s.does("rules")}, []bool{true, true, true})
	same(t, "directories", []string{s.logDir(), s.storeDir()}, []string{filepath.Join("here", "log"), filepath.Join("here", "store")})
	s.store = "fresh"
	same(t, "a store that is rebuilt", s.storeDir(), "fresh")
	db := s.storeConfig(s.storeDir())
	if db.Embedded == nil || db.Embedded.Dir != "fresh" || db.Embedded.Library != "lib" || db.Embedded.Candidate != "/engines/libchdb.so" {
		t.Errorf("store %+v", db.Embedded)
	}
	local, log := stream.Local("127.0.0.1:3"), s.streamConfig("127.0.0.1:3")
	same(t, "the embedded log", []any{log.Brokers, log.Replication, log.MinInSync, log.Partitions, log.Group.Session},
		[]any{local.Brokers, 1, 1, local.Partitions, local.Group.Session})
	s.Kafka.Session = 7 * time.Second
	same(t, "session of the embedded log", s.streamConfig("127.0.0.1:3").Group.Session, 7*time.Second)
	if log.Now == nil {
		t.Error("the log has no clock")
	}
}

// TestSettingsThatAreRefused: each says the key, and what it may be.
func TestSettingsThatAreRefused(t *testing.T) {
	tests := []struct {
		name, text, says string
		usage            bool
	}{
		{"a clock", "clock: Wall\n", `clock is wall or event, not "Wall"`, true},
		{"a clock of nothing", "clock: \"\"\n", `clock is wall or event, not ""`, true},
		{"a level", "log_level: loud\n", `log_level is debug, info, warn or error, not "loud"`, true},
		{"a part in capitals", "parts: [door, Sink]\n", `parts are door, sink, rules and alerts, not "Sink"`, true},
		{"two logs", "kafka: {brokers: [\"b:1\"], listen: \"127.0.0.1:1\"}\n", "name one of them", true},
		{"two stores", "clickhouse: {addr: [\"c:1\"], listen: \"127.0.0.1:1\"}\n", "name one of them", true},
		{"an engine for all", "clickhouse: {listen: \":8123\"}\n", "loopback address only", true},
		{"an engine by name", "clickhouse: {listen: \"localhost:8123\"}\n", "loopback address only", true},
		{"an engine without a port", "clickhouse: {listen: \"127.0.0.1\"}\n", "missing port", true},
		{"a number for a list", "parts: 3\n", "serve.yaml", false},
		{"a word for a number", "kafka: {replication: three}\n", "replication", false},
		{"a duration without a unit", "kafka: {session: \"10\"}\n", "session", false},
		{"an unknown key of clickhouse", "clickhouse: {addrs: [x]}\n", "addrs", false},
		{"an unknown key of security", "kafka: {security: {tsl: true}}\n", "tsl", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := loadSettings(written(t, "serve.yaml", test.text))
			var usage usageError
			if err == nil || !strings.Contains(err.Error(), test.says) || errors.As(err, &usage) != test.usage {
				t.Errorf("loadSettings() error %v (wrong usage: %t); want %q (%t)", err, errors.As(err, &usage), test.says, test.usage)
			}
		})
	}
	for _, address := range []string{"127.0.0.1:1", "[::1]:1", "127.9.9.9:0"} {
		if err := loopbackOnly(address); err != nil {
			t.Errorf("loopbackOnly(%q) error %v", address, err)
		}
	}
}

func TestCacheDir(t *testing.T) {
	same(t, "a cache directory", cacheDir(func() (string, error) { return "/cache", nil }), "/cache")
	same(t, "without one", cacheDir(func() (string, error) { return "/wrong", errors.New("no HOME") }), "")
}
