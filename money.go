package claimwatch

import (
	"fmt"
	"math/bits"
	"strings"

	"github.com/shopspring/decimal"
)

// Fen is an amount of money in fen, 1/100 yuan. There is no other type for
// money in the product and no float near it.
type Fen int64

// String writes yuan with two decimals, "128.50".
func (f Fen) String() string { return f.Decimal().StringFixed(2) }

// Decimal gives the amount in yuan.
func (f Fen) Decimal() decimal.Decimal { return decimal.New(int64(f), -2) }

// MarshalText writes String.
func (f Fen) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads a decimal string with at most two decimals.
func (f *Fen) UnmarshalText(text []byte) error {
	n, fault := ParseDecimal(string(text), 2, MaxAmount)
	if fault != "" {
		return fmt.Errorf("read amount %q: %s", text, fault)
	}
	*f = Fen(n)
	return nil
}

// ParseDecimal reads -?(0|[1-9][0-9]*)(\.[0-9]+)? as an integer in units of
// 10^-decimals. The fault is empty, or format (another spelling), scale (more
// decimals than allowed, zeros included) or range (magnitude above most).
func ParseDecimal(s string, decimals int, most int64) (n int64, fault Code) {
	digits, negative := strings.CutPrefix(s, "-")
	whole, fraction, pointed := strings.Cut(digits, ".")
	if whole == "" || (len(whole) > 1 && whole[0] == '0') || (pointed && fraction == "") {
		return 0, CodeFormat
	}
	if !allDigits(whole) || !allDigits(fraction) {
		return 0, CodeFormat
	}
	if len(fraction) > decimals {
		return 0, CodeScale
	}
	if len(whole)+decimals > 18 { // beyond any limit, and what follows cannot overflow
		return 0, CodeRange
	}
	var value uint64
	for i := range len(whole) {
		value = value*10 + uint64(whole[i]-'0')
	}
	for i := range decimals {
		value *= 10
		if i < len(fraction) {
			value += uint64(fraction[i] - '0')
		}
	}
	if value > uint64(most) {
		return 0, CodeRange
	}
	if negative {
		return -int64(value), ""
	}
	return int64(value), ""
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// Product is round(quantity x unit price, 2), half away from zero: quantity in
// 1/10,000, price in 1/1,000,000 yuan (rules.md 1.15). Both within the limits
// of the contract, so the product is below 10^24 and the quotient fits.
func Product(quantity, price int64) Fen {
	const unit = 100_000_000 // 10^10 parts a yuan over 10^2 fen
	negative := (quantity < 0) != (price < 0)
	high, low := bits.Mul64(magnitude(quantity), magnitude(price))
	low, carry := bits.Add64(low, unit/2, 0)
	quotient, _ := bits.Div64(high+carry, low, unit)
	if negative {
		return -Fen(quotient)
	}
	return Fen(quotient)
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}
