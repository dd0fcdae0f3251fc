package alerts

import (
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics of the stage. Receivers are those of the routes file: bounded.
type metrics struct {
	active    *prometheus.GaugeVec   // by alertname
	told      *prometheus.CounterVec // alerts, by alertname and status
	delivered *prometheus.CounterVec // messages, by integration and outcome
	retries   *prometheus.CounterVec // by integration
	sends     prometheus.Gauge
	reloads   *prometheus.CounterVec // by outcome
	failures  prometheus.Counter
}

func newMetrics(reg prometheus.Registerer, book *Book, now func() time.Time) (*metrics, error) {
	m := &metrics{
		active: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "claimwatch_alerts_active", Help: "What is the case, by kind of alert, in the process that sends.",
		}, []string{"alertname"}),
		told: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_alerts_told_total", Help: "Alerts in messages that were decided, for each receiver once.",
		}, []string{"alertname", "status"}),
		delivered: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_alerts_notifications_total", Help: "Messages whose delivery ended.",
		}, []string{"integration", "outcome"}),
		retries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_alerts_retries_total", Help: "Attempts that are made again.",
		}, []string{"integration"}),
		sends: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "claimwatch_alerts_sender", Help: "1 in the process that sends; the others wait.",
		}),
		reloads: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_alerts_reloads_total", Help: "Reloads of the routes: replaced, or refused with the previous ones kept.",
		}, []string{"outcome"}),
		failures: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "claimwatch_alerts_failures_total", Help: "Readings of what is the case, and decisions, that did not work and are tried again.",
		}),
	}
	pending := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "claimwatch_alerts_undelivered", Help: "Messages that are decided and not delivered.",
	}, func() float64 { return float64(len(book.Undelivered())) })
	oldest := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "claimwatch_alerts_oldest_undelivered_seconds", Help: "Age of the oldest message that is not delivered; 0: there is none.",
	}, func() float64 {
		waiting := book.Undelivered()
		if len(waiting) == 0 {
			return 0
		}
		return now().Sub(waiting[0].DecidedAt.Time()).Seconds()
	})
	for _, c := range []prometheus.Collector{m.active, m.told, m.delivered, m.retries, m.sends, m.reloads, m.failures, pending, oldest} {
		if err := reg.Register(c); err != nil {
			return nil, fmt.Errorf("register metrics of alerts: %w", err)
		}
	}
	return m, nil
}
