package sink

import (
	"fmt"

	"github.com/prometheus/client_golang/prometheus"

	"claimwatch"
)

type metrics struct {
	records   *prometheus.CounterVec // kind, outcome
	messages  *prometheus.CounterVec // outcome: read, poison
	atomic    *prometheus.CounterVec // outcome: complete, refused, abandoned, copy
	held      prometheus.Gauge
	lookups   prometheus.Counter
	touched   prometheus.Counter
	clocks    *prometheus.CounterVec // outcome: ahead, recomputed
	delay     prometheus.Histogram
	seconds   *prometheus.HistogramVec // step
	batchSize prometheus.Histogram
}

func newMetrics(reg prometheus.Registerer) (*metrics, error) {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "claimwatch_sink_" + name, Help: help}, labels)
	}
	m := &metrics{
		records: counter("records_total",
			"Records of the log by kind and outcome: accepted, repeated, duplicate, conflict, identity_changed, poison, withheld.",
			"kind", "outcome"),
		messages: counter("messages_total", "Messages of the log: read, or poison as a whole.", "outcome"),
		atomic:   counter("atomic_uploads_total", "Atomic uploads: complete, refused, abandoned, or a copied chunk.", "outcome"),
		held: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "claimwatch_sink_held_uploads", Help: "Atomic uploads whose last chunk has not come.",
		}),
		lookups: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "claimwatch_sink_identity_lookups_total", Help: "Identities that the store was asked for.",
		}),
		touched: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "claimwatch_sink_touched_total", Help: "Scopes published for evaluation.",
		}),
		clocks: counter("clocks_total", "Clocks of institutions that went ahead or were read anew from the records.", "outcome"),
		delay: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "claimwatch_sink_received_to_stored_seconds", Help: "Time from the door to the store, by message.",
			Buckets: prometheus.ExponentialBuckets(0.005, 2, 16),
		}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "claimwatch_sink_step_seconds", Help: "Time of each step: read, judge, insert, publish, commit.",
			Buckets: prometheus.ExponentialBuckets(0.001, 2, 14),
		}, []string{"step"}),
		batchSize: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "claimwatch_sink_batch_records", Help: "Records of a batch.", Buckets: prometheus.ExponentialBuckets(1, 4, 10),
		}),
	}
	for _, c := range []prometheus.Collector{
		m.records, m.messages, m.atomic, m.held, m.lookups, m.touched, m.clocks, m.delay, m.seconds, m.batchSize,
	} {
		if err := reg.Register(c); err != nil {
			return nil, fmt.Errorf("register sink metrics: %w", err)
		}
	}
	return m, nil
}

// tally counts the records of a batch before they are added up, because a
// labelled counter for each record would show in the profile.
type tally [int(claimwatch.Claim) + 1][verdicts]int

func (t *tally) addTo(records *prometheus.CounterVec) {
	for kind := range t {
		for v, n := range t[kind] {
			if n == 0 {
				continue
			}
			name := "unknown"
			if kind > 0 {
				name = claimwatch.Kind(kind).String()
			}
			records.WithLabelValues(name, verdict(v).String()).Add(float64(n))
		}
	}
}
