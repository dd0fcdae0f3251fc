package oracle

import (
	"math/big"

	"claimwatch"
)

// Quantities, hours and days of supply are exact fractions here: a quantity is
// in 1/10,000 as in a record, days and hours are whole numbers.

// ratio is the fraction n/d.
func ratio(n, d int64) *big.Rat { return big.NewRat(n, d) }

// sum adds fractions.
func sum(parts ...*big.Rat) *big.Rat {
	out := new(big.Rat)
	for _, p := range parts {
		out.Add(out, p)
	}
	return out
}

func minus(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
func times(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

// less says whether a < b.
func less(a, b *big.Rat) bool { return a.Cmp(b) < 0 }

func lesser(a, b *big.Rat) *big.Rat {
	if less(b, a) {
		return b
	}
	return a
}

// halfUp rounds a fraction that is not negative to a whole number, half away
// from zero (1.15).
func halfUp(x *big.Rat) int64 {
	doubled := new(big.Int).Mul(x.Num(), big.NewInt(2))
	doubled.Add(doubled, x.Denom())
	return doubled.Div(doubled, new(big.Int).Mul(x.Denom(), big.NewInt(2))).Int64()
}

// units is the net quantity of a line, in 1/10,000.
func (l *line) units() *big.Rat { return ratio(l.quantity, 1) }

// priced is round(unit_price x quantity, 2), at most the net amount (1.15).
func (l *line) priced(quantity *big.Rat) claimwatch.Fen {
	return l.costs(quantity, ratio(l.price, 1))
}

// costs prices a quantity in 1/10,000 at a price in 1/1,000,000 yuan that may be
// a fraction; not below 0 and at most the net amount.
func (l *line) costs(quantity, price *big.Rat) claimwatch.Fen {
	if price.Sign() <= 0 {
		return 0
	}
	const partsOfFen = 100_000_000 // 10^10 parts of a yuan make 10^8 of a fen
	return claimwatch.Fen(min(halfUp(times(times(quantity, price), ratio(1, partsOfFen))), l.amount))
}

// proportion is part/whole of the line's net amount (1.15).
func (l *line) proportion(part, whole *big.Rat) claimwatch.Fen {
	return share(claimwatch.Fen(l.amount), part, whole)
}

// shares are what each of some lines gives to an excess; lines that give nothing
// are not among them.
type shares map[*claimwatch.Record]*big.Rat

// fromLast takes rest from the last lines first: each gives at most what it has
// (1.15). Lines are in the order of records.
func fromLast(lines []line, has func(line) *big.Rat, rest *big.Rat) shares {
	out := shares{}
	for i := len(lines) - 1; i >= 0 && rest.Sign() > 0; i-- {
		if part := lesser(rest, has(lines[i])); part.Sign() > 0 {
			out[lines[i].Record] = part
			rest = minus(rest, part)
		}
	}
	return out
}

// totalOf adds what lines have.
func totalOf(lines []line, has func(line) *big.Rat) *big.Rat {
	out := new(big.Rat)
	for _, l := range lines {
		out.Add(out, has(l))
	}
	return out
}

func netUnits(l line) *big.Rat  { return l.units() }
func netSupply(l line) *big.Rat { return l.daysSupply() }

// putShares puts the lines that give at issue with what their shares cost; the
// others of the lines were only counted and are involved.
func (f *finding) putShares(lines []line, gives shares, cost func(l line, part *big.Rat) claimwatch.Fen) {
	for _, l := range lines {
		if part := gives[l.Record]; part != nil {
			f.violating[l.Record] = cost(l, part)
		} else {
			f.involve(l.Record)
		}
	}
}

// atPrice is the cost of a quantity in excess.
func atPrice(l line, part *big.Rat) claimwatch.Fen { return l.priced(part) }

// inDays is the cost of days of supply in excess.
func inDays(l line, part *big.Rat) claimwatch.Fen { return l.proportion(part, l.daysSupply()) }
