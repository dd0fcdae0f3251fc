package audit

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/live"
	"claimwatch/audit/review"
)

// Live is where listeners hear of findings. It is fed by the topic of changes and by
// the fold of the journal.
type Live struct {
	ring   *live.Ring
	recent recent
	warm   chan struct{}
	closed chan struct{}
	once   sync.Once
}

// streamEvents is how many events a listener that comes back may have missed.
const streamEvents = 50_000

// NewLive makes a stream that nobody has told anything.
func NewLive() *Live {
	return &Live{ring: live.NewRing(streamEvents), warm: make(chan struct{}), closed: make(chan struct{})}
}

// From says at which offset the topic of changes is read from; it comes before Changed.
func (l *Live) From(offset int64) { l.ring.From(offset) }

// Warm says once that what the topic of changes held at the start was handed over.
// Before that nobody is answered, for nothing can be said of what was missed.
func (l *Live) Warm() { close(l.warm) }

// close ends every stream, so that a process can end.
func (l *Live) close() { l.once.Do(func() { close(l.closed) }) }

// Changed takes in messages of the topic of changes, in order. Those of a version that
// is not known here are left out.
func (l *Live) Changed(messages []claimwatch.Message) {
	for _, m := range messages {
		if events, ok := live.Read(m); ok {
			l.ring.Put(events...)
		}
	}
}

// Folded takes in an entry of the journal, in order.
func (l *Live) Folded(a *journal.Accepted) {
	if a.Review == nil {
		return
	}
	change := claimwatch.DecidedChange
	if a.Command.Type == journal.TypeTellRetracted {
		change = claimwatch.RetractedNow
	}
	l.ring.Put(live.Event{
		Change: change, FindingID: a.Review.FindingID, Revision: a.Review.Revision, At: live.Position{Journal: a.Seq},
	})
}

// StreamEvent is what a listener is sent: a finding as it stands now, and what happened
// to it.
type StreamEvent struct {
	Change claimwatch.Change `json:"change" enum:"opened,revised,retracted,decided" doc:"decided: people or the system did something about it, and its revision grew"`
	FindingView
}

// tellings are the events that a caller may know of, each with the finding as it stands
// now; nil where it may not. What is attributed to a finding is not among it.
func (a *Audit) tellings(ctx context.Context, sent []live.Sent, caller claimwatch.Caller) ([]*StreamEvent, error) {
	held, err := a.deps.Live.held(ctx, a.deps.Findings, sent)
	if err != nil {
		return nil, err
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	var told []string
	if caller.IsHospital() {
		told = a.deps.Journal.Noticed(caller.InstitutionID)
	}
	out := make([]*StreamEvent, len(sent))
	for i, e := range sent {
		h, ok := held[e.FindingID]
		if !ok {
			continue
		}
		standing := a.standing(e.FindingID, at, caller)
		v := view(h, standing)
		if caller.IsHospital() {
			if _, knows := slices.BinarySearch(told, e.FindingID); !knows || !hears(caller.InstitutionID, standing, e.Event) {
				continue
			}
			v = forHospital(v, caller.InstitutionID)
		} else if !caller.Sees(h.InstitutionID) {
			continue
		}
		out[i] = &StreamEvent{Change: e.Change, FindingView: v}
	}
	return out, nil
}

// hears says whether an event about a finding is one for a hospital: not the agency's
// inner steps, and nothing that others were told or have said.
func hears(institution string, standing journal.Standing, e live.Event) bool {
	if e.Change != claimwatch.DecidedChange {
		return true
	}
	return slices.ContainsFunc(journalForHospital(standing.History, institution), func(own review.Event) bool {
		return own.Revision == e.Revision
	})
}

// maxRecent bounds the findings that are remembered for listeners.
const maxRecent = 4096

// recent remembers findings that were read for one listener, for the others that hear
// of the same events: a thousand of them cost one reading.
type recent struct {
	mu    sync.Mutex
	known map[string]recentFinding
}

type recentFinding struct {
	held claimwatch.Held
	// put counts the events that there had been before it was read: it is good for those.
	put uint64
}

// held gives the findings of events as they were held at some time after each event.
// One that nobody holds is left out.
func (l *Live) held(ctx context.Context, findings Findings, sent []live.Sent) (map[string]claimwatch.Held, error) {
	r := &l.recent
	r.mu.Lock() // also while it reads: whoever waits wants the same
	defer r.mu.Unlock()
	out := make(map[string]claimwatch.Held, len(sent))
	missing := map[string]bool{}
	for _, e := range sent {
		if known, ok := r.known[e.FindingID]; ok && known.put > e.Number {
			out[e.FindingID] = known.held
		} else {
			missing[e.FindingID] = true
		}
	}
	if len(missing) == 0 {
		return out, nil
	}
	put := l.ring.Count()
	read, _, err := findings.Findings(ctx, FindingQuery{IDs: sortedKeys(missing), Retracted: WithRetracted, Limit: len(missing)})
	if err != nil {
		return nil, fmt.Errorf("read %d findings: %w", len(missing), err)
	}
	if r.known == nil || len(r.known)+len(read) > maxRecent {
		r.known = make(map[string]recentFinding, len(read))
	}
	for _, h := range read {
		out[h.ID] = h
		r.known[h.ID] = recentFinding{h, put}
	}
	return out, nil
}
