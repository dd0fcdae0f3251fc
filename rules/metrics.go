package rules

import "github.com/prometheus/client_golang/prometheus"

// Metrics are the numbers of the stage.
type Metrics struct {
	RuleErrors  *prometheus.CounterVec   // rules that failed to run: an alarm
	Evaluations prometheus.Counter       // scopes evaluated and written
	Findings    *prometheus.CounterVec   // findings written, by rule
	Hits        *prometheus.CounterVec   // stays hit in written evaluations, by rule
	Passes      *prometheus.CounterVec   // stays that passed, by rule
	Silences    *prometheus.CounterVec   // stays not evaluated, by rule
	Batches     prometheus.Counter       // slices evaluated
	Seconds     *prometheus.HistogramVec // time of a batch, by step
	Woken       prometheus.Counter       // scopes published because time made them due
	Poison      prometheus.Counter       // touched messages that could not be read
	Age         prometheus.Histogram     // from the touched message to its findings
	Latency     prometheus.Histogram     // from the upload to its findings
	Background  prometheus.Counter       // scopes evaluated because reference data or rules changed
	Oldest      prometheus.Gauge         // age of the oldest record in evaluation
}

// Of makes the series of rules that nothing was counted of yet: a rule that never hit
// is 0 on a board and no gap.
func (m *Metrics) Of(rules []string) {
	for _, rule := range rules {
		for _, vec := range []*prometheus.CounterVec{m.RuleErrors, m.Findings, m.Hits, m.Passes, m.Silences} {
			vec.WithLabelValues(rule)
		}
	}
}

// NewMetrics makes the collectors and registers them.
func NewMetrics(reg prometheus.Registerer) *Metrics {
	m := &Metrics{
		RuleErrors: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_rule_errors_total", Help: "Rules that failed to run on a slice.",
		}, []string{"rule"}),
		Evaluations: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "claimwatch_evaluations_total", Help: "Scopes evaluated and written.",
		}),
		Findings: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_evaluated_findings_total", Help: "Findings in written evaluations.",
		}, []string{"rule"}),
		Hits: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_rule_hits_total", Help: "Stays that a rule hit, in written evaluations.",
		}, []string{"rule"}),
		Passes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_rule_passes_total", Help: "Stays that passed a rule, in written evaluations.",
		}, []string{"rule"}),
		Silences: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_not_evaluated_total", Help: "Stays of which a rule could not tell, in written evaluations.",
		}, []string{"rule"}),
		Batches: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "claimwatch_evaluation_batches_total", Help: "Slices evaluated.",
		}),
		Seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "claimwatch_evaluation_seconds", Help: "Time of a batch, by step.",
			Buckets: prometheus.ExponentialBuckets(0.002, 2, 14),
		}, []string{"step"}),
		Woken: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "claimwatch_due_scopes_total", Help: "Scopes published because time made them due.",
		}),
		Poison: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "claimwatch_touched_poison_total", Help: "Touched messages that could not be read.",
		}),
		Age: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "claimwatch_touched_age_seconds", Help: "From a touched message to its findings written.",
			Buckets: prometheus.ExponentialBuckets(0.005, 2, 16),
		}),
	}
	m.Latency = prometheus.NewHistogram(prometheus.HistogramOpts{
		Name: "claimwatch_upload_to_finding_seconds", Help: "From the reception of the oldest record of a touched message to its findings written.",
		Buckets: []float64{.01, .025, .05, .075, .1, .15, .2, .25, .35, .5, .75, 1, 2, 5, 15, 60, 300},
	})
	m.Oldest = prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "claimwatch_oldest_unevaluated_seconds", Help: "Age of the oldest uploaded record that is being evaluated; 0 when none is.",
	})
	m.Background = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "claimwatch_background_scopes_total", Help: "Scopes evaluated in the background because reference data or rules changed.",
	})
	reg.MustRegister(m.Latency, m.Oldest, m.Background)
	reg.MustRegister(m.RuleErrors, m.Evaluations, m.Findings, m.Hits, m.Passes, m.Silences, m.Batches, m.Seconds, m.Woken, m.Poison, m.Age)
	return m
}
