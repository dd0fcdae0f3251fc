package decode

import (
	"strings"

	"claimwatch"
)

// recordCases are the verdicts of the contract, sections 1 and 6, one by one.
var recordCases = join(lineCases, keyCases, fieldCases, numberCases, timeCases, togetherCases)

func join(groups ...[]recordCase) (all []recordCase) {
	for _, group := range groups {
		all = append(all, group...)
	}
	return all
}

var lineCases = []recordCase{
	{name: "ordinary fee"},
	{name: "ordinary admission", base: admissionLine},
	{name: "ordinary order", base: orderLine},
	{name: "ordinary operation", base: operationLine},
	{name: "ordinary exam report", base: reportLine},
	{name: "ordinary identity check", base: checkLine},
	{name: "ordinary device fitting", base: fittingLine},
	{name: "ordinary claim", base: claimLine},
	{name: "ordinary front page", base: pageLine},
	{name: "ordinary leave", base: leaveLine},
	{name: "blanks around", raw: " \t" + feeLine + " \r"},
	{name: "cut", raw: feeLine[:50], code: "syntax"},
	{name: "comment", raw: "// fees of March", code: "syntax"},
	{name: "trailing", raw: feeLine + "x", code: "syntax"},
	{name: "two objects", raw: feeLine + feeLine, code: "syntax"},
	{name: "byte order mark inside", raw: "\ufeff" + feeLine, code: "syntax"},
	{name: "single quotes", raw: `{'kind':'fee'}`, code: "syntax"},
	{name: "NaN", raw: `{"kind":"fee","amount":NaN}`, code: "syntax"},
	{name: "bad escape", raw: `{"kind":"f\ee"}`, code: "syntax"},
	{name: "null", raw: "null", code: "type"},
	{name: "array", raw: "[" + feeLine + "]", code: "type"},
	{name: "string", raw: `"fee"`, code: "type"},
	{name: "number", raw: "12", code: "type"},
	{name: "empty object", raw: "{}", code: "missing", field: "kind"},
	{name: "GBK", raw: "{\"kind\":\"fee\",\"item_name\":\"\xb4\xb2\xce\xbb\xb7\xd1\"}", code: "not_utf8"},
	{name: "UTF-16", raw: "\xff\xfe{\x00\"\x00", code: "not_utf8"},
	{name: "UTF-16 without a mark", raw: "{\x00\"\x00k\x00i\x00n\x00d\x00\"\x00:\x00\"\x00f\x00e\x00e\x00\"\x00}\x00", code: "not_utf8"},
	{name: "half a surrogate pair", raw: strings.Replace(feeLine, "普通", `\ud800`, 1), code: "not_utf8"},
	{name: "halves in the wrong order", raw: strings.Replace(feeLine, "普通", `\udc00\ud800`, 1), code: "not_utf8"},
	{name: "half a pair in a key", raw: `{"\ud800":1}`, code: "not_utf8"},
	{name: "a whole surrogate pair", raw: strings.Replace(feeLine, "普通", `\ud83d\ude00`, 1)},
	{name: "too long", raw: `{"kind":"fee","item_name":"` + strings.Repeat("x", MaxLine) + `"}`, code: "too_long"},
}

