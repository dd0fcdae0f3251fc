package settlement

import (
	"claimwatch"
	"claimwatch/audit/term"
)

// Stage is how far the settlement of a month has come.
type Stage string

// The stages: an open one is worked out anew each time it is asked for, a proposed
// one waits for a second person, a closed one never changes.
const (
	StageOpen     Stage = "open"
	StageProposed Stage = "proposed"
	StageClosed   Stage = "closed"
)

// Settlement is the settlement of an institution and month. What is in it of earlier
// months, because it became known after their close, is shown apart.
type Settlement struct {
	InstitutionID string     `json:"institution_id"`
	Month         term.Month `json:"month"`
	Stage         Stage      `json:"state"`
	Number        *string    `json:"number" doc:"given when it is closed, running within institution and year"`
	Complete      bool       `json:"complete" doc:"the month was over; what comes later goes to the next close"`
	Parts
	Split
	BondBase Base     `json:"bond_base" doc:"the reading of Shanxi Art. 33 that counts"`
	Readings Readings `json:"readings" doc:"both readings, whichever counts"`
	// OfMonth and OfAdjustments add up to the amounts above.
	OfMonth       Parts              `json:"of_month"`
	OfAdjustments Parts              `json:"of_adjustments"`
	PayBy         claimwatch.Day     `json:"pay_by" doc:"last day of payment, Shanxi Art. 33"`
	AsOf          claimwatch.Instant `json:"as_of" doc:"moment of which the facts are"`
	Claims        []Claim            `json:"claims" doc:"stays of the month"`
	Adjustments   []Adjustment       `json:"adjustments" doc:"lines of earlier months, by the month that they correct"`
	Lines         int                `json:"lines" doc:"that this settlement posts"`
	SHA256        string             `json:"sha256" doc:"of the sheet of all lines, as it stands in the journal"`
	RejectedList  *string            `json:"rejected_list" doc:"number of the rejected-fee list that was sealed with it"`
	Proposed      *Signature         `json:"proposed"`
	Closed        *Signature         `json:"closed"`
}

// Signature is who did something, and when: a key is a person.
type Signature struct {
	By  string             `json:"by" doc:"id of the key"`
	At  claimwatch.Instant `json:"at"`
	Seq uint64             `json:"entry" doc:"number of the journal entry"`
}

// Claim is a stay of the settled month.
type Claim struct {
	PersonID string `json:"person_id"`
	StayID   string `json:"stay_id"`
	Parts
	Lines int `json:"lines"`
	Declaration
}

// Adjustment is a line of an earlier month of which something has changed since.
type Adjustment struct {
	Month    term.Month `json:"month" doc:"that it corrects"`
	PersonID string     `json:"person_id"`
	StayID   string     `json:"stay_id"`
	LineID
	Parts
	Why
}

// Terms are what the agency has set for a settlement.
type Terms struct {
	Base  Base
	PayBy claimwatch.Day
}

// NewSettlement writes a sheet as a document, as it is before anybody proposes it.
func NewSettlement(institution string, month term.Month, at claimwatch.Instant, terms Terms, sheet *Sheet, hash string) *Settlement {
	s := &Settlement{
		InstitutionID: institution, Month: month, Stage: StageOpen, Complete: at.Day() > month.Last(), BondBase: terms.Base, PayBy: terms.PayBy,
		AsOf: at, Claims: []Claim{}, Adjustments: []Adjustment{}, SHA256: hash,
	}
	for i := range sheet.Stays {
		stay := &sheet.Stays[i]
		total := stay.Total()
		s.Parts = s.Plus(total)
		s.Lines += len(stay.Lines)
		if stay.Month == month {
			s.OfMonth = s.OfMonth.Plus(total)
			s.Claims = append(s.Claims, Claim{
				PersonID: stay.PersonID, StayID: stay.StayID, Parts: total, Lines: len(stay.Lines), Declaration: stay.Declaration,
			})
			continue
		}
		s.OfAdjustments = s.OfAdjustments.Plus(total)
		for _, e := range stay.Lines {
			s.Adjustments = append(s.Adjustments, Adjustment{
				Month: stay.Month, PersonID: stay.PersonID, StayID: stay.StayID, LineID: e.LineID, Parts: Parts(e.LineParts), Why: e.Why,
			})
		}
	}
	s.Readings = Read(s.Claimed, s.Approved)
	s.Split = s.Readings.Of(terms.Base)
	return s
}
