package oracle

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// world is everything that exists as of one moment.
type world struct {
	asOf      claimwatch.Instant
	wall      bool
	ref       *tables
	histories known
	byNumber  map[key][]*history            // made when first asked for
	records   []*claimwatch.Record          // live, those that wait for an admission too
	own       map[key][]*claimwatch.Record  // the same by stay number
	present   map[string]claimwatch.Instant // by institution (1.2)
	stays     []*stay                       // in the order of stays (1.6)
	byKey     map[key]*stay
}

// key is what a stay is (1.3).
type key struct{ institutionID, personID, stayID string }

func newWorld(log []Received, ref Reference, asOf claimwatch.Instant) *world {
	w := &world{
		asOf: asOf, ref: newTables(ref), histories: read(log), present: map[string]claimwatch.Instant{},
		own: map[key][]*claimwatch.Record{}, byKey: map[key]*stay{},
	}
	w.records = w.histories.live(asOf)
	for _, r := range w.records {
		if r.Kind.MovesClock() {
			w.present[r.InstitutionID] = max(w.present[r.InstitutionID], r.OccurredAt)
		}
		if r.StayID != "" {
			w.own[keyOf(r)] = append(w.own[keyOf(r)], r)
		}
	}
	for k, records := range w.own {
		if s := w.newStay(k, records); s != nil {
			w.stays = append(w.stays, s)
			w.byKey[k] = s
		}
	}
	slices.SortFunc(w.stays, compareStays)
	return w
}

// compareStays is the order of stays (1.6). Two persons may have one stay number:
// the person settles what the text leaves open.
func compareStays(a, b *stay) int {
	return cmp.Or(
		cmp.Compare(a.admitted, b.admitted),
		strings.Compare(a.stayID, b.stayID),
		strings.Compare(a.institutionID, b.institutionID),
		strings.Compare(a.personID, b.personID),
	)
}

// existing are the records of a kind that exist for rules: those without a stay
// (fittings) and those of a stay with its admission (1.3), in the order of records.
func (w *world) existing(kind claimwatch.Kind) []*claimwatch.Record {
	var out []*claimwatch.Record
	for _, r := range w.records {
		if r.Kind == kind && (r.StayID == "" || w.byKey[keyOf(r)] != nil) {
			out = append(out, r)
		}
	}
	return out
}

// ofPerson are the stays of a person that a rule is about, in the order of stays.
func (w *world) ofPerson(personID string, about func(*stay) bool) []*stay {
	var out []*stay
	for _, s := range w.stays {
		if s.personID == personID && (about == nil || about(s)) {
			out = append(out, s)
		}
	}
	return out
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
	s.lines, s.selfPaid = w.netLines(s)
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
