package check

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/ingest/fair"
	"claimwatch/ingest/sink"
)

// Check answers POST /v1/check. Register adds it to the document.
type Check struct {
	cfg Config
	log *zap.Logger
	met *metrics

	bodies *fair.Gate
	slots  *fair.Gate
}

// New makes a Check. It works in the calls of its handler only.
func New(cfg Config, log *zap.Logger, reg prometheus.Registerer) (*Check, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	met, err := newMetrics(reg)
	return &Check{
		cfg: cfg, log: log, met: met,
		bodies: fair.NewGate(int64(cfg.Bodies), cfg.Bodies), slots: fair.NewGate(int64(cfg.Slots), cfg.Waiting),
	}, err
}

// ServeHTTP answers POST /v1/check.
func (c *Check) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer, err := c.answer(w, r)
	var text []byte
	if err == nil {
		text, err = json.Marshal(answer)
	}
	if err != nil {
		c.refuse(w, err)
		return
	}
	c.met.calls.WithLabelValues("answered").Inc()
	c.met.told.Add(float64(len(answer.Findings)))
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	_, _ = w.Write(text) // who has gone asks again
}

// refuse answers with a problem. What may still come of the body is nobody's
// next request.
func (c *Check) refuse(w http.ResponseWriter, err error) {
	code := claimwatch.CodeOf(err)
	c.met.calls.WithLabelValues(string(code)).Inc()
	w.Header().Set("Connection", "close")
	switch code {
	case claimwatch.CodeUnsupportedMediaType:
		w.Header().Set("Accept", "application/x-ndjson, application/json")
		w.Header().Set("Accept-Encoding", "gzip, zstd, identity")
	case claimwatch.CodeInternal:
		c.log.Error("check ended with an internal error", zap.Error(err))
	default:
	}
	c.cfg.Problem(w, err)
}

func (c *Check) answer(w http.ResponseWriter, r *http.Request) (Answer, error) {
	caller := claimwatch.CallerFrom(r.Context())
	if !caller.Has(claimwatch.RoleHospital) || !caller.IsHospital() {
		return Answer{}, claimwatch.Refuse(claimwatch.CodeForbidden, "records are checked with the key of their institution")
	}
	if r.URL.RawQuery != "" {
		return Answer{}, claimwatch.Refuse(claimwatch.CodeBadQuery, "this call takes no parameters")
	}
	records, answer, err := c.read(w, r, caller.InstitutionID)
	if err != nil {
		return Answer{}, err
	}
	began := c.cfg.Now()
	defer func() { c.met.seconds.Observe(c.cfg.Now().Sub(began).Seconds()) }()
	ctx, cancel := context.WithTimeout(r.Context(), c.cfg.Patience)
	defer cancel()
	slot, err := c.slots.Acquire(ctx, caller.InstitutionID, 1)
	if err != nil {
		return Answer{}, unavailable(err)
	}
	defer slot.Release()
	if records, err = c.judge(r.Context(), records, &answer); err != nil || len(records) == 0 {
		return answer, err
	}
	findings, asOf, err := c.cfg.Foresee(r.Context(), caller.InstitutionID, plain(records), claimwatch.InstantOf(began))
	if err != nil {
		return Answer{}, fmt.Errorf("foresee findings of %d records: %w", len(records), err)
	}
	answer.AsOf, answer.Findings = &asOf, findings
	return answer, nil
}

func unavailable(cause error) error {
	return &claimwatch.Error{
		Code: claimwatch.CodeUnavailable, Message: "too much is being checked at the moment: ask again later", Cause: cause,
	}
}

// numbered is a record of a body and its place there.
type numbered struct {
	index  int
	record *claimwatch.Record
}

func plain(records []numbered) []*claimwatch.Record {
	list := make([]*claimwatch.Record, len(records))
	for i, r := range records {
		list[i] = r.record
	}
	return list
}

// judge leaves the records that would be new to the store, and counts the others.
func (c *Check) judge(ctx context.Context, records []numbered, answer *Answer) ([]numbered, error) {
	if len(records) == 0 {
		return nil, nil
	}
	all := plain(records)
	ids := make([]claimwatch.Identity, len(all))
	for i, r := range all {
		ids[i] = r.Identity()
	}
	known, err := c.cfg.Known(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("look up %d identities: %w", len(ids), err)
	}
	var fresh []numbered
	for i, f := range sink.Foresee(known, all) {
		switch {
		case f.Duplicate:
			answer.Duplicate++
		case f.Fault != nil:
			answer.Refused = append(answer.Refused, claimwatch.Refusal{
				Index: records[i].index, RecordID: all[i].RecordID, Code: f.Fault.Code, Field: f.Fault.Field, Message: f.Fault.Message,
			})
		default:
			fresh = append(fresh, records[i])
		}
	}
	answer.Accepted, answer.Refused = len(fresh), sorted(answer.Refused)
	return fresh, nil
}
