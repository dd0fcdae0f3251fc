package store_test

import (
	"cmp"
	"slices"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// ledger is what a store of records must answer, computed the plain way: every
// accepted revision once, however often it was written.
type ledger struct {
	revisions map[claimwatch.Identity][]claimwatch.Stored
	count     int64
	latest    claimwatch.Instant
}

func newLedger() *ledger { return &ledger{revisions: map[claimwatch.Identity][]claimwatch.Stored{}} }

// knows says whether a revision was accepted before: the sink hands over none twice.
func (l *ledger) knows(r *claimwatch.Record) bool {
	return slices.ContainsFunc(l.revisions[r.Identity()], func(s claimwatch.Stored) bool { return s.Record.Revision == r.Revision })
}

func (l *ledger) add(batch []claimwatch.Stored) {
	for _, s := range batch {
		id := s.Record.Identity()
		l.revisions[id] = append(l.revisions[id], s)
		l.count++
		if s.Record.Kind.MovesClock() {
			l.latest = max(l.latest, s.Record.OccurredAt)
		}
	}
}

// newest is the revision of an identity that counts.
func (l *ledger) newest(id claimwatch.Identity) claimwatch.Stored {
	return slices.MaxFunc(l.revisions[id], func(a, b claimwatch.Stored) int { return cmp.Compare(a.Record.Revision, b.Record.Revision) })
}

// live lists the records that count as of a moment.
func (l *ledger) live(asOf claimwatch.Instant) (list []claimwatch.Stored) {
	for id := range l.revisions {
		if s := l.newest(id); !s.Record.Cancelled && s.Record.OccurredAt <= asOf {
			list = append(list, s)
		}
	}
	return list
}

// known is the answer to LookupIdentities of everything.
func (l *ledger) known() map[claimwatch.Identity][]claimwatch.Known {
	all := map[claimwatch.Identity][]claimwatch.Known{}
	for id, revisions := range l.revisions {
		for _, s := range revisions {
			all[id] = append(all[id], claimwatch.Known{
				Revision: s.Record.Revision, Cancelled: s.Record.Cancelled, Hash: s.Hash, PersonID: s.Record.PersonID,
				StayID: s.Record.StayID, OccurredAt: s.Record.OccurredAt, Position: s.Position,
			})
		}
		slices.SortFunc(all[id], func(a, b claimwatch.Known) int {
			return cmp.Or(cmp.Compare(a.Position.Offset, b.Position.Offset), cmp.Compare(a.Position.Index, b.Position.Index))
		})
	}
	return all
}

// clocks are the clocks of all institutions as of a moment (rules.md 1.2).
func (l *ledger) clocks(asOf claimwatch.Instant) map[string]claimwatch.Clock {
	clocks := map[string]claimwatch.Clock{}
	for _, s := range l.live(asOf) {
		if !s.Record.Kind.MovesClock() {
			continue
		}
		one := claimwatch.Clock{InstitutionID: s.Record.InstitutionID, Latest: s.Record.OccurredAt, Position: s.Position}
		before, ok := clocks[one.InstitutionID]
		if !ok || one.Latest > before.Latest || (one.Latest == before.Latest && one.Position.Before(before.Position)) {
			clocks[one.InstitutionID] = one
		}
	}
	return clocks
}

// lines are all fees with what is left of them as of a moment (rules.md 1.7).
func (l *ledger) lines(asOf claimwatch.Instant) (lines []claimwatch.Line, facts []store.LineFacts) {
	live := map[claimwatch.Identity]*claimwatch.Record{}
	net := map[claimwatch.Identity]int64{}
	for _, s := range l.live(asOf) {
		live[s.Record.Identity()] = s.Record
		net[s.Record.Identity()] += s.Record.Field("amount").Num
	}
	for _, refund := range live {
		of := refund.Identity()
		of.RecordID = refund.Field("reverses").Text
		if line := live[of]; line != nil && refund.Kind == claimwatch.Fee && line.Field("reverses").Text == "" &&
			line.PersonID == refund.PersonID && line.StayID == refund.StayID && line.Field("self_pay").Num == refund.Field("self_pay").Num {
			net[of] += refund.Field("amount").Num
		}
	}
	for id := range l.revisions {
		if id.Kind != claimwatch.Fee {
			continue
		}
		lines = append(lines, claimwatch.Line{Kind: id.Kind, InstitutionID: id.InstitutionID, RecordID: id.RecordID})
		one := store.LineFacts{}
		if r := live[id]; r != nil {
			if r.Field("self_pay").Num != 0 {
				net[id] = 0 // no charge to the fund
			}
			one = store.LineFacts{
				Revision: r.Revision, PersonID: r.PersonID, StayID: r.StayID, OccurredAt: r.OccurredAt,
				ItemCode: r.Field("item_code").Text, ItemName: r.Field("item_name").Text, Net: claimwatch.Fen(max(0, net[id])), Found: true,
			}
		}
		facts = append(facts, one)
	}
	return lines, facts
}

// persons are those of whom an institution ever sent a record, sorted.
func (l *ledger) persons(institution string) (list []string) {
	for id, revisions := range l.revisions {
		if id.InstitutionID == institution {
			list = append(list, revisions[0].Record.PersonID)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// compare holds every answer of the store about records against the ledger.
func (l *ledger) compare(t *testing.T, db *store.DB, moments []claimwatch.Instant) {
	t.Helper()
	ids := make([]claimwatch.Identity, 0, len(l.revisions))
	for id := range l.revisions {
		ids = append(ids, id)
	}
	same(t, "known", got(db.LookupIdentities(t.Context(), ids))(t), l.known())
	same(t, "count", got(db.CountStored(t.Context()))(t), l.count)
	latest, _, err := db.Latest(t.Context())
	must(t, err)
	same(t, "event clock", latest, l.latest)
	for _, asOf := range moments {
		want := l.clocks(asOf)
		all := map[string]claimwatch.Instant{}
		for id, one := range want {
			all[id] = one.Latest
		}
		same(t, "clocks of all as of "+asOf.String(), got(db.ExactClocks(t.Context(), asOf))(t), all)
		lines, facts := l.lines(asOf)
		same(t, "lines as of "+asOf.String(), got(db.Lines(t.Context(), asOf, lines))(t), facts)
	}
}
