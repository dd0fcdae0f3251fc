package main

import (
	"context"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// fallDue says of persons that they were evaluated long ago and are due now.
func (b *backgroundNode) fallDue(scopes []claimwatch.Scope) {
	b.t.Helper()
	past := claimwatch.InstantOf(clock()) - 60*60*1000
	evaluations := make([]claimwatch.Evaluation, len(scopes))
	for i, scope := range scopes {
		evaluations[i] = claimwatch.Evaluation{Scope: scope, Offset: -1, Due: []claimwatch.Due{{At: past}}}
	}
	_, err := b.db.SaveEvaluations(b.t.Context(), evaluations, past)
	must(b.t, err)
}

// overdue counts who is due, by the store.
func (b *backgroundNode) overdue(ctx context.Context) (scopes []claimwatch.Scope, idle bool) {
	b.t.Helper()
	asOf, _, err := b.asOf(ctx)
	must(b.t, err)
	presents, err := b.presents(ctx, asOf)
	must(b.t, err)
	scopes, err = b.db.DueScopes(ctx, asOf, presents)
	must(b.t, err)
	status, err := b.status(ctx)
	must(b.t, err)
	return scopes, status.Idle
}

// What is touched live while very many are due is answered before the rest of
// them; and who is due when a process ends the next one evaluates.
func TestManyWhoAreDueStandBehindLiveTouches(t *testing.T) {
	data := t.TempDir()
	records, crowd := crowdOf("P", 60)
	live, alive := crowdOf("L", 1)
	b := openBackground(t, data)
	noteNobody(t, b.node) // that is not what this test is about
	must(t, b.db.InsertRecords(t.Context(), append(records, live...)))
	b.fallDue(crowd)
	must(t, b.run(t.Context(), func(ctx context.Context) error {
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
		left, idle := b.overdue(ctx)
		if before > 20 || len(left) < 25 || idle {
			t.Errorf("%d of the crowd were answered before the live touch; %d left, idle %t", before, len(left), idle)
		}
		return errStop // in the middle
	}))
	b.close()

	b = openBackground(t, data)
	must(t, b.run(t.Context(), func(ctx context.Context) error {
		eventually(t, "idle", func() bool { _, idle := b.overdue(ctx); return idle })
		left, _ := b.overdue(ctx)
		same(t, "due when idle", len(left), 0)
		return errStop
	}))
	scopes, err := b.db.ScopesWithFindings(t.Context())
	must(t, err)
	same(t, "answered", scopes, append(alive, crowd...))
	b.close()
}

// The persons of an institution whose present went back are work in the
// background when they are many, each time anew; a few are left to the sink.
func TestAPresentThatWentBackIsWorkInTheBackground(t *testing.T) {
	records, crowd := crowdOf("P", 12)
	b := openBackground(t, t.TempDir())
	noteNobody(t, b.node) // that is not what this test is about
	must(t, b.db.InsertRecords(t.Context(), records))
	taken, err := b.presentWentBack(t.Context(), "H1", crowd[:5])
	must(t, err)
	same(t, "a few are taken", taken, false)
	for range 2 {
		taken, err := b.presentWentBack(t.Context(), "H1", crowd)
		must(t, err)
		same(t, "many are taken", taken, true)
	}
	works, err := b.db.Background(t.Context())
	must(t, err)
	same(t, "works", works, []store.BackgroundWork{{What: "present of H1", Of: 12}, {What: "present of H1", Of: 12}})
	must(t, b.run(t.Context(), func(ctx context.Context) error {
		eventually(t, "idle", func() bool { _, idle := b.overdue(ctx); return idle })
		return errStop
	}))
	scopes, err := b.db.ScopesWithFindings(t.Context())
	must(t, err)
	same(t, "answered", scopes, crowd)
	b.close()
}

// A record that lies ahead of the wall clock does not exist yet: the present of its
// institution is the record before it, as evaluations have it, or what they answer
// would be due again at once.
func TestPresentBeforeARecordAhead(t *testing.T) {
	b := openBackground(t, t.TempDir())
	records, _ := crowdOf("P", 1)
	ahead := *records[0].Record
	ahead.RecordID, ahead.OccurredAt = "ahead", claimwatch.InstantOf(clock())+240_000
	next := records[0]
	next.Record, next.Position.Offset = &ahead, 1
	must(t, b.db.InsertRecords(t.Context(), append(records, next)))
	must(t, b.db.SaveClocks(t.Context(), []claimwatch.Clock{
		{InstitutionID: "H1", Latest: ahead.OccurredAt},
		{InstitutionID: "H2", Latest: ahead.OccurredAt}, // without a record that exists
	}, 1))
	presents, err := b.presents(t.Context(), claimwatch.InstantOf(clock()))
	must(t, err)
	same(t, "presents", presents, map[string]claimwatch.Instant{"H1": records[0].Record.OccurredAt})
	presents, err = b.presents(t.Context(), ahead.OccurredAt)
	must(t, err)
	same(t, "presents, once it is there", presents["H1"], ahead.OccurredAt)
}
