// Command claimwatch watches, in real time, what agreement hospitals charge the
// work-injury insurance fund. One binary: the server (run, serve, demo) and
// every client of it.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// version is set by the linker (make build).
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := execute(ctx, os.Args[1:], terminal{in: os.Stdin, out: os.Stdout, err: os.Stderr})
	stop()
	os.Exit(code)
}
