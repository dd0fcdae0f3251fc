package claimwatch

// Type is how a field of a record is spelled, checked and stored.
type Type uint8

// The types of fields. Numbers are stored as integers in units of their last
// allowed decimal: an Amount in fen, a Quantity in 1/10,000, a Price in
// 1/1,000,000 yuan, a Ratio in 1/10,000.
const (
	TypeID       Type = iota + 1 // 1-64 of A-Za-z0-9._:-
	TypeItemCode                 // 1-64 printable ASCII without spaces and |
	TypeText                     // at most 256 characters, no control characters
	TypeBodyPart                 // text without |
	TypeHash                     // 64 hex digits
	TypeWord                     // one of Spec.Words
	TypeCodes                    // list of texts, may be empty
	TypeBool
	TypeInt // JSON integer within [Spec.Min, Spec.Max]
	TypeAmount
	TypeQuantity
	TypePrice
	TypeRatio // decimal string with 4 decimals within [Spec.Min, Spec.Max] (in 1/10,000)
	TypeTime
	TypeMonth // YYYY-MM
)

// Decimals is how many decimals a number of this type may have.
func (t Type) Decimals() int {
	switch t {
	case TypeAmount:
		return 2
	case TypeQuantity, TypeRatio:
		return 4
	case TypePrice:
		return 6
	default:
		return 0
	}
}

// IsDecimal says whether the type is written as a decimal string.
func (t Type) IsDecimal() bool { return t.Decimals() > 0 }

// Limits of numbers, in the unit of their type.
const (
	MaxAmount   = 9_999_999_999      // 99,999,999.99 yuan in fen
	MaxQuantity = 1_000_000 * 10_000 // 1,000,000 in 1/10,000
	MaxPrice    = 99_999_999_990_000 // 99,999,999.99 yuan in 1/1,000,000
	MaxCount    = 1<<31 - 1          // counts, days, revisions
	maxRatio    = MaxQuantity        // times_per_day
	oneRatio    = 10_000             // 1.0000
)

// Spec describes one field of one kind.
type Spec struct {
	Name     string
	Type     Type
	Required bool
	Words    []string // TypeWord: the closed list
	Min, Max int64    // numbers, in the unit of the type
}

// CommonFields are the fields of every record, in canonical order. They live in
// Record's own members, not among its Values.
func CommonFields(k Kind) []Spec {
	return []Spec{
		{Name: "kind", Type: TypeWord, Required: true},
		{Name: "record_id", Type: TypeID, Required: true},
		{Name: "revision", Type: TypeInt, Min: 1, Max: MaxCount},
		{Name: "cancelled", Type: TypeBool},
		{Name: "institution_id", Type: TypeID},
		{Name: "person_id", Type: TypeID, Required: true},
		{Name: "stay_id", Type: TypeID, Required: k != DeviceFitting},
		{Name: "occurred_at", Type: TypeTime, Required: true},
	}
}

func id(name string) Spec    { return Spec{Name: name, Type: TypeID} }
func text(name string) Spec  { return Spec{Name: name, Type: TypeText} }
func time3(name string) Spec { return Spec{Name: name, Type: TypeTime} }
func codes(name string) Spec { return Spec{Name: name, Type: TypeCodes, Required: true} }
func word(name string, words ...string) Spec {
	return Spec{Name: name, Type: TypeWord, Words: words}
}

func count(name string, least int64) Spec {
	return Spec{Name: name, Type: TypeInt, Min: least, Max: MaxCount}
}

func number(name string, t Type, least, most int64) Spec {
	return Spec{Name: name, Type: t, Min: least, Max: most}
}
func need(s Spec) Spec { s.Required = true; return s }

var (
	itemCode   = Spec{Name: "item_code", Type: TypeItemCode}
	bodyPart   = Spec{Name: "body_part", Type: TypeBodyPart}
	amount     = number("amount", TypeAmount, -MaxAmount, MaxAmount)
	categories = []string{
		"bed", "consultation", "exam", "lab", "treatment", "surgery", "nursing",
		"consumable", "drug", "registration", "rehab", "device", "other",
	}
)

