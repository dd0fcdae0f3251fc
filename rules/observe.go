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
	}
	for code, t := range e.engine.library.tallies(e.engine.slice.Stays(), evaluations) {
		e.metrics.Hits.WithLabelValues(code).Add(float64(t.hits))
		e.metrics.Passes.WithLabelValues(code).Add(float64(t.passes))
		e.metrics.Silences.WithLabelValues(code).Add(float64(t.silences))
	}
}

// begin notes how long the oldest record behind a batch has waited.
func (e *Evaluator) begin(messages []claimwatch.Message) {
	if e.metrics == nil {
		return
	}
	now, oldest := e.deps.Now(), time.Duration(0)
	for _, m := range messages {
		if at, ok := receivedAt(m); ok {
			oldest = max(oldest, now.Sub(at))
		}
	}
	e.metrics.Oldest.Set(oldest.Seconds())
}

// receivedAt is when the oldest record behind a message was received; only the
// sink's messages tell.
func receivedAt(m claimwatch.Message) (time.Time, bool) {
	at, err := time.Parse(time.RFC3339Nano, m.Headers[claimwatch.HeaderReceivedAt])
	return at, err == nil
}

// observe notes how old each message, and what was uploaded, was when it was
// answered.
func (e *Evaluator) observe(messages []claimwatch.Message) {
	if e.metrics == nil {
		return
	}
	now := e.deps.Now()
	e.metrics.Oldest.Set(0)
	for _, m := range messages {
		if at, ok := receivedAt(m); ok {
			e.metrics.Latency.Observe(now.Sub(at).Seconds())
		}
	}
	for _, m := range messages {
		if !m.Time.IsZero() {
			e.metrics.Age.Observe(now.Sub(m.Time).Seconds())
		}
	}
}
