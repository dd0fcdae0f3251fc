package claimwatch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFieldTable holds the table to the contract, section 1, name by name.
func TestFieldTable(t *testing.T) {
	// A name without ? is required.
	want := map[Kind]string{
		Admission:     "class route department ward? bed? physician_id? diagnoses injury_case_id? referral_id? series_id?",
		Transfer:      "department ward bed",
		Leave:         "until approved_by",
		Discharge:     "disposition diagnoses",
		Order:         "class item_code until? quantity? times_per_day? days? nursing_level? physician_id prescription_id? department?",
		Fee:           "item_code item_name category quantity unit_price amount order_id? prescription_id? physician_id? department? days_supply? usage? reverses? self_pay? consent_id? from? until? serial_no?",
		IdentityCheck: "method score? liveness? result device_id location?",
		CareRecord:    "type order_id?",
		Operation:     "until procedure_code surgeon_id anaesthetist_id? room? incision_no?",
		ExamReport:    "reported_at modality body_part item_code? order_id? report_sha256?",
		FrontPage:     "length_of_stay total_amount diagnoses procedures",
		DeviceFitting: "item_code amount appraisal_id? body_part? photo_sha256? laser_mark? serial_no?",
		Claim:         "month declared_amount line_count",
	}
	if len(want) != len(Kinds()) {
		t.Fatalf("%d kinds in the contract, %d in the product", len(want), len(Kinds()))
	}
	for kind, fields := range want {
		if got := names(kind.Fields()); got != fields {
			t.Errorf("fields of %s:\n%s\nwant\n%s", kind, got, fields)
		}
		common := "kind record_id revision? cancelled? institution_id? person_id stay_id occurred_at"
		if kind == DeviceFitting {
			common = strings.Replace(common, "stay_id", "stay_id?", 1)
		}
		if got := names(CommonFields(kind)); got != common {
			t.Errorf("common fields of %s:\n%s\nwant\n%s", kind, got, common)
		}
	}
}

func names(specs []Spec) string {
	var out []string
	for _, spec := range specs {
		mark := "?"
		if spec.Required {
			mark = ""
		}
		out = append(out, spec.Name+mark)
	}
	return strings.Join(out, " ")
}

// TestWordLists holds the closed lists to the contract.
func TestWordLists(t *testing.T) {
	for field, want := range map[string]string{
		"admission.class":       "inpatient/rehab/outpatient",
		"admission.route":       "emergency/elective/transfer",
		"discharge.disposition": "cured/improved/transferred/against_advice/died/other",
		"order.class":           "drug/exam/lab/treatment/surgery/nursing/diet/rehab/other",
		"fee.category":          "bed/consultation/exam/lab/treatment/surgery/nursing/consumable/drug/registration/rehab/device/other",
		"fee.usage":             "normal/discharge/emergency",
		"identity_check.method": "face/card/fingerprint",
		"identity_check.result": "match/mismatch/unavailable",
		"care_record.type":      "vitals/nursing/round/execution",
	} {
		kindName, name, _ := strings.Cut(field, ".")
		kind, _ := ParseKind(kindName)
		if got := strings.Join(kind.Fields()[kind.Slot(name)].Words, "/"); got != want {
			t.Errorf("words of %s = %s, want %s", field, got, want)
		}
	}
}

