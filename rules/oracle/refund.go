package oracle

import (
	"claimwatch"
)

// refunded is a record that refunds of an institution name.
type refunded struct{ institution, record string }

// badRefunds is FEE-028. A line or refund whose stay waits for its admission does
// not exist (1.3), so a refund of such a line names none until then. Self-pay
// refunds and lines count like all others (1.8).
func badRefunds(t *trial) {
	fees := map[refunded]*claimwatch.Record{}
	groups := map[refunded][]*claimwatch.Record{}
	for _, r := range t.existing(claimwatch.Fee) { // in the order of records
		fees[refunded{r.InstitutionID, r.RecordID}] = r
		if isRefund(r) {
			k := refunded{r.InstitutionID, reverses(r)}
			groups[k] = append(groups[k], r)
		}
	}
	for k, refunds := range groups {
		fee := fees[k]
		switch {
		case fee == nil || isRefund(fee):
			if t.asOf < refunds[0].OccurredAt+72*hour {
				continue
			}
		case !ofOtherStay(fee, refunds) && !tooMuch(fee, refunds):
			continue
		}
		f := findingOf("FEE-028", claimwatch.Suspicion, k.institution, k.record)
		f.home = keyOf(refunds[0])
		f.involve(refunds...)
		if fee != nil {
			f.involve(fee)
		}
		f.ofLines()
		t.found = append(t.found, f)
	}
}

// ofOtherStay says whether one of the refunds is of another stay or person than the line.
func ofOtherStay(fee *claimwatch.Record, refunds []*claimwatch.Record) bool {
	for _, r := range refunds {
		if keyOf(r) != keyOf(fee) {
			return true
		}
	}
	return false
}

// tooMuch says whether refunds together exceed the line's quantity or amount.
func tooMuch(fee *claimwatch.Record, refunds []*claimwatch.Record) bool {
	quantity, amount := fee.Field("quantity").Num, fee.Field("amount").Num
	for _, r := range refunds {
		quantity += r.Field("quantity").Num
		amount += r.Field("amount").Num
	}
	return quantity < 0 || amount < 0
}
