package slice

import "math/big"

// finest is the largest denominator that fractions of one person share: beyond
// it they are rounded to 10^-30, which no amount of money can feel.
var finest = new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil)

// scaled is what is left of a number when `left` of `all` is left.
func scaled(number, left, all int64) *big.Rat {
	whole := new(big.Rat).SetInt64(number)
	if left == all {
		return whole
	}
	return whole.Mul(whole, big.NewRat(left, all))
}

// shared gives the numerators of fractions, none below zero, over one denominator.
func shared(fractions []*big.Rat) (numerators []*big.Int, denominator *big.Int) {
	denominator = big.NewInt(1)
	for _, f := range fractions {
		if f.IsInt() {
			continue
		}
		common := new(big.Int).GCD(nil, nil, denominator, f.Denom())
		denominator.Mul(denominator, common.Quo(f.Denom(), common))
		if denominator.Cmp(finest) > 0 {
			denominator.Set(finest)
			break
		}
	}
	numerators = make([]*big.Int, len(fractions))
	for i, f := range fractions {
		numerators[i] = rounded(new(big.Int).Mul(f.Num(), denominator), f.Denom())
	}
	return numerators, denominator
}

// rounded is number / by as a whole number, half upwards; neither is negative.
func rounded(number, by *big.Int) *big.Int {
	twice := new(big.Int).Lsh(number, 1)
	twice.Add(twice, by)
	return twice.Quo(twice, new(big.Int).Lsh(by, 1))
}