var keyCases = []recordCase{
	{name: "key twice", raw: `{"amount":"1","amount":"2"}`, code: "duplicate_key", field: "amount"},
	{name: "key twice, once escaped", raw: strings.Replace(feeLine, `{`, `{"\u006bind":"fee",`, 1), code: "duplicate_key", field: "kind"},
	{name: "key twice, same value", raw: strings.Replace(feeLine, `{`, `{"kind":"fee",`, 1), code: "duplicate_key", field: "kind"},
	{name: "key twice, null", raw: strings.Replace(feeLine, `{`, `{"serial_no":null,"serial_no":null,`, 1), code: "duplicate_key", field: "serial_no"},
	{name: "key in two cases", raw: strings.Replace(feeLine, `{`, `{"RECORD_ID":"x",`, 1), code: "duplicate_key", field: "record_id"},
	{name: "kind in two cases", raw: strings.Replace(feeLine, `{`, `{"Kind":"fee",`, 1), code: "duplicate_key", field: "kind"},
	{name: "key in another case", raw: strings.Replace(feeLine, "record_id", "Record_ID", 1), code: "unknown_field", field: "Record_ID"},
	{name: "kind in another case", raw: strings.Replace(feeLine, "kind", "KIND", 1), code: "unknown_field", field: "KIND"},
	{name: "unknown field", changes: set{"currency": "CNY"}, code: "unknown_field", field: "currency"},
	{name: "unknown field, null", changes: set{"": ""}, code: "unknown_field", field: ""},
	{name: "field of another kind", changes: set{"ward": "1"}, code: "unknown_field", field: "ward"},
	{name: "nested unknown field", raw: strings.Replace(feeLine, `{`, `{"x":{"y":[1,{"z":null}]},`, 1), code: "unknown_field", field: "x"},
	{name: "kind missing", changes: set{"kind": nil}, code: "missing", field: "kind"},
	{name: "kind empty", changes: set{"kind": ""}, code: "missing", field: "kind"},
	{name: "kind of a wrong type", changes: set{"kind": 1}, code: "type", field: "kind"},
	{name: "kind unknown", changes: set{"kind": "invoice"}, code: "unknown_kind", field: "kind"},
	{name: "kind in capitals", changes: set{"kind": "FEE"}, code: "unknown_kind", field: "kind"},
	{name: "kind with NUL", changes: set{"kind": "fee\x00"}, code: "control_char", field: "kind"},
}

