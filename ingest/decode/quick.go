package decode

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"claimwatch"
)

// quickInteger reads -?(0|[1-9][0-9]*) of at most 10 digits.
func quickInteger(s string) (n int64, ok bool) {
	digits, negative := strings.CutPrefix(s, "-")
	if digits == "" || len(digits) > 10 || digits[0] == '0' && len(digits) > 1 {
		return 0, false
	}
	for i := range len(digits) {
		n = n*10 + int64(digits[i]-'0')
	}
	if negative {
		n = -n
	}
	return n, true
}

// quickDecimal reads a decimal of at most 18 digits in units of 10^-places.
func quickDecimal(s string, places int) (n int64, ok bool) {
	i := 0
	if s != "" && s[0] == '-' {
		i = 1
	}
	first := i
	for ; i < len(s) && s[i] != '.'; i++ {
		digit := s[i] - '0'
		if digit > 9 {
			return 0, false
		}
		n = n*10 + int64(digit)
	}
	whole := i - first
	if whole == 0 || whole > 12 || whole > 1 && s[first] == '0' {
		return 0, false
	}
	fraction := 0
	if i < len(s) {
		for i++; i < len(s); i++ {
			digit := s[i] - '0'
			if digit > 9 || fraction == places {
				return 0, false
			}
			n = n*10 + int64(digit)
			fraction++
		}
		if fraction == 0 {
			return 0, false
		}
	}
	for ; fraction < places; fraction++ {
		n *= 10
	}
	if first == 1 {
		n = -n
	}
	return n, true
}

// quickTime reads 2026-01-31T08:30:00.123+08:00.
func quickTime(s string) (claimwatch.Instant, bool) {
	if len(s) < 20 || s[4] != '-' || s[7] != '-' || s[10]|0x20 != 't' || s[13] != ':' || s[16] != ':' {
		return 0, false
	}
	century, year, month, day := pair(s, 0), pair(s, 2), pair(s, 5), pair(s, 8)
	hour, minute, second := pair(s, 11), pair(s, 14), pair(s, 17)
	if century|year|month|day|hour|minute|second < 0 {
		return 0, false
	}
	year += century * 100
	if month < 1 || month > 12 || day < 1 || day > monthDays(year, month) || hour > 23 || minute > 59 || second > 59 {
		return 0, false
	}
	i, millis := 19, 0
	if s[i] == '.' {
		scale := 100
		for i++; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
			if scale == 0 {
				return 0, false
			}
			millis += int(s[i]-'0') * scale
			scale /= 10
		}
		if scale == 100 {
			return 0, false
		}
	}
	offset, ok := quickOffset(s[i:])
	seconds := int64(civilDays(year, month, day))*86400 + int64(hour*3600+minute*60+second-offset)
	return claimwatch.Instant(seconds*1000 + int64(millis)), ok
}

// quickOffset reads Z or ±hh:mm in seconds east of Greenwich.
func quickOffset(s string) (seconds int, ok bool) {
	if len(s) == 1 {
		return 0, s[0]|0x20 == 'z'
	}
	if len(s) != 6 || s[3] != ':' || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	hour, minute := pair(s, 1), pair(s, 4)
	if hour|minute < 0 || hour > 23 || minute > 59 {
		return 0, false
	}
	seconds = hour*3600 + minute*60
	if s[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}

// pair reads two digits; negative when they are none.
func pair(s string, i int) int {
	high, low := s[i]-'0', s[i+1]-'0'
	if high > 9 || low > 9 {
		return -1
	}
	return int(high)*10 + int(low)
}

func monthDays(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	default:
		return 31
	}
}

// civilDays counts the days from 1970-01-01. Years begin in March here, so that
// the leap day is a year's last.
func civilDays(year, month, day int) int {
	if month <= 2 {
		year--
		month += 12
	}
	return 365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + day - 1 - 719468
}

func isHex(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		if (s[i] < '0' || s[i] > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

func isMonth(s string) bool {
	if len(s) != 7 || s[4] != '-' || pair(s, 0) < 0 || pair(s, 2) < 0 {
		return false
	}
	month := pair(s, 5)
	return month >= 1 && month <= 12 && s >= "1990-01" && s <= "2199-12"
}

// isText says whether a text is short enough and free of control and invisible
// characters. Bytes that are no UTF-8 show as U+FFFD, which is not for here.
func isText(s string, all class) bool {
	if all&classHigh == 0 {
		return all&classStop == 0 && len(s) <= maxTextLength
	}
	count := 0
	for _, r := range s {
		count++
		if count > maxTextLength || r == utf8.RuneError || !isPlain(r) {
			return false
		}
	}
	return true
}

// isPlain says that a character is neither control nor invisible. The Chinese
// ranges are answered without a table.
func isPlain(r rune) bool {
	if r >= 0x3000 && r < 0xd800 || r >= ' ' && r < 0x7f {
		return true
	}
	return !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

func classOf(s string) (all class) {
	for i := range len(s) {
		all |= classes[s[i]]
	}
	return all
}

// unescape resolves the backslashes of a string; false for escapes that do not
// exist, halves of surrogate pairs and control characters.
func unescape(s string) (string, bool) {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		if s[i] != '\\' {
			out = append(out, s[i])
			i++
			continue
		}
		if i+1 == len(s) {
			return "", false
		}
		switch c := s[i+1]; c {
		case '"', '\\', '/':
			out = append(out, c)
			i += 2
		case 'u':
			r, size := escapedRune(s[i:])
			if size == 0 {
				return "", false
			}
			out = utf8.AppendRune(out, r)
			i += size
		default: // \b \f \n \r \t stand for control characters
			return "", false
		}
	}
	return string(out), true
}

// escapedRune reads \uXXXX or a pair of them; size 0 when it cannot.
func escapedRune(s string) (r rune, size int) {
	first, ok := escapedUnit(s)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(first) {
		return first, 6
	}
	second, ok := escapedUnit(s[6:])
	pair := utf16.DecodeRune(first, second)
	if !ok || pair == utf8.RuneError {
		return 0, 0
	}
	return pair, 12
}

func escapedUnit(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	return rune(n), err == nil
}
