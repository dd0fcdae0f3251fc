package decode

import (
	"strconv"
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
