package journal

import (
	"encoding/json"
	"fmt"

	"claimwatch"
	"claimwatch/audit/reference"
	"claimwatch/audit/rejection"
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

func moneyWish(c Command, institution string, seq uint64) settlement.Wish {
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
	return s.money.State.Propose(
		moneyWish(c, p.InstitutionID, seq), p.Proposal, &sheet, c.DataSHA256, s.terms(p.InstitutionID, p.Month), s.lists(p.InstitutionID, p.Month))
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
	wish := moneyWish(c, p.InstitutionID, accepted.Seq)
	if c.Type == TypeSettlementWithdraw {
		event, err := s.money.State.Withdraw(wish, p.Month)
		accepted.Money = event
		return err
	}
	if err := s.money.State.CheckClose(wish, p.Month, p.Proposal, s.lists(p.InstitutionID, p.Month)); err != nil {
		return err
	}
	proposed := s.money.State.Month(p.InstitutionID, p.Month).Proposed
	names, err := namesOf(c)
	if err != nil {
		return err
	}
	list, err := s.rejections.Seal(p.InstitutionID, p.Month.String(), c.At, []string{proposed.By, c.Actor.Key}, names)
	if err != nil {
		return err
	}
	accepted.Sealed = &list
	accepted.Money = s.money.State.Close(wish, *list.Number)
	return nil
}

// namesOf are the names that the papers of a list print, as they were known when it
// was sealed. They go beside the chain; a command of an older program has none.
func namesOf(c Command) (*rejection.Names, error) {
	if len(c.Data) == 0 {
		return nil, nil
	}
	names := &rejection.Names{}
	if err := json.Unmarshal(c.Data, names); err != nil {
		return nil, fmt.Errorf("read names of list: %w", err)
	}
	return names, nil
}

func (s *State) stepPayment(c Command, seq uint64) (*settlement.Event, error) {
	var p PaymentStep
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return nil, fmt.Errorf("read step of payment: %w", err)
	}
	wish := moneyWish(c, p.InstitutionID, seq)
	switch c.Type {
	case TypePaymentPropose:
		return s.money.State.ProposePayment(wish, p.Of, p.Amount, p.Reference)
	case TypePaymentConfirm:
		return s.money.State.ConfirmPayment(wish, p.Of, p.Proposal)
	default:
		return s.money.State.WithdrawPayment(wish, p.Of)
	}
}

func (s *State) stepYear(c Command, seq uint64) (*settlement.Event, error) {
	var p YearEndStep
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return nil, fmt.Errorf("read step of year end: %w", err)
	}
	wish := moneyWish(c, p.InstitutionID, seq)
	switch c.Type {
	case TypeYearEndPropose:
		return s.money.State.ProposeYear(wish, p.Year, s.score(p.InstitutionID, p.Year))
	case TypeYearEndClose:
		return s.money.State.CloseYear(wish, p.Year, p.Proposal, s.score(p.InstitutionID, p.Year))
	default:
		return s.money.State.WithdrawYear(wish, p.Year)
	}
}

// moneyState is what was settled and the rows of tables that settlements rest on.
type moneyState struct {
	settlement.State
	scores     map[assessed]settlement.Score
	agreements map[agreed]settlement.Agreement
	holds      map[string]heldHouse // by hold_id
}

// assessed names the annual assessment of an institution.
type assessed struct {
	institution string
	year        int
}

// agreed names a row of the table agreements.
type agreed struct {
	institution, kind string
	from              claimwatch.Day
}

// heldHouse is a hold and whose it is.
type heldHouse struct {
	institution string
	settlement.Hold
}

// score is that of the annual assessment; nil when there was none.
func (s *State) score(institution string, year int) *settlement.Score {
	if score, known := s.money.scores[assessed{institution, year}]; known {
		return &score
	}
	return nil
}

// follow takes rows that settlements rest on. New agreements and holds make a
// proposal that somebody has not confirmed yet one that is to be worked out anew.
func (m *moneyState) follow(table claimwatch.Table, row reference.Row) {
	text := func(name string) string { return cell(table, row, name).Text }
	day := func(name string) claimwatch.Day { return claimwatch.Day(cell(table, row, name).Num) }
	switch table.Name {
	case "assessments":
		put(&m.scores, assessed{text("institution_id"), int(cell(table, row, "year").Num)}, settlement.Score(cell(table, row, "score").Num), row.Void)
	case "agreements":
		m.Touch(text("institution_id"))
		put(&m.agreements, agreed{text("institution_id"), text("kind"), day("from")}, settlement.Agreement{
			Kind: text("kind"), Status: text("status"), From: day("from"), Until: dayOf(cell(table, row, "until")),
			Holdover: cell(table, row, "holdover").Num != 0,
		}, row.Void)
	case "holds":
		m.Touch(text("institution_id"))
		if before, known := m.holds[text("hold_id")]; known {
			m.Touch(before.institution)
		}
		put(&m.holds, text("hold_id"), heldHouse{text("institution_id"), settlement.Hold{
			ID: text("hold_id"), From: day("from"), Until: dayOf(cell(table, row, "until")),
		}}, row.Void)
	}
}

// put sets what a key says, or forgets it.
func put[K comparable, V any](m *map[K]V, key K, value V, void bool) {
	if void {
		delete(*m, key)
		return
	}
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[key] = value
}

func dayOf(v claimwatch.Value) *claimwatch.Day {
	if !v.Set {
		return nil
	}
	day := claimwatch.Day(v.Num)
	return &day
}
