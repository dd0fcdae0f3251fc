package settlement

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
)

// roundHalfAway is round(a*percent/100) by its definition, in big rational numbers.
func roundHalfAway(a claimwatch.Fen, percent int64) claimwatch.Fen {
	exact := new(big.Rat).SetFrac64(int64(a)*percent, 100)
	sign := exact.Sign()
	exact.Abs(exact).Add(exact, big.NewRat(1, 2))
	whole := new(big.Int).Quo(exact.Num(), exact.Denom())
	return claimwatch.Fen(whole.Int64() * int64(sign))
}

// TestNinetyExhaustive: 90/10 for every amount from 0 to 10^7 fen. The rounding is
// held against whole fen and tenths without a division of its own: 9a = 10n + rest,
// with rest in [-5, 5) and 5 rounded up.
func TestNinetyExhaustive(t *testing.T) {
	for a := claimwatch.Fen(0); a <= 10_000_000; a++ {
		ninety := Ninety(a)
		if rest := 9*a - 10*ninety; rest < -5 || rest >= 5 {
			t.Fatalf("Ninety(%d) = %d, %d tenths of a fen from 90 %%", a, ninety, rest)
		}
		split := Divide(BaseApproved, a, a)
		if split.Payable != ninety || split.Retained+split.Payable != a || split.Retained < 0 {
			t.Fatalf("Divide(%d) = %+v, want %d payable", a, split, ninety)
		}
		if Ninety(-a) != -ninety {
			t.Fatalf("Ninety(-%d) = %d, want %d", a, Ninety(-a), -ninety)
		}
	}
}

// TestNinetyAbove: the same by property above 10^7 fen, both signs.
func TestNinetyAbove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := claimwatch.Fen(rapid.Int64Range(-9e14, 9e14).Draw(t, "amount"))
		if got, want := Ninety(a), roundHalfAway(a, 90); got != want {
			t.Fatalf("Ninety(%d) = %d, want %d", a, got, want)
		}
		percent := rapid.SampledFrom([]int64{0, 70, 80, 90, 100}).Draw(t, "percent")
		if got, want := share(a, percent), roundHalfAway(a, percent); got != want {
			t.Fatalf("share(%d, %d) = %d, want %d", a, percent, got, want)
		}
	})
}

// TestDivide: both readings split what passed without a rest; no part of a positive
// amount is negative; the base "total" keeps 10 % of what was claimed as far as what
// passed reaches.
func TestDivide(t *testing.T) {
	for _, c := range []struct {
		claimed, approved, approvedKept, totalKept claimwatch.Fen
	}{
		{100_000, 100_000, 10_000, 10_000},
		{100_000, 60_000, 6_000, 10_000},
		{100_000, 5_000, 500, 5_000}, // the 10 % of the total do not fit what passed
		{100_000, 0, 0, 0},
		{5, 5, 0, 0},   // 4.5 is rounded up to 5
		{15, 15, 1, 1}, // 13.5 is rounded up to 14
		{14, 14, 1, 1}, // 12.6 to 13
		{-5_000, 2_000, 200, 0},
		{-5_000, -5_000, -500, -500},
		{5_000, -300, -30, 0},
		{-100_000, -300, -30, -300},
	} {
		if got := Divide(BaseApproved, c.claimed, c.approved); got != (Split{c.approvedKept, c.approved - c.approvedKept}) {
			t.Errorf("Divide(approved, %d, %d) = %+v, want %d kept", c.claimed, c.approved, got, c.approvedKept)
		}
		if got := Divide(BaseTotal, c.claimed, c.approved); got != (Split{c.totalKept, c.approved - c.totalKept}) {
			t.Errorf("Divide(total, %d, %d) = %+v, want %d kept", c.claimed, c.approved, got, c.totalKept)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		claimed := claimwatch.Fen(rapid.Int64Range(-1e9, 1e12).Draw(t, "claimed"))
		approved := claimwatch.Fen(rapid.Int64Range(-1e9, 1e12).Draw(t, "approved"))
		readings := Read(claimed, approved)
		for base, split := range map[Base]Split{BaseApproved: readings.Approved, BaseTotal: readings.Total} {
			if split != readings.Of(base) || split.Retained+split.Payable != approved {
				t.Fatalf("%s of %d: %+v does not add up", base, approved, split)
			}
			if approved >= 0 && (split.Retained < 0 || split.Payable < 0) || approved <= 0 && (split.Retained > 0 || split.Payable > 0) {
				t.Fatalf("%s of %d: %+v has another sign", base, approved, split)
			}
		}
	})
}

// TestShareOfBond: the bands of Art. 34 are half-open and exact.
func TestShareOfBond(t *testing.T) {
	for score, want := range map[Score]int64{
		0: 0, 599_999: 0, 600_000: 70, 699_999: 70, 700_000: 80, 799_999: 80, 800_000: 90, 899_999: 90, 900_000: 100, 1_000_000: 100,
	} {
		if got := score.Share(); got != want {
			t.Errorf("%s points: %d %%, want %d", score, got, want)
		}
	}
	for score, want := range map[Score]string{900_000: "90", 899_999: "89.9999", 885_000: "88.5", 600_100: "60.01", 5: "0.0005"} {
		if got := score.String(); got != want {
			t.Errorf("score %d is written %s, want %s", score, got, want)
		}
	}
}
