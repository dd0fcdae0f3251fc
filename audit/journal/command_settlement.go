package journal

import (
	"claimwatch"
	"claimwatch/audit/settlement"
	"claimwatch/audit/term"
)

// The types of commands about money. Each step of two: one person proposes, another
// closes or confirms.
const (
	TypeSettlementPropose  Type = "settlement_propose"  // SettlementProposal; the sheet is the data
	TypeSettlementClose    Type = "settlement_close"    // SettlementStep; rejection.Names are the data
	TypeSettlementWithdraw Type = "settlement_withdraw" // SettlementStep
	TypePaymentPropose     Type = "payment_propose"     // PaymentStep
	TypePaymentConfirm     Type = "payment_confirm"     // PaymentStep
	TypePaymentWithdraw    Type = "payment_withdraw"    // PaymentStep
	TypeYearEndPropose     Type = "year_end_propose"    // YearEndStep
	TypeYearEndClose       Type = "year_end_close"      // YearEndStep
	TypeYearEndWithdraw    Type = "year_end_withdraw"   // YearEndStep
)

// SettlementProposal is the payload of settlement_propose.
type SettlementProposal struct {
	InstitutionID string `json:"institution_id"`
	settlement.Proposal
}

// SettlementStep is the payload of settlement_close and settlement_withdraw.
type SettlementStep struct {
	InstitutionID string     `json:"institution_id"`
	Month         term.Month `json:"month"`
	Proposal      uint64     `json:"proposal,omitempty"` // entry of the proposal that is closed
}

// PaymentStep is the payload of the commands about payments.
type PaymentStep struct {
	InstitutionID string         `json:"institution_id"`
	Of            string         `json:"of"` // month YYYY-MM, or year YYYY of a returned bond
	Amount        claimwatch.Fen `json:"amount,omitempty"`
	Reference     string         `json:"reference,omitempty"` // of the bank's paper
	Proposal      uint64         `json:"proposal,omitempty"`  // entry of the proposal that is confirmed
}

// YearEndStep is the payload of the commands about year ends.
type YearEndStep struct {
	InstitutionID string `json:"institution_id"`
	Year          int    `json:"year"`
	Proposal      uint64 `json:"proposal,omitempty"` // entry of the proposal that is closed
}
