package stream

import (
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
)

func TestConfigValidate(t *testing.T) {
	good := func() Config {
		cfg := Default()
		cfg.Brokers, cfg.Now = []string{"127.0.0.1:1"}, time.Now
		return cfg
	}
	if err := good().Validate(); err != nil {
		t.Fatalf("Validate() of the default error:\n%+v", err)
	}
	local := Local("127.0.0.1:1")
	local.Now = time.Now
	if err := local.Validate(); err != nil {
		t.Fatalf("Validate() of local error:\n%+v", err)
	}
	for want, spoil := range map[string]func(*Config){
		"no brokers":            func(c *Config) { c.Brokers = nil },
		"no clock":              func(c *Config) { c.Now = nil },
		"replication is 0":      func(c *Config) { c.Replication = 0 },
		"min in sync is 4":      func(c *Config) { c.MinInSync = 4 },
		"journal has 2":         func(c *Config) { c.Partitions[claimwatch.TopicJournal] = 2 },
		"touched is 0":          func(c *Config) { c.Partitions[claimwatch.TopicTouched] = 0 },
		"write attempts is 0":   func(c *Config) { c.Write.Attempts = 0 },
		"bytes in flight":       func(c *Config) { c.Write.MaxBytesInFlight = 1 },
		"fetch and prefetch":    func(c *Config) { c.Read.FetchBytes = 0 },
		"third of session":      func(c *Config) { c.Group.Heartbeat = c.Group.Session },
		"write linger is 0s":    func(c *Config) { c.Write.Linger = 0 },
		`compression "brotli"`:  func(c *Config) { c.Write.Compression = "brotli" },
		`mechanism "KERBEROS"`:  func(c *Config) { c.Security.Mechanism = "KERBEROS" },
		"username is given":     func(c *Config) { c.Security.Username = "u" },
		"tls is off":            func(c *Config) { c.Security.CAFile = "ca.pem" },
		"certificate authority": func(c *Config) { c.Security.TLS, c.Security.CAFile = true, "none.pem" },
		"client certificate":    func(c *Config) { c.Security.TLS, c.Security.CertFile = true, "none.pem" },
	} {
		cfg := good()
		spoil(&cfg)
		if _, err := Open(cfg, zap.NewNop(), prometheus.NewRegistry()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Open() error is %v, want one that says %q", err, want)
		}
	}
	cfg := good()
	cfg.Brokers, cfg.Now = nil, nil
	if err := cfg.Validate(); !strings.Contains(err.Error(), "no brokers") || !strings.Contains(err.Error(), "no clock") {
		t.Errorf("Validate() error is %v, want both faults at once", err)
	}
}

// One registry holds the metrics of one client; names carry the prefix and labels a help text.
func TestMetricsAreRegisteredOnce(t *testing.T) {
	cfg := Local("127.0.0.1:1")
	cfg.Now = time.Now
	reg := prometheus.NewRegistry()
	if _, err := Open(cfg, zap.NewNop(), reg); err != nil {
		t.Fatalf("Open() error:\n%+v", err)
	}
	if _, err := Open(cfg, zap.NewNop(), reg); err == nil {
		t.Error("Open() twice on one registry gives no error")
	}
	problems := 0
	for _, c := range (&Client{met: mustMetrics(t)}).met.all() {
		ch := make(chan *prometheus.Desc, 10)
		c.Describe(ch)
		if d := (<-ch).String(); !strings.Contains(d, `fqName: "claimwatch_stream_`) || strings.Contains(d, `help: ""`) {
			problems++
			t.Errorf("metric %s", d)
		}
	}
}

func mustMetrics(t *testing.T) *metrics {
	t.Helper()
	m, err := newMetrics(prometheus.NewRegistry())
	if err != nil {
		t.Fatalf("newMetrics() error:\n%+v", err)
	}
	return m
}
