package claimwatch

import (
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

var numberPattern = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

// wantDecimal is ParseDecimal by the library, behind the strict pattern.
func wantDecimal(s string, decimals int, most int64) (int64, Code) {
	if !numberPattern.MatchString(s) {
		return 0, CodeFormat
	}
	if _, fraction, _ := strings.Cut(s, "."); len(fraction) > decimals {
		return 0, CodeScale
	}
	units := decimal.RequireFromString(s).Shift(int32(decimals))
	if units.Abs().GreaterThan(decimal.NewFromInt(most)) {
		return 0, CodeRange
	}
	return units.IntPart(), ""
}

func TestParseDecimal(t *testing.T) {
	for _, c := range []struct {
		text     string
		decimals int
		most     int64
		want     int64
		fault    Code
	}{
		{"128.50", 2, MaxAmount, 12850, ""},
		{"0", 2, MaxAmount, 0, ""},
		{"-0.00", 2, MaxAmount, 0, ""},
		{"-0.01", 2, MaxAmount, -1, ""},
		{"99999999.99", 2, MaxAmount, MaxAmount, ""},
		{"100000000", 2, MaxAmount, 0, CodeRange},
		{"1.005", 2, MaxAmount, 0, CodeScale},
		{"1.000", 2, MaxAmount, 0, CodeScale},
		{"1000000.0000", 4, MaxQuantity, MaxQuantity, ""},
		{"99999999.990000", 6, MaxPrice, MaxPrice, ""},
		{"184467440737095516.17", 2, MaxAmount, 0, CodeRange},
		{"92233720368547758.08", 2, MaxAmount, 0, CodeRange},
		{"1844674407370955.1619", 4, MaxQuantity, 0, CodeRange},
		{"18446744073709.551619", 6, MaxPrice, 0, CodeRange},
		{strings.Repeat("9", 400), 2, MaxAmount, 0, CodeRange},
		{"", 2, MaxAmount, 0, CodeFormat},
		{"-", 2, MaxAmount, 0, CodeFormat},
		{"+1", 2, MaxAmount, 0, CodeFormat},
		{".5", 2, MaxAmount, 0, CodeFormat},
		{"1.", 2, MaxAmount, 0, CodeFormat},
		{"01", 2, MaxAmount, 0, CodeFormat},
		{"1e5", 2, MaxAmount, 0, CodeFormat},
		{"1e400", 2, MaxAmount, 0, CodeFormat},
		{"0x10", 2, MaxAmount, 0, CodeFormat},
		{"1_000", 2, MaxAmount, 0, CodeFormat},
		{"1,234.50", 2, MaxAmount, 0, CodeFormat},
		{"NaN", 2, MaxAmount, 0, CodeFormat},
		{"１２", 2, MaxAmount, 0, CodeFormat},
		{"1.2.3", 2, MaxAmount, 0, CodeFormat},
		{" 1", 2, MaxAmount, 0, CodeFormat},
		{"--1", 2, MaxAmount, 0, CodeFormat},
		{"1.-5", 2, MaxAmount, 0, CodeFormat},
	} {
		got, fault := ParseDecimal(c.text, c.decimals, c.most)
		if got != c.want || fault != c.fault {
			t.Errorf("ParseDecimal(%.40q, %d) = %d %q, want %d %q", c.text, c.decimals, got, fault, c.want, c.fault)
		}
	}
}

func TestParseDecimalAgreesWithTheLibrary(t *testing.T) {
	spelling := rapid.OneOf(
		rapid.StringMatching(`-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,8})?`),
		rapid.StringMatching(`-?(0|[1-9][0-9]{0,7})(\.[0-9]{1,6})?`),
		rapid.StringMatching(`18446744073709[0-9]{0,6}(\.[0-9]{1,6})?`), // around 2^64
		rapid.StringMatching(`[-+0-9.eE_, x]{0,8}`),
	)
	rapid.Check(t, func(t *rapid.T) {
		text := spelling.Draw(t, "text")
		size := rapid.SampledFrom([]struct {
			decimals int
			most     int64
		}{{2, MaxAmount}, {4, MaxQuantity}, {6, MaxPrice}, {0, MaxCount}}).Draw(t, "size")
		got, fault := ParseDecimal(text, size.decimals, size.most)
		want, wantFault := wantDecimal(text, size.decimals, size.most)
		if got != want || fault != wantFault {
			t.Fatalf("ParseDecimal(%q, %d) = %d %q, want %d %q", text, size.decimals, got, fault, want, wantFault)
		}
	})
}

// TestProductAgreesWithTheLibrary rounds once, half away from zero.
func TestProductAgreesWithTheLibrary(t *testing.T) {
	check := func(quantity, price int64) (Fen, Fen) {
		exact := decimal.New(quantity, -4).Mul(decimal.New(price, -6))
		return Product(quantity, price), Fen(exact.Round(2).Shift(2).IntPart())
	}
	for _, c := range []struct {
		quantity, price int64
		want            Fen
	}{
		{10_000, 35_000_000, 3500},
		{-10_000, 35_000_000, -3500},
		{5_000, 10_000, 1},
		{-5_000, 10_000, -1},
		{4_999, 10_000, 0},
		{-1_250, 1_000_000, -13},
		{1_250, 1_000_000, 13},
		{0, MaxPrice, 0},
		{MaxQuantity, 0, 0},
		{MaxQuantity, MaxPrice, 9_999_999_999_000_000},
		{-MaxQuantity, MaxPrice, -9_999_999_999_000_000},
	} {
		got, library := check(c.quantity, c.price)
		if got != c.want || library != c.want {
			t.Errorf("Product(%d, %d) = %d, library %d, want %d", c.quantity, c.price, got, library, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		quantity := rapid.Int64Range(-MaxQuantity, MaxQuantity).Draw(t, "quantity")
		price := rapid.Int64Range(0, MaxPrice).Draw(t, "price")
		if rapid.Bool().Draw(t, "small") { // where halves are frequent
			quantity, price = quantity%100*1_000, price%100*500
		}
		if got, want := check(quantity, price); got != want {
			t.Fatalf("Product(%d, %d) = %d, want %d", quantity, price, got, want)
		}
	})
}

func TestFenText(t *testing.T) {
	for fen, want := range map[Fen]string{0: "0.00", 1: "0.01", -1: "-0.01", 12850: "128.50", -9_999_999_999: "-99999999.99"} {
		if got := fen.String(); got != want {
			t.Errorf("Fen(%d).String() = %s, want %s", int64(fen), got, want)
		}
		var back Fen
		text, err := fen.MarshalText()
		if err != nil {
			t.Fatalf("MarshalText() error:\n%+v", err)
		}
		if err := back.UnmarshalText(text); err != nil || back != fen {
			t.Errorf("UnmarshalText(%s) = %d, %v, want %d", text, back, err, fen)
		}
	}
	for _, text := range []string{"", "1.005", "1e3", "null", "100000000.00"} {
		fen := Fen(7)
		if err := fen.UnmarshalText([]byte(text)); err == nil || fen != 7 {
			t.Errorf("UnmarshalText(%q) = %d, %v, want an error and no change", text, fen, err)
		}
	}
}
