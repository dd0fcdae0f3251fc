package province

import (
	"crypto/sha256"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// fingerprint is the hash of a whole stream: every byte and every moment of sending.
func fingerprint(p *Province) string {
	hash := sha256.New()
	var line []byte
	for at, r := range p.Records() {
		line = fmt.Appendf(AppendLine(line[:0], r), "%d\n", at)
		hash.Write(line)
	}
	return fmt.Sprintf("%x", hash.Sum(nil))
}

// One seed gives one province, whoever plays it, however often, from how many
// goroutines and after how many that were left in the middle; another seed
// gives another.
func TestOneSeedOneProvince(t *testing.T) {
	config := Config{Seed: 61, Persons: 25, Days: 40, ViolationRate: 0.4, NoiseRate: 0.2}
	p := New(config)
	want := fingerprint(p)
	for stop := range 3 {
		seen := 0
		for range p.Records() {
			if seen++; seen > stop*1000 {
				break
			}
		}
		for range p.Batches(time.Hour, 10) {
			break
		}
	}
	var group sync.WaitGroup
	got := make([]string, 3)
	for i := range got {
		group.Go(func() { got[i] = fingerprint(p) })
	}
	group.Wait()
	if diff := cmp.Diff(got, []string{want, want, want}); diff != "" {
		t.Errorf("streams of one province (-got, +want):\n%s", diff)
	}
	again := New(config)
	if got := fingerprint(again); got != want {
		t.Errorf("stream of the same seed = %s, want %s", got, want)
	}
	if diff := cmp.Diff(again.Plants(), p.Plants()); diff != "" {
		t.Errorf("Plants() of the same seed (-got, +want):\n%s", diff)
	}
	if diff := cmp.Diff(again.Reference(), p.Reference()); diff != "" {
		t.Errorf("Reference() of the same seed (-got, +want):\n%s", diff)
	}
	for name, change := range map[string]func(*Config){
		"seed": func(c *Config) { c.Seed++ }, "persons": func(c *Config) { c.Persons++ }, "first day": func(c *Config) { c.From = 20_500 },
		"noise": func(c *Config) { c.NoiseRate = 0.1 }, "plants": func(c *Config) { c.ViolationRate = 0.1 }, "days": func(c *Config) { c.Days++ },
	} {
		other := config
		if change(&other); fingerprint(New(other)) == want {
			t.Errorf("another %s gives the same stream", name)
		}
	}
}

// What the caller was handed is the caller's: changing it changes no province.
func TestAProvinceKeepsNoHoldOnWhatItGave(t *testing.T) {
	p := New(Config{Seed: 62, Persons: 12, Days: 40, ViolationRate: 1})
	want, plants, reference := fingerprint(p), p.Plants(), p.Reference()
	for _, r := range p.Records() {
		for i := range r.Values {
			r.Values[i] = claimwatch.Value{}
		}
		r.RecordID, r.OccurredAt = "x", 0
	}
	p.Plants()[0].Rule = "x"
	for _, rows := range p.Reference() {
		clear(rows[0])
	}
	p.Institutions()[0] = "x"
	if got := fingerprint(p); got != want {
		t.Error("Records() give what was changed")
	}
	if diff := cmp.Diff(p.Plants(), plants); diff != "" {
		t.Errorf("Plants() (-got, +want):\n%s", diff)
	}
	if diff := cmp.Diff(p.Reference(), reference); diff != "" {
		t.Errorf("Reference() (-got, +want):\n%s", diff)
	}
	if p.Institutions()[0] != "H01" {
		t.Errorf("Institutions() = %v", p.Institutions())
	}
}

// However often the hospitals send and however much at once, each sends the same
// records in the same order, and at the end of the span in which they came up.
func TestBatchesOfAnySizeHoldTheSame(t *testing.T) {
	p := New(Config{Seed: 63, Persons: 15, Days: 30})
	sent, order := map[string]claimwatch.Instant{}, map[string][]string{}
	for at, r := range p.Records() {
		key := fmt.Sprint(r.Kind, r.RecordID, r.Revision)
		if _, again := sent[key]; !again {
			sent[key] = at
		}
		order[r.InstitutionID] = append(order[r.InstitutionID], key)
	}
	for _, every := range []time.Duration{time.Minute, 6 * time.Hour, 24 * time.Hour, 1000 * time.Hour} {
		for _, most := range []int{1, 7, 1_000_000} {
			got, largest := map[string][]string{}, 0
			for b := range p.Batches(every, most) {
				largest = max(largest, len(b.Records))
				for i := range b.Records {
					r := &b.Records[i]
					key := fmt.Sprint(r.Kind, r.RecordID, r.Revision)
					got[b.InstitutionID] = append(got[b.InstitutionID], key)
					if at := sent[key]; b.At < min(at+1, p.Until()) {
						t.Fatalf("every %s: %s is in a batch of %s, it is sent at %s", every, key, b.At, at)
					}
				}
			}
			if diff := cmp.Diff(got, order); diff != "" {
				t.Fatalf("records every %s, %d at most (-got, +want):\n%s", every, most, diff)
			}
			if largest == 0 || largest > most {
				t.Errorf("every %s, %d at most: the largest batch has %d", every, most, largest)
			}
		}
	}
}