var fieldCases = []recordCase{
	{name: "required absent", changes: set{"item_code": nil}, code: "missing", field: "item_code"},
	{name: "required null", raw: strings.Replace(feeLine, `"35.00","order`, `null,"order`, 1), code: "missing", field: "amount"},
	{name: "required empty", changes: set{"amount": ""}, code: "missing", field: "amount"},
	{name: "stay missing", changes: set{"stay_id": nil}, code: "missing", field: "stay_id"},
	{name: "stay not needed for a device", base: fittingLine, changes: set{"stay_id": ""}},
	{name: "cancelled records are whole", changes: set{"cancelled": true, "amount": nil}, code: "missing", field: "amount"},
	{name: "optional null", raw: strings.Replace(feeLine, `"O-5521"`, `null`, 1)},
	{name: "optional empty number", changes: set{"days_supply": "", "revision": "", "cancelled": ""}},
	{name: "list missing", base: admissionLine, changes: set{"diagnoses": nil}, code: "missing", field: "diagnoses"},
	{name: "list empty", base: admissionLine, changes: set{"diagnoses": []string{}}},
	{name: "list of numbers", base: admissionLine, changes: set{"diagnoses": []int{1}}, code: "type", field: "diagnoses"},
	{name: "list of lists", base: admissionLine, changes: set{"diagnoses": []any{[]any{}}}, code: "type", field: "diagnoses"},
	{name: "list with an empty element", base: admissionLine, changes: set{"diagnoses": []string{"S72", ""}}, code: "missing", field: "diagnoses"},
	{name: "list with null", base: admissionLine, changes: set{"diagnoses": []any{nil}}, code: "missing", field: "diagnoses"},
	{name: "list is a string", base: admissionLine, changes: set{"diagnoses": "S72"}, code: "type", field: "diagnoses"},
	{name: "element with a separator", base: admissionLine, changes: set{"diagnoses": []string{"a\x1fb"}}, code: "control_char", field: "diagnoses"},
	{name: "element too long", base: admissionLine, changes: set{"diagnoses": []string{strings.Repeat("伤", 257)}}, code: "too_long", field: "diagnoses"},
	{name: "1,000 elements", base: admissionLine, changes: set{"diagnoses": strings.Split(strings.Repeat("a", 1000), "")}},
	{name: "1,001 elements", base: admissionLine, changes: set{"diagnoses": strings.Split(strings.Repeat("a", 1001), "")}, code: "too_long", field: "diagnoses"},
	{name: "id is a number", changes: set{"person_id": 12}, code: "type", field: "person_id"},
	{name: "id is an object", changes: set{"person_id": set{}}, code: "type", field: "person_id"},
	{name: "bool is a string", changes: set{"self_pay": "true"}, code: "type", field: "self_pay"},
	{name: "bool is a number", changes: set{"cancelled": 1}, code: "type", field: "cancelled"},
	{name: "id of 64", changes: set{"person_id": strings.Repeat("A", 64)}},
	{name: "id of 65", changes: set{"person_id": strings.Repeat("A", 65)}, code: "too_long", field: "person_id"},
	{name: "id with a blank", changes: set{"person_id": "P 1"}, code: "format", field: "person_id"},
	{name: "id is a name", changes: set{"person_id": "王小明"}, code: "format", field: "person_id"},
	{name: "id in full-width digits", changes: set{"person_id": "１２３"}, code: "format", field: "person_id"},
	{name: "id with every legal mark", changes: set{"person_id": "a.B_9:-"}},
	{name: "id with a zero-width space", changes: set{"person_id": "P1\u200b"}, code: "control_char", field: "person_id"},
	{name: "identity-card number", changes: set{"person_id": "11010519491231002X"}, code: "format", field: "person_id"},
	{name: "identity-card number, small x", changes: set{"person_id": "11010519491231002x"}, code: "format", field: "person_id"},
	{name: "18 digits with a wrong check digit", changes: set{"person_id": "110105194912310021"}},
	{name: "18 digits without a date", changes: set{"person_id": "110105194913310026"}},
	{name: "another institution", changes: set{"institution_id": "H002"}, code: "institution_mismatch", field: "institution_id"},
	{name: "the same institution", changes: set{"institution_id": "H001"}},
	{name: "item code with a blank", changes: set{"item_code": "A 1"}, code: "format", field: "item_code"},
	{name: "item code with a bar", changes: set{"item_code": "A|1"}, code: "format", field: "item_code"},
	{name: "item code in Chinese", changes: set{"item_code": "床位"}, code: "format", field: "item_code"},
	{name: "item code with marks", changes: set{"item_code": `{"!~'@$?`}},
	{name: "item code of 65", changes: set{"item_code": strings.Repeat("1", 65)}, code: "too_long", field: "item_code"},
	{name: "body part with a bar", base: reportLine, changes: set{"body_part": "左|右"}, code: "format", field: "body_part"},
	{name: "word outside its list", changes: set{"category": "BED"}, code: "range", field: "category"},
	{name: "hash", base: reportLine, changes: set{"report_sha256": strings.Repeat("aF", 32)}},
	{name: "hash too short", base: reportLine, changes: set{"report_sha256": "ab"}, code: "format", field: "report_sha256"},
	{name: "hash with g", base: reportLine, changes: set{"report_sha256": strings.Repeat("ag", 32)}, code: "format", field: "report_sha256"},
	{name: "text of 256 characters", changes: set{"item_name": strings.Repeat("床", 256)}},
	{name: "text of 257 characters", changes: set{"item_name": strings.Repeat("床", 257)}, code: "too_long", field: "item_name"},
	{name: "text with NUL", changes: set{"item_name": "a\x00b"}, code: "control_char", field: "item_name"},
	{name: "text with a bare tab", raw: strings.Replace(feeLine, "普通", "\t", 1), code: "control_char", field: "item_name"},
	{name: "text with a bare NUL", raw: strings.Replace(feeLine, "普通", "\x00", 1), code: "control_char", field: "item_name"},
	{name: "text with a newline", changes: set{"item_name": "a\r\nb"}, code: "control_char", field: "item_name"},
	{name: "text with DEL", changes: set{"item_name": "a\x7f"}, code: "control_char", field: "item_name"},
	{name: "text with a C1 control", changes: set{"item_name": "a\u0085"}, code: "control_char", field: "item_name"},
	{name: "text with a bidi override", changes: set{"item_name": "a\u202eb"}, code: "control_char", field: "item_name"},
	{name: "text with an isolate", changes: set{"item_name": "a\u2066b"}, code: "control_char", field: "item_name"},
	{name: "text with a mark in it", changes: set{"item_name": "a\ufeffb"}, code: "control_char", field: "item_name"},
	{name: "text with SQL", changes: set{"item_name": "'; DROP TABLE fees; -- {x:String} ? $1 @p ` \\'"}},
	{name: "text with a formula", changes: set{"item_name": `=HYPERLINK("x")`}},
	{name: "text with a script", changes: set{"item_name": "<script>"}},
	{name: "text in NFD", changes: set{"item_name": "e\u0301"}},
	{name: "text with U+FFFD", changes: set{"item_name": "\ufffd"}},
}

