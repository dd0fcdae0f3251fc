package board

import (
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"claimwatch"
)

// Board shows the latest figures to Prometheus. Before the first it shows none: a
// zero would be a lie. Every process shows the same, so that queries take the
// greatest over instances and never add them up.
type Board struct {
	latest atomic.Pointer[Figures]
	descs  map[string]*prometheus.Desc
}

// series are what the board shows, with their labels.
func series() []struct{ Name, Help, Type, Labels string } {
	return []struct{ Name, Help, Type, Labels string }{
		{"findings", "Findings that stand or were decided, by the city of their institution, severity and state.", "gauge", "city severity state"},
		{"findings_yuan", "Gross amounts of those findings, in yuan: one yuan may be at issue in several findings.", "gauge", "city severity state"},
		{"rule_findings", "Findings that stand or were decided, by rule and state.", "gauge", "rule state"},
		{"rule_findings_yuan", "Gross amounts of those findings, in yuan.", "gauge", "rule state"},
		{"rejected_yuan", "What stands rejected now, in yuan, each yuan once, by the city of the finding's institution.", "gauge", "city"},
		{"rule_rejected_yuan", "What stands rejected now, in yuan, each yuan once, by rule.", "gauge", "rule"},
		{"rule_decisions_total", "Decisions ever made on findings of a rule: rejected, released, upheld, overturned.", "counter", "rule outcome"},
		{"decision_seconds", "From the opening of a finding to its first decision, by the product's clock.", "histogram", "city"},
		{"deadlines", "What is due within 31 days, by kind (as GET /v1/deadlines) and when: overdue, today, week, later.", "gauge", "city kind due"},
		{"institutions", "Institutions whose agreement is neither terminated nor over, by how long ago they were heard of: 6h, 1d, 3d, 7d, longer, never.", "gauge", "city heard"},
		{"newest_upload_timestamp_seconds", "When a record was last received from a city.", "gauge", "city"},
		{"longest_silence_timestamp_seconds", "When that institution of a city was last heard of that is silent longest; those never heard of are left out.", "gauge", "city"},
		{"coverage_stays", "What a rule says of the stays that it speaks of: hit, pass, not_evaluated.", "gauge", "rule result"},
		{"coverage_city_stays", "What all rules together say of the stays of a city: a stay counts once for each rule.", "gauge", "city result"},
		{"clock_timestamp_seconds", "The product's clock: now, or as_of with the event clock.", "gauge", ""},
		{"figures_timestamp_seconds", "When the figures of this board were last counted.", "gauge", ""},
		{"figures_seconds", "How long it took to count them.", "gauge", ""},
	}
}

// NewBoard makes a board that shows nothing yet.
func NewBoard() *Board {
	b := &Board{descs: map[string]*prometheus.Desc{}}
	for _, s := range series() {
		b.descs[s.Name] = prometheus.NewDesc("claimwatch_"+s.Name, s.Help, strings.Fields(s.Labels), nil)
	}
	return b
}

// Types tells the kind of metric of each full name.
func (b *Board) Types() map[string]string {
	types := map[string]string{}
	for _, s := range series() {
		types["claimwatch_"+s.Name] = s.Type
	}
	return types
}

// Show replaces what is shown.
func (b *Board) Show(f *Figures) { b.latest.Store(f) }

// Describe implements prometheus.Collector.
func (b *Board) Describe(out chan<- *prometheus.Desc) {
	for _, s := range series() {
		out <- b.descs[s.Name]
	}
}

// Collect implements prometheus.Collector.
func (b *Board) Collect(out chan<- prometheus.Metric) {
	f := b.latest.Load()
	if f == nil {
		return
	}
	c := collecting{b, out}
	c.money(f)
	c.work(f)
	c.watch(f)
	c.gauge("clock_timestamp_seconds", float64(f.at)/1000)
	c.gauge("figures_timestamp_seconds", seconds(f.now))
	c.gauge("figures_seconds", f.took.Seconds())
}

type collecting struct {
	*Board
	out chan<- prometheus.Metric
}

func (c collecting) gauge(name string, value float64, labels ...string) {
	c.out <- prometheus.MustNewConstMetric(c.descs[name], prometheus.GaugeValue, value, labels...)
}

// yuan is the one place where money becomes a floating number: Prometheus has no other.
func yuan(f claimwatch.Fen) float64 { return float64(f) / 100 }

func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

func (c collecting) money(f *Figures) {
	for k, s := range f.findings {
		c.gauge("findings", float64(s.count), k.city, string(k.severity), string(k.state))
		c.gauge("findings_yuan", yuan(s.yuan), k.city, string(k.severity), string(k.state))
	}
	for k, s := range f.rules {
		c.gauge("rule_findings", float64(s.count), k.rule, string(k.state))
		c.gauge("rule_findings_yuan", yuan(s.yuan), k.rule, string(k.state))
	}
	for city, fen := range f.rejected {
		c.gauge("rejected_yuan", yuan(fen), city)
	}
	for rule, fen := range f.taken {
		c.gauge("rule_rejected_yuan", yuan(fen), rule)
	}
}

func (c collecting) work(f *Figures) {
	for k, n := range f.steps {
		c.out <- prometheus.MustNewConstMetric(c.descs["rule_decisions_total"], prometheus.CounterValue, float64(n), k.rule, k.outcome)
	}
	for city, w := range f.waits {
		buckets := map[float64]uint64{}
		for _, bound := range waitBounds() {
			buckets[float64(bound)] = w.within[bound]
		}
		c.out <- prometheus.MustNewConstHistogram(c.descs["decision_seconds"], w.count, float64(w.seconds), buckets, city)
	}
	for k, n := range f.due {
		c.gauge("deadlines", float64(n), k.city, k.kind, k.when)
	}
}

func (c collecting) watch(f *Figures) {
	for k, n := range f.heard {
		c.gauge("institutions", float64(n), k.city, k.within)
	}
	for city, at := range f.newest {
		c.gauge("newest_upload_timestamp_seconds", seconds(at), city)
		c.gauge("longest_silence_timestamp_seconds", seconds(f.longest[city]), city)
	}
	for k, n := range f.covered {
		c.gauge("coverage_stays", float64(n), k.rule, k.result)
	}
	for k, n := range f.watched {
		c.gauge("coverage_city_stays", float64(n), k.city, k.result)
	}
}
