package decode

import (
	"testing"

	"claimwatch"
)

// TestKeyTables looks up every field of every kind, and what no kind has.
func TestKeyTables(t *testing.T) {
	for _, kind := range claimwatch.Kinds() {
		table := &keyTables[kind]
		if len(table.specs) >= maxMembers || len(table.specs) > keyBuckets/2 {
			t.Errorf("%s has %d fields: the scanner's tables are too small", kind, len(table.specs))
		}
		for index, spec := range table.specs {
			if got := table.find(spec.Name); got != index {
				t.Errorf("find(%s) of %s = %d, want %d", spec.Name, kind, got, index)
			}
			if got := table.required&(1<<index) != 0; got != spec.Required {
				t.Errorf("%s of %s is required: %v, want %v", spec.Name, kind, got, spec.Required)
			}
		}
		for _, name := range []string{"", "x", "Kind", "kin", "kindd", "nonsense"} {
			if got := table.find(name); got != -1 {
				t.Errorf("find(%s) of %s = %d, want -1", name, kind, got)
			}
		}
	}
	for index, name := range map[int]string{
		keyKind: "kind", keyRecordID: "record_id", keyRevision: "revision", keyCancelled: "cancelled",
		keyInstitutionID: "institution_id", keyPersonID: "person_id", keyStayID: "stay_id", keyOccurredAt: "occurred_at",
	} {
		if got := keyTables[claimwatch.Fee].find(name); got != index {
			t.Errorf("find(%s) = %d, want %d", name, got, index)
		}
	}
}

func TestIdentityCards(t *testing.T) {
	for text, want := range map[string]bool{
		"11010519491231002X": true, "11010519491231002x": true, "440524188001010014": true,
		"110105194912310021": false, // check digit
		"11010519491331002X": false, // no such month
		"110105491231002":    false, // 15 digits
		"1101051949123100２":  false, "": false, "P00000000000000001": false,
	} {
		if got := claimwatch.IsIdentityCard(text); got != want {
			t.Errorf("claimwatch.IsIdentityCard(%s) = %v, want %v", text, got, want)
		}
	}
}
