package alerts

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"go.uber.org/zap"
)

// deliver sends what is decided and not delivered, until ctx ends. What is for a
// receiver that the routes do not name any more is given up.
func (a *Alerts) deliver(ctx context.Context, group *sync.WaitGroup, routes *Routes, token string) {
	named := map[string]bool{}
	for _, to := range routes.Integrations() {
		named[to.ID] = true
		if to.Sender == nil {
			continue
		}
		for lane := range a.cfg.Lanes {
			group.Go(func() { a.lane(ctx, &to, lane, token) })
		}
	}
	group.Go(func() {
		for _, p := range a.book.Undelivered() {
			if !named[p.Integration] {
				a.end(ctx, &p, &record{Outcome: OutcomeFailed, Answer: "the routes do not name this receiver any more", Token: token})
			}
		}
	})
}

// lane delivers the messages of some groups to one receiver, one after the other.
func (a *Alerts) lane(ctx context.Context, to *Integration, lane int, token string) {
	mine := func(hash uint32) bool { return int(hash%uint32(a.cfg.Lanes)) == lane }
	for ctx.Err() == nil {
		changed := a.book.changed() // before looking, lest one that comes now is overlooked
		p := a.book.next(to.ID, token, mine)
		if p == nil {
			select {
			case <-changed:
			case <-ctx.Done():
			}
			continue
		}
		if done := a.attempt(ctx, to, p); done != nil {
			done.Token = token
			a.end(ctx, p, done)
		}
	}
}

// attempt sends a message until the receiver has it, or will not have it, or it is too
// old; nil when ctx ended.
func (a *Alerts) attempt(ctx context.Context, to *Integration, p *Pending) *record {
	pause := a.cfg.RetryMin
	for n := 1; ; n++ {
		answer, again, err := a.once(ctx, to, p)
		switch {
		case err == nil:
			return &record{Outcome: OutcomeDelivered, Answer: answer, Attempts: n}
		case ctx.Err() != nil:
			return nil
		case !again || a.deps.Now().Sub(p.DecidedAt.Time()) > a.cfg.GiveUp:
			a.log.Error("an alert is not delivered", zap.String("integration", to.ID), zap.String("id", p.ID), zap.Int("attempts", n), zap.Error(err))
			return &record{Outcome: OutcomeFailed, Answer: cmp.Or(answer, cut(err.Error())), Attempts: n}
		}
		a.met.retries.WithLabelValues(to.ID).Inc()
		a.log.Warn("an alert is sent again", zap.String("integration", to.ID), zap.String("id", p.ID), zap.Duration("after", pause), zap.Error(err))
		if !sleep(ctx, pause) {
			return nil
		}
		pause = min(2*pause, a.cfg.RetryMax)
	}
}

// once sends a message once.
func (a *Alerts) once(ctx context.Context, to *Integration, p *Pending) (answer string, again bool, err error) {
	late, end := lingering(ctx)
	defer end()
	late, cancel := context.WithTimeout(late, a.cfg.Timeout)
	defer cancel()
	return to.Sender.Send(late, p, a.deps.Now())
}

// lastWord is for how long what is under way goes on when sending ends: an attempt that
// the receiver has taken is heard of, and noted.
const lastWord = 3 * time.Second

// lingering gives a ctx that ends somewhat after another.
func lingering(ctx context.Context) (context.Context, context.CancelFunc) {
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(lastWord, cancel) })
	return late, func() { stop(); cancel() }
}

// end writes how the delivery of a message ended; until that is written the message
// would be sent again, with the same id.
func (a *Alerts) end(ctx context.Context, p *Pending, r *record) {
	r.Type, r.Integration, r.Message = recordSent, p.Integration, p.ID
	ctx, cancel := lingering(ctx)
	defer cancel()
	err := a.insist(ctx, "note that an alert is sent", func() error {
		err := a.prove(ctx, p, r)
		if err == nil {
			err = a.write(ctx, r)
		}
		if err == errNoEffect { //nolint:errorlint // never wrapped; somebody noted it before
			return nil
		}
		return err
	})
	if err == nil {
		a.met.delivered.WithLabelValues(p.Integration, r.Outcome).Inc()
	}
}

func sortedNames[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
