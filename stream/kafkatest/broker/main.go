// Command broker is the embedded log as a process of its own, for tests that
// kill it: broker DIRECTORY ADDRESS.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"go.uber.org/zap"

	"claimwatch/stream/embedded"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 3 {
		return fmt.Errorf("usage: %s DIRECTORY ADDRESS", os.Args[0])
	}
	log, err := zap.NewDevelopment()
	if err != nil {
		return fmt.Errorf("make a logger: %w", err)
	}
	b, err := embedded.Start(os.Args[1], os.Args[2], log)
	if err != nil {
		return err
	}
	over := make(chan os.Signal, 1)
	signal.Notify(over, os.Interrupt, syscall.SIGTERM)
	<-over
	return b.Close()
}
