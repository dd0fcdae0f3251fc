package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"claimwatch"
	"claimwatch/province"
)

type demoCommand struct {
	nodeFlags `set:"clock=event"`

	Speed float64 `help:"Simulated hours a second." default:"6"`
	Seed  uint64  `help:"Another seed is another province." default:"1"`
	Days  int     `help:"How many days of history the province has." default:"60"`

	Agency bool `help:"Officers, clerks and hospitals work on some of what is found; otherwise all of it waits for you." default:"true" negatable:""`
}

func (demoCommand) Help() string {
	return `A small province streams in at a visible pace, with planted violations and near-violations. A second start on the
same --data goes on where the first ended.

Weeks of history come in within minutes, so the clock is that of the events. With --clock wall every stay of the
past is also found to be uploaded late (DAT-001).

Example:
  claimwatch demo --speed 24 --seed 7`
}

func (c demoCommand) Run(ctx context.Context, term terminal) error {
	if c.Speed <= 0 {
		return wrongUsage("--speed is more than 0")
	}
	if c.Days < 1 {
		return wrongUsage("--days is at least 1")
	}
	s := c.settings()
	if s.LogLevel == "info" {
		s.LogLevel = "warn" // the terminal belongs to the view
	}
	return serveUntil(ctx, s, term, func(ctx context.Context, n *node) error {
		d := &demo{command: c, node: n, view: newView(term), term: term}
		return d.run(ctx)
	})
}

// demo plays hospitals and administrator against a node, through its HTTP doors.
type demo struct {
	command demoCommand
	node    *node
	term    terminal
	view    *view
	state   demoState
	admin   *client
	agency  *demoAgency // nil: nobody works
}

// demoViolations is the share of stays with something planted: far more than a
// real province has, so that there is something to see.
const demoViolations = 0.6

// demoState is what a second start goes on with.
type demoState struct {
	Seed  uint64             `json:"seed"`
	From  claimwatch.Day     `json:"from"`
	Days  int                `json:"days"`
	Until claimwatch.Instant `json:"until"`
	Sent  int                `json:"sent"` // batches
	Keys  map[string]string  `json:"keys"`

	Password string `json:"password,omitempty"` // of everybody in demoPeople
}

func (d *demo) stateFile() string { return filepath.Join(d.command.Data, "demo.json") }

func (d *demo) run(ctx context.Context) error {
	d.node.onChange(d.view.changed)
	if err := d.recall(); err != nil {
		return err
	}
	if err := d.ready(ctx); err != nil {
		return err
	}
	admin, err := clientFlags{Server: "http://" + d.command.Listen, Data: d.command.Data}.client()
	if err != nil {
		return err
	}
	d.admin = admin
	p := province.New(province.Config{
		Seed: d.state.Seed, From: d.state.From, Days: d.state.Days, Until: d.state.Until, ViolationRate: demoViolations,
		Rounds: 1, // a scene of every rule
	})
	if err := d.prepare(ctx, p); err != nil {
		return err
	}
	if err := d.invite(ctx); err != nil {
		return err
	}
	d.welcome()
	if d.command.Agency {
		if d.agency, err = d.hire(ctx, p); err != nil {
			return err
		}
	}
	if err := d.play(ctx, p); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return nil
	}
	if d.agency != nil {
		d.view.say("%s", d.agency.report())
	}
	d.view.say("the province has reached the present: %d findings stand. The server keeps running; Ctrl-C ends it.", d.view.standing())
	<-ctx.Done()
	return nil
}

// ready waits until the journal is read and knows the admin key.
func (d *demo) ready(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-d.node.stages.journal.CaughtUp():
	}
	for d.node.adminKnown() != nil {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil
}

// recall reads what an earlier start left, or begins a province that ends now.
func (d *demo) recall() error {
	text, err := os.ReadFile(d.stateFile())
	if err == nil {
		if err := json.Unmarshal(text, &d.state); err != nil {
			return fmt.Errorf("read %s: %w", d.stateFile(), err)
		}
		return nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read demo state: %w", err)
	}
	now := claimwatch.InstantOf(clock())
	d.state = demoState{
		Seed: d.command.Seed, Days: d.command.Days + 1, Until: now,
		From: now.Day() - claimwatch.Day(d.command.Days), Keys: map[string]string{},
	}
	return d.remember()
}

func (d *demo) remember() error {
	text, err := json.Marshal(d.state)
	if err != nil {
		return fmt.Errorf("write demo state: %w", err)
	}
	if err := os.WriteFile(d.stateFile()+".new", text, 0o600); err != nil {
		return fmt.Errorf("write demo state: %w", err)
	}
	return os.Rename(d.stateFile()+".new", d.stateFile())
}

// prepare loads the reference tables and makes a key for each hospital, once.
func (d *demo) prepare(ctx context.Context, p *province.Province) error {
	if len(d.state.Keys) > 0 {
		return nil
	}
	for table, rows := range p.Reference() {
		if err := d.load(ctx, table, rows); err != nil {
			return fmt.Errorf("load %s: %w", table, err)
		}
	}
	for _, institution := range p.Institutions() {
		key, hash := newKey()
		var answer json.RawMessage
		err := d.admin.post(ctx, "/v1/keys", map[string]string{"key_sha256": hash, "institution_id": institution}, &answer)
		if err != nil {
			return fmt.Errorf("make a key for %s: %w", institution, err)
		}
		d.state.Keys[institution] = key
	}
	d.view.say("reference tables loaded, %d hospitals have keys", len(d.state.Keys))
	return d.remember()
}

// play sends the batches at the pace of the simulated clock.
func (d *demo) play(ctx context.Context, p *province.Province) error {
	const step = time.Hour
	began, first, sent := clock(), claimwatch.Instant(0), 0
	for batch := range p.Batches(step, 1000) {
		if sent++; sent <= d.state.Sent {
			continue
		}
		if first == 0 {
			first = batch.At
		}
		simulated := time.Duration(batch.At-first) * time.Millisecond
		wait := time.Duration(float64(simulated)/d.command.Speed/float64(time.Hour)*float64(time.Second)) - clock().Sub(began)
		select {
		case <-ctx.Done():
			return d.remember()
		case <-time.After(max(wait, 0)):
		}
		if err := d.send(ctx, batch); err != nil {
			if ctx.Err() != nil {
				return d.remember()
			}
			return err
		}
		d.state.Sent = sent
		if err := d.remember(); err != nil {
			return err
		}
		d.view.came(batch)
		if d.agency == nil {
			continue
		}
		if err := d.agency.work(ctx, batch.At); err != nil && ctx.Err() == nil {
			return err
		}
	}
	return nil
}