var numberCases = join(spellings("amount", "format", "NaN", "Infinity", "1e5", "1e400", "1e-400", "0x10", "1_000", "1,234.50", "¥12", "+1.5", ".5", "1.",
	"01", "00", " 1", "1 ", "-", "--1", "１２", "1.2.3"), []recordCase{
	{name: "amount is a number", changes: set{"amount": 35}, code: "type", field: "amount"},
	{name: "amount with a control character", changes: set{"amount": "35.00\x00"}, code: "control_char", field: "amount"},
	{name: "amount with 3 decimals", changes: set{"amount": "35.000"}, code: "scale", field: "amount"},
	{name: "quantity with 5 decimals", changes: set{"quantity": "1.00000"}, code: "scale", field: "quantity"},
	{name: "price with 7 decimals", changes: set{"unit_price": "35.0000000"}, code: "scale", field: "unit_price"},
	{name: "score with 5 decimals", base: checkLine, changes: set{"score": "0.90000"}, code: "scale", field: "score"},
	{name: "minus zero", changes: set{"amount": "-0.00", "unit_price": "0"}},
	{name: "largest amount", base: fittingLine, changes: set{"amount": "99999999.99"}},
	{name: "amount too large", base: fittingLine, changes: set{"amount": "100000000.00"}, code: "range", field: "amount"},
	{name: "amount that wraps", base: fittingLine, changes: set{"amount": "184467440737095516.17"}, code: "range", field: "amount"},
	{name: "quantity that wraps", changes: set{"quantity": "1844674407370955.1619"}, code: "range", field: "quantity"},
	{name: "largest quantity", changes: set{"quantity": "1000000", "unit_price": "1", "amount": "1000000"}},
	{name: "quantity too large", changes: set{"quantity": "1000000.0001"}, code: "range", field: "quantity"},
	{name: "quantity zero", changes: set{"quantity": "0.0", "amount": "0"}, code: "range", field: "quantity"},
	{name: "price negative", changes: set{"unit_price": "-1"}, code: "range", field: "unit_price"},
	{name: "order quantity zero", base: orderLine, changes: set{"quantity": "0"}, code: "range", field: "quantity"},
	{name: "order every other day", base: orderLine, changes: set{"quantity": "1", "times_per_day": "0.5", "days": 7}},
	{name: "score above 1", base: checkLine, changes: set{"score": "1.0001"}, code: "range", field: "score"},
	{name: "score of 1", base: checkLine, changes: set{"score": "1.0000"}},
	{name: "score negative", base: checkLine, changes: set{"score": "-0.1"}, code: "range", field: "score"},
	{name: "integer as a string", changes: set{"days_supply": "7"}, code: "type", field: "days_supply"},
	{name: "integer with a point", raw: strings.Replace(feeLine, `{`, `{"days_supply":1.0,`, 1), code: "type", field: "days_supply"},
	{name: "integer with an exponent", raw: strings.Replace(feeLine, `{`, `{"days_supply":1e2,`, 1), code: "type", field: "days_supply"},
	{name: "integer with a leading zero", raw: strings.Replace(feeLine, `{`, `{"days_supply":01,`, 1), code: "syntax"},
	{name: "integer of 32 bits overflowed", raw: strings.Replace(feeLine, `{`, `{"days_supply":99999999999,`, 1), code: "range", field: "days_supply"},
	{name: "integer of 64 bits overflowed", raw: strings.Replace(feeLine, `{`, `{"days_supply":18446744073709551617,`, 1), code: "range", field: "days_supply"},
	{name: "revision 0", changes: set{"revision": 0}, code: "range", field: "revision"},
	{name: "revision -1", changes: set{"revision": -1}, code: "range", field: "revision"},
	{name: "revision of 2^31-1", changes: set{"revision": 2147483647}},
	{name: "revision of 2^31", changes: set{"revision": 2147483648}, code: "range", field: "revision"},
	{name: "days_supply 0", changes: set{"days_supply": 0}, code: "range", field: "days_supply"},
	{name: "nursing level 4", base: orderLine, changes: set{"nursing_level": 4}, code: "range", field: "nursing_level"},
	{name: "nursing level 0", base: orderLine, changes: set{"nursing_level": 0}},
	{name: "incision 0", base: operationLine, changes: set{"incision_no": 0}, code: "range", field: "incision_no"},
	{name: "length of stay -1", base: pageLine, changes: set{"length_of_stay": -1}, code: "range", field: "length_of_stay"},
})

