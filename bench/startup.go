package main

import (
	"context"
	"fmt"
	"os"
)

// startup measures from the start of the process until /readyz answers 200, over
// an empty directory and over one that has had a province.
func (b *bench) startup(ctx context.Context) (section, error) {
	figures := series{}
	used, err := os.MkdirTemp(b.dir, "data-")
	if err != nil {
		return section{}, fmt.Errorf("make a directory: %w", err)
	}
	defer func() { _ = os.RemoveAll(used) }()
	lines, err := b.fill(ctx, used)
	if err != nil {
		return section{}, err
	}
	for i := range b.plan.runs {
		empty, err := os.MkdirTemp(b.dir, "data-")
		if err != nil {
			return section{}, fmt.Errorf("make a directory: %w", err)
		}
		for name, data := range map[string]string{"empty": empty, "full": used} {
			if err := b.start(ctx, name, data, figures); err != nil {
				return section{}, err
			}
		}
		if err := os.RemoveAll(empty); err != nil {
			return section{}, fmt.Errorf("remove directory: %w", err)
		}
		say("start-up, run %d of %d: %v", i+1, b.plan.runs, figures)
	}
	seconds := func(name string) string {
		return trim(figures.median(name)) + " s, " + trim(figures.median(name+" memory")) + " MiB"
	}
	return section{rows: []row{
		plainly("first start until ready, memory then", seconds("empty"), "", 0),
		plainly("start over "+thousands(int64(lines))+" stored lines", seconds("full"), "", 0),
	}, notes: []string{b.often()}}, nil
}

// fill leaves a data directory with everything stored and evaluated.
func (b *bench) fill(ctx context.Context, data string) (lines int, err error) {
	p := b.newProvince(b.plan.drizzle)
	all, lines := render(p, b.plan.uploadLines)
	s, err := b.startProduct(ctx, data)
	if err != nil {
		return 0, err
	}
	defer s.stop()
	if err := s.prepare(ctx, p); err != nil {
		return 0, err
	}
	if err := s.sendAll(ctx, all); err != nil {
		return 0, err
	}
	return lines, s.idle(ctx)
}

func (b *bench) start(ctx context.Context, name, data string, figures series) error {
	began := b.now()
	s, err := b.startProduct(ctx, data)
	if err != nil {
		return err
	}
	defer s.stop()
	figures.add(name, b.now().Sub(began).Seconds())
	now, _ := s.memory()
	figures.add(name+" memory", float64(now))
	return nil
}
