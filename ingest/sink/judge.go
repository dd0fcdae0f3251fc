package sink

import "claimwatch"

// verdict is what becomes of a record at its position in the log.
type verdict uint8

const (
	accepted        verdict = iota
	repeated                // accepted before at this very position: we read the log a second time
	duplicate               // the same revision with the same content stands before
	conflict                // the same revision with other content stands before
	identityChanged         // another person or stay than the first accepted revision
	poison                  // cannot be read
	withheld                // acceptable, but its atomic upload is refused
	verdicts
)

var verdictNames = [verdicts]string{
	"accepted", "repeated", "duplicate", "conflict", "identity_changed", "poison", "withheld",
}

func (v verdict) String() string { return verdictNames[v] }

// counts says whether the record is part of the accepted set.
func (v verdict) counts() bool { return v == accepted || v == repeated }

// judgement is a verdict and the revision that was the newest until then.
type judgement struct {
	verdict verdict
	field   string            // what differs, for identityChanged
	newest  *claimwatch.Known // of those before the position; nil when there is none
	stands  *claimwatch.Known // the same revision of those before the position; nil when there is none
}

// judge decides about s. known are accepted revisions of its identity in any
// order; those that stand behind s in the log are from a former reading of it
// and do not count.
func judge(known []claimwatch.Known, s *claimwatch.Stored) judgement {
	var first, newest, same *claimwatch.Known
	again := false
	for i := range known {
		k := &known[i]
		if k.Position == s.Position {
			again = true
			continue
		}
		if !k.Position.Before(s.Position) {
			continue
		}
		if first == nil || k.Position.Before(first.Position) {
			first = k
		}
		if newest == nil || k.Revision > newest.Revision {
			newest = k
		}
		if k.Revision == s.Record.Revision {
			same = k
		}
	}
	j := judgement{newest: newest, stands: same}
	switch {
	case again:
		j.verdict = repeated
	case same != nil && same.Hash == s.Hash:
		j.verdict = duplicate
	case same != nil:
		j.verdict = conflict
	case first != nil && first.PersonID != s.Record.PersonID:
		j.verdict, j.field = identityChanged, "person_id"
	case first != nil && first.StayID != s.Record.StayID:
		j.verdict, j.field = identityChanged, "stay_id"
	}
	return j
}

// knownOf is what the store will know of an accepted record.
func knownOf(s *claimwatch.Stored) claimwatch.Known {
	r := s.Record
	return claimwatch.Known{
		Revision: r.Revision, Cancelled: r.Cancelled, Hash: s.Hash, PersonID: r.PersonID, StayID: r.StayID,
		OccurredAt: r.OccurredAt, Position: s.Position,
	}
}

// fault is the refusal of the record that was judged, nil for none.
func (j judgement) fault(r *claimwatch.Record) *claimwatch.Error {
	switch j.verdict {
	case conflict:
		return claimwatch.Refuse(claimwatch.CodeConflict,
			"revision %d of this record was sent before with other content and stays: send a higher revision to correct it", r.Revision)
	case identityChanged:
		return &claimwatch.Error{
			Code: claimwatch.CodeIdentityChanged, Field: j.field,
			Message: "a revision cannot change it: cancel the record and send it anew under another record_id",
		}
	default:
		return nil
	}
}
