package slice

import "claimwatch"

// Tables are what rules see.
type Tables struct {
	Stays        []*Stay
	Fees         []*Line // the lines that are a charge to the fund
	Orders       []*ActiveOrder
	Readmissions []*Readmission
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
	return t
}

// Numbered are the stays by their numbers, as findings refer to them.
func (t Tables) Numbered() map[uint32]claimwatch.Stay {
	stays := make(map[uint32]claimwatch.Stay, len(t.Stays))
	for _, s := range t.Stays {
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
