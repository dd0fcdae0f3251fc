package paper

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
)

func TestCapitals(t *testing.T) {
	for fen, want := range map[claimwatch.Fen]string{
		0: "零元整", 1: "壹分", 5: "伍分", 10: "壹角整", 50: "伍角整", 99: "玖角玖分", 100: "壹元整", 1000: "壹拾元整", 1005: "壹拾元零伍分",
		123456: "壹仟贰佰叁拾肆元伍角陆分", -123456: "负壹仟贰佰叁拾肆元伍角陆分", -1: "负壹分",
		// the examples of the rules themselves
		140950: "壹仟肆佰零玖元伍角整", 600714: "陆仟零柒元壹角肆分", 168032: "壹仟陆佰捌拾元叁角贰分",
		10700053: "壹拾万柒仟元伍角叁分", 1640902: "壹万陆仟肆佰零玖元零贰分", 32504: "叁佰贰拾伍元零肆分",
		100_0000: "壹万元整", 100_0001: "壹万元零壹分", 105_0000: "壹万零伍佰元整", 1000_0000_00: "壹仟万元整", 10000_0001_00: "壹亿零壹元整", 10000_1000_00: "壹亿零壹仟元整",
		10001_0000_00: "壹亿零壹万元整", 99_999_999_99: "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分", 10000_0000_0000_00: "壹万亿元整", 10000_0001_0000_00: "壹万亿零壹万元整",
		-1 << 63: "负玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零捌分",
	} {
		if got := Capitals(fen); got != "人民币"+want {
			t.Errorf("Capitals(%s) = %s, want 人民币%s", fen, got, want)
		}
	}
}

// fenOf reads capitals back as a cashier does, without knowing how they are written.
func fenOf(text string) int64 {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "人民币"), "整")
	text, negative := strings.CutPrefix(text, "负")
	var total, section, digit int64
	for _, r := range text {
		if at := strings.IndexRune("零壹贰叁肆伍陆柒捌玖", r); at >= 0 {
			digit = int64(at / len("零"))
			continue
		}
		switch r {
		case '仟', '佰', '拾':
			section += digit * map[rune]int64{'仟': 1000, '佰': 100, '拾': 10}[r]
		case '万':
			section = (section + digit) * 10_000
		case '亿':
			total, section = (total+section+digit)*100_000_000, 0
		case '元':
			total = (total + section + digit) * 100
		case '角':
			total += digit * 10
		case '分':
			total += digit
		}
		digit = 0
	}
	if negative {
		return -total
	}
	return total
}

func TestCapitalsReadBack(t *testing.T) {
	for fen := range int64(2_000_000) {
		if got := fenOf(Capitals(claimwatch.Fen(fen))); got != fen {
			t.Fatalf("%s reads back as %d, not %d", Capitals(claimwatch.Fen(fen)), got, fen)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		fen := rapid.Int64Range(-9_999_999_999_999_99, 9_999_999_999_999_99).Draw(r, "fen")
		if rapid.Bool().Draw(r, "holes") { // few digits that are not zero
			fen = rapid.Int64Range(0, 99).Draw(r, "a")*1_0000_0000_00 + rapid.Int64Range(0, 99).Draw(r, "b")*1_0000_00 + rapid.Int64Range(0, 99).Draw(r, "c")
		}
		text := Capitals(claimwatch.Fen(fen))
		if got := fenOf(text); got != fen {
			r.Fatalf("%s reads back as %d, not %d", text, got, fen)
		}
		if strings.Contains(text, "零零") || strings.Contains(text, "零万") || strings.Contains(text, "零亿") || fen >= 100 && strings.Contains(text, "零元") {
			r.Fatalf("%s says a zero that is not said", text)
		}
	})
}

func TestYuanAndDates(t *testing.T) {
	for fen, want := range map[claimwatch.Fen]string{0: "0.00", 5: "0.05", -5: "-0.05", 99_999: "999.99", 100_000: "1,000.00", -123_456_789: "-1,234,567.89", 10_000_000_000: "100,000,000.00"} {
		if got := Yuan(fen); got != want {
			t.Errorf("Yuan(%d) = %s, want %s", fen, got, want)
		}
	}
	day, err := claimwatch.ParseDay("2026-03-05")
	if err != nil {
		t.Fatalf("ParseDay() error:\n%+v", err)
	}
	if got := Date(day) + Month("2026-03") + Month("2026-12"); got != "2026年3月5日2026年3月2026年12月" {
		t.Errorf("dates are written %s", got)
	}
}
