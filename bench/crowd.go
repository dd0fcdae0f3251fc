package main

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"claimwatch"
	"claimwatch/province"
)

// crowd makes many persons with a short stay each, copied from the first day of
// the stays of a province, and a second one for some. 4 million insured persons
// have few long stays: the mean of all is near 25 lines.
type crowd struct {
	stays [][]*claimwatch.Record
}

const (
	shortStay  = 24 // lines of a copied stay before its discharge
	crowdStays = 400
	crowdDays  = 300 // over which the stays are spread
	returning  = 50  // every so manieth person comes back
	backAfter  = 5   // days after the first day of the first stay, which is the only one
)

func newCrowd(now time.Time) *crowd {
	p := province.New(province.Config{
		Seed: 9, Persons: 500, From: claimwatch.InstantOf(now).Day() - 61, Days: 60, NoiseRate: -1, Rounds: -1, // nothing is sent twice
	})
	type key struct{ institution, person, stay string }
	var order []key
	stays := map[key][]*claimwatch.Record{}
	for _, r := range p.Records() {
		k := key{r.InstitutionID, r.PersonID, r.StayID}
		held := stays[k]
		switch {
		case r.Kind == claimwatch.Admission && held == nil:
			order = append(order, k)
			stays[k] = append(held, r)
		case len(held) > 0 && (len(held) < shortStay && plainRecord(r) || r.Kind == claimwatch.Discharge):
			stays[k] = append(held, r)
		}
	}
	c := &crowd{}
	for _, k := range order {
		if records := stays[k]; len(records) == shortStay+1 && len(c.stays) < crowdStays {
			c.stays = append(c.stays, shortened(records))
		}
	}
	return c
}

// plainRecord says whether a record stands for itself: the copy of a stay has no
// corrections and nothing that ends it.
func plainRecord(r *claimwatch.Record) bool {
	return r.Revision == 1 && !r.Cancelled && r.Kind != claimwatch.Admission && r.Kind != claimwatch.Discharge &&
		!r.Field("reverses").Set
}

// shortened moves the discharge right behind the last record that was kept.
func shortened(records []*claimwatch.Record) []*claimwatch.Record {
	discharge := *records[len(records)-1]
	discharge.OccurredAt = 0
	for _, r := range records[:len(records)-1] {
		discharge.OccurredAt = max(discharge.OccurredAt, r.OccurredAt+60_000)
	}
	return append(slices.Clone(records[:len(records)-1]), &discharge)
}

func crowdPerson(i int) string { return fmt.Sprintf("C%08d", i) }

// person gives the records of a person as the sink would store them, all in one
// message at an offset.
func (c *crowd) person(i int, offset int64) []claimwatch.Stored {
	shift := -claimwatch.Instant(i%crowdDays) * dayLong
	stored := c.copied(i, fmt.Sprintf("-%d", i), shift)
	if i%returning == 0 {
		stored = append(stored, c.copied(i, fmt.Sprintf("-%d-again", i), shift+backAfter*dayLong)...)
	}
	for k := range stored {
		stored[k].Position = claimwatch.Position{Offset: offset, Index: int32(i%1000*2*(shortStay+1) + k)}
	}
	return stored
}

const dayLong = claimwatch.Instant(24 * 60 * 60 * 1000)

// copied is the short stay of a person under numbers of its own, so much later.
func (c *crowd) copied(i int, suffix string, shift claimwatch.Instant) []claimwatch.Stored {
	records := c.stays[i%len(c.stays)]
	stored := make([]claimwatch.Stored, len(records))
	for k, from := range records {
		r := *from
		r.PersonID, r.StayID, r.RecordID = crowdPerson(i), from.StayID+suffix, from.RecordID+suffix
		r.OccurredAt += shift
		r.Values = slices.Clone(from.Values)
		for slot, spec := range r.Kind.Fields() {
			v := &r.Values[slot]
			if v.Set && spec.Type == claimwatch.TypeTime {
				v.Num += int64(shift)
			}
			if v.Set && (spec.Name == "order_id" || spec.Name == "prescription_id") {
				v.Text += suffix
			}
		}
		stored[k] = claimwatch.Stored{Record: &r, ReceivedAt: r.OccurredAt, Hash: sha256.Sum256([]byte(r.RecordID))}
	}
	return stored
}
