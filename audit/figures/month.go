package figures

import (
	"claimwatch"
	"claimwatch/audit/term"
)

// InstitutionMonth is a month of an institution.
type InstitutionMonth struct {
	Month     term.Month     `json:"month" example:"2026-01"`
	Records   int            `json:"records" doc:"received in the month, in their first revision"`
	Stays     int            `json:"stays" doc:"inpatient and rehab, admitted in the month"`
	Charged   claimwatch.Fen `json:"charged" doc:"for services of the month, net of refunds, without self-pay"`
	Findings  int            `json:"findings" doc:"about services of the month, without retracted ones"`
	AtIssue   claimwatch.Fen `json:"at_issue" doc:"of these findings, gross: one yuan may be at issue in several"`
	Confirmed int            `json:"confirmed" doc:"of these findings: rejected, and not overturned"`
	Rejected  claimwatch.Fen `json:"rejected" doc:"on the rejected-fee list of the month"`
	Late      int            `json:"late" doc:"admissions and fees received in the month later after the bedside than DAT-001 allows"`

	timed, discharged, stayDays int
	stayCost, stayDrugs         claimwatch.Fen
}

func (m *InstitutionMonth) plus(o *InstitutionMonth) {
	m.Records, m.Stays, m.Charged, m.Findings = m.Records+o.Records, m.Stays+o.Stays, m.Charged+o.Charged, m.Findings+o.Findings
	m.AtIssue, m.Confirmed, m.Rejected, m.Late = m.AtIssue+o.AtIssue, m.Confirmed+o.Confirmed, m.Rejected+o.Rejected, m.Late+o.Late
	m.timed, m.discharged, m.stayDays = m.timed+o.timed, m.discharged+o.discharged, m.stayDays+o.stayDays
	m.stayCost, m.stayDrugs = m.stayCost+o.stayCost, m.stayDrugs+o.stayDrugs
}

// series are the months of an institution.
type series map[term.Month]*InstitutionMonth

func (s series) of(m term.Month) *InstitutionMonth {
	if s[m] == nil {
		s[m] = &InstitutionMonth{Month: m}
	}
	return s[m]
}

func (s series) add(h *HouseMonth) {
	s.of(h.Month).plus(&InstitutionMonth{
		Records: h.Records, Stays: h.Stays, Charged: h.Charged, Late: h.Late, timed: h.Timed,
		discharged: h.Discharged, stayDays: h.StayDays, stayCost: h.StayCost, stayDrugs: h.StayDrugs,
	})
}

func (s series) found(f *Finding) {
	m := s.of(f.Month())
	m.Findings++
	m.AtIssue += f.Amount
	if f.Confirmed() {
		m.Confirmed++
	}
}

// year gives the twelve months before until, each once.
func (s series) year(until term.Month) []InstitutionMonth {
	months := make([]InstitutionMonth, 0, 12)
	for m := until - 12; m < until; m++ {
		one := InstitutionMonth{Month: m}
		if known := s[m]; known != nil {
			one = *known
		}
		months = append(months, one)
	}
	return months
}

// total adds up the twelve months before until.
func (s series) total(until term.Month) (sum InstitutionMonth) {
	for m := until - 12; m < until; m++ {
		if known := s[m]; known != nil {
			sum.plus(known)
		}
	}
	return sum
}
