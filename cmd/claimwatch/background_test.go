package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/rules"
)

// crowdOf are persons with two equal fees each, a finding of FEE-001 once they
// are evaluated.
func crowdOf(prefix string, persons int) (records []claimwatch.Stored, scopes []claimwatch.Scope) {
	at := claimwatch.InstantOf(clock().Add(-48 * time.Hour))
	text := func(r *claimwatch.Record, field, value string) {
		r.Values[r.Kind.Slot(field)] = claimwatch.Value{Text: value, Set: true}
	}
	for i := range persons {
		person := fmt.Sprintf("%s%04d", prefix, i)
		record := func(kind claimwatch.Kind, id string) *claimwatch.Record {
			r := &claimwatch.Record{Kind: kind, Values: make([]claimwatch.Value, len(kind.Fields()))}
			r.InstitutionID, r.PersonID, r.StayID, r.RecordID = "H1", person, "S-"+person, id+person
			r.Revision, r.OccurredAt = 1, at
			return r
		}
		admitted := record(claimwatch.Admission, "a")
		text(admitted, "class", "inpatient")
		text(admitted, "route", "elective")
		own := []*claimwatch.Record{admitted}
		for _, id := range []string{"f", "g"} {
			fee := record(claimwatch.Fee, id)
			text(fee, "item_code", "LAB1")
			text(fee, "category", "lab")
			for field, number := range map[string]int64{"quantity": 10_000, "unit_price": 12_500_000, "amount": 1250} {
				fee.Values[fee.Kind.Slot(field)] = claimwatch.Value{Num: number, Set: true}
			}
			own = append(own, fee)
		}
		for k, r := range own {
			records = append(records, claimwatch.Stored{
				Record: r, ReceivedAt: at, Hash: sha256.Sum256([]byte(r.RecordID)), Position: claimwatch.Position{Offset: int64(i), Index: int32(k)},
			})
		}
		scopes = append(scopes, claimwatch.PersonScope(person))
	}
	return records, scopes
}

// background is a node with small portions in which a load touches a crowd.
type backgroundNode struct {
	*node
	t      *testing.T
	opened chan string // persons of new findings
}

func openBackground(t *testing.T, data string) *backgroundNode {
	t.Helper()
	s := defaultSettings()
	s.Data, s.Listen, s.OpsListen = data, "", ""
	s.pace = rules.Config{Portion: 5, Poll: time.Millisecond}
	n, err := openNode(t.Context(), s, zap.NewNop())
	must(t, err)
	t.Cleanup(n.close)
	b := &backgroundNode{node: n, t: t, opened: make(chan string, 1000)}
	n.onChange(func(change claimwatch.Change, held *claimwatch.Held) {
		if change == claimwatch.Opened && held.PersonID != nil {
			b.opened <- *held.PersonID
		}
	})
	return b
}

// left counts the persons of the crowd that are not answered, by the status.
func (b *backgroundNode) left(ctx context.Context) (left int64, idle bool) {
	b.t.Helper()
	status, err := b.status(ctx)
	must(b.t, err)
	for _, work := range status.Background {
		left += work.Of - work.Done
		same(b.t, "what", work.What, "items load 1")
	}
	return left, status.Idle
}

// What is touched live while a load that touches many is under way is answered
// before the rest of it; and what a process leaves when it ends the next one
// works off.
func TestALoadThatTouchesManyStandsBehindLiveTouches(t *testing.T) {
	data := t.TempDir()
	records, crowd := crowdOf("P", 60)
	live, alive := crowdOf("L", 1)
	b := openBackground(t, data)
	noteNobody(t, b.node) // that is not what this test is about
	must(t, b.db.InsertRecords(t.Context(), append(records, live...)))
	must(t, b.run(t.Context(), func(ctx context.Context) error {
		must(t, b.touchInBackground(ctx, 1, "items load 1", "reference", crowd))
		if left, idle := b.left(ctx); left < 25 || idle {
			t.Errorf("%d left at once, idle %t", left, idle)
		}
		for range 5 { // the first portion
			<-b.opened
		}
		must(t, b.publishTouched(ctx, "records", alive))
		before := 0
		for person := range b.opened {
			if person == "L0000" {
				break
			}
			before++
		}
		left, idle := b.left(ctx)
		if before > 20 || left < 25 || idle {
			t.Errorf("%d of the crowd were answered before the live touch; %d left, idle %t", before, left, idle)
		}
		return errStop // in the middle of the work
	}))
	b.close()

	b = openBackground(t, data)
	must(t, b.run(t.Context(), func(ctx context.Context) error {
		must(t, b.touchInBackground(ctx, 1, "items load 1", "reference", crowd)) // the journal repeats what it has not noted
		eventually(t, "idle", func() bool { _, idle := b.left(ctx); return idle })
		return errStop
	}))
	scopes, err := b.db.ScopesWithFindings(t.Context())
	must(t, err)
	same(t, "answered", scopes, append(alive, crowd...))
	b.close()
}
