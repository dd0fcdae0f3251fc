package claimwatch

import "encoding/json"

// Foreseen is a finding that records would cause, as their institution may be
// told of it before it uploads them. Of a finding that other institutions have
// to do with, it holds the own part only.
type Foreseen struct {
	Change        Change          `json:"change" enum:"opened,revised"`
	FindingID     string          `json:"finding_id,omitempty" doc:"left out when other institutions have to do with the finding"`
	Rule          string          `json:"rule"`
	RuleVersion   int             `json:"rule_version"`
	Name          Bilingual       `json:"name"`
	Severity      Severity        `json:"severity" enum:"violation,suspicion,reminder"`
	InstitutionID string          `json:"institution_id" doc:"the caller's own"`
	PersonID      string          `json:"person_id"`
	StayID        string          `json:"stay_id,omitempty"`
	Subject       string          `json:"subject,omitempty"`
	From          *Instant        `json:"from,omitempty"`
	Until         *Instant        `json:"until,omitempty"`
	Amount        Fen             `json:"amount" doc:"of the own violating lines"`
	Lines         []Line          `json:"lines" doc:"the own lines"`
	Evidence      json.RawMessage `json:"evidence,omitempty" doc:"how the number came about, as far as it may be told"`
	Basis         []Basis         `json:"basis"`
	Elsewhere     bool            `json:"elsewhere" doc:"other institutions have to do with it, and only the own part is told"`
	Message       Bilingual       `json:"message"`
}

// Bilingual is a text in both languages of the product.
type Bilingual struct {
	Chinese string `json:"zh"`
	English string `json:"en"`
}
