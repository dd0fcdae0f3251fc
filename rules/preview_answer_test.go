package rules_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/rules"
	"claimwatch/rules/preview"
)

// facts reads records and reference rows as cases write them.
func facts(t testing.TB, lines ...string) rules.World {
	t.Helper()
	w := rules.World{Reference: map[string][][]claimwatch.Value{}}
	read, err := rules.FactsOf(&w, lines...)
	if err != nil {
		t.Fatalf("FactsOf() error:\n%+v", err)
	}
	return read
}

func recordsOf(t testing.TB, lines ...string) (records []*claimwatch.Record) {
	t.Helper()
	for _, r := range facts(t, lines...).Records {
		records = append(records, r.Record)
	}
	return records
}

// sent puts records into a store, as if received when they happened.
func sent(t testing.TB, s *testStore, lines ...string) {
	t.Helper()
	var list []claimwatch.Stored
	for i, r := range recordsOf(t, lines...) {
		at := claimwatch.Position{Offset: 1, Index: int32(i)}
		list = append(list, claimwatch.Stored{Record: r, Hash: r.ContentHash(), Position: at, ReceivedAt: r.OccurredAt})
	}
	insert(t, s, list)
}

// TestForesee: what a second line, its refund, and a supply from elsewhere do.
func TestForesee(t *testing.T) {
	s := openStore(t)
	world := facts(t, "institutions institution_id=H1", "institutions institution_id=H2", "items item_code=CT category=exam",
		"items item_code=DRUG category=drug")
	for table, rows := range world.Reference {
		if err := s.LoadReference(t.Context(), table, rows); err != nil {
			t.Fatalf("LoadReference(%s) error:\n%+v", table, err)
		}
	}
	sent(t, s, "A1 admission 01-05T08:00", "F1 fee 01-06T09:00 item_code=CT unit_price=300",
		"A2 admission 01-02T08:00 institution_id=H2 stay_id=S2 class=outpatient",
		"D2 fee 01-02T09:00 institution_id=H2 stay_id=S2 item_code=DRUG category=drug days_supply=10 quantity=10")
	asOf := instantOf(t, "01-06T12:00")
	p := previewOf(t, s, &asOf)
	ask := func(lines ...string) []claimwatch.Foreseen {
		t.Helper()
		answer, err := p.Foresee(t.Context(), preview.Question{InstitutionID: "H1", Records: recordsOf(t, lines...), ReceivedAt: asOf})
		if err != nil {
			t.Fatalf("Foresee() error:\n%+v", err)
		}
		return answer.Findings
	}
	again := "F2 fee 01-06T09:00 item_code=CT unit_price=300"
	refund := "R1 fee 01-06T10:00 item_code=CT unit_price=300 quantity=-1 amount=-300 reverses=F2"
	drugs := []string{
		"A3 admission 01-06T08:00 stay_id=S3 class=outpatient",
		"D3 fee 01-06T09:00 stay_id=S3 item_code=DRUG category=drug days_supply=7 quantity=7",
	}
	for _, step := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{"the line twice", []string{again}, []string{"opened FEE-001 300.00 own"}},
		{"and a refund", []string{again, refund}, nil},
		{"the same record again", []string{"F1 fee 01-06T09:00 item_code=CT unit_price=300"}, nil},
		{"a minute ahead", []string{"F2 fee 01-06T12:01 item_code=CT unit_price=300", "F3 fee 01-06T12:01 item_code=CT unit_price=300"}, []string{"opened FEE-001 300.00 own"}},
		{"a refill", drugs, []string{"opened RX-003 60.00 the person still has supply of this drug until 2026-01-12 at least"}},
	} {
		var got []string
		for _, f := range ask(step.lines...) {
			says := "own"
			if f.Elsewhere {
				says = f.Message.English
			}
			if f.Rule == "FEE-001" || f.Rule == "RX-003" { // others may have their say too
				got = append(got, string(f.Change)+" "+f.Rule+" "+f.Amount.String()+" "+says)
			}
		}
		if diff := cmp.Diff(step.want, got); diff != "" {
			t.Errorf("%s (-want, +got):\n%s", step.name, diff)
		}
	}

	sent(t, s, again)
	third := ask("F3 fee 01-06T09:00 item_code=CT unit_price=300")
	if len(third) == 0 || third[0].Rule != "FEE-001" || third[0].Change != claimwatch.Revised || third[0].Amount != 60_000 {
		t.Errorf("a third line: %+v", third)
	}
	var stored uint64
	if err := s.db.QueryRow(t.Context(), "SELECT count() FROM identities").Scan(&stored); err != nil || stored != 5 {
		t.Errorf("stored are %d records, want 5; error %v", stored, err)
	}
}

// TestForeseeWaitsForASlice: who gives up while all slices are in use is told so,
// and the slices are as good as before.
func TestForeseeWaitsForASlice(t *testing.T) {
	s := openStore(t)
	asOf := instantOf(t, "01-06T12:00")
	p := previewOf(t, s, &asOf)
	question := preview.Question{InstitutionID: "H1", Records: recordsOf(t, "A1 admission 01-05T08:00"), ReceivedAt: asOf}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := p.Foresee(ended, question); err == nil {
		t.Error("Foresee() for somebody who has gone: no error")
	}
	for range 3 {
		if _, err := p.Foresee(t.Context(), question); err != nil {
			t.Errorf("Foresee() error:\n%+v", err)
		}
	}
}

func instantOf(t testing.TB, text string) claimwatch.Instant {
	t.Helper()
	at, err := rules.CaseTime(text)
	if err != nil {
		t.Fatalf("CaseTime(%s) error:\n%+v", text, err)
	}
	return at
}
