package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"claimwatch"
)

// World is a set of facts: records, and rows of reference tables in the order
// of their columns.
type World struct {
	Records   []CaseRecord
	Reference map[string][][]claimwatch.Value
}

// CaseRecord is a record of a case with its reception. One that is Refused
// contradicts another and is no fact itself.
type CaseRecord struct {
	*claimwatch.Record
	ReceivedAt claimwatch.Instant
	Refused    bool
}

// caseYear is the year of times that name none.
const caseYear = "2026-"

// caseDefaults are what a fact says when its line does not.
var caseDefaults = map[string]map[string]string{
	"admission":      {"class": "inpatient", "route": "elective", "department": "orthopaedics"},
	"transfer":       {"department": "surgery", "ward": "W9", "bed": "9"},
	"leave":          {"approved_by": "N1"},
	"discharge":      {"disposition": "improved"},
	"order":          {"class": "treatment", "item_code": "T1", "physician_id": "D1"},
	"fee":            {"item_code": "X1", "category": "other", "quantity": "1", "unit_price": "10"},
	"identity_check": {"method": "face", "result": "match", "device_id": "V1"},
	"care_record":    {"type": "execution"},
	"operation":      {"procedure_code": "00.1", "surgeon_id": "D1"},
	"exam_report":    {"modality": "CT", "body_part": "head"},
	"front_page":     {"length_of_stay": "1", "total_amount": "0"},
	"device_fitting": {"item_code": "X1", "amount": "10"},
	"claim":          {"month": "2026-01", "declared_amount": "0", "line_count": "0"},
	"institutions":   {"kind": "medical", "level": "3", "city": "Taiyuan"},
	"items":          {"category": "other", "unit": "each", "in_scope": "true"},
	"persons":        {"sex": "M", "born": "1980-01-01", "insured_city": "Taiyuan"},
}

// prefixed are the fields and columns that name something shared between
// cases; each case has its own, by a prefix.
var prefixed = []string{
	"institution_id", "person_id", "item_code", "injury_case_id", "referral_id", "physician_id",
	"from_institution_id", "to_institution_id", "included_code", "high_code", "low_code", "pair_id", "limit_id",
	"appraisal_id", "whitelist_id", "package_code", "surgeon_id", "city", "region", "insured_city",
}

// Facts lists what a case is about, one fact a line: the world's, without those
// that it leaves out or replaces, and its own; the row of H1 where no
// institution is named.
func (f CaseFile) Facts(c Case) []string {
	replaced := map[string]bool{}
	for _, id := range c.Without {
		replaced[id] = true
	}
	for _, text := range c.Add {
		replaced[factID(text)] = true
	}
	facts := slices.DeleteFunc(slices.Clone(f.World), func(text string) bool { return replaced[factID(text)] })
	facts = append(facts, c.Add...)
	if !slices.ContainsFunc(facts, func(text string) bool { return strings.HasPrefix(text, "institutions ") }) {
		facts = append(facts, "institutions institution_id=H1")
	}
	return facts
}

// world builds the facts of a case; prefix keeps them apart from other cases.
func (f CaseFile) world(c Case, prefix string) (World, error) {
	w := World{Reference: map[string][][]claimwatch.Value{}}
	for _, text := range f.Facts(c) {
		if err := w.fact(text, prefix); err != nil {
			return w, err
		}
	}
	return w, nil
}

// factID is what an added fact replaces: the record of the same id, the row of
// the same institution. Rows of other tables add up.
func factID(text string) string {
	words := strings.Fields(text)
	switch {
	case len(words) > 1 && words[0] == "institutions":
		return words[0] + " " + words[1]
	case len(words) == 0 || isTable(words[0]) || slices.Contains(words, "conflict=true"):
		return text
	default:
		return words[0]
	}
}

func isTable(name string) bool {
	_, known := claimwatch.TableNamed(name)
	return known
}

