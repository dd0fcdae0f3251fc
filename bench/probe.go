package main

import (
	"fmt"
	"slices"

	"claimwatch"
	"claimwatch/province"
)

// probes makes persons whose two equal fee lines must become a finding of
// FEE-001, out of a stay of each hospital.
type probes struct {
	admissions, fees map[string]*claimwatch.Record // of each institution, of one stay
}

func newProbes(p *province.Province) *probes {
	all := &probes{admissions: map[string]*claimwatch.Record{}, fees: map[string]*claimwatch.Record{}}
	hospitals := len(p.Institutions())
	for _, r := range p.Records() {
		switch {
		case r.Kind == claimwatch.Admission && all.admissions[r.InstitutionID] == nil:
			all.admissions[r.InstitutionID] = r
		case r.Kind == claimwatch.Fee && all.fees[r.InstitutionID] == nil && all.suits(r):
			all.fees[r.InstitutionID] = r
		}
		if len(all.fees) == hospitals {
			break
		}
	}
	return all
}

// suits says whether a fee is a plain charge of the stay that was chosen.
func (p *probes) suits(r *claimwatch.Record) bool {
	stay := p.admissions[r.InstitutionID]
	return stay != nil && stay.StayID == r.StayID && stay.PersonID == r.PersonID && !r.Cancelled &&
		r.Field("amount").Num > 0 && !r.Field("reverses").Set && !r.Field("self_pay").Set
}

// add puts a person with an admission and two equal fees at the end of an upload
// and names the person; "" when the hospital has no stay to copy.
func (p *probes) add(u *upload, number int) string {
	admission, fee := p.admissions[u.institution], p.fees[u.institution]
	if admission == nil || fee == nil {
		return ""
	}
	person := fmt.Sprintf("PROBE-%05d", number)
	for i, from := range []*claimwatch.Record{admission, fee, fee} {
		r := *from
		r.Values = slices.Clone(from.Values)
		r.PersonID, r.StayID, r.RecordID, r.Revision = person, person+"-S", fmt.Sprintf("%s-%d", person, i), 1
		u.body = province.AppendLine(u.body, &r)
		u.lines++
	}
	return person
}
