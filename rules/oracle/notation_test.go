package oracle

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"claimwatch"
)

// The tests write a record as one line, "fee f1 2026-03-02T08:00 item_code=LAB
// quantity=1": kind, record_id, local time, then fields. What is left out comes
// from the defaults of the kind.

var defaults = map[string]string{
	"admission":      "class=inpatient route=elective department=D1 diagnoses=S82.1",
	"transfer":       "department=D2 ward=W1 bed=B1",
	"leave":          "approved_by=X",
	"discharge":      "disposition=improved diagnoses=",
	"order":          "class=drug item_code=DRUG physician_id=dr1",
	"fee":            "item_code=DRUG item_name=x category=drug quantity=1 unit_price=10 amount=10",
	"identity_check": "method=face result=match device_id=d1",
	"care_record":    "type=nursing",
	"operation":      "procedure_code=1 surgeon_id=dr1",
	"exam_report":    "modality=CT body_part=HEAD reported_at=2030-01-01T00:00",
	"front_page":     "length_of_stay=1 total_amount=1 diagnoses= procedures=",
	"device_fitting": "item_code=DEV amount=1",
	"claim":          "month=2026-03 declared_amount=1 line_count=1",
}

// log reads lines of records; blank lines and what follows # do not count.
func log(t *testing.T, text string) []claimwatch.Record {
	t.Helper()
	var out []claimwatch.Record
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		if words := strings.Fields(line); len(words) > 0 {
			out = append(out, record(t, words))
		}
	}
	return out
}

func record(t *testing.T, words []string) claimwatch.Record {
	t.Helper()
	kind, ok := claimwatch.ParseKind(words[0])
	if !ok {
		t.Fatalf("kind %q is unknown", words[0])
	}
	r := claimwatch.Record{
		Kind: kind, RecordID: words[1], OccurredAt: at(t, words[2]), Revision: 1,
		InstitutionID: "h1", PersonID: "p1", StayID: "s1", Values: make([]claimwatch.Value, len(kind.Fields())),
	}
	for _, field := range append(strings.Fields(defaults[words[0]]), words[3:]...) {
		name, value, _ := strings.Cut(field, "=")
		switch name {
		case "inst":
			r.InstitutionID = value
		case "person":
			r.PersonID = value
		case "stay":
			r.StayID = value
		case "cancelled":
			r.Cancelled = true
		case "rev":
			if _, err := fmt.Sscan(value, &r.Revision); err != nil {
				t.Fatalf("revision %q: %v", value, err)
			}
		default:
			slot := kind.Slot(name)
			if slot < 0 {
				t.Fatalf("%s has no field %q", kind, name)
			}
			r.Values[slot] = fieldValue(t, kind.Fields()[slot], value)
		}
	}
	return r
}

func fieldValue(t *testing.T, spec claimwatch.Spec, text string) claimwatch.Value {
	t.Helper()
	switch {
	case spec.Type == claimwatch.TypeCodes:
		return claimwatch.Value{Text: strings.ReplaceAll(text, ";", claimwatch.ListSeparator), Set: true}
	case text == "":
		return claimwatch.Value{}
	case spec.Type == claimwatch.TypeTime:
		return claimwatch.Value{Num: int64(at(t, text)), Set: true}
	case spec.Type == claimwatch.TypeBool:
		value := claimwatch.Value{Set: true}
		if text == "true" {
			value.Num = 1
		}
		return value
	case spec.Type == claimwatch.TypeInt || spec.Type.IsDecimal():
		n, fault := claimwatch.ParseDecimal(text, spec.Type.Decimals(), 1<<53)
		if fault != "" {
			t.Fatalf("%s = %q: %s", spec.Name, text, fault)
		}
		return claimwatch.Value{Num: n, Set: true}
	default:
		return claimwatch.Value{Text: text, Set: true}
	}
}

// at reads a local time of one to three precisions.
func at(t *testing.T, text string) claimwatch.Instant {
	t.Helper()
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02T15:04:05.000"} {
		if moment, err := time.ParseInLocation(layout, text, claimwatch.Shanghai); err == nil {
			return claimwatch.InstantOf(moment)
		}
	}
	t.Fatalf("time %q is not readable", text)
	return 0
}

// rows reads rows of a table, one a line, "item_code=LAB category=lab".
func rows(text string) []map[string]string {
	out := []map[string]string{}
	for line := range strings.Lines(text) {
		row := map[string]string{}
		for _, field := range strings.Fields(line) {
			name, value, _ := strings.Cut(field, "=")
			row[name] = value
		}
		if len(row) > 0 {
			out = append(out, row)
		}
	}
	return out
}

// standard is a reference in which h1 needs faces and has level 2.
func standard() Reference {
	return Reference{
		"institutions": rows(`
			institution_id=h1 level=2 city=TY face_required=true
			institution_id=h2 level=1 city=DT face_required=false`),
		"items": rows(`
			item_code=BED valid_from=2020-01-01 category=bed unit=床日 price_cap_2=50
			item_code=NURSE valid_from=2020-01-01 category=nursing unit=日
			item_code=HOUR valid_from=2020-01-01 category=nursing unit=小时
			item_code=DRUG valid_from=2020-01-01 category=drug unit=盒
			item_code=LAB valid_from=2020-01-01 category=lab unit=次 price_cap_1=5 price_cap_2=10
			item_code=LAB2 valid_from=2020-01-01 category=lab unit=次
			item_code=CT valid_from=2020-01-01 category=exam unit=次
			item_code=MAX valid_from=2020-01-01 category=lab unit=次 max_per_day=3
			item_code=REG valid_from=2020-01-01 category=registration unit=次`),
	}
}

// short writes a finding on one line: rule, subject, severity, span, amount, lines.
func short(f claimwatch.Finding) string {
	instant := func(i *claimwatch.Instant) string {
		if i == nil {
			return "open"
		}
		return strings.TrimSuffix(i.Time().Format("01-02T15:04:05.000"), ":00.000")
	}
	out := fmt.Sprintf("%s %s %s %s..%s %s", f.Rule, f.Subject, string(f.Severity)[:1],
		instant(f.From), instant(f.Until), f.Amount)
	for _, l := range f.Lines {
		if l.Role == claimwatch.Violating {
			out += fmt.Sprintf(" %s:%s", l.RecordID, l.Amount)
		} else {
			out += " " + l.RecordID
		}
	}
	return out
}
