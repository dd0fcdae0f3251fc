package province

import (
	"math/rand/v2"
	"slices"

	"claimwatch"
)

// Mess says how a log is disturbed in ways that must not change a finding
// (rules.md 1.1). Shares are of the records, 0 to 1.
type Mess struct {
	Seed       uint64
	Shuffle    bool    // another order, as far as the order is free
	Duplicates float64 // sent once more, the same
	Conflicts  float64 // sent once more with another content, after the first
	Changed    float64 // a revision that changes the person or the stay, after the first
	MostAtOnce int     // largest batch; default 500
}

// Log disturbs records given in the order of the log. What comes first of a
// conflicting pair, or before a revision that changes person or stay, stays first.
func (m Mess) Log(records []claimwatch.Record) []claimwatch.Record {
	rng := rand.New(rand.NewPCG(m.Seed, 1))
	out := slices.Clone(records)
	for i := range records {
		r := &records[i]
		if rng.Float64() < m.Duplicates {
			out = append(out, *r)
		}
		if rng.Float64() < m.Conflicts {
			out = append(out, contradicted(r))
		}
		if rng.Float64() < m.Changed && r.StayID != "" {
			out = append(out, moved(r, rng))
		}
	}
	if m.Shuffle {
		shuffle(rng, out)
	}
	return out
}

// Batches cuts a disturbed log into uploads, each of one institution, of random
// sizes. The order of an institution's records stays.
func (m Mess) Batches(records []claimwatch.Record) []Batch {
	rng := rand.New(rand.NewPCG(m.Seed, 2))
	most := m.MostAtOnce
	if most <= 0 {
		most = 500
	}
	var out []Batch
	open := map[string]int{} // the batch that an institution fills
	for _, r := range m.Log(records) {
		i, filling := open[r.InstitutionID]
		if !filling || rng.IntN(most) == 0 || len(out[i].Records) >= most {
			i = len(out)
			open[r.InstitutionID] = i
			out = append(out, Batch{InstitutionID: r.InstitutionID})
		}
		out[i].Records = append(out[i].Records, r)
		out[i].At = max(out[i].At, r.OccurredAt)
	}
	return out
}

// shuffle permutes records. Identities whose order matters get their places of
// the permutation in the order they had.
func shuffle(rng *rand.Rand, records []claimwatch.Record) {
	bound := map[claimwatch.Identity][]claimwatch.Record{}
	for id, of := range byIdentity(records) {
		if orderMatters(of) {
			bound[id] = of
		}
	}
	rng.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
	for i := range records {
		id := records[i].Identity()
		if of := bound[id]; len(of) > 0 {
			records[i], bound[id] = of[0], of[1:]
		}
	}
}

func byIdentity(records []claimwatch.Record) map[claimwatch.Identity][]claimwatch.Record {
	out := make(map[claimwatch.Identity][]claimwatch.Record, len(records))
	for _, r := range records {
		out[r.Identity()] = append(out[r.Identity()], r)
	}
	return out
}

// orderMatters says whether the records of an identity hold a conflict or differ
// in person or stay.
func orderMatters(of []claimwatch.Record) bool {
	for i := range of {
		a := &of[0]
		if of[i].PersonID != a.PersonID || of[i].StayID != a.StayID {
			return true
		}
		for j := range i {
			if of[i].Revision == of[j].Revision && of[i].ContentHash() != of[j].ContentHash() {
				return true
			}
		}
	}
	return false
}

// contradicted is a record of the same key with another content that the door
// would accept: a text or a count is different.
func contradicted(r *claimwatch.Record) claimwatch.Record {
	c := *r
	c.Values = slices.Clone(r.Values)
	for slot, spec := range r.Kind.Fields() {
		v := &c.Values[slot]
		switch spec.Type {
		case claimwatch.TypeText, claimwatch.TypeID, claimwatch.TypeItemCode:
			if spec.Name != "reverses" && len(v.Text) < 60 {
				*v = claimwatch.Value{Text: v.Text + "x", Set: true}
				return c
			}
		case claimwatch.TypeInt:
			if spec.Max > 3 && v.Num < spec.Max {
				*v = claimwatch.Value{Num: max(v.Num, spec.Min) + 1, Set: true}
				return c
			}
		}
	}
	c.OccurredAt-- // a kind without such a field
	return c
}

// moved is a later revision under another stay or of another person.
func moved(r *claimwatch.Record, rng *rand.Rand) claimwatch.Record {
	c := *r
	c.Revision += int32(1 + rng.IntN(2))
	if rng.IntN(2) == 0 {
		c.StayID += "x"
	} else {
		c.PersonID += "x"
	}
	return c
}
