package sink_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/ingest/sink"
	"claimwatch/ingest/wire"
)

// memory stands for store and log where the point is what the sink tells them.
// It is written by the rules of the store: repeats are harmless, reading takes
// one row of a position.
type memory struct {
	mu          sync.Mutex
	rows        map[claimwatch.Position]claimwatch.Stored
	differing   []string // rows that came again with other content
	parts       map[string]claimwatch.ReceiptPart
	progress    map[string]map[int]claimwatch.Progress
	clocks      map[string]claimwatch.Clock
	clockAt     map[string]int64
	touched     map[claimwatch.Scope]int
	quarantined map[string]claimwatch.Quarantined
	conflicts   map[claimwatch.Position]claimwatch.Conflict
	inserts     int
	lookedUp    int
	most        int // whom more than this are is left for later; 0 for everybody
	later       []left

	// fail is asked before and after each operation; after means that the
	// outcome is there and the caller is not told.
	fail func(operation string, after bool) error
}

// left is whom the sink left for later, and where the clock stood then.
type left struct {
	scopes []claimwatch.Scope
	clock  claimwatch.Instant
}

func newMemory() *memory {
	return &memory{
		rows: make(map[claimwatch.Position]claimwatch.Stored), parts: make(map[string]claimwatch.ReceiptPart),
		progress: make(map[string]map[int]claimwatch.Progress), clocks: make(map[string]claimwatch.Clock),
		clockAt: make(map[string]int64), touched: make(map[claimwatch.Scope]int),
		quarantined: make(map[string]claimwatch.Quarantined), conflicts: make(map[claimwatch.Position]claimwatch.Conflict), fail: func(string, bool) error { return nil },
	}
}

func (m *memory) do(operation string, work func()) error {
	if err := m.fail(operation, false); err != nil {
		return err
	}
	m.mu.Lock()
	work()
	m.mu.Unlock()
	return m.fail(operation, true)
}

func (m *memory) InsertRecords(_ context.Context, records []claimwatch.Stored) error {
	return m.do("records", func() {
		m.inserts++
		for _, s := range records {
			copied := *s.Record
			copied.Values = slices.Clone(copied.Values)
			s.Record = &copied
			if old, ok := m.rows[s.Position]; ok && !cmp.Equal(old, s) {
				m.differing = append(m.differing, fmt.Sprintf("%+v: %s", s.Position, cmp.Diff(old, s)))
			}
			m.rows[s.Position] = s
		}
	})
}

func (m *memory) InsertConflicts(_ context.Context, conflicts []claimwatch.Conflict) error {
	return m.do("conflicts", func() {
		for _, c := range conflicts {
			m.conflicts[c.Position] = c
		}
	})
}

func (m *memory) known(s claimwatch.Stored) claimwatch.Known {
	r := s.Record
	return claimwatch.Known{
		Revision: r.Revision, Cancelled: r.Cancelled, Hash: s.Hash, PersonID: r.PersonID, StayID: r.StayID,
		OccurredAt: r.OccurredAt, Position: s.Position,
	}
}

func (m *memory) LookupIdentities(_ context.Context, ids []claimwatch.Identity) (map[claimwatch.Identity][]claimwatch.Known, error) {
	found := make(map[claimwatch.Identity][]claimwatch.Known)
	return found, m.do("lookup", func() {
		m.lookedUp += len(ids)
		wanted := make(map[claimwatch.Identity]bool)
		for _, id := range ids {
			wanted[id] = true
		}
		for _, s := range m.rows {
			if id := s.Record.Identity(); wanted[id] {
				found[id] = append(found[id], m.known(s))
			}
		}
	})
}

func (m *memory) EachIdentityKey(_ context.Context, partitions []int, yield func(key [16]byte)) error {
	return m.do("keys", func() {
		for p, s := range m.rows {
			if slices.Contains(partitions, int(p.Partition)) {
				yield(keyOf(s.Record.Identity()))
			}
		}
	})
}

func (m *memory) InsertReceiptParts(_ context.Context, parts []claimwatch.ReceiptPart) error {
	return m.do("parts", func() {
		for _, p := range parts {
			key := fmt.Sprintf("%s %d", p.Upload.ReceiptID, p.Upload.Chunk)
			// The log may hold a message twice. The copy finds all that the first
			// left, so the first is the one with more accepted.
			if old, ok := m.parts[key]; !ok || p.Accepted > old.Accepted {
				m.parts[key] = p
			}
		}
	})
}

