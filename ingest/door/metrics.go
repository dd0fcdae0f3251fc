package door

import (
	"fmt"

	"github.com/prometheus/client_golang/prometheus"

	"claimwatch/ingest/fair"
)

type metrics struct {
	uploads *prometheus.CounterVec // outcome: accepted or a code of the contract
	records *prometheus.CounterVec // kind, outcome: accepted or a code of the contract
	sent    prometheus.Histogram
	size    prometheus.Histogram
	coding  *prometheus.CounterVec // coding
	seconds *prometheus.HistogramVec
	settled *prometheus.CounterVec // in_time: yes, no
	ahead   *prometheus.GaugeVec   // institution

	signatures *prometheus.CounterVec // result: a seal.Result
}

func newMetrics(reg prometheus.Registerer, d *Door) (*metrics, error) {
	m := &metrics{
		uploads: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_door_uploads_total", Help: "Uploads by outcome: accepted, or the code of the refusal.",
		}, []string{"outcome"}),
		records: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_door_records_total", Help: "Records by kind and outcome: accepted, or the code of the refusal.",
		}, []string{"kind", "outcome"}),
		sent: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "claimwatch_door_upload_bytes", Help: "Bytes of an upload as sent.",
			Buckets: prometheus.ExponentialBuckets(256, 4, 9),
		}),
		size: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "claimwatch_door_upload_records", Help: "Records of an upload.",
			Buckets: prometheus.ExponentialBuckets(1, 4, 10),
		}),
		coding: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_door_codings_total", Help: "Uploads by Content-Encoding.",
		}, []string{"coding"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "claimwatch_door_step_seconds", Help: "Time of each step: admit, read, log, settle.",
			Buckets: prometheus.ExponentialBuckets(0.001, 2, 16),
		}, []string{"step"}),
		settled: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_door_answers_total", Help: "Answers to accepted uploads, by whether the receipt was settled in time.",
		}, []string{"settled"}),
		ahead: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "claimwatch_door_clock_ahead_seconds",
			Help: "How far the latest time of an institution's last upload lay ahead of the server's clock; refused beyond 300.",
		}, []string{"institution"}),
		signatures: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_ingest_signatures_total",
			Help: "Uploads by their signature: good, none, or why it was refused (missing, unsupported, malformed, broken, untrusted, expired, revoked, foreign).",
		}, []string{"result"}),
	}
	collectors := []prometheus.Collector{m.uploads, m.records, m.sent, m.size, m.coding, m.seconds, m.settled, m.ahead, m.signatures}
	collectors = append(collectors, prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "claimwatch_ingest_revocation_list_outdated",
		Help: "1 when a CA has promised a newer revocation list than the one in use: fetch it and send SIGHUP.",
	}, func() float64 {
		if d.cfg.Seals.Outdated(d.cfg.Now()) {
			return 1
		}
		return 0
	}))
	for name, gate := range map[string]*fair.Gate{"memory": d.memory, "log": d.toLog, "workers": d.workers} {
		labels := prometheus.Labels{"of": name}
		collectors = append(collectors,
			prometheus.NewGaugeFunc(prometheus.GaugeOpts{
				Name: "claimwatch_door_in_use", Help: "What uploads under way hold: bytes of memory, bytes to the log, workers.",
				ConstLabels: labels,
			}, func() float64 { return float64(gate.Used()) }),
			prometheus.NewGaugeFunc(prometheus.GaugeOpts{
				Name: "claimwatch_door_limit", Help: "What uploads under way may hold at the most, in the same units.", ConstLabels: labels,
			}, func() float64 { return float64(gate.Capacity()) }),
			prometheus.NewGaugeFunc(prometheus.GaugeOpts{
				Name: "claimwatch_door_waiting", Help: "Uploads that wait for their turn.", ConstLabels: labels,
			}, func() float64 { return float64(gate.Waiting()) }))
	}
	for _, c := range collectors {
		if err := reg.Register(c); err != nil {
			return nil, fmt.Errorf("register door metrics: %w", err)
		}
	}
	m.uploads.WithLabelValues("accepted")
	return m, nil
}
