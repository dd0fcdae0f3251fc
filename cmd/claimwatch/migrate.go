package main

import (
	"context"
	"fmt"
	"strings"

	"go.uber.org/zap"

	"claimwatch/store"
)

type migrateCommand struct {
	Data   string `help:"Directory of the embedded store; ./claimwatch-data without --config." type:"path" xor:"where"`
	Config string `help:"A serve configuration instead." type:"existingfile" xor:"where"`
	Engine string `help:"The ClickHouse engine library." type:"path"`
	Check  bool   `help:"Only say what is missing; exit 1 when something is."`
}

func (migrateCommand) Help() string {
	return `run and serve migrate at their start; this is for looking first. The server must not be running on --data.

Example:
  claimwatch migrate --check`
}

func (c migrateCommand) Run(ctx context.Context, term terminal) error {
	s := defaultSettings()
	s.Engine = c.Engine
	if c.Data != "" {
		s.Data = c.Data
	}
	if c.Config != "" {
		var err error
		if s, err = loadSettings(c.Config); err != nil {
			return err
		}
	}
	db, err := store.Open(ctx, s.storeConfig(s.storeDir()), zap.NewNop())
	if err != nil {
		return err
	}
	defer db.Close()
	if !c.Check {
		if err := db.Migrate(ctx); err != nil {
			return err
		}
	}
	status, err := db.MigrationStatus(ctx)
	if err != nil {
		return err
	}
	if !status.Current() {
		return fmt.Errorf("the schema is at %d of %d; missing: %s", status.Applied, status.Latest, strings.Join(status.Pending, ", "))
	}
	_, err = fmt.Fprintf(term.out, "the schema is current: version %d\n", status.Applied)
	return err
}
