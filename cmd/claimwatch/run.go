package main

import (
	"context"
	"fmt"
	"os"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// nodeFlags are the flags of the commands that start a server in this process.
type nodeFlags struct {
	Data      string `help:"Directory of log, store and admin key." default:"./claimwatch-data" type:"path"`
	Listen    string `help:"Address to listen on." default:"127.0.0.1:8080"`
	OpsListen string `help:"Another address for /metrics, /livez and /readyz."`
	Clock     string `help:"wall: as_of is now; event: the latest occurred_at stored (history, tests)." default:"${clock}" enum:"wall,event"`
	Engine    string `help:"The ClickHouse engine library (libchdb.so); otherwise it is looked for." type:"path"`
	Rules     string `help:"A directory with another rule library; SIGHUP reads it anew." type:"path"`
	Alerts    string `help:"A file of alert routes and receivers; SIGHUP reads it anew. Without one everything comes to the inbox." type:"path"`
	LogLevel  string `help:"debug, info, warn or error." default:"info" enum:"debug,info,warn,error"`
}

func (f nodeFlags) settings() settings {
	s := defaultSettings()
	s.Data, s.Listen, s.OpsListen, s.Clock = f.Data, f.Listen, f.OpsListen, f.Clock
	s.Engine, s.Rules, s.LogLevel, s.Alerts.Routes = f.Engine, f.Rules, f.LogLevel, f.Alerts
	return s
}

type runCommand struct {
	nodeFlags `set:"clock=wall"`
}

func (runCommand) Help() string {
	return `The first start makes DATA/admin.key, a key with every role. As long as nobody has an account, each start prints a
one-time link with which the first administrator is made, who signs in with a password and makes the others. Ctrl-C ends cleanly; a second start goes on
where the first ended.

Example:
  claimwatch run --data ./claimwatch-data --listen 127.0.0.1:8080`
}

func (c runCommand) Run(ctx context.Context, term terminal) error {
	s := c.settings()
	s.tellSetup = func(link string) {
		fmt.Fprintf(term.err, "nobody has an account yet. The first administrator is made here, once, within 24 hours:\n  %s\n", link)
	}
	return serveUntil(ctx, s, term, nil)
}

type serveCommand struct {
	Config string `required:"" type:"existingfile" help:"The configuration (YAML); see deploy/serve.yaml."`
	Check  bool   `help:"Only check the configuration, the log and the store, and exit."`
}

func (serveCommand) Help() string {
	return `Against real Kafka and a real ClickHouse; whatever the file does not name is embedded.

Example:
  claimwatch serve --config deploy/serve.yaml --check
  claimwatch serve --config deploy/serve.yaml`
}

func (c serveCommand) Run(ctx context.Context, term terminal) error {
	s, err := loadSettings(c.Config)
	if err != nil {
		return err
	}
	if !c.Check {
		return serveUntil(ctx, s, term, nil)
	}
	n, err := openNode(ctx, s, zap.NewNop())
	if err != nil {
		return err
	}
	defer n.close()
	_, err = fmt.Fprintln(term.out, "configuration, log and store are good")
	return err
}

// serveUntil runs a node until ctx ends. beside, when given, works next to it
// with a client of it (the demo).
func serveUntil(ctx context.Context, s settings, term terminal, beside func(context.Context, *node) error) error {
	logger, err := newLogger(s.LogLevel, term)
	if err != nil {
		return err
	}
	defer func() { _ = logger.Sync() }() // a terminal cannot be synced
	n, err := openNode(ctx, s, logger)
	if err != nil && ctx.Err() != nil {
		return nil // Ctrl-C while it was starting
	}
	if err != nil {
		return err
	}
	defer n.close()
	if beside != nil {
		return n.run(ctx, func(ctx context.Context) error { return beside(ctx, n) })
	}
	fmt.Fprintf(term.err, "claimwatch %s on http://%s (findings: /v1/findings, API: /docs, metrics: /metrics)\n", version, s.Listen)
	if s.Data != "" {
		fmt.Fprintf(term.err, "the key with every role is in %s\n", n.keyFile())
	}
	return n.run(ctx)
}

// newLogger writes JSON lines to stderr, or readable ones to a terminal.
func newLogger(level string, term terminal) (*zap.Logger, error) {
	var at zapcore.Level
	if err := at.UnmarshalText([]byte(level)); err != nil {
		return nil, wrongUsage("log level: %w", err)
	}
	encoding := zap.NewProductionEncoderConfig()
	encoding.EncodeTime = zapcore.RFC3339NanoTimeEncoder
	encoder := zapcore.NewJSONEncoder(encoding)
	if file, ok := term.err.(*os.File); ok && (terminal{out: file}).interactive() {
		encoding.EncodeLevel = zapcore.CapitalColorLevelEncoder
		encoder = zapcore.NewConsoleEncoder(encoding)
	}
	return zap.New(zapcore.NewCore(encoder, zapcore.AddSync(term.err), at)), nil
}
