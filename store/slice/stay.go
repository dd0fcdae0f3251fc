package slice

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// Stay is a stay with everything that rules ask of it. Arrays are sorted.
type Stay struct {
	// Number is the place in the order of stays of all persons of the slice, from
	// 1 (rules.md 1.6): of one person a smaller number is an earlier stay.
	Number                             uint32
	InstitutionID, PersonID, StayID    string
	AdmissionID, Class, Route          string
	Department, Ward, Bed, PhysicianID string
	InjuryCaseID, SeriesID             string
	DiagnosisGroup, PrimaryDiagnosis   string
	Diagnoses                          []string // of admission and discharge together
	AdmittedAt                         claimwatch.Instant
	DischargeID, Disposition           string
	DischargedAt                       *claimwatch.Instant // nil while open
	LastDepartment                     string
	// LastOwn is where the stay ends for rules about overlaps: its discharge, else
	// the last of its own orders, lines (net, self-pay too), checks, care records
	// and transfers, at least the admission: a forgotten discharge accuses nobody.
	LastOwn                        claimwatch.Instant
	Present, EndedAt               claimwatch.Instant // rules.md 1.2, 1.3
	InstitutionFound, FaceRequired bool
	Level                          *int32
	City                           string
	Capabilities                   []string
	Person                         *Person     // nil without a row
	Case                           *InjuryCase // nil for none, or an unknown one
	// Agreed says that an agreement, also a suspended one, covers the day of the
	// admission.
	Agreed bool
	// ReferredOn are the days on which referrals of the person to the institution
	// were approved, in order.
	ReferredOn []claimwatch.Day

	// Leaves, clipped and merged (rules.md 1.14).
	Leaves []Span
	// Excused are leaves and the whole days touched by special nursing or an
	// operation. Far ends are cut a year and a day behind the end of the stay,
	// which only wakes somebody early.
	Excused []Span
	// NursedAtEnd: an open-ended order of special nursing begins at the very end.
	NursedAtEnd bool
	// Events are the substantive events within the stay (rules.md 1.10), those at
	// its end included.
	Events     []claimwatch.Instant
	FirstOrder *claimwatch.Instant // the first at or after the admission
	// Days not fully on leave, and those of them without an event.
	Days, IdleDays []claimwatch.Day
	DayFees        []DayFee
	Charges        []*Line // all lines that are a charge to the fund
	Checks         []*Check

	watched []Span
}

// DayFee is a day-unit fee line (rules.md 1.10).
type DayFee struct {
	At       claimwatch.Instant
	RecordID string
	Amount   int64
}

func (s *Stay) key() stayKey { return stayKey{s.InstitutionID, s.PersonID, s.StayID} }

// Subject is the stay in the subject of a finding (rules.md 1.16).
func (s *Stay) Subject() string { return claimwatch.Subject(s.InstitutionID, s.PersonID, s.StayID) }

// seen notes that the stay went on until then.
func (s *Stay) seen(at claimwatch.Instant) {
	if s.DischargedAt == nil {
		s.LastOwn = max(s.LastOwn, at)
	}
}

// Inpatient says whether the person lies in: class inpatient or rehab.
func (s *Stay) Inpatient() bool { return s.Class != "outpatient" }

// AdmittedOn is the local day of the admission, EndedOn that of the end.
func (s *Stay) AdmittedOn() claimwatch.Day { return s.AdmittedAt.Day() }

// EndedOn is the local day of the end.
func (s *Stay) EndedOn() claimwatch.Day { return s.EndedAt.Day() }

// StayDays are the days of the stay, at least one (rules.md 1.5).
func (s *Stay) StayDays() int32 { return max(1, int32(s.EndedOn()-s.AdmittedOn())) }

// first takes of each stay the record that counts of several (rules.md 1.3).
func first[F Fact](rows []F) map[stayKey]F {
	return choose(rows, func(h, held *Head) bool { return h.before(held) })
}

// choose takes of each stay the row that beats the others.
func choose[F Fact](rows []F, beats func(h, held *Head) bool) map[stayKey]F {
	chosen := map[stayKey]F{}
	for _, row := range rows {
		key := row.Common().stay()
		if held, known := chosen[key]; !known || beats(row.Common(), held.Common()) {
			chosen[key] = row
		}
	}
	return chosen
}

// before is the order of records within a stay.
func (h *Head) before(other *Head) bool {
	return h.At < other.At || h.At == other.At && h.RecordID < other.RecordID
}

// compareRecords is the order of records (rules.md 1.6).
func compareRecords(a, b *Head) int {
	return cmp.Or(cmp.Compare(a.At, b.At), strings.Compare(a.RecordID, b.RecordID), strings.Compare(a.InstitutionID, b.InstitutionID))
}

