package slice

import (
	"slices"

	"claimwatch"
)

// Refunded is a record that refunds of an institution name, with all of them:
// something is wrong with these.
type Refunded struct {
	InstitutionID, RecordID string
	Stay                    *Stay // of the first refund
	FirstAt                 claimwatch.Instant
	AsOf                    claimwatch.Instant
	// Cause is what is wrong with the refunds: missing (there is no such line, or
	// it is a refund itself), other_stay, too_much.
	Cause string
	Named []NamedRecord // the refunds, and the record when there is one
}

type refundKey struct{ institution, record string }

// RefundedLines are the records that refunds name, by institution.
func (w *World) RefundedLines() map[string][]string {
	names := map[string][]string{}
	for _, f := range w.facts.Fees {
		if f.Reverses != "" {
			names[f.InstitutionID] = append(names[f.InstitutionID], f.Reverses)
		}
	}
	for institution := range names {
		slices.Sort(names[institution])
		names[institution] = slices.Compact(names[institution])
	}
	return names
}

// refunded gathers the refunds of each record. One whose first refund is of a
// person who is not asked about is that person's.
func (w *World) refunded(stays map[stayKey]*Stay, others *Others) []*Refunded {
	fees := map[refundKey]*Fee{}
	groups := map[refundKey][]*Fee{}
	take := func(f *Fee) {
		fees[refundKey{f.InstitutionID, f.RecordID}] = f
		if f.Reverses != "" {
			key := refundKey{f.InstitutionID, f.Reverses}
			groups[key] = append(groups[key], f)
		}
	}
	for _, f := range w.facts.Fees {
		if stays[f.stay()] != nil {
			take(f)
		}
	}
	if len(groups) == 0 {
		return nil
	}
	for _, f := range others.Fees {
		take(f)
	}
	var rows []*Refunded
	for key, refunds := range groups {
		slices.SortFunc(refunds, func(a, b *Fee) int { return compareRecords(&a.Head, &b.Head) })
		if home := stays[refunds[0].stay()]; home != nil {
			row := &Refunded{InstitutionID: key.institution, RecordID: key.record, Stay: home, FirstAt: refunds[0].At, AsOf: w.asOf}
			if row.judge(fees[key], refunds); row.Cause != "" {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// judge says what is wrong with the refunds of a line, nil for none; mostly
// nothing is.
func (r *Refunded) judge(line *Fee, refunds []*Fee) {
	for _, refund := range refunds {
		r.Named = append(r.Named, NamedRecord{claimwatch.Fee, refund.RecordID, refund.At})
	}
	if line == nil {
		r.Cause = "missing"
		return
	}
	r.Named = append(r.Named, NamedRecord{claimwatch.Fee, line.RecordID, line.At})
	quantity, amount := line.Quantity, line.Amount
	elsewhere := false
	for _, refund := range refunds {
		quantity, amount = quantity+refund.Quantity, amount+refund.Amount
		elsewhere = elsewhere || refund.stay() != line.stay()
	}
	switch {
	case line.Reverses != "":
		r.Cause = "missing"
	case elsewhere:
		r.Cause = "other_stay"
	case quantity < 0 || amount < 0:
		r.Cause = "too_much"
	}
}
