package check

import (
	"fmt"

	"github.com/prometheus/client_golang/prometheus"
)

type metrics struct {
	calls   *prometheus.CounterVec // by outcome: answered or the code of the problem
	seconds prometheus.Histogram
	told    prometheus.Counter
}

func newMetrics(reg prometheus.Registerer) (*metrics, error) {
	m := &metrics{
		calls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_checks_total", Help: "Calls of POST /v1/check by outcome: answered, or the code of the problem.",
		}, []string{"outcome"}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "claimwatch_check_seconds", Help: "Time from a whole body to its answer, waiting for a slot included.",
			Buckets: []float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}),
		told: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "claimwatch_check_findings_total", Help: "Findings that answers of POST /v1/check told of.",
		}),
	}
	for _, c := range []prometheus.Collector{m.calls, m.seconds, m.told} {
		if err := reg.Register(c); err != nil {
			return nil, fmt.Errorf("register metrics of the check: %w", err)
		}
	}
	m.calls.WithLabelValues("answered")
	return m, nil
}
