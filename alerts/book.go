package alerts

import (
	"encoding/json"
	"hash/fnv"
	"slices"
	"strings"
	"sync"

	"claimwatch"
)

const (
	maxInbox    = 20_000 // items that are kept; older ones are read from the log by nobody
	maxOutcomes = 2_000
)

// Book is what the topic of alerts says: who was told what, what is still to be
// delivered, who mutes what, what is in the inbox. It is a function of the messages, in
// their order, and every process has it. It is safe for concurrent use.
type Book struct {
	mu       sync.Mutex
	owner    string // token of the process that sends
	lanes    map[laneKey]*lane
	told     map[string]map[string]toldAlert // by integration and fingerprint: what is firing for it
	pending  map[string][]*Pending           // by integration, in order
	outcomes []Outcome
	inbox    []InboxItem
	silences map[string]Silence
	read     map[string]map[string]bool // by person: ids of items
	waiters  map[string]chan bool
	wake     chan struct{}
}

type laneKey struct{ integration, group string }

// lane is a group as one receiver knows it.
type lane struct {
	n    uint64
	last claimwatch.Instant
}

type toldAlert struct {
	Alert
	group string
}

// Pending is a message that is decided and not delivered.
type Pending struct {
	Message
	Integration string
	Body        []byte
	hash        uint32 // of the group
}

func hashOf(group string) uint32 {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(group)) // gives no error
	return hash.Sum32()
}

// Outcome is how a delivery ended.
type Outcome struct {
	ID          string             `json:"id"`
	Integration string             `json:"integration"`
	Outcome     string             `json:"outcome" enum:"delivered,failed"`
	Answer      string             `json:"answer"`
	Attempts    int                `json:"attempts"`
	At          claimwatch.Instant `json:"at"`
}

// NewBook makes an empty book.
func NewBook() *Book {
	return &Book{
		lanes: map[laneKey]*lane{}, told: map[string]map[string]toldAlert{}, pending: map[string][]*Pending{},
		silences: map[string]Silence{}, read: map[string]map[string]bool{}, waiters: map[string]chan bool{}, wake: make(chan struct{}),
	}
}

// Fold takes in messages of the topic, in order. Those of a version that is not known
// here are left out.
func (b *Book) Fold(messages []claimwatch.Message) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range messages {
		var r record
		if messages[i].Headers["v"] != version || json.Unmarshal(messages[i].Value, &r) != nil {
			continue
		}
		taken := b.take(&r)
		if waiter, ok := b.waiters[r.ID]; ok {
			waiter <- taken
			delete(b.waiters, r.ID)
		}
	}
	close(b.wake)
	b.wake = make(chan struct{})
}

// take applies a record; false: it has no effect.
func (b *Book) take(r *record) bool {
	switch r.Type {
	case recordOwner:
		b.owner = r.Token
	case recordTold:
		return b.takeTold(r)
	case recordSent:
		return b.takeSent(r)
	case recordSilence:
		if r.Silence == nil {
			return false
		}
		b.silences[r.Silence.ID] = *r.Silence
	case recordExpire:
		s, known := b.silences[r.Message]
		if !known {
			return false
		}
		s.Until, s.ExpiredBy = min(s.Until, r.At), r.By
		b.silences[r.Message] = s
	case recordRead:
		if b.read[r.By] == nil {
			b.read[r.By] = map[string]bool{}
		}
		for _, id := range r.Items {
			b.read[r.By][id] = true
		}
	default: // of a later version
		return false
	}
	return true
}