var timeCases = join(spellings("occurred_at", "format", "2026-02-30T00:00:00+08:00", "2026-13-01T00:00:00Z", "2026-00-10T00:00:00Z", "2026-02-01T24:00:00+08:00",
	"2026-02-01T12:60:00Z", "2026-02-01T23:59:60Z", "2026-02-01T12:00:00", "2026-02-01", "2026-02-01 12:00:00Z", "2026-02-01T12:00Z", "2026-2-1T12:00:00Z",
	"2026-02-01T12:00:00.1234Z", "2026-02-01T12:00:00.Z", "2026-02-01T12:00:00,5Z", "2026-02-01T12:00:00+0800", "2026-02-01T12:00:00+24:00",
	"2026-02-01T12:00:00+08:60", "2100-02-29T00:00:00Z", "1769904000000", "２０２６-02-01T12:00:00Z", "2026-02-01T12:00:00+08:00 "),
	spellings("occurred_at", "range", "1989-12-31T23:59:59.999+08:00", "1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
	spellings("occurred_at", "future", "2026-03-01T00:05:00.001+08:00", "2099-01-01T00:00:00Z", "2999-12-31T23:59:59Z"),
	spellings("occurred_at", "", "1990-01-01T00:00:00+08:00", "2026-03-01T00:05:00+08:00", "2026-02-01t04:00:00z", "2024-02-29T00:00:00-12:00",
		"1991-04-14T02:30:00+08:00", "2026-02-01T12:00:00.5+05:30"), []recordCase{
		{name: "time is a number", changes: set{"occurred_at": 1769904000}, code: "type", field: "occurred_at"},
		{name: "orders may lie ahead", base: orderLine, changes: set{"occurred_at": "2027-01-01T00:00:00Z"}},
		{name: "operations may lie ahead", base: operationLine, changes: set{"occurred_at": "2027-01-01T00:00:00Z", "until": "2027-01-01T01:00:00Z"}},
		{name: "until may lie ahead", base: leaveLine, changes: set{"until": "2027-01-01T00:00:00Z"}},
		{name: "until beyond the calendar", base: leaveLine, changes: set{"until": "9999-12-31T00:00:00Z"}, code: "range", field: "until"},
		{name: "orders beyond the calendar", base: orderLine, changes: set{"occurred_at": "2200-01-01T00:00:00+08:00"}, code: "range", field: "occurred_at"},
		{name: "from ahead", changes: set{"from": "2027-01-01T00:00:00Z"}, code: "future", field: "from"},
		{name: "reported ahead", base: reportLine, changes: set{"reported_at": "2027-01-01T00:00:00Z"}, code: "future", field: "reported_at"},
		{name: "month", base: claimLine, changes: set{"month": "2026-12"}},
		{name: "month 13", base: claimLine, changes: set{"month": "2026-13"}, code: "format", field: "month"},
		{name: "month without zero", base: claimLine, changes: set{"month": "2026-1"}, code: "format", field: "month"},
		{name: "month of 1989", base: claimLine, changes: set{"month": "1989-12"}, code: "range", field: "month"},
		{name: "month is a day", base: claimLine, changes: set{"month": "2026-01-01"}, code: "format", field: "month"},
	})

var togetherCases = []recordCase{
	{name: "amount one fen above", changes: set{"amount": "35.01"}},
	{name: "amount one fen below", changes: set{"amount": "34.99"}},
	{name: "amount two fen above", changes: set{"amount": "35.02"}, code: "amount_mismatch", field: "amount"},
	{name: "amount rounded half up", changes: set{"quantity": "0.5", "unit_price": "0.01", "amount": "0.01"}},
	{name: "amount not truncated", changes: set{"quantity": "1", "unit_price": "1.995", "amount": "1.98"}, code: "amount_mismatch", field: "amount"},
	{name: "refund", changes: refund("-1", "-35.00")},
	{name: "partial refund", changes: refund("-0.5", "-17.5")},
	{name: "refund of a free line", changes: set{"reverses": "F0", "quantity": "-1", "unit_price": "0", "amount": "0"}},
	{name: "refund with a positive quantity", changes: refund("1", "-35.00"), code: "range", field: "quantity"},
	{name: "refund with a positive amount", changes: refund("-1", "35.00"), code: "range", field: "amount"},
	{name: "refund without an amount", changes: refund("-1", "0"), code: "range", field: "amount"},
	{name: "refund with another amount", changes: refund("-1", "-30"), code: "amount_mismatch", field: "amount"},
	{name: "negative quantity without reverses", changes: set{"quantity": "-1", "amount": "-35"}, code: "negative_without_reverses", field: "quantity"},
	{name: "negative amount without reverses", changes: set{"amount": "-35"}, code: "negative_without_reverses", field: "amount"},
	{name: "empty reverses is none", changes: set{"reverses": "", "quantity": "-1", "amount": "-35"}, code: "negative_without_reverses", field: "quantity"},
	{name: "negative amounts that are no fee", base: fittingLine, changes: set{"amount": "-1"}}, // the contract bounds their size only
	{name: "leave that ends at its start", base: leaveLine, changes: set{"until": "2026-02-01T00:00:00Z"}, code: "time_order", field: "until"},
	{name: "operation that ends before", base: operationLine, changes: set{"until": "2026-01-01T00:00:00Z"}, code: "time_order", field: "until"},
	{name: "order that ends before", base: orderLine, changes: set{"until": "2026-01-01T00:00:00Z"}, code: "time_order", field: "until"},
	{name: "order that ends", base: orderLine, changes: set{"until": "2026-02-01T08:00:00.001+08:00"}},
	{name: "fee from and until", changes: set{"from": "2026-02-03T08:00:00Z", "until": "2026-02-03T09:00:00Z"}},
	{name: "fee until its from", changes: set{"from": "2026-02-03T08:00:00Z", "until": "2026-02-03T08:00:00Z"}, code: "time_order", field: "until"},
	{name: "fee until before it", changes: set{"until": "2026-02-01T08:00:00Z"}, code: "time_order", field: "until"},
	{name: "reported at once", base: reportLine, changes: set{"reported_at": "2026-02-01T00:00:00Z"}},
	{name: "reported before", base: reportLine, changes: set{"reported_at": "2026-01-31T00:00:00Z"}, code: "time_order", field: "reported_at"},
}

// spellings makes a case of each value of one field of a fee; code "" accepts.
func spellings(field string, code claimwatch.Code, values ...string) (cases []recordCase) {
	for _, value := range values {
		c := recordCase{name: field + " " + value, changes: set{field: value}, field: field}
		if c.code = code; code == "" {
			c.field = ""
		}
		cases = append(cases, c)
	}
	return cases
}
