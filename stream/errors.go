package stream

import (
	"errors"
	"fmt"
	"time"

	"github.com/segmentio/kafka-go"
)

// ErrBusy is what Write answers when the bytes in flight are at their bound:
// nothing was written, and the caller may try again after RetryAfter.
var ErrBusy error = busyError{}

// ErrGenerationEnded is what Commit answers once the group has moved on. A
// handler passes it up: whoever owns the partitions now does the work again.
var ErrGenerationEnded = errors.New("consumer group generation has ended")

// ErrClosed is what a Writer answers after its Client was closed.
var ErrClosed = errors.New("log client is closed")

type busyError struct{}

func (busyError) Error() string             { return "too many bytes on the way to the log" }
func (busyError) RetryAfter() time.Duration { return time.Second }

// TooLargeError refuses a whole call of Write before anything was written.
type TooLargeError struct {
	Index int // which message of the call
	Bytes int // what it has
	Max   int // what it may have
	Part  string
}

// Error says which message is too large and by how much.
func (e *TooLargeError) Error() string {
	return fmt.Sprintf("message %d has a %s of %d bytes, at most %d fit", e.Index, e.Part, e.Bytes, e.Max)
}

// UnknownError wraps every other error of Write: the messages may be in the
// log, not at all, partly, or more than once (K3, K4, K7).
type UnknownError struct {
	Topic string
	Err   error
}

// Error says what happened and that nothing is known.
func (e *UnknownError) Error() string {
	return fmt.Sprintf("write to %s, outcome unknown: %v", e.Topic, e.Err)
}

// Unwrap gives the cause.
func (e *UnknownError) Unwrap() error { return e.Err }

// HaltError stops a consumer for good: going on would lose or invent something.
type HaltError struct {
	Topic     string
	Partition int   // -1 when the handler stopped it
	Offset    int64 // the offset that was wanted next, -1 when unknown
	Err       error
}

// Error says where and why.
func (e *HaltError) Error() string {
	if e.Partition < 0 {
		return fmt.Sprintf("reading %s halted: %v", e.Topic, e.Err)
	}
	return fmt.Sprintf("reading %s partition %d halted at offset %d: %v", e.Topic, e.Partition, e.Offset, e.Err)
}

// Unwrap gives the cause.
func (e *HaltError) Unwrap() error { return e.Err }

// Halts marks the error as final, see Halt.
func (e *HaltError) Halts() bool { return true }

type haltMark struct{ error }

func (haltMark) Halts() bool     { return true }
func (h haltMark) Unwrap() error { return h.error }

// Halt marks an error of a handler as final: the batch is not tried again and
// the consumer stops with a HaltError. Stages that cannot import this package
// return any error with a method Halts() bool that answers true.
func Halt(err error) error { return haltMark{err} }

func halts(err error) bool {
	var h interface{ Halts() bool }
	return errors.As(err, &h) && h.Halts()
}

// generationOver tells the answers of a coordinator that has given our
// partitions to somebody else.
func generationOver(err error) bool {
	for _, code := range []kafka.Error{
		kafka.IllegalGeneration, kafka.UnknownMemberId, kafka.RebalanceInProgress, kafka.FencedInstanceID,
	} {
		if errors.Is(err, code) {
			return true
		}
	}
	return false
}
