package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit/live"
)

type streamInput struct {
	LastEventID   string `header:"Last-Event-ID" maxLength:"80" doc:"the id of the last event that was received: what happened since then comes first"`
	After         string `query:"last_event_id" maxLength:"80" doc:"the same, for those who cannot send the header"`
	InstitutionID string `query:"institution_id"`
	Rule          string `query:"rule" example:"FEE-001"`
}

func (in *streamInput) matches(e *StreamEvent) bool {
	return (in.InstitutionID == "" || in.InstitutionID == e.InstitutionID) && (in.Rule == "" || in.Rule == e.Rule)
}

func (a *Audit) registerStream(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "stream", Method: http.MethodGet, Path: "/v1/stream", Tags: []string{"findings"},
		Summary: "What happens to findings, as it happens (server-sent events)",
		Description: "Officers hear of all, a hospital of its own once it was told. An event `finding` carries a finding as it stands now and `change`: " +
			"opened, revised, retracted, or decided. Its id is what to resume by: send it as Last-Event-ID and nothing is missed; an event may come twice. " +
			"An event `reset` says that too much has happened since then: read the lists anew. A block with nothing but an id keeps the connection alive.",
		Errors: []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, http.StatusServiceUnavailable},
		Responses: map[string]*huma.Response{"200": {Description: "a stream of events without an end", Content: map[string]*huma.MediaType{
			"text/event-stream": {Schema: &huma.Schema{Type: "string"}},
		}}},
	}, a.stream)
}

func (a *Audit) stream(ctx context.Context, in *streamInput) (*huma.StreamResponse, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err != nil {
		return nil, err
	}
	for _, ready := range []<-chan struct{}{a.deps.Journal.CaughtUp(), a.deps.Live.warm} {
		select {
		case <-ready:
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-a.deps.Live.closed:
			return nil, claimwatch.Refuse(claimwatch.CodeUnavailable, "the server is going away: connect again")
		}
	}
	last := in.LastEventID
	if last == "" {
		last = in.After
	}
	listener, whole := a.deps.Live.ring.Listen(), true
	if chain := a.deps.Journal.Chain(); last != "" {
		after, ours, err := live.ParsePosition(last, chain)
		if err != nil {
			return nil, err
		}
		if whole = ours; ours {
			listener, whole = a.deps.Live.ring.Resume(after)
		}
	}
	return &huma.StreamResponse{Body: func(c huma.Context) {
		c.SetHeader("Content-Type", "text/event-stream")
		c.SetHeader("Cache-Control", "no-store")
		c.SetHeader("X-Accel-Buffering", "no") // proxies hand it on at once
		w, ok := c.BodyWriter().(http.ResponseWriter)
		if !ok {
			panic("a stream needs a connection")
		}
		s := &streaming{a: a, in: in, caller: caller, listener: listener, out: http.NewResponseController(w), w: w, chain: a.deps.Journal.Chain()}
		a.met.listeners.Inc()
		defer a.met.listeners.Dec()
		if err := s.run(ctx, whole); err != nil && ctx.Err() == nil {
			a.log.Warn("stream of findings ends", zap.Error(err)) // the listener comes back and misses nothing
		}
	}}, nil
}

// streaming is one connection.
type streaming struct {
	a        *Audit
	in       *streamInput
	caller   claimwatch.Caller
	listener *live.Listener
	w        http.ResponseWriter
	out      *http.ResponseController
	chain    string
}

const (
	// streamBatch is how many events are read at a time for one listener.
	streamBatch = 200
	// streamComment is how often something is sent at the least: proxies cut what is silent.
	streamComment = 15 * time.Second
	// streamPatience is how long a listener may take to receive.
	streamPatience = 30 * time.Second
	// streamLook is how often a listener that has signed in is looked up: who has left hears
	// nothing more after so long.
	streamLook = time.Minute
)

// run sends until the listener goes, does not receive, or the process ends.
func (s *streaming) run(ctx context.Context, whole bool) error {
	// A listener that is cut off before its first event comes back to this place.
	if err := s.place("retry: 2000\n"); err != nil {
		return err
	}
	ticker := time.NewTicker(streamComment)
	defer ticker.Stop()
	looked := s.a.deps.Now()
	for {
		if now := s.a.deps.Now(); now.Sub(looked) >= streamLook {
			if looked = now; s.a.hasLeft(ctx) {
				return nil
			}
		}
		if !whole {
			if err := s.reset(); err != nil {
				return err
			}
		}
		var events []live.Sent
		var wake <-chan struct{}
		if events, wake, whole = s.listener.Next(streamBatch); !whole {
			continue
		}
		if len(events) > 0 {
			if err := s.tell(ctx, events); err != nil {
				return err
			}
			continue
		}
		select {
		case <-wake:
		case <-ticker.C: // also for those who may know of nothing that happens: they fall behind no further
			if err := s.place(""); err != nil {
				return err
			}
		case <-s.a.deps.Live.closed:
			return nil
		case <-ctx.Done():
			return nil
		}
	}
}

// place sends what to resume by, after other fields of the same block.
func (s *streaming) place(fields string) error {
	return s.send([]byte(fields + "id: " + s.listener.At().String(s.chain) + "\n\n"))
}

// reset tells that events went by that can no longer be told.
func (s *streaming) reset() error {
	return s.place("event: reset\ndata: {\"reason\":\"too much has happened since then: read the lists anew\"}\n")
}

// tell sends what the caller may know of some events.
func (s *streaming) tell(ctx context.Context, sent []live.Sent) error {
	tellings, err := s.a.tellings(ctx, sent, s.caller)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	for i, e := range tellings {
		if e == nil || !s.in.matches(e) {
			continue
		}
		body, err := json.Marshal(e)
		if err != nil {
			return fmt.Errorf("write event: %w", err)
		}
		fmt.Fprintf(&text, "id: %s\nevent: finding\ndata: %s\n\n", sent[i].After.String(s.chain), body)
		s.a.met.streamed.WithLabelValues(string(e.Change)).Inc()
	}
	if text.Len() == 0 {
		return nil
	}
	return s.send(text.Bytes())
}

func (s *streaming) send(text []byte) error {
	if err := s.out.SetWriteDeadline(s.a.deps.Now().Add(streamPatience)); err != nil {
		return fmt.Errorf("set the deadline of a stream: %w", err)
	}
	if _, err := s.w.Write(text); err != nil {
		return fmt.Errorf("write to a listener: %w", err)
	}
	if err := s.out.Flush(); err != nil {
		return fmt.Errorf("write to a listener: %w", err)
	}
	return nil
}
