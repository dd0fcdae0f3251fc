package slice

import "slices"

// Doubted is a stay at an institution that requires face checks with one that
// may have failed, whatever score is asked for (IDN-001).
type Doubted struct {
	*Stay
	Faces   []*Check // those checks
	Charged []*Line  // on their days
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
		faces := slices.DeleteFunc(slices.Clone(s.Checks), func(c *Check) bool { return !c.mayHaveFailed() })
		if len(faces) > 0 {
			d := &Doubted{Stay: s, Faces: faces}
			found, byStay[s] = append(found, d), d
		}
	}
	for _, l := range fees {
		if d := byStay[l.Stay]; d != nil && slices.ContainsFunc(d.Faces, func(c *Check) bool { return c.At.Day() == l.Day() }) {
			d.Charged = append(d.Charged, l)
		}
	}
	return found
}

// mayHaveFailed says whether a face check failed, or does when a high score is asked for.
func (c *Check) mayHaveFailed() bool {
	return c.Method == "face" && c.Result != "unavailable" && c.LeastScore() < sureScore
}

// LeastScore is the score up to which a face check that told anything did not
// fail, -1 for none.
func (c *Check) LeastScore() int64 {
	switch {
	case c.Result == "mismatch" || c.Liveness != nil && !*c.Liveness:
		return -1
	case c.Score != nil:
		return *c.Score
	default:
		return certain
	}
}
