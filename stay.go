package claimwatch

// Stay is a visit number of a person at an institution as findings refer to it:
// what its subject, belonging and span need (rules.md 1.16 to 1.19).
type Stay struct {
	InstitutionID, PersonID, StayID string
	// AdmissionID is the record of its admission; empty while there is none, and
	// then there are no times.
	AdmissionID  string
	AdmittedAt   Instant
	DischargedAt *Instant // nil while open
	// Present is how far the institution's clock has come.
	Present          Instant
	Inpatient        bool // class inpatient or rehab
	PrimaryDiagnosis string
	SeriesID         string
	// City is that of the institution on the admission's day; empty while there is
	// no row of it.
	City string
	// InstitutionFound says that there is a row of the institution, Face that it
	// requires face checks; Capabilities are what else it can upload.
	InstitutionFound, Face bool
	Capabilities           []string
	// Across says that the stay is there for rules across the persons of its
	// institution only.
	Across bool
	// PersonFound and CaseFound say that there is a row of the person, and of the
	// injury case that the admission names.
	PersonFound, CaseFound bool
}
