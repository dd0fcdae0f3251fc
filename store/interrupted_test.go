package store_test

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/store"
)

// message is the accepted records of a message and what happens while they are
// written: inserts that fail, each followed by writing all of it again.
type message struct {
	records []*claimwatch.Record
	cuts    []cut
	again   int // an earlier message that a late worker writes after this one, -1 for none
}

type cut struct {
	insert int // which insert, from 1
	after  bool
}

const day = claimwatch.Instant(86_400_000)

// moments are when the records of a world happen: close together, at the edges
// of the spans that ExactClock looks through first, and far apart.
var moments = []claimwatch.Instant{0, 0, 0, 0, 1, 999, day, 7*day - 1, 7 * day, 7*day + 1, 16 * 7 * day, 16*7*day + 1, 900 * day}

// begins is when a world begins: worlds come one after the other, so that each
// moves the event clock.
func begins(world int32) claimwatch.Instant {
	return clock("2026-01-02T03:04") + claimwatch.Instant(world)*1000*day
}

// drawWorld draws the messages of one world. Its institutions are its own.
func drawWorld(t *rapid.T, name string) []message {
	messages := make([]message, rapid.IntRange(2, 5).Draw(t, "messages"))
	for i := range messages {
		m := &messages[i]
		for range rapid.IntRange(1, 5).Draw(t, "records") {
			kind := rapid.SampledFrom([]claimwatch.Kind{claimwatch.Fee, claimwatch.Fee, claimwatch.Fee, claimwatch.Order, claimwatch.Admission, claimwatch.DeviceFitting}).Draw(t, "kind")
			number := rapid.IntRange(0, 4).Draw(t, "id")
			institution := name + rapid.SampledFrom([]string{"a", "b"}).Draw(t, "institution")
			r := record(kind, institution, fmt.Sprintf("%s-p%d", name, number%2), fmt.Sprintf("r%d", number), rapid.SampledFrom(moments).Draw(t, "at"))
			r.Revision, r.Cancelled = rapid.Int32Range(1, 3).Draw(t, "revision"), rapid.IntRange(0, 4).Draw(t, "cancelled") == 0
			if kind == claimwatch.Fee {
				drawFee(t, r)
			}
			m.records = append(m.records, r)
		}
		for range rapid.IntRange(0, 2).Draw(t, "cuts") {
			m.cuts = append(m.cuts, cut{rapid.IntRange(1, 5).Draw(t, "insert"), rapid.Bool().Draw(t, "after")})
		}
		m.again = rapid.IntRange(-1, i).Draw(t, "again")
	}
	return messages
}

// drawFee makes a line, or a refund of one of the few lines there can be.
func drawFee(t *rapid.T, r *claimwatch.Record) {
	amount := claimwatch.Value{Num: rapid.Int64Range(1, 500).Draw(t, "amount")}
	reverses := claimwatch.Value{}
	if of := rapid.IntRange(0, 9).Draw(t, "reverses"); of < 5 && r.RecordID != fmt.Sprintf("r%d", of) {
		amount.Num, reverses.Text = -amount.Num, fmt.Sprintf("r%d", of)
	}
	set(set(r, "amount", amount), "reverses", reverses)
	set(set(r, "self_pay", claimwatch.Value{Num: rapid.Int64Range(0, 1).Draw(t, "self_pay")}), "item_code", claimwatch.Value{Text: "I1"})
}

// Whatever an insert was interrupted at and however often it is repeated, also
// late and out of order, every answer is that of the log read once (C12, K4,
// K10); and merging changes none of them (C21).
func TestRecordsAnswerLikeAPlainLedger(t *testing.T) {
	db := open(t)
	faulty, faults, err := db.WithFaults(t.Context())
	must(t, err)
	defer func() { must(t, faulty.Close()) }()
	drawn := rapid.Custom(func(t *rapid.T) []message { return drawWorld(t, "W") })
	ledger := newLedger()
	for seed := range 8 {
		playWorld(t, faulty, faults, ledger, int32(seed), drawn.Example(seed))
		latest, _, err := db.Latest(t.Context())
		must(t, err)
		same(t, "event clock", latest, ledger.latest)
	}
	if faults.Struck() < 5 {
		t.Errorf("only %d inserts were interrupted", faults.Struck())
	}
	for _, when := range []string{"as written", "merged"} {
		t.Run(when, func(t *testing.T) {
			ledger.compare(t, db, []claimwatch.Instant{begins(0) - 1, begins(3), begins(7) + 7*day, begins(8)})
			for world := range int32(8) {
				at := begins(world)
				exactly(t, db, ledger, fmt.Sprint(world, "Wa"), at, at+7*day, at+112*day+1)
				exactly(t, db, ledger, fmt.Sprint(world, "Wb"), at-1, at, at+900*day)
			}
			exactly(t, db, ledger, "nobody", begins(5))
		})
		optimize(t, db)
	}
	fresh := got(db.Pin(t.Context()))(t) // another process, which has counted nothing yet
	same(t, "count from the beginning", got(fresh.CountStored(t.Context()))(t), ledger.count)
	must(t, fresh.Close())
}

