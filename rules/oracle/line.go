package oracle

import (
	"math/big"
	"slices"

	"claimwatch"
)

// line is a fee line with its refunds folded in (1.7), looked at on its service
// date (1.9). Only lines that exist for a rule are made.
type line struct {
	*claimwatch.Record
	stay     *stay
	item     string
	quantity int64 // net, 1/10,000
	amount   int64 // net, fen
	price    int64 // unit price, 1/1,000,000 yuan
	row      row   // of the item, nil when there is none
	category string
	dayUnit  bool
}

func (l *line) day() claimwatch.Day { return l.OccurredAt.Day() }

// netLines are the lines of a stay that exist: no refunds, net quantity and net
// amount above zero; those of the fund and, apart, the self-pay ones (1.8).
func (w *world) netLines(s *stay) (fund, selfPaid []line) {
	for _, r := range s.of(claimwatch.Fee) {
		if isRefund(r) {
			continue
		}
		l := line{
			Record: r, stay: s, item: r.Field("item_code").Text, price: r.Field("unit_price").Num,
			quantity: r.Field("quantity").Num, amount: r.Field("amount").Num,
		}
		for _, refund := range s.refunds[r.RecordID] {
			if selfPay(refund) && !selfPay(r) { // no quantity, no amount to the fund (1.8)
				continue
			}
			l.quantity += refund.Field("quantity").Num
			l.amount += refund.Field("amount").Num
		}
		if l.quantity <= 0 || l.amount <= 0 {
			continue
		}
		l.row = w.ref.item(l.item, r.InstitutionID, l.day())
		l.category = category(r, l.row)
		l.dayUnit = dayUnit(l.category, l.row)
		if selfPay(r) {
			selfPaid = append(selfPaid, l)
		} else {
			fund = append(fund, l)
		}
	}
	return fund, selfPaid
}

// daysSupply is days_supply scaled by net quantity / quantity (1.7), nil when the
// line has none.
func (l *line) daysSupply() *big.Rat {
	days, quantity := l.Field("days_supply"), l.Field("quantity").Num
	if !days.Set {
		return nil
	}
	supply := new(big.Rat).SetFrac64(l.quantity, quantity)
	return supply.Mul(supply, new(big.Rat).SetInt64(days.Num))
}

// reverses is the record_id that a refund names. Refunds are the stay's own: one
// of another institution, person or stay has no effect (1.7).
func reverses(fee *claimwatch.Record) string { return fee.Field("reverses").Text }

func isRefund(fee *claimwatch.Record) bool { return reverses(fee) != "" }
func selfPay(fee *claimwatch.Record) bool  { return fee.Field("self_pay").Num != 0 }

// category is the item's on the service date, without a row the line's own (1.9).
func category(fee *claimwatch.Record, item row) string {
	if item != nil {
		return item["category"]
	}
	return fee.Field("category").Text
}

// dayUnit says whether a line is a day-unit fee (1.10).
func dayUnit(category string, item row) bool {
	units := []string{"", "日", "天", "床日", "day"}
	return slices.Contains([]string{"bed", "nursing", "consultation"}, category) &&
		slices.Contains(units, item["unit"])
}

// linesWhere filters the lines of a stay.
func (s *stay) linesWhere(keep func(*line) bool) []line {
	var out []line
	for i := range s.lines {
		if keep(&s.lines[i]) {
			out = append(out, s.lines[i])
		}
	}
	return out
}

// charged says whether the stay has a line of the item.
func (s *stay) charged(item string) bool {
	return len(s.linesWhere(func(l *line) bool { return l.item == item })) > 0
}
