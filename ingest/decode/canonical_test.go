package decode

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// checkCanonical holds the canonical form of an accepted record to what the log
// needs: it reads back as the same record, and its own form is itself.
func checkCanonical(t *testing.T, line string) {
	t.Helper()
	record, fault := Decode([]byte(line), testOptions)
	if fault != nil {
		return
	}
	canonical := claimwatch.AppendCanonical(nil, &record)
	back, fault := Decode(canonical, Options{InstitutionID: record.InstitutionID, FromLog: true})
	if fault != nil {
		t.Fatalf("Decode(%s) error:\n%+v\nof the canonical form of %q", canonical, fault, line)
	}
	if diff := cmp.Diff(record, back); diff != "" {
		t.Fatalf("Decode(%s) (-want, +got):\n%s", canonical, diff)
	}
	again := claimwatch.AppendCanonical(nil, &back)
	if diff := cmp.Diff(string(canonical), string(again)); diff != "" {
		t.Fatalf("canonical form of the canonical form (-want, +got):\n%s", diff)
	}
	if len(canonical) > claimwatch.MaxMessageBytes*3/4 {
		t.Fatalf("canonical form has %d bytes: it must fit a message of the log", len(canonical))
	}
	var r claimwatch.Record
	if !New(Options{FromLog: true}).scan(string(canonical), &r) && !quoted(canonical) {
		t.Fatalf("the scanner does not read the canonical form %s", canonical)
	}
}

// quoted says whether texts of the line hold quotes or U+FFFD, which are left to
// the strict decoder.
func quoted(line []byte) bool {
	for i := 1; i < len(line); i++ {
		if line[i] == '"' && line[i-1] == '\\' || line[i] == 0xbd && line[i-1] == 0xbf {
			return true
		}
	}
	return false
}

func FuzzCanonical(f *testing.F) {
	for _, line := range samples(4) {
		f.Add(line)
	}
	for _, c := range recordCases {
		f.Add(c.line(f))
	}
	f.Fuzz(checkCanonical)
}

func TestCanonical(t *testing.T) {
	for _, line := range samples(60) {
		checkCanonical(t, line)
	}
}

// TestSameContentSameHash holds what the contract calls the same content.
func TestSameContentSameHash(t *testing.T) {
	base := edit(t, feeLine, set{"from": "2026-02-03T00:00:00Z", "self_pay": false})
	want := hashOf(t, base)
	for name, same := range map[string]set{
		"defaults":             {"revision": 1, "cancelled": false, "institution_id": "H001"},
		"absence":              {"serial_no": "", "consent_id": "", "prescription_id": ""},
		"spelling of numbers":  {"quantity": "1.0000", "unit_price": "35", "amount": "35.0"},
		"spelling of instants": {"occurred_at": "2026-02-03T01:15:00.000Z", "from": "2026-02-03T08:00:00.0+08:00"},
	} {
		if got := hashOf(t, edit(t, base, same)); got != want {
			t.Errorf("%s: ContentHash() = %x, want %x", name, got, want)
		}
	}
	for name, other := range map[string]set{
		"revision": {"revision": 2}, "cancelled": {"cancelled": true}, "text": {"item_name": "普通床位费 "},
		"amount": {"amount": "35.01"}, "instant": {"occurred_at": "2026-02-03T01:15:00.001Z"},
		"false is not absent": {"self_pay": ""}, "person": {"person_id": "P2"},
	} {
		if got := hashOf(t, edit(t, base, other)); got == want {
			t.Errorf("%s: ContentHash() is that of other content", name)
		}
	}
}

func hashOf(t *testing.T, line string) [32]byte {
	t.Helper()
	record, fault := Decode([]byte(line), testOptions)
	if fault != nil {
		t.Fatalf("Decode(%s) error:\n%+v", line, fault)
	}
	return record.ContentHash()
}