// playWorld writes a world's messages. Worlds live in partitions and
// institutions of their own.
func playWorld(t *testing.T, db *store.DB, faults *store.Faults, ledger *ledger, number int32, messages []message) {
	t.Helper()
	var written [][]claimwatch.Stored
	for i, m := range messages {
		var records []*claimwatch.Record
		in := map[string]bool{}
		for _, r := range m.records {
			r.InstitutionID, r.PersonID, r.StayID = fmt.Sprint(number, r.InstitutionID), fmt.Sprint(number, r.PersonID), fmt.Sprint(number, r.StayID)
			r.OccurredAt += begins(number)
			key := fmt.Sprint(r.Identity(), r.Revision)
			if !in[key] && !ledger.knows(r) {
				records = append(records, r)
			}
			in[key] = true
		}
		batch := stored(number, int64(i), records...)
		written = append(written, batch)
		for _, cut := range m.cuts {
			faults.Arm(cut.insert, cut.after)
			if err := db.InsertRecords(t.Context(), batch); err != nil && !errors.Is(err, store.ErrFault) {
				t.Fatalf("InsertRecords() error:\n%+v, want the fault", err)
			}
			faults.Arm(0, false)
			knowsOnlyWhatItHas(t, db, batch)
		}
		must(t, db.InsertRecords(t.Context(), batch))
		ledger.add(batch)
		if m.again >= 0 {
			must(t, db.InsertRecords(t.Context(), written[m.again]))
		}
		if i%2 == 0 {
			must(t, db.SaveProgress(t.Context(), store.RecordsConsumer, map[int]claimwatch.Progress{int(number): {Next: int64(i) + 1}}))
			same(t, "count on the way", got(db.CountStored(t.Context()))(t), ledger.count)
		}
	}
}

// knowsOnlyWhatItHas checks that a half-written batch claims no record that is
// not in its fact table, and no clock behind what it claims.
func knowsOnlyWhatItHas(t *testing.T, db *store.DB, batch []claimwatch.Stored) {
	t.Helper()
	var ids []claimwatch.Identity
	for _, s := range batch {
		ids = append(ids, s.Record.Identity())
	}
	latest, _, err := db.Latest(t.Context())
	must(t, err)
	for id, known := range got(db.LookupIdentities(t.Context(), ids))(t) {
		facts := number(t, db, fmt.Sprintf("SELECT uniqExact(revision) FROM %s WHERE institution_id = '%s' AND record_id = '%s'", store.FactTable(id.Kind), id.InstitutionID, id.RecordID))
		if facts < uint64(len(known)) {
			t.Errorf("%v is known in %d revisions, its table has %d", id, len(known), facts)
		}
		for _, one := range known {
			if id.Kind.MovesClock() && one.OccurredAt > latest {
				t.Errorf("%v is known at %s, the event clock says %s", id, one.OccurredAt, latest)
			}
		}
	}
}

// exactly compares the answers about one institution.
func exactly(t *testing.T, db *store.DB, ledger *ledger, institution string, moments ...claimwatch.Instant) {
	t.Helper()
	same(t, "persons of "+institution, got(db.PersonsOf(t.Context(), institution))(t), ledger.persons(institution))
	for _, asOf := range moments {
		want, wantOK := ledger.clocks(asOf)[institution]
		clock, ok, err := db.ExactClock(t.Context(), institution, asOf)
		must(t, err)
		same(t, fmt.Sprintf("clock of %s as of %s is there", institution, asOf), ok, wantOK)
		if ok {
			same(t, fmt.Sprintf("clock of %s as of %s", institution, asOf), clock, want)
		}
	}
}

// optimize merges every table into one part.
func optimize(t testing.TB, db *store.DB) {
	t.Helper()
	var tables []string
	must(t, db.QueryRow(t.Context(), `SELECT groupArray(name) FROM system.tables
		WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND total_rows > 0`).Scan(&tables))
	if len(tables) == 0 {
		t.Fatal("there is nothing to merge")
	}
	for _, table := range tables {
		must(t, db.Exec(t.Context(), "OPTIMIZE TABLE `"+table+"` FINAL"))
	}
}