// TestFieldLimits holds types, decimals and limits that the contract names.
func TestFieldLimits(t *testing.T) {
	type limits struct {
		Type     Type
		Decimals int
		Min, Max int64
	}
	got, want := map[string]limits{}, map[string]limits{
		"order.quantity":            {TypeQuantity, 4, 1, 10_000_000_000},
		"order.times_per_day":       {TypeRatio, 4, 0, 10_000_000_000},
		"order.days":                {TypeInt, 0, 0, 2147483647},
		"order.nursing_level":       {TypeInt, 0, 0, 3},
		"fee.quantity":              {TypeQuantity, 4, -10_000_000_000, 10_000_000_000},
		"fee.unit_price":            {TypePrice, 6, 0, 99_999_999_990_000},
		"fee.amount":                {TypeAmount, 2, -9_999_999_999, 9_999_999_999},
		"fee.days_supply":           {TypeInt, 0, 1, 2147483647},
		"identity_check.score":      {TypeRatio, 4, 0, 10_000},
		"operation.incision_no":     {TypeInt, 0, 1, 2147483647},
		"front_page.length_of_stay": {TypeInt, 0, 0, 2147483647},
		"front_page.total_amount":   {TypeAmount, 2, -9_999_999_999, 9_999_999_999},
		"device_fitting.amount":     {TypeAmount, 2, -9_999_999_999, 9_999_999_999},
		"claim.declared_amount":     {TypeAmount, 2, -9_999_999_999, 9_999_999_999},
		"claim.line_count":          {TypeInt, 0, 0, 2147483647},
	}
	for _, kind := range Kinds() {
		for _, spec := range kind.Fields() {
			if spec.Type == TypeInt || spec.Type.IsDecimal() {
				got[kind.String()+"."+spec.Name] = limits{spec.Type, spec.Type.Decimals(), spec.Min, spec.Max}
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("numbers (-want, +got):\n%s", diff)
	}
}

func TestKinds(t *testing.T) {
	clocks, ahead := "", ""
	for i, kind := range Kinds() {
		if int(kind) != i+1 {
			t.Errorf("%s has number %d, want %d: numbers are stored", kind, kind, i+1)
		}
		text, err := kind.MarshalText()
		var back Kind
		if err != nil || back.UnmarshalText(text) != nil || back != kind {
			t.Errorf("%s reads back as %s", kind, back)
		}
		if kind.MovesClock() {
			clocks += kind.String() + " "
		}
		if kind.MayLieAhead() {
			ahead += kind.String() + " "
		}
	}
	if want := "admission transfer discharge fee identity_check care_record exam_report front_page "; clocks != want {
		t.Errorf("kinds that move clocks: %s, want %s(rules.md 1.2)", clocks, want)
	}
	if want := "order operation "; ahead != want {
		t.Errorf("kinds that may lie ahead: %s, want %s", ahead, want)
	}
	for _, name := range []string{"", "Fee", "fees", "kind(0)"} {
		if kind, ok := ParseKind(name); ok {
			t.Errorf("ParseKind(%q) = %s, want none", name, kind)
		}
	}
	if Kind(200).Fields() != nil || Kind(200).String() != "kind(200)" || Fee.Slot("ward") != -1 {
		t.Error("unknown kinds and fields are not told from known ones")
	}
}

// TestScopes holds that no two scopes share a text.
func TestScopes(t *testing.T) {
	seen := map[Scope]string{}
	for _, id := range []string{"x", "inst:x", "pers:x", "inst:inst:x", "pers:inst:x", "pers:", "inst:", "pers:pers:x"} {
		person, institution := PersonScope(id), InstitutionScope(id)
		for scope, what := range map[Scope]string{person: "person " + id, institution: "institution " + id} {
			if other, taken := seen[scope]; taken {
				t.Errorf("%s and %s share the scope %s", what, other, scope)
			}
			seen[scope] = what
		}
		if got, ok := person.Person(); !ok || got != id {
			t.Errorf("Person() of %s = %q %v, want %q", person, got, ok, id)
		}
		if got, ok := institution.Institution(); !ok || got != id {
			t.Errorf("Institution() of %s = %q %v, want %q", institution, got, ok, id)
		}
		if _, ok := person.Institution(); ok {
			t.Errorf("%s counts as an institution", person)
		}
		if _, ok := institution.Person(); ok {
			t.Errorf("%s counts as a person", institution)
		}
	}
}

func TestErrors(t *testing.T) {
	cause := errors.New("disk full")
	fault := Refuse(CodeUnavailable, "try again in %d s", 5)
	fault.Cause = cause
	wrapped := fmt.Errorf("insert batch: %w", fault)
	if CodeOf(wrapped) != CodeUnavailable || !errors.Is(wrapped, cause) {
		t.Errorf("CodeOf() = %s, cause found %v", CodeOf(wrapped), errors.Is(wrapped, cause))
	}
	if CodeOf(nil) != "" || CodeOf(cause) != CodeInternal {
		t.Errorf("CodeOf(nil) = %q, of another error %q", CodeOf(nil), CodeOf(cause))
	}
	if got, want := fault.Error(), "unavailable: try again in 5 s"; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
	fault.Field = "amount"
	if got, want := fault.Error(), "unavailable (amount): try again in 5 s"; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
}

func TestCallers(t *testing.T) {
	officer := Caller{KeyID: "k", Roles: []CallerRole{RoleOfficer, RoleClerk}}
	ctx := WithCaller(context.Background(), officer)
	if diff := cmp.Diff(officer, CallerFrom(ctx)); diff != "" {
		t.Errorf("CallerFrom() (-want, +got):\n%s", diff)
	}
	if !officer.Has(RoleDirector, RoleClerk) || officer.Has(RoleDirector) || officer.Has() || officer.IsHospital() {
		t.Error("Has() does not tell the roles of an officer")
	}
	nobody := CallerFrom(context.Background())
	for _, role := range append(StaffRoles(), RoleHospital) {
		if nobody.Has(role) {
			t.Errorf("nobody has the role %s", role)
		}
	}
	if slices.Contains(StaffRoles(), RoleHospital) {
		t.Error("a hospital is no role of the agency's staff")
	}
}

// TestReferenceTables holds the keys of the tables to the contract, section 4.
func TestReferenceTables(t *testing.T) {
	want := map[string]string{
		"institutions": "institution_id", "agreements": "institution_id,kind,from", "persons": "person_id", "injury_cases": "injury_case_id",
		"items": "item_code,region?,valid_from", "item_limits": "limit_id", "item_pairs": "pair_id", "item_packages": "package_code,valid_from",
		"swaps": "high_code,low_code", "physicians": "physician_id,suspended_from?", "referrals": "referral_id", "appraisals": "appraisal_id",
		"los_baselines": "diagnosis_group,level,month", "whitelist": "whitelist_id", "calendar": "day", "laws": "law_id,valid_from",
		"agencies": "agency_id", "assessments": "institution_id,year", "holds": "hold_id",
		// Beyond the contract: what POST /v1/rules/{code}/parameters writes, and what the agency sets.
		"rule_parameters": "parameter_id,name",
		"policies":        "policy,city?,from",
	}
	got := map[string]string{}
	for _, table := range Tables() {
		var keys []string
		for _, column := range table.Columns {
			if column.Key && column.Optional {
				keys = append(keys, column.Name+"?")
			} else if column.Key {
				keys = append(keys, column.Name)
			}
		}
		got[table.Name] = strings.Join(keys, ",")
		if found, ok := TableNamed(table.Name); !ok || found.Name != table.Name {
			t.Errorf("TableNamed(%s) = %s %v", table.Name, found.Name, ok)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("keys (-want, +got):\n%s", diff)
	}
	if _, ok := TableNamed("nonsense"); ok {
		t.Error("TableNamed(nonsense) finds a table")
	}
}

// TestSees: a hospital its own, a city those of its city, the province all.
func TestSees(t *testing.T) {
	city := Caller{City: "太原", Jurisdiction: func(institution string) bool { return institution == "H1" }}
	for _, c := range []struct {
		who    string
		caller Caller
		h1, h2 bool
		all    bool
	}{
		{"hospital", Caller{InstitutionID: "H1"}, true, false, false},
		{"city", city, true, false, false},
		{"city of which nothing is known", Caller{City: "太原"}, false, false, false},
		{"province", Caller{}, true, true, true},
	} {
		if c.caller.Sees("H1") != c.h1 || c.caller.Sees("H2") != c.h2 || c.caller.SeesAll() != c.all {
			t.Errorf("%s: Sees(H1) %t, Sees(H2) %t, SeesAll() %t", c.who, c.caller.Sees("H1"), c.caller.Sees("H2"), c.caller.SeesAll())
		}
	}
}
