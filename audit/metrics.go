package audit

import "github.com/prometheus/client_golang/prometheus"

type metrics struct {
	decisions  *prometheus.CounterVec // by action and outcome (done, or the code of the refusal)
	system     *prometheus.CounterVec // by type: tell_retracted, inherit_notice, adjust_rejection
	sweepFails prometheus.Counter
	faulty     *prometheus.CounterVec // refused reference loads by table
	listeners  prometheus.Gauge
	streamed   *prometheus.CounterVec // by change
	signIns    *prometheus.CounterVec // by outcome: passed, refused, delayed

	figuresFails prometheus.Counter
}

func newMetrics(reg prometheus.Registerer) (*metrics, error) {
	m := &metrics{
		decisions: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_decisions_total", Help: "Decisions and statements asked for, by what became of them.",
		}, []string{"action", "outcome"}),
		system: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_system_commands_total", Help: "Commands that the product gave by itself.",
		}, []string{"type"}),
		sweepFails: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "claimwatch_audit_sweep_failures_total", Help: "Sweeps over notified findings that could not be finished.",
		}),
		faulty: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_reference_refused_total", Help: "Reference loads refused for their faults.",
		}, []string{"table"}),
		listeners: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "claimwatch_stream_listeners", Help: "Connections to GET /v1/stream.",
		}),
		streamed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_stream_events_total", Help: "Events sent to listeners, by what happened to the finding.",
		}, []string{"change"}),
		signIns: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_sign_ins_total", Help: "Attempts to sign in, by what became of them.",
		}, []string{"outcome"}),
		figuresFails: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "claimwatch_figures_failures_total", Help: "Times that what stands could not be counted: the figures of before are shown on.",
		}),
	}
	for _, c := range []prometheus.Collector{m.decisions, m.system, m.sweepFails, m.faulty, m.listeners, m.streamed, m.signIns, m.figuresFails} {
		if err := reg.Register(c); err != nil {
			return nil, err
		}
	}
	for _, outcome := range []string{"passed", "refused", "delayed"} {
		m.signIns.WithLabelValues(outcome)
	}
	return m, nil
}
