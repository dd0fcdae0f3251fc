package oracle

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// world is everything that exists as of one moment.
type world struct {
	ref     *tables
	present map[string]claimwatch.Instant // by institution (1.2)
	stays   []*stay                       // in the order of stays (1.6)
}

// key is what a stay is (1.3).
type key struct{ institutionID, personID, stayID string }

func newWorld(log []claimwatch.Record, ref Reference, asOf claimwatch.Instant) *world {
	w := &world{ref: newTables(ref), present: map[string]claimwatch.Instant{}}
	records := live(log, asOf)
	own := map[key][]*claimwatch.Record{}
	for _, r := range records {
		if r.Kind.MovesClock() {
			w.present[r.InstitutionID] = max(w.present[r.InstitutionID], r.OccurredAt)
		}
		if r.StayID != "" {
			k := key{r.InstitutionID, r.PersonID, r.StayID}
			own[k] = append(own[k], r)
		}
	}
	for k, records := range own {
		if s := w.newStay(k, records); s != nil {
			w.stays = append(w.stays, s)
		}
	}
	slices.SortFunc(w.stays, func(a, b *stay) int {
		return cmp.Or(
			cmp.Compare(a.admitted, b.admitted),
			strings.Compare(a.stayID, b.stayID),
			strings.Compare(a.institutionID, b.institutionID),
			strings.Compare(a.personID, b.personID),
		)
	})
	return w
}

// newStay gathers the records of a stay; nil while it has no admission, for its
// records do not exist for rules until then (1.3).
func (w *world) newStay(k key, records []*claimwatch.Record) *stay {
	s := &stay{key: k, records: records}
	if admissions := s.of(claimwatch.Admission); len(admissions) > 0 {
		s.admission = admissions[0]
	} else {
		return nil
	}
	if discharges := s.of(claimwatch.Discharge); len(discharges) > 0 {
		s.discharge = discharges[0]
	}
	s.refunds = map[string][]*claimwatch.Record{}
	for _, r := range s.of(claimwatch.Fee) {
		if isRefund(r) {
			s.refunds[reverses(r)] = append(s.refunds[reverses(r)], r)
		}
	}
	s.admitted = s.admission.OccurredAt
	s.class = s.admission.Field("class").Text
	s.ended = w.ended(s)
	s.leaves = s.mergedLeaves()
	s.lines = w.netLines(s)
	s.events = w.substantiveEvents(s)
	return s
}

// ended is ended_at (1.3).
func (w *world) ended(s *stay) claimwatch.Instant {
	present := w.present[s.institutionID]
	if s.discharge != nil {
		return s.discharge.OccurredAt
	}
	if s.class == "outpatient" {
		return min((s.admitted.Day() + 1).Midnight(), present)
	}
	end := present
	for _, r := range s.records {
		end = max(end, r.OccurredAt)
	}
	return end
}
