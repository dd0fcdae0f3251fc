package stream

import (
	"fmt"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics counts everything that moves through the log.
type metrics struct {
	written      *prometheus.CounterVec   // topic
	writtenBytes *prometheus.CounterVec   // topic
	writeErrors  *prometheus.CounterVec   // topic, why: busy, too_large, unknown
	writeSeconds *prometheus.HistogramVec // topic
	inFlight     *prometheus.GaugeVec     // topic

	read        *prometheus.CounterVec // topic, group
	readBytes   *prometheus.CounterVec // topic, group
	batches     *prometheus.CounterVec // topic, group
	batchSize   *prometheus.HistogramVec
	commits     *prometheus.CounterVec // topic, group, outcome: ok, backwards, ended, error
	retries     *prometheus.CounterVec // topic, group
	generations *prometheus.CounterVec // topic, group
	fetchErrors *prometheus.CounterVec // topic
	restarts    *prometheus.CounterVec // topic, partition
	buffered    *prometheus.GaugeVec   // topic, group

	lag        *prometheus.GaugeVec // topic, group, partition
	lagSeconds *prometheus.GaugeVec // topic, group, partition
	halted     *prometheus.GaugeVec // topic, partition
}

func newMetrics(reg prometheus.Registerer) (*metrics, error) {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "claimwatch_stream_" + name, Help: help}, labels)
	}
	gauge := func(name, help string, labels ...string) *prometheus.GaugeVec {
		return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "claimwatch_stream_" + name, Help: help}, labels)
	}
	histogram := func(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "claimwatch_stream_" + name, Help: help, Buckets: buckets,
		}, labels)
	}
	m := &metrics{
		written:      counter("written_messages_total", "Messages that all in-sync replicas acknowledged.", "topic"),
		writtenBytes: counter("written_bytes_total", "Bytes of keys and values that were acknowledged, uncompressed.", "topic"),
		writeErrors:  counter("write_errors_total", "Writes that were refused or whose outcome is unknown.", "topic", "why"),
		writeSeconds: histogram("write_seconds", "Time from Write to the acknowledgement.",
			prometheus.ExponentialBuckets(0.001, 2, 14), "topic"),
		inFlight: gauge("write_in_flight_bytes", "Bytes on the way to the log.", "topic"),

		read:      counter("read_messages_total", "Messages handed to a handler, repeats included.", "topic", "group"),
		readBytes: counter("read_bytes_total", "Bytes handed to a handler, uncompressed, repeats included.", "topic", "group"),
		batches:   counter("batches_total", "Batches that a handler finished.", "topic", "group"),
		batchSize: histogram("batch_messages", "Messages of a finished batch.",
			prometheus.ExponentialBuckets(1, 2, 14), "topic", "group"),
		commits:     counter("commits_total", "Commits by outcome: ok, backwards, ended, error.", "topic", "group", "outcome"),
		retries:     counter("batch_retries_total", "Batches that a handler gave back with an error.", "topic", "group"),
		generations: counter("generations_total", "Generations of the consumer group that this process joined.", "topic", "group"),
		fetchErrors: counter("fetch_errors_total", "Fetches that did not work.", "topic"),
		restarts:    counter("reader_restarts_total", "Readers that the watchdog replaced.", "topic", "partition"),
		buffered:    gauge("buffered_bytes", "Bytes fetched and waiting for the handler.", "topic", "group"),

		lag:        gauge("lag_messages", "Messages of the log that are not handled yet.", "topic", "group", "partition"),
		lagSeconds: gauge("lag_seconds", "Age of the oldest message that is not handled yet.", "topic", "group", "partition"),
		halted:     gauge("halted", "1 when reading stopped for good because going on would lose something.", "topic", "partition"),
	}
	for _, c := range m.all() {
		if err := reg.Register(c); err != nil {
			return nil, fmt.Errorf("register stream metrics: %w", err)
		}
	}
	return m, nil
}

// begin makes the series of a reader that nothing has happened to yet, so that what
// watches them sees 0 and not nothing.
func (m *metrics) begin(topic, group string, starts map[int]int64) {
	m.read.WithLabelValues(topic, group)
	m.retries.WithLabelValues(topic, group)
	m.fetchErrors.WithLabelValues(topic)
	for partition := range starts {
		m.restarts.WithLabelValues(topic, partitionLabel(partition))
		m.halted.WithLabelValues(topic, partitionLabel(partition))
	}
}

// beginWriting is begin of a writer.
func (m *metrics) beginWriting(topic string) {
	m.written.WithLabelValues(topic)
	m.inFlight.WithLabelValues(topic)
	for _, why := range []string{"too_large", "busy", "unknown"} {
		m.writeErrors.WithLabelValues(topic, why)
	}
}

func (m *metrics) all() []prometheus.Collector {
	return []prometheus.Collector{
		m.written, m.writtenBytes, m.writeErrors, m.writeSeconds, m.inFlight,
		m.read, m.readBytes, m.batches, m.batchSize, m.commits, m.retries, m.generations,
		m.fetchErrors, m.restarts, m.buffered, m.lag, m.lagSeconds, m.halted,
	}
}