// fact adds one line: "F1 fee 01-02T08:00 item_code=CT quantity=2" is a record,
// "items item_code=CT price_cap_3=100" a row of a reference table. Records are
// of H1, P1 and S1 unless they say institution_id=, person_id= or stay_id=;
// fields that are not named take a plain default. received= is when it was
// received, by default when it happened; conflict=true makes it an upload that was
// refused because the record stands with other content.
func (w *World) fact(text, prefix string) error {
	words := strings.Fields(text)
	if len(words) > 0 && isTable(words[0]) {
		return w.reference(words[0], words[1:], prefix)
	}
	if len(words) < 3 {
		return fmt.Errorf("read fact %q: want an id, a kind and a time, or a table", text)
	}
	kind, known := claimwatch.ParseKind(words[1])
	if !known {
		return fmt.Errorf("read fact %q: there is no kind %s", text, words[1])
	}
	at, err := caseTime(words[2])
	if err != nil {
		return fmt.Errorf("read fact %q: %w", text, err)
	}
	given, err := assignments(words[3:], kind.String(), prefix)
	if err != nil {
		return fmt.Errorf("read fact %q: %w", text, err)
	}
	r := &claimwatch.Record{
		Kind: kind, Revision: 1, RecordID: words[0], OccurredAt: at,
		InstitutionID: given.take("institution_id", prefix+"H1"), PersonID: given.take("person_id", prefix+"P1"),
		StayID: given.take("stay_id", "S1"), Cancelled: given.take("cancelled", "false") == "true",
	}
	revision, err := strconv.Atoi(given.take("revision", "1"))
	if err != nil {
		return fmt.Errorf("read fact %q: revision: %w", text, err)
	}
	r.Revision = int32(revision)
	received, err := caseTime(given.take("received", words[2]))
	if err != nil {
		return fmt.Errorf("read fact %q: received: %w", text, err)
	}
	refused := given.take("conflict", "false") == "true"
	if err := fillRecord(r, given); err != nil {
		return fmt.Errorf("read fact %q: %w", text, err)
	}
	w.Records = append(w.Records, CaseRecord{Record: r, ReceivedAt: received, Refused: refused})
	return given.rest(text)
}

// assigned are the name=value words of a fact that nobody has read yet.
type assigned map[string]string

func assignments(words []string, what, prefix string) (assigned, error) {
	given := assigned{}
	for name, value := range caseDefaults[what] {
		given[name] = value
	}
	for _, word := range words {
		name, value, pair := strings.Cut(word, "=")
		if !pair {
			return nil, fmt.Errorf("%q is no name=value", word)
		}
		given[name] = value
	}
	for _, name := range prefixed {
		if value := given[name]; value != "" {
			given[name] = prefix + value
		}
	}
	if codes := given["component_codes"]; codes != "" {
		given["component_codes"] = prefix + strings.ReplaceAll(codes, ";", ";"+prefix)
	}
	return given, nil
}

// take removes a value and gives it, or the default.
func (a assigned) take(name, otherwise string) string {
	value, given := a[name]
	delete(a, name)
	if !given {
		return otherwise
	}
	return value
}

// rest says what nobody has taken.
func (a assigned) rest(text string) error {
	for name := range a {
		return fmt.Errorf("read fact %q: there is no field %s", text, name)
	}
	return nil
}

// fillRecord reads the further fields; the amount of a fee is that of its
// quantity and price unless given.
func fillRecord(r *claimwatch.Record, given assigned) error {
	specs := r.Kind.Fields()
	r.Values = make([]claimwatch.Value, len(specs))
	for i, spec := range specs {
		text, has := given[spec.Name]
		delete(given, spec.Name)
		if !has && spec.Type == claimwatch.TypeText && spec.Required {
			text, has = "some", true
		}
		if spec.Type == claimwatch.TypeCodes {
			r.Values[i] = claimwatch.Value{Text: strings.ReplaceAll(text, ";", claimwatch.ListSeparator), Set: true}
			continue
		}
		if !has || text == "" {
			continue
		}
		value, err := caseValue(spec.Type, text)
		if err != nil {
			return fmt.Errorf("field %s: %w", spec.Name, err)
		}
		r.Values[i] = value
	}
	if slot := r.Kind.Slot("amount"); r.Kind == claimwatch.Fee && !r.Values[slot].Set {
		amount := claimwatch.Product(r.Field("quantity").Num, r.Field("unit_price").Num)
		r.Values[slot] = claimwatch.Value{Num: int64(amount), Set: true}
	}
	return nil
}

