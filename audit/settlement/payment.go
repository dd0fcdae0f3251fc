package settlement

import (
	"slices"

	"claimwatch"
)

// Owed is what is to be paid for a settled month, or for the bond of a year.
type Owed struct {
	Due  claimwatch.Fen `json:"due"`
	Paid claimwatch.Fen `json:"paid"`
	By   claimwatch.Day `json:"pay_by"`
}

// Payment is money that goes, or went, to an institution.
type Payment struct {
	InstitutionID string         `json:"institution_id"`
	Of            string         `json:"of" doc:"the settled month YYYY-MM, or the year YYYY of a returned bond"`
	Stage         PaymentStage   `json:"state"`
	Amount        claimwatch.Fen `json:"amount"`
	Reference     string         `json:"reference,omitempty" doc:"number of the bank's paper"`
	PayBy         claimwatch.Day `json:"pay_by"`
	InTime        bool           `json:"in_time"` // on the day of confirmation, of proposal before
	Proposed      *Signature     `json:"proposed"`
	Confirmed     *Signature     `json:"confirmed"`
}

// PaymentStage is proposed or paid.
type PaymentStage string

// The stages of a payment.
const (
	PaymentProposed PaymentStage = "proposed"
	PaymentPaid     PaymentStage = "paid"
)

// Owed is what is still to be paid for a month or year: what is due less what was
// paid, and never more than the balance of payable, for a month that was corrected
// below zero is set off against the others.
func (s *State) Owed(institution, of string) (o Owed, open claimwatch.Fen, known bool) {
	b := s.book(institution)
	if b.owed[of] == nil {
		return Owed{}, 0, false
	}
	o = *b.owed[of]
	return o, max(0, min(o.Due-o.Paid, b.balances[AccountPayable])), true
}

// Payments lists the payments of an institution for a month or year, all when of is
// empty, in the order of the journal.
func (s *State) Payments(institution, of string) []Payment {
	payments := []Payment{}
	for _, p := range s.book(institution).payments {
		if of == "" || p.Of == of {
			payments = append(payments, *p)
		}
	}
	return payments
}

// pending is the proposed payment of a month or year, nil for none.
func (b *book) pending(of string) *Payment {
	at := slices.IndexFunc(b.payments, func(p *Payment) bool { return p.Of == of && p.Stage == PaymentProposed })
	if at < 0 {
		return nil
	}
	return b.payments[at]
}

// ProposePayment proposes to pay an amount of what is owed. One that stands is
// replaced.
func (s *State) ProposePayment(w Wish, of string, amount claimwatch.Fen, reference string) (*Event, error) {
	o, err := s.payable(w.InstitutionID, of, amount)
	if err != nil {
		return nil, err
	}
	b := s.open(w.InstitutionID)
	b.dropPayment(of)
	p := &Payment{
		InstitutionID: w.InstitutionID, Of: of, Stage: PaymentProposed, Amount: amount, Reference: reference, PayBy: o.By,
		InTime: w.At.Day() <= o.By, Proposed: w.signature(),
	}
	b.payments = append(b.payments, p)
	seen := *p
	return &Event{InstitutionID: w.InstitutionID, Of: of, Payment: &seen}, nil
}

// payable refuses an amount that is not owed.
func (s *State) payable(institution, of string, amount claimwatch.Fen) (Owed, error) {
	o, open, known := s.Owed(institution, of)
	switch {
	case !known:
		return o, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "%s is not closed: nothing of it is to be paid yet", of)
	case open == 0:
		return o, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "nothing is to be paid for %s any more", of)
	case amount <= 0 || amount > open:
		refused := claimwatch.Refuse(claimwatch.CodeInvalid, "the amount is above 0 and at most %s, what is owed for %s", open, of)
		refused.Field = "amount"
		return o, refused
	}
	return o, nil
}

func (b *book) dropPayment(of string) {
	b.payments = slices.DeleteFunc(b.payments, func(p *Payment) bool { return p.Of == of && p.Stage == PaymentProposed })
}

// ConfirmPayment pays what another person has proposed; seq names the proposal.
func (s *State) ConfirmPayment(w Wish, of string, seq uint64) (*Event, error) {
	b := s.book(w.InstitutionID)
	p := b.pending(of)
	switch {
	case p == nil:
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "nobody has proposed a payment for %s", of)
	case p.Proposed.Seq != seq:
		return nil, claimwatch.Refuse(claimwatch.CodeChanged, "the payment for %s was proposed anew: look at the new one", of)
	}
	if err := claimwatch.CheckSecond(p.Proposed.By, w.By); err != nil {
		return nil, err
	}
	if _, err := s.payable(w.InstitutionID, of, p.Amount); err != nil {
		return nil, err
	}
	p.Stage, p.Confirmed, p.InTime = PaymentPaid, w.signature(), w.At.Day() <= p.PayBy
	b.owed[of].Paid += p.Amount
	seen := *p
	return &Event{
		InstitutionID: w.InstitutionID, Of: of, Payment: &seen, By: []string{p.Proposed.By, w.By},
		Postings: b.post(Posting{AccountPayable, -p.Amount}, Posting{AccountPaid, p.Amount}),
	}, nil
}

// WithdrawPayment takes back a proposed payment.
func (s *State) WithdrawPayment(w Wish, of string) (*Event, error) {
	b := s.book(w.InstitutionID)
	if b.pending(of) == nil {
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "nobody has proposed a payment for %s", of)
	}
	b.dropPayment(of)
	return &Event{InstitutionID: w.InstitutionID, Of: of}, nil
}

// Owing is what is still to be paid to an institution, by month or year.
func (s *State) Owing(institution string) map[string]Owed {
	owing := map[string]Owed{}
	for of, o := range s.book(institution).owed {
		if _, open, _ := s.Owed(institution, of); open > 0 {
			owing[of] = *o
		}
	}
	return owing
}
