package decode

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// The ordinary records that the cases change; dates lie before testNow.
const (
	admissionLine = `{"kind":"admission","record_id":"A1","person_id":"P1","stay_id":"S1","occurred_at":"2026-02-01T08:00:00+08:00","class":"inpatient","route":"emergency","department":"骨科","diagnoses":["S72.001"]}`
	orderLine     = `{"kind":"order","record_id":"O1","person_id":"P1","stay_id":"S1","occurred_at":"2026-02-01T08:00:00+08:00","class":"drug","item_code":"X1","physician_id":"D1"}`
	operationLine = `{"kind":"operation","record_id":"OP1","person_id":"P1","stay_id":"S1","occurred_at":"2026-02-01T08:00:00+08:00","until":"2026-02-01T10:00:00+08:00","procedure_code":"79.35","surgeon_id":"D1"}`
	reportLine    = `{"kind":"exam_report","record_id":"E1","person_id":"P1","stay_id":"S1","occurred_at":"2026-02-01T08:00:00+08:00","reported_at":"2026-02-01T09:00:00+08:00","modality":"CT","body_part":"胸部"}`
	checkLine     = `{"kind":"identity_check","record_id":"I1","person_id":"P1","stay_id":"S1","occurred_at":"2026-02-01T08:00:00+08:00","method":"face","score":"0.9","result":"match","device_id":"DEV1"}`
	fittingLine   = `{"kind":"device_fitting","record_id":"D1","person_id":"P1","occurred_at":"2026-02-01T08:00:00+08:00","item_code":"X1","amount":"5000.00"}`
	claimLine     = `{"kind":"claim","record_id":"C1","person_id":"P1","stay_id":"S1","occurred_at":"2026-02-01T08:00:00+08:00","month":"2026-01","declared_amount":"128.50","line_count":12}`
	pageLine      = `{"kind":"front_page","record_id":"FP1","person_id":"P1","stay_id":"S1","occurred_at":"2026-02-01T08:00:00+08:00","length_of_stay":0,"total_amount":"128.50","diagnoses":[],"procedures":[]}`
	leaveLine     = `{"kind":"leave","record_id":"L1","person_id":"P1","stay_id":"S1","occurred_at":"2026-02-01T08:00:00+08:00","until":"2026-02-01T20:00:00+08:00","approved_by":"王"}`
)

// recordCase is one record and the verdict on it; no code means accepted.
type recordCase struct {
	name    string
	base    string         // feeLine when empty
	changes map[string]any // members of base to set, nil removes one
	raw     string         // the line itself, instead of base
	code    claimwatch.Code
	field   string
}

func (c recordCase) line(t testing.TB) string {
	t.Helper()
	switch {
	case c.raw != "":
		return c.raw
	case c.base != "":
		return edit(t, c.base, c.changes)
	default:
		return edit(t, feeLine, c.changes)
	}
}

type set = map[string]any

// refund makes a fee line a refund.
func refund(quantity, amount string) set {
	return set{"reverses": "F0", "quantity": quantity, "amount": amount}
}

func TestDecode(t *testing.T) {
	for _, c := range recordCases {
		t.Run(c.name, func(t *testing.T) {
			line := c.line(t)
			record, fault := Decode([]byte(line), testOptions)
			gotCode, gotField := claimwatch.Code(""), ""
			if fault != nil {
				gotCode, gotField = fault.Code, fault.Field
				if len(fault.Message) > 600 || !utf8.ValidString(fault.Message) {
					t.Errorf("message of %d bytes, want a short text:\n%s", len(fault.Message), fault.Message)
				}
			}
			if gotCode != c.code || gotField != c.field {
				t.Fatalf("Decode(%.300s) = %q %q (%v), want %q %q", line, gotCode, gotField, fault, c.code, c.field)
			}
			if fault == nil && record.InstitutionID != "H001" {
				t.Errorf("InstitutionID = %q, want H001", record.InstitutionID)
			}
			compare(t, line, testOptions)
		})
	}
}

func TestDecodeFillsTheRecord(t *testing.T) {
	line := edit(t, feeLine, set{"revision": 3, "cancelled": true, "self_pay": false, "days_supply": 7, "from": "2026-02-03T00:00:00.5Z"})
	got, fault := Decode([]byte(line), testOptions)
	if fault != nil {
		t.Fatalf("Decode() error:\n%+v", fault)
	}
	text := func(s string) claimwatch.Value { return claimwatch.Value{Text: s, Set: true} }
	number := func(n int64) claimwatch.Value { return claimwatch.Value{Num: n, Set: true} }
	want := claimwatch.Record{
		Kind: claimwatch.Fee, Cancelled: true, Revision: 3, RecordID: "F-2026-000123", InstitutionID: "H001",
		PersonID: "P00012345", StayID: "S-88871", OccurredAt: 1_770_081_300_000,
		Values: []claimwatch.Value{
			text("110200001"), text("普通床位费"), text("bed"), number(10_000), number(35_000_000), number(3500),
			text("O-5521"),
			{},
			text("D0042"), text("骨科"), number(7), text("normal"),
			{},
			number(0),
			{},
			number(1_770_076_800_500),
			{},
			{},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Decode() (-want, +got):\n%s", diff)
	}
}

func TestDecodeNamesARefusedRecord(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{edit(t, feeLine, set{"amount": "x"}), "F-2026-000123"},
		{edit(t, feeLine, set{"amount": "99.00"}), "F-2026-000123"}, // refused after the scanner said yes
		{edit(t, feeLine, set{"record_id": "no good"}), ""},
		{`{"record_id":"A","record_id":"B"}`, ""},
		{`{"record_id":"A"`, ""},
	} {
		got, fault := Decode([]byte(c.line), testOptions)
		if fault == nil {
			t.Fatalf("Decode(%s) = nil, want a refusal", c.line)
		}
		if diff := cmp.Diff(claimwatch.Record{RecordID: c.want}, got); diff != "" {
			t.Errorf("Decode(%s) leaves (-want, +got):\n%s", c.line, diff)
		}
	}
}

