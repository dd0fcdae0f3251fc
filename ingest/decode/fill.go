package decode

import (
	"strings"

	"claimwatch"
)

// fill reads the values of a clean record of a known kind. Each check here says
// no to whatever the strict decoder would refuse, and to more.
func (d *Decoder) fill(line string, tokens []token, kind claimwatch.Kind, r *claimwatch.Record) bool {
	table := &keyTables[kind]
	*r = claimwatch.Record{
		Kind: kind, Revision: 1, InstitutionID: d.options.InstitutionID,
		Values: d.values(len(table.specs) - commonKeys),
	}
	var seen, present uint64
	for i := range tokens {
		t := &tokens[i]
		index := table.find(line[t.keyFrom:t.keyTo])
		if index < 0 || seen&(1<<index) != 0 {
			return false
		}
		seen |= 1 << index
		if t.kind == 'n' || t.kind == '"' && t.valueFrom == t.valueTo {
			continue // absent in another spelling
		}
		present |= 1 << index
		v, ok := quickValue(line, t, &table.specs[index])
		if !ok {
			return false
		}
		if index >= commonKeys {
			r.Values[index-commonKeys] = v
		} else if !d.common(r, index, v) {
			return false
		}
	}
	return present&table.required == table.required && r.InstitutionID != ""
}

// common puts a common field into its member of the record.
func (d *Decoder) common(r *claimwatch.Record, index int, v claimwatch.Value) bool {
	switch index {
	case keyRecordID:
		r.RecordID = v.Text
	case keyRevision:
		r.Revision = int32(v.Num)
	case keyCancelled:
		r.Cancelled = v.Num != 0
	case keyInstitutionID:
		if r.InstitutionID != "" && r.InstitutionID != v.Text {
			return false
		}
		r.InstitutionID = v.Text
	case keyPersonID:
		r.PersonID = v.Text
		return !claimwatch.IsIdentityCard(v.Text)
	case keyStayID:
		r.StayID = v.Text
	case keyOccurredAt:
		r.OccurredAt = claimwatch.Instant(v.Num)
	}
	return true
}

// quickValue reads one value that is there.
func quickValue(line string, t *token, spec *claimwatch.Spec) (v claimwatch.Value, ok bool) {
	v.Set = true
	switch spec.Type {
	case claimwatch.TypeBool:
		if t.kind == 't' {
			v.Num = 1
		}
		return v, t.kind == 't' || t.kind == 'f'
	case claimwatch.TypeInt:
		if t.kind != '0' {
			return v, false
		}
		v.Num, ok = quickInteger(line[t.valueFrom:t.valueTo])
		return v, ok && v.Num >= spec.Min && v.Num <= spec.Max
	case claimwatch.TypeCodes:
		if t.kind != '[' {
			return v, false
		}
		v.Text, ok = quickList(line[t.valueFrom:t.valueTo])
		return v, ok
	default: // a string, read below
	}
	if t.kind != '"' {
		return v, false
	}
	text, all := line[t.valueFrom:t.valueTo], t.class
	if all&classEscape != 0 {
		if text, ok = unescape(text); !ok {
			return v, false
		}
		all = classOf(text)
	}
	switch spec.Type {
	case claimwatch.TypeAmount, claimwatch.TypeQuantity, claimwatch.TypePrice, claimwatch.TypeRatio:
		v.Num, ok = quickDecimal(text, spec.Type.Decimals())
		ok = ok && v.Num >= spec.Min && v.Num <= spec.Max && (v.Num != 0 || spec.Type != claimwatch.TypeQuantity)
	case claimwatch.TypeTime:
		var at claimwatch.Instant
		at, ok = quickTime(text)
		v.Num, ok = int64(at), ok && at >= claimwatch.Earliest && at < claimwatch.Latest
	default:
		v.Text, ok = quickText(text, all, spec)
	}
	return v, ok
}

// quickText reads identifiers, item codes, words, hashes, months and free texts.
func quickText(text string, all class, spec *claimwatch.Spec) (string, bool) {
	switch spec.Type {
	case claimwatch.TypeID:
		return text, len(text) <= maxIDLength && all&classNotID == 0
	case claimwatch.TypeItemCode:
		return text, len(text) <= maxIDLength && all&classNotItem == 0
	case claimwatch.TypeWord:
		for _, word := range spec.Words {
			if word == text {
				return word, true // the table's own memory, not the line's
			}
		}
		return text, spec.Name == "kind" // read before
	case claimwatch.TypeHash:
		return text, len(text) == 64 && isHex(text)
	case claimwatch.TypeMonth:
		return text, isMonth(text)
	case claimwatch.TypeBodyPart:
		return text, isText(text, all) && strings.IndexByte(text, '|') < 0
	default:
		return text, isText(text, all)
	}
}

// quickList reads the elements of a list that the scanner has found well formed.
func quickList(raw string) (string, bool) {
	i := skipBlanks(raw, 0)
	if i == len(raw) {
		return "", true
	}
	var joined strings.Builder
	joined.Grow(len(raw))
	for count := 0; ; count++ {
		end, all := scanString(raw, i+1)
		text := raw[i+1 : end]
		if all&classEscape != 0 {
			plain, ok := unescape(text)
			if !ok {
				return "", false
			}
			text, all = plain, classOf(plain)
		}
		if text == "" || !isText(text, all) || count == maxElements {
			return "", false
		}
		if count > 0 {
			joined.WriteString(claimwatch.ListSeparator)
		}
		joined.WriteString(text)
		if i = skipBlanks(raw, end+1); i == len(raw) {
			// Separators count here and not there: the strict decoder has the last word.
			return joined.String(), joined.Len() <= maxListBytes
		}
		i = skipBlanks(raw, i+1) // the comma
	}
}
