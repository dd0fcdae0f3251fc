package slice

import (
	"slices"

	"claimwatch"
)

// Tables are what rules see.
type Tables struct {
	Stays        []*Stay
	Fees         []*Line // the lines that are a charge to the fund
	Orders       []*ActiveOrder
	Readmissions []*Readmission
	// Candidates: what a rule could find something about, whatever its parameters.
	Overlaps   []*Overlap
	Visits     []*Visit
	Unmeasured []*Unmeasured
	Unordered  []*Line
	Overbilled []*Overbilled
	Stopped    []*Stopped
	Unreported []*Unreported
	Swapped    []*Swapped
	// What DAT rules see, of stay numbers without an admission too.
	Unadmitted  []*Stay
	LateUploads []*LateUploads
	Incomplete  []*Incomplete
	Changes     []*Changed
	AsOf        claimwatch.Instant
}

// Tables works everything out. presents are those of the institutions of the
// world's records as of its moment (rules.md 1.2).
func (w *World) Tables(presents map[string]claimwatch.Instant, reference *Reference) Tables {
	t := Tables{Stays: w.stays(presents, reference)}
	byKey := make(map[stayKey]*Stay, len(t.Stays))
	for _, s := range t.Stays {
		byKey[stayKey{s.InstitutionID, s.PersonID, s.StayID}] = s
	}
	lines := w.lines(byKey, reference)
	t.Orders = w.orders(byKey)
	w.fillCourses(byKey, lines, t.Orders)
	t.Readmissions = readmissions(t.Stays, lines)
	for _, l := range lines {
		if l.charged {
			t.Fees = append(t.Fees, l)
		}
	}
	t.Overlaps, t.Visits = overlaps(t.Stays, reference), visits(t.Stays, t.Fees)
	t.Unmeasured = w.unmeasured(t.Stays)
	w.fillOrdered(&t, reference)
	w.fillUploads(&t, byKey)
	return t
}

// fillUploads tells what is missing, late or changed after the fact.
func (w *World) fillUploads(t *Tables, stays map[stayKey]*Stay) {
	t.AsOf, t.Unadmitted = w.asOf, w.unadmitted(stays)
	claims := w.claimsByNumber()
	t.Incomplete = w.incomplete(t.Stays, t.Unadmitted, claims)
	if !w.Wall {
		return
	}
	t.Changes = w.changes(stays, claims)
	for _, s := range t.Unadmitted {
		stays[s.key()] = s
	}
	t.LateUploads = w.lateUploads(stays)
}

// fillOrdered holds lines against orders and reports.
func (w *World) fillOrdered(t *Tables, reference *Reference) {
	book := bookOf(t.Orders)
	t.Overbilled, t.Stopped = book.billed(t.Fees)
	t.Swapped = book.swapped(t.Fees, reference)
	if reference.Loaded["items"] { // else nothing is known of any line
		t.Unordered, t.Unreported = book.unordered(t.Fees), w.unreported(t.Fees)
	}
}

// Numbers is how many stays have one, with and without admission.
func (t Tables) Numbers() int { return len(t.Stays) + len(t.Unadmitted) }

// Numbered are the stays by their numbers, as findings refer to them.
func (t Tables) Numbered() map[uint32]claimwatch.Stay {
	stays := make(map[uint32]claimwatch.Stay, t.Numbers())
	for _, s := range slices.Concat(t.Stays, t.Unadmitted) {
		stays[s.Number] = s.Reference()
	}
	return stays
}

// Reference is the stay as findings refer to it.
func (s *Stay) Reference() claimwatch.Stay {
	return claimwatch.Stay{
		InstitutionID: s.InstitutionID, PersonID: s.PersonID, StayID: s.StayID, AdmissionID: s.AdmissionID,
		AdmittedAt: s.AdmittedAt, DischargedAt: s.DischargedAt, Present: s.Present, Inpatient: s.Inpatient(),
		PrimaryDiagnosis: s.PrimaryDiagnosis, SeriesID: s.SeriesID,
		InstitutionFound: s.InstitutionFound, Face: s.FaceRequired, Capabilities: s.Capabilities, PersonFound: s.Person != nil,
	}
}
