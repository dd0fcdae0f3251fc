package journal

import "github.com/prometheus/client_golang/prometheus"

type metrics struct {
	commands *prometheus.CounterVec // by type and outcome: accepted, refused, repeated
	poison   prometheus.Counter
	entries  prometheus.Gauge
	behind   prometheus.Gauge
	views    *prometheus.CounterVec // by outcome: written, skipped, failed
	wait     prometheus.Histogram
}

func newMetrics(reg prometheus.Registerer) (*metrics, error) {
	m := &metrics{
		commands: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_journal_commands_total", Help: "Commands read from the journal topic.",
		}, []string{"type", "outcome"}),
		poison: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "claimwatch_journal_poison_total", Help: "Messages of the journal topic that are no command.",
		}),
		entries: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "claimwatch_journal_entries", Help: "Number of the latest entry of the journal.",
		}),
		behind: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "claimwatch_journal_views_behind", Help: "Entries whose views are not written yet.",
		}),
		views: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_journal_views_total", Help: "Entries whose views this process wrote, found written, or failed to write.",
		}, []string{"outcome"}),
		wait: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "claimwatch_journal_answer_seconds", Help: "Time from producing a command to its answer.",
			Buckets: prometheus.ExponentialBuckets(0.001, 2, 14),
		}),
	}
	for _, c := range []prometheus.Collector{m.commands, m.poison, m.entries, m.behind, m.views, m.wait} {
		if err := reg.Register(c); err != nil {
			return nil, err
		}
	}
	for _, outcome := range []string{"written", "skipped", "failed"} {
		m.views.WithLabelValues(outcome)
	}
	return m, nil
}
