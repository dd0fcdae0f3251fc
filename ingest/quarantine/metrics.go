package quarantine

import (
	"fmt"

	"github.com/prometheus/client_golang/prometheus"
)

type metrics struct {
	items *prometheus.CounterVec // code
	bad   prometheus.Counter
	delay prometheus.Histogram
}

func newMetrics(reg prometheus.Registerer) (*metrics, error) {
	m := &metrics{
		items: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_quarantine_items_total", Help: "Refused records put into the store by code, repeats included.",
		}, []string{"code"}),
		bad: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "claimwatch_quarantine_unreadable_total", Help: "Messages of the quarantine topic that hold unreadable items.",
		}),
		delay: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "claimwatch_quarantine_received_to_stored_seconds", Help: "Time from the door to the store, by message.",
			Buckets: prometheus.ExponentialBuckets(0.005, 2, 16),
		}),
	}
	for _, c := range []prometheus.Collector{m.items, m.bad, m.delay} {
		if err := reg.Register(c); err != nil {
			return nil, fmt.Errorf("register quarantine metrics: %w", err)
		}
	}
	return m, nil
}
