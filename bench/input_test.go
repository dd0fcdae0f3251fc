package main

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"claimwatch"
	"claimwatch/ingest/decode"
	"claimwatch/province"
)

var testNow = time.Date(2026, 3, 20, 8, 0, 0, 0, time.UTC)

func smallProvince() *province.Province {
	return province.New(province.Config{Seed: 3, Persons: 12, Days: 20})
}

func TestSplitLosesNothing(t *testing.T) {
	all, lines := render(smallProvince(), 100)
	for _, tailLines := range []int{0, 1, 250, lines, 10 * lines} {
		first, head, tail := split(all, tailLines)
		if got := linesOf(first) + linesOf(head) + linesOf(tail); got != lines {
			t.Errorf("split(%d): %d lines of %d", tailLines, got, lines)
		}
		if got := linesOf(tail); got < min(tailLines, lines-1) || got > tailLines+100 {
			t.Errorf("split(%d): the tail has %d lines", tailLines, got)
		}
		var joined, want []byte
		for _, part := range [][]upload{first, head, tail} {
			for _, u := range part {
				joined = append(joined, bytes.TrimSuffix(u.body, []byte("\n"))...)
				if n := bytes.Count(append(bytes.TrimSuffix(u.body, []byte("\n")), '\n'), []byte("\n")); n != u.lines {
					t.Errorf("split(%d): an upload of %d lines says it has %d", tailLines, n, u.lines)
				}
			}
		}
		for _, u := range all {
			want = append(want, bytes.TrimSuffix(u.body, []byte("\n"))...)
		}
		if !bytes.Equal(bytes.ReplaceAll(joined, []byte("\n"), nil), bytes.ReplaceAll(want, []byte("\n"), nil)) {
			t.Errorf("split(%d) changed the lines or their order", tailLines)
		}
	}
}

// TestProbesAreDuplicates holds the probes to what makes a finding of FEE-001: an
// admission and two fees that differ in nothing but their record_id.
func TestProbesAreDuplicates(t *testing.T) {
	p := smallProvince()
	probes := newProbes(p)
	found := 0
	for i, institution := range p.Institutions() {
		u := upload{institution: institution}
		person := probes.add(&u, i)
		if person == "" {
			continue
		}
		found++
		reader := decode.NewReader(bytes.NewReader(u.body), decode.NDJSON, decode.Options{
			InstitutionID: institution, Now: claimwatch.InstantOf(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)),
		})
		var records []claimwatch.Record
		for range 3 {
			item, err := reader.Next()
			if err != nil || item.Refusal != nil {
				t.Fatalf("read probe of %s: %v, %+v", institution, err, item.Refusal)
			}
			records = append(records, *item.Record)
		}
		if records[0].Kind != claimwatch.Admission || records[0].PersonID != person || u.lines != 3 {
			t.Errorf("the probe of %s begins with %+v, %d lines", institution, records[0], u.lines)
		}
		again := records[2]
		again.RecordID = records[1].RecordID
		if again.ContentHash() != records[1].ContentHash() || records[1].RecordID == records[2].RecordID {
			t.Errorf("the fees of %s are no duplicates:\n%+v\n%+v", institution, records[1], records[2])
		}
	}
	if found < 3 {
		t.Errorf("%d institutions have a probe, want most", found)
	}
}

func TestCrowd(t *testing.T) {
	c := newCrowd(testNow)
	if len(c.stays) < 50 {
		t.Fatalf("%d stays to copy, want many", len(c.stays))
	}
	seen := map[claimwatch.Identity]bool{}
	for i := range 2 * len(c.stays) {
		stays := slices.Collect(slices.Chunk(c.person(i, int64(i/1000)), shortStay+1))
		if again := i%returning == 0; len(stays) != 1 && !again || len(stays) != 2 && again {
			t.Fatalf("person %d has %d stays", i, len(stays))
		}
		for _, stay := range stays {
			ownStay(t, i, stay, seen)
		}
		if first := stays[0]; stays[len(stays)-1][0].Record.OccurredAt >= first[shortStay].Record.OccurredAt != (len(stays) == 2) {
			t.Errorf("person %d is back before the first stay is over", i)
		}
	}
}

// ownStay holds that the records of a copied stay are a whole one, of the person,
// and that no identity was there before.
func ownStay(t *testing.T, i int, records []claimwatch.Stored, seen map[claimwatch.Identity]bool) {
	t.Helper()
	first, last := records[0].Record, records[len(records)-1].Record
	if len(records) != shortStay+1 || first.Kind != claimwatch.Admission || last.Kind != claimwatch.Discharge || last.OccurredAt <= first.OccurredAt {
		t.Errorf("person %d goes from %s at %s to %s at %s with %d records", i, first.Kind, first.OccurredAt, last.Kind, last.OccurredAt, len(records))
	}
	for _, s := range records {
		r := s.Record
		if r.PersonID != crowdPerson(i) || r.StayID != first.StayID || r.OccurredAt >= claimwatch.InstantOf(testNow) || seen[r.Identity()] {
			t.Fatalf("person %d has a record that is not its own: %+v", i, r)
		}
		seen[r.Identity()] = true
	}
}
