package settlement

import "claimwatch"

// Ninety is 90 % of an amount, rounded to the fen half away from zero; the rest is
// the 10 % that are kept (Shanxi Art. 33).
func Ninety(a claimwatch.Fen) claimwatch.Fen { return share(a, 90) }

// share is percent of an amount, rounded to the fen half away from zero. Amounts
// are far below the 9*10^16 fen at which the product would overflow.
func share(a claimwatch.Fen, percent int64) claimwatch.Fen {
	product := int64(a) * percent
	if product < 0 {
		return -claimwatch.Fen((-product + 50) / 100)
	}
	return claimwatch.Fen((product + 50) / 100)
}

// Base is of what the 10 % are taken: the two sentences of Shanxi Art. 33 name
// different ones.
type Base string

// The values of the policy bond_base.
const (
	// BaseApproved: "pays 90 % of the fees that passed", so 10 % of what passed is kept.
	BaseApproved Base = "approved"
	// BaseTotal: "keeps 10 % of the total fees", so 10 % of what was claimed, as far
	// as what passed reaches.
	BaseTotal Base = "total"
)

// Split is approved money, in two.
type Split struct {
	Retained claimwatch.Fen `json:"retained"` // the bond
	Payable  claimwatch.Fen `json:"payable"`
}

// Divide splits what passed of a claim by a reading of Art. 33. Both parts add up
// to approved and neither has another sign: where adjustments make a month
// negative, bond and payment are taken back in the same way.
func Divide(base Base, claimed, approved claimwatch.Fen) Split {
	kept := approved - Ninety(approved)
	if base == BaseTotal {
		kept = claimed - Ninety(claimed)
		kept = min(max(kept, min(approved, 0)), max(approved, 0))
	}
	return Split{Retained: kept, Payable: approved - kept}
}

// Readings shows both, whichever the agency has chosen.
type Readings struct {
	Approved Split `json:"approved" doc:"10 % of what passed is kept"`
	Total    Split `json:"total" doc:"10 % of what was claimed is kept"`
}

// Read gives both readings.
func Read(claimed, approved claimwatch.Fen) Readings {
	return Readings{Approved: Divide(BaseApproved, claimed, approved), Total: Divide(BaseTotal, claimed, approved)}
}

// Of is the reading of a base.
func (r Readings) Of(base Base) Split {
	if base == BaseTotal {
		return r.Total
	}
	return r.Approved
}

// Parts is claimed money in its four parts, or a change of it.
type Parts struct {
	Claimed    claimwatch.Fen `json:"claimed"`
	Rejected   claimwatch.Fen `json:"rejected"`
	NotPayable claimwatch.Fen `json:"not_payable"`
	OnHold     claimwatch.Fen `json:"on_hold"`
	Approved   claimwatch.Fen `json:"approved"`
}

// Balanced says whether claimed = rejected + not payable + on hold + approved.
func (p Parts) Balanced() bool {
	return p.Claimed == p.Rejected+p.NotPayable+p.OnHold+p.Approved
}

// Plus adds two.
func (p Parts) Plus(q Parts) Parts {
	return Parts{
		p.Claimed + q.Claimed, p.Rejected + q.Rejected, p.NotPayable + q.NotPayable, p.OnHold + q.OnHold, p.Approved + q.Approved,
	}
}

// Less takes one from the other.
func (p Parts) Less(q Parts) Parts {
	return Parts{
		p.Claimed - q.Claimed, p.Rejected - q.Rejected, p.NotPayable - q.NotPayable, p.OnHold - q.OnHold, p.Approved - q.Approved,
	}
}
