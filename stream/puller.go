package stream

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
	"go.uber.org/zap"

	"claimwatch"
)

// puller fetches one partition from one offset on. It asks with plain fetch
// requests instead of kafka-go's Reader, because the Reader jumps over what
// retention took and says so only in its log (K9), and hides a stalled
// connection (K12). The offset is ours; a connection holds no state.
type puller struct {
	c         *Client
	topic     string
	partition int
	buf       *buffer
	log       *zap.Logger

	mu     sync.Mutex
	next   int64 // the offset that must come next
	end    int64 // the end of the partition as the last fetch saw it
	cancel context.CancelFunc
}

// run fetches until ctx ends (nil) or going on would lose something (*HaltError).
func (p *puller) run(ctx context.Context) error {
	pause := p.c.retryPause()
	var beyond time.Time // since when the offset lies beyond the end of the log
	for ctx.Err() == nil {
		msgs, err := p.fetch(ctx)
		var halt *HaltError
		switch {
		case err == nil:
			pause.Reset()
			beyond = time.Time{}
			if len(msgs) > 0 && !p.buf.push(msgs) {
				return nil
			}
			continue
		case ctx.Err() != nil:
			return nil
		case errors.As(err, &halt):
			return halt
		case errors.Is(err, kafka.OffsetOutOfRange):
			if err = p.outOfRange(ctx, &beyond); errors.As(err, &halt) {
				return halt
			}
		}
		p.c.met.fetchErrors.WithLabelValues(p.topic).Inc()
		p.log.Warn("fetch did not work", zap.Int("partition", p.partition), zap.Error(err))
		sleep(ctx, pause.NextBackOff())
	}
	return nil
}

// fetch makes one round trip and checks that the offsets follow without a gap.
func (p *puller) fetch(ctx context.Context) ([]claimwatch.Message, error) {
	read := p.c.cfg.Read
	ctx, cancel := context.WithTimeout(ctx, read.FetchWait+read.Timeout)
	defer cancel()
	p.mu.Lock()
	p.cancel = cancel
	next := p.next
	p.mu.Unlock()

	res, err := p.c.api.Fetch(ctx, &kafka.FetchRequest{
		Topic: p.topic, Partition: p.partition, Offset: next,
		MinBytes: 1, MaxBytes: int64(read.FetchBytes), MaxWait: read.FetchWait,
	})
	if err == nil {
		err = res.Error
	}
	if err != nil {
		return nil, fmt.Errorf("fetch from offset %d: %w", next, err)
	}
	msgs, err := p.decode(res, next)
	if err != nil {
		return nil, err
	}
	if len(msgs) > 0 {
		next = msgs[len(msgs)-1].Offset + 1
	} else if res.HighWatermark > next {
		return nil, fmt.Errorf("fetch from offset %d: the end is %d and nothing came", next, res.HighWatermark)
	}
	p.mu.Lock()
	p.next, p.end = next, max(p.end, res.HighWatermark)
	p.mu.Unlock()
	return msgs, nil
}

func (p *puller) decode(res *kafka.FetchResponse, next int64) ([]claimwatch.Message, error) {
	if hasControl(res.Records) {
		return nil, p.haltAt(next, errors.New("a transaction marker is in the log, which nobody of us writes"))
	}
	var msgs []claimwatch.Message
	for {
		rec, err := res.Records.ReadRecord()
		if errors.Is(err, io.EOF) {
			return msgs, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read record after offset %d: %w", next-1, err)
		}
		msg, err := p.message(rec)
		if err != nil {
			return nil, err
		}
		switch {
		case msg.Offset < next:
			continue // a produce batch may begin before the offset that was asked for
		case msg.Offset > next:
			// Our topics are not compacted and know no transactions, so
			// nothing explains a missing offset (K9).
			return nil, p.haltAt(next, fmt.Errorf("the log goes on at offset %d: %d messages are missing",
				msg.Offset, msg.Offset-next))
		}
		next++
		msgs = append(msgs, msg)
	}
}

func (p *puller) message(rec *kafka.Record) (claimwatch.Message, error) {
	msg := claimwatch.Message{Topic: p.topic, Partition: p.partition, Offset: rec.Offset, Time: rec.Time}
	var err error
	if msg.Key, err = readAndClose(rec.Key); err != nil {
		return msg, fmt.Errorf("read key of offset %d: %w", rec.Offset, err)
	}
	if msg.Value, err = readAndClose(rec.Value); err != nil {
		return msg, fmt.Errorf("read value of offset %d: %w", rec.Offset, err)
	}
	if len(rec.Headers) > 0 {
		msg.Headers = make(map[string]string, len(rec.Headers))
		for _, h := range rec.Headers {
			msg.Headers[h.Key] = string(h.Value)
		}
	}
	return msg, nil
}

// outOfRange finds out on which side of the log the wanted offset lies. Below:
// retention passed us, halt. Above: the log lost its tail; a new leader may lag
// for a moment, so that is borne for RangeGrace.
func (p *puller) outOfRange(ctx context.Context, beyond *time.Time) error {
	next, _ := p.position()
	first, err := p.c.StartOffsets(ctx, p.topic)
	if err != nil {
		return err
	}
	end, err := p.c.EndOffsets(ctx, p.topic)
	if err != nil {
		return err
	}
	now := p.c.cfg.Now()
	switch {
	case next < first[p.partition]:
		return p.haltAt(next, fmt.Errorf("the log begins at offset %d: %d messages are gone that were not read",
			first[p.partition], first[p.partition]-next))
	case next <= end[p.partition]:
		*beyond = time.Time{}
	case beyond.IsZero():
		*beyond = now
	case now.Sub(*beyond) >= p.c.cfg.Read.RangeGrace:
		return p.haltAt(next, fmt.Errorf("the log ends at offset %d: it lost messages that were read from it", end[p.partition]))
	}
	return fmt.Errorf("offset %d is out of the range %d to %d: %w",
		next, first[p.partition], end[p.partition], kafka.OffsetOutOfRange)
}

func (p *puller) haltAt(offset int64, err error) *HaltError {
	return &HaltError{Topic: p.topic, Partition: p.partition, Offset: offset, Err: err}
}

func (p *puller) position() (next, end int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.next, p.end
}

// restart gives up the fetch that is under way and its connection.
func (p *puller) restart() {
	p.mu.Lock()
	cancel := p.cancel
	p.mu.Unlock()
	if cancel != nil {
		cancel()
	}
	p.c.transport.CloseIdleConnections()
}

func (c *Client) retryPause() *backoff.ExponentialBackOff {
	pause := backoff.NewExponentialBackOff()
	pause.InitialInterval, pause.MaxInterval = c.cfg.Read.RetryMin, c.cfg.Read.RetryMax
	pause.Multiplier, pause.RandomizationFactor = 2, 0.5
	return pause
}

func hasControl(records kafka.RecordReader) bool {
	stream, ok := records.(*protocol.RecordStream)
	if !ok {
		return false
	}
	for _, batch := range stream.Records {
		if _, control := batch.(*protocol.ControlBatch); control {
			return true
		}
	}
	return false
}

// readAndClose copies the bytes and gives kafka-go's pages back to its pool.
func readAndClose(b kafka.Bytes) ([]byte, error) {
	if b == nil {
		return nil, nil
	}
	defer b.Close() //nolint:errcheck // a page in memory
	return kafka.ReadAll(b)
}

func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
