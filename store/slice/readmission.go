package slice

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// Readmission is a pair of consecutive stays of one person, class and
// institution that look like one stay, whatever the time between them: what
// ADM-001, 002 and 003 share.
type Readmission struct {
	Earlier, Later *Stay
	// Fees are the later one's registration, consultation, exam and lab lines.
	Fees []RepeatFee
}

// RepeatFee is a line of the later stay; Again says that the earlier one was
// charged the item too.
type RepeatFee struct {
	*Line
	Again bool
}

// DaysBetween are the local days from the discharge to the new admission.
func (r *Readmission) DaysBetween() int32 {
	return int32(r.Later.AdmittedOn() - r.Earlier.DischargedAt.Day())
}

// TimeBetween is the time from the discharge to the new admission in milliseconds.
func (r *Readmission) TimeBetween() int64 { return int64(r.Later.AdmittedAt - *r.Earlier.DischargedAt) }

// OtherDepartment says that an uncured person went on elsewhere in the house.
func (r *Readmission) OtherDepartment() bool {
	return r.Later.Department != r.Earlier.LastDepartment && r.Earlier.Disposition != "cured"
}

// SamePhysician says that one physician had both stays.
func (r *Readmission) SamePhysician() bool {
	return r.Later.PhysicianID != "" && r.Later.PhysicianID == r.Earlier.PhysicianID
}

// SameBed says that both were in one bed.
func (r *Readmission) SameBed() bool {
	return r.Later.Ward != "" && r.Later.Bed != "" && r.Later.Ward == r.Earlier.Ward && r.Later.Bed == r.Earlier.Bed
}

var repeatCategories = [...]string{"registration", "consultation", "exam", "lab"}

// readmissions are the pairs, in the order of the later stays.
func readmissions(stays []*Stay, lines []*Line) []*Readmission {
	type run struct{ person, institution, class string }
	previous := map[run]*Stay{}
	var pairs []*Readmission
	byLater := map[*Stay]*Readmission{}
	for _, s := range stays {
		if !s.Inpatient() {
			continue
		}
		key := run{s.PersonID, s.InstitutionID, s.Class}
		if earlier := previous[key]; earlier != nil && looksLikeOne(earlier, s) {
			pair := &Readmission{Earlier: earlier, Later: s}
			pairs, byLater[s] = append(pairs, pair), pair
		}
		previous[key] = s
	}
	if len(pairs) > 0 {
		fillFees(pairs, byLater, lines)
	}
	return pairs
}

// looksLikeOne says whether two stays are of one illness and nothing tells why
// there are two.
func looksLikeOne(a, b *Stay) bool {
	if a.DischargedAt == nil || a.Disposition == "died" || b.Route == "emergency" || b.SeriesID != "" && b.SeriesID == a.SeriesID {
		return false
	}
	if a.DiagnosisGroup == "" || b.DiagnosisGroup == "" {
		return a.InjuryCaseID != "" && a.InjuryCaseID == b.InjuryCaseID
	}
	return a.DiagnosisGroup == b.DiagnosisGroup
}

// fillFees gives the pairs their lines.
func fillFees(pairs []*Readmission, byLater map[*Stay]*Readmission, lines []*Line) {
	type charge struct {
		stay *Stay
		item string
	}
	charged := map[charge]bool{}
	for _, l := range lines {
		if !l.charged {
			continue
		}
		charged[charge{l.Stay, l.ItemCode}] = true
		if pair := byLater[l.Stay]; pair != nil && slices.Contains(repeatCategories[:], l.Category) {
			pair.Fees = append(pair.Fees, RepeatFee{Line: l})
		}
	}
	for _, pair := range pairs {
		slices.SortFunc(pair.Fees, func(a, b RepeatFee) int {
			return cmp.Or(cmp.Compare(a.At, b.At), strings.Compare(a.RecordID, b.RecordID))
		})
		for i := range pair.Fees {
			pair.Fees[i].Again = charged[charge{pair.Earlier, pair.Fees[i].ItemCode}]
		}
	}
}

// Named are the records of the two stays that every finding about them names.
func (r *Readmission) Named() []NamedRecord {
	return []NamedRecord{
		{claimwatch.Admission, r.Earlier.AdmissionID, r.Earlier.AdmittedAt},
		{claimwatch.Discharge, r.Earlier.DischargeID, *r.Earlier.DischargedAt},
		{claimwatch.Admission, r.Later.AdmissionID, r.Later.AdmittedAt},
	}
}

// NamedRecord is a record by its kind, its id within the institution and its time.
type NamedRecord struct {
	Kind     claimwatch.Kind
	RecordID string
	At       claimwatch.Instant
}
