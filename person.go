package claimwatch

import "time"

// IsIdentityCard says whether a text is a valid identity-card number (GB 11643):
// 17 digits with a date of birth that exists, and the check digit. Nothing that the
// log keeps for ever may name a person by it.
func IsIdentityCard(text string) bool {
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