// stays makes the stays with what their own records tell, in order.
func (w *World) stays(presents map[string]claimwatch.Instant, reference *Reference) []*Stay {
	admissions := first(w.facts.Admissions)
	discharges := first(w.facts.Discharges)
	transfers := choose(w.facts.Transfers, func(h, held *Head) bool { return held.before(h) })
	stays := make([]*Stay, 0, len(admissions))
	for key, a := range admissions {
		s := stayOf(a)
		if d := discharges[key]; d != nil {
			s.discharge(d)
		}
		s.LastDepartment = s.Department
		if t := transfers[key]; t != nil {
			s.LastDepartment = t.Department
		}
		if s.Present = presents[s.InstitutionID]; s.Present == 0 {
			s.Present = s.AdmittedAt
		}
		s.end(w.latest[key])
		s.LastOwn = s.AdmittedAt
		if s.DischargedAt != nil {
			s.LastOwn = *s.DischargedAt
		}
		s.lookUp(reference)
		stays = append(stays, s)
	}
	slices.SortFunc(stays, func(a, b *Stay) int {
		return cmp.Or(strings.Compare(a.PersonID, b.PersonID), cmp.Compare(a.AdmittedAt, b.AdmittedAt),
			strings.Compare(a.StayID, b.StayID), strings.Compare(a.InstitutionID, b.InstitutionID))
	})
	for i, s := range stays {
		s.Number = uint32(i + 1)
	}
	return stays
}

// lookUp takes what reference tables know of the stay.
func (s *Stay) lookUp(reference *Reference) {
	if row, found := reference.Institutions[s.InstitutionID]; found {
		s.InstitutionFound, s.City, s.Level, s.FaceRequired = true, row.City, &row.Level, row.FaceRequired
		s.Capabilities = row.Capabilities
	}
	if row, found := reference.Persons[s.PersonID]; found {
		s.Person = &row
	}
	if row, found := reference.Cases[s.InjuryCaseID]; found {
		s.Case = &row
	}
	for _, r := range reference.Referrals[s.PersonID] {
		if r.To == s.InstitutionID {
			s.ReferredOn = append(s.ReferredOn, r.ApprovedOn)
		}
	}
	slices.Sort(s.ReferredOn)
	s.Agreed = reference.agreed(s.InstitutionID, s.AdmittedOn())
}

func stayOf(a *Admission) *Stay {
	return &Stay{
		InstitutionID: a.InstitutionID, PersonID: a.PersonID, StayID: a.StayID, AdmissionID: a.RecordID, Class: a.Class, Route: a.Route,
		Department: a.Department, Ward: a.Ward, Bed: a.Bed, PhysicianID: a.PhysicianID, InjuryCaseID: a.InjuryCaseID,
		SeriesID: a.SeriesID, AdmittedAt: a.At, Diagnoses: distinct(a.Diagnoses), PrimaryDiagnosis: primary(a.Diagnoses),
		DiagnosisGroup: group(a.Diagnoses),
	}
}

// discharge adds the discharge; its diagnoses go before the admission's as soon
// as it gives any (rules.md 1.11).
func (s *Stay) discharge(d *Discharge) {
	s.DischargeID, s.DischargedAt, s.Disposition = d.RecordID, &d.At, d.Disposition
	if len(d.Diagnoses) > 0 {
		s.PrimaryDiagnosis, s.DiagnosisGroup = primary(d.Diagnoses), group(d.Diagnoses)
		s.Diagnoses = distinct(append(slices.Clone(s.Diagnoses), d.Diagnoses...))
	}
}

// end says when the stay ends, or how far it has come (rules.md 1.3).
func (s *Stay) end(latest claimwatch.Instant) {
	switch {
	case s.DischargedAt != nil:
		s.EndedAt = *s.DischargedAt
	case s.Inpatient():
		s.EndedAt = max(s.Present, latest)
	default:
		s.EndedAt = min((s.AdmittedOn() + 1).Midnight(), s.Present)
	}
}

func primary(diagnoses []string) string {
	if len(diagnoses) == 0 {
		return ""
	}
	return diagnoses[0]
}

// group is the first three characters of the primary diagnosis (rules.md 1.11).
func group(diagnoses []string) string {
	characters := []rune(primary(diagnoses))
	return string(characters[:min(3, len(characters))])
}

// distinct leaves the first of equal texts.
func distinct(texts []string) []string {
	kept := make([]string, 0, len(texts))
	for _, text := range texts {
		if !slices.Contains(kept, text) {
			kept = append(kept, text)
		}
	}
	return kept
}
