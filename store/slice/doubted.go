package slice

import "slices"

// Doubted is a stay at an institution that requires face checks with one that
// may have failed, whatever score is asked for (IDN-001).
type Doubted struct {
	*Stay
	Faces   []*Check // every face check that told anything
	Charged []*Line
}

// sureScore is the score, in 1/10,000, from which a face check is sure, whatever
// is asked for: so high the rule's parameter may be set.
const sureScore = 9_000

// doubted are those stays.
func doubted(stays []*Stay, fees []*Line) []*Doubted {
	byStay := map[*Stay]*Doubted{}
	var found []*Doubted
	for _, s := range stays {
		if !s.Inpatient() || !s.FaceRequired {
			continue
		}
		faces := slices.DeleteFunc(slices.Clone(s.Checks), func(c *Check) bool { return c.Method != "face" || c.Result == "unavailable" })
		if slices.ContainsFunc(faces, mayHaveFailed) {
			d := &Doubted{Stay: s, Faces: faces}
			found, byStay[s] = append(found, d), d
		}
	}
	for _, l := range fees {
		if d := byStay[l.Stay]; d != nil {
			d.Charged = append(d.Charged, l)
		}
	}
	return found
}

func mayHaveFailed(c *Check) bool {
	return c.Result == "mismatch" || c.Liveness != nil && !*c.Liveness || c.Score != nil && *c.Score < sureScore
}
