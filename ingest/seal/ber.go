package seal

import "errors"

// maxDepth is how deep elements may stand in each other; CMS with certificates needs
// about fifteen.
const maxDepth = 32

var errBER = errors.New("not BER")

// definite writes one BER element with lengths of the definite form, as DER has them;
// some programs write indefinite ones. It is strict about what stands in what, because
// the library below reads an element that reaches out of the one around it again and
// again: a few hundred bytes would keep it busy for ever.
func definite(ber []byte, depth int) (out, rest []byte, err error) {
	if len(ber) < 2 || depth > maxDepth || ber[0]&0x1f == 0x1f { // CMS has no long tags
		return nil, nil, errBER
	}
	tag, constructed := ber[0], ber[0]&0x20 != 0
	if ber[1] == 0x80 {
		if !constructed {
			return nil, nil, errBER
		}
		return indefinite(tag, ber[2:], depth)
	}
	body, rest, err := cut(ber[1:])
	if err != nil || !constructed {
		return element(tag, body), rest, err
	}
	var inside []byte
	for len(body) > 0 {
		var one []byte
		if one, body, err = definite(body, depth+1); err != nil {
			return nil, nil, err
		}
		inside = append(inside, one...)
	}
	return element(tag, inside), rest, nil
}

// indefinite reads elements up to the end mark.
func indefinite(tag byte, ber []byte, depth int) (out, rest []byte, err error) {
	var inside []byte
	for len(ber) < 2 || ber[0] != 0 || ber[1] != 0 {
		var one []byte
		if one, ber, err = definite(ber, depth+1); err != nil {
			return nil, nil, err
		}
		inside = append(inside, one...)
	}
	return element(tag, inside), ber[2:], nil
}

// cut takes what follows a length off the text that begins with it.
func cut(text []byte) (body, rest []byte, err error) {
	size := int(text[0])
	text = text[1:]
	if size > 0x80 {
		digits := size - 0x80
		if digits > 3 || digits > len(text) {
			return nil, nil, errBER
		}
		size = 0
		for _, digit := range text[:digits] {
			size = size<<8 | int(digit)
		}
		text = text[digits:]
	}
	if size > len(text) {
		return nil, nil, errBER
	}
	return text[:size], text[size:], nil
}

func element(tag byte, body []byte) []byte {
	out := []byte{tag}
	switch n := len(body); {
	case n < 0x80:
		out = append(out, byte(n))
	case n < 1<<8:
		out = append(out, 0x81, byte(n))
	case n < 1<<16:
		out = append(out, 0x82, byte(n>>8), byte(n))
	default:
		out = append(out, 0x83, byte(n>>16), byte(n>>8), byte(n))
	}
	return append(out, body...)
}
