package paper

import (
	"strings"

	"claimwatch"
)

// Capitals writes an amount as cheques and official papers do, so that no digit
// can be changed: 人民币壹仟贰佰叁拾肆元伍角陆分. It follows the rules for filling in
// settlement vouchers (支付结算办法, annex 1): a zero inside is said once, a zero at
// the end of a group of four digits is not said, 整 closes what has no fen.
func Capitals(f claimwatch.Fen) string {
	out := "人民币"
	n := uint64(f)
	if f < 0 {
		out += "负"
		n = -n
	}
	whole, jiao, fen := n/100, n/10%10, n%10
	if whole > 0 || n == 0 {
		out += integer(whole) + "元"
	}
	switch {
	case jiao == 0 && fen == 0:
		return out + "整"
	case jiao > 0:
		out += digit(jiao) + "角"
	case whole > 0:
		out += "零"
	}
	if fen == 0 {
		return out + "整"
	}
	return out + digit(fen) + "分"
}

func digit(n uint64) string {
	return [...]string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}[n]
}

// integer writes a whole number in groups of four digits. Int64 fen are less than
// 10^17 yuan, which is 拾 of 亿亿: 万亿 is said as 万 of 亿.
func integer(n uint64) string {
	if n == 0 {
		return "零"
	}
	groups := [...]string{"", "万", "亿", "万", "亿"}
	var out strings.Builder
	skipped := false // a zero was passed that must be said before the next digit
	for i := len(groups) - 1; i >= 0; i-- {
		unit := uint64(1)
		for range i {
			unit *= 10_000
		}
		group := n / unit % 10_000
		begun := out.Len() > 0
		if group == 0 {
			skipped = skipped || begun
			if i == 2 && begun { // 壹万 of 亿: the 亿 is still said
				out.WriteString("亿")
			}
			continue
		}
		for d, place := uint64(1000), 0; d > 0; d, place = d/10, place+1 {
			value := group / d % 10
			if value == 0 {
				skipped = skipped || begun
				continue
			}
			if skipped {
				out.WriteString("零")
			}
			out.WriteString(digit(value) + [...]string{"仟", "佰", "拾", ""}[place])
			skipped, begun = false, true
		}
		skipped = false // a zero at the end of a group is not said
		out.WriteString(groups[i])
	}
	return out.String()
}

// Yuan writes an amount in figures with groups of three: 1,234,567.80.
func Yuan(f claimwatch.Fen) string {
	plain, negative := strings.CutPrefix(f.String(), "-")
	whole, cents, _ := strings.Cut(plain, ".")
	var out strings.Builder
	if negative {
		out.WriteByte('-')
	}
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteRune(d)
	}
	return out.String() + "." + cents
}

// Date writes a day as letters do: 2026年3月5日.
func Date(d claimwatch.Day) string { return d.Date().Format("2006年1月2日") }

// Month writes a month (YYYY-MM) as letters do: 2026年3月.
func Month(month string) string {
	year, m, found := strings.Cut(month, "-")
	if !found {
		return month
	}
	return year + "年" + strings.TrimPrefix(m, "0") + "月"
}