func TestDecodeFromTheLog(t *testing.T) {
	line := edit(t, feeLine, set{"institution_id": "H001"})
	for _, c := range []struct {
		name    string
		options Options
		want    claimwatch.Code
	}{
		{"a clock that went back refuses nothing", Options{InstitutionID: "H001", Now: 0, FromLog: true}, ""},
		{"no key: the record names its institution", Options{FromLog: true}, ""},
		{"another key", Options{InstitutionID: "H002", FromLog: true}, claimwatch.CodeInstitutionMismatch},
	} {
		if _, fault := Decode([]byte(line), c.options); codeOf(fault) != c.want {
			t.Errorf("%s: Decode() = %v, want %q", c.name, fault, c.want)
		}
	}
	if _, fault := Decode([]byte(feeLine), Options{FromLog: true}); codeOf(fault) != claimwatch.CodeMissing {
		t.Errorf("Decode() without any institution = %v, want missing", fault)
	}
}

func codeOf(fault *claimwatch.Error) claimwatch.Code {
	if fault == nil {
		return ""
	}
	return fault.Code
}

func TestSyntaxOffset(t *testing.T) {
	for _, c := range []struct {
		line string
		want int64
	}{
		{`{"kind":fee}`, 9},
		{`{"kind":"fee"`, 13},
		{`{"kind":"fee"} x`, 14},
		{`x`, 0},
		{``, 0},
		{"{\"a\":\"\t\",x}", 9},
		{`{"a":1,}`, 6},
	} {
		_, fault := Decode([]byte(c.line), testOptions)
		got, ok := Offset(fault)
		if !ok || got != c.want {
			t.Errorf("Offset(Decode(%q)) = %d %v, want %d (%v)", c.line, got, ok, c.want, fault)
		}
	}
	if _, ok := Offset(claimwatch.Refuse(claimwatch.CodeType, "x")); ok {
		t.Error("Offset(type) is there, want none")
	}
}

// TestOneFaultWhateverTheKeyOrder holds the order of the package comment.
func TestOneFaultWhateverTheKeyOrder(t *testing.T) {
	first := `{"kind":"fee","record_id":"x y","person_id":5,"nonsense":1,"amount":"1.234"}`
	second := `{"amount":"1.234","nonsense":1,"person_id":5,"record_id":"x y","kind":"fee"}`
	_, a := Decode([]byte(first), testOptions)
	_, b := Decode([]byte(second), testOptions)
	if diff := cmp.Diff(a, b); diff != "" || a.Code != claimwatch.CodeUnknownField {
		t.Errorf("Decode() of two orders (-first, +second):\n%s\nwant unknown_field, got %v", diff, a)
	}
}

// TestHugeInputs feeds what is made to break parsers; each must end soon.
func TestHugeInputs(t *testing.T) {
	var keys strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&keys, `"k%d":1,`, i)
	}
	for _, c := range []struct {
		name, line string
		want       claimwatch.Code
	}{
		{"20,000 open brackets", strings.Repeat("[", 20_000), claimwatch.CodeSyntax},
		{"20,000 brackets", strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000), claimwatch.CodeSyntax},
		{"9,000 brackets", strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000), claimwatch.CodeType},
		{"20,000 objects", `{"kind":"fee","x":` + strings.Repeat(`{"a":`, 20_000) + "1" + strings.Repeat("}", 20_001), claimwatch.CodeSyntax},
		{"60,000 keys", "{" + keys.String() + `"kind":"fee"}`, claimwatch.CodeUnknownField},
		{"a million keys", "{" + strings.Repeat(keys.String(), 20) + `"kind":"fee"}`, claimwatch.CodeTooLong},
		{"a string of 10 MB", `{"kind":"` + strings.Repeat("x", 10<<20) + `"}`, claimwatch.CodeTooLong},
		{"a number of 100,000 digits", edit(t, feeLine, set{"amount": strings.Repeat("9", 100_000)}), claimwatch.CodeRange},
		{"a list of 100,000", edit(t, admissionLine, set{"diagnoses": strings.Split(strings.Repeat("a", 100_000), "")}), claimwatch.CodeTooLong},
	} {
		if _, fault := Decode([]byte(c.line), testOptions); codeOf(fault) != c.want {
			t.Errorf("%s: Decode() = %v, want %s", c.name, fault, c.want)
		}
	}
}

// TestMessagesEchoLittle holds that no message repeats much of the input.
func TestMessagesEchoLittle(t *testing.T) {
	long := strings.Repeat("长", 300)
	for _, c := range []set{{"kind": long}, {"category": long}, {"amount": long}, {"occurred_at": long}, {long: 1}, {"person_id": long}} {
		_, fault := Decode([]byte(edit(t, feeLine, c)), testOptions)
		if fault == nil || strings.Count(fault.Message, "长") > maxShown || strings.Count(fault.Field, "长") > maxShown {
			t.Errorf("Decode() = %v, want a refusal that repeats at most %d characters", fault, maxShown)
		}
	}
	card := "11010519491231002X"
	if _, fault := Decode([]byte(edit(t, feeLine, set{"person_id": card})), testOptions); strings.Contains(fault.Error(), card) {
		t.Errorf("the message repeats an identity-card number: %v", fault)
	}
}
