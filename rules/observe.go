package rules

import (
	"time"

	"claimwatch"
)

// step notes how long a step took.
func (e *Evaluator) step(name string, started time.Time) {
	if e.metrics != nil {
		e.metrics.Seconds.WithLabelValues(name).Observe(e.deps.Now().Sub(started).Seconds())
	}
}

// count notes what was written.
func (e *Evaluator) count(evaluations []claimwatch.Evaluation) {
	if e.metrics == nil {
		return
	}
	e.metrics.Batches.Inc()
	e.metrics.Evaluations.Add(float64(len(evaluations)))
	for _, evaluation := range evaluations {
		for _, f := range evaluation.Findings {
			e.metrics.Findings.WithLabelValues(f.Rule).Inc()
		}
		for _, n := range evaluation.NotEvaluated {
			e.metrics.Silences.WithLabelValues(n.Rule).Inc()
		}
	}
}

// observe notes how old each message was when it was answered.
func (e *Evaluator) observe(messages []claimwatch.Message) {
	if e.metrics == nil {
		return
	}
	now := e.deps.Now()
	for _, m := range messages {
		if !m.Time.IsZero() {
			e.metrics.Age.Observe(now.Sub(m.Time).Seconds())
		}
	}
}
