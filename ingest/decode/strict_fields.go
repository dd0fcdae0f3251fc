package decode

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"claimwatch"
)

// The spellings of the contract, section 6.
var (
	idPattern      = regexp.MustCompile(`^[A-Za-z0-9._:-]{1,64}$`)
	itemPattern    = regexp.MustCompile(`^[!-{}~]{1,64}$`) // printable ASCII without blank and |
	hashPattern    = regexp.MustCompile(`^[0-9A-Fa-f]{64}$`)
	numberPattern  = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
	integerPattern = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)
	timePattern    = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,3})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$`)
	monthPattern   = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)
)

// checkFields reads the fields of a kind in canonical order.
func checkFields(members []member, kind claimwatch.Kind, o Options) (claimwatch.Record, *claimwatch.Error) {
	r := claimwatch.Record{Kind: kind, Revision: 1, InstitutionID: o.InstitutionID}
	none := r
	for _, spec := range keyTables[kind].specs[1:commonKeys] { // the kind itself is read
		value, fault := o.checkField(find(members, spec.Name), spec, kind)
		if fault == nil {
			fault = setCommon(&r, spec.Name, value, o)
		}
		if fault != nil {
			return none, fault
		}
	}
	r.Values = make([]claimwatch.Value, len(kind.Fields()))
	for slot, spec := range kind.Fields() {
		value, fault := o.checkField(find(members, spec.Name), spec, kind)
		if fault != nil {
			return none, fault
		}
		r.Values[slot] = value
	}
	return r, nil
}

// setCommon puts a common field into its member of the record.
func setCommon(r *claimwatch.Record, name string, v claimwatch.Value, o Options) *claimwatch.Error {
	switch name {
	case "record_id":
		r.RecordID = v.Text
	case "revision":
		if v.Set {
			r.Revision = int32(v.Num)
		}
	case "cancelled":
		r.Cancelled = v.Num != 0
	case "institution_id":
		if o.InstitutionID == "" && !v.Set {
			return refuse(name, claimwatch.CodeMissing, "is missing: no credential says whose record this is")
		}
		if o.InstitutionID != "" && v.Set && v.Text != o.InstitutionID {
			return refuse(name, claimwatch.CodeInstitutionMismatch, "names another institution than the credential: leave it out or correct it")
		}
		if v.Set {
			r.InstitutionID = v.Text
		}
	case "person_id":
		if claimwatch.IsIdentityCard(v.Text) {
			return identityCardFault(name)
		}
		r.PersonID = v.Text
	case "stay_id":
		r.StayID = v.Text
	case "occurred_at":
		r.OccurredAt = claimwatch.Instant(v.Num)
	}
	return nil
}

func identityCardFault(field string) *claimwatch.Error {
	return refuse(field, claimwatch.CodeFormat, "is an identity-card number: send the fund's personal number instead")
}

// checkField reads one field by itself.
func (o Options) checkField(m *member, spec claimwatch.Spec, kind claimwatch.Kind) (claimwatch.Value, *claimwatch.Error) {
	var none claimwatch.Value
	if m.absent() {
		if spec.Required {
			return none, refuse(spec.Name, claimwatch.CodeMissing, "is missing: a record of kind %s needs it", kind)
		}
		return none, nil
	}
	switch spec.Type {
	case claimwatch.TypeBool:
		if m.kind != 't' && m.kind != 'f' {
			return none, refuse(spec.Name, claimwatch.CodeType, "must be true or false, without quotes")
		}
		value := claimwatch.Value{Set: true}
		if m.kind == 't' {
			value.Num = 1
		}
		return value, nil
	case claimwatch.TypeInt:
		return checkInt(m, spec)
	case claimwatch.TypeCodes:
		return checkList(m, spec)
	default: // a string, read below
	}
	if m.kind != '"' {
		return none, typeFault(m, spec)
	}
	if fault := checkControl(spec.Name, m.text); fault != nil {
		return none, fault
	}
	switch {
	case spec.Type.IsDecimal():
		return checkDecimal(m.text, spec)
	case spec.Type == claimwatch.TypeTime:
		return o.checkTime(m.text, spec, kind)
	case spec.Type == claimwatch.TypeMonth:
		return checkMonth(m.text, spec)
	}
	return checkText(m.text, spec)
}

func typeFault(m *member, spec claimwatch.Spec) *claimwatch.Error {
	if spec.Type.IsDecimal() && m.kind == '0' {
		return refuse(spec.Name, claimwatch.CodeType, `must be a decimal string in quotes, "128.50"`)
	}
	return refuse(spec.Name, claimwatch.CodeType, "must be a string in quotes")
}

func checkInt(m *member, spec claimwatch.Spec) (v claimwatch.Value, fault *claimwatch.Error) {
	if m.kind != '0' || !integerPattern.MatchString(m.text) {
		return v, refuse(spec.Name, claimwatch.CodeType, "must be an integer, without quotes, point or exponent")
	}
	n, err := strconv.ParseInt(m.text, 10, 64)
	if err != nil || n < spec.Min || n > spec.Max {
		return v, refuse(spec.Name, claimwatch.CodeRange, "must lie between %d and %d", spec.Min, spec.Max)
	}
	return claimwatch.Value{Num: n, Set: true}, nil
}

func checkList(m *member, spec claimwatch.Spec) (v claimwatch.Value, fault *claimwatch.Error) {
	if m.kind != '[' {
		return v, refuse(spec.Name, claimwatch.CodeType, "must be a list of strings")
	}
	elements := make([]string, 0, len(m.items))
	size := 0
	for i := range m.items {
		item := &m.items[i]
		switch {
		case item.absent():
			return v, refuse(spec.Name, claimwatch.CodeMissing, "element %d is empty: leave it out", i)
		case item.kind != '"':
			return v, refuse(spec.Name, claimwatch.CodeType, "element %d must be a string in quotes", i)
		}
		if fault := checkControl(spec.Name, item.text); fault != nil {
			return v, fault
		}
		if utf8.RuneCountInString(item.text) > maxTextLength {
			return v, refuse(spec.Name, claimwatch.CodeTooLong, "element %d is longer than %d characters", i, maxTextLength)
		}
		elements = append(elements, item.text)
		size += len(item.text)
	}
	if len(elements) > maxElements || size > maxListBytes {
		return v, refuse(spec.Name, claimwatch.CodeTooLong, "holds more than %d elements or %d bytes", maxElements, maxListBytes)
	}
	return claimwatch.Value{Text: strings.Join(elements, claimwatch.ListSeparator), Set: true}, nil
}

func checkControl(field, text string) *claimwatch.Error {
	for _, r := range text {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			return refuse(field, claimwatch.CodeControlChar, "holds the control or invisible character U+%04X: remove it", r)
		}
	}
	return nil
}

// checkDecimal reads a number by the strict spelling; the library for decimals
// would take "1e400", "+1.5" and ".5" too.
func checkDecimal(text string, spec claimwatch.Spec) (v claimwatch.Value, fault *claimwatch.Error) {
	if !numberPattern.MatchString(text) {
		return v, refuse(spec.Name, claimwatch.CodeFormat,
			`%s is no decimal number: write digits and a point, as in "128.50"`, show(text))
	}
	places := spec.Type.Decimals()
	if _, fraction, _ := strings.Cut(text, "."); len(fraction) > places {
		return v, refuse(spec.Name, claimwatch.CodeScale, "has more than %d decimals: round it before sending", places)
	}
	least, most := decimal.New(spec.Min, -int32(places)), decimal.New(spec.Max, -int32(places))
	number, err := decimal.NewFromString(text)
	if err != nil || number.LessThan(least) || number.GreaterThan(most) {
		return v, refuse(spec.Name, claimwatch.CodeRange, "must lie between %s and %s", least, most)
	}
	if spec.Type == claimwatch.TypeQuantity && number.IsZero() {
		return v, refuse(spec.Name, claimwatch.CodeRange, "must not be 0")
	}
	return claimwatch.Value{Num: number.Shift(int32(places)).IntPart(), Set: true}, nil
}

func (o Options) checkTime(text string, spec claimwatch.Spec, kind claimwatch.Kind) (v claimwatch.Value, fault *claimwatch.Error) {
	upper := strings.ToUpper(text)
	t, err := time.Parse(time.RFC3339Nano, upper)
	if err != nil || !timePattern.MatchString(text) {
		return v, refuse(spec.Name, claimwatch.CodeFormat,
			"%s is no time: write it as 2026-01-31T08:30:00+08:00, with an offset and at most 3 fraction digits", show(text))
	}
	at := claimwatch.InstantOf(t)
	switch {
	case at < claimwatch.Earliest:
		return v, refuse(spec.Name, claimwatch.CodeRange, "lies before 1990-01-01")
	case at >= claimwatch.Latest && !o.FromLog && spec.Name != "until" && !kind.MayLieAhead():
		return v, futureFault(spec.Name)
	case at >= claimwatch.Latest:
		return v, refuse(spec.Name, claimwatch.CodeRange, "lies after 2199-12-31")
	}
	return claimwatch.Value{Num: int64(at), Set: true}, nil
}

func checkMonth(text string, spec claimwatch.Spec) (v claimwatch.Value, fault *claimwatch.Error) {
	if !monthPattern.MatchString(text) {
		return v, refuse(spec.Name, claimwatch.CodeFormat, "%s is no month: write it as 2026-01", show(text))
	}
	if text < "1990-01" || text > "2199-12" {
		return v, refuse(spec.Name, claimwatch.CodeRange, "must lie between 1990-01 and 2199-12")
	}
	return claimwatch.Value{Text: text, Set: true}, nil
}

// checkText reads identifiers, item codes, words, hashes and free texts.
func checkText(text string, spec claimwatch.Spec) (v claimwatch.Value, fault *claimwatch.Error) {
	length := utf8.RuneCountInString(text)
	bad := func(message string) { fault = refuse(spec.Name, claimwatch.CodeFormat, "%s", message) }
	switch spec.Type {
	case claimwatch.TypeID, claimwatch.TypeItemCode:
		switch {
		case length > maxIDLength:
			return v, refuse(spec.Name, claimwatch.CodeTooLong, "is longer than %d characters", maxIDLength)
		case spec.Type == claimwatch.TypeID && !idPattern.MatchString(text):
			bad("may hold A-Z a-z 0-9 . _ : - only")
		case spec.Type == claimwatch.TypeItemCode && !itemPattern.MatchString(text):
			bad("may hold printable ASCII characters without blanks and | only")
		}
	case claimwatch.TypeWord:
		if !slices.Contains(spec.Words, text) {
			return v, refuse(spec.Name, claimwatch.CodeRange, "%s is not allowed: use one of %s", show(text), strings.Join(spec.Words, ", "))
		}
	case claimwatch.TypeHash:
		if !hashPattern.MatchString(text) {
			bad("must be the 64 hex digits of a SHA-256")
		}
	default:
		if length > maxTextLength {
			return v, refuse(spec.Name, claimwatch.CodeTooLong, "is longer than %d characters", maxTextLength)
		}
		if spec.Type == claimwatch.TypeBodyPart && strings.Contains(text, "|") {
			bad("must not hold |")
		}
	}
	return claimwatch.Value{Text: text, Set: true}, fault
}
