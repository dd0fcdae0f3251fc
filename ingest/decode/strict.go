package decode

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"claimwatch"
)

// member is one key of a record with its value as the library read it.
type member struct {
	name  string
	kind  jsontext.Kind
	text  string   // a string's text, a number's spelling
	items []member // an array's elements, without names; only the first of too many
}

// strictDecode judges a record with the library, in the order of the package comment.
func strictDecode(line string, o Options, into *claimwatch.Record) *claimwatch.Error {
	*into = claimwatch.Record{}
	members, fault := readMembers(line)
	if fault != nil {
		return fault
	}
	into.RecordID = readableID(members)
	if fault := checkNames(members); fault != nil {
		return fault
	}
	kind, fault := checkKind(members)
	if fault != nil {
		return fault
	}
	if fault := checkKnown(members, kind); fault != nil {
		return fault
	}
	record, fault := checkFields(members, kind, o)
	if fault != nil {
		return fault
	}
	*into = record
	return o.judge(into)
}

// readMembers reads the line as one object.
func readMembers(line string) ([]member, *claimwatch.Error) {
	if len(line) > MaxLine {
		return nil, tooLongLine(int64(len(line)))
	}
	if !utf8.ValidString(line) {
		return nil, claimwatch.Refuse(claimwatch.CodeNotUTF8, "holds bytes that are not UTF-8: convert GBK or GB 18030 texts to UTF-8 before sending")
	}
	text, shifts := escapeControls(line)
	decoder := jsontext.NewDecoder(bytes.NewReader(text),
		jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	members, isObject, err := walk(decoder)
	switch {
	case err != nil && strings.IndexByte(line, 0) >= 0:
		return nil, claimwatch.Refuse(claimwatch.CodeNotUTF8, "looks like UTF-16: convert it to UTF-8 before sending")
	case err != nil:
		return nil, libraryFault(err, len(line), shifts)
	case strings.Contains(line, `\u`) && !jsontext.Value(text).IsValid(jsontext.AllowDuplicateNames(true)):
		return nil, claimwatch.Refuse(claimwatch.CodeNotUTF8, "holds half a surrogate pair: write both \\u escapes of the character, or the character itself")
	case !isObject:
		return nil, claimwatch.Refuse(claimwatch.CodeType, "a record must be one JSON object")
	}
	return members, nil
}

func tooLongLine(size int64) *claimwatch.Error {
	return claimwatch.Refuse(claimwatch.CodeTooLong, "the record has %d bytes, at most %d are allowed", size, MaxLine)
}

// libraryFault turns an error of the library into ours: the text says what the
// JSON grammar wants there, never what the input holds.
func libraryFault(err error, size int, shifts []int) *claimwatch.Error {
	var syntactic *jsontext.SyntacticError
	var end trailing
	var place int64
	var message string
	switch {
	case errors.As(err, &end):
		place, message = int64(end), "something follows the record's object"
	case errors.Is(err, io.ErrUnexpectedEOF) || !errors.As(err, &syntactic):
		return syntaxAt(int64(size), "it ends too early")
	default:
		place, message = syntactic.ByteOffset, "one JSON object as RFC 8259 spells it is wanted"
	}
	offset := place
	for _, shift := range shifts { // each escaped byte had become six
		if int64(shift) < place {
			offset -= 5
		}
	}
	return syntaxAt(offset, message)
}

// trailing says where text follows the first value.
type trailing int64

func (trailing) Error() string { return "trailing text" }

// walk reads the whole text: the members of an object, or nothing of any other
// value. An error means that the text is not one JSON value.
func walk(decoder *jsontext.Decoder) (members []member, isObject bool, err error) {
	if decoder.PeekKind() != '{' {
		if err := decoder.SkipValue(); err != nil {
			return nil, false, early(err)
		}
		return nil, false, readEnd(decoder)
	}
	if _, err := decoder.ReadToken(); err != nil {
		return nil, true, early(err)
	}
	for decoder.PeekKind() != '}' {
		name, err := decoder.ReadToken()
		if err != nil {
			return nil, true, early(err)
		}
		m := member{name: name.String()}
		if err := readValue(decoder, &m); err != nil {
			return nil, true, early(err)
		}
		members = append(members, m)
	}
	if _, err := decoder.ReadToken(); err != nil {
		return nil, true, early(err)
	}
	return members, true, readEnd(decoder)
}

func readValue(decoder *jsontext.Decoder, m *member) error {
	m.kind = decoder.PeekKind()
	switch m.kind {
	case '{':
		return decoder.SkipValue()
	case '[':
		return readItems(decoder, m)
	default:
		token, err := decoder.ReadToken()
		if err == nil {
			m.text = token.String()
		}
		return err
	}
}

// readItems reads the elements of a list; of what cannot be an element only the
// kind is kept.
func readItems(decoder *jsontext.Decoder, m *member) error {
	if _, err := decoder.ReadToken(); err != nil {
		return err
	}
	for decoder.PeekKind() != ']' {
		item := member{kind: decoder.PeekKind()}
		if item.kind != '"' {
			if err := decoder.SkipValue(); err != nil {
				return err
			}
		} else {
			token, err := decoder.ReadToken()
			if err != nil {
				return err
			}
			item.text = token.String()
		}
		if len(m.items) <= maxElements {
			m.items = append(m.items, item)
		}
	}
	_, err := decoder.ReadToken()
	return err
}

// readEnd wants nothing but blanks after the value.
func readEnd(decoder *jsontext.Decoder) error {
	_, err := decoder.ReadToken()
	if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return trailing(decoder.InputOffset())
}

// early names the end of the input, wherever the library met it.
func early(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// escapeControls spells bare control characters inside strings as \u00XX, so
// that the library reads them and the field checks can name them. shifts are
// the places in the new text where bytes were added.
func escapeControls(line string) (text []byte, shifts []int) {
	if strings.IndexFunc(line, func(r rune) bool { return r < ' ' }) < 0 {
		return []byte(line), nil
	}
	inString, escaped := false, false
	for i := range len(line) {
		c := line[i]
		if inString && c < 0x20 && !escaped {
			shifts = append(shifts, len(text))
			text = append(text, '\\', 'u', '0', '0', "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
			continue
		}
		switch {
		case escaped:
			escaped = false
		case inString && c == '\\':
			escaped = true
		case c == '"':
			inString = !inString
		}
		text = append(text, c)
	}
	return text, shifts
}

// readableID is the record_id of a record that may be refused for another
// reason: the receipt names it when it is a legal identifier, given once.
func readableID(members []member) string {
	found := ""
	for _, m := range members {
		if m.name != "record_id" {
			continue
		}
		if found != "" || m.kind != '"' || !idPattern.MatchString(m.text) {
			return ""
		}
		found = m.text
	}
	return found
}