// takeTold applies a decided message. One of a process that does not send any more, or
// that takes the place of another in its group, has no effect: two processes that both
// believe that they send cannot tell the same twice.
func (b *Book) takeTold(r *record) bool {
	var m Message
	if json.Unmarshal(r.Body, &m) != nil || r.Token != b.owner {
		return false
	}
	key := laneKey{r.Integration, m.GroupKey}
	at, known := b.lanes[key]
	if known && m.Sequence != at.n+1 {
		return false // without a lane the log may have forgotten its beginning
	}
	b.lanes[key] = &lane{n: m.Sequence, last: m.DecidedAt}
	if b.told[r.Integration] == nil {
		b.told[r.Integration] = map[string]toldAlert{}
	}
	for _, t := range m.Alerts {
		if t.Status == StatusResolved {
			delete(b.told[r.Integration], t.Fingerprint)
		} else {
			b.told[r.Integration][t.Fingerprint] = toldAlert{t.Alert, m.GroupKey}
		}
	}
	switch {
	case r.Quiet:
	case r.Inbox != nil:
		b.inbox = append(b.inbox, InboxItem{Message: m, config: *r.Inbox})
		if len(b.inbox) > maxInbox {
			b.inbox = slices.Delete(b.inbox, 0, len(b.inbox)-maxInbox)
		}
	default:
		b.pending[r.Integration] = append(b.pending[r.Integration], &Pending{Message: m, Integration: r.Integration, Body: r.Body, hash: hashOf(m.GroupKey)})
	}
	return true
}

func (b *Book) takeSent(r *record) bool {
	list := b.pending[r.Integration]
	at := slices.IndexFunc(list, func(p *Pending) bool { return p.ID == r.Message })
	if at < 0 {
		return false
	}
	b.pending[r.Integration] = slices.Delete(slices.Clone(list), at, at+1)
	b.outcomes = append(b.outcomes, Outcome{
		ID: r.Message, Integration: r.Integration, Outcome: r.Outcome, Answer: r.Answer, Attempts: r.Attempts, At: r.At,
	})
	if len(b.outcomes) > maxOutcomes {
		b.outcomes = slices.Delete(b.outcomes, 0, len(b.outcomes)-maxOutcomes)
	}
	return true
}

// expect gives a channel that says whether a record that is about to be written had
// an effect.
func (b *Book) expect(id string) chan bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	waiter := make(chan bool, 1)
	b.waiters[id] = waiter
	return waiter
}

func (b *Book) forget(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.waiters, id)
}

// changed gives a channel that is closed when something is folded.
func (b *Book) changed() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.wake
}

// firing lists what an integration was told of and not yet that it is resolved.
func (b *Book) firing() map[string]Alert {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := map[string]Alert{}
	for integration, told := range b.told {
		if strings.HasPrefix(integration, noticePrefix) {
			continue // a notice is given, and nothing that could be over
		}
		for fingerprint, t := range told {
			out[fingerprint] = t.Alert
		}
	}
	return out
}

// lane gives the place of a group: how many messages it had and when the last was
// decided; knows says of a fingerprint whether the integration was told of it.
func (b *Book) lane(integration, group string) (at lane, knows func(fingerprint string) bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if l := b.lanes[laneKey{integration, group}]; l != nil {
		at = *l
	}
	return at, func(fingerprint string) bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		_, ok := b.told[integration][fingerprint]
		return ok
	}
}

// next gives the first message to an integration that is not delivered and of which
// mine says that it is the caller's; none when another process than that of the token
// sends.
func (b *Book) next(integration, token string, mine func(hash uint32) bool) *Pending {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.owner != token {
		return nil
	}
	for _, p := range b.pending[integration] {
		if mine(p.hash) {
			return p
		}
	}
	return nil
}

// Undelivered lists what is decided and not delivered, the oldest first.
func (b *Book) Undelivered() []Pending {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []Pending
	for _, list := range b.pending {
		for _, p := range list {
			out = append(out, *p)
		}
	}
	slices.SortFunc(out, func(x, y Pending) int { return int(x.DecidedAt - y.DecidedAt) })
	return out
}

// Outcomes lists how the latest deliveries ended, the latest first.
func (b *Book) Outcomes() []Outcome {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := slices.Clone(b.outcomes)
	slices.Reverse(out)
	return out
}
