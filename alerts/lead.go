package alerts

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"go.uber.org/zap"
)

// namedAtOnce is how many findings are read with one question.
const namedAtOnce = 500

// lead sends until ctx ends: this process was elected.
func (a *Alerts) lead(ctx context.Context) error {
	for _, ready := range []<-chan struct{}{a.caught, a.deps.Facts.Ready} {
		select {
		case <-ready:
		case <-ctx.Done():
			return nil
		}
	}
	token := rand.Text()
	if err := a.insist(ctx, "claim to send", func() error { return a.write(ctx, &record{Type: recordOwner, Token: token}) }); err != nil {
		return err
	}
	a.setSends(true)
	defer a.setSends(false)
	l := &leader{a: a, token: token, held: map[string]map[string]Alert{}}
	defer l.stop()
	if err := a.insist(ctx, "read what is the case", func() error { return l.everything(ctx) }); err != nil {
		return err
	}
	for {
		if err := l.start(ctx, a.routes.Load()); err != nil {
			return err
		}
		reload, err := l.follow(ctx)
		if err != nil || !reload {
			return err
		}
		l.stop()
	}
}

func (a *Alerts) setSends(sends bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sends = sends
	a.met.sends.Set(map[bool]float64{true: 1}[sends])
	if !sends {
		a.met.active.Reset()
	}
}

// insist tries something until it works or ctx ends.
func (a *Alerts) insist(ctx context.Context, what string, try func() error) error {
	pause := a.cfg.RetryMin
	for {
		err := try()
		if err == nil || ctx.Err() != nil {
			return ctx.Err()
		}
		a.met.failures.Inc()
		a.log.Warn(what+" is tried again", zap.Duration("after", pause), zap.Error(err))
		if !sleep(ctx, pause) {
			return ctx.Err()
		}
		pause = min(2*pause, a.cfg.RetryMax)
	}
}

func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// leader keeps what is the case and hands it to the routing. It belongs to one
// goroutine; only the pipeline under it has others.
type leader struct {
	a     *Alerts
	token string
	// held is what is the case, by what it is derived from and fingerprint.
	held  map[string]map[string]Alert
	flow  *pipeline
	posts sync.WaitGroup
	end   context.CancelFunc
}

