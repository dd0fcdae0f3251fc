package claimwatch

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// golden reads a frozen file. There is no flag that rewrites them: a change of
// these bytes would make every record in every log a conflict with itself.
func golden(t *testing.T, path ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(append([]string{"testdata"}, path...)...))
	if err != nil {
		t.Fatalf("ReadFile() error:\n%+v", err)
	}
	return string(data)
}

// fullValue is a value for a field that shows how its type is written.
func fullValue(spec Spec) Value {
	v := Value{Set: true}
	switch spec.Type {
	case TypeID:
		v.Text = "Id." + strings.ToUpper(spec.Name[:1]) + "_1:-"
	case TypeItemCode:
		v.Text = `A/1"\(~`
	case TypeText:
		v.Text = `骨科 "1\2" 😀é <b>&` + "\u2003"
	case TypeBodyPart:
		v.Text = "胸部"
	case TypeHash:
		v.Text = strings.Repeat("0aF9", 16)
	case TypeWord:
		v.Text = spec.Words[len(spec.Words)-1]
	case TypeCodes:
		v.Text = "S72.001" + ListSeparator + "骨折" + ListSeparator + `"x"`
	case TypeBool:
		v.Num = 1
	case TypeInt:
		v.Num = min(spec.Max, 12)
	case TypeAmount:
		v.Num = -350 // -3.5
	case TypeQuantity:
		v.Num = 10_500 // 1.05
	case TypePrice:
		v.Num = 35_000_001 // 35.000001
	case TypeRatio:
		v.Num = 10_000 // 1
	case TypeTime:
		v.Num = 1_770_076_800_500
	case TypeMonth:
		v.Text = "2026-01"
	}
	return v
}

// fullRecord has every field of its kind, leastRecord only the required ones.
func fullRecord(kind Kind) *Record {
	r := &Record{
		Kind: kind, Cancelled: true, Revision: 3, RecordID: "R-1", InstitutionID: "H001", PersonID: "P.1", StayID: "S:1",
		OccurredAt: 1_770_081_300_000, Values: make([]Value, len(kind.Fields())),
	}
	for slot, spec := range kind.Fields() {
		r.Values[slot] = fullValue(spec)
	}
	return r
}

func leastRecord(kind Kind) *Record {
	r := fullRecord(kind)
	r.Cancelled, r.Revision = false, 1
	if kind == DeviceFitting {
		r.StayID = ""
	}
	for slot, spec := range kind.Fields() {
		switch {
		case !spec.Required:
			r.Values[slot] = Value{}
		case spec.Type == TypeCodes:
			r.Values[slot] = Value{Set: true}
		}
	}
	return r
}

func TestCanonicalFormIsFrozen(t *testing.T) {
	for _, kind := range Kinds() {
		var got strings.Builder
		for _, r := range []*Record{fullRecord(kind), leastRecord(kind)} {
			hash := r.ContentHash()
			fmt.Fprintf(&got, "%s\n%s\n", AppendCanonical(nil, r), hex.EncodeToString(hash[:]))
		}
		want := golden(t, "canonical", kind.String()+".golden")
		if diff := cmp.Diff(want, got.String()); diff != "" {
			t.Errorf("canonical form and hash of %s (-want, +got):\n%s", kind, diff)
		}
	}
}

func TestContentHashIsOfTheCanonicalForm(t *testing.T) {
	r := fullRecord(Fee)
	if got, want := r.ContentHash(), sha256.Sum256(AppendCanonical([]byte{}, r)); got != want {
		t.Errorf("ContentHash() = %x, want %x", got, want)
	}
}

func TestAppendCanonicalKeepsWhatStandsBefore(t *testing.T) {
	got := string(AppendCanonical([]byte("7\t"), leastRecord(CareRecord)))
	if !strings.HasPrefix(got, "7\t{\"kind\":\"care_record\"") {
		t.Errorf("AppendCanonical() = %s, want it behind 7\\t", got)
	}
}

func TestAppendDecimal(t *testing.T) {
	for _, c := range []struct {
		n        int64
		decimals int
		want     string
	}{
		{0, 0, "0"},
		{0, 6, "0"},
		{1, 2, "0.01"},
		{-1, 2, "-0.01"},
		{10, 2, "0.1"},
		{100, 2, "1"},
		{1500, 3, "1.5"},
		{-12800, 2, "-128"},
		{1_000_000, 6, "1"},
		{1, 6, "0.000001"},
		{9_999_999_999, 2, "99999999.99"},
		{7, 0, "7"},
		{120, 0, "120"},
		{-9223372036854775808, 2, "-92233720368547758.08"},
	} {
		if got := string(AppendDecimal(nil, c.n, c.decimals)); got != c.want {
			t.Errorf("AppendDecimal(%d, %d) = %s, want %s", c.n, c.decimals, got, c.want)
		}
	}
}

func TestField(t *testing.T) {
	r := fullRecord(Fee)
	if got := r.Field("amount"); got.Num != -350 || !got.Set {
		t.Errorf("Field(amount) = %+v, want -350", got)
	}
	if got := r.Field("ward"); got != (Value{}) {
		t.Errorf("Field(ward) of a fee = %+v, want none", got)
	}
	if got := (&Record{Kind: Fee}).Field("amount"); got != (Value{}) {
		t.Errorf("Field(amount) without values = %+v, want none", got)
	}
	want := Identity{"H001", Fee, "R-1"}
	if got := r.Identity(); got != want {
		t.Errorf("Identity() = %+v, want %+v", got, want)
	}
}

func TestList(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{{"", nil}, {"a", []string{"a"}}, {"a\x1fb", []string{"a", "b"}}} {
		if diff := cmp.Diff(c.want, Value{Text: c.text}.List()); diff != "" {
			t.Errorf("List(%q) (-want, +got):\n%s", c.text, diff)
		}
	}
}

func TestPositionOrder(t *testing.T) {
	a, b, c := Position{0, 1, 5}, Position{0, 2, 0}, Position{0, 2, 1}
	if !a.Before(b) || !b.Before(c) || !a.Before(c) || b.Before(a) || c.Before(c) {
		t.Error("Before() does not order by offset, then by index")
	}
}
