package sink

import (
	"math"

	"claimwatch"
)

// Foreseen is what the sink would say of a record.
type Foreseen struct {
	Duplicate bool              // it stands in the store already
	Fault     *claimwatch.Error // why it would be refused; nil when it would not
}

// Foresee says what would become of records of one institution if they came
// next in the log, in the order given. known are the accepted revisions that the
// store has of their identities.
func Foresee(known map[claimwatch.Identity][]claimwatch.Known, records []*claimwatch.Record) []Foreseen {
	seen := make(map[claimwatch.Identity][]claimwatch.Known, len(records))
	foreseen := make([]Foreseen, len(records))
	for i, r := range records {
		id := r.Identity()
		if _, begun := seen[id]; !begun {
			seen[id] = known[id]
		}
		next := claimwatch.Stored{
			Record: r, Hash: r.ContentHash(),
			Position: claimwatch.Position{Offset: math.MaxInt64, Index: int32(i)},
		}
		j := judge(seen[id], &next)
		if j.verdict == accepted {
			seen[id] = append(seen[id][:len(seen[id]):len(seen[id])], knownOf(&next))
		}
		foreseen[i] = Foreseen{Duplicate: j.verdict == duplicate, Fault: j.fault(r)}
	}
	return foreseen
}
