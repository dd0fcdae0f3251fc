package journal

import (
	"encoding/json"
	"fmt"

	"claimwatch"
	"claimwatch/audit/reference"
	"claimwatch/audit/settlement"
	"claimwatch/audit/term"
)

// doMoney folds a command about a settlement, a payment or a year end.
func (s *State) doMoney(c Command, accepted *Accepted) (err error) {
	switch c.Type {
	case TypeSettlementPropose:
		accepted.Money, err = s.proposeSettlement(c, accepted.Seq)
	case TypeSettlementClose, TypeSettlementWithdraw:
		err = s.stepSettlement(c, accepted)
	case TypePaymentPropose, TypePaymentConfirm, TypePaymentWithdraw:
		accepted.Money, err = s.stepPayment(c, accepted.Seq)
	default:
		accepted.Money, err = s.stepYear(c, accepted.Seq)
	}
	return err
}

func wishOf(c Command, institution string, seq uint64) settlement.Wish {
	return settlement.Wish{InstitutionID: institution, At: c.At, By: c.Actor.Key, Seq: seq}
}

func (s *State) proposeSettlement(c Command, seq uint64) (*settlement.Event, error) {
	var p SettlementProposal
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return nil, fmt.Errorf("read proposal of settlement: %w", err)
	}
	sheet, err := settlement.ReadSheet(p.Month, c.Data)
	if err != nil {
		return nil, err
	}
	return s.settlements.Propose(
		wishOf(c, p.InstitutionID, seq), p.Proposal, &sheet, c.DataSHA256, s.terms(p.InstitutionID, p.Month), s.lists(p.InstitutionID, p.Month))
}

// terms are what the agency has set for a month: the base of the bond as of its last
// day, the pay day as of the month in which it is paid.
func (s *State) terms(institution string, month term.Month) settlement.Terms {
	city := s.institutions[institution].City
	return settlement.Terms{
		Base:  settlement.Base(s.policies.Value(claimwatch.PolicyBondBase, city, month.Last())),
		PayBy: term.PayBy(month, s.policies.Number(claimwatch.PolicyPayDay, city, (month+1).First())),
	}
}

func (s *State) lists(institution string, month term.Month) settlement.Lists {
	return settlement.Lists{
		Revision: s.rejections.Revision(institution), Total: s.rejections.List(institution, month.String()).Total,
		Sealed: s.rejections.Sealed(institution, month.String()),
	}
}

// stepSettlement closes a month, and seals its rejected-fee list with it, or takes
// the proposal back.
func (s *State) stepSettlement(c Command, accepted *Accepted) error {
	var p SettlementStep
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return fmt.Errorf("read step of settlement: %w", err)
	}
	wish := wishOf(c, p.InstitutionID, accepted.Seq)
	if c.Type == TypeSettlementWithdraw {
		event, err := s.settlements.Withdraw(wish, p.Month)
		accepted.Money = event
		return err
	}
	if err := s.settlements.CheckClose(wish, p.Month, p.Proposal, s.lists(p.InstitutionID, p.Month)); err != nil {
		return err
	}
	proposed := s.settlements.Month(p.InstitutionID, p.Month).Proposed
	list, err := s.rejections.Seal(p.InstitutionID, p.Month.String(), c.At, []string{proposed.By, c.Actor.Key})
	if err != nil {
		return err
	}
	accepted.Sealed = &list
	accepted.Money = s.settlements.Close(wish, *list.Number)
	return nil
}

func (s *State) stepPayment(c Command, seq uint64) (*settlement.Event, error) {
	var p PaymentStep
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return nil, fmt.Errorf("read step of payment: %w", err)
	}
	wish := wishOf(c, p.InstitutionID, seq)
	switch c.Type {
	case TypePaymentPropose:
		return s.settlements.ProposePayment(wish, p.Of, p.Amount, p.Reference)
	case TypePaymentConfirm:
		return s.settlements.ConfirmPayment(wish, p.Of, p.Proposal)
	default:
		return s.settlements.WithdrawPayment(wish, p.Of)
	}
}

func (s *State) stepYear(c Command, seq uint64) (*settlement.Event, error) {
	var p YearEndStep
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return nil, fmt.Errorf("read step of year end: %w", err)
	}
	wish := wishOf(c, p.InstitutionID, seq)
	switch c.Type {
	case TypeYearEndPropose:
		return s.settlements.ProposeYear(wish, p.Year, s.score(p.InstitutionID, p.Year))
	case TypeYearEndClose:
		return s.settlements.CloseYear(wish, p.Year, p.Proposal, s.score(p.InstitutionID, p.Year))
	default:
		return s.settlements.WithdrawYear(wish, p.Year)
	}
}

// assessed names the annual assessment of an institution.
type assessed struct {
	institution string
	year        int
}

// score is that of the annual assessment; nil when there was none.
func (s *State) score(institution string, year int) *settlement.Score {
	if score, known := s.scores[assessed{institution, year}]; known {
		return &score
	}
	return nil
}

// followMoney takes rows that settlements rest on.
func (s *State) followMoney(table claimwatch.Table, row reference.Row) {
	institution := cell(table, row, "institution_id").Text
	if table.Name != "assessments" {
		s.settlements.Touch(institution)
		return
	}
	key := assessed{institution, int(cell(table, row, "year").Num)}
	if row.Void {
		delete(s.scores, key)
		return
	}
	if s.scores == nil {
		s.scores = map[assessed]settlement.Score{}
	}
	s.scores[key] = settlement.Score(cell(table, row, "score").Num)
}
