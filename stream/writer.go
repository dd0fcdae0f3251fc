package stream

import (
	"context"
	"fmt"
	"sort"
	"sync"
	"time"

	"github.com/segmentio/kafka-go"
	"go.uber.org/zap"

	"claimwatch"
)

const (
	// batchBytes is what kafka-go puts into one produce request, uncompressed.
	// A message of MaxMessageBytes with its key and headers fits, and the whole
	// stays below the 1,048,588 bytes that brokers accept by default (K6).
	batchBytes = 1_000_000
	// maxOverhead is what key and headers of a message may take together.
	maxOverhead = 64_000
)

// Writer writes to one topic. It is safe for concurrent use, and concurrent
// calls share produce requests.
type Writer struct {
	topic    string
	kafka    *kafka.Writer
	met      *metrics
	now      func() time.Time
	maxBytes int64

	mu       sync.Mutex
	inFlight int64
	closed   bool
	calls    sync.WaitGroup
}

// Writer gives the writer of a topic: one for each topic and client, made here
// and nowhere else, because the zero value of kafka.Writer asks for no
// acknowledgement at all and answers nil (K1).
func (c *Client) Writer(topic string) *Writer {
	c.mu.Lock()
	defer c.mu.Unlock()
	if w := c.writers[topic]; w != nil {
		return w
	}
	compression, err := compressionOf(c.cfg.Write.Compression)
	if err != nil {
		compression = 0 // Open has validated it
	}
	c.met.beginWriting(topic)
	w := &Writer{
		topic:    topic,
		met:      c.met,
		now:      c.cfg.Now,
		maxBytes: c.cfg.Write.MaxBytesInFlight,
		closed:   c.closed,
		kafka: &kafka.Writer{
			Addr:            c.api.Addr,
			Topic:           topic,
			Transport:       c.transport,
			Balancer:        keyBalancer{},
			RequiredAcks:    kafka.RequireAll, // K1
			Async:           false,            // K2: an asynchronous writer drops errors
			MaxAttempts:     c.cfg.Write.Attempts,
			WriteBackoffMin: 50 * time.Millisecond,
			WriteBackoffMax: time.Second,
			BatchTimeout:    c.cfg.Write.Linger, // K14: the default makes every call last a second
			BatchBytes:      batchBytes,
			BatchSize:       500,                 // kafka-go allocates room for so many with each batch
			WriteTimeout:    c.cfg.Write.Timeout, // K4
			ReadTimeout:     c.cfg.Write.Timeout,
			Compression:     compression,
			ErrorLogger:     kafkaLog{c.log.With(zap.String("topic", topic)), zap.WarnLevel},
		},
	}
	if c.writers != nil {
		c.writers[topic] = w
	}
	return w
}

// Write returns nil only when all in-sync replicas have acknowledged every
// message. *TooLargeError and ErrBusy mean that nothing was written; any other
// error is an *UnknownError. Topic, Partition, Offset and Time of a message are
// ignored: the key decides. Keys and values must not change afterwards, even
// when ctx ended the call early, because the messages may still be on their way.
func (w *Writer) Write(ctx context.Context, msgs ...claimwatch.Message) error {
	if len(msgs) == 0 {
		return nil
	}
	size, err := sizeOf(msgs)
	if err != nil {
		w.met.writeErrors.WithLabelValues(w.topic, "too_large").Inc()
		return err
	}
	if err := ctx.Err(); err != nil {
		return &UnknownError{Topic: w.topic, Err: err}
	}
	if err := w.reserve(size); err != nil {
		w.met.writeErrors.WithLabelValues(w.topic, "busy").Inc()
		return err
	}
	// kafka-go goes on with a batch when its caller has given up, so the bytes
	// stay reserved until it is really done and not only until ctx ends (K13).
	done := make(chan error, 1)
	begin := w.now()
	go func() {
		err := w.kafka.WriteMessages(context.WithoutCancel(ctx), toKafka(msgs)...)
		w.release(size)
		done <- err
	}()
	select {
	case <-ctx.Done():
		err = ctx.Err()
	case err = <-done:
	}
	if err != nil {
		w.met.writeErrors.WithLabelValues(w.topic, "unknown").Inc()
		return &UnknownError{Topic: w.topic, Err: firstOf(err)}
	}
	w.met.writeSeconds.WithLabelValues(w.topic).Observe(w.now().Sub(begin).Seconds())
	w.met.written.WithLabelValues(w.topic).Add(float64(len(msgs)))
	w.met.writtenBytes.WithLabelValues(w.topic).Add(float64(size))
	return nil
}

func (w *Writer) reserve(size int64) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return ErrClosed
	}
	// A call larger than the bound may pass when it is alone.
	if w.inFlight > 0 && w.inFlight+size > w.maxBytes {
		return ErrBusy
	}
	w.inFlight += size
	w.calls.Add(1)
	w.met.inFlight.WithLabelValues(w.topic).Set(float64(w.inFlight))
	return nil
}

func (w *Writer) release(size int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.inFlight -= size
	w.met.inFlight.WithLabelValues(w.topic).Set(float64(w.inFlight))
	w.calls.Done()
}

func (w *Writer) close() error {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.calls.Wait()
	if err := w.kafka.Close(); err != nil {
		return fmt.Errorf("close writer of %s: %w", w.topic, err)
	}
	return nil
}

// firstOf picks one error out of kafka-go's list, which holds the same error
// for every message of a batch (K7).
func firstOf(err error) error {
	if list, ok := err.(kafka.WriteErrors); ok { //nolint:errorlint // never wrapped by kafka-go
		for _, e := range list {
			if e != nil {
				return e
			}
		}
	}
	return err
}

func sizeOf(msgs []claimwatch.Message) (int64, error) {
	var total int64
	for i, m := range msgs {
		overhead := len(m.Key)
		for k, v := range m.Headers {
			overhead += len(k) + len(v) + 16
		}
		if len(m.Value) > claimwatch.MaxMessageBytes {
			return 0, &TooLargeError{Index: i, Bytes: len(m.Value), Max: claimwatch.MaxMessageBytes, Part: "value"}
		}
		if overhead > maxOverhead {
			return 0, &TooLargeError{Index: i, Bytes: overhead, Max: maxOverhead, Part: "key with headers"}
		}
		total += int64(len(m.Value) + overhead)
	}
	return total, nil
}

func toKafka(msgs []claimwatch.Message) []kafka.Message {
	out := make([]kafka.Message, len(msgs))
	for i, m := range msgs {
		out[i] = kafka.Message{Key: m.Key, Value: m.Value}
		if len(m.Headers) == 0 {
			continue
		}
		out[i].Headers = make([]kafka.Header, 0, len(m.Headers))
		for k, v := range m.Headers {
			out[i].Headers = append(out[i].Headers, kafka.Header{Key: k, Value: []byte(v)})
		}
		sort.Slice(out[i].Headers, func(a, b int) bool { return out[i].Headers[a].Key < out[i].Headers[b].Key })
	}
	return out
}