func caseValue(t claimwatch.Type, text string) (claimwatch.Value, error) {
	v := claimwatch.Value{Set: true}
	switch t {
	case claimwatch.TypeBool:
		if text == "true" {
			v.Num = 1
		}
	case claimwatch.TypeTime:
		at, err := caseTime(text)
		v.Num = int64(at)
		return v, err
	case claimwatch.TypeInt, claimwatch.TypeAmount, claimwatch.TypeQuantity, claimwatch.TypePrice, claimwatch.TypeRatio:
		n, fault := claimwatch.ParseDecimal(text, t.Decimals(), claimwatch.MaxPrice)
		if fault != "" {
			return v, fmt.Errorf("%q: %s", text, fault)
		}
		v.Num = n
	default:
		v.Text = text
	}
	return v, nil
}

// caseTime reads a local time with or without year, seconds and fraction.
func caseTime(text string) (claimwatch.Instant, error) {
	if len(text) < 5 || text[4] != '-' {
		text = caseYear + text
	}
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05"} {
		if t, err := time.ParseInLocation(layout, text, claimwatch.Shanghai); err == nil {
			return claimwatch.InstantOf(t), nil
		}
	}
	return 0, fmt.Errorf("%q is no local time like 01-02T08:00", text)
}

// reference adds a row of a reference table.
func (w *World) reference(name string, words []string, prefix string) error {
	table, _ := claimwatch.TableNamed(name)
	given, err := assignments(words, name, prefix)
	if err != nil {
		return fmt.Errorf("read row of %s: %w", name, err)
	}
	row := make([]claimwatch.Value, len(table.Columns))
	for i, column := range table.Columns {
		text := given.take(column.Name, "")
		if text == "" && !column.Optional {
			text = plainColumn(column)
		}
		if text == "" {
			continue
		}
		if row[i], err = caseColumn(column, text); err != nil {
			return fmt.Errorf("read row of %s: %s: %w", name, column.Name, err)
		}
	}
	w.Reference[name] = append(w.Reference[name], row)
	return given.rest(name)
}

// plainColumn stands for a required column that a case does not care about.
func plainColumn(c claimwatch.Column) string {
	switch c.Type {
	case claimwatch.ColumnWord:
		return c.Words[0]
	case claimwatch.ColumnBool:
		return "false"
	case claimwatch.ColumnInt:
		return strconv.FormatInt(c.Min, 10)
	case claimwatch.ColumnAmount, claimwatch.ColumnPrice, claimwatch.ColumnNumber:
		return "0"
	case claimwatch.ColumnDay:
		return "2000-01-01"
	default:
		return "some"
	}
}

func caseColumn(c claimwatch.Column, text string) (claimwatch.Value, error) {
	v := claimwatch.Value{Set: true}
	decimals, isNumber := map[claimwatch.ColumnType]int{
		claimwatch.ColumnInt: 0, claimwatch.ColumnAmount: 2,
		claimwatch.ColumnPrice: 6, claimwatch.ColumnNumber: 4,
	}[c.Type]
	switch {
	case isNumber:
		n, fault := claimwatch.ParseDecimal(text, decimals, claimwatch.MaxPrice)
		if fault != "" {
			return v, fmt.Errorf("%q: %s", text, fault)
		}
		v.Num = n
	case c.Type == claimwatch.ColumnBool:
		if slices.Contains([]string{"true", "1"}, text) {
			v.Num = 1
		}
	case c.Type == claimwatch.ColumnDay:
		d, err := claimwatch.ParseDay(text)
		v.Num = int64(d)
		return v, err
	case c.Type == claimwatch.ColumnTime:
		at, err := caseTime(text)
		v.Num = int64(at)
		return v, err
	case c.Type == claimwatch.ColumnList:
		v.Text = strings.ReplaceAll(text, ";", claimwatch.ListSeparator)
	default:
		v.Text = text
	}
	return v, nil
}
