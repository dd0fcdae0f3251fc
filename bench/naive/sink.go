package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"github.com/segmentio/kafka-go"

	"claimwatch"
	"claimwatch/bench/full"
	"claimwatch/store"
)

// The bounds of a batch: about what the product's sink takes at once.
const (
	batchLines = 10_000
	batchWait  = 100 * time.Millisecond
)

// sink stores and evaluates.
type sink struct {
	reader *kafka.Reader
	db     *store.DB
	sweep  *full.Sweep
	now    func() time.Time
	clocks map[string]claimwatch.Clock // of institutions

	known   map[claimwatch.Scope]bool
	persons []claimwatch.Scope // all of them

	sent, done, findings, sweeps atomic.Int64

	paused atomic.Bool // store only: to reach the size at which it is measured
}

// run consumes until ctx ends.
func (s *sink) run(ctx context.Context) error {
	for {
		batch, err := s.fetch(ctx)
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		if err := s.insert(ctx, batch); err != nil {
			return err
		}
		if !s.paused.Load() {
			err = s.evaluate(ctx)
		}
		if err != nil {
			return err
		}
		if err := s.reader.CommitMessages(ctx, batch...); err != nil {
			return fmt.Errorf("commit: %w", err)
		}
		s.done.Add(int64(len(batch)))
	}
}

// fetch waits for a message and takes what else comes soon.
func (s *sink) fetch(ctx context.Context) ([]kafka.Message, error) {
	first, err := s.reader.FetchMessage(ctx)
	if err != nil {
		return nil, fmt.Errorf("fetch: %w", err)
	}
	batch := []kafka.Message{first}
	soon, cancel := context.WithTimeout(ctx, batchWait)
	defer cancel()
	for len(batch) < batchLines {
		m, err := s.reader.FetchMessage(soon)
		if errors.Is(err, context.DeadlineExceeded) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("fetch: %w", err)
		}
		batch = append(batch, m)
	}
	return batch, nil
}

// insert writes the lines as JSONEachRow, one insert for each table.
func (s *sink) insert(ctx context.Context, batch []kafka.Message) error {
	tables := map[claimwatch.Kind]*bytes.Buffer{}
	for _, m := range batch {
		kind, row, err := rowOf(m.Value, place{m.Partition, m.Offset, m.Time})
		if err != nil {
			return err
		}
		s.note(kind, row)
		text := tables[kind]
		if text == nil {
			text = bytes.NewBufferString("INSERT INTO " + tableOf(kind) + " FORMAT JSONEachRow\n")
			tables[kind] = text
		}
		if err := json.NewEncoder(text).Encode(row); err != nil {
			return fmt.Errorf("encode row: %w", err)
		}
	}
	for kind, text := range tables {
		if err := s.db.Exec(ctx, text.String()); err != nil {
			return fmt.Errorf("insert %s records: %w", kind, err)
		}
	}
	return s.db.SaveClocks(ctx, slices.Collect(maps.Values(s.clocks)), s.sweeps.Load())
}

// note remembers the person and moves the clock of the institution on: rules
// ask for its present.
func (s *sink) note(kind claimwatch.Kind, row map[string]any) {
	person, _ := row["person_id"].(string)
	if scope := claimwatch.PersonScope(person); !s.known[scope] {
		s.known[scope] = true
		s.persons = append(s.persons, scope)
	}
	institution, _ := row["institution_id"].(string)
	text, _ := row["occurred_at"].(string)
	at, err := time.ParseInLocation(clockLayout, text, claimwatch.Shanghai)
	if err == nil && kind.MovesClock() && claimwatch.InstantOf(at) > s.clocks[institution].Latest {
		s.clocks[institution] = claimwatch.Clock{InstitutionID: institution, Latest: claimwatch.InstantOf(at)}
	}
}

func tableOf(kind claimwatch.Kind) string {
	if kind == claimwatch.Leave {
		return "leaves"
	}
	return kind.String() + "s"
}

// evaluate runs every rule over everything and writes the sets with findings.
func (s *sink) evaluate(ctx context.Context) error {
	now := claimwatch.InstantOf(s.now())
	var found []claimwatch.Evaluation
	count := 0
	err := s.sweep.Everybody(ctx, s.persons, now, 0, func(e claimwatch.Evaluation) {
		if len(e.Findings) == 0 {
			return
		}
		e.Offset = s.sweeps.Load()
		found = append(found, e)
		count += len(e.Findings)
	})
	if err != nil {
		return err
	}
	if _, err := s.db.SaveEvaluations(ctx, found, now); err != nil {
		return fmt.Errorf("write findings: %w", err)
	}
	s.findings.Store(int64(count))
	s.sweeps.Add(1)
	return nil
}
