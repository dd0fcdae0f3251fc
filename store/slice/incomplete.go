package slice

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// Incomplete is what a stay number lacks (DAT-002): a front page or an admission
// since an instant, or lines that agree with its claim for a month.
type Incomplete struct {
	Stay *Stay
	// Lacks is front_page, admission or claimed.
	Lacks   string
	Since   claimwatch.Instant // of what calls for it; 0 for a claim
	Records []NamedRecord      // that call for it
	Month   string             // of the claim
	// Declared and Lines are of the claim, Charged and Found of the fees of that month.
	Declared, Charged int64
	Lines, Found      int32
}

// incomplete are all of them, also those that may still be uploaded in time.
func (w *World) incomplete(stays, unadmitted []*Stay, claims map[stayKey][]*Claim) []*Incomplete {
	pages := first(w.facts.FrontPages)
	fees := w.feesByNumber(unadmitted)
	var lacks []*Incomplete
	for _, s := range stays {
		if s.Inpatient() && s.DischargedAt != nil && pages[s.key()] == nil {
			lacks = append(lacks, &Incomplete{
				Stay: s, Lacks: "front_page", Since: *s.DischargedAt,
				Records: []NamedRecord{{claimwatch.Discharge, s.DischargeID, *s.DischargedAt}},
			})
		}
	}
	for _, s := range unadmitted {
		if own := fees[s.key()]; len(own) > 0 {
			lacks = append(lacks, &Incomplete{Stay: s, Lacks: "admission", Since: own[0].At, Records: namedFees(own)})
		}
	}
	for _, s := range slices.Concat(stays, unadmitted) {
		for _, claim := range lastClaims(claims[s.key()]) {
			if i := claimed(s, claim, fees[s.key()]); i != nil {
				lacks = append(lacks, i)
			}
		}
	}
	return lacks
}

// feesByNumber are the fees that are no self-pay, refunds too, in order: of those
// without an admission, and of those with a claim.
func (w *World) feesByNumber(unadmitted []*Stay) map[stayKey][]*Fee {
	wanted := map[stayKey]bool{}
	for _, s := range unadmitted {
		wanted[s.key()] = true
	}
	for _, c := range w.facts.Claims {
		wanted[c.stay()] = true
	}
	fees := map[stayKey][]*Fee{}
	if len(wanted) == 0 {
		return fees
	}
	for _, f := range w.facts.Fees {
		if key := f.stay(); !f.SelfPay && wanted[key] {
			fees[key] = append(fees[key], f)
		}
	}
	for _, own := range fees {
		slices.SortFunc(own, func(a, b *Fee) int { return feeRecord(a).compare(feeRecord(b)) })
	}
	return fees
}

func feeRecord(f *Fee) NamedRecord { return NamedRecord{claimwatch.Fee, f.RecordID, f.At} }

func namedFees(fees []*Fee) []NamedRecord {
	named := make([]NamedRecord, len(fees))
	for i, f := range fees {
		named[i] = feeRecord(f)
	}
	return named
}

// claimsByNumber are the claims of each stay number, in order.
func (w *World) claimsByNumber() map[stayKey][]*Claim {
	claims := map[stayKey][]*Claim{}
	for _, c := range w.facts.Claims {
		claims[c.stay()] = append(claims[c.stay()], c)
	}
	for _, own := range claims {
		slices.SortFunc(own, func(a, b *Claim) int { return cmp.Or(cmp.Compare(a.At, b.At), strings.Compare(a.RecordID, b.RecordID)) })
	}
	return claims
}

// lastClaims are of each month the last.
func lastClaims(claims []*Claim) []*Claim {
	var last []*Claim
	for i, c := range claims {
		if !slices.ContainsFunc(claims[i+1:], func(later *Claim) bool { return later.Month == c.Month }) {
			last = append(last, c)
		}
	}
	return last
}

// claimed holds a claim against the fees of its month; nil when they agree.
func claimed(s *Stay, claim *Claim, fees []*Fee) *Incomplete {
	i := &Incomplete{
		Stay: s, Lacks: "claimed", Month: claim.Month, Declared: claim.DeclaredAmount, Lines: claim.LineCount,
		Records: []NamedRecord{{claimwatch.Claim, claim.RecordID, claim.At}},
	}
	for _, f := range fees {
		if f.At.Day().Month() == claim.Month {
			i.Charged, i.Found = i.Charged+f.Amount, i.Found+1
			i.Records = append(i.Records, feeRecord(f))
		}
	}
	if i.Charged == i.Declared && i.Found == i.Lines {
		return nil
	}
	return i
}
