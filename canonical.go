package claimwatch

import (
	"strconv"
	"unicode/utf8"
)

// AppendCanonical appends the canonical form of a record to dst: one line of
// JSON with the fields in the order of CommonFields and Kind.Fields, defaults
// filled in, absent fields left out, decimals without zeros at the end,
// instants in UTC with three fraction digits, texts as sent. It is what the log
// holds and what ContentHash hashes; its bytes are frozen (testdata/canonical).
func AppendCanonical(dst []byte, r *Record) []byte {
	dst = append(dst, `{"kind":"`...)
	dst = append(dst, r.Kind.String()...)
	dst = append(dst, `","record_id":`...)
	dst = appendString(dst, r.RecordID)
	dst = append(dst, `,"revision":`...)
	dst = strconv.AppendInt(dst, int64(r.Revision), 10)
	dst = append(dst, `,"cancelled":`...)
	dst = strconv.AppendBool(dst, r.Cancelled)
	dst = append(dst, `,"institution_id":`...)
	dst = appendString(dst, r.InstitutionID)
	dst = append(dst, `,"person_id":`...)
	dst = appendString(dst, r.PersonID)
	if r.StayID != "" {
		dst = append(dst, `,"stay_id":`...)
		dst = appendString(dst, r.StayID)
	}
	dst = append(dst, `,"occurred_at":"`...)
	dst = r.OccurredAt.AppendUTC(dst)
	dst = append(dst, '"')
	for slot, spec := range r.Kind.Fields() {
		if v := r.Values[slot]; v.Set {
			dst = append(dst, ',', '"')
			dst = append(dst, spec.Name...)
			dst = append(dst, '"', ':')
			dst = appendValue(dst, spec.Type, v)
		}
	}
	return append(dst, '}')
}

func appendValue(dst []byte, t Type, v Value) []byte {
	switch t {
	case TypeBool:
		return strconv.AppendBool(dst, v.Num != 0)
	case TypeInt:
		return strconv.AppendInt(dst, v.Num, 10)
	case TypeAmount, TypeQuantity, TypePrice, TypeRatio:
		dst = append(dst, '"')
		dst = AppendDecimal(dst, v.Num, t.Decimals())
		return append(dst, '"')
	case TypeTime:
		dst = append(dst, '"')
		dst = Instant(v.Num).AppendUTC(dst)
		return append(dst, '"')
	case TypeCodes:
		dst = append(dst, '[')
		for i, element := range v.List() {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendString(dst, element)
		}
		return append(dst, ']')
	default:
		return appendString(dst, v.Text)
	}
}

// AppendDecimal writes n units of 10^-decimals without zeros at the end: 1500
// with 3 decimals is "1.5", 0 is "0".
func AppendDecimal(dst []byte, n int64, decimals int) []byte {
	magnitude := uint64(n)
	if n < 0 {
		dst = append(dst, '-')
		magnitude = -magnitude
	}
	for decimals > 0 && magnitude%10 == 0 {
		magnitude /= 10
		decimals--
	}
	digits := strconv.AppendUint(make([]byte, 0, 24), magnitude, 10)
	if decimals == 0 {
		return append(dst, digits...)
	}
	for len(digits) <= decimals {
		digits = append([]byte{'0'}, digits...)
	}
	point := len(digits) - decimals
	dst = append(dst, digits[:point]...)
	dst = append(dst, '.')
	return append(dst, digits[point:]...)
}

// appendString quotes a text in the shortest JSON spelling. Invalid UTF-8 never
// gets here: the decoder refuses it.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, s[start:i]...)
			dst = append(dst, '\\', c)
			i++
			start = i
		case c < 0x20:
			dst = append(dst, s[start:i]...)
			dst = append(dst, `\u00`...)
			dst = append(dst, "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
			i++
			start = i
		case c < utf8.RuneSelf:
			i++
		default:
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
		}
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}
