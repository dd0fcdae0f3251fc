package decode

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"claimwatch"
)

// judge is a validator that compiles each pattern once.
type judge map[string]*regexp.Regexp

func (j judge) matches(pattern, text string) bool {
	if j[pattern] == nil {
		spelled := strings.NewReplacer(`\u0000`, `\x00`, `\u001f`, `\x1f`, `\u007f`, `\x7f`, `\u009f`, `\x{9f}`).Replace(pattern)
		j[pattern] = regexp.MustCompile(spelled)
	}
	return j[pattern].MatchString(text)
}

// valid judges a value by the words of JSON Schema that JSONSchema uses, and
// fails on any other word, so that none goes untested.
func (j judge) valid(t *testing.T, schema map[string]any, value any) bool {
	t.Helper()
	text, isText := value.(string)
	number, isNumber := value.(float64)
	list, isList := value.([]any)
	ok := true
	for word, arg := range schema {
		switch word {
		case "$schema", "title", "format", "properties", "required", "additionalProperties":
		case "type":
			ok = ok && hasType(arg.(string), value)
		case "const":
			ok = ok && value == arg
		case "enum":
			ok = ok && isOneOf(arg, value)
		case "pattern":
			ok = ok && (!isText || j.matches(arg.(string), text))
		case "minLength":
			ok = ok && (!isText || utf8.RuneCountInString(text) >= arg.(int))
		case "maxLength":
			ok = ok && (!isText || utf8.RuneCountInString(text) <= arg.(int))
		case "minimum":
			ok = ok && (!isNumber || number >= float64(arg.(int64)))
		case "maximum":
			ok = ok && (!isNumber || number <= float64(arg.(int64)))
		case "maxItems":
			ok = ok && (!isList || len(list) <= arg.(int))
		case "items":
			ok = ok && !slices.ContainsFunc(list, func(e any) bool { return !j.valid(t, arg.(map[string]any), e) })
		case "anyOf":
			ok = ok && slices.ContainsFunc(arg.([]any), func(s any) bool { return j.valid(t, s.(map[string]any), value) })
		default:
			t.Fatalf("schema word %q is unknown to the test", word)
		}
	}
	return ok
}

func hasType(name string, value any) bool {
	switch v := value.(type) {
	case string:
		return name == "string"
	case bool:
		return name == "boolean"
	case float64:
		return name == "integer" && v == math.Trunc(v)
	case []any:
		return name == "array"
	case map[string]any:
		return name == "object"
	default:
		return false
	}
}

func isOneOf(list, value any) bool {
	if words, ok := list.([]string); ok {
		text, isText := value.(string)
		return isText && slices.Contains(words, text)
	}
	for _, one := range list.([]any) {
		if one == value {
			return true
		}
	}
	return false
}

// validRecord judges a whole record.
func (j judge) record(t *testing.T, schema map[string]any, record map[string]any) bool {
	t.Helper()
	properties := schema["properties"].(map[string]any)
	for _, name := range schema["required"].([]string) {
		if _, ok := record[name]; !ok {
			return false
		}
	}
	for name, value := range record {
		property, ok := properties[name].(map[string]any)
		if !ok || !j.valid(t, property, value) {
			return false
		}
	}
	return schema["additionalProperties"] == false && schema["type"] == "object"
}

func members(t *testing.T, line string) (record map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(line), &record); err != nil {
		t.Fatalf("Unmarshal(%s) error:\n%+v", line, err)
	}
	return record
}

func TestSchemaTakesSamples(t *testing.T) {
	schemas, validator := JSONSchema(), judge{}
	if len(schemas) != len(claimwatch.Kinds()) {
		t.Fatalf("JSONSchema() has %d kinds, want %d", len(schemas), len(claimwatch.Kinds()))
	}
	for _, line := range samples(40) {
		record := members(t, line)
		if !validator.record(t, schemas[record["kind"].(string)].(map[string]any), record) {
			t.Errorf("schema refuses %s", line)
		}
	}
	if _, err := json.Marshal(schemas); err != nil {
		t.Errorf("Marshal() error:\n%+v", err)
	}
}

// beyondSchema are the codes that no schema here can foresee.
var beyondSchema = []claimwatch.Code{
	claimwatch.CodeRange, claimwatch.CodeFuture, claimwatch.CodeTimeOrder, claimwatch.CodeAmountMismatch,
	claimwatch.CodeNegativeWithoutReverses, claimwatch.CodeInstitutionMismatch,
}

// TestSchemaAgreesWithDecoder puts every probe into every field of every kind:
// what the schema refuses the decoder refuses, and what it takes the decoder
// takes or refuses for a reason beyond a schema.
func TestSchemaAgreesWithDecoder(t *testing.T) {
	probes := []any{
		nil, "", 5.0, 0.0, -1.0, 2.5, 1e12, true,
		map[string]any{},
		[]any{},
		[]any{"a"},
		[]any{""},
		[]any{5.0},
		"a", "a b", "a|b", "|", "骨",
		"fee", "1", "-1", "0.12345", "1.2", "01", "1.", "123456789", "2026-02-03T09:15:00Z", "2026-02-03T09:15:00", "2026-01", "2026-13",
		"a\nb", "a\u0085", strings.Repeat("a", 64), strings.Repeat("a", 65), strings.Repeat("床", 256), strings.Repeat("床", 257),
	}
	schemas, validator := JSONSchema(), judge{}
	took := 0
	for _, line := range samples(2) {
		record := members(t, line)
		kind, _ := claimwatch.ParseKind(record["kind"].(string))
		schema := schemas[kind.String()].(map[string]any)
		for _, spec := range append(claimwatch.CommonFields(kind)[1:], kind.Fields()...) {
			for _, probe := range probes {
				changed := members(t, line)
				changed[spec.Name] = probe
				text, err := json.Marshal(changed)
				if err != nil {
					t.Fatalf("Marshal() error:\n%+v", err)
				}
				_, fault := Decode(text, testOptions)
				switch accepted := validator.record(t, schema, changed); {
				case !accepted && fault == nil:
					t.Errorf("%s %s = %v: schema refuses, decoder takes", kind, spec.Name, probe)
				case accepted && fault != nil && !slices.Contains(beyondSchema, fault.Code):
					t.Errorf("%s %s = %v: schema takes, decoder says %v", kind, spec.Name, probe, fault)
				case accepted:
					took++
				}
			}
		}
	}
	if took < 500 {
		t.Error(fmt.Sprint("only ", took, " probes were taken, the test proves little"))
	}
}