func (m *memory) SaveProgress(_ context.Context, consumer string, progress map[int]claimwatch.Progress) error {
	return m.do("progress", func() {
		if m.progress[consumer] == nil {
			m.progress[consumer] = make(map[int]claimwatch.Progress)
		}
		for partition, p := range progress {
			if p.Next >= m.progress[consumer][partition].Next {
				m.progress[consumer][partition] = p
			}
		}
	})
}

func (m *memory) LoadProgress(_ context.Context, consumer string) (map[int]claimwatch.Progress, error) {
	var progress map[int]claimwatch.Progress
	return progress, m.do("load", func() { progress = maps.Clone(m.progress[consumer]) })
}

func (m *memory) Clocks(context.Context, ...string) (map[string]claimwatch.Clock, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.clocks), nil
}

func (m *memory) SaveClocks(_ context.Context, clocks []claimwatch.Clock, through int64) error {
	return m.do("clocks", func() {
		for _, c := range clocks {
			if at, ok := m.clockAt[c.InstitutionID]; !ok || through >= at {
				m.clocks[c.InstitutionID], m.clockAt[c.InstitutionID] = c, through
			}
		}
	})
}

func (m *memory) ExactClock(_ context.Context, institution string, asOf claimwatch.Instant) (claimwatch.Clock, bool, error) {
	var clock claimwatch.Clock
	ok := false
	return clock, ok, m.do("exact", func() {
		newest := make(map[claimwatch.Identity]claimwatch.Stored)
		for _, s := range m.rows {
			id := s.Record.Identity()
			if old, known := newest[id]; !known || s.Record.Revision > old.Record.Revision {
				newest[id] = s
			}
		}
		for id, s := range newest {
			r := s.Record
			if id.InstitutionID == institution && r.Kind.MovesClock() && !r.Cancelled && r.OccurredAt <= asOf && r.OccurredAt > clock.Latest {
				clock, ok = claimwatch.Clock{InstitutionID: institution, Latest: r.OccurredAt, Position: s.Position}, true
			}
		}
	})
}

// mentionedBy finds whose refunds name a line, as the store does.
func (m *memory) mentionedBy(_ context.Context, records []claimwatch.Stored) ([]claimwatch.Scope, error) {
	var scopes []claimwatch.Scope
	err := m.do("mentions", func() {
		for _, named := range records {
			for _, held := range m.rows {
				r := held.Record
				if r.Kind == claimwatch.Fee && r.InstitutionID == named.Record.InstitutionID && r.Field("reverses").Text == named.Record.RecordID {
					scopes = append(scopes, claimwatch.PersonScope(r.PersonID))
				}
			}
		}
	})
	return scopes, err
}

func (m *memory) PersonsOf(_ context.Context, institution string) ([]string, error) {
	persons := make(map[string]bool)
	err := m.do("persons", func() {
		for _, s := range m.rows {
			if s.Record.InstitutionID == institution {
				persons[s.Record.PersonID] = true
			}
		}
	})
	return slices.Sorted(maps.Keys(persons)), err
}

func (m *memory) takeLater(_ context.Context, institution string, scopes []claimwatch.Scope) (taken bool, err error) {
	if m.most == 0 || len(scopes) <= m.most {
		return false, nil
	}
	return true, m.do("later", func() { m.later = append(m.later, left{scopes, m.clocks[institution].Latest}) })
}

func (m *memory) writeTouched(_ context.Context, msgs ...claimwatch.Message) error {
	return m.do("touched", func() {
		for _, msg := range msgs {
			scopes, _, err := wire.ReadTouched(msg)
			if err != nil {
				panic(err)
			}
			for _, s := range scopes {
				m.touched[s]++
			}
		}
	})
}

func (m *memory) writeQuarantine(_ context.Context, msgs ...claimwatch.Message) error {
	return m.do("quarantine", func() {
		for _, msg := range msgs {
			u, err := wire.ReadQuarantineUpload(msg)
			if err != nil {
				panic(err)
			}
			items, bad := wire.ReadQuarantine(msg, u)
			if bad > 0 {
				panic("the sink wrote an item that cannot be read")
			}
			for _, item := range items {
				if old, ok := m.quarantined[item.ID]; ok && !cmp.Equal(old, item) {
					m.differing = append(m.differing, cmp.Diff(old, item))
				}
				m.quarantined[item.ID] = item
			}
		}
	})
}

func (m *memory) config() sink.Config {
	return sink.Config{
		Facts: m, Ledger: m, Clocks: m, PersonsOf: m.PersonsOf, MentionedBy: m.mentionedBy, Later: m.takeLater, WriteTouched: m.writeTouched, WriteQuarantine: m.writeQuarantine,
		PartitionOf: func(_ string, key []byte) int { return partitionOf(key) },
	}
}
