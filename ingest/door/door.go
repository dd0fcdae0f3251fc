package door

import (
	"context"
	"encoding/base32"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/ingest/fair"
)

// Door takes uploads in. It is an http.Handler for POST /v1/records; Register
// adds the other operations.
type Door struct {
	cfg Config
	log *zap.Logger
	met *metrics
	hub *Hub

	memory  *fair.Gate // bytes of uploads under way
	workers *fair.Gate // uploads being decoded
	toLog   *fair.Gate // bytes on their way to the log
}

// New makes a door. It has no work of its own: Run only waits.
func New(cfg Config, log *zap.Logger, reg prometheus.Registerer) (*Door, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	d := &Door{
		cfg: cfg, log: log, hub: NewHub(),
		memory:  fair.NewGate(cfg.Memory, cfg.Waiting),
		workers: fair.NewGate(int64(cfg.Workers), 0),
		toLog:   fair.NewGate(cfg.LogBytes, 0),
	}
	var err error
	d.met, err = newMetrics(reg, d)
	return d, err
}

// Run waits for ctx to end: the door works in the calls of its handlers.
func (d *Door) Run(ctx context.Context) error {
	<-ctx.Done()
	return nil
}

// Settled tells the door how the sink settled a part of an upload. It is the
// sink's Settled when both run in one process; otherwise the door asks the store.
func (d *Door) Settled(part claimwatch.ReceiptPart) { d.hub.Settled(part) }

// ServeHTTP answers POST /v1/records.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	receipt, err := d.receive(w, r)
	if err != nil {
		d.refuse(w, err)
		return
	}
	d.met.uploads.WithLabelValues("accepted").Inc()
	d.met.settled.WithLabelValues(strconv.FormatBool(receipt.Settled)).Inc()
	body, err := json.Marshal(receipt)
	if err != nil {
		d.refuse(w, fmt.Errorf("write receipt %s: %w", receipt.ReceiptID, err))
		return
	}
	header := w.Header()
	header.Set("Content-Type", "application/json")
	header.Set("Content-Length", strconv.Itoa(len(body)))
	header.Set("Location", "/v1/receipts/"+receipt.ReceiptID)
	w.WriteHeader(http.StatusAccepted)
	_, _ = w.Write(body) // who has gone asks for the receipt again, or sends again
}

// refuse answers with a problem. When the body was not read to its end the
// connection is closed: what is still coming is nobody's next request.
func (d *Door) refuse(w http.ResponseWriter, err error) {
	code := claimwatch.CodeOf(err)
	d.met.uploads.WithLabelValues(string(code)).Inc()
	var broken *brokenError
	if errors.As(err, &broken) || code == claimwatch.CodeTooLarge {
		w.Header().Set("Connection", "close")
	}
	switch code {
	case claimwatch.CodeUnsupportedMediaType:
		w.Header().Set("Accept", "application/x-ndjson, application/json")
		w.Header().Set("Accept-Encoding", "gzip, zstd, identity")
	case claimwatch.CodeUnavailable:
		w.Header().Set("Retry-After", retryAfterOf(err))
	case claimwatch.CodeInternal:
		d.log.Error("upload ended with an internal error", zap.Error(err))
	default:
	}
	d.cfg.Problem(w, err)
}

// brokenError marks an error after which the rest of the body is unread.
type brokenError struct{ err error }

// Error says what the wrapped error says.
func (e *brokenError) Error() string { return e.err.Error() }

// Unwrap gives the wrapped error.
func (e *brokenError) Unwrap() error { return e.err }

func unavailable(message string, cause error) error {
	return &claimwatch.Error{Code: claimwatch.CodeUnavailable, Message: message, Cause: cause}
}

func retryAfterOf(err error) string {
	var patient interface{ RetryAfter() time.Duration }
	if errors.As(err, &patient) {
		return strconv.Itoa(max(1, int((patient.RetryAfter()+time.Second-1)/time.Second)))
	}
	return retryAfter
}

var idAlphabet = base32.NewEncoding("0123456789abcdefghijklmnopqrstuv").WithPadding(base32.NoPadding)

// newReceiptID is sortable by time and cannot be guessed: 48 bits of
// milliseconds and 80 random ones.
func newReceiptID(at time.Time, random io.Reader) (string, error) {
	var raw [16]byte
	binary.BigEndian.PutUint64(raw[:8], uint64(at.UnixMilli())<<16)
	if _, err := io.ReadFull(random, raw[6:]); err != nil {
		return "", fmt.Errorf("draw a receipt id: %w", err)
	}
	return "r_" + idAlphabet.EncodeToString(raw[:]), nil
}
