package province

import (
	"fmt"
	"testing"

	"claimwatch"
)

// within says whether a count is a share of a whole, in thousandths, by a
// quarter more or less.
func within(t *testing.T, what string, count, whole, thousandths int) {
	t.Helper()
	if least, most := whole*thousandths*3/4000, whole*thousandths*5/4000; count < least || count > most {
		t.Errorf("%s: %d of %d, want %d to %d", what, count, whole, least, most)
	}
}

// spoiled tells for each line of a province what was done to it.
func spoiled(p *Province) (lines int, done map[string]int) {
	plainStays := map[string]bool{}
	for i := range p.stays {
		plainStays[p.stays[i].id] = p.stays[i].twist == plain && !p.stays[i].visit()
	}
	first, was := map[claimwatch.Identity]*claimwatch.Record{}, map[claimwatch.Identity]string{}
	for at, r := range p.Records() {
		if r.Kind != claimwatch.Fee || r.Field("category").Text != "drug" || r.Field("usage").Set || !plainStays[r.StayID] {
			continue
		}
		id := r.Identity()
		if of := r.Field("reverses").Text; of != "" {
			id.RecordID = of
			if was[id] = "refunded"; at == r.OccurredAt {
				was[id] = "refunded before"
			}
			continue
		}
		before := first[id]
		switch {
		case before == nil:
			first[id] = r
		case before.Revision > r.Revision:
			was[id] = "corrected before"
		case before.Revision == r.Revision:
			was[id] = "sent twice"
		case r.Cancelled:
			was[id] = "cancelled"
		default:
			was[id] = "corrected"
		}
	}
	done = map[string]int{}
	for _, what := range was {
		done[what]++
	}
	return len(first), done
}

// Of the lines that may be spoiled as many are as was asked for, in six ways
// that are as likely as each other.
func TestNoiseHasItsShare(t *testing.T) {
	for _, rate := range []int{0, 20, 100, 300} { // in thousandths
		p := New(Config{Seed: 51, Persons: 90, Days: 60, ViolationRate: 0.2, NoiseRate: float64(rate) / 1000})
		if rate == 0 {
			p = New(Config{Seed: 51, Persons: 90, Days: 60, ViolationRate: 0.2, NoiseRate: -1})
		}
		lines, done := spoiled(p)
		all := 0
		for _, n := range done {
			all += n
		}
		if lines < 10_000 {
			t.Fatalf("only %d lines", lines)
		}
		t.Run(fmt.Sprint(rate), func(t *testing.T) {
			within(t, "lines spoiled", all, lines, rate)
			if rate < 100 {
				return
			}
			for _, what := range []string{"refunded", "refunded before", "corrected", "corrected before", "cancelled", "sent twice"} {
				within(t, what, done[what], all, 1000/6)
			}
		})
	}
	_, asked := spoiled(New(Config{Seed: 51, Persons: 90, NoiseRate: 0.02}))
	_, left := spoiled(New(Config{Seed: 51, Persons: 90}))
	if fmt.Sprint(asked) != fmt.Sprint(left) || len(asked) == 0 {
		t.Errorf("the default spoils %v, 0.02 spoils %v", left, asked)
	}
}

// Of the stays that are long enough before the end as many carry a plant as was
// asked for: none, some or all.
func TestPlantsHaveTheirShare(t *testing.T) {
	for _, test := range []struct {
		config      Config
		thousandths int
	}{
		{Config{ViolationRate: -1}, 0}, {Config{}, 100}, {Config{ViolationRate: 0.3}, 300}, {Config{ViolationRate: 1}, 1000},
	} {
		test.config.Seed, test.config.Persons, test.config.Days = 52, 300, 150
		p := New(test.config)
		candidates, bent, following := 0, 0, map[int]bool{}
		for i := range p.stays {
			if s := &p.stays[i]; s.twist != plain && sorts[s.twist].follows {
				following[s.index+1] = true
			}
		}
		for i := range p.stays {
			s := &p.stays[i]
			if s.visit() || following[s.index] || s.discharged+40*day >= p.Until() {
				continue // a visit, the second of two stays, or too late to be sure
			}
			candidates++
			if s.twist != plain {
				bent++
			}
		}
		if candidates < 300 {
			t.Fatalf("only %d stays could carry a plant", candidates)
		}
		within(t, fmt.Sprintf("stays with a plant at %g", test.config.ViolationRate), bent, candidates, test.thousandths)
	}
}

// A disturbed log has as many duplicates, conflicts and changed identities as
// was asked for, and nothing else; what was there stays.
func TestMessHasItsShares(t *testing.T) {
	p := New(Config{Seed: 53, Persons: 25, Days: 50, NoiseRate: -1})
	records := played(p)
	originals := map[claimwatch.Identity]*claimwatch.Record{}
	for i := range records {
		originals[records[i].Identity()] = &records[i]
	}
	for name, m := range map[string]Mess{
		"none": {Seed: 1}, "duplicates": {Seed: 1, Duplicates: 0.1}, "conflicts": {Seed: 2, Conflicts: 0.2, Shuffle: true},
		"changed": {Seed: 3, Changed: 0.15}, "all": {Seed: 4, Duplicates: 0.1, Conflicts: 0.2, Changed: 0.15, Shuffle: true},
	} {
		t.Run(name, func(t *testing.T) {
			same, conflicts, persons, stays := 0, 0, 0, 0
			for _, r := range m.Log(records) {
				of := originals[r.Identity()]
				switch {
				case of == nil:
					t.Fatalf("Log() has made up %s", r.RecordID)
				case r.ContentHash() == of.ContentHash():
					same++
				case r.Revision == of.Revision && r.PersonID == of.PersonID && r.StayID == of.StayID:
					conflicts++
				case r.Revision > of.Revision && r.PersonID != of.PersonID && r.StayID == of.StayID:
					persons++
				case r.Revision > of.Revision && r.PersonID == of.PersonID && r.StayID != of.StayID:
					stays++
				default:
					t.Fatalf("Log() has changed %s: %+v", r.RecordID, r)
				}
			}
			share := func(of float64) int { return int(of * 1000) }
			within(t, "duplicates", same-len(records), len(records), share(m.Duplicates))
			within(t, "conflicts", conflicts, len(records), share(m.Conflicts))
			within(t, "of another person", persons, len(records), share(m.Changed)/2)
			within(t, "of another stay", stays, len(records), share(m.Changed)/2)
		})
	}
}