// everything derives all that is the case.
func (l *leader) everything(ctx context.Context) error {
	found := map[string]map[string]Alert{}
	err := l.a.deps.Facts.All(ctx, func(findings []Finding) error {
		for i := range findings {
			keep(found, "finding "+findings[i].ID, ofFinding(l.a.cfg, &findings[i])...)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read findings: %w", err)
	}
	if err := l.others(ctx, found); err != nil {
		return err
	}
	resolved, err := l.lost(ctx, found)
	if err != nil {
		return err
	}
	l.held = found
	l.show()
	if l.flow != nil {
		l.flow.put(ctx, l.all(), false)
		l.flow.put(ctx, resolved, true)
	}
	return nil
}

func ofFinding(cfg Config, f *Finding) []Alert {
	if one, ok := OfFinding(cfg, f); ok {
		return []Alert{one}
	}
	return nil
}

func keep(to map[string]map[string]Alert, source string, alerts ...Alert) {
	for _, one := range alerts {
		if to[source] == nil {
			to[source] = map[string]Alert{}
		}
		to[source][one.Fingerprint()] = one
	}
}

// others derives deadlines and silent hospitals.
func (l *leader) others(ctx context.Context, to map[string]map[string]Alert) error {
	due, err := l.a.deps.Facts.Deadlines(ctx)
	if err != nil {
		return fmt.Errorf("read deadlines: %w", err)
	}
	for i := range due {
		keep(to, "deadline", OfDeadline(l.a.cfg, &due[i])...)
	}
	if l.a.cfg.QuietAfter <= 0 {
		return nil
	}
	quiet, err := l.a.deps.Facts.Quiet(ctx, l.a.cfg.QuietAfter)
	if err != nil {
		return fmt.Errorf("read silent hospitals: %w", err)
	}
	for i := range quiet {
		keep(to, "silence", OfQuiet(l.a.cfg, &quiet[i]))
	}
	return nil
}

// lost gives what somebody was told and what is not the case any more. A finding that
// nobody knows, because the store is being rebuilt, is still what it was.
func (l *leader) lost(ctx context.Context, found map[string]map[string]Alert) ([]Alert, error) {
	is := map[string]bool{}
	for _, alerts := range found {
		for fingerprint := range alerts {
			is[fingerprint] = true
		}
	}
	ofFindings := map[string][]Alert{}
	var gone []Alert
	for fingerprint, one := range l.a.book.firing() {
		switch id := one.Labels["finding_id"]; {
		case is[fingerprint] || one.Labels["alertname"] == NameTest:
		case id == "":
			gone = append(gone, one)
		default:
			ofFindings[id] = append(ofFindings[id], one)
		}
	}
	for ids := range slices.Chunk(sortedNames(ofFindings), namedAtOnce) {
		known, err := l.a.deps.Facts.Named(ctx, ids)
		if err != nil {
			return nil, fmt.Errorf("read %d findings: %w", len(ids), err)
		}
		for i := range known {
			now := ofFinding(l.a.cfg, &known[i])
			for _, one := range ofFindings[known[i].ID] {
				if len(now) == 0 || now[0].Fingerprint() != one.Fingerprint() {
					gone = append(gone, one)
				}
			}
		}
	}
	return gone, nil
}

func (l *leader) all() (all []Alert) {
	for _, alerts := range l.held {
		all = slices.AppendSeq(all, maps.Values(alerts))
	}
	return all
}

// show counts what is the case.
func (l *leader) show() {
	counts := map[string]float64{NameFinding: 0, NameDeadline: 0, NameSilence: 0}
	for _, alerts := range l.held {
		for _, one := range alerts {
			counts[one.Labels["alertname"]]++
		}
	}
	for name, n := range counts {
		l.a.met.active.WithLabelValues(name).Set(n)
	}
}

// start routes what is the case, and delivers.
func (l *leader) start(ctx context.Context, routes *Routes) error {
	ctx, l.end = context.WithCancel(ctx)
	resolved, err := l.lost(ctx, l.held)
	if err != nil {
		return err
	}
	if l.flow, err = newPipeline(ctx, l.a, routes, l.token); err != nil {
		return err
	}
	l.flow.put(ctx, l.all(), false)
	l.flow.put(ctx, resolved, true)
	l.flow.run()
	l.a.deliver(ctx, &l.posts, routes, l.token)
	if l.a.deps.Notices != nil {
		l.posts.Go(func() { l.a.outbox(ctx, routes, l.token) })
	}
	return nil
}

func (l *leader) stop() {
	if l.end == nil {
		return
	}
	l.end()
	if l.flow != nil {
		l.flow.stop()
	}
	l.posts.Wait()
	l.flow, l.end = nil, nil
}

// follow keeps what is the case up to date until ctx ends or the routes are replaced.
func (l *leader) follow(ctx context.Context) (reload bool, err error) {
	again := time.NewTicker(l.a.cfg.Reconcile)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return false, nil
		case <-l.a.reload:
			return true, nil
		case <-again.C:
			err = l.everything(ctx)
		case <-l.a.heard:
			if !sleep(ctx, l.a.cfg.Gather) {
				return false, nil
			}
			err = l.some(ctx)
		}
		if err != nil && ctx.Err() == nil && !errors.Is(err, context.Canceled) {
			l.a.met.failures.Inc()
			l.a.log.Warn("what is the case is read again later", zap.Error(err))
		}
	}
}

// some derives the findings anew that changed, and what runs with the journal.
func (l *leader) some(ctx context.Context) error {
	l.a.mu.Lock()
	ids := sortedNames(l.a.dirty)
	l.a.dirty = map[string]bool{}
	l.a.mu.Unlock()
	for len(ids) > 0 {
		part := ids[:min(len(ids), namedAtOnce)]
		known, err := l.a.deps.Facts.Named(ctx, part)
		if err != nil {
			l.a.Changed(ids...) // not lost: read with the next
			return fmt.Errorf("read %d findings: %w", len(part), err)
		}
		for i := range known {
			l.renew(ctx, "finding "+known[i].ID, ofFinding(l.a.cfg, &known[i]))
		}
		ids = ids[len(part):]
	}
	l.show()
	return nil
}

// renew puts what a source says now in the place of what it said.
func (l *leader) renew(ctx context.Context, source string, alerts []Alert) {
	before := l.held[source]
	delete(l.held, source)
	keep(l.held, source, alerts...)
	var gone, fresh []Alert
	for fingerprint, one := range before {
		if _, still := l.held[source][fingerprint]; !still {
			gone = append(gone, one)
		}
	}
	for fingerprint, one := range l.held[source] {
		if was, known := before[fingerprint]; !known || !maps.Equal(was.Annotations, one.Annotations) {
			fresh = append(fresh, one)
		}
	}
	l.flow.put(ctx, gone, true)
	l.flow.put(ctx, fresh, false)
}
