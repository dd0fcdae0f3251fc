package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/segmentio/kafka-go"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"claimwatch"
	"claimwatch/bench/full"
	"claimwatch/store"
	engine "claimwatch/store/embedded"
	"claimwatch/stream"
	broker "claimwatch/stream/embedded"
)

func main() {
	data := flag.String("data", "", "directory of log and store")
	listen := flag.String("listen", "127.0.0.1:8081", "address to listen on")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *data, *listen); err != nil {
		fmt.Fprintln(os.Stderr, "naive:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, data, listen string) error {
	log, err := broker.Start(filepath.Join(data, "log"), "", zap.NewNop())
	if err != nil {
		return fmt.Errorf("start the log: %w", err)
	}
	defer func() { _ = log.Close() }()
	if err := makeTopics(ctx, log.Addr()); err != nil {
		return err
	}
	db, err := store.Open(ctx, store.Config{Embedded: &engine.Config{Dir: filepath.Join(data, "store")}}, zap.NewNop())
	if err != nil {
		return fmt.Errorf("open the store: %w", err)
	}
	defer func() { _ = db.Close() }()
	if err := db.Migrate(ctx); err != nil {
		return fmt.Errorf("make the tables: %w", err)
	}
	sweep, err := full.New(ctx, db, "naive", runtime.NumCPU())
	if err != nil {
		return err
	}
	s := &sink{db: db, sweep: sweep, now: time.Now, clocks: map[string]claimwatch.Clock{}, known: map[claimwatch.Scope]bool{}}
	s.reader = kafka.NewReader(kafka.ReaderConfig{Brokers: []string{log.Addr()}, Topic: claimwatch.TopicRecords, GroupID: "naive"})
	defer func() { _ = s.reader.Close() }()
	writer := &kafka.Writer{
		Addr: kafka.TCP(log.Addr()), Topic: claimwatch.TopicRecords, Balancer: &kafka.Hash{},
		RequiredAcks: kafka.RequireAll, BatchTimeout: 10 * time.Millisecond,
	}
	defer func() { _ = writer.Close() }()
	return serve(ctx, listen, s, &door{writer: writer, sink: s, db: db})
}

func serve(ctx context.Context, listen string, s *sink, d *door) error {
	server := &http.Server{Addr: listen, Handler: d.handler(), ReadHeaderTimeout: 10 * time.Second}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.run(ctx) })
	group.Go(func() error {
		if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve: %w", err)
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		return server.Close()
	})
	return group.Wait()
}

// makeTopics makes the product's topics, so that both have as many partitions.
func makeTopics(ctx context.Context, address string) error {
	cfg := stream.Local(address)
	cfg.Now = time.Now
	client, err := stream.Open(cfg, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	defer func() { _ = client.Close() }()
	if err := client.EnsureTopics(ctx); err != nil {
		return fmt.Errorf("make the topics: %w", err)
	}
	return nil
}