// fields holds the further fields of each kind in canonical order. This table
// is section 1 of the contract; decoder, canonical form, JSON Schema, store
// columns and mapping files all read it.
var fields = [kindEnd][]Spec{
	Admission: {
		need(word("class", "inpatient", "rehab", "outpatient")),
		need(word("route", "emergency", "elective", "transfer")),
		need(text("department")), text("ward"), text("bed"), id("physician_id"),
		codes("diagnoses"), id("injury_case_id"), id("referral_id"), id("series_id"),
	},
	Transfer: {need(text("department")), need(text("ward")), need(text("bed"))},
	Leave:    {need(time3("until")), need(text("approved_by"))},
	Discharge: {
		need(word("disposition", "cured", "improved", "transferred", "against_advice", "died", "other")),
		codes("diagnoses"),
	},
	Order: {
		need(word("class", "drug", "exam", "lab", "treatment", "surgery", "nursing", "diet", "rehab", "other")),
		need(itemCode), time3("until"), number("quantity", TypeQuantity, 1, MaxQuantity),
		number("times_per_day", TypeRatio, 0, maxRatio), count("days", 0),
		number("nursing_level", TypeInt, 0, 3), need(id("physician_id")), id("prescription_id"), text("department"),
	},
	Fee: {
		need(itemCode), need(text("item_name")), need(word("category", categories...)),
		need(number("quantity", TypeQuantity, -MaxQuantity, MaxQuantity)),
		need(number("unit_price", TypePrice, 0, MaxPrice)), need(amount),
		id("order_id"), id("prescription_id"), id("physician_id"), text("department"),
		count("days_supply", 1), word("usage", "normal", "discharge", "emergency"), id("reverses"),
		{Name: "self_pay", Type: TypeBool},
		id("consent_id"), time3("from"), time3("until"), text("serial_no"),
	},
	IdentityCheck: {
		need(word("method", "face", "card", "fingerprint")), number("score", TypeRatio, 0, oneRatio),
		{Name: "liveness", Type: TypeBool},
		need(word("result", "match", "mismatch", "unavailable")),
		need(id("device_id")), text("location"),
	},
	CareRecord: {need(word("type", "vitals", "nursing", "round", "execution")), id("order_id")},
	Operation: {
		need(time3("until")), need(text("procedure_code")), need(id("surgeon_id")), id("anaesthetist_id"),
		text("room"), count("incision_no", 1),
	},
	ExamReport: {
		need(time3("reported_at")), need(text("modality")), need(bodyPart), itemCode, id("order_id"),
		{Name: "report_sha256", Type: TypeHash},
	},
	FrontPage: {
		need(count("length_of_stay", 0)), need(number("total_amount", TypeAmount, -MaxAmount, MaxAmount)),
		codes("diagnoses"), codes("procedures"),
	},
	DeviceFitting: {
		need(itemCode), need(amount), id("appraisal_id"), bodyPart,
		{Name: "photo_sha256", Type: TypeHash},
		text("laser_mark"), text("serial_no"),
	},
	Claim: {
		need(Spec{Name: "month", Type: TypeMonth}),
		need(number("declared_amount", TypeAmount, -MaxAmount, MaxAmount)), need(count("line_count", 0)),
	},
}

// Fields lists the further fields of a kind in canonical order: the slots of
// Record.Values. The caller must not change it.
func (k Kind) Fields() []Spec {
	if k >= kindEnd {
		return nil
	}
	return fields[k]
}

// Slot finds the slot of a field by name, -1 when the kind has no such field.
func (k Kind) Slot(name string) int {
	for i, spec := range k.Fields() {
		if spec.Name == name {
			return i
		}
	}
	return -1
}
