package oracle

import (
	"math/big"

	"claimwatch"
)

// price is round(quantity x unit price, 2), half away from zero: quantity in
// 1/10,000, unit price in 1/1,000,000 yuan, the result in fen (1.15). Neither is
// negative.
func price(quantity, unitPrice int64) int64 {
	const partsOfFen = 100_000_000 // 10^10 parts of a yuan make 10^8 of a fen
	product := new(big.Int).Mul(big.NewInt(quantity), big.NewInt(unitPrice))
	product.Add(product, big.NewInt(partsOfFen/2))
	return product.Div(product, big.NewInt(partsOfFen)).Int64()
}

// share is round(amount x part / whole), half away from zero: what a part of a
// line costs in proportion (1.15). None is negative and whole is not zero.
func share(amount claimwatch.Fen, part, whole *big.Rat) claimwatch.Fen {
	exact := new(big.Rat).Mul(new(big.Rat).SetInt64(int64(amount)), part)
	exact.Quo(exact, whole)
	twice := new(big.Int).Mul(exact.Num(), big.NewInt(2)) // floor((2n + d) / 2d) rounds n/d
	twice.Add(twice, exact.Denom())
	return claimwatch.Fen(twice.Div(twice, new(big.Int).Mul(exact.Denom(), big.NewInt(2))).Int64())
}

// given is what a line gives to an excess.
type given struct {
	line
	quantity int64
}

// excess takes a quantity from the last lines first (1.15) and gives the lines
// that give, and those that were counted only. Lines are in the order of records.
func excess(lines []line, rest int64) (giving []given, counted []line) {
	for i := len(lines) - 1; i >= 0; i-- {
		part := min(rest, lines[i].quantity)
		if part <= 0 {
			counted = append(counted, lines[i])
			continue
		}
		rest -= part
		giving = append(giving, given{line: lines[i], quantity: part})
	}
	return giving, counted
}

// fen is the price of what is given, at most the line's net amount.
func (g given) fen() claimwatch.Fen {
	return claimwatch.Fen(min(price(g.quantity, g.price), g.line.amount))
}

func total(lines []line) (quantity int64) {
	for _, l := range lines {
		quantity += l.quantity
	}
	return quantity
}
