package decode

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"claimwatch"
)

// testNow is the door's clock in tests: 2026-03-01T00:00:00+08:00.
var testNow = claimwatch.Instant(1_772_294_400_000)

// testOptions are those of an upload of hospital H001.
var testOptions = Options{InstitutionID: "H001", Now: testNow}

// feeLine is an ordinary fee, the record that hospitals send most.
const feeLine = `{"kind":"fee","record_id":"F-2026-000123","person_id":"P00012345","stay_id":"S-88871","occurred_at":"2026-02-03T09:15:00+08:00","item_code":"110200001","item_name":"普通床位费","category":"bed","quantity":"1","unit_price":"35.00","amount":"35.00","order_id":"O-5521","physician_id":"D0042","department":"骨科","usage":"normal"}`

// pick chooses one of some values.
func pick[T any](rng *rand.Rand, values ...T) T { return values[rng.IntN(len(values))] }

// sampleValue writes a legal JSON value of a field.
func sampleValue(rng *rand.Rand, spec claimwatch.Spec) string {
	switch spec.Type {
	case claimwatch.TypeID:
		return fmt.Sprintf(`"%s-%d"`, pick(rng, "A", "x.y", "P:1", "z_9"), rng.IntN(1_000_000))
	case claimwatch.TypeItemCode:
		return pick(rng, `"110200001"`, `"A/1+(b)"`, `"x~!"`)
	case claimwatch.TypeWord:
		return `"` + pick(rng, spec.Words...) + `"`
	case claimwatch.TypeHash:
		return `"` + strings.Repeat(pick(rng, "0a", "F9"), 32) + `"`
	case claimwatch.TypeCodes:
		return pick(rng, `[]`, `["S72.001"]`, `[ "S72.001" , "骨折" ]`, `["a","\u9aa8","c"]`)
	case claimwatch.TypeBool:
		return pick(rng, "true", "false")
	case claimwatch.TypeInt:
		return fmt.Sprint(spec.Min + rng.Int64N(min(spec.Max-spec.Min, 50)+1))
	case claimwatch.TypeAmount:
		return pick(rng, `"0"`, `"12.5"`, `"128.50"`, `"99999999.99"`)
	case claimwatch.TypeQuantity:
		return pick(rng, `"1"`, `"0.5"`, `"1000000"`, `"3.0000"`)
	case claimwatch.TypePrice:
		return pick(rng, `"0"`, `"1.123456"`, `"35.00"`)
	case claimwatch.TypeRatio:
		return pick(rng, `"0.5"`, `"1"`, `"0.9876"`, `"0"`)
	case claimwatch.TypeTime:
		return fmt.Sprintf(`"2026-02-1%d%s%02d:15:00%s%s"`, rng.IntN(10), pick(rng, "T", "t"), rng.IntN(24),
			pick(rng, "", ".5", ".123"), pick(rng, "Z", "z", "+08:00", "-03:30"))
	case claimwatch.TypeMonth:
		return pick(rng, `"2026-01"`, `"1990-12"`)
	default:
		return pick(rng, `"骨科"`, `"a b"`, `"\u5e8a\u4f4d"`, `"say \"x\""`, `"=1+1"`, `"'; DROP"`, `"😀"`, `"\ud83d\ude00"`, `"back\\slash\/"`)
	}
}

// sampleFields writes the members of a legal record of a kind.
func sampleFields(rng *rand.Rand, kind claimwatch.Kind) []string {
	var members []string
	add := func(name, value string) {
		space := pick(rng, "", "", " ")
		members = append(members, fmt.Sprintf(`"%s"%s:%s%s`, name, space, space, value))
	}
	add("kind", `"`+kind.String()+`"`)
	specs := append(claimwatch.CommonFields(kind)[1:], kind.Fields()...)
	for _, spec := range specs {
		if !spec.Required && rng.IntN(3) == 0 {
			if rng.IntN(3) == 0 {
				add(spec.Name, pick(rng, "null", `""`))
			}
			continue
		}
		value := sampleValue(rng, spec)
		switch {
		case spec.Name == "institution_id":
			value = `"H001"`
		case spec.Name == "occurred_at":
			value = `"2026-02-03T09:15:00.25+08:00"`
		case spec.Name == "until" || spec.Name == "reported_at":
			value = `"2026-02-2` + fmt.Sprint(rng.IntN(8)) + `T00:00:00+08:00"`
		case kind == claimwatch.Fee && (spec.Name == "reverses"):
			continue
		case kind == claimwatch.Fee && spec.Name == "quantity":
			value = `"2"`
		case kind == claimwatch.Fee && spec.Name == "unit_price":
			value = `"17.505"`
		case kind == claimwatch.Fee && spec.Name == "amount":
			value = pick(rng, `"35.01"`, `"35.00"`, `"35.02"`)
		}
		add(spec.Name, value)
	}
	return members
}

// sample writes a legal record of a kind with its keys in any order.
func sample(rng *rand.Rand, kind claimwatch.Kind) string {
	members := sampleFields(rng, kind)
	rng.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	return "{" + strings.Join(members, pick(rng, ",", ", ")) + "}"
}

// samples gives some legal records of every kind, the same in every run.
func samples(perKind int) []string {
	rng := rand.New(rand.NewPCG(1, 2))
	var lines []string
	for _, kind := range claimwatch.Kinds() {
		for range perKind {
			lines = append(lines, sample(rng, kind))
		}
	}
	return lines
}

// edit changes members of a JSON object; nil removes one.
func edit(t testing.TB, line string, changes map[string]any) string {
	t.Helper()
	members := map[string]any{}
	if err := json.Unmarshal([]byte(line), &members); err != nil {
		t.Fatalf("Unmarshal(%s) error: %v", line, err)
	}
	for name, value := range changes {
		if value == nil {
			delete(members, name)
		} else {
			members[name] = value
		}
	}
	out, err := json.Marshal(members)
	if err != nil {
		t.Fatalf("Marshal() error: %v", err)
	}
	return string(out)
}
