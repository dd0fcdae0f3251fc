package decode

import (
	"strconv"
	"time"
	"unicode/utf8"
)

// maxShown is how many characters of the input a message repeats.
const maxShown = 64

// show quotes a text of the sender's for a message, cut to 64 characters.
func show(text string) string {
	cut, whole := cutText(text)
	if whole {
		return strconv.Quote(cut)
	}
	return strconv.Quote(cut) + "…"
}

// cutText gives the first 64 characters of a text.
func cutText(text string) (cut string, whole bool) {
	count := 0
	for i := range text {
		if count == maxShown {
			return text[:i], false
		}
		count++
	}
	return text, true
}

// cutBytes gives at most limit bytes and does not cut a character in two.
func cutBytes(raw []byte, limit int) []byte {
	if len(raw) <= limit {
		return raw
	}
	cut := limit
	for back := 0; back < utf8.UTFMax && cut > 0 && !utf8.RuneStart(raw[cut]); back++ {
		cut--
	}
	return raw[:cut]
}

// isIdentityCard says whether a text is a valid identity-card number (GB 11643):
// 17 digits with a date of birth that exists, and the check digit.
func isIdentityCard(text string) bool {
	if len(text) != 18 {
		return false
	}
	const checkDigits = "10X98765432"
	sum := 0
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	for i, w := range weights {
		digit := int(text[i]) - '0'
		if digit < 0 || digit > 9 {
			return false
		}
		sum += digit * w
	}
	last := text[17]
	if last == 'x' {
		last = 'X'
	}
	if last != checkDigits[sum%11] {
		return false
	}
	born, err := time.Parse("20060102", text[6:14])
	return err == nil && born.Year() >= 1800
}
