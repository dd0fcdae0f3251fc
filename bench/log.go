package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/segmentio/kafka-go"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"claimwatch"
	"claimwatch/ingest/wire"
	"claimwatch/province"
	"claimwatch/stream"
	"claimwatch/stream/kafkatest"
)

// throughLog is what both sides do: write lines and read them back.
type throughLog struct {
	produce func(ctx context.Context, uploads [][]claimwatch.Record) error
	// consume gives how long reading took once the partitions were assigned:
	// joining a group happens once and its time says nothing of throughput.
	consume func(ctx context.Context, lines int) (time.Duration, error)
}

// log compares the log as the product uses it with one line a message.
func (b *bench) log(ctx context.Context) (section, error) {
	uploads, lines := b.records(b.plan.logLines)
	figures := series{}
	for i := range b.plan.runs {
		for _, side := range []string{"ours", "peer"} {
			r, err := b.logRun(ctx, side, uploads, lines)
			if err != nil {
				return section{}, fmt.Errorf("run %s: %w", side, err)
			}
			say("log, run %d of %d, %s: wrote %s, read %s lines/s, %s CPU s a million", i+1, b.plan.runs, side, trim(r.wrote), trim(r.read), trim(r.cpu))
			figures.add(side+" wrote", r.wrote)
			figures.add(side+" read", r.read)
			figures.add(side+" both", 1/(1/r.wrote+1/r.read))
			figures.add(side+" cpu", r.cpu)
		}
	}
	rate := func(name string) string { return trim(figures.median(name)) + " lines/s" }
	line := func(what, name string) row {
		return atLeast(what, rate("ours "+name), rate("peer "+name), figures.median("ours "+name)/figures.median("peer "+name), 5)
	}
	both := line("write "+thousands(int64(lines))+" lines, then read them", "both")
	wrote, read := line("of this, write until acknowledged", "wrote"), line("of this, read and commit", "read")
	wrote.noAim, read.noAim = true, true
	cpu := func(side string) string { return trim(figures.median(side+" cpu")) + " CPU s a million lines" }
	spent := plainly("processor time of client and broker", cpu("ours"), cpu("peer"), figures.median("peer cpu")/figures.median("ours cpu"))
	return section{rows: []row{both, wrote, read, spent}, notes: []string{b.often()}}, nil
}

// records are lines of a province in uploads of the usual size.
func (b *bench) records(lines int) (uploads [][]claimwatch.Record, total int) {
	p := province.New(province.Config{Seed: 3, Persons: max(50, lines/600), From: claimwatch.InstantOf(b.now()).Day() - 61, Days: 60})
	for batch := range p.Batches(24*time.Hour, b.plan.uploadLines) {
		uploads, total = append(uploads, batch.Records), total+len(batch.Records)
		if total >= lines {
			break
		}
	}
	return uploads, total
}

// logResult is lines a second, and CPU seconds a million lines of both processes.
type logResult struct{ wrote, read, cpu float64 }

// logRun measures one side on a broker of its own.
func (b *bench) logRun(ctx context.Context, side string, uploads [][]claimwatch.Record, lines int) (r logResult, err error) {
	dir, err := os.MkdirTemp(b.dir, "log-")
	if err != nil {
		return r, fmt.Errorf("make a directory: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	broker, err := kafkatest.Run(dir)
	if err != nil {
		return r, err
	}
	defer broker.Kill()
	cfg := stream.Local(broker.Brokers...)
	cfg.Now = time.Now
	client, err := stream.Open(cfg, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		return r, err
	}
	defer func() { _ = client.Close() }()
	if err := client.EnsureTopics(ctx); err != nil {
		return r, err
	}
	work := ourLog(client)
	if side == "peer" {
		work = plainLog(broker.Brokers)
	}
	began, used := b.now(), ownTime()+cpuOf(broker.PID())
	if err := work.produce(ctx, uploads); err != nil {
		return r, err
	}
	r.wrote = float64(lines) / b.now().Sub(began).Seconds()
	took, err := work.consume(ctx, lines)
	r.read, r.cpu = float64(lines)/took.Seconds(), (ownTime()+cpuOf(broker.PID())-used)/float64(lines)*1e6
	return r, err
}

// ourLog writes each upload as the door does and reads as the sink does.
func ourLog(client *stream.Client) throughLog {
	produce := func(ctx context.Context, uploads [][]claimwatch.Record) error {
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(6) // hospitals upload beside each other
		for i, records := range uploads {
			group.Go(func() error {
				var messages wire.Records
				for k := range records {
					messages.Add(k, &records[k])
				}
				u := claimwatch.Upload{InstitutionID: records[0].InstitutionID, ReceiptID: fmt.Sprintf("r%d", i), ReceivedAt: records[0].OccurredAt}
				return client.Writer(claimwatch.TopicRecords).Write(ctx, messages.Messages(u)...)
			})
		}
		return group.Wait()
	}
	consume := func(ctx context.Context, lines int) (took time.Duration, err error) {
		ctx, done := context.WithCancel(ctx)
		defer done()
		var began time.Time
		read := 0
		err = client.Consume(ctx, stream.ConsumerConfig{
			Topic: claimwatch.TopicRecords, Group: "bench",
			OnAssign: func(int, []int) { began = time.Now() },
			Handle: func(ctx context.Context, batch *stream.Batch) error {
				for _, m := range batch.Messages() {
					for line, rest := wire.CutLine(string(m.Value)); line.JSON != ""; line, rest = wire.CutLine(rest) {
						read++
					}
				}
				err := batch.Commit(ctx, nil)
				if read >= lines {
					took = time.Since(began)
					done()
				}
				return err
			},
		})
		if err == nil && read != lines {
			err = fmt.Errorf("read %d lines of %d", read, lines)
		}
		return took, err
	}
	return throughLog{produce, consume}
}

// plainCall is how many lines the peer hands over at once: kafka-go parts them
// into full batches of 100 for four partitions, so that its linger of a second
// never counts against it, except once at the end.
const plainCall = 10_000

// plainLog is kafka-go as it comes, with RequireAll: one message a line, commits
// once a second.
func plainLog(brokers []string) throughLog {
	produce := func(ctx context.Context, uploads [][]claimwatch.Record) error {
		w := &kafka.Writer{Addr: kafka.TCP(brokers...), Topic: claimwatch.TopicRecords, RequiredAcks: kafka.RequireAll}
		defer func() { _ = w.Close() }() // everything is acknowledged
		var messages []kafka.Message
		for _, records := range uploads {
			for k := range records {
				r := &records[k]
				messages = append(messages, kafka.Message{Key: []byte(r.InstitutionID), Value: claimwatch.AppendCanonical(nil, r)})
				if len(messages) < plainCall {
					continue
				}
				if err := w.WriteMessages(ctx, messages...); err != nil {
					return err
				}
				messages = nil
			}
		}
		return w.WriteMessages(ctx, messages...)
	}
	consume := func(ctx context.Context, lines int) (time.Duration, error) {
		r := kafka.NewReader(kafka.ReaderConfig{
			Brokers: brokers, Topic: claimwatch.TopicRecords, GroupID: "bench", CommitInterval: time.Second,
		})
		var began time.Time
		for i := range lines {
			if _, err := r.ReadMessage(ctx); err != nil {
				return 0, errors.Join(err, r.Close())
			}
			if i == 0 {
				began = time.Now()
			}
		}
		return time.Since(began), r.Close()
	}
	return throughLog{produce, consume}
}
