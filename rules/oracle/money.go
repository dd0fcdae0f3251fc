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

// share is a line's part in an excess.
type share struct {
	line
	quantity int64
}

// excess takes a quantity from the last lines first (1.15) and gives the lines
// that give, and those that were counted only. Lines are in the order of records.
func excess(lines []line, rest int64) (giving []share, counted []line) {
	for i := len(lines) - 1; i >= 0; i-- {
		given := min(rest, lines[i].quantity)
		if given <= 0 {
			counted = append(counted, lines[i])
			continue
		}
		rest -= given
		giving = append(giving, share{line: lines[i], quantity: given})
	}
	return giving, counted
}

// amount of a share: its price, at most the line's net amount.
func (s share) fen() claimwatch.Fen {
	return claimwatch.Fen(min(price(s.quantity, s.price), s.line.amount))
}

func total(lines []line) (quantity int64) {
	for _, l := range lines {
		quantity += l.quantity
	}
	return quantity
}
