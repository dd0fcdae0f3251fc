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
	Fittings     []*FittedDevice
	Refunded     []*Refunded
	// Beside are places for records that belong to no stay, numbered after the
	// stays.
	Beside []*Stay
	// Candidates of rules that few records concern.
	Unagreed      []*Line
	SuspendedWork []SuspendedWork
	OutOfArea     []*Stay
	Injuries      []*Injury
	// Of the Injuries those of a known case that does not name the illness, without
	// a recognised case, and after the time off work.
	Unrelated, Pending, Late []*Injury
	IllnessFees              []*Line
	Sightings                []*Sighting
	Emergencies              []*Emergency
	Deaths                   []*Death
	Lengths                  []*Length
	Uncared                  []*Uncared
	Idle                     []*Idle
	Unattended               []*Unattended
	Attested                 []*Attested
	Supplies                 []*Supply
	Refills                  []*Supply // within Supplies
	// Oversupplies are of visits, DischargeOversupplies for the time after a stay.
	Oversupplies, DischargeOversupplies []*Oversupply
	Splits                              []*Supply
	Restricted                          []*Restricted
	Uncovered                           []*Line
	OverCourses                         []*OverCourse
	DrugPairs                           []*DrugPair
	Imaging                             []Series
	Doubted                             []*Doubted
	Overlaps                            []*Overlap
	Visits                              []*Visit
	Unmeasured                          []*Unmeasured
	Repetitions                         []*Repetition
	Unordered                           []*Line
	Overbilled                          []*Overbilled
	Stopped                             []*Stopped
	Unreported                          []*Unreported
	Swapped                             []*Swapped
	LateUploads                         []*LateUploads
	Incomplete                          []*Incomplete
	Changes                             []*Changed
	AsOf                                claimwatch.Instant
	Charges
	Suspects
}

// Tables works everything out. presents are those of the institutions of the
// world's records as of its moment (rules.md 1.2); others are of persons who are
// not in it.
func (w *World) Tables(presents map[string]claimwatch.Instant, others *Others, reference *Reference) Tables {
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
	others.exist(w)
	t.Refunded = w.refunded(byKey, others)
	w.fittings(&t, byKey, others, reference)
	t.Unagreed = unagreed(t.Fees, reference)
	t.SuspendedWork = suspendedWork(t.Fees, t.Orders, reference)
	t.OutOfArea = outOfArea(t.Stays, reference)
	t.Injuries = injuries(t.Stays, reference, w.asOf)
	t.Unrelated = only(t.Injuries, func(i *Injury) bool { return i.Case != nil && !i.Related })
	t.Pending = only(t.Injuries, func(i *Injury) bool { return !i.Recognised })
	t.Late = only(t.Injuries, (*Injury).late)
	t.IllnessFees = illnessFees(t.Fees, reference)
	t.Sightings = sightings(t.Stays)
	t.Emergencies = emergencies(t.Stays, reference, w.asOf)
	t.Deaths = deaths(t.Stays)
	t.Lengths = lengths(t.Stays, reference)
	t.Supplies, t.Restricted, t.Uncovered = supplies(t.Fees), restricted(t.Fees), uncovered(lines)
	t.Refills, t.Splits = refills(t.Supplies), splits(t.Supplies)
	t.DischargeOversupplies = oversupplies(only(t.Supplies, (*Supply).Discharge))
	t.Oversupplies = oversupplies(only(t.Supplies, func(s *Supply) bool { return !s.Discharge() }))
	t.Uncared, t.Idle, t.Unattended, t.Attested = uncared(t.Stays), idle(t.Stays), unattended(t.Stays), attested(t.Stays)
	t.OverCourses, t.DrugPairs = overCourses(t.Fees, reference), drugPairs(t.Orders, reference)
	t.Imaging = w.imaging(byKey, t.Fees)
	w.fillCharges(&t, reference)
	t.Suspects, t.Doubted = suspects(t.Fees), doubted(t.Stays, t.Fees)
	t.Overlaps, t.Visits = overlaps(t.Stays, reference), visits(t.Stays, t.Fees)
	t.Unmeasured = w.unmeasured(t.Stays)
	w.fillOrdered(&t, reference)
	w.fillUploads(&t, byKey, reference)
	return t
}

// fillUploads tells what is missing, late or changed after the fact, of stay
// numbers without an admission too.
func (w *World) fillUploads(t *Tables, stays map[stayKey]*Stay, reference *Reference) {
	unadmitted, claims := w.unadmitted(t, stays, reference), w.claimsByNumber()
	t.AsOf, t.Incomplete = w.asOf, w.incomplete(t.Stays, unadmitted, claims)
	if !w.Wall {
		return
	}
	t.Changes = w.changes(stays, claims)
	for _, s := range unadmitted {
		stays[s.key()] = s
	}
	t.LateUploads = w.lateUploads(stays)
}

// fillOrdered holds lines against orders and reports.
func (w *World) fillOrdered(t *Tables, reference *Reference) {
	book := bookOf(t.Orders)
	t.Overbilled, t.Stopped = book.billed(t.Fees)
	t.Repetitions = book.repetitions(t.Fees)
	t.Swapped = book.swapped(t.Fees, reference)
	if reference.has("items") { // else nothing is known of any line
		t.Unordered, t.Unreported = book.unordered(t.Fees), w.unreported(t.Fees)
	}
}

// Numbered are the stays by their numbers, as findings refer to them.
func (t Tables) Numbered() map[uint32]claimwatch.Stay {
	stays := make(map[uint32]claimwatch.Stay, len(t.Stays))
	for _, s := range slices.Concat(t.Stays, t.Beside) {
		stays[s.Number] = s.Reference()
	}
	return stays
}

// Reference is the stay as findings refer to it.
func (s *Stay) Reference() claimwatch.Stay {
	return claimwatch.Stay{
		InstitutionID: s.InstitutionID, PersonID: s.PersonID, StayID: s.StayID, AdmissionID: s.AdmissionID,
		AdmittedAt: s.AdmittedAt, DischargedAt: s.DischargedAt, Present: s.Present, Inpatient: s.Inpatient(),
		PrimaryDiagnosis: s.PrimaryDiagnosis, SeriesID: s.SeriesID, City: s.City,
		InstitutionFound: s.InstitutionFound, Face: s.FaceRequired, Capabilities: s.Capabilities, PersonFound: s.Person != nil,
		CaseFound: s.Case != nil,
	}
}
