package alerts

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/prometheus/alertmanager/alert"
	"github.com/prometheus/alertmanager/dispatch"
	"github.com/prometheus/alertmanager/eventrecorder"
	"github.com/prometheus/alertmanager/featurecontrol"
	"github.com/prometheus/alertmanager/inhibit"
	"github.com/prometheus/alertmanager/marker"
	"github.com/prometheus/alertmanager/notify"
	"github.com/prometheus/alertmanager/provider/mem"
	"github.com/prometheus/alertmanager/timeinterval"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/model"
	"go.uber.org/zap"

	"claimwatch"
)

// maxTold is how many alerts a message holds; a group with more gets several.
const maxTold = 200

// pipeline is Alertmanager's: routes, groups, waiting, inhibition, mute times. What
// comes out of it is decided by tell.
type pipeline struct {
	a         *Alerts
	routes    *Routes
	token     string
	alerts    *mem.Alerts
	inhibitor *inhibit.Inhibitor
	dispatch  *dispatch.Dispatcher
	done      chan struct{}
}

func newPipeline(ctx context.Context, a *Alerts, routes *Routes, token string) (*pipeline, error) {
	p := &pipeline{a: a, routes: routes, token: token, done: make(chan struct{})}
	// What Alertmanager counts is counted by our metrics where people look; its log
	// would say what tell says, in another format.
	registry, quiet, recorder := prometheus.NewRegistry(), slog.New(slog.DiscardHandler), eventrecorder.NopRecorder()
	var err error
	p.alerts, err = mem.NewAlerts(ctx, time.Minute, 0, nil, quiet, recorder, registry, featurecontrol.NoopFlags{})
	if err != nil {
		return nil, fmt.Errorf("make the list of alerts: %w", err)
	}
	metrics := notify.NewMetrics(registry, featurecontrol.NoopFlags{})
	groups, times := marker.NewGroupMarker(), timeinterval.NewIntervener(routes.intervals)
	p.inhibitor = inhibit.NewInhibitor(p.alerts, routes.inhibit, quiet, recorder)
	muted := notify.MuteFunc(func(ctx context.Context, set model.LabelSet) bool { return a.book.mutes(a.now())(ctx, set) })
	stage := notify.MultiStage{
		notify.NewMuteStage(p.inhibitor, metrics), notify.NewTimeActiveStage(times, groups, metrics), notify.NewTimeMuteStage(times, groups, metrics),
		notify.NewMuteStage(muted, metrics), notify.StageFunc(p.tell),
	}
	p.dispatch = dispatch.NewDispatcher(p.alerts, routes.tree, stage, groups, func(d time.Duration) time.Duration {
		return max(d, notify.MinTimeout)
	}, time.Minute, nil, quiet, recorder, nil, nil)
	return p, nil
}

// run begins to route; what was put before is there when the first group is flushed.
func (p *pipeline) run() {
	go p.inhibitor.Run()
	p.inhibitor.WaitForLoading()
	go func() {
		defer close(p.done)
		p.dispatch.Run(p.a.deps.Now())
	}()
	p.dispatch.WaitForLoading()
}

func (p *pipeline) stop() {
	p.dispatch.Stop()
	<-p.done
	p.inhibitor.Stop()
	p.alerts.Close()
}

// put hands alerts over, as they are or as resolved.
func (p *pipeline) put(ctx context.Context, alerts []Alert, resolved bool) {
	now := p.a.deps.Now()
	list := make([]*alert.Alert, len(alerts))
	for i := range alerts {
		one := &alert.Alert{UpdatedAt: now}
		one.Labels, one.Annotations, one.StartsAt = setOf(alerts[i].Labels), setOf(alerts[i].Annotations), now
		if resolved {
			one.EndsAt = now
		}
		list[i] = one
	}
	if err := p.alerts.Put(ctx, list...); err != nil {
		p.a.log.Error("put alerts", zap.Error(err)) // it gives none
	}
}

// tell is the last stage: what of a group is new to each way of reaching the receiver is
// decided, durably. An error has the group flushed again at its next interval.
func (p *pipeline) tell(ctx context.Context, _ *slog.Logger, alerts ...*alert.Alert) (context.Context, []*alert.Alert, error) {
	receiver, _ := notify.ReceiverName(ctx)
	var failed []error
	for _, to := range p.routes.integrations[receiver] {
		failed = append(failed, p.tellOne(ctx, &to, alerts))
	}
	err := errors.Join(failed...)
	if err != nil && ctx.Err() == nil {
		p.a.met.failures.Inc()
		p.a.log.Warn("a group is told at its next interval", zap.String("receiver", receiver), zap.Error(err))
	}
	return ctx, alerts, err
}

// group is what a flush knows of its group.
type group struct {
	key    string
	labels map[string]string
	repeat time.Duration
	now    claimwatch.Instant
}

func groupOf(ctx context.Context, now claimwatch.Instant) group {
	key, _ := notify.GroupKey(ctx)
	labels, _ := notify.GroupLabels(ctx)
	repeat, _ := notify.RepeatInterval(ctx)
	return group{key: key, labels: mapOf(labels), repeat: repeat, now: now}
}

// tellOne decides what one integration is told of a group: what is firing and it was
// not told of, what it was told of and is resolved, or, when neither is the case for
// too long, all of it once more.
func (p *pipeline) tellOne(ctx context.Context, to *Integration, alerts []*alert.Alert) error {
	g := groupOf(ctx, p.a.now())
	at, knows := p.a.book.lane(to.ID, g.key)
	var firing, fresh, gone []Told
	for _, one := range alerts {
		t := Told{Status: StatusFiring, Alert: Alert{Labels: mapOf(one.Labels), Annotations: mapOf(one.Annotations)}}
		t.Fingerprint = t.Alert.Fingerprint()
		switch known := knows(t.Fingerprint); {
		case one.Resolved() && known:
			t.Status = StatusResolved
			gone = append(gone, t)
		case one.Resolved():
		case known:
			firing = append(firing, t)
		default:
			fresh = append(fresh, t)
		}
	}
	news := slices.Concat(gone, fresh)
	active := len(firing) + len(fresh)
	if len(news) == 0 {
		if active == 0 || at.n == 0 || g.now < at.last+claimwatch.Instant(g.repeat.Milliseconds()) {
			return nil
		}
		for i := range firing {
			firing[i].Status = StatusReminder
		}
		news = firing
	}
	for part := range slices.Chunk(news, maxTold) {
		at.n++
		if err := p.a.decide(ctx, p.token, to, &g, Message{Sequence: at.n, Active: active, Alerts: part}); err != nil {
			return err
		}
	}
	return nil
}

// decide writes a message to the log: from then on it is told.
func (a *Alerts) decide(ctx context.Context, token string, to *Integration, g *group, m Message) error {
	m.Version, m.Receiver, m.GroupKey, m.GroupLabels, m.DecidedAt = BodyVersion, to.Receiver, g.key, g.labels, g.now
	m.Status = StatusResolved
	for _, t := range m.Alerts {
		if t.Status != StatusResolved {
			m.Status = t.Status
		}
	}
	m.identify(to.ID)
	body, err := json.Marshal(&m)
	if err != nil {
		return fmt.Errorf("write message: %w", err)
	}
	r := &record{
		Type: recordTold, Token: token, Integration: to.ID, Inbox: to.Inbox, Body: body,
		Quiet: m.Status == StatusResolved && !to.SendResolved,
	}
	if err := a.write(ctx, r); err != nil {
		return err
	}
	for _, t := range m.Alerts {
		a.met.told.WithLabelValues(t.Labels["alertname"], t.Status).Inc()
	}
	return nil
}
