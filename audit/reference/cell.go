package reference

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"claimwatch"
)

const (
	maxText    = 256 // characters (contract, section 6)
	listMark   = ";"
	decimalMax = claimwatch.MaxPrice
)

var (
	idForm    = regexp.MustCompile(`^[A-Za-z0-9._:-]{1,64}$`)
	itemForm  = regexp.MustCompile(`^[!-{}~]{1,64}$`) // printable ASCII without space and |
	hashForm  = regexp.MustCompile(`^[0-9a-fA-F]{64}$`)
	intForm   = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,17})$`)
	monthForm = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)
	// A store keeps days from 1900 to 2299.
	firstDay = mustDay("1900-01-01")
	lastDay  = mustDay("2299-12-31")
)

func mustDay(text string) claimwatch.Day {
	day, err := claimwatch.ParseDay(text)
	if err != nil {
		return 0 // a constant of this file: its test would fail
	}
	return day
}

// Fault is what is wrong with one cell, without its place.
type Fault struct {
	code    claimwatch.Code
	message string
}

// String says what is wrong.
func (f *Fault) String() string { return f.message }

func wrong(code claimwatch.Code, format string, args ...any) *Fault {
	return &Fault{code, fmt.Sprintf(format, args...)}
}

// ParseCell reads the text of a cell. Empty text is absence, whether or not the
// column allows it.
func ParseCell(c claimwatch.Column, text string) (claimwatch.Value, *Fault) {
	if f := checkText(text); f != nil {
		return claimwatch.Value{}, f
	}
	if text == "" {
		return claimwatch.Value{}, nil
	}
	switch c.Type {
	case claimwatch.ColumnID:
		return matched(text, idForm, "1-64 of A-Za-z0-9._:-")
	case claimwatch.ColumnItem:
		return matched(text, itemForm, "1-64 printable ASCII characters without spaces and |")
	case claimwatch.ColumnHash:
		return matched(strings.ToLower(text), hashForm, "64 hex digits")
	case claimwatch.ColumnMonth:
		return matched(text, monthForm, "YYYY-MM")
	case claimwatch.ColumnWord:
		if !slices.Contains(c.Words, text) {
			return claimwatch.Value{}, wrong(claimwatch.CodeRange, "%q is none of %s", text, strings.Join(c.Words, ", "))
		}
		return claimwatch.Value{Text: text, Set: true}, nil
	case claimwatch.ColumnText:
		if utf8.RuneCountInString(text) > maxText {
			return claimwatch.Value{}, wrong(claimwatch.CodeTooLong, "at most %d characters", maxText)
		}
		return claimwatch.Value{Text: text, Set: true}, nil
	case claimwatch.ColumnList:
		return parseList(c, strings.Split(text, listMark))
	default:
		return parseNumber(c, text)
	}
}

func checkText(text string) *Fault {
	if !utf8.ValidString(text) {
		return wrong(claimwatch.CodeNotUTF8, "the cell is not UTF-8")
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r < 0x20 || (r >= 0x7f && r <= 0x9f) }) {
		return wrong(claimwatch.CodeControlChar, "the cell holds a control character")
	}
	return nil
}

func matched(text string, form *regexp.Regexp, want string) (claimwatch.Value, *Fault) {
	if !form.MatchString(text) {
		if len(text) > 64 {
			return claimwatch.Value{}, wrong(claimwatch.CodeTooLong, "want %s", want)
		}
		return claimwatch.Value{}, wrong(claimwatch.CodeFormat, "%q: want %s", text, want)
	}
	return claimwatch.Value{Text: text, Set: true}, nil
}

func parseList(c claimwatch.Column, elements []string) (claimwatch.Value, *Fault) {
	for i, element := range elements {
		element = strings.TrimSpace(element)
		elements[i] = element
		switch {
		case element == "" || strings.Contains(element, listMark):
			return claimwatch.Value{}, wrong(claimwatch.CodeFormat, "a list has no empty elements: separate them with one ;")
		case utf8.RuneCountInString(element) > maxText:
			return claimwatch.Value{}, wrong(claimwatch.CodeTooLong, "at most %d characters an element", maxText)
		case c.Words != nil && !slices.Contains(c.Words, element):
			return claimwatch.Value{}, wrong(claimwatch.CodeRange, "%q is none of %s", element, strings.Join(c.Words, ", "))
		}
	}
	return claimwatch.Value{Text: strings.Join(elements, claimwatch.ListSeparator), Set: len(elements) > 0}, nil
}

func parseNumber(c claimwatch.Column, text string) (claimwatch.Value, *Fault) {
	switch c.Type {
	case claimwatch.ColumnBool:
		switch text {
		case "true", "1":
			return claimwatch.Value{Num: 1, Set: true}, nil
		case "false", "0":
			return claimwatch.Value{Set: true}, nil
		}
		return claimwatch.Value{}, wrong(claimwatch.CodeFormat, "%q: want true or false", text)
	case claimwatch.ColumnInt:
		n, err := strconv.ParseInt(text, 10, 64)
		switch {
		case !intForm.MatchString(text):
			return claimwatch.Value{}, wrong(claimwatch.CodeFormat, "%q: want an integer", text)
		case err != nil || n < c.Min || n > c.Max:
			return claimwatch.Value{}, wrong(claimwatch.CodeRange, "%s is not within %d and %d", text, c.Min, c.Max)
		}
		return claimwatch.Value{Num: n, Set: true}, nil
	case claimwatch.ColumnDay:
		day, err := claimwatch.ParseDay(text)
		switch {
		case err != nil:
			return claimwatch.Value{}, wrong(claimwatch.CodeFormat, "%q: want a day, YYYY-MM-DD", text)
		case day < firstDay || day > lastDay:
			return claimwatch.Value{}, wrong(claimwatch.CodeRange, "%s is not within %s and %s", text, firstDay, lastDay)
		}
		return claimwatch.Value{Num: int64(day), Set: true}, nil
	case claimwatch.ColumnTime:
		var at claimwatch.Instant
		if err := at.UnmarshalText([]byte(text)); err != nil {
			return claimwatch.Value{}, wrong(claimwatch.CodeFormat, "%q: want a time with an offset (RFC 3339)", text)
		}
		return claimwatch.Value{Num: int64(at), Set: true}, nil
	default:
		return parseDecimal(c, text)
	}
}

// decimals gives how many decimals a column's numbers have.
func decimals(t claimwatch.ColumnType) int {
	switch t {
	case claimwatch.ColumnAmount:
		return 2
	case claimwatch.ColumnNumber:
		return 4
	case claimwatch.ColumnPrice:
		return 6
	default:
		return 0
	}
}

func parseDecimal(c claimwatch.Column, text string) (claimwatch.Value, *Fault) {
	n, code := claimwatch.ParseDecimal(text, decimals(c.Type), decimalMax)
	switch {
	case code != "":
		return claimwatch.Value{}, wrong(code, "%q: want a number with at most %d decimals", text, decimals(c.Type))
	case n < 0:
		return claimwatch.Value{}, wrong(claimwatch.CodeRange, "%s is below 0", text)
	}
	return claimwatch.Value{Num: n, Set: true}, nil
}

// FormatCell writes a value in its one canonical spelling: what CSV exports and
// the journal hold. Absence is empty.
func FormatCell(c claimwatch.Column, v claimwatch.Value) string {
	if !v.Set {
		return ""
	}
	switch c.Type {
	case claimwatch.ColumnBool:
		return strconv.FormatBool(v.Num != 0)
	case claimwatch.ColumnInt:
		return strconv.FormatInt(v.Num, 10)
	case claimwatch.ColumnAmount, claimwatch.ColumnNumber, claimwatch.ColumnPrice:
		return string(claimwatch.AppendDecimal(nil, v.Num, decimals(c.Type)))
	case claimwatch.ColumnDay:
		return claimwatch.Day(v.Num).String()
	case claimwatch.ColumnTime:
		return claimwatch.Instant(v.Num).String()
	case claimwatch.ColumnList:
		return strings.Join(v.List(), listMark)
	default:
		return v.Text
	}
}
